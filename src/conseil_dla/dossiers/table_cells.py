"""How a table of dossiers is understood: the names by which it calls questions and answers, and each cell as an answer.

Wordings are compared without case, accents, kinds of space and of apostrophe. One that could name two things names
neither; an id always names its own. What is not understood is handed on as it stands: the check that every dossier goes
through refuses it in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from conseil_dla.ground.words import FORMULA_START, fold
from conseil_dla.rules.answertext import NOT_APPLICABLE_WORD, UNKNOWN, former_names, whole_number
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


Answer = str | int | list[str]
BETWEEN = ";"
"""Between the answers of a ``plusieurs``."""
OTHERS_BETWEEN = re.compile(r"[,/|\r\n]")
"""What one writes there as well."""
MOST_REMEMBERED = 5_000
"""Different cells of one column whose meaning is kept at hand."""
LONGEST_REMEMBERED = 500
"""Letters of one of them."""
_NOTHING_AFTER = re.compile(r"[.,]0+$")


def unguarded(text: str) -> str:
    """The text without spaces around it, nor the apostrophe that keeps a spreadsheet from running it."""
    text = text.strip()
    return text[1:] if text[:1] == "'" and FORMULA_START.match(text[1:]) else text


def number_in(text: str) -> int | None:
    """The whole number that a cell holds, « 3,0 » included; None for anything else."""
    return whole_number(_NOTHING_AFTER.sub("", text))


@dataclass(slots=True)
class Cells:
    """What the cells of one column say. Most of them say what others said: their meaning is remembered."""

    type: str
    names: Mapping[str, str]
    _read: dict[str, Answer] = field(default_factory=dict)

    def answer(self, text: str) -> Answer | None:
        """The answer of one cell; None for one that holds nothing."""
        known = self._read.get(text)
        if known is None:
            bare = unguarded(text)
            if not bare:
                return None
            known = self._understood(bare)
            if len(self._read) < MOST_REMEMBERED and len(text) <= LONGEST_REMEMBERED:
                self._read[text] = known
        return list(known) if isinstance(known, list) else known

    def _understood(self, text: str) -> Answer:
        if (id := named(self.names, text)) is not None:
            return [id] if self.type == "plusieurs" else id
        word = key(text)
        if word in UNKNOWN_KEYS:
            return UNKNOWN
        if word == NOT_APPLICABLE_WORD:
            return NOT_APPLICABLE_WORD
        if self.type == "nombre":
            number = number_in(text)
            return text if number is None else number
        if self.type == "plusieurs":
            return [] if word in NONE_KEYS else self._ticked(text)
        return text

    def _ticked(self, text: str) -> list[str]:
        """The answers of a list; the longest run of parts first, since a wording may hold the sign between them."""
        parts = text.split(BETWEEN)
        longest = 1 + max((name.count(BETWEEN) for name in self.names), default=0)
        ticked: list[str] = []
        start = 0
        while start < len(parts):
            ends = range(min(len(parts), start + longest), start, -1)
            runs = ((end, named(self.names, BETWEEN.join(parts[start:end]))) for end in ends)
            end, id = next(((end, id) for end, id in runs if id is not None), (start + 1, None))
            if id is not None:
                ticked.append(id)
            elif part := parts[start].strip():
                ticked += self._by_other_signs(part)
            start = end
        return ticked or [text]

    def _by_other_signs(self, text: str) -> list[str]:
        """The parts of a text that other signs separate, where one of them at least is a known answer."""
        parts = [part.strip() for part in OTHERS_BETWEEN.split(text) if part.strip()]
        ids = [named(self.names, part) for part in parts]
        return [id or part for id, part in zip(ids, parts, strict=True)] if any(ids) else [text]


def cells_of(base: Base, question: str) -> Cells:
    """How the column of a question is read."""
    return Cells(base.logic.questions[question].type, answer_names(base, question))
