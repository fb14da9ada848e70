"""Parts of what a dossier concludes, each made once for all the dossiers that are alike in it.

A part looks at a few conditions. Which of them hold makes a key, such as ``"0110"``; two dossiers with the same key
conclude the same there, so that what is concluded, and the text that tells it, are made at the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from conseil_dla.inference.columns import Bits

T = TypeVar("T")
MOST_KEPT = 10_000
"""Of one part; past this, what was made is forgotten: memory stays flat, whatever the dossiers."""
FEW = 8
"""Conditions of one part of a long list: at most 256 keys."""


class Made(dict[str, T]):
    """What was made for each key; a key that is not there yet is made."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> T:
        """Make it, and keep it."""
        if len(self) >= MOST_KEPT:
            self.clear()
        self[key] = made = self._make(key)
        return made


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Where a part's key stands in a dossier's row of signs, and what is made of it."""

    cut: slice
    made: Made[T]


class Layout:
    """The row of signs of a dossier: for every part one after the other, ``1`` where a condition holds, else ``0``."""

    def __init__(self) -> None:
        self._steps: list[int] = []

    def part(self, steps: Sequence[int], make: Callable[[str], T]) -> Part[T]:
        """A part that looks at these steps (of ``Columns``), in this order."""
        start = len(self._steps)
        self._steps += steps
        return Part(slice(start, len(self._steps)), Made(make))

    def rows(self, bits: Sequence[Bits], count: int) -> Rows:
        """The rows of so many dossiers, from what every step gives."""
        form = f"0{count}b"
        texts = {step: format(bits[step], form) for step in set(self._steps)}
        return Rows("".join(texts[step] for step in self._steps), count)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of signs, by dossier."""

    _signs: str
    """Condition after condition, each for all dossiers."""
    count: int

    def of(self, number: int) -> str:
        """The row of one dossier."""
        return self._signs[number :: self.count]


def held(names: Sequence[T], key: str) -> tuple[T, ...]:
    """Those of ``names`` whose sign is ``1``."""
    return tuple(name for name, sign in zip(names, key, strict=True) if sign == "1")
