"""Two sides compared, as one JSON object: the contract for other tools. Keys are French, names are ids."""

from __future__ import annotations

from typing import Any

from conseil_dla.ground.json_line import json_line
from conseil_dla.reading.conclusions import State
from conseil_dla.reading.differences import Differences
from conseil_dla.rules.model import Value


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
