"""What one reading changed of the one before: every front end that tells of a change renders this value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from conseil_dla.reading.values import Conclusions, Drawn, Moment, Reading
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import COLLECTED, Kind, Level

SURE, USUAL, TO_CHECK, ABSENT = 3, 2, 1, 0
"""Certain; so but for an exception; worth checking; not read."""
Named = tuple[Kind, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Everything read that came, went or changed its strength; what is collected, the gravest kind first."""

    closed: tuple[str, ...]
    """Formats that were possible and are no longer."""
    opened: tuple[str, ...]
    came: tuple[Named, ...]
    went: tuple[Named, ...]
    surer: tuple[Named, ...]
    """They held but for an exception, and are certain now."""
    less_sure: tuple[Named, ...]
    """Still read, and less certain than before."""
    to_check: tuple[Named, ...]
    """Worth checking now, and not read before."""
    cleared: tuple[Named, ...]
    """No longer to be checked, and not established either."""
    levels: Mapping[Named, Level]
    """What comes at another time, and when."""
    moment: tuple[Moment | None, Moment | None] | None
    """Before and now, where they differ."""
    is_still: bool
    """True only where both say the very same: reasons, exceptions and the place on the axes included."""


def moves(before: Reading | Conclusions, after: Reading | Conclusions) -> Moves:
    """What ``after`` says otherwise."""
    was, now = ({(d.kind, d.id): d for d in each.drawn} for each in (before, after))
    ranks = {name: (_strength(was.get(name)), _strength(now.get(name))) for name in {**was, **now}}
    order = sorted(ranks, key=lambda name: (_ORDER.index(name[0]), name[1]))

    def between(*wanted: tuple[tuple[int, ...], tuple[int, ...]]) -> tuple[Named, ...]:
        pairs = {(was, now) for froms, tos in wanted for was in froms for now in tos}
        return tuple(name for name in order if ranks[name] in pairs)

    possible, left = before.format.possible, after.format.possible
    held = {name: now[name].level for name in order if min(ranks[name]) >= USUAL}
    return Moves(
        closed=tuple(id for id in possible if id not in left),
        opened=tuple(id for id in left if id not in possible),
        came=between(((ABSENT, TO_CHECK), (SURE, USUAL))),
        went=between(((SURE, USUAL), (ABSENT,))),
        surer=between(((USUAL,), (SURE,))),
        less_sure=between(((SURE,), (USUAL, TO_CHECK)), ((USUAL,), (TO_CHECK,))),
        to_check=between(((ABSENT,), (TO_CHECK,))),
        cleared=between(((TO_CHECK,), (ABSENT,))),
        levels={name: level for name, level in held.items() if level and level != was[name].level},
        moment=None if before.moment == after.moment else (before.moment, after.moment),
        is_still=_read(before) == _read(after),
    )


_ORDER: tuple[Kind, ...] = (*SETTLED_BEFORE, "tension", *(kind for kind in COLLECTED if kind not in SETTLED_BEFORE))


def _strength(drawn: Drawn | None) -> int:
    if drawn is None:
        return ABSENT
    if drawn.certainty == "certaine":
        return SURE
    if drawn.kind not in SETTLED_BEFORE:
        return ABSENT  # the others are read once they are certain
    if drawn.certainty == "sauf_exception":
        return USUAL
    return TO_CHECK if drawn.grounded else ABSENT


def _read(found: Reading | Conclusions) -> object:
    """All that is shown of what is concluded; reasons that are only possible are not."""
    format = found.format
    reasons = frozenset((a.format, a.side, a.force, a.motif) for a in format.arguments if a.certainty != "possible")
    bare = replace(format, arguments=(), then=format.after)
    drawn = tuple((d.kind, d.id, _strength(d), d.level, d.foreseen) for d in found.drawn if _strength(d))
    factors = tuple((factor.id, factor.state) for factor in found.factors)
    return bare, reasons, found.posture, drawn, factors, found.moment
