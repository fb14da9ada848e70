"""The questionnaire in plain lines: paragraphs that are heard as well as read, without drawing, colour or mark."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, counted, lowered, quoted, sentence, spaced
from conseil_dla.ground.words import fold, nearest
from conseil_dla.interview.driver import Clash
from conseil_dla.interview.questionnaire import Interview, Progress
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Dossier, Value
from conseil_dla.wording.advice import headline
from conseil_dla.wording.changes import QUIET, change_lines
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.glance import MOST_NAMED, Glance
from conseil_dla.wording.outline import posture_line
from conseil_dla.wording.questionnaire import (
    DEMAND_LABEL,
    HEARD_LABEL,
    NOT_APPLICABLE,
    NOTHING_LEFT,
    TITLE_LABEL,
    UNKNOWN_TEXT,
    about_table,
    progress_text,
    refusal,
    standing,
    why_asked,
)
from conseil_dla.wording.reading_sentences import next_reason
from conseil_dla.wording.typed_entries import (
    BACK,
    END,
    GO,
    GUIDE,
    HELP,
    LIST,
    NONE,
    NOTE,
    READING,
    REDO,
    SKIP,
    UNDO,
    WHY,
    Unclear,
    takes_zero,
    unclear,
)

PROMPT = f"Votre réponse{NBSP}: "
ERASE = "effacer"
"""After « note »: the note goes."""
MEANINGS = {
    BACK: "revenir à la question d’avant",
    UNDO: "reprendre la dernière réponse ou la dernière note",
    REDO: "redonner ce que l’on vient d’annuler",
    f"{NOTE} TEXTE": "écrire une note sur la question posée, ou sur celle à laquelle on vient de répondre par son "
    f"nom ; {quoted(f'{NOTE} {ERASE}')} l’enlève",
    WHY: "pourquoi cette question, et d’où elle vient",
    SKIP: "passer la question pour l’instant",
    GUIDE: "les questions du guide du prochain rendez-vous, dans leur ordre, par personne rencontrée",
    LIST: "toutes les questions, avec leurs réponses",
    f"{GO} NOM": "aller à une question, par une partie de son titre",
    READING: "la lecture complète",
    HELP: "ces quelques mots",
    END: "s’arrêter là",
}


def title_lines(proposed: str) -> tuple[str, ...]:
    """What a new dossier is asked first."""
    return ("Nouveau dossier.", f"{TITLE_LABEL} Sans réponse, ce sera {quoted(proposed)}.")


DEMAND = f"{DEMAND_LABEL}. Aucune règle ne lit ce texte."
DEMAND_PROMPT = f"La demande{NBSP}: "
HEARD = f"{HEARD_LABEL}. Aucune règle ne lit ce texte."
HEARD_PROMPT = f"Ce que vous entendez{NBSP}: "
TITLE_PROMPT = f"Titre{NBSP}: "
FREE_TEXT_HELP = spaced(
    f"Ici, écrivez votre texte sur une ligne ; une ligne vide ou {quoted(SKIP)} le laisse pour plus tard, "
    f"{quoted(END)} quitte. Les autres mots servent dès la première question."
)


def only_for_questions(word: str) -> str:
    """A word of command where a free text is asked."""
    return f"{quoted(word)} ne sert que devant une question"


def opening_lines(dossier: Dossier, answered: int, look: Glance, how_far: Progress) -> tuple[str, ...]:
    """Where a dossier stands as the conversation begins."""
    heading = f"{sentence(dossier.title or 'Dossier sans titre')} {counted(answered, 'réponse')}."
    how = f"Une question à la fois. {quoted(HELP)} donne les mots que l’on peut taper, {quoted(END)} arrête."
    far = sentence(progress_text(how_far))
    return (heading, sentence(look.headline), look.posture, far, how) if answered else (how,)


def question_lines(base: Base, state: Interview, reading: Reading) -> tuple[str, ...]:
    """The present question whole, or what can be done when nothing is left."""
    id = state.current
    if id is None:
        return _last_lines(state, reading)
    lines = [NOT_APPLICABLE] if id in reading.not_applicable else []
    lines += [about_table(id, state)] if base.logic.questions[id].tally is not None else []
    if reading.next_question is not None and reading.next_question.question == id:
        lines.append(next_reason(base, reading))
    lines += [f"Note{NBSP}: {state.notes[id]}"] if id in state.notes else []
    return (*asked_lines(base, id), *lines, *choice_lines(base, state, id))


def asked_lines(base: Base, id: str) -> tuple[str, ...]:
    """A question as it is put, with its help."""
    entry = base.entry("question", id)
    theme, aide = entry.texts.get("theme", ""), entry.texts.get("aide", "")
    heading = f"{theme}{NBSP}: {lowered(entry.title)}." if theme else sentence(entry.title)
    return ("", heading, entry.texts["libelle"], *([aide] if aide else ()))


def choice_lines(base: Base, state: Interview, id: str) -> tuple[str, ...]:
    """What may be answered, and what is."""
    question, entry = base.logic.questions[id], base.entry("question", id)
    lines = [f"{number}. {entry.labels[answer]}" for number, answer in enumerate(question.answers, 1)]
    if question.type == "nombre":
        low, high = question.bounds or (0, 0)
        lines.append(f"Un nombre de {low} à {high}{NBSP}{entry.texts.get('unite', '')}".rstrip() + ".")
    lines.append(
        f"0. {UNKNOWN_TEXT}" if takes_zero(question) else f"{quoted('inconnu')}{NBSP}: {lowered(UNKNOWN_TEXT)}"
    )
    if question.type == "plusieurs":
        lines.append(f"Plusieurs réponses possibles, séparées par des espaces{NBSP}; {quoted(NONE)} pour aucune.")
    return (*lines, *_given(base, state, id))


def _given(base: Base, state: Interview, id: str) -> Iterable[str]:
    """What is already answered here."""
    if id in state.known:
        yield f"Réponse actuelle{NBSP}: {lowered(answer_text(base, id, state.known[id]))}."
    elif id in state.declined:
        yield f"Réponse actuelle{NBSP}: {lowered(UNKNOWN_TEXT)}."


def _last_lines(state: Interview, reading: Reading) -> tuple[str, ...]:
    lines = ["", NOTHING_LEFT]
    if reading.next_question is not None:
        put_off = len(state.put_off & set(reading.open_questions))
        aside = counted(put_off, "question mise de côté", "questions mises de côté")
        lines.append(f"{quoted(SKIP)} reprend {aside}.")
    offered = f"{quoted(READING)} donne la lecture complète, {quoted(LIST)} les réponses, {quoted(END)} arrête."
    return (*lines, offered, "On peut toujours changer une réponse.")


def answered_lines(base: Base, reading: Reading, question: str, value: Value | None) -> tuple[str, ...]:
    """What was recorded, where it was not the question asked; and whether it counts."""
    lines = (said_line(base, question, value),)
    return (*lines, f"Gardé. {NOT_APPLICABLE}") if question in reading.not_applicable else lines


def progress_lines(before: Progress, now: Progress) -> tuple[str, ...]:
    """How far one is, once, where l'essentiel has just been done."""
    return (sentence(progress_text(now)),) if now.is_over and not before.is_over else ()


