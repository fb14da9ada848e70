"""Dossiers found in diagrams: where several functions meet some wish, and the plainest answers that lead there.

A path from the top to an end is a set of answers: the questions that it passes are those that matter, and whatever is
answered elsewhere the end stays the same. So a path is a partial dossier of which the end is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.diagram import Diagrams
from conseil_dla.exact.region import Region
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

    def best(node: int) -> tuple[int, int, int] | None:
        """Exceptional answers, answers, and the cell to take."""
        if node not in known:
            if diagrams.bits[node]:
                known[node] = (0, 0, -1) if wish(diagrams.values[node]) else None
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


def thinned(atlas: Atlas, root: int, path: Path, wanted: Callable[[Any], bool]) -> Path:
    """The path without the answers that are not needed: all that is left open ends as wanted, or incoherent.

    Answers are taken away from the bottom, each one where it can be, so that none of those left can be spared alone.
    """
    kept = dict(path)
    for level in sorted(path, reverse=True):
        fewer = {other: cell for other, cell in kept.items() if other != level}
        cube = tuple((fewer[n],) if n in fewer else tuple(range(size)) for n, size in enumerate(atlas.diagrams.sizes))
        if Region(atlas, cube).all_end(root, wanted):
            kept = fewer
    return kept


def answers_of(space: Space, logic: Logic, path: Path) -> Answers:
    """The answers of a path, in file order; those to questions that do not apply are left out: nothing reads them."""
    chosen = {space.order[level]: space.cells[level][cell].value for level, cell in path.items()}
    answers = {id: chosen[id] for id in logic.questions if id in chosen}
    scopes = scopes_of(logic, answers)
    return {id: value for id, value in answers.items() if scopes[id].applies is not False}
