"""Answers that surely show something: the first dossier that does, then the fewest of its answers that still do.

Which model a solver finds depends on the solver; what is told here does not. Its models, and what it blames for a no,
only save calls.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from conseil_dla.exact.search.encoding import Encoding, Variable

Path = Mapping[int, int]
"""The cell chosen at each level that matters."""


def first_path(encoding: Encoding, first: Sequence[Sequence[int]], wanted: Variable, levels: Sequence[int]) -> Path:
    """The first answers, in the order of levels and of ``first``, with which something surely holds; it can.

    ``levels`` are all that it draws on. None of the answers left can be spared alone.
    """
    return spared(encoding, first_dossier(encoding, first, wanted, levels), wanted)


def first_dossier(
    encoding: Encoding, first: Sequence[Sequence[int]], wanted: Variable, levels: Sequence[int]
) -> dict[int, int]:
    """The first cells of these levels, in their order and in that of ``first``, with which something holds; it can."""
    held = {level: [list(encoding.among(level, (cell,))) for cell in range(len(first[level]))] for level in levels}
    chosen: dict[int, int] = {}
    seen: dict[int, int] = {}
    blamed: set[int] = set()
    """Levels that cannot all have their first cell, beside what is chosen; none where nothing is known."""

    def can(hoped: Mapping[int, int]) -> bool:
        """Does it hold somewhere with the cells chosen and these? What was found last may show it already."""
        if seen and all(seen[level] == cell for level, cell in hoped.items()):
            return True
        some = {**chosen, **hoped}
        if not encoding.solver.solve([wanted, *(part for level, cell in some.items() for part in held[level][cell])]):
            core = frozenset(encoding.solver.blamed())
            blamed.clear()
            blamed.update(level for level, cell in hoped.items() if not core.isdisjoint(held[level][cell]))
            return False
        seen.update((level, encoding.found(level)) for level in levels)
        return True

    def settle(some: Sequence[int]) -> None:
        """Many levels at once where they all take their first cell, else by halves."""
        hoped = {level: first[level][0] for level in some}
        if not (blamed and blamed <= hoped.keys()) and can(hoped):
            chosen.update(hoped)
            blamed.difference_update(some)
        elif len(some) > 1:
            settle(some[: len(some) // 2])
            settle(some[len(some) // 2 :])
        else:
            (level,) = some
            chosen[level] = next(cell for cell in first[level][1:] if can({level: cell}))

    assert can({}), "nothing shows it"
    settle(levels)
    return chosen


def spared(
    encoding: Encoding, path: Mapping[int, int], wanted: Variable, needed: Collection[int] = frozenset()
) -> Path:
    """The path without the answers that are not needed, looked at from the bottom; ``needed`` are known to be."""
    held = {level: list(encoding.among(level, (cell,))) for level, cell in path.items()}
    kept = dict(path)
    enough = set(path)
    """Levels that are enough by themselves."""
    for level in sorted(path, reverse=True):
        if level in needed:
            continue
        if level in enough:
            fewer = [part for other in kept if other != level for part in held[other]]
            if encoding.solver.solve([-wanted, *fewer]):
                continue
            blamed = frozenset(encoding.solver.blamed())
            enough = {other for other in kept if not blamed.isdisjoint(held[other])}
        del kept[level]
    return kept
