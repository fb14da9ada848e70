"""The words of the questionnaire, the same on screens and in plain lines: how far it is, what is undone, taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from conseil_dla.ground.french import MONTHS, NBSP, counted, listed, lowered, quoted, sentence, typeset
from conseil_dla.interview.driver import Clash
from conseil_dla.interview.questionnaire import MOST, Beside, Interview, Progress
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Answers, Base, Dossier
from conseil_dla.rules.tables import Structure
from conseil_dla.rules.truth import questions_read
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.disk_text import JOINED, MODIFIED
from conseil_dla.wording.provenance import observed_text, voice_text

TITLE_LABEL = f"Comment l’appeler{NBSP}?"
DEMAND_LABEL = "La demande, dans les mots des structures (facultatif)"
HEARD_LABEL = "Ce que vous entendez derrière la demande (facultatif)"
UNKNOWN_TEXT = "Je ne sais pas encore"
NONE_TEXT = "aucune de ces réponses"
NONE_LABEL = sentence(NONE_TEXT)[:-1]
NOTHING_TICKED = "rien n’est coché"
NOTHING_KEPT = f"Rien n’est coché, rien n’est donc enregistré. Cochez ce qui convient, ou {quoted(NONE_LABEL)}."
NO_NUMBER = f"Aucun nombre n’est écrit, rien n’est donc enregistré. Tapez-le, ou choisissez {quoted(UNKNOWN_TEXT)}."
NOTHING_LEFT = "Plus rien à demander pour l’instant."
NOT_APPLICABLE = f"Sans objet ici{NBSP}: vos autres réponses l’écartent."


def proposed_title(now: datetime) -> str:
    """The title of a dossier that is given none: « Projet du 12 mars »."""
    return f"Projet du {now.day} {MONTHS[now.month - 1]}"


def why_asked(base: Base, id: str) -> tuple[str, tuple[str, ...]]:
    """Why a question is asked: what it changes, and what it comes from: claims, or who saw it."""
    entry = base.entry("question", id)
    claims = [(source, base.texts.get(("affirmation", source))) for source in entry.sources]
    told = []
    for source, claim in claims:
        if claim is not None:
            voice = voice_text(claim)
            told.append(f"{claim.title} ({voice}{NBSP}; {source})" if voice else claim.title)
    if entry.observation:
        told.append(observed_text((entry.observation,), ours=entry.status == "interpretation"))
    return entry.texts.get("pourquoi", "Cette question fait mieux connaître le projet."), tuple(told)


def about_table(id: str, state: Interview, way: str = "") -> str:
    """Whether the table of structures answers a question, or could; ``way`` says how to open it, where one can."""
    where = f" ({way})" if way else ""
    if id in state.known and id not in state.answers:
        return f"Compté dans votre tableau des structures{where}. Une réponse donnée ici l’emporte."
    if id in state.answers:
        return f"Répondu ici{NBSP}: le tableau des structures{where} n’y change rien."
    return f"Le tableau des structures{where} peut répondre à votre place."


def standing(base: Base, state: Interview, reading: Reading | None, id: str) -> str:
    """Where a question stands, in a list: its answer, put off, or sans objet; empty for none of these."""
    if reading is not None and id in reading.not_applicable:
        return "sans objet"
    noted = " · note" if id in state.notes else ""
    if id in state.known:
        from_table = "" if id in state.answers else " · tableau"
        return answer_text(base, id, state.known[id]) + from_table + noted
    put_off = "je ne sais pas encore" if id in state.declined else ""
    return (put_off + noted).removeprefix(" · ")


def refusal(base: Base, question: str, known: Answers, clash: Clash) -> tuple[str, ...]:
    """Which answers do not go together; the new one, to ``question``, is not recorded."""
    told = ["Cette réponse n’a pas été gardée."]
    never = {rule.id: rule.never for rule in base.logic.incoherences}
    for id in clash.broken:
        entry = base.entry("coherence", id)
        told.append(sentence(entry.texts.get("parce_que", entry.title)))
        told += _said_before(base, questions_read(never[id]) - {question}, known)
    if clash.together:
        told.append("Avec vos autres réponses, elle ne laisse plus aucune situation possible.")
        told += _said_before(base, set(clash.together) - {question}, known)
    return tuple(told)


def others_of(base: Base, question: str, known: Answers, clash: Clash) -> list[str]:
    """The other questions of a clash that have an answer."""
    never = {rule.id: rule.never for rule in base.logic.incoherences}
    read = {id for rule in clash.broken for id in questions_read(never[rule])} | set(clash.together)
    return sorted((read - {question}) & set(known))


def _said_before(base: Base, questions: Iterable[str], known: Answers) -> Iterator[str]:
    """What was answered to the other questions of a clash."""
    for id in sorted(questions):
        if id in known:
            told = f"À {quoted(base.title('question', id))}, vous aviez répondu"
            yield f"{told}{NBSP}: {answer_text(base, id, known[id])}."


Unvalidated = frozenset[str] | str
"""Boxes that are ticked, or a number as it is typed, before either is an answer."""
UNTICKED = "Remis comme avant, rien n’avait été validé."


def unvalidated_text(value: Unvalidated) -> str:
    """« 2 cases cochées, pas encore validées »."""
    if isinstance(value, str):
        return "nombre tapé, pas encore validé"
    if not value:
        return "cases décochées, pas encore validées"
    number = len(value)
    return f"{counted(number, 'case cochée', 'cases cochées')}, pas encore validée{'s' if number > 1 else ''}"


# --- how far it is ---------------------------------------------------------------------------------------------------

OVER = "L’essentiel est fait"
PASSED = "L’essentiel est parcouru"
"""The same where what would settle format and place was put off."""
UNSETTLED = "L’essentiel continue"
"""Where eight questions did not do: as many again would promise an end that is not there."""


def progress_text(progress: Progress) -> str:
    """« L’essentiel 4/8 », « L’essentiel est fait, encore 12 questions utiles »."""
    if not _has_more(progress):
        return _lead(progress)
    left = f"encore {counted(progress.useful, 'question utile', 'questions utiles')}"
    return f"{_lead(progress)}, {left if progress.useful else 'rien ne le change plus'}"


def brief_text(progress: Progress) -> str:
    """The same where there is no room: « L’essentiel est fait, encore 12 »."""
    more = f", encore {progress.useful}" if progress.useful and _has_more(progress) else ""
    return _lead(progress) + more


def _lead(progress: Progress) -> str:
    if progress.is_over:
        return OVER if progress.is_shown else PASSED
    if progress.done == MOST:
        return UNSETTLED
    return f"L’essentiel {progress.done}/{MOST}"


def _has_more(progress: Progress) -> bool:
    """What is left is said once l'essentiel is over, or when eight questions did not do."""
    return progress.is_over or progress.done == MOST


# --- what was taken back, given again, or taken over from elsewhere --------------------------------------------------

BESIDE = {
    "title": "le titre",
    "demand": "la demande",
    "heard": "ce que vous entendez",
    "opinion": quoted("Mon avis"),
    "paper": "ce que vous gardez pour les papiers",
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
    return f"{done}{NBSP}: {typeset(rows[0].name if rows else '') or 'une structure'}"


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
