"""What « annuler » took back and « rétablir » gave again, in one line; and what was taken over from elsewhere."""

from __future__ import annotations

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted
from conseil_dla.interview.questionnaire import Beside, Interview
from conseil_dla.rules.model import Base, Dossier
from conseil_dla.rules.tables import Structure
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.disk_text import JOINED, MODIFIED
from conseil_dla.wording.questionnaire import UNKNOWN_TEXT

BESIDE = {
    "title": "le titre",
    "demand": "la demande",
    "heard": "ce que vous entendez",
    "opinion": quoted("Mon avis"),
}
"""What is kept beside the answers and the table, in words."""
MOST_NAMED = 3
"""Questions named in one sentence, at most."""


def undone_text(base: Base, later: Interview, earlier: Interview, *, discreetly: bool = False) -> str:
    """« Réponse à « … » annulée. », and the answer that counts again where there was one before; empty if nothing.

    ``discreetly``: no structure is named.
    """
    beside = _beside_text(earlier, later, discreetly=discreetly)
    return f"{beside} — annulé." if beside else _told(base, later, earlier)


def redone_text(base: Base, earlier: Interview, later: Interview, *, discreetly: bool = False) -> str:
    """« Réponse à « … » rétablie. »; what was taken away there is taken away again, and said so."""
    beside = _beside_text(earlier, later, discreetly=discreetly)
    return f"{beside} — refait." if beside else _told(base, earlier, later, again=True)


def elsewhere_text(base: Base, was: Dossier, now: Dossier) -> str:
    """What a dossier that was also changed elsewhere now holds; no answer, text or name of anybody is quoted."""
    earlier, later = (Interview(each.answers, each.declined, each.notes) for each in (was, now))
    ids = [id for id in base.logic.questions if _given(base, earlier, id) != _given(base, later, id)]
    notes = [id for id in was.notes.keys() | now.notes.keys() if was.notes.get(id) != now.notes.get(id)]
    told = [f"{_many(base, ids, 'réponse', 'à')}"] if ids else []
    told += [f"{_many(base, notes, 'note', 'sur')}"] if notes else []
    told += ["le tableau des structures"] if was.structures != now.structures else []
    told += [name for field, name in BESIDE.items() if getattr(was, field) != getattr(now, field)]
    told += ["ce que répondent d’autres personnes"] if was.respondents != now.respondents else []
    changed = f"Repris ici{NBSP}: {listed(told)}." if told else ""
    return f"{MODIFIED} {changed}" if changed else JOINED


def _many(base: Base, ids: list[str], what: str, on: str) -> str:
    """« réponse à « … » », or how many where they are more than can be read at a glance."""
    if len(ids) > MOST_NAMED:
        return counted(len(ids), what)
    titles = [quoted(base.title("question", id)) if id in base.logic.questions else quoted(id) for id in ids]
    return f"{what}{'s' if len(ids) > 1 else ''} {on} {listed(titles)}"


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


def _told(base: Base, was: Interview, now: Interview, *, again: bool = False) -> str:
    """What an answer or a note now is: what came back was not « annulé », what went was not « rétabli »."""
    ids = [id for id in base.logic.questions if _given(base, was, id) != _given(base, now, id)]
    if len(ids) > 1:
        return f"Changement de {counted(len(ids), 'réponse')} {'refait' if again else 'annulé'}."
    if ids:
        before, after = (lowered(_given(base, state, ids[0])) for state in (was, now))
        name = f"éponse à {quoted(base.title('question', ids[0]))}"
        if not after:
            return f"La r{name} est de nouveau retirée." if again else f"R{name} annulée."
        if not before:
            return f"R{name} rétablie." if again else f"La r{name} est revenue{NBSP}: {quoted(after)}."
        return f"R{name} {'rétablie' if again else 'annulée'}{NBSP}: de nouveau {quoted(after)}."
    for id in sorted(was.notes.keys() | now.notes.keys()):
        before, after = was.notes.get(id, ""), now.notes.get(id, "")
        if before != after:
            name = f"ote sur {quoted(base.title('question', id))}" if id in base.logic.questions else "ote"
            if not after:
                return f"La n{name} est de nouveau enlevée." if again else f"N{name} annulée."
            if not before:
                return f"N{name} rétablie." if again else f"La n{name} est revenue."
            return f"La n{name} est de nouveau celle d’{'après' if again else 'avant'} le changement."
    return ""


def _given(base: Base, state: Interview, id: str) -> str:
    """What is answered by hand; empty when nothing is."""
    if id in state.answers:
        return answer_text(base, id, state.answers[id])
    return UNKNOWN_TEXT if id in state.declined else ""
