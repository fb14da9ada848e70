"""What could ripen, and what the advice rests on, for formats: the same answers as ``exact.tipping`` gives by charts.

Sets of changes are played by the thousand, a bit a set, against a few ways to complete the dossier; those that no way
refutes are proved one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from conseil_dla.exact.search.draws import Draws, one_cell, told_apart
from conseil_dla.exact.search.searching import Search
from conseil_dla.exact.space import Cube

MOST_CHANGES = 3
WAYS = 8
"""Completions that every set of changes is played against."""
AT_ONCE = 1 << 14
"""Sets played together."""
MORE_WAYS = 64
"""Completions that every set of answers is played with, to tell that it is not enough alone."""
Change = tuple[int, int]
"""A level and the cell that its question would move to."""
Changes = tuple[Change, ...]
"""By level, from the top."""
Marks = Mapping[int, Mapping[int, int]]
"""By level and by cell that it goes to, the sets that make this change, a bit a set."""
Named = Callable[[frozenset[str]], str | None]
"""The best formats -> what would be shown, or None where nothing is turned."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A smallest set of changes, and what would be shown after them."""

    changes: Changes
    outcome: str


def format_tips(search: Search, cube: Cube, moves: Mapping[int, tuple[int, ...]], goal: Named) -> tuple[Tip, ...]:
    """Every smallest set of changes that turns the best formats, up to ``MOST_CHANGES``, in the order of charts.

    ``cube`` holds the usual completions, ``moves`` the cells that each answered level could go to.
    """
    ways = search.draw(cube, WAYS)
    if ways is None:
        return ()
    found: list[Tip] = []
    for number in range(1, MOST_CHANGES + 1):
        sets = _Sets(search, moves, [tip.changes for tip in found], ways.cells(0), goal).turning(number)
        fresh: list[Tip] = []
        while batch := list(islice(sets, AT_ONCE)):
            for changes in _unrefuted(search, ways, batch, goal):
                outcome = _turned(search, _changed(cube, changes), goal)
                if outcome is not None:
                    fresh.append(Tip(changes, outcome))
        found += sorted(fresh, key=lambda tip: [(-level, moves[level].index(cell)) for level, cell in tip.changes])
    return tuple(found)


class _Sets:
    """Sets of changes that hold none of the ``smaller`` ones, played by the thousand in one dossier: most are refuted.

    Sets of three are a first change beside pairs of others. What tells the pairs apart is worked out once; those that
    may stand beside a first change come after a certain place.
    """

    def __init__(
        self, search: Search, moves: Mapping[int, tuple[int, ...]], smaller: Sequence[Changes], way: Sequence[int],
        goal: Named,
    ) -> None:  # fmt: skip
        self._search, self._way, self._goal = search, way, goal
        alone = {changes[0] for changes in smaller if len(changes) == 1}
        levels = filter(search.circuit.reads, sorted(moves))
        self._changes = [(level, cell) for level in levels for cell in moves[level] if (level, cell) not in alone]
        self._pairs = [changes for changes in smaller if len(changes) == 2]

    def turning(self, number: int) -> Iterator[Changes]:
        """Those of so many changes after which the dossier is turned, or is coherent no more."""
        if number == 1:
            yield from self._played((), [(change,) for change in self._changes])
            return
        pairs = [(one, other) for one in self._changes for other in self._changes if one[0] < other[0]]
        if number == 2:
            yield from self._played((), pairs)
            return
        marks, start = _moved(pairs), 0
        idle = 0
        for (level, cell), (other, its) in self._pairs:
            idle |= marks.get(level, {}).get(cell, 0) & marks.get(other, {}).get(its, 0)
        for first in self._changes:
            while start < len(pairs) and pairs[start][0][0] <= first[0]:
                start += 1
            here = idle
            for one, (level, cell) in self._pairs:
                if one == first:
                    here |= marks.get(level, {}).get(cell, 0)
            yield from self._played((first,), pairs, marks, start, here)

    def _played(
        self, first: Changes, sets: Sequence[Changes], marks: Marks | None = None, start: int = 0, idle: int = 0
    ) -> Iterator[Changes]:
        """``marks`` are those of ``_moved``; sets before ``start``, and ``idle`` ones, are left out."""
        marks = _moved(sets) if marks is None else marks
        for begin in range(start, len(sets), AT_ONCE):
            full = (1 << min(AT_ONCE, len(sets) - begin)) - 1
            here = {level: {cell: told >> begin & full for cell, told in cells.items()}
                    for level, cells in marks.items()} | {level: {cell: full} for level, cell in first}  # fmt: skip
            played = _with(self._search, self._way, here, full)
            left = full & ~(idle >> begin)
            for dossiers in told_apart(played.shown.best, left & _coherent(self._search, played)):
                best = [rank for rank, column in enumerate(played.shown.best) if column & dossiers]
                if best and self._goal(self._search.named(best)) is None:
                    left &= ~dossiers
            for n in _ones(left):
                yield first + sets[begin + n]


