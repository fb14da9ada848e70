"""What goes from one version of the rules to another, in words: conclusions, their two ends, answers that show it."""

from __future__ import annotations

from typing import Any

from conseil_dla.ground.french import quoted
from conseil_dla.ground.words import alphabetical
from conseil_dla.reading.conclusions import Name
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.model import LEVELS, Answers, Base
from conseil_dla.wording.differences import MOMENT_WORDS, name_of
from conseil_dla.wording.search_index import LEVEL_WORDS

YES, NO = "oui", "non"
FORESEEN = next(kind.word for kind in DRAWN if kind.can_be_foreseen)
"""The one kind of which charts say whether it is planned already: they go by its ids."""
FORCES_TOLD = {"decisive": "décisive", "nette": "nette", "legere": "légère"}
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
            return FORCES_TOLD.get(end, NO)
        case "axe":
            return f"{end:+d}" if end else "0"
        case _ if isinstance(end, frozenset):
            if not end:
                return NO
            return ", ".join(LEVEL_WORDS[level] for level in LEVELS if level in end) or YES
        case _:
            return YES if end else NO


def _ends_titles(base: Base, kind: str, ids: frozenset[str]) -> str:
    titles = (base.title(kind, id) if (kind, id) in base.texts else id for id in ids)
    return " = ".join(sorted(titles, key=alphabetical)) or "aucun"


def answers_yaml(answers: Answers) -> str:
    """Answers on one line, as an author writes them."""
    told = []
    for id, value in answers.items():
        if isinstance(value, frozenset):
            told.append(f"{id}: [{', '.join(sorted(value))}]")
        else:
            told.append(f"{id}: {value}")
    return " ; ".join(told) or "tout dossier"
