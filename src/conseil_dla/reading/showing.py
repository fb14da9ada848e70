"""Under which title a reading shows a conclusion: what an outline lists, and what two readings are compared by."""

from __future__ import annotations

from conseil_dla.reading.values import Drawn, FactorReading, Reading
from conseil_dla.rules.model import Base

SETTLED = {"avant": "before", "pendant": "during", "en_tete": "mind"}
"""Where a vigilance that surely holds is read, by its level."""
ELSEWHERE = {"prealable": "before", "partenaire": "partners", "tension": "tensions"}
"""Where what surely holds is read, by kind."""


def in_play(reading: Reading) -> tuple[str, ...]:
    """Formats that are shown; those still possible while none is."""
    return reading.format.shown or reading.format.possible


def listed_under(formats: frozenset[str], reading: Reading) -> bool:
    """Is an item attached to a format in play? No format named means all."""
    return not formats or bool(formats.intersection(in_play(reading)))


def place_of(base: Base, reading: Reading, drawn: Drawn) -> str:
    """Key of the section that lists it; empty where it is only counted among others."""
    if drawn.certainty == "certaine":
        if drawn.kind == "modalite":
            return "ways" if listed_under(base.logic.modalities[drawn.id].formats, reading) else ""
        return SETTLED[drawn.level] if drawn.level else ELSEWHERE[drawn.kind]
    if drawn.kind not in ("vigilance", "prealable"):
        return ""
    if drawn.comes_before and (drawn.certainty == "sauf_exception" or waits_for_one(reading)):
        return "before"
    return "check" if drawn.grounded else ""


def waits_for_one(reading: Reading) -> bool:
    """Something is to be prepared, and missing answers will say what."""
    return reading.moment == "a_preparer" and not reading.to_settle


def is_factor_listed(base: Base, reading: Reading, factor: FactorReading) -> bool:
    """What is there helps under any format; what is not there yet is looked for under those that call for it."""
    return factor.state == "present" or listed_under(base.logic.factors[factor.id].formats, reading)
