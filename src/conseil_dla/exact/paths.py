"""Dossiers found in diagrams: where several functions meet some wish, and the plainest answers that lead there.

A path from the top to an end is a set of answers: the questions that it passes are those that matter, and whatever is
answered elsewhere the end stays the same. So a path is a partial dossier of which the end is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from conseil_dla.exact.diagram import Diagrams
from conseil_dla.exact.outcomes import INCOHERENT
from conseil_dla.exact.space import Space
from conseil_dla.rules.model import Answers, Logic
from conseil_dla.rules.truth import scopes_of

Path = Mapping[int, int]
"""The cell chosen at each level that matters."""
Wish = Callable[..., bool]
"""One argument for each function: the values of a dossier. Must be true of what is looked for."""
Stop = Callable[[tuple[int, ...]], bool]
"""True of a tuple of nodes below which nothing can be found: it spares the descent."""


def search(
    diagrams: Diagrams,
    roots: Sequence[int],
    wish: Wish,
    *,
    forced: Sequence[Mapping[int, int]] = (),
    stop: Stop = lambda nodes: False,
    first: Sequence[Sequence[int]] = (),
) -> Path | None:
    """A path to ends that meet a wish together; None when there is none. Given up nowhere: None is a proof.

    ``forced`` gives, for each root, cells that are taken at some levels whatever the path: two dossiers that differ in
    one answer are searched as one. ``first`` gives the order in which the cells of each level are tried.
    """
    bottom = len(diagrams.sizes)
    levels, children, values = diagrams.levels, diagrams.children, diagrams.values
    held = list(forced) or [{}] * len(roots)
    dead: set[tuple[int, ...]] = set()

    def settled(node: int, cells: Mapping[int, int]) -> int:
        while levels[node] in cells:
            node = children[node][cells[levels[node]]]
        return node

    def descend(nodes: tuple[int, ...]) -> dict[int, int] | None:
        if nodes in dead or stop(nodes):
            return None
        level = min(levels[node] for node in nodes)
        if level == bottom:
            return {} if wish(*(values[node] for node in nodes)) else None
        for cell in first[level] if first else range(diagrams.sizes[level]):
            below = tuple(
                settled(children[node][cell], cells) if levels[node] == level else node
                for node, cells in zip(nodes, held, strict=True)
            )
            found = descend(below)
            if found is not None:
                found[level] = cell
                return found
        dead.add(nodes)
        return None

    return descend(tuple(settled(node, cells) for node, cells in zip(roots, held, strict=True)))


def plainest(space: Space, diagrams: Diagrams, root: int, wish: Callable[[Any], bool]) -> Path | None:
    """The path to a wished end with the fewest exceptional answers, then the fewest answers; None if there is none."""
    known: dict[int, tuple[int, int, int] | None] = {}
    wished = diagrams.bits_of(diagrams.reached(root), wish)

    def best(node: int) -> tuple[int, int, int] | None:
        """Exceptional answers, answers, and the cell to take."""
        if not diagrams.reached(node) & wished:
            return None
        if node not in known:
            if diagrams.bits[node]:
                known[node] = (0, 0, -1)
            else:
                ways = []
                for cell, child in enumerate(diagrams.children[node]):
                    below = best(child)
                    if below is not None:
                        rare = 0 if space.cells[diagrams.levels[node]][cell].ordinary else 1
                        ways.append((below[0] + rare, below[1] + 1, cell))
                known[node] = min(ways, default=None)
        return known[node]

    if best(root) is None:
        return None
    path = {}
    node = root
    while not diagrams.bits[node]:
        found = best(node)
        assert found is not None
        path[diagrams.levels[node]] = found[2]
        node = diagrams.children[node][found[2]]
    return path


def thinned(diagrams: Diagrams, root: int, path: Path, wanted: Callable[[Any], bool]) -> Path:
    """The path without the answers that are not needed: all that is left open ends as wanted, or incoherent.

    Answers are taken away from the bottom, each one where it can be, so that none of those left can be spared alone.
    What is below a level is settled before it is looked at, so that each node is looked at once.
    """
    levels, children = diagrams.levels, diagrams.children
    kept = dict(path)
    known: dict[int, bool] = {}
    well = diagrams.bits_of(diagrams.reached(root), lambda end: end == INCOHERENT or wanted(end))

    def ends_well(node: int) -> bool:
        if not (ends := diagrams.reached(node)) & well:
            return False
        if not ends & ~well:
            return True
        if node not in known:
            below = children[node]
            some = (below[kept[levels[node]]],) if levels[node] in kept else below
            known[node] = all(map(ends_well, some))
        return known[node]

    passed = []
    node = root
    while not diagrams.bits[node]:
        passed.append(node)
        node = children[node][path[levels[node]]]
    for node in reversed(passed):
        if all(map(ends_well, children[node])):
            del kept[levels[node]]
    return kept


def answers_of(space: Space, logic: Logic, path: Path) -> Answers:
    """The answers of a path, in file order; those to questions that do not apply are left out: nothing reads them."""
    chosen = {space.order[level]: space.cells[level][cell].value for level, cell in path.items()}
    answers = {id: chosen[id] for id in logic.questions if id in chosen}
    scopes = scopes_of(logic, answers)
    return {id: value for id, value in answers.items() if scopes[id].applies is not False}
