"""What could ripen: the smallest sets of changes that someone can act on, and that turn what a reading shows.

Answers stay as they are, save for one to three changes; what is unknown stays unknown, ordinary where it declares so.
A set tips when every ordinary completion of the changed dossier agrees on something else than before. Changes are
looked for by growing number, so that a set is found before anything that contains it, and only where a lower bound
(as if changes could still be chosen once the unknown is known) leaves a way to go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from conseil_dla.exact import parts
from conseil_dla.exact.atlas import FORMAT, Atlas, Name
from conseil_dla.exact.outcomes import INCOHERENT, FormatOutcome
from conseil_dla.exact.region import Region
from conseil_dla.exact.search.apart import bearing as levels_of
from conseil_dla.exact.search.changes import MOST_CHANGES, Change, Tip, format_tips, may_show
from conseil_dla.exact.space import Cube
from conseil_dla.rules.model import Answers

NEVER = MOST_CHANGES + 1
Goal = Callable[[Any], str | None]
"""The end of a chart -> what would be shown, or None where nothing is turned."""


def moves(atlas: Atlas, answers: Answers) -> Mapping[int, tuple[int, ...]]:
    """By level, the cells that an answer which someone can act on could move to, the way it ripens.

    For a ``plusieurs``, one option more; or one less, where the question does not say how it ripens.
    """
    found = {}
    for id, value in answers.items():
        question = atlas.logic.questions[id]
        if question.modifiable == "non":
            continue
        level, now = atlas.space.level[id], atlas.space.cell_of(id, value)
        hoped = question.hoped_for(value)
        if isinstance(value, frozenset):
            gained = [n for n, ids in enumerate(atlas.space.classes(id)) if value.isdisjoint(ids) and hoped & set(ids)]
            lost = [n for n, ids in enumerate(atlas.space.classes(id)) if len(value.intersection(ids)) == 1]
            cells = tuple(now ^ 1 << n for n in sorted(gained + ([] if question.ripens else lost)))
        else:
            within = enumerate(atlas.space.cells[level])
            cells = tuple(
                n for n, cell in within if n != now and (question.type == "nombre" or hoped.intersection(cell.names))
            )
        found[level] = cells
    return found


def tips(atlas: Atlas, cube: Cube, chart: Name, moves: Mapping[int, tuple[int, ...]], goal: Goal) -> tuple[Tip, ...]:
    """Every smallest set of changes that tips a chart, up to ``MOST_CHANGES``. ``cube`` holds the usual completions."""
    if chart == FORMAT and atlas.search is not None:
        return format_tips(atlas.search, cube, moves, lambda best: goal(FormatOutcome(best, False, frozenset())))
    if chart in atlas.parts:
        return parts.tips(atlas.diagrams, atlas.parts[chart], cube, moves, goal)
    return _Search(atlas, cube, atlas.charts[chart], moves, goal).run()


class _Search:
    def __init__(self, atlas: Atlas, cube: Cube, root: int, moves: Mapping[int, tuple[int, ...]], goal: Goal) -> None:
        self.diagrams = atlas.diagrams
        self.cube = cube
        self.root = root
        support = atlas.diagrams.support(root)
        self.moves = {level: cells for level, cells in moves.items() if level in support}
        self.incoherent = atlas.diagrams.end(INCOHERENT)
        self.goal = goal
        self._bounds: dict[int, int] = {}
        self._below: dict[int, frozenset[str]] = {}
        self._found: list[frozenset[Change]] = []

    def run(self) -> tuple[Tip, ...]:
        found: list[Tip] = []
        for number in range(1, MOST_CHANGES + 1):
            fresh = list(self._descend(frozenset([self.root]), (), number))
            self._found += [frozenset(tip.changes) for tip in fresh]
            found += fresh
        return tuple(found)

    def _descend(self, nodes: frozenset[int], changes: tuple[Change, ...], left: int) -> Iterator[Tip]:
        """From the highest level that still matters; ``nodes`` are where the unknown answers above may have led.

        Levels that no node looks at are passed over: a change there would do nothing.
        """
        if max(map(self._bound, nodes)) > left:
            return
        if left == 0:
            outcomes = frozenset().union(*map(self._outcomes, nodes))
            if len(outcomes) == 1:
                yield Tip(changes, *outcomes)
            return
        level = min(map(self.diagrams.levels.__getitem__, nodes))
        if level == len(self.diagrams.sizes):
            return
        yield from self._descend(self._step(nodes, level, self.cube[level]), changes, left)
        for cell in self.moves.get(level, ()):
            more = (*changes, (level, cell))
            if not any(tip.issubset(more) for tip in self._found):
                yield from self._descend(self._step(nodes, level, (cell,)), more, left - 1)

    def _step(self, nodes: frozenset[int], level: int, cells: tuple[int, ...]) -> frozenset[int]:
        levels, children = self.diagrams.levels, self.diagrams.children
        return frozenset(
            child
            for node in nodes
            for child in ([children[node][cell] for cell in cells] if levels[node] == level else (node,))
        )

    def _outcomes(self, node: int) -> frozenset[str]:
        """What is shown in the ordinary completions below a node that all of them turn."""
        known = self._below.get(node)
        if known is None:
            if self.diagrams.bits[node]:
                outcome = None if node == self.incoherent else self.goal(self.diagrams.values[node])
                known = frozenset() if outcome is None else frozenset([outcome])
            else:
                children = self.diagrams.children[node]
                cells = self.cube[self.diagrams.levels[node]]
                known = frozenset().union(*(self._outcomes(children[cell]) for cell in cells))
            self._below[node] = known
        return known

    def _bound(self, node: int) -> int:
        """At least so many changes before every ordinary completion below is turned; ``NEVER`` where none can do."""
        known = self._bounds.get(node)
        if known is None:
            known = self._bounds[node] = self._least(node)
        return known

    def _least(self, node: int) -> int:
        if self.diagrams.bits[node]:
            turned = node == self.incoherent or self.goal(self.diagrams.values[node]) is not None
            return 0 if turned else NEVER
        level, children = self.diagrams.levels[node], self.diagrams.children[node]
        staying = max(self._bound(children[cell]) for cell in self.cube[level])
        moved = (1 + self._bound(children[cell]) for cell in self.moves.get(level, ()))
        return min((staying, *moved))


def footings(
    atlas: Atlas, answers: Answers, chart: Name, groups: tuple[frozenset[str], ...], shown: frozenset[str]
) -> tuple[frozenset[str], ...]:
    """Of some groups of answered questions, those that the formats or postures shown rest on.

    The group alone already shows it, and without the group it is not shown. A group that holds a smaller one found
    before it is left out.
    """
    found: list[frozenset[str]] = []
    for group in _may_show(atlas, answers, chart, groups, shown):
        if any(smaller <= group for smaller in found):
            continue
        alone = {id: value for id, value in answers.items() if id in group}
        if not _shows(atlas, alone, chart, shown):
            continue
        without = {id: value for id, value in answers.items() if id not in group}
        if not _shows(atlas, without, chart, shown):
            found.append(group)
    return tuple(found)


def bearing(atlas: Atlas, chart: Name) -> frozenset[str]:
    """The questions that a chart draws on; where formats are searched, those that change what is told of them."""
    search = atlas.search if chart == FORMAT else None
    levels = atlas.draws_on(chart) if search is None else levels_of(search)
    return frozenset(atlas.space.order[level] for level in levels)


def _may_show(
    atlas: Atlas, answers: Answers, chart: Name, groups: tuple[frozenset[str], ...], shown: frozenset[str]
) -> tuple[frozenset[str], ...]:
    """Where formats are searched, the groups that a quick look does not refute; charts need no such look."""
    if chart != FORMAT or atlas.search is None:
        return groups
    space = atlas.space
    sets = [tuple(sorted((space.level[id], space.cell_of(id, answers[id])) for id in group)) for group in groups]
    left = frozenset(may_show(atlas.search, space.cube({}, ordinary=True), sets, shown))
    return tuple(group for group, changes in zip(groups, sets, strict=True) if changes in left)


def _shows(atlas: Atlas, answers: Answers, chart: Name, shown: frozenset[str]) -> bool:
    """Do all usual completions of these answers end so? All completions, where none is ordinary."""
    if chart == FORMAT and atlas.search is not None:
        usually = atlas.space.cube(answers, ordinary=True)
        return atlas.search.shows(usually, atlas.space.cube(answers), shown)

    def is_shown(end: Any) -> bool:
        return bool((end.best if chart == FORMAT else end.postures) == shown)

    usual = Region(atlas, atlas.space.cube(answers, ordinary=True))
    if chart in atlas.parts:
        ends = usual.ends(chart) or Region(atlas, atlas.space.cube(answers)).ends(chart)
        return all(map(is_shown, ends))
    if not usual.all_end(atlas.charts[chart], is_shown):
        return False
    return not usual.is_empty() or Region(atlas, atlas.space.cube(answers)).all_end(atlas.charts[chart], is_shown)
