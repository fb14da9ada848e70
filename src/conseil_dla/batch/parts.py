"""Parts of what a dossier concludes, each made once for all the dossiers that are alike in it.

A part looks at a few conditions. Which of them hold makes a key; two dossiers with the same key conclude the same
there, so that what is concluded, and the text that tells it, are made at the first of them. Keys are worked out for
many dossiers at once: a byte each, with a bit for each of eight conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from conseil_dla.batch.bit_columns import Bits

T = TypeVar("T")
MOST_KEPT = 10_000
"""Of one part; past this, what was made is forgotten: memory stays flat, whatever the dossiers."""
FEW = 8
"""Conditions of one byte of a key, and of one part of a long list: at most 256 keys."""

Key = int | tuple[int, ...]
"""One byte, or several where a part looks at more than eight conditions."""


class Part(Generic[T]):
    """Some steps of ``Columns``, and what is made of which of them hold: ``make`` gets a sign for each, 1 or 0."""

    def __init__(self, steps: Sequence[int], make: Callable[[str], T]) -> None:
        self._steps = tuple(steps)
        self._made = _Made(len(self._steps), make)

    def of(self, spread: Spread) -> list[T]:
        """What it makes of every dossier, in order."""
        return list(map(self._made.__getitem__, spread.keys(self._steps)))


class _Made(dict[Key, T]):
    """What was made for each key; a key that is not there yet is made."""

    def __init__(self, width: int, make: Callable[[str], T]) -> None:
        super().__init__()
        self._width, self._make = width, make

    def __missing__(self, key: Key) -> T:
        if len(self) >= MOST_KEPT:
            self.clear()
        several = (key,) if isinstance(key, int) else key
        signs = "".join("1" if byte >> bit & 1 else "0" for byte in several for bit in range(FEW))
        self[key] = made = self._make(signs[: self._width])
        return made


class Spread:
    """What every step gives for so many dossiers, with a byte instead of a bit for each of them."""

    def __init__(self, bits: Sequence[Bits], count: int) -> None:
        self._bits, self.count = bits, count
        self._ones = int.from_bytes(b"\1" * count)
        self._bytes: dict[int, int] = {}

    def keys(self, steps: Sequence[int]) -> Iterable[Key]:
        """One key for each dossier."""
        several = [self._key(steps[start : start + FEW]) for start in range(0, len(steps), FEW)]
        if len(several) > 1:
            return zip(*several, strict=True)
        return several[0] if several else bytes(self.count)

    def signs(self, step: int) -> bytes:
        """For each dossier 1 where the step holds, else 0."""
        return self._of(step).to_bytes(self.count)

    def _key(self, steps: Sequence[int]) -> bytes:
        key = 0
        for bit, step in enumerate(steps):
            key |= self._of(step) << bit
        return key.to_bytes(self.count)

    def _of(self, step: int) -> int:
        if step not in self._bytes:
            digits = format(self._bits[step], f"0{self.count}b").encode()  # 0x30 or 0x31
            self._bytes[step] = int.from_bytes(digits) & self._ones
        return self._bytes[step]


def held(names: Sequence[T], signs: str) -> tuple[T, ...]:
    """Those of ``names`` whose sign is ``1``."""
    return tuple(name for name, sign in zip(names, signs, strict=True) if sign == "1")
