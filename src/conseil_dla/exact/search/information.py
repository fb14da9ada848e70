"""About how much each question would tell of the best formats: an estimate to rank by, from dossiers drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log, log2

from conseil_dla.exact.search.draws import Draws
from conseil_dla.exact.space import Cube

DECIMALS = 9
"""As for what is exact, so that the order of sums changes nothing."""


def estimated(draws: Draws, cube: Cube) -> Mapping[int, float]:
    """By level, about how much knowing that question tells, in bits, less what chance alone would show.

    Source of the correction: G. Miller, "Note on the bias of information estimates", 1955. Questions that nothing is
    drawn from are left out, and those that tell nothing have 0.
    """
    classes = told_apart(draws.shown.best, draws.full)
    if len(classes) < 2:
        return {}
    return {
        level: _shared(told_apart(draws.columns[level], draws.full), classes, draws.number)
        for level, allowed in enumerate(cube)
        if len(allowed) > 1 and draws.circuit.reads(level)
    }


def told_apart(columns: Iterable[int], full: int) -> list[int]:
    """Dossiers that no column tells apart."""
    found = [full]
    for column in columns:
        found = [part for whole in found for part in (whole & column, whole & ~column) if part]
    return found


def _shared(rows: list[int], columns: list[int], number: int) -> float:
    """What rows tell of columns, in bits, corrected for the size of the sample; never below 0."""
    told, pairs = 0.0, 0
    for row in rows:
        for column in columns:
            both = (row & column).bit_count()
            if both:
                pairs += 1
                told += both / number * log2(both * number / (row.bit_count() * column.bit_count()))
    chance = (pairs - len(rows) - len(columns) + 1) / (2 * number * log(2))
    return round(max(told - chance, 0.0), DECIMALS)
