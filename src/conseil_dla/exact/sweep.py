"""Many dossiers over the same diagrams at once: what ``region`` and ``relevance`` say of one, a bit for each of them.

Nodes are gone through once from the bottom, whatever the number of dossiers: at each, a whole number for each end says
which dossiers can reach it. The same the other way says which dossiers lead to a node. Every answer is the exact one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from conseil_dla.exact.diagram import Diagrams, TooLarge
from conseil_dla.exact.outcomes import INCOHERENT

Bits = int
"""One bit for each dossier."""
Cubes = Sequence[Sequence[Bits]]
"""By level, by cell: the dossiers in which the cell is allowed."""
Ends = Mapping[int, Bits]
"""By end, as its node: the dossiers that can reach it."""
Ways = Mapping[int, Mapping[int, Bits]]
"""By level, by node: the dossiers that lead there."""
MOST_DIFFERENCES = 60_000
"""Nodes that telling branches apart may take, before dossiers are read one by one: some seconds of building."""


class Sweep:
    """Some diagrams made ready. ``roots`` are asked for their ends, ``moved`` also for the levels they depend on.

    Raises ``TooLarge`` where telling the branches of ``moved`` apart takes too many nodes; nothing of it is then left.
    """

    def __init__(self, diagrams: Diagrams, roots: Iterable[int], moved: Iterable[int] = ()) -> None:
        self.diagrams = diagrams
        self.incoherent = diagrams.end(INCOHERENT)
        self.true = diagrams.end(True)
        self.masks: dict[tuple[int, tuple[int, ...]], int] = {}
        """By level and cells that lead to one branch, its number."""
        self._below: dict[int, Sequence[int]] = {}
        moved = tuple(moved)
        nodes = set().union(*map(diagrams.nodes, (*roots, *moved)))
        self.differences = self._told_apart(set().union(*map(diagrams.nodes, moved)))
        """By node: two of its masks, and where the branches lead to coherent ends that are not the same."""
        apart = {root for pairs in self.differences.values() for _, _, root in pairs}
        nodes |= set().union(*map(diagrams.nodes, apart))
        self.ends = [node for node in nodes if diagrams.bits[node]]
        self.branches = {node: self._branches(node) for node in sorted(nodes) if not diagrams.bits[node]}
        """By node, from the bottom: each branch, and the number of the mask that leads there."""

    def over(self, cubes: Cubes, full: Bits) -> Swept:
        """What these dossiers can reach. ``full`` has a bit for each of them."""
        return Swept(self, cubes, full)

    def inner(self, root: int) -> Sequence[int]:
        """The nodes of one diagram from the top, ends left out."""
        if root not in self._below:
            bits = self.diagrams.bits
            self._below[root] = sorted((n for n in self.diagrams.nodes(root) if not bits[n]), reverse=True)
        return self._below[root]

    def _branches(self, node: int) -> Sequence[tuple[int, int]]:
        level = self.diagrams.levels[node]
        cells: dict[int, list[int]] = {}
        for cell, child in enumerate(self.diagrams.children[node]):
            cells.setdefault(child, []).append(cell)
        return [(child, self._mask(level, tuple(led))) for child, led in cells.items()]

    def _mask(self, level: int, cells: tuple[int, ...]) -> int:
        return self.masks.setdefault((level, cells), len(self.masks))

    def _told_apart(self, nodes: Iterable[int]) -> dict[int, Sequence[tuple[int, int, int]]]:
        diagrams, before, most = self.diagrams, self.diagrams.size, self.diagrams.most
        diagrams.most = min(most, before + MOST_DIFFERENCES)
        try:
            return {
                node: [(a, b, diagrams.combine(_differ, left, right))
                       for (left, a), (right, b) in combinations(self._branches(node), 2)]
                for node in nodes if not diagrams.bits[node]
            }  # fmt: skip
        except TooLarge:
            diagrams.back_to(before)
            raise
        finally:
            diagrams.most = most
            diagrams.forget()


class Swept:
    """What some dossiers can reach."""

    def __init__(self, sweep: Sweep, cubes: Cubes, full: Bits) -> None:
        self._sweep, self._full = sweep, full
        self._masks = [_either(cubes[level][cell] for cell in cells) for level, cells in sweep.masks]
        self._reached: dict[int, Ends] = {end: {end: full} for end in sweep.ends}
        for node, branches in sweep.branches.items():
            found: dict[int, Bits] = {}
            for child, mask in branches:
                allowed = self._masks[mask]
                for end, bits in self._reached[child].items() if allowed else ():
                    if there := bits & allowed:
                        found[end] = found.get(end, 0) | there
            self._reached[node] = found

    def ends(self, root: int) -> Ends:
        """The ends of coherent completions."""
        return {end: bits for end, bits in self._reached[root].items() if end != self._sweep.incoherent}

    def can(self, root: int, value: bool = True) -> Bits:
        """The dossiers in which a condition can hold, or can fail."""
        return self._reached[root].get(self._sweep.diagrams.end(value), 0)

    def ways(self, root: int) -> Ways:
        """The dossiers of which some completion leads to each node of a diagram; the ends are left out."""
        found = {root: self._full}
        ways: dict[int, dict[int, Bits]] = {}
        for node in self._sweep.inner(root):
            if there := found.get(node, 0):
                ways.setdefault(self._sweep.diagrams.levels[node], {})[node] = there
                for child, mask in self._sweep.branches[node]:
                    if led := there & self._masks[mask]:
                        found[child] = found.get(child, 0) | led
        return ways

    def depends(self, root: int) -> Mapping[int, Bits]:
        """By level: the dossiers with two coherent completions that differ there alone, and end apart."""
        ways = self.ways(root).items()
        return {level: _either(there & self._apart[node] for node, there in nodes.items()) for level, nodes in ways}

    @cached_property
    def _apart(self) -> Mapping[int, Bits]:
        """By node: where two of its branches lead apart."""
        masks = self._masks
        return {
            node: _either(masks[a] & masks[b] & self.can(root) for a, b, root in pairs)
            for node, pairs in self._sweep.differences.items()
        }

    def opened(self, nodes: Mapping[int, Bits], cell: int) -> Ends:
        """The coherent ends that one cell leads to from the nodes of its level, whether or not it is allowed."""
        found: dict[int, Bits] = {}
        for node, there in nodes.items():
            for end, bits in self.ends(self._sweep.diagrams.children[node][cell]).items():
                found[end] = found.get(end, 0) | (there & bits)
        return found


def _differ(left: object, right: object) -> bool:
    return INCOHERENT not in (left, right) and left != right


def _either(parts: Iterable[Bits]) -> Bits:
    found = 0
    for bits in parts:
        found |= bits
    return found
