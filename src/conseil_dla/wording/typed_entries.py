"""What is typed in the questionnaire in plain lines, understood: an answer, a word of command, or neither and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from conseil_dla.ground.french import harmless, quoted, sentence, spaced
from conseil_dla.ground.words import did_you_mean, fold
from conseil_dla.rules.answertext import UNKNOWN, former_names, whole_number
from conseil_dla.rules.model import Base, Question, Value
from conseil_dla.wording.questionnaire import UNKNOWN_TEXT

NONE = "aucune"
"""Said of a « plusieurs » where nothing is ticked; reserved, so no answer is called so."""
BACK, UNDO, REDO, NOTE, READING, WHY, LIST, GO, SKIP, GUIDE, HELP, END = COMMANDS = (
    "retour", "annuler", "rétablir", "note", "lecture", "pourquoi", "questions", "aller", "suite", "guide", "aide",
    "fin",
)  # fmt: skip
_TYPED = {fold(word): word for word in COMMANDS}
"""Commands by the way in which they are recognised, accents and case aside."""
MOST_NAMED = 60
"""Letters of an entry that are said again."""
FOLLOWED = (NOTE, GO)
"""Commands that take words after them."""
_DIRECT = re.compile(r"(\w+)\s*:\s*(.*)")
"""``question: réponse``, as a dossier writes it; what follows a « # » there is a comment."""
_COMMENT = re.compile(r"(^|\s)#.*")
_COMMAND = re.compile(r"(\w+)(?:\s*:\s*|\s+|$)(.*)")
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a question; None is « je ne sais pas encore »."""

    question: str
    value: Value | None
    is_by_name: bool = False
    """The question was named, rather than the one that is asked answered."""


@dataclass(frozen=True, slots=True)
class Command:
    """One of the ``COMMANDS``, and the words after it."""

    word: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was not understood, and what could have been meant; both are sentences."""

    told: str
    help: str


TypedEntry = Answered | Command | Unclear


def understood(base: Base, current: str | None, text: str) -> TypedEntry:
    """One line, typed while ``current`` is asked (None: nothing is)."""
    if wrong := unreadable(text):
        return wrong
    text = harmless(text).strip()
    if direct := _DIRECT.fullmatch(text):
        name, rest = direct.groups()
        question = name if name in base.logic.questions else former_names(base.texts.values())[0].get(name)
        if question is not None:
            given = answer(base, question, _COMMENT.sub("", rest))
            return replace(given, is_by_name=True) if isinstance(given, Answered) else given
        if fold(name) not in _TYPED:
            titles = {id: base.title("question", id) for id in base.logic.questions}
            return unclear(f"question inconnue {_named(name)}", did_you_mean(name, titles, titles) or LISTED)
    if current is not None and (label := _labelled(base, current, text)) is not None:
        return Answered(current, frozenset({label}) if base.logic.questions[current].type == "plusieurs" else label)
    if (command := _COMMAND.fullmatch(text)) and fold(command[1]) in _TYPED:
        word, rest = _TYPED[fold(command[1])], command[2]
        if rest and word not in FOLLOWED:
            return unclear(f"rien ne vient après {_named(word)}", f"tapez {_named(word)} seul")
        return Command(word, rest)
    if current is None:
        help = did_you_mean(text, COMMANDS) or f"{quoted(HELP)} donne les mots que l’on peut taper"
        return unclear(f"{_named(text)} n’a pas été compris : aucune question n’est posée", help)
    return answer(base, current, text)


def command(text: str) -> str | None:
    """The word of command that a text is, alone; None for any other text."""
    return _TYPED.get(fold(text.strip()))


def unreadable(text: str) -> Unclear | None:
    """Why a line cannot be kept, where some of its letters were not read."""
    if _UNREADABLE not in text:
        return None
    return unclear("cette ligne n’est pas écrite en UTF-8", "enregistrez ce fichier en UTF-8")


LISTED = f"{quoted(LIST)} les donne toutes"


def unclear(told: str, help: str) -> Unclear:
    """What was not understood, as sentences."""
    return Unclear(sentence(spaced(told)), sentence(spaced(help)) if help else "")


