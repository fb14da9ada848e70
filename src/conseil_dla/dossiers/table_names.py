"""The names by which a table of dossiers calls questions and answers: their ids, or their wordings.

Wordings are compared without case, accents, kinds of space and of apostrophe. One that could name two things names
neither; an id always names its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from conseil_dla.ground.words import fold
from conseil_dla.rules.answertext import UNKNOWN, former_names
from conseil_dla.rules.model import Base

GUIDE = "Réponses possibles"
"""The sheet of an empty table that explains: nothing of it is read."""
TITLE = "titre"
"""The column of titles."""
ASIDE = "#"
"""A column whose name begins so is left aside."""
UNKNOWN_WORDING = "Je ne sais pas encore"
"""What an empty table proposes; the other ways to say it are read too."""
NONE_WORDING = "Aucune de ces réponses"
"""An empty list, for a ``plusieurs``: an answer, unlike an empty cell."""
NAMELESS = "colonne {} sans nom"
"""What a filled cell under no name is called, by the letters of its column."""
_NAMELESS = re.compile(NAMELESS.format("([A-Z]+)"))
_AROUND_SIGN = re.compile(r"_*([?!:;.,()])_*")


def key(text: str) -> str:
    """What two spellings of one name have in common."""
    return _AROUND_SIGN.sub(r"\1", fold(text))


def nameless(question: str) -> str | None:
    """The letters of the column, where what stands for a question is a column that has no name."""
    found = _NAMELESS.fullmatch(question)
    return found[1] if found else None


UNKNOWN_KEYS = frozenset(
    key(said)
    for said in (UNKNOWN, UNKNOWN_WORDING, "ne sait pas encore", "on ne sait pas encore", "je ne sais pas",
                 "ne sait pas", "on ne sait pas")
)  # fmt: skip
NONE_KEYS = frozenset(key(said) for said in ("aucune", "aucun", NONE_WORDING, "[]"))


def column_names(base: Base) -> Mapping[str, str]:
    """By key of a name: the question that it designates, or ``TITLE`` itself."""
    questions = base.logic.questions
    entries = {id: base.entry("question", id) for id in questions}
    said = [(entry.title, id) for id, entry in entries.items()]
    said += [(entry.texts["libelle"], id) for id, entry in entries.items() if "libelle" in entry.texts]
    former, _ = former_names(base.texts.values())
    return _names(said, former, questions) | {TITLE: TITLE}


def answer_names(base: Base, question: str) -> Mapping[str, str]:
    """By key of a name: the answer of that question that it designates."""
    entry = base.entry("question", question)
    _, former = former_names((entry,))
    answers = base.logic.questions[question].answers
    said = [(label, id) for id, label in entry.labels.items() if id in answers]
    return _names(said, former.get(question, {}), answers)


def structure_columns(base: Base) -> Mapping[str, str]:
    """By key of a name: the column of the table of structures that it designates."""
    columns = base.logic.columns
    return _names(((base.title("colonne", id), id) for id in columns), {}, columns)


def cell_names(base: Base, column: str) -> Mapping[str, str]:
    """By key of a name: the answer that it designates in a column of the table of structures."""
    answers = base.logic.columns[column].answers
    labels = base.entry("colonne", column).labels
    return _names(((label, id) for id, label in labels.items() if id in answers), {}, answers)


def named(names: Mapping[str, str], text: str) -> str | None:
    """What a text designates; None when nothing, or several things."""
    return names.get(text.strip()) or names.get(key(text))


def _names(said: Iterable[tuple[str, str]], former: Mapping[str, str], ids: Iterable[str]) -> dict[str, str]:
    """Wordings give way to former ids, and these to those of today."""
    meant: dict[str, set[str]] = {}
    for name, id in said:
        if key(name):
            meant.setdefault(key(name), set()).add(id)
    wordings = {name: next(iter(which)) for name, which in meant.items() if len(which) == 1}
    own = {id: id for id in ids}
    return wordings | dict(former) | {key(id): id for id in own} | own


def letters(index: int) -> str:
    """The name that a spreadsheet gives to a column, counted from 0: A, B… Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
