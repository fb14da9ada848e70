"""Conclusions too large for one chart, as several: each part exact, what they come to together taken part by part.

An axis on which a hundred rules push at random has no chart that memory would hold; a dozen rules at a time do. What
the parts can come to in a dossier is joined as if they were free of one another. So everything that can be is there,
and perhaps more: what is told certain or excluded is, and what two parts could only decide together is told as still
open until an answer decides it. Of a complete dossier each part has one end, and so have they together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from conseil_dla.exact.diagram import Diagrams, Operation
from conseil_dla.exact.outcomes import INCOHERENT, PostureOutcome, side
from conseil_dla.exact.search.changes import MOST_CHANGES, Change, Tip
from conseil_dla.exact.space import Cube
from conseil_dla.rules.deciding import quadrant
from conseil_dla.rules.model import Logic

MOST_IN_PART = 5_000
"""Nodes of one part, about: past it another is begun."""
MOST_TRIED = 5_000
"""Sets of changes that are tried on a conclusion in parts."""
Ends = frozenset[Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """A conclusion in parts: their diagrams, and what sets of their ends come to together."""

    roots: tuple[int, ...]
    join: Callable[[Sequence[Ends]], Ends]


def folded(diagrams: Diagrams, operation: Operation, roots: Iterable[int], start: Hashable, most: int) -> list[int]:
    """``Diagrams.fold`` in as few parts as keep to ``most`` nodes each; one that is larger by itself stays whole."""
    found: list[int] = []
    now = diagrams.end(start)
    for root in sorted(roots, key=lambda root: -diagrams.levels[root]):
        more = diagrams.combine(operation, now, root)
        if now != diagrams.end(start) and len(diagrams.nodes(more)) > most:
            found.append(now)
            more = root
        now = more
    return [*found, now]


def joined(operation: Operation, sets: Sequence[Ends]) -> Ends:
    """Every way to put together one end of each."""
    first, *others = sets
    for ends in others:
        first = frozenset(operation(a, b) for a in first for b in ends)
    return first


def summed(sets: Sequence[Ends]) -> Ends:
    """Every sum of one number of each: ``joined`` by ``add``, as sets of bits: each change that may ripen asks."""
    if not all(sets):
        return frozenset()
    lowest, bits = 0, 1
    for ends in sets:
        least, more = min(ends), 0
        for number in ends:
            more |= bits << (number - least)
        lowest, bits = lowest + least, more
    return frozenset(lowest + n for n in range(bits.bit_length()) if bits >> n & 1)


def posture(logic: Logic, axes: Sequence[Parts], off_note: Mapping[str, int]) -> Parts:
    """Where a dossier stands, from the parts of each axis and from where each posture is off the note."""
    firsts = [sum(len(axis.roots) for axis in axes[:n]) for n in range(len(axes) + 1)]

    def join(sets: Sequence[Ends]) -> Ends:
        if not all(sets):
            return frozenset()
        slices = zip(axes, firsts, firsts[1:], strict=False)
        signs = [sorted({side(total) for total in axis.join(sets[start:end])}) for axis, start, end in slices]
        there = dict(zip(off_note, sets[firsts[-1] :], strict=True))
        found = set()
        for each in product(*signs):
            places = quadrant(logic, dict(zip(logic.axes, each, strict=True)))
            alone = next(iter(places)) if len(places) == 1 else ""
            found |= {PostureOutcome(places, off) for off in there.get(alone, frozenset([False]))}
        return frozenset(found)

    return Parts((*(root for axis in axes for root in axis.roots), *off_note.values()), join)


def tips(
    diagrams: Diagrams,
    parts: Parts,
    cube: Cube,
    moves: Mapping[int, tuple[int, ...]],
    goal: Callable[[Any], str | None],
) -> tuple[Tip, ...]:
    """The smallest sets of changes found to tip a conclusion, as ``tipping.tips`` means it: each surely does.

    Some that only two parts together would show are missed, and no more than ``MOST_TRIED`` sets are tried.
    """
    supports = [diagrams.support(root) for root in parts.roots]
    bearing: frozenset[int] = frozenset().union(*supports)
    single = [(level, cell) for level in sorted(moves) if level in bearing for cell in moves[level]]
    known: dict[tuple[int, tuple[Change, ...]], Ends] = {}

    def ends(part: int, changes: tuple[Change, ...]) -> Ends:
        key = part, tuple(change for change in changes if change[0] in supports[part])
        if key not in known:
            cells = list(cube)
            for level, cell in key[1]:
                cells[level] = (cell,)
            known[key] = _reached(diagrams, parts.roots[part], cells)
        return known[key]

    found: list[Tip] = []
    for changes in _first(_sets(single), MOST_TRIED):
        if any(set(tip.changes) <= set(changes) for tip in found):
            continue
        outcomes = {goal(end) for end in parts.join([ends(part, changes) for part in range(len(supports))])}
        if len(outcomes) == 1 and (outcome := outcomes.pop()) is not None:
            found.append(Tip(changes, outcome))
    return tuple(found)


def _sets(single: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    for number in range(1, MOST_CHANGES + 1):
        for changes in combinations(single, number):
            if len({level for level, _ in changes}) == number:
                yield changes


def _first(sets: Iterator[tuple[Change, ...]], most: int) -> Iterator[tuple[Change, ...]]:
    yield from (changes for _, changes in zip(range(most), sets, strict=False))


def _reached(diagrams: Diagrams, root: int, cube: Sequence[tuple[int, ...]]) -> Ends:
    seen, waiting, found = {root}, [root], set()
    while waiting:
        node = waiting.pop()
        if diagrams.bits[node]:
            found.add(diagrams.values[node])
            continue
        branches = diagrams.children[node]
        fresh = {branches[cell] for cell in cube[diagrams.levels[node]]} - seen
        seen |= fresh
        waiting.extend(fresh)
    return frozenset(found - {INCOHERENT})
