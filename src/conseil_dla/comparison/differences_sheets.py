"""Two sides compared, as tables: everything that differs, also what stays only possible."""

from __future__ import annotations

from conseil_dla.papers.documents.sheets import Sheet
from conseil_dla.reading.differences import Differences
from conseil_dla.rules.model import Base
from conseil_dla.wording.differences import ALONE, GROUPS, answer_of, name_of, said, side_names, state_of


def differences_sheets(base: Base, differences: Differences) -> tuple[Sheet, ...]:
    """Answers, conclusions, and one row for each set of answers that makes a conclusion differ."""
    sides = side_names(differences.first.label, differences.second.label)
    idle = set(differences.idle)
    answers = tuple(
        (
            base.entry("question", c.question).texts.get("theme", ""),
            base.title("question", c.question),
            *(answer_of(base, c.question, value) for value in (c.before, c.after)),
            said(c),
            "non" if c.question in idle else "oui",
        )
        for c in differences.answers
    )
    conclusions = tuple(
        (
            _kind(c.name[0]),
            name_of(base, c.name),
            *(state_of(base, c.name, state) for state in (c.before, c.after)),
            "oui" if any(state.internal for state in (c.before, c.after) if state) else "non",
        )
        for c in differences.conclusions
    )
    made = tuple(
        (name_of(base, c.name), str(number), base.title("question", question))
        for c in differences.conclusions
        for number, each in enumerate(c.made_by, 1)
        for question in each
    )
    return (
        Sheet("Réponses", ("Thème", "Question", *sides, "Différence", "Change une conclusion"), answers),
        Sheet("Conclusions", ("Sorte", "Conclusion", *sides, "Interne"), conclusions),
        Sheet("Ce qui a fait quoi", ("Conclusion", "Groupe de réponses", "Question"), made),
    )


def _kind(kind: str) -> str:
    return "Lecture" if kind in ALONE else GROUPS[kind]
