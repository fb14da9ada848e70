"""Every question by theme, with its answer: to jump to any of them."""

from __future__ import annotations

from conseil_dla.model import Base
from conseil_dla.reading.values import Reading
from conseil_dla.reporting.questionnaire import standing
from conseil_dla.sessions.interview import Interview
from conseil_dla.tui.screens.picker import Picker
from conseil_dla.tui.widgets.rows import Row


def questions_picker(base: Base, state: Interview, reading: Reading | None) -> Picker:
    """The list, with the cursor on the present question."""
    return Picker("Toutes les questions", question_rows(base, state, reading), "Chercher une question", state.current)


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
    also = " ".join((entry.texts["libelle"], *entry.labels.values()))
    where = standing(base, state, reading, id)
    if reading is not None and id in reading.not_applicable:
        return Row(title, None, where, mark="  ", tone="quiet", also=also)
    mark = "● " if id in state.known else "? " if id in state.declined else "  "
    return Row(title, id, where, mark=mark, also=also)
