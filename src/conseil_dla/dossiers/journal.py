"""``journal`` in a dossier's file: dated readings, by day. An old entry is never an error: it is what was.

What today's rules no longer know of an old entry is left aside when it is read, and left alone in the file.
"""

from __future__ import annotations

from datetime import date

from conseil_dla.answertext import answer_value, former_names
from conseil_dla.dated import Dated
from conseil_dla.diagnostics import Diagnostic, Severity
from conseil_dla.model import Base, Value
from conseil_dla.nodes import Mapping, Node, Scalar, Sequence, plain_data
from conseil_dla.words import did_you_mean

KEY = "journal"
KEYS = ("regles", "reponses", "conclusions")
"""Keys under a day."""


def read_journal(node: Node | None, base: Base) -> tuple[tuple[Dated, ...], list[Diagnostic]]:
    """The entries by day, and a warning for each that cannot be read."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return (), []
    if not isinstance(node, Mapping):
        return (), [_warning(node, f"« {KEY} » ne se lit pas : les lectures datées ne sont pas montrées")]
    entries: dict[str, Dated] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        day = key.text.strip()
        if not _is_day(day) or not isinstance(value, Mapping):
            found.append(_warning(key, f"lecture datée illisible « {day} » : elle n’est pas montrée"))
            continue
        found += [_misspelt(inner) for inner, _ in value.entries if inner.text not in KEYS]
        entries[day] = Dated(day, value.text("regles"), _answers(value.get("reponses"), base), _conclusions(value))
    return tuple(entries[day] for day in sorted(entries)), found


def written(dated: Dated) -> dict[str, object]:
    """The keys to write under the day."""
    return {
        "regles": dated.digest,
        "reponses": {id: sorted(v) if isinstance(v, frozenset) else v for id, v in dated.answers.items()},
        "conclusions": list(dated.conclusions),
    }


def is_written(node: Node | None, entry: dict[str, object]) -> bool:
    """Does a file hold this entry already?"""
    answers = entry["reponses"]
    assert isinstance(answers, dict)
    texts = {id: str(value) if isinstance(value, int) else value for id, value in answers.items()}
    return node is not None and plain_data(node) == {**entry, "reponses": texts}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _answers(node: Node | None, base: Base) -> dict[str, Value]:
    """Answers that today's questions still have, under the names of today."""
    questions = base.logic.questions
    former, former_answers = former_names(base.texts.values())
    found: dict[str, Value] = {}
    for key, value in node.entries if isinstance(node, Mapping) else ():
        id = key.text if key.text in questions else former.get(key.text)
        if id is None:
            continue
        answer, _ = answer_value(questions[id], value, None, former_answers.get(id))
        if answer is not None:
            found[id] = answer
    return found


def _conclusions(node: Mapping) -> tuple[str, ...]:
    listed = node.get("conclusions")
    items = listed.items if isinstance(listed, Sequence) else ()
    return tuple(sorted(item.text.strip() for item in items if isinstance(item, Scalar)))


def _misspelt(key: Scalar) -> Diagnostic:
    message = f"rubrique inconnue « {key.text} » dans une lecture datée : ce qui y est écrit n’est pas lu"
    return _warning(key, message, did_you_mean(key.text, KEYS))


def _warning(
    node: Node, message: str, help: str = "corrigez-la, ou effacez-la : aucune réponse n’en dépend"
) -> Diagnostic:
    return Diagnostic("DLA311", Severity.WARNING, node.place, message, help)
