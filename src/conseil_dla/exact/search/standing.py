"""What is proved of formats over every coherent dossier of a base, where no chart compares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from conseil_dla.exact.search.circuit import Contender
from conseil_dla.exact.search.encoding import Encoding, Variable
from conseil_dla.exact.search.searching import Search
from conseil_dla.exact.space import Cube
from conseil_dla.rules.model import FORCES, Argue

Path = Mapping[int, int]
"""The cell chosen at each level that matters."""


class Standing:
    """Questions about all dossiers; ``first`` is the order in which the cells of each level are tried for a witness."""

    def __init__(self, search: Search, first: Sequence[Sequence[int]]) -> None:
        self.search = search
        self.first = first
        self.everything: Cube = tuple(tuple(range(len(cells))) for cells in search.circuit.space.cells)

    def at_best(self, format: str) -> Path | None:
        """Answers with which a format is surely worth the most that it ever is; None where it is always out."""
        encoding = self.search.encoding
        with self.search.lock:
            mine = next(each for each in self.search.contenders if each.format == format)
            kept: list[Variable] = [-encoding.literal(mine.out)]
            if not self.search.encoding.solve(self.everything, kept):
                return None
            for rank in range(len(FORCES)):
                for score in range(len(mine.pros[rank]), -len(mine.cons[rank]), -1):
                    reached = encoding.reaches(mine, rank, score)
                    if encoding.solve(self.everything, [*kept, reached]):
                        kept.append(reached)
                        break
            return first_path(encoding, self.first, encoding.all(kept), self.search.circuit.reads)

    def is_idle(self, format: str, rule: str, argument: Argue) -> bool:
        """Would formats stand in the same order in every dossier without an argument, ties included?"""
        search = self.search
        with search.lock:
            mine = next(each for each in search.contenders if each.format == format)
            fewer = search.circuit.contender(format, (rule, argument))
            return fewer == mine or not any(
                self._stands_otherwise(mine, fewer, rival) for rival in search.contenders if rival is not mine
            )

    def _stands_otherwise(self, mine: Contender, fewer: Contender, rival: Contender) -> bool:
        """A format that is out stands below every other."""
        encoding = self.search.encoding
        both = [-encoding.literal(mine.out), -encoding.literal(rival.out)]
        for now, then in (
            (encoding.beats(mine, rival), encoding.beats(fewer, rival)),
            (encoding.beats(rival, mine), encoding.beats(rival, fewer)),
        ):
            for pair in ((now, -then), (-now, then)):
                if encoding.solve(self.everything, [*both, *pair]):
                    return True
        return False


def first_path(
    encoding: Encoding, first: Sequence[Sequence[int]], wanted: Variable, reads: Callable[[int], bool]
) -> Path:
    """The first answers, in the order of levels and of ``first``, with which something surely holds; it can.

    Which model a solver finds depends on the solver: this does not. None of the answers left can be spared alone.
    """
    everything: Cube = tuple(tuple(range(len(cells))) for cells in encoding.circuit.space.cells)
    cube = everything
    for level in filter(reads, range(len(cube))):
        for cell in first[level]:
            narrower = (*cube[:level], (cell,), *cube[level + 1 :])
            if encoding.solve(narrower, [wanted]):
                cube = narrower
                break
    path = {level: cells[0] for level, cells in enumerate(cube) if reads(level)}
    for level in sorted(path, reverse=True):
        fewer = {other: cell for other, cell in path.items() if other != level}
        kept = tuple((fewer[n],) if n in fewer else cells for n, cells in enumerate(everything))
        if not encoding.solve(kept, [-wanted]):
            path = fewer
    return path
