"""Every question by theme, with its answer: to jump to any of them, or to a theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from conseil_dla.ground.french import counted
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.wording.questionnaire import standing


class QuestionsPicker(Picker):
    """Tab goes from theme to theme."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "group(1)", "thème suivant"),
        key("shift+tab", "group(-1)", "thème précédent", "Aller au thème précédent.", show=False),
    ]


def questions_picker(base: Base, state: Interview, reading: Reading | None) -> Picker:
    """The list, with the cursor on the present question."""
    rows = question_rows(base, state, reading)
    return QuestionsPicker("Toutes les questions", rows, "Chercher une question", state.current)


def themes_picker(base: Base, state: Interview, reading: Reading | None) -> Picker:
    """Themes, with how many of their questions are answered; the cursor on the present one. Gives back a question."""
    rows = [
        Row(theme.title, theme.leads, theme_standing(theme), tone="plain" if theme.leads else "quiet")
        for theme in themes(base, state, reading)
    ]
    here = base.entry("question", state.current).texts.get("theme", "") if state.current else ""
    at = next((row.key for row in rows if row.text == here), None)
    return Picker("Aller à un thème", rows, "Chercher un thème", at)


def question_rows(base: Base, state: Interview, reading: Reading | None) -> list[Row]:
    """Themes as titles; a question that is sans objet is listed and cannot be chosen."""
    rows: list[Row] = []
    by_theme: dict[str, list[Row]] = {}
    for id in base.logic.questions:
        entry = base.entry("question", id)
        by_theme.setdefault(entry.texts.get("theme", ""), []).append(_row(base, state, reading, id))
    for theme, listed in by_theme.items():
        rows += [Row(theme, tone="header"), *listed]
    return rows


def _row(base: Base, state: Interview, reading: Reading | None, id: str) -> Row:
    title = base.title("question", id)
    entry = base.entry("question", id)
    also = " ".join((entry.texts["libelle"], entry.texts.get("aide", ""), *entry.labels.values()))
    where = standing(base, state, reading, id)
    if reading is not None and id in reading.not_applicable:
        return Row(title, None, where, mark="  ", tone="quiet", also=also)
    mark = "● " if id in state.known else "? " if id in state.declined else "  "
    return Row(title, id, where, mark=mark, also=also)


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
