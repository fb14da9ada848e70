"""Every question by theme, with its answer: to jump to any of them, or to a theme."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from conseil_dla.interview.questionnaire import Interview
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.wording.question_themes import theme_standing, themes
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
