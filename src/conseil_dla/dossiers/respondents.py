"""``repondants`` in a dossier's file: who answers the questionnaire alone, and whether that may be shown to others."""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Mapping as Keyed

from conseil_dla.diagnostics import Diagnostic, Severity
from conseil_dla.dossiers.answers import read_answers
from conseil_dla.model import ROLES, Base, Respondent
from conseil_dla.nodes import Mapping, Node, Scalar
from conseil_dla.words import NO, YES, did_you_mean

KEY = "repondants"
ANSWERS, NOTES, ROLE, CONSENT = "reponses", "notes", "role", "accord"
KEYS = (ROLE, CONSENT, ANSWERS, NOTES)
"""Keys under a name. ``notes`` are free texts: they stay in the file, and nothing reads them."""
WORDS: Keyed[str, tuple[str, ...]] = {ROLE: ROLES, CONSENT: (YES, NO)}
"""The words that a key takes."""
HELP = "écrivez un nom par personne, puis, en retrait, « reponses: » et ses réponses"


def read_respondents(node: Node | None, base: Base) -> tuple[dict[str, Respondent], list[Diagnostic]]:
    """Who answers alone, by name; answers of one that exclude each other are for the comparison to say."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return {}, []
    if not isinstance(node, Mapping):
        return {}, [_error("DLA301", node, f"« {KEY} » attend un nom par personne", HELP)]
    respondents: dict[str, Respondent] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        if not key.text.strip():
            found.append(_error("DLA312", key, "il manque le nom de cette personne", HELP))
        elif isinstance(value, Mapping):
            answers, declined, _, mistakes = read_answers(value, base)
            found += [*mistakes, *_misread(value, base.logic.questions)]
            consents = value.text(CONSENT) == YES
            respondents[key.text] = Respondent(key.text, answers, declined, value.text(ROLE), consents)
        else:
            found.append(_error("DLA301", value, f"« {key.text} » n’a pas de réponses", HELP))
    return respondents, found


def _misread(one: Mapping, ids: Container[str]) -> list[Diagnostic]:
    """What is wrong in the keys beside the answers; ``ids`` are those of the questions."""
    found = []
    for key, value in one.entries:
        if key.text not in KEYS:
            message = f"rubrique inconnue « {key.text} » pour une personne qui répond"
            under = f"mettez-la sous « {ANSWERS}: », décalée de deux espaces de plus"
            found.append(_error("DLA312", key, message, under if key.text in ids else did_you_mean(key.text, KEYS)))
        elif key.text in WORDS:
            text = value.text.strip() if isinstance(value, Scalar) else None
            if text not in ("", *WORDS[key.text]):
                words = ", ".join(WORDS[key.text])
                near = did_you_mean(text, WORDS[key.text]) if text else ""
                help = near or f"les mots possibles : {words}"
                told = f"« {key.text} » ne peut pas être « {text} »" if text else f"« {key.text} » attend un seul mot"
                found.append(_error("DLA312", value, told, help))
    return found


def _error(code: str, node: Node, message: str, help: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, node.place, message, help)
