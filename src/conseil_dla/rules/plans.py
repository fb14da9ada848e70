"""A plan of a workshop: what a facilitator does with a room, moment by moment, and for how long. Standard library only.

Plans are knowledge (``deroulement``): Python knows the moments that a workshop is made of, and no plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

PlanMoment = Literal["accueil", "intuition", "questions", "lecture", "et_si", "traces"]
"""What the room is doing: hearing the scenario, placing a hand on the compass, answering, finding out what the reading
says, trying another answer, saying what it keeps."""
MOMENTS: tuple[PlanMoment, ...] = get_args(PlanMoment)
"""In the order of a workshop; a plan may come back to one."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One time of a plan."""

    moment: PlanMoment
    title: str
    minutes: int
    what: str
    """``que_faire``: what the facilitator does; one paragraph a line."""
    say: str = ""
    """``a_dire``: a sentence to say; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One way of running a workshop."""

    id: str
    title: str
    minutes: int
    """Of the whole: the sum of those of its steps."""
    steps: tuple[PlanStep, ...]
    prepare: tuple[str, ...] = ()
    """``a_preparer``: what is made ready before the room comes."""


MOMENT_NAMES: Mapping[PlanMoment, str] = MappingProxyType(
    {
        "accueil": "Accueil",
        "intuition": "Intuition",
        "questions": "Questions",
        "lecture": "Lecture",
        "et_si": "Et si…",
        "traces": "Traces",
    }
)
"""In a word, the first letter capital."""
