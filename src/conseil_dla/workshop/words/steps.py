"""The reading put to a room: step by step, each with « qu’auriez-vous dit ? » before it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conseil_dla.ground.french import spaced
from conseil_dla.reading.values import Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Base, Kind
from conseil_dla.wording.lines import Line, Section
from conseil_dla.wording.outline import outline


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is asked of the room, then the parts of the reading that answer."""

    key: str
    title: str
    asks: str
    sections: tuple[str, ...]
    """Keys of the sections of an outline."""
    votes: Kind | None = None
    """The kind of conclusion that hands are raised for, where there are few enough."""


STEPS: tuple[Step, ...] = (
    Step("format", "Le format", spaced("Quel format auriez-vous proposé ?"), ("asked", "advised"), "format"),
    Step("place", "La place du DLA", spaced("Quelle place auriez-vous tenue ?"), ("place",), "posture"),
    Step("before", "Avant de lancer", spaced("Qu’auriez-vous réglé avant de lancer ?"), ("before",)),
    Step("during", "Pendant", spaced("À quoi auriez-vous tenu pendant l’accompagnement ?"), ("during", "mind")),
    Step("supports", "Les appuis", spaced("Sur quoi, et sur qui, auriez-vous compté ?"),
         ("supports", "partners", "ways")),
    Step("tensions", "Ce qui ne se tranche pas", spaced("Où auriez-vous hésité ?"), ("tensions", "check")),
)  # fmt: skip
"""In the order in which they are shown."""


def step_lines(base: Base, reading: Reading, step: Step) -> tuple[Line, ...]:
    """What the reading says at this step; empty where it says nothing."""
    sections = {section.key: section.lines for section in outline(Whole(base, reading)) if _says(section)}
    return tuple(line for key in step.sections for line in sections.get(key, ()))


def steps_of(base: Base, readings: Iterable[Reading]) -> tuple[Step, ...]:
    """The steps that have something to say in at least one variant."""
    outlines = [{section.key for section in outline(Whole(base, reading)) if _says(section)} for reading in readings]
    return tuple(step for step in STEPS if any(keys.intersection(step.sections) for keys in outlines))


def _says(section: Section) -> bool:
    """Does it name anything, rather than count what is only possible?"""
    return any(not line.folded for line in section.lines)
