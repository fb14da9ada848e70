"""Somebody answering alone, in words: the same on the screens and in plain lines. No reading, nobody else's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from conseil_dla.ground.french import NBSP, counted, harmless, quoted, sentence, spaced
from conseil_dla.ground.topic import topic
from conseil_dla.interview.alone import asked_of, hears_internal, open_to
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.papers.wall import Inner
from conseil_dla.rules.model import ROLES, Base, Respondent
from conseil_dla.wording.interview_text import MEANINGS, asked_lines, choice_lines
from conseil_dla.wording.typed_entries import (
    BACK,
    END,
    GO,
    GUIDE,
    HELP,
    LIST,
    NOTE,
    READING,
    REDO,
    SKIP,
    UNDO,
    WHY,
    unclear,
)

ROLE_NAMES: Mapping[str, str] = dict(
    zip(ROLES, ("le DLA", "une structure", "une collectivité", "le prestataire"), strict=True)
)
NO_ROLE = "sans préciser"
MOST_NAME = 60
"""Letters of a name."""


def base_for(base: Base, role: str) -> Base:
    """The base in which nothing is left that this person may not read: without internal items, but for the DLA.

    It is for words; what goes together, and what applies, is judged by the whole base.
    """
    return base if hears_internal(role) else Inner(base).without_texts()


def base_left(base: Base, one: Respondent, state: Interview) -> Base:
    """The same, with only the questions that are put to this person as things stand."""
    cut = base_for(base, one.role)
    kept = open_to(base, one.role, state.answers)
    return replace(cut, logic=replace(cut.logic, questions={id: cut.logic.questions[id] for id in kept}))


def role_name(role: str) -> str:
    """From where somebody answers."""
    return ROLE_NAMES.get(role, NO_ROLE)


def standing(one: Respondent) -> str:
    """Where somebody stands, in the list that whoever answers next may see: of who has not agreed, a count."""
    given = counted(one.count, "réponse") if one.count else "pas encore de réponse"
    if not one.consents:
        return given
    parts = [role_name(one.role)] if one.role else []
    return " · ".join((*parts, given, "accord donné"))


def name_given(typed: str, there: Iterable[str]) -> str:
    """The name as it is kept; empty where nothing is typed, or where somebody has it already."""
    name = " ".join(harmless(typed).split())[:MOST_NAME].strip()
    return "" if name.casefold() in {other.casefold() for other in there} else name


def progress_text(base: Base, one: Respondent, state: Interview) -> str:
    """« 4 questions sur 38 »: how far this person is, counting what is put to them as things stand."""
    asked = open_to(base, one.role, state.answers)
    done = [id for id in asked if id in state.answers or id in state.declined]
    return f"{counted(len(done), 'réponse')} sur {len(asked)}"


# --- consent --------------------------------------------------------------------------------------------------------

CONSENT = spaced("Vos réponses peuvent-elles être croisées avec celles des autres ?")
CONSENT_SHOWN = (
    "Ce qui serait montré : vos réponses, avec votre nom, à côté de celles des autres personnes qui l’acceptent aussi.",
    "À qui : à ces personnes et au DLA, à l’écran d’une réunion ou sur un papier.",
)
NEVER = "Jamais : les notes que l’on aurait prises, ni rien de vous si vous ne l’acceptez pas."
NEVER_INTERNAL = "Jamais : vos réponses aux questions internes, ni rien de vous si vous ne l’acceptez pas."
CHANGEABLE = "Vous pourrez changer d’avis : demandez-le à la personne qui tient le dossier."
YES_ID, NO_ID = "yes", "no"
"""What the two buttons are called inside."""
YES_LABEL, NO_LABEL, LATER_LABEL = "J’accepte", "Je n’accepte pas", "Je déciderai plus tard"
NOW = {True: f"Pour l’instant{NBSP}: vous l’acceptez.", False: f"Pour l’instant{NBSP}: ce n’est pas accepté."}
NOTED = {True: f"C’est noté{NBSP}: vous l’acceptez.", False: f"C’est noté{NBSP}: vous ne l’acceptez pas."}
DONE = spaced("Vos réponses sont gardées ; vous pouvez rendre la main.")
NOTHING_LEFT = "Vous avez vu toutes les questions. On peut toujours changer une réponse."


def consent_lines(one: Respondent) -> tuple[str, ...]:
    """What would be shown, to whom, what never would."""
    never = NEVER_INTERNAL if hears_internal(one.role) else NEVER
    return tuple(spaced(line) for line in (*CONSENT_SHOWN, never, CHANGEABLE, NOW[one.consents]))


HOLDERS_WORD = "reprendre"
"""Typed by who holds the dossier, to have the screen back from who answered alone: no key does it by chance."""

# --- the list ------------------------------------------------------------------------------------------------------

HANDING = spaced(
    "Laissez-lui l’écran : pendant qu’elle répond, rien de vos réponses ni de celles des autres n’y paraît."
)
TAKING_BACK = spaced(
    f"Après elle, l’écran attend, sans rien montrer de ce dossier : tapez {quoted(HOLDERS_WORD)} pour le reprendre."
)
HELD_TITLE = "Merci"
HELD = "Cet écran attend la personne qui tient le dossier."
WHO = spaced("Qui est-ce ?")
WHO_ONLY = spaced(
    "Son nom n’est montré qu’ici, pour lui laisser l’écran : elle n’a pas accepté qu’il le soit ailleurs."
)
NAME_HELP = spaced("Un nom ou un mot convenu : c’est lui qui sera montré, si cette personne l’accepte.")
NAME_MISSING = "Il manque un nom."
NAME_TAKEN = spaced("Quelqu’un porte déjà ce nom ici : ajoutez un mot pour les distinguer.")


def withdrawal_text(one: Respondent) -> str:
    """What goes with somebody who is taken out."""
    if not one.count:
        return "Cette personne n’a encore rien répondu."
    gone = "Sa réponse sera effacée" if one.count == 1 else f"Ses {one.count} réponses seront effacées"
    return f"{gone} de ce dossier."


# --- plain lines ----------------------------------------------------------------------------------------------------

CLEAN = spaced(
    "Ce qui est écrit plus haut reste lisible : effacez-le, ou fermez cette fenêtre, avant de laisser cet "
    "écran à quelqu’un d’autre."
)
CONSENT_PROMPT = f"Votre accord (oui, non, ou rien pour décider plus tard){NBSP}: "
CONSENT_UNCLEAR = unclear("il faut oui, non, ou rien", "votre accord reste comme il était")
ALONE = f"Ici, on répond seul·e{NBSP}: ni lecture, ni réponses des autres."
NOT_HERE: Mapping[str, str] = {
    READING: "la lecture n’est pas montrée à qui répond seul·e",
    WHY: "ce que change une question n’est pas dit à qui répond seul·e",
    NOTE: "on n’écrit pas de note en répondant seul·e",
    GUIDE: "le guide du rendez-vous n’est pas pour qui répond seul·e",
}
"""Words of the questionnaire that have no meaning here, and why."""
WORDS = (BACK, UNDO, REDO, SKIP, LIST, f"{GO} NOM", HELP, END)


def opening_lines(base: Base, one: Respondent, state: Interview) -> tuple[str, ...]:
    """Who answers, and how."""
    who = f"{sentence(harmless(one.name))[:-1]}, {role_name(one.role)}." if one.role else sentence(harmless(one.name))
    internal = "Les questions internes vous sont posées aussi : elles ne sont jamais croisées."
    how = f"Une question à la fois. {quoted(HELP)} donne les mots que l’on peut taper, {quoted(END)} arrête."
    asks_internal = hears_internal(one.role) and any(
        base.entry("question", id).internal for id in asked_of(base, one.role)
    )
    far = (sentence(progress_text(base, one, state)),) if one.count else ()
    return (who, ALONE, *((spaced(internal),) if asks_internal else ()), *far, how)


def question_lines(cut: Base, state: Interview) -> tuple[str, ...]:
    """The present question, in the words of the base that this person may read."""
    if state.current is None:
        stop = f"{quoted(LIST)} donne vos réponses, {quoted(END)} arrête."
        return ("", NOTHING_LEFT, stop)
    return (*asked_lines(cut, state.current), *choice_lines(cut, state, state.current))


def help_lines() -> tuple[str, ...]:
    """The words that can be typed."""
    lines = [f"Une réponse est son numéro dans la liste{NBSP}; 0 dit que vous ne savez pas encore."]
    meanings = {**MEANINGS, UNDO: "reprendre la dernière réponse"}
    lines += [f"{quoted(word)}{NBSP}: {meanings[word]}." for word in WORDS]
    lines.append("Entrée sans rien taper redit la question. Chaque réponse est enregistrée aussitôt.")
    return tuple(lines)


def kept_line(one: Respondent, path: str) -> str:
    """How many answers of this person, and where they are."""
    return f"{counted(one.count, 'réponse')} de {quoted(harmless(one.name))} dans {path}"


# --- what the help page says -----------------------------------------------------------------------------------------

RESPONDENTS_TOPIC = topic(
    "Croiser les regards",
    "Plusieurs personnes répondent séparément aux mêmes questions : le DLA, une structure, une collectivité, "
    "le prestataire. Vos réponses à vous restent dans le dossier, et n’y sont pas.",
    "Entrée ouvre une ligne : faire répondre la personne, dire son accord, ou la retirer. Pendant qu’elle répond, "
    "l’écran ne montre ni lecture, ni réponse de personne d’autre ; les questions internes ne sont posées qu’au DLA.",
    "Quand elle a fini, l’écran attend sans rien montrer : tapez « reprendre » pour l’avoir de nouveau.",
    "Ne sont croisées que les réponses des personnes qui l’acceptent. Il en faut au moins deux. Le nom des autres "
    "n’est pas montré ici : Entrée sur leur ligne, puis « Qui est-ce ? ».",
)
PERSON_TOPIC = topic(
    "Une personne qui répondra seule",
    "Un nom, un prénom ou un mot convenu : c’est ce qui sera montré si cette personne l’accepte. Les questions "
    "internes ne sont posées qu’à qui répond pour le DLA.",
)
ALONE_DONE_TOPIC = topic(
    "Toutes les questions sont vues",
    "« J’ai fini » demande si vos réponses peuvent être croisées avec celles des autres. Une réponse se change "
    "toujours, tant que l’on vous laisse l’écran.",
)
CROSSED_TOPIC = topic(
    "Les regards croisés",
    "Où les réponses se rejoignent, où elles diffèrent, et si cela change le conseil. Aucun regard n’est le bon : ce "
    "qui diffère est à reprendre ensemble.",
    "Pour le savoir, chaque réponse est essayée avec ce que tout le monde dit de même, le reste étant inconnu. Rien "
    "n’est pesé ni compté.",
    "On n’y voit rien des questions internes, ni des personnes qui n’ont pas donné leur accord. Ce qui est interne et "
    "en dépend est dit sans être nommé.",
    "Entrée ouvre une question, ou ce qui est replié (+).",
)