def moved_lines(base: Base, before: Reading, now: Reading) -> tuple[str, ...]:
    """What is shown now, in one line, where it is no longer what it was; then what came and went."""
    seen = [(sentence(headline(base, each)), posture_line(base, each, most=MOST_NAMED)) for each in (before, now)]
    changed = [text for then, text in zip(*seen, strict=True) if text != then]
    told = [line for line in change_lines(base, before, now) if line not in QUIET]
    return (" ".join([*changed, *told]),) if changed or told else ()


def why_lines(base: Base, id: str) -> tuple[str, ...]:
    """Why the present question, and where that comes from."""
    why, claims = why_asked(base, id)
    return (why, *(("D’où cela vient.", *(sentence(claim) for claim in claims)) if claims else ()))


def list_lines(base: Base, state: Interview, reading: Reading | None) -> tuple[str, ...]:
    """Every question by theme, with its answer; without a reading, none is told to be sans objet."""
    aside = reading.not_applicable if reading else frozenset()
    by_theme: dict[str, list[str]] = {}
    for id in base.logic.questions:
        where = standing(base, state, reading, id).replace(" · ", ", ")
        if not (id in state.known or id in state.declined or id in aside):
            where = f"pas encore de réponse{', ' if where else ''}{where}"
        line = f"{base.title('question', id)}{NBSP}: {lowered(where)}."
        by_theme.setdefault(base.entry("question", id).texts.get("theme", ""), []).append(line)
    return tuple(line for theme, lines in by_theme.items() for line in ("", *([theme] if theme else []), *lines))


