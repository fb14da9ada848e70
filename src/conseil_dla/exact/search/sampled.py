"""About how many dossiers end in each way, where no chart counts them: an estimate with its margin, and told so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from conseil_dla.exact.search.draws import Draws
from conseil_dla.exact.search.searching import Search
from conseil_dla.exact.space import Cube
from conseil_dla.rules.model import FORCES

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
    whole = sum(weight * dossiers.bit_count() for dossiers, weight in weights.items())
    spread = sum(weight**2 * dossiers.bit_count() for dossiers, weight in weights.items())

    def share(of: int) -> float:
        return sum(weight * (dossiers & of).bit_count() for dossiers, weight in weights.items()) / whole

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


def weights_of(dossiers: int, sizes: list[list[int]], asked: Mapping[int, int]) -> Mapping[int, float]:
    """Dossiers drawn, apart by what each weighs; ``asked`` are those in which each conditional question applies."""
    found = {dossiers: 1.0}
    for level, there in asked.items():
        found = {
            some: share
            for whole, weight in found.items()
            for some, share in ((whole & there, weight), (whole & ~there, weight / sum(sizes[level])))
            if some
        }
    return found
