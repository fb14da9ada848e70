"""How much each question would tell of what is still open: which to ask first.

Over the coherent completions of a region, each cell weighted by its prior. Floats only rank questions here; what is
certain, or without effect, never rests on them. Source: C. E. Shannon, "A Mathematical Theory of Communication", 1948,
section 6 (mutual information).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import log2
from typing import Any

from conseil_dla.exact.atlas import FORMAT, Name
from conseil_dla.exact.outcomes import INCOHERENT
from conseil_dla.exact.region import Region
from conseil_dla.exact.search.draws import estimated
from conseil_dla.exact.search.formats import compared

Classes = Callable[[Any], tuple[str, ...]]
"""The end of a chart -> what is to be told apart."""
Masses = list[float]
"""Chances of outcomes, which need not add up to 1."""
DECIMALS = 9
"""Information is rounded, so that equal questions are equal and the order of sums changes nothing."""


def information(region: Region, chart: Name, classes: Classes) -> Mapping[int, float]:
    """By level, how much knowing that question tells of a chart's outcome, in bits (0 where it is left out).

    Where a search compares formats, or a conclusion is in parts, an estimate of it.
    """
    if chart == FORMAT and region.atlas.search is not None:
        draws = compared(region.atlas.search, region.cube).draws
        return {} if draws is None else estimated(draws, region.cube)
    if chart in region.atlas.parts:
        return _of_parts(region, region.atlas.parts[chart].roots)
    return _gained_once(region, region.atlas.charts[chart], classes)


def _of_parts(region: Region, roots: Iterable[int]) -> Mapping[int, float]:
    """The most that a question tells of one part: it only ranks."""
    found: dict[int, float] = {}
    for root in roots:
        for level, bits in _gained_once(region, root, _itself).items():
            found[level] = max(found.get(level, 0.0), bits)
    return found


def _itself(end: object) -> tuple[str, ...]:
    return (str(end),)


def _gained_once(region: Region, root: int, classes: Classes) -> Mapping[int, float]:
    if (root, classes) not in region.gained:
        region.gained[root, classes] = _gained(region, root, classes)
    return region.gained[root, classes]


def _gained(region: Region, root: int, classes: Classes) -> Mapping[int, float]:
    outcomes = sorted({classes(end) for end in region.decoded(region.coherent_reach(root))})
    if len(outcomes) < 2:
        return {}
    return _Passes(region, root, classes, outcomes).run()


class _Passes:
    """Two passes over one diagram: chances of outcomes from below, chances of nodes from above."""

    def __init__(self, region: Region, root: int, classes: Classes, outcomes: list[tuple[str, ...]]) -> None:
        self.region = region
        self.root = root
        self.classes = classes
        self.rank = {outcome: n for n, outcome in enumerate(outcomes)}
        self.none = [0.0] * len(outcomes)
        self.below: dict[int, Masses] = {}
        self.weights = {level: self._weights(level) for level in region.atlas.diagrams.support(root)}

    def _weights(self, level: int) -> list[tuple[int, float]]:
        cells = self.region.atlas.space.cells[level]
        allowed = self.region.cube[level]
        if len(allowed) == 1:
            return [(allowed[0], 1.0)]
        total = sum(cells[cell].weight for cell in allowed)
        return [(cell, cells[cell].weight / total) for cell in allowed]

    def run(self) -> Mapping[int, float]:
        total = self._chances(self.root)
        ways = self.region.walk(self.root)
        above: dict[int, float] = {self.root: 1.0}
        gained: dict[int, float] = {}
        whole = _surprise(total)
        for level in sorted(ways):
            if len(self.weights[level]) == 1:
                self._pass_on(ways[level], above, self.weights[level][0][0])
                continue
            parts = self._parts(level, ways[level], above, total)
            gained[level] = round((whole - sum(map(_surprise, parts))) / sum(total), DECIMALS)
        return gained

    def _pass_on(self, nodes: list[int], above: dict[int, float], cell: int) -> None:
        """A level whose answer is known tells nothing: chances go through."""
        children = self.region.atlas.diagrams.children
        for node in nodes:
            child = children[node][cell]
            above[child] = above.get(child, 0.0) + above[node]

    def _chances(self, node: int) -> Masses:
        """Chances of outcomes from a node on; what is incoherent has none."""
        found = self.below.get(node)
        if found is None:
            found = self.below[node] = self._add_up(node)
        return found

    def _add_up(self, node: int) -> Masses:
        diagrams = self.region.atlas.diagrams
        if diagrams.bits[node]:
            found = list(self.none)
            if diagrams.values[node] != INCOHERENT:
                found[self.rank[self.classes(diagrams.values[node])]] = 1.0
            return found
        branches = diagrams.children[node]
        weights = self.weights[diagrams.levels[node]]
        if len(weights) == 1:
            return self._chances(branches[weights[0][0]])
        columns = zip(*([weight * m for m in self._chances(branches[cell])] for cell, weight in weights), strict=True)
        return [sum(column) for column in columns]

    def _parts(self, level: int, nodes: list[int], above: dict[int, float], total: Masses) -> list[Masses]:
        """Chances of outcomes together with each cell of a level; ways that skip the level count for every cell."""
        skipping = list(total)
        weights, below, children = self.weights[level], self.below, self.region.atlas.diagrams.children
        joint = {cell: list(self.none) for cell, _ in weights}
        for node in nodes:
            mass, branches = above[node], children[node]
            skipping = [have - mass * chance for have, chance in zip(skipping, below[node], strict=True)]
            for cell, weight in weights:
                child = branches[cell]
                share = mass * weight
                above[child] = above.get(child, 0.0) + share
                joint[cell] = [have + share * chance for have, chance in zip(joint[cell], below[child], strict=True)]
        return [[have + weight * max(skip, 0.0) for have, skip in zip(joint[cell], skipping, strict=True)]
                for cell, weight in weights]  # fmt: skip


def _surprise(masses: Masses) -> float:
    """Entropy of masses, times their sum, in bits."""
    total = sum(masses)
    return sum(mass * log2(total / mass) for mass in masses if mass > 0.0)
