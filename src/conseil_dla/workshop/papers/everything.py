"""All the papers of a workshop: the questionnaire, a page for each plan, a sheet for each scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.interview.progress import MOST
from conseil_dla.papers.blocks import Paper
from conseil_dla.rules.model import Dossier
from conseil_dla.workshop.papers.facilitator_sheet import Scenario, sheet
from conseil_dla.workshop.papers.plan import plan
from conseil_dla.workshop.papers.questionnaire import questionnaire
from conseil_dla.workshop.rehearsal import rehearse

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader


def sheet_of(reader: Reader, dossier: Dossier, essentials: Sequence[str]) -> Paper:
    """The facilitator's sheet of a scenario. Raises ``ReadingFailed``."""
    reading = reader.read_dossier(dossier)
    rehearsal = rehearse(reader, reading, essentials, MOST)
    return sheet(reader.base, Scenario(dossier, reading, reader.prospects(reading), rehearsal, essentials))


def everything(reader: Reader, scenarios: Iterable[Dossier], essentials: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Each paper with the name of its file, no name twice. Raises ``ReadingFailed``."""
    yield "questionnaire", questionnaire(reader.base, essentials)
    for each in reader.base.plans:
        yield f"deroulement-{each.minutes}-minutes", plan(reader.base, each)
    taken: set[str] = set()
    for scenario in scenarios:
        stem = f"fiche-{Path(scenario.path).stem}"
        name = next(name for name in _names(stem) if name not in taken)
        taken.add(name)
        yield name, sheet_of(reader, scenario, essentials)


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
