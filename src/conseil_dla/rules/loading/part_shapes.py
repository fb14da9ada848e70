"""The keys of what stands inside an item: each effect of a rule, a pole, an example, an observation, a count, a time.

Effects are known by their first key: the closed list of what ``alors`` can do.
"""

from __future__ import annotations

from typing import Any, Literal

from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.kinds.spec import KindSpec
from conseil_dla.rules.loading.shapes import Address, Force, Many, Prose, Shape, Text, YesNo, made
from conseil_dla.rules.model import Level
from conseil_dla.rules.paper_fields import Counted
from conseil_dla.rules.plans import PlanMoment


class PoleShape(Shape):
    """One side of a ``tension``."""

    titre: Text
    quand: Any
    source: Any = None


class StepShape(Shape):
    """One of the ``temps`` of a ``deroulement``."""

    moment: PlanMoment
    titre: Text
    minutes: Text
    que_faire: Prose
    a_dire: Prose = ""


class PaperColumnShape(Shape):
    """A column of a ``rubrique``, written at length."""

    titre: Text
    type: Literal["texte", "nombre"] = "texte"
    compte: Counted | None = None


class ProposalShape(Shape):
    """One of the ``propositions`` of a ``rubrique``, written at length."""

    texte: Text = ""
    ligne: Any = None
    pour_formats: Any = None
    si: Any = None


class ExampleShape(Shape):
    """One of the ``exemples`` of a rule."""

    reponses: Any
    conclut: YesNo


class NetworkShape(Shape):
    """``reseau``: an observation of the network."""

    qui: Text
    quand: Text
    ou: Text
    adresse: Address = ""


class CountShape(Shape):
    """``au_moins`` at condition level."""

    n: Text
    parmi: Many


PARTS: tuple[type[Shape], ...] = (
    PoleShape,
    StepShape,
    PaperColumnShape,
    ProposalShape,
    ExampleShape,
    NetworkShape,
    CountShape,
)


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
