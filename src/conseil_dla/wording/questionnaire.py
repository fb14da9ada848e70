"""The words of the questionnaire, the same on the screens and in plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from conseil_dla.ground.french import MONTHS, NBSP, counted, quoted, sentence
from conseil_dla.interview.driver import Clash
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Answers, Base
from conseil_dla.rules.truth import questions_read
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.provenance import voice_text

TITLE_LABEL = f"Comment l’appeler{NBSP}?"
DEMAND_LABEL = "La demande, dans leurs mots (facultatif)"
HEARD_LABEL = "Ce que vous entendez derrière (facultatif)"
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
    """Why a question is asked: what it changes, and the claims that it comes from."""
    entry = base.entry("question", id)
    claims = [(source, base.texts.get(("affirmation", source))) for source in entry.sources]
    told = []
    for source, claim in claims:
        if claim is not None:
            voice = voice_text(claim)
            told.append(f"{claim.title} ({voice}{NBSP}; {source})" if voice else claim.title)
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