def may_show(search: Search, usual: Cube, sets: Sequence[Changes], shown: frozenset[str]) -> Iterator[Changes]:
    """Of some sets of answers, those that may be enough alone for formats to be what is ``shown``.

    ``usual`` holds the usual completions of no answer at all: a few are played with each set, and refute most.
    """
    ways = search.draw(usual, MORE_WAYS) or search.none
    for begin in range(0, len(sets), AT_ONCE):
        left = sets[begin : begin + AT_ONCE]
        for position in range(ways.number):
            full = (1 << len(left)) - 1
            played = _with(search, ways.cells(position), _moved(left), full)
            otherwise = 0
            for contender, column in zip(search.contenders, played.shown.best, strict=True):
                otherwise |= column ^ full if contender.format in shown else column
            left = [left[n] for n in _ones(full & ~(otherwise & _coherent(search, played)))]
            if not left:
                break
        yield from left


def _changed(cube: Cube, changes: Changes) -> Cube:
    cells = dict(changes)
    return tuple((cells[level],) if level in cells else allowed for level, allowed in enumerate(cube))


def _unrefuted(search: Search, ways: Draws, batch: Sequence[Changes], goal: Named) -> Iterator[Changes]:
    """Sets after which all the ways that stay coherent agree on something that is turned."""
    full = (1 << len(batch)) - 1
    moved = _moved(batch)
    contenders = range(len(search.contenders))
    ever, always = [0] * len(search.contenders), [full] * len(search.contenders)
    for position in range(ways.number):
        played = _with(search, ways.cells(position), moved, full)
        coherent = _coherent(search, played)
        for n in contenders:
            ever[n] |= played.shown.best[n] & coherent
            always[n] &= played.shown.best[n] | (full ^ coherent)
    for n, changes in enumerate(batch):
        best = [rank for rank in contenders if ever[rank] >> n & 1]
        if all(always[rank] >> n & 1 for rank in best) and (not best or goal(search.named(best)) is not None):
            yield changes


def _with(search: Search, way: Sequence[int], moved: Marks, full: int) -> Draws:
    """One dossier with each of some sets of changes."""
    columns = []
    for level, cell in enumerate(way):
        column = one_cell(search.circuit, level, cell, full)
        for other, sets in moved.get(level, {}).items():
            to = one_cell(search.circuit, level, other, sets)
            column = [now & ~sets | new for now, new in zip(column, to, strict=True)]
        columns.append(column)
    return Draws(search.circuit, columns, full.bit_length())


def _coherent(search: Search, played: Draws) -> int:
    found = played.full
    for root in search.circuit.coherent.values():
        found &= played.value(root)
    return found


def _moved(batch: Sequence[Changes]) -> Marks:
    """The sets that make each change."""
    marks: dict[Change, bytearray] = {}
    for n, changes in enumerate(batch):
        for change in changes:
            marks.setdefault(change, bytearray(b"0" * len(batch)))[len(batch) - 1 - n] = ord("1")
    found: dict[int, dict[int, int]] = {}
    for (level, cell), told in marks.items():
        found.setdefault(level, {})[cell] = int(told, 2)
    return found


def _ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


def _turned(search: Search, cube: Cube, goal: Named) -> str | None:
    """What is shown in every coherent dossier of a cube, where all show the same and something is turned."""
    with search.lock:
        best = search.one(cube)
        outcome = None if best is None else goal(best)
        return outcome if best is not None and outcome is not None and search.always(cube, best) else None
