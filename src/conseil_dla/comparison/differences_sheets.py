"""Two sides compared, as tables and as JSON: everything that differs, also what stays only possible."""

from __future__ import annotations

from typing import Any

from conseil_dla.ground.json_line import json_line
from conseil_dla.papers.documents.sheets import Sheet
from conseil_dla.reading.conclusions import State
from conseil_dla.reading.differences import Differences
from conseil_dla.rules.model import Base, Value
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


def differences_json(differences: Differences, first: str, second: str) -> str:
    """One object on one line, without line end. ``first`` and ``second`` are the sides as the user named them."""
    found = {
        "premier": first,
        "second": second,
        "regles": differences.first.reading.digest,
        "reponses": [
            {"question": c.question, "premier": _value(c.before), "second": _value(c.after), "sorte": c.how}
            for c in differences.answers
        ],
        "conclusions": [
            {
                "conclusion": ":".join(c.name),
                "premier": _state(c.before),
                "second": _state(c.after),
                "interne": any(state.internal for state in (c.before, c.after) if state),
                "a_cause_de": [list(each) for each in c.made_by],
            }
            for c in differences.conclusions
        ],
        "sans_effet": list(differences.idle),
    }
    return json_line(found)


def _value(value: Value | None) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _state(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {"noms": list(state.ids), "certitude": state.certainty or None, "detail": state.detail or None}
