"""The themes of the questionnaire: how much of each is answered, and where one enters it."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.ground.french import counted
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme as the dossier stands. Questions that are sans objet are left aside."""

    title: str
    answered: int
    asked: int
    leads: str | None
    """Its first question without an answer, those put off last; else its first one; None when all are sans objet."""


def themes(base: Base, state: Interview, reading: Reading | None) -> tuple[Theme, ...]:
    """Themes in the order of the questions."""
    aside = reading.not_applicable if reading is not None else frozenset()
    by_theme: dict[str, list[str]] = {}
    for id in base.logic.questions:
        by_theme.setdefault(base.entry("question", id).texts.get("theme", ""), []).append(id)
    return tuple(_theme(title, [id for id in ids if id not in aside], state) for title, ids in by_theme.items())


def _theme(title: str, ids: list[str], state: Interview) -> Theme:
    missing = [id for id in ids if id not in state.known]
    first = sorted(missing, key=lambda id: id in state.declined) or ids
    return Theme(title, len(ids) - len(missing), len(ids), first[0] if first else None)


def theme_standing(theme: Theme) -> str:
    """« 3 réponses sur 7 », « sans objet »."""
    if not theme.asked:
        return "sans objet"
    return f"{counted(theme.answered, 'réponse')} sur {theme.asked}"