def answer(base: Base, id: str, text: str) -> Answered | Unclear:
    """The answer that a text gives to a question: its number in the list, its id, its wording, or the number itself."""
    question = base.logic.questions[id]
    text = text.strip().strip("\"'")
    if fold(text) in (UNKNOWN, fold(UNKNOWN_TEXT), "je_ne_sais_pas") or (text == "0" and takes_zero(question)):
        return Answered(id, None)
    if not text:
        return unclear(f"il manque la réponse à {quoted(base.title('question', id))}", _wanted(question))
    if question.type == "nombre":
        return _number(question, text)
    if question.type == "plusieurs":
        return _ticked(base, question, text)
    if text.startswith("["):
        return unclear("cette question attend une seule réponse", _wanted(question))
    found = _option(base, question, text)
    return found if isinstance(found, Unclear) else Answered(id, found)


def takes_zero(question: Question) -> bool:
    """True where 0 says « je ne sais pas encore »: everywhere but where it may be the number itself."""
    low, high = question.bounds or (1, 1)
    return not low <= 0 <= high


def _number(question: Question, text: str) -> Answered | Unclear:
    number = whole_number(text)
    if number is None:
        return unclear(f"{_named(text)} n’est pas un nombre entier", _wanted(question))
    low, high = question.bounds or (number, number)
    if not low <= number <= high:
        return unclear(f"{number} n’est pas admis ici", _wanted(question))
    return Answered(question.id, number)


def _ticked(base: Base, question: Question, text: str) -> Answered | Unclear:
    if (label := _labelled(base, question.id, text)) is not None:
        return Answered(question.id, frozenset({label}))
    words = text.removeprefix("[").removesuffix("]").replace(",", " ").replace(";", " ").split()
    if [fold(word) for word in words] == [NONE] or "".join(text.split()) == "[]":
        return Answered(question.id, frozenset())
    if not words:
        return unclear(f"il manque la réponse à {quoted(base.title('question', question.id))}", _wanted(question))
    ticked: set[str] = set()
    for word in words:
        if word == "0" or fold(word) in (NONE, UNKNOWN):
            return unclear(f"{_named(word)} ne va pas avec d’autres réponses", _wanted(question))
        found = _option(base, question, word)
        if isinstance(found, Unclear):
            return found
        ticked.add(found)
    return Answered(question.id, frozenset(ticked))


def _option(base: Base, question: Question, text: str) -> str | Unclear:
    if (digits := text.rstrip(".)")).isdecimal():
        number = int(digits[:6])
        if 1 <= number <= len(question.answers):
            return question.answers[number - 1]
        return unclear(f"il n’y a pas de réponse {number}", _wanted(question))
    former = former_names(base.texts.values())[1].get(question.id, {})
    word = fold(text)
    if (found := next((id for id in question.answers if id == word), former.get(word))) is not None:
        return found
    if (label := _labelled(base, question.id, text)) is not None:
        return label
    if all(part.isdecimal() for part in text.replace(",", " ").split()):
        return unclear("cette question attend une seule réponse", _wanted(question))
    labels = base.entry("question", question.id).labels
    help = did_you_mean(text, (*question.answers, *COMMANDS, UNKNOWN), labels) or _wanted(question)
    return unclear(f"{_named(text)} n’est pas une réponse à {quoted(base.title('question', question.id))}", help)


def _labelled(base: Base, id: str, text: str) -> str | None:
    """The answer whose wording is the text, accents and case aside."""
    return next((a for a, label in base.entry("question", id).labels.items() if fold(label) == fold(text)), None)


def _named(text: str) -> str:
    """What was typed, cut where it is long."""
    return quoted(text if len(text) <= MOST_NAMED else f"{text[:MOST_NAMED].rstrip()}…")


def _wanted(question: Question) -> str:
    """What may be typed."""
    unknown = f"{'0' if takes_zero(question) else quoted(UNKNOWN)} si vous ne savez pas encore"
    if question.type == "nombre":
        low, high = question.bounds or (0, 0)
        return f"tapez un nombre de {low} à {high}, en chiffres, ou {unknown}"
    if question.type == "plusieurs":
        several = f"les numéros des réponses, de 1 à {len(question.answers)}, séparés par des espaces"
        return f"tapez {several}, ou {quoted(NONE)}, ou {unknown}"
    return f"tapez un numéro de 1 à {len(question.answers)}, ou {unknown}"
