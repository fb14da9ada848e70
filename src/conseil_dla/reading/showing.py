"""Under which title a reading shows a conclusion: what an outline lists, and what two readings are compared by."""

from __future__ import annotations

from conseil_dla.reading.values import Conclusions, Drawn, FactorReading, Reading
from conseil_dla.rules.kinds import SETTLED_BEFORE, SPECS
from conseil_dla.rules.model import Base

SETTLED = {"avant": "before", "pendant": "during", "en_tete": "mind"}
"""Where what surely holds is read, by its level; without levels, the kind says it."""


def in_play(reading: Reading | Conclusions) -> tuple[str, ...]:
    """Formats that are shown; those still possible while none is."""
    return reading.format.shown or reading.format.possible


def listed_under(formats: frozenset[str], reading: Reading | Conclusions) -> bool:
    """Is an item attached to a format in play? No format named means all."""
    return not formats or bool(formats.intersection(in_play(reading)))


def formats_of(base: Base, drawn: Drawn) -> frozenset[str]:
    """Formats that a conclusion goes with; none means all."""
    return base.logic.drawn[drawn.kind][drawn.id].formats if drawn.kind in base.logic.drawn else frozenset()


def place_of(base: Base, reading: Reading | Conclusions, drawn: Drawn) -> str:
    """Key of the section that lists it; empty where it is only counted among others."""
    if drawn.certainty == "certaine":
        if drawn.level:
            return SETTLED[drawn.level]
        return SPECS[drawn.kind].section if listed_under(formats_of(base, drawn), reading) else ""
    if drawn.kind not in SETTLED_BEFORE:
        return ""
    if drawn.comes_before and (drawn.certainty == "sauf_exception" or waits_for_one(reading)):
        return "before"
    return "check" if drawn.grounded else ""


def waits_for_one(reading: Reading | Conclusions) -> bool:
    """Something is to be prepared, and missing answers will say what."""
    return reading.moment == "a_preparer" and not reading.to_settle


def is_factor_listed(base: Base, reading: Reading | Conclusions, factor: FactorReading) -> bool:
    """What is there helps under any format; what is not there yet is looked for under those that call for it."""
    return factor.state == "present" or listed_under(base.logic.factors[factor.id].formats, reading)
