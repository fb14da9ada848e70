"""A cell of a table made into an answer, as a line of a .jsonl would give it.

What is not understood is handed on as it stands: the check that every dossier goes through refuses it in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from conseil_dla.dossiers.table_names import NONE_KEYS, UNKNOWN_KEYS, answer_names, key, named
from conseil_dla.ground.words import FORMULA_START
from conseil_dla.rules.answertext import NOT_APPLICABLE_WORD, UNKNOWN, whole_number
from conseil_dla.rules.model import Base

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
