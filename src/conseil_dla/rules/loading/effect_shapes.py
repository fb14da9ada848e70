"""The keys of each effect of a rule, by its first key: the closed list of what ``alors`` can say."""

from __future__ import annotations

from typing import Literal

from conseil_dla.rules.loading.shapes import Force, Shape, Text


class ConcludeShape(Shape):
    """Effect ``constat``."""

    constat: Text


class PushShape(Shape):
    """Effect ``axe``."""

    axe: Text
    points: Text


class ForShape(Shape):
    """Effect ``pour``."""

    pour: Text
    force: Force
    motif: Text


class AgainstShape(Shape):
    """Effect ``contre``."""

    contre: Text
    force: Force
    motif: Text


class RuleOutShape(Shape):
    """Effect ``ecarte``."""

    ecarte: Text


class DrawVigilanceShape(Shape):
    """Effect ``vigilance``."""

    vigilance: Text
    niveau: Literal["avant", "pendant", "en_tete"]


class DrawModalityShape(Shape):
    """Effect ``modalite``."""

    modalite: Text


class DrawPartnerShape(Shape):
    """Effect ``partenaire``."""

    partenaire: Text


class DrawPreconditionShape(Shape):
    """Effect ``prealable``."""

    prealable: Text


EFFECTS: dict[str, type[Shape]] = {
    "constat": ConcludeShape,
    "axe": PushShape,
    "pour": ForShape,
    "contre": AgainstShape,
    "ecarte": RuleOutShape,
    "vigilance": DrawVigilanceShape,
    "modalite": DrawModalityShape,
    "partenaire": DrawPartnerShape,
    "prealable": DrawPreconditionShape,
}
"""Shape of an effect by its first key."""
