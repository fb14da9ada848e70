"""The keys of what stands inside an item: a pole, an example, an observation, a count, a time."""

from __future__ import annotations

from typing import Any

from conseil_dla.rules.loading.shapes import Many, Prose, Shape, Text, YesNo
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


class ExampleShape(Shape):
    """One of the ``exemples`` of a rule."""

    reponses: Any
    conclut: YesNo


class NetworkShape(Shape):
    """``reseau``: an observation of the network."""

    qui: Text
    quand: Text
    ou: Text


class CountShape(Shape):
    """``au_moins`` at condition level."""

    n: Text
    parmi: Many


PARTS: tuple[type[Shape], ...] = (PoleShape, StepShape, ExampleShape, NetworkShape, CountShape)
