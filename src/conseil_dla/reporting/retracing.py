"""What « annuler » took back and « rétablir » gave again, in one line."""

from __future__ import annotations

from conseil_dla.model import Base
from conseil_dla.reporting.clauses import answer_text
from conseil_dla.reporting.french import NBSP, counted, lowered, quoted
from conseil_dla.reporting.questionnaire import UNKNOWN_TEXT
from conseil_dla.sessions.interview import Interview


def undone_text(base: Base, later: Interview, earlier: Interview) -> str:
    """« Réponse à « … » annulée. », and the answer that counts again where there was one before; empty if nothing."""
    return _told(base, later, earlier, "annulé")


def redone_text(base: Base, earlier: Interview, later: Interview) -> str:
    """« Réponse à « … » rétablie. »"""
    return _told(base, earlier, later, "rétabli", is_named=False)


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
