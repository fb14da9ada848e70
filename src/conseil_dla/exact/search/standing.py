"""Formats over every coherent dossier of a base, where no chart compares them: what is proved, and shares.

Shares are estimates with their margin, and told so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from random import Random

from conseil_dla.exact.search.circuit import Contender
from conseil_dla.exact.search.drawing import Coherence, drawn
from conseil_dla.exact.search.draws import Draws
from conseil_dla.exact.search.encoding import Variable
from conseil_dla.exact.search.searching import Search
from conseil_dla.exact.search.witnesses import Path, first_path
from conseil_dla.exact.space import Cube
from conseil_dla.rules.model import FORCES, Argue

SEEN = 1 << 12
"""Dossiers in which an argument left out is looked for first."""


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
            levels = list(filter(self.search.circuit.reads, range(len(self.everything))))
            return first_path(encoding, self.first, encoding.all(kept), levels)

    def is_idle(self, format: str, rule: str, argument: Argue) -> bool:
        """Would formats stand in the same order in every dossier without an argument, ties included?"""
        search = self.search
        with search.lock:
            mine = next(each for each in search.contenders if each.format == format)
            fewer = search.circuit.contender(format, (rule, argument))
            rivals = [each for each in search.contenders if each is not mine]
            return fewer == mine or not (
                any(self._is_seen_otherwise(mine, fewer, rival) for rival in rivals)
                or any(self._stands_otherwise(mine, fewer, rival) for rival in rivals)
            )

    @cached_property
    def _draws(self) -> Draws:
        return self.search.draw(self.everything, SEEN) or self.search.none

    def _is_seen_otherwise(self, mine: Contender, fewer: Contender, rival: Contender) -> bool:
        """Does a dossier drawn show it?"""
        draws = self._draws
        there = draws.value(-mine.out) & draws.value(-rival.out)
        return any(
            (now ^ then) & there for now, then in zip(draws.order(mine, rival), draws.order(fewer, rival), strict=True)
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


DRAWN = 1 << 16
"""Dossiers drawn: less than half a point of margin, half a second."""
SURE = 1.96
"""Standard errors on each side that hold nineteen times in twenty."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """Shares between 0 and 1, and how far each may be from the truth, nineteen times in twenty."""

    best: Mapping[frozenset[str], float]
    decided: Mapping[int | None, float]
    """By rank in ``FORCES``; None for a tie."""
    margin: float


def sampled(search: Search, cube: Cube, sizes: list[list[int]], weighed: Coherence) -> Sampled | None:
    """Shares of the combinations of answers of a cube; None where nothing is coherent.

    ``sizes`` counts the answers of each cell; ``weighed``: where a question does not apply, it counts for one way.
    """
    draws = drawn(search.circuit, weighed, cube, DRAWN, Random(repr(cube)), sizes)
    if draws is None:
        return None
    best = {formats: dossiers.bit_count() / DRAWN for formats, dossiers in _by_best(search, draws).items()}
    decided: dict[int | None, float] = {rank: each.bit_count() / DRAWN for rank, each in enumerate(draws.decided)}
    decided[None] = max(0.0, 1.0 - sum(decided.values()) - best.get(frozenset(), 0.0))
    return Sampled(best, decided, max(margin(share, DRAWN) for share in (*best.values(), *decided.values())))


def margin(share: float, drawn: int) -> float:
    """How far a share of so many dossiers drawn may be from the truth, nineteen times in twenty.

    Never nothing, even where none shows it: the upper end of the score interval (E. B. Wilson, "Probable Inference, the
    Law of Succession, and Statistical Inference", JASA 22, 1927).
    """
    return (SURE**2 / 2 + SURE * sqrt(share * (1 - share) * drawn + SURE**2 / 4)) / drawn


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
