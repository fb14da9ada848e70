"""How arguments make a format and how points make a posture, for one dossier whose answers are all known.

Formats are compared by Lexi: at each force from the highest, reasons for minus reasons against; the first level that
differs decides, and full equality is an announced tie. Source: D. Dubois, H. Fargier, J.-F. Bonnefon, "On the
Qualitative Comparison of Decisions Having Positive and Negative Features", JAIR 32, 2008.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conseil_dla.rules.model import FORCES, Argue, Logic, Push, RuleOut, Side
from conseil_dla.rules.truth import questions_behind

Profile = tuple[int, ...]
"""Reasons for minus reasons against, one number for each force of ``FORCES`` (highest first); compared as Lexi does."""


NOTHING: Profile = (0,) * len(FORCES)
"""No reason on either side, or as many of each."""


def profile(arguments: Iterable[Argue]) -> Profile:
    """What arguments about one format are worth together.

    Those of one side with the same motif are one reason, at the highest force fired.
    """
    reasons: dict[tuple[Side, str], int] = {}
    for argument in arguments:
        reason, rank = (argument.side, argument.motif), FORCES.index(argument.force)
        reasons[reason] = min(rank, reasons.get(reason, rank))
    counts = [0] * len(FORCES)
    for (side, _), rank in reasons.items():
        counts[rank] += 1 if side == "pour" else -1
    return tuple(counts)


def quadrant(logic: Logic, signs: Mapping[str, int]) -> frozenset[str]:
    """Postures of one sign per axis; a balanced axis (0) adds both its sides, so two balanced axes give all four."""
    return frozenset(
        posture.id
        for posture in logic.postures.values()
        if all(signs[axis] in (0, side) for axis, side in posture.signs.items())
    )


def bearing(logic: Logic) -> frozenset[str]:
    """Questions that some rule reads, itself or through findings, to argue about a format or to push on an axis."""
    moving = (r.condition for r in logic.rules if any(isinstance(e, Argue | RuleOut | Push) for e in r.effects))
    return questions_behind(logic, moving)
