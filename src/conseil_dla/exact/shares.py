"""Exact numbers: how many coherent dossiers end in each way.

A dossier here is one combination of answers, not a real project: combinations that nobody would ever give count as
much as the others, so that these numbers speak of the rules alone. A question that is sans objet has one way of being
so. Integers throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import prod
from typing import Any

from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.outcomes import INCOHERENT, better_two, counted_as, decided_at, kept_if_coherent
from conseil_dla.exact.search.drawing import Coherence
from conseil_dla.exact.space import AnswerCell, Ground, Space
from conseil_dla.rules.model import Question


def counts(atlas: Atlas, root: int) -> Mapping[Any, int]:
    """Coherent dossiers by the end of a function. Incoherent ones are in no count."""
    told = root
    for group in atlas.coherence:
        told = atlas.diagrams.combine(kept_if_coherent, group, told)
    return Count(atlas.ground, atlas.logic.questions, atlas.applies).of(told)


def decisions(atlas: Atlas) -> Mapping[int | None, int]:
    """Coherent dossiers by the rank in ``FORCES`` at which the best format leaves the second; None for a tie."""
    two = atlas.diagrams.end(())
    for id in sorted(atlas.profiles):
        two = atlas.diagrams.combine(better_two, two, atlas.profiles[id])
    return counts(atlas, atlas.diagrams.rename(decided_at, two))


def weighed(atlas: Atlas, coherent: int) -> Coherence:
    """What each dossier weighs, for who draws some; ``coherent`` is where none breaks a coherence rule."""
    return Count(atlas.ground, atlas.logic.questions, atlas.applies).weighed(coherent)


def sizes_of(space: Space, questions: Mapping[str, Question]) -> list[list[int]]:
    """By level, how many answers each cell stands for."""
    return [[answers_in(space, questions[id], cell) for cell in space.cells_of(id)] for id in space.order]


class Count:
    """Weighted paths. A question that may be sans objet weighs its answers where it applies and one way elsewhere.

    Everything is scaled by the answers of such questions, so that numbers stay whole; the scale is taken off last.
    ``applies`` says where each question does.
    """

    def __init__(self, ground: Ground, questions: Mapping[str, Question], applies: Mapping[str, int]) -> None:
        self.diagrams = ground.diagrams
        space = ground.space
        self.sizes = sizes_of(space, questions)
        self.totals = [sum(sizes) for sizes in self.sizes]
        conditional = [id for id in space.order if applies[id] != self.diagrams.end(True)]
        self.scale = prod(self.totals[space.level[id]] for id in conditional)
        factor = self.diagrams.end(1)
        for id in conditional:
            weight = self.diagrams.rename(counted_as(self.totals[space.level[id]]), applies[id])
            factor = self.diagrams.combine(_times, factor, weight)
        self.factor = factor
        self._known: dict[tuple[int, int], dict[Any, int]] = {}
        self._between: dict[tuple[int, int], int] = {}

    def of(self, root: int) -> Counter[Any]:
        """Dossiers by the end of a function, those that end ``INCOHERENT`` left out."""
        found = self._descend(root, self.factor)
        whole = self._above(0, min(self.diagrams.levels[root], self.diagrams.levels[self.factor]))
        return Counter({end: number * whole // self.scale for end, number in found.items() if end != INCOHERENT})

    def weighed(self, root: int) -> Coherence:
        """What each dossier weighs where a yes-or-no function holds, for who draws cells of all levels; else nothing.

        So that a question that does not apply counts for one way, however many answers it has.
        """
        weight = self.diagrams.combine(_times, root, self.factor)
        return Coherence(self.diagrams, {weight: self.diagrams.support(weight)})

    def _above(self, start: int, stop: int) -> int:
        if (start, stop) not in self._between:
            self._between[start, stop] = prod(self.totals[start:stop])
        return self._between[start, stop]

    def _descend(self, node: int, factor: int) -> dict[Any, int]:
        """Weighted ways below both nodes, from the higher of their levels down."""
        key = (node, factor)
        if key in self._known:
            return self._known[key]
        levels, children = self.diagrams.levels, self.diagrams.children
        level_a, level_b = levels[node], levels[factor]
        level = min(level_a, level_b)
        found: dict[Any, int] = {}
        if level == len(self.sizes):
            found[self.diagrams.values[node]] = self.diagrams.values[factor]
        else:
            sizes = self.sizes[level]
            left = children[node] if level_a == level else (node,) * len(sizes)
            right = children[factor] if level_b == level else (factor,) * len(sizes)
            pairs: dict[tuple[int, int], int] = {}
            for pair, size in zip(zip(left, right, strict=True), sizes, strict=True):
                pairs[pair] = pairs.get(pair, 0) + size
            for (a, b), size in pairs.items():
                weight = size * self._above(level + 1, min(levels[a], levels[b]))
                for end, number in self._descend(a, b).items():
                    found[end] = found.get(end, 0) + number * weight
        self._known[key] = found
        return found


def _times(a: int, b: int) -> int:
    return a * b


def answers_in(space: Space, question: Question, cell: AnswerCell) -> int:
    """How many answers a cell stands for."""
    if question.type == "nombre":
        low, high = cell.names[0].split("..")
        return int(high) - int(low) + 1
    if question.type == "plusieurs":
        classes = space.classes(question.id)
        ways = prod(2 ** len(options) - 1 for options in classes if options[0] in cell.names)
        unread = len(question.answers) - sum(map(len, classes))
        return int(ways) << unread
    return len(cell.names)
