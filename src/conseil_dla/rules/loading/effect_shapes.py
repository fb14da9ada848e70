"""The keys of each effect of a rule, by its first key: the closed list of what ``alors`` can say."""

from __future__ import annotations

from typing import Any

from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.kinds.spec import KindSpec
from conseil_dla.rules.loading.shapes import Force, Shape, Text, made
from conseil_dla.rules.model import Level


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


def _drawing(kind: KindSpec) -> type[Shape]:
    """Effect named for a kind that rules draw; one with levels says when."""
    when: dict[str, tuple[Any, Any]] = {"niveau": (Level, ...)} if kind.levelled else {}
    return made(Shape, {kind.word: (Text, ...), **when})


EFFECTS: dict[str, type[Shape]] = {
    "constat": ConcludeShape,
    "axe": PushShape,
    "pour": ForShape,
    "contre": AgainstShape,
    "ecarte": RuleOutShape,
    **{kind.word: _drawing(kind) for kind in DRAWN},
}
"""Shape of an effect by its first key."""
