"""What could ripen, and what the advice rests on, for formats: the same answers as ``exact.tipping`` gives by charts.

Sets of changes are played by the thousand, a bit a set, against a few ways to complete the dossier; those that no way
refutes are proved one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from conseil_dla.exact.search.draws import Draws, one_cell
from conseil_dla.exact.search.searching import Search
from conseil_dla.exact.space import Cube

MOST_CHANGES = 3
WAYS = 8
"""Completions that every set of changes is played against."""
AT_ONCE = 1 << 14
"""Sets played together."""
Change = tuple[int, int]
"""A level and the cell that its question would move to."""
Changes = tuple[Change, ...]
"""By level, from the top."""
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
    found: list[Tip] = []
    ways = search.draw(cube, WAYS)
    for number in range(1, MOST_CHANGES + 1):
        sets = _sets(search, moves, number, [frozenset(tip.changes) for tip in found])
        fresh: list[Tip] = []
        while batch := list(islice(sets, AT_ONCE)):
            for changes in _unrefuted(search, ways, batch, goal):
                outcome = _turned(search, _changed(cube, changes), goal)
                if outcome is not None:
                    fresh.append(Tip(changes, outcome))
        found += sorted(fresh, key=lambda tip: [(-level, moves[level].index(cell)) for level, cell in tip.changes])
    return tuple(found)


def _sets(
    search: Search, moves: Mapping[int, tuple[int, ...]], number: int, smaller: Sequence[frozenset[Change]]
) -> Iterator[Changes]:
    """Sets of so many changes that hold none of the smaller ones."""
    levels = sorted(level for level, cells in moves.items() if cells and search.circuit.reads(level))
    for some in combinations(levels, number):
        for cells in product(*(moves[level] for level in some)):
            changes = tuple(zip(some, cells, strict=True))
            if not any(each.issubset(changes) for each in smaller):
                yield changes


def _changed(cube: Cube, changes: Changes) -> Cube:
    cells = dict(changes)
    return tuple((cells[level],) if level in cells else allowed for level, allowed in enumerate(cube))


def _unrefuted(search: Search, ways: Draws | None, batch: Sequence[Changes], goal: Named) -> Iterator[Changes]:
    """Sets after which all the ways that stay coherent agree on something that is turned."""
    if ways is None:
        yield from batch
        return
    full = (1 << len(batch)) - 1
    moved = _moved(batch)
    contenders = range(len(search.contenders))
    ever, always = [0] * len(search.contenders), [full] * len(search.contenders)
    for position in range(ways.number):
        columns = []
        for level, cell in enumerate(ways.cells(position)):
            column = one_cell(search.circuit, level, cell, full)
            for other, sets in moved.get(level, {}).items():
                to = one_cell(search.circuit, level, other, sets)
                column = [now & ~sets | new for now, new in zip(column, to, strict=True)]
            columns.append(column)
        played = Draws(search.circuit, columns, len(batch))
        coherent = full
        for root in search.circuit.coherent.values():
            coherent &= played.value(root)
        for n in contenders:
            ever[n] |= played.shown.best[n] & coherent
            always[n] &= played.shown.best[n] | (full ^ coherent)
    for n, changes in enumerate(batch):
        best = [rank for rank in contenders if ever[rank] >> n & 1]
        if all(always[rank] >> n & 1 for rank in best) and (not best or goal(search.named(best)) is not None):
            yield changes


def _moved(batch: Sequence[Changes]) -> Mapping[int, Mapping[int, int]]:
    """By level and by cell that it goes to, the sets that make this change."""
    marks: dict[Change, bytearray] = {}
    for n, changes in enumerate(batch):
        for change in changes:
            marks.setdefault(change, bytearray(b"0" * len(batch)))[len(batch) - 1 - n] = ord("1")
    found: dict[int, dict[int, int]] = {}
    for (level, cell), told in marks.items():
        found.setdefault(level, {})[cell] = int(told, 2)
    return found


def _turned(search: Search, cube: Cube, goal: Named) -> str | None:
    """What is shown in every coherent dossier of a cube, where all show the same and something is turned."""
    with search.lock:
        best = search.one(cube)
        outcome = None if best is None else goal(best)
        return outcome if best is not None and outcome is not None and search.always(cube, best) else None
