"""How arguments make a format and how points make a posture: the two decisions, for one dossier or for many.

Formats are compared by Lexi: at each force from the highest, reasons for minus reasons against; the first level that
differs decides, and full equality is an announced tie. Source: D. Dubois, H. Fargier, J.-F. Bonnefon, "On the
Qualitative Comparison of Decisions Having Positive and Negative Features", JAIR 32, 2008.

Both decisions are written over *ranges*, because unknown answers leave several profiles or sums open. With nothing
unknown a range is a point and the decision is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conseil_dla.model import FORCES, Argue, Logic, Side

Profile = tuple[int, ...]
"""Reasons for minus reasons against, one number for each force of ``FORCES`` (highest first); compared as Lexi does."""


NOTHING: Profile = (0,) * len(FORCES)
"""No reason on either side, or as many of each."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one format can be worth: its lowest and highest profile, and whether it is ruled out (None: open)."""

    low: Profile
    high: Profile
    out: bool | None = False

    @property
    def exact(self) -> bool:
        """True when nothing unknown can move this format any more."""
        return self.low == self.high and self.out is not None


def standing(arguments: Iterable[tuple[Argue, bool | None]], out: bool | None) -> Standing:
    """The range of one format's profiles, from its arguments and whether each is fired, refuted or open.

    Arguments of one side with the same motif are one reason, at the highest force fired. Moving a reason for the
    format up a force, or one against it down, always raises the profile, whatever else happens (Lexi is a total order
    compatible with addition); so the two ends are reached reason by reason.
    """
    sure: dict[tuple[Side, str], int] = {}
    may: dict[tuple[Side, str], int] = {}
    for argument, fired in arguments:
        if fired is False:
            continue
        reason = (argument.side, argument.motif)
        rank = FORCES.index(argument.force)
        may[reason] = min(rank, may.get(reason, rank))
        if fired:
            sure[reason] = min(rank, sure.get(reason, rank))
    low = [0] * len(FORCES)
    high = [0] * len(FORCES)
    for reason, rank in may.items():
        side, _ = reason
        at_most, at_least = (high, low) if side == "pour" else (low, high)
        sign = 1 if side == "pour" else -1
        at_most[rank] += sign
        if reason in sure:
            at_least[sure[reason]] += sign
    return Standing(tuple(low), tuple(high), out)


@dataclass(frozen=True, slots=True)
class Winners:
    """The best formats over everything still open."""

    possible: frozenset[str]
    """Formats that may be among the best. Never too small; may be too large while answers are missing."""
    best: frozenset[str] | None
    """The set of best formats when it is the same whatever the missing answers; None otherwise."""


def winners(standings: Mapping[str, Standing]) -> Winners:
    """Compare formats. An empty result means that every format is surely ruled out, which checks refuse."""
    kept = {id: s for id, s in standings.items() if s.out is not True}
    firm = [s.low for s in kept.values() if s.out is False]
    bar = max(firm, default=None)
    possible = frozenset(id for id, s in kept.items() if bar is None or s.high >= bar)
    if len(possible) == 1:
        return Winners(possible, possible)
    if all(kept[id].exact for id in possible):
        return Winners(possible, possible)
    return Winners(possible, None)


def nothing_stands_out(best: Standing) -> bool:
    """True when the winner's first level that is not zero is negative, or when all are zero."""
    return best.high <= NOTHING


def quadrant(logic: Logic, signs: Mapping[str, int]) -> frozenset[str]:
    """Postures of one sign per axis; a balanced axis (0) adds both its sides, so two balanced axes give all four."""
    return frozenset(
        posture.id
        for posture in logic.postures.values()
        if all(signs[axis] in (0, side) for axis, side in posture.signs.items())
    )
