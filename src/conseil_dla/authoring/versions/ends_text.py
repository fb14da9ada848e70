"""What goes from one version of the rules to another, in words: conclusions, their two ends, answers that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from conseil_dla.engine.outcome import offers
from conseil_dla.ground.french import NBSP, listed, quoted
from conseil_dla.ground.words import alphabetical
from conseil_dla.reading.conclusions import Name
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.model import LEVELS, Answers, Base, Value
from conseil_dla.wording.clauses import question_name, quoted_answer
from conseil_dla.wording.differences import MOMENT_WORDS, name_of
from conseil_dla.wording.reasons import FORCE_WORDS, NOT_A_REASON
from conseil_dla.wording.search_index import LEVEL_WORDS

YES, NO = "oui", "non"
FORESEEN = next(kind.word for kind in DRAWN if kind.can_be_foreseen)
"""The one kind of which charts say whether it is planned already: they go by its ids."""
LEADS = {"poids": "les raisons de ", "ecarte": "hors jeu : ", "prevu": "déjà prévu : ", "axe": "l’axe "}


def name_of_chart(base: Base, name: Name) -> str:
    """What a chart is about; empty where this version does not know it."""
    kind, *rest = name
    if not rest:
        return {"format": "le format", "posture": "la posture", "moment": "le moment"}[kind]
    if kind == "argument":
        return name_of(base, name) if ("motif", rest[2]) in base.texts and ("format", rest[0]) in base.texts else ""
    item = {"ecarte": "format", "prevu": FORESEEN}.get(kind, kind)
    entry = base.texts.get((item, rest[0]))
    if entry is None:
        return ""
    return f"{LEADS.get(kind, '')}{quoted(entry.title)}"


def end_text(base: Base, name: Name, end: Any) -> str:
    """One end of a chart in words."""
    match name[0]:
        case "format":
            shown = _ends_titles(base, "format", end.best)
            then = f", puis {_ends_titles(base, 'format', end.then)}" if end.then else ""
            return f"{shown}{then}" + ("" if end.stands_out or not end.best else " (rien ne s’impose)")
        case "posture":
            return _ends_titles(base, "posture", end.postures) + (" (hors de la note)" if end.off_note else "")
        case "moment":
            return MOMENT_WORDS.get(end, "aucun")
        case "argument":
            return {**FORCE_WORDS}.get(end, NOT_A_REASON)
        case "axe":
            return f"{end:+d}" if end else "0"
        case _ if isinstance(end, frozenset):
            if not end:
                return NO
            return ", ".join(LEVEL_WORDS[level] for level in LEVELS if level in end) or YES
        case _:
            return YES if end else NO


def _ends_titles(base: Base, kind: str, ids: frozenset[str]) -> str:
    found = (base.title(kind, id) if (kind, id) in base.texts else id for id in ids)
    titles = sorted(found, key=alphabetical)
    if len(titles) > 1:
        return f"{listed([quoted(title) for title in titles])}, à égalité"
    return "".join(titles) or "aucun"


def answers_told(bases: Iterable[Base], answers: Answers) -> list[str]:
    """Each answer in words, by the first of these versions that offers it; as it is written where none does."""
    return [next(_answer(bases, id, value), f"{id}{NBSP}: {value}") for id, value in answers.items()]


def _answer(bases: Iterable[Base], id: str, value: Value) -> Iterator[str]:
    for base in bases:
        if id in base.logic.questions and offers(base.logic.questions[id], value):
            yield f"{question_name(base, id)}{NBSP}: {quoted_answer(base, id, value)}"
