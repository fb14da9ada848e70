"""What many dossiers have in common, made once: each part of a conclusion looks at a few conditions.

Which of them hold makes a key; two dossiers with the same key conclude the same there, so that what is concluded, and
the text that tells it, are made at the first of them. Keys are worked out for many dossiers at once: a byte each, with
a bit for each of eight conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from conseil_dla.exact.sweep import Bits

T = TypeVar("T")
MOST_KEPT = 10_000
"""Of one part; past this, what was made is forgotten: memory stays flat, whatever the dossiers."""
FEW = 8
"""Conditions of one byte of a key, and of one part of a long list: at most 256 keys."""

Step = Hashable
"""Names one column of bits."""
Key = int | tuple[int, ...]
"""One byte, or several where a part looks at more than eight conditions."""


class Part(Generic[T]):
    """Some columns, and what is made of which of them hold: ``make`` gets a sign for each, 1 or 0."""

    def __init__(self, steps: Sequence[Step], make: Callable[[str], T]) -> None:
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
    """The columns of so many dossiers, with a byte instead of a bit for each of them."""

    def __init__(self, bits: Mapping[Step, Bits], count: int) -> None:
        self._bits, self.count = bits, count
        self._ones = int.from_bytes(b"\1" * count)
        self._bytes: dict[Step, int] = {}

    def keys(self, steps: Sequence[Step]) -> Iterable[Key]:
        """One key for each dossier."""
        several = [self._key(steps[start : start + FEW]) for start in range(0, len(steps), FEW)]
        if len(several) > 1:
            return zip(*several, strict=True)
        return several[0] if several else bytes(self.count)

    def signs(self, step: Step) -> bytes:
        """For each dossier 1 where the column holds, else 0."""
        return self._of(step).to_bytes(self.count)

    def _key(self, steps: Sequence[Step]) -> bytes:
        key = 0
        for bit, step in enumerate(steps):
            key |= self._of(step) << bit
        return key.to_bytes(self.count)

    def _of(self, step: Step) -> int:
        if step not in self._bytes:
            digits = format(self._bits[step], f"0{self.count}b").encode()  # 0x30 or 0x31
            self._bytes[step] = int.from_bytes(digits) & self._ones
        return self._bytes[step]


def held(names: Sequence[T], signs: str) -> tuple[T, ...]:
    """Those of ``names`` whose sign is ``1``."""
    return tuple(name for name, sign in zip(names, signs, strict=True) if sign == "1")


Item = tuple[Sequence[Step], Callable[[str], object | None]]
"""Columns, and what their signs make: one line of a list, or nothing."""
Lines = Sequence[Part[T]]
"""A list in a few parts."""


def lines_of(items: Iterable[Item], tell: Callable[[tuple[Any, ...]], T], nothing: T) -> Lines[T]:
    """A list, a few conditions to a part: as few parts as may be, none with too many keys."""
    groups: list[list[Item]] = []
    for item in items:
        if not groups or sum(len(steps) for steps, _ in groups[-1]) + len(item[0]) > FEW:
            groups.append([])
        groups[-1].append(item)
    return [_together(group, tell, nothing) for group in groups]


def _together(group: Sequence[Item], tell: Callable[[tuple[Any, ...]], T], nothing: T) -> Part[T]:
    def make(signs: str) -> T:
        pieces, start = [], 0
        for steps, piece in group:
            pieces.append(piece(signs[start : start + len(steps)]))
            start += len(steps)
        there = tuple(piece for piece in pieces if piece is not None)
        return tell(there) if there else nothing

    return Part([step for steps, _ in group for step in steps], make)


def side_by_side(parts: Iterable[Part[T]], spread: Spread) -> list[tuple[T, ...]]:
    """For each dossier what every part makes of it."""
    made = [part.of(spread) for part in parts]
    return list(zip(*made, strict=True)) if made else [()] * spread.count


def if_held(piece: T, signs: str) -> T | None:
    """The piece where every condition of it holds."""
    return piece if "0" not in signs else None
