"""``journal`` in a dossier's file: dated readings, by day.

What today's rules no longer know of an old entry is left aside when it is read, and left alone in the file: it is what
was. What has not the shape of an entry is refused, as under any other key.
"""

from __future__ import annotations

from datetime import date

from conseil_dla.ground.diagnostics import Diagnostic, Severity, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.answertext import answer_value, as_written, former_names
from conseil_dla.rules.model import Base, Dated, Value

KEY = "journal"
KEYS = ("regles", "reponses", "conclusions")
"""Keys under a day."""


def read_journal(node: Node | None, base: Base) -> tuple[tuple[Dated, ...], list[Diagnostic]]:
    """The entries by day, and every mistake in them."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return (), []
    if not isinstance(node, Mapping):
        return (), [_error(node, f"« {KEY} » attend un jour par lecture datée")]
    entries: dict[str, Dated] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        day = key.text.strip()
        if not _is_day(day) or not _is_entry(value):
            found.append(_error(key, f"lecture datée illisible « {day} »"))
            continue
        assert isinstance(value, Mapping)
        found += [_misspelt(inner) for inner, _ in value.entries if inner.text not in KEYS]
        entries[day] = Dated(day, value.text("regles"), _answers(value.get("reponses"), base), _conclusions(value))
    return tuple(entries[day] for day in sorted(entries)), found


def written(dated: Dated) -> dict[str, object]:
    """The keys to write under the day."""
    return {
        "regles": dated.digest,
        "reponses": {id: as_written(value) for id, value in dated.answers.items()},
        "conclusions": list(dated.conclusions),
    }


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_entry(node: Node) -> bool:
    """True for a mapping whose keys hold what ``written`` puts there, or nothing."""
    if not isinstance(node, Mapping):
        return False
    kinds: dict[str, type[Node]] = {"regles": Scalar, "reponses": Mapping, "conclusions": Sequence}
    values = {name: node.get(name) for name in kinds}
    said = values["conclusions"]
    return all(
        value is None or isinstance(value, kinds[name]) or (isinstance(value, Scalar) and not value.text.strip())
        for name, value in values.items()
    ) and all(isinstance(item, Scalar) for item in (said.items if isinstance(said, Sequence) else ()))


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
    return Diagnostic("DLA311", Severity.WARNING, key.place, message, did_you_mean(key.text, KEYS))


def _error(node: Node, message: str) -> Diagnostic:
    help = "corrigez-la, ou effacez-la : aucune réponse n’en dépend"
    return mistake("DLA311", node.place, message, help)
