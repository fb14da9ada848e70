"""What « annuler » took back and « rétablir » gave again, in one line."""

from __future__ import annotations

from conseil_dla.model import Base
from conseil_dla.reporting.clauses import answer_text
from conseil_dla.reporting.french import NBSP, counted, listed, lowered, quoted
from conseil_dla.reporting.questionnaire import UNKNOWN_TEXT
from conseil_dla.sessions.interview import Beside, Interview
from conseil_dla.tables import Structure

BESIDE = {
    "title": "le titre",
    "demand": "la demande",
    "heard": "ce que vous entendez",
    "opinion": quoted("Mon avis"),
}
"""What is kept beside the answers and the table, in words."""


def undone_text(base: Base, later: Interview, earlier: Interview, *, discreetly: bool = False) -> str:
    """« Réponse à « … » annulée. », and the answer that counts again where there was one before; empty if nothing.

    ``discreetly``: no structure is named.
    """
    beside = _beside_text(earlier, later, discreetly=discreetly)
    return f"{beside} — annulé." if beside else _told(base, later, earlier, "annulé")


def redone_text(base: Base, earlier: Interview, later: Interview, *, discreetly: bool = False) -> str:
    """« Réponse à « … » rétablie. »"""
    beside = _beside_text(earlier, later, discreetly=discreetly)
    return f"{beside} — rétabli." if beside else _told(base, earlier, later, "rétabli", is_named=False)


def _beside_text(earlier: Interview, later: Interview, *, discreetly: bool) -> str:
    if None not in (earlier.profile, later.profile) and earlier.profile != later.profile:
        return "Profil du territoire gardé"
    return step_text(earlier.beside, later.beside, discreetly=discreetly)


def step_text(before: Beside, after: Beside, *, discreetly: bool = False) -> str:
    """What one step changed beside the answers, as « Retiré du tableau : Le Phare »; empty if nothing."""
    if before.structures != after.structures:
        return _rows_text(before.structures, after.structures, discreetly=discreetly)
    changed = [name for field, name in BESIDE.items() if getattr(before, field) != getattr(after, field)]
    return f"Changement{NBSP}: {listed(changed)}" if changed else ""


def _rows_text(before: tuple[Structure, ...], after: tuple[Structure, ...], *, discreetly: bool) -> str:
    gone, new = ([row for row in one if row not in other] for one, other in ((before, after), (after, before)))
    if len(before) == len(after):
        done, rows = "Changé dans le tableau", new
    else:
        done, rows = ("Retiré du tableau", gone) if len(before) > len(after) else ("Ajouté au tableau", new)
    number = max(1, len(rows), abs(len(before) - len(after)))
    if number > 1 or discreetly:
        return f"{done}{NBSP}: {counted(number, 'structure')}"
    return f"{done}{NBSP}: {(rows[0].name if rows else '') or 'une structure'}"


def _told(base: Base, was: Interview, now: Interview, done: str, *, is_named: bool = True) -> str:
    ids = [id for id in base.logic.questions if _given(base, was, id) != _given(base, now, id)]
    if len(ids) > 1:
        return f"Changement de {counted(len(ids), 'réponse')} {done}."
    if ids:
        again = _given(base, now, ids[0])
        ending = f"{NBSP}: de nouveau {quoted(lowered(again))}" if again and is_named else ""
        return f"Réponse à {quoted(base.title('question', ids[0]))} {done}e{ending}."
    for id in sorted(was.notes.keys() | now.notes.keys()):
        if was.notes.get(id) != now.notes.get(id):
            name = f" sur {quoted(base.title('question', id))}" if id in base.logic.questions else ""
            return f"Note{name} {done}e."
    return ""


def _given(base: Base, state: Interview, id: str) -> str:
    """What is answered by hand; empty when nothing is."""
    if id in state.answers:
        return answer_text(base, id, state.answers[id])
    return UNKNOWN_TEXT if id in state.declined else ""