def help_lines() -> tuple[str, ...]:
    """The words that can be typed."""
    lines = [f"Une réponse est son numéro dans la liste{NBSP}; 0 dit que vous ne savez pas encore."]
    lines += [f"{quoted(word)}{NBSP}: {meaning.replace(' ;', f'{NBSP};')}." for word, meaning in MEANINGS.items()]
    lines.append("Entrée sans rien taper redit la question. Chaque réponse est enregistrée aussitôt.")
    return tuple(lines)


def refused_lines(base: Base, state: Interview, question: str, value: Value | None, clash: Clash) -> tuple[str, ...]:
    """An answer that cannot go with others: it is named, and so are they."""
    lead, *told = refusal(base, question, state.known, clash)
    return (lead, said_line(base, question, value), *told)


def said_line(base: Base, question: str, value: Value | None) -> str:
    """A question and its answer in one line."""
    told = UNKNOWN_TEXT if value is None else answer_text(base, question, value)
    return f"{base.title('question', question)}{NBSP}: {lowered(told)}."


def destination(base: Base, reading: Reading | None, words: str) -> str | tuple[str, ...] | Unclear:
    """The question that a name or a part of a title leads to; several titles; or why none does."""
    if not words:
        return unclear(f"il manque un nom après {quoted(GO)}", f"{quoted(LIST)} donne tous les titres")
    titles = {id: base.title("question", id) for id in base.logic.questions}
    exact = [id for id, title in titles.items() if fold(words) in (id, fold(title))]
    sought = fold(words).split("_")
    found = exact or [id for id, title in titles.items() if all(word in fold(title) for word in sought)]
    if not found:
        near = nearest(words, titles, titles)
        help = f"vouliez-vous dire {quoted(titles[near])} ?" if near else f"{quoted(LIST)} donne tous les titres"
        return unclear(f"aucune question ne s’appelle {quoted(words)}", help)
    if len(found) > 1:
        return tuple(sentence(titles[id]) for id in found)
    if reading is not None and found[0] in reading.not_applicable:
        return unclear(f"{quoted(titles[found[0]])} est sans objet ici", "vos autres réponses l’écartent")
    return found[0]


def several_lines(words: str, titles: tuple[str, ...]) -> tuple[str, ...]:
    """Several questions answer to the same words."""
    return (f"Plusieurs questions répondent à {quoted(words)}. Précisez laquelle.", *titles)


def noted_line(base: Base, question: str, note: str) -> str:
    """The note as it is now, and on which question."""
    name = quoted(base.title("question", question))
    return f"Note gardée sur {name}{NBSP}: {note}" if note else f"Note sur {name} enlevée."


def kept_line(answered: int, path: str) -> str:
    """How many answers, and where they are."""
    if not answered:
        return f"Aucune réponse. Dossier enregistré dans {path}"
    return f"{counted(answered, 'réponse')}, {'enregistrée' if answered == 1 else 'enregistrées'} dans {path}"


NOTHING_KEPT = "Aucun dossier n’a été créé."
CREATED = "Dossier créé, enregistré dans"
FIRST = unclear("c’est la première question", f"{quoted(SKIP)} passe à la suivante")
NO_NOTE = unclear("il manque le texte de la note", f"tapez-le après {quoted(NOTE)}, sur la même ligne")
NOTHING_TO_UNDO = unclear("il n’y a aucune réponse à reprendre", "")
NOTHING_TO_REDO = unclear("rien n’a été annulé depuis la dernière réponse", "")
NOTHING_ASKED = unclear("aucune question n’est posée", f"{quoted(GO)} et un titre mènent à une question")
NOTHING_MORE = unclear("il ne reste rien à demander", f"{quoted(END)} arrête")
