"""Formats over every coherent dossier of a base, where no chart compares them: what is proved, and shares.

Shares are estimates with their margin, and told so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from conseil_dla.exact.search.circuit import Contender
from conseil_dla.exact.search.draws import Draws
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
        self.encoding = search.fresh()
        """Apart from what readings use: each argument left out adds clauses."""
        self.first = first
        self.everything: Cube = tuple(tuple(range(len(cells))) for cells in search.circuit.space.cells)

    def at_best(self, format: str) -> Path | None:
        """Answers with which a format is surely worth the most that it ever is; None where it is always out."""
        encoding = self.encoding
        with self.search.lock:
            mine = next(each for each in self.search.contenders if each.format == format)
            kept: list[Variable] = [-encoding.literal(mine.out)]
            if not self.encoding.solve(self.everything, kept):
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
        encoding = self.encoding
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


DRAWN = 1 << 17
"""Dossiers drawn: about half a point of margin, under a second."""
SURE = 1.96
"""Standard errors on each side that hold nineteen times in twenty."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """Shares between 0 and 1, and how far each may be from the truth, nineteen times in twenty."""

    best: Mapping[frozenset[str], float]
    decided: Mapping[int | None, float]
    """By rank in ``FORCES``; None for a tie."""
    margin: float


def sampled(search: Search, cube: Cube, sizes: list[list[int]], applying: Mapping[int, int]) -> Sampled | None:
    """Shares of the combinations of answers of a cube; None where nothing is coherent.

    ``sizes`` counts the answers of each cell. A question of ``applying`` (level -> gate) counts for one way where it
    does not apply: dossiers drawn there weigh as many times less as it has answers.
    """
    draws = search.draw(cube, DRAWN, sizes)
    if draws is None:
        return None
    asked = {level: draws.value(gate) for level, gate in applying.items()}
    weights = weights_of(draws.full, sizes, asked)
    whole = sum(dossiers.bit_count() / lighter for lighter, dossiers in weights.items())
    spread = sum(dossiers.bit_count() / lighter**2 for lighter, dossiers in weights.items())

    def share(of: int) -> float:
        return sum((dossiers & of).bit_count() / lighter for lighter, dossiers in weights.items()) / whole

    best: dict[frozenset[str], float] = {}
    for formats, dossiers in _by_best(search, draws).items():
        best[formats] = share(dossiers)
    decided: dict[int | None, float] = {rank: share(draws.decided[rank]) for rank in range(len(FORCES))}
    decided[None] = max(0.0, 1.0 - sum(decided.values()) - best.get(frozenset(), 0.0))
    widest = max((part * (1 - part) for part in (*best.values(), *decided.values())), default=0.0)
    return Sampled(best, decided, SURE * sqrt(widest * spread) / whole)


def _by_best(search: Search, draws: Draws) -> Mapping[frozenset[str], int]:
    """Dossiers by the formats that are best in them."""
    found = {frozenset[str](): draws.full}
    for rank, column in enumerate(draws.shown.best):
        format = search.named([rank])
        found = {
            formats: dossiers
            for before, whole in found.items()
            for formats, dossiers in ((before | format, whole & column), (before, whole & ~column))
            if dossiers
        }
    return found


def weights_of(dossiers: int, sizes: list[list[int]], asked: Mapping[int, int]) -> Mapping[int, int]:
    """Dossiers drawn, by how many times less each weighs; ``asked`` are those in which conditional questions apply."""
    found = {1: dossiers}
    for level, there in asked.items():
        parted: dict[int, int] = {}
        for lighter, some in found.items():
            for times, part in ((lighter, some & there), (lighter * sum(sizes[level]), some & ~there)):
                if part:
                    parted[times] = parted.get(times, 0) | part
        found = parted
    return found
