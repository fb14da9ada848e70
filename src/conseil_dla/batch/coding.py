"""From the answers of a line of a batch to the codes that ``Columns`` reads, as fast as a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from conseil_dla.batch.bit_columns import MISSING, Columns, cell_number
from conseil_dla.batch.objects import node_of
from conseil_dla.rules.answertext import answer_value, former_names
from conseil_dla.rules.model import Base

MOST_KEPT = 5_000
"""Written answers of one question whose code is kept."""


class Codes:
    """Codes of answers as they are written, each worked out once."""

    def __init__(self, base: Base, columns: Columns) -> None:
        self._base, self._columns = base, columns
        _, self._former_answers = former_names(base.texts.values())
        self._ids = tuple(base.logic.questions)
        self._known_ids = frozenset(self._ids)
        self._several = tuple(id for id, q in base.logic.questions.items() if q.type == "plusieurs")
        self._numbers = tuple(id for id, q in base.logic.questions.items() if q.type == "nombre")
        self._codes = tuple(_Kept(partial(self._code, id)) for id in self._ids)

    def row(self, answers: Mapping[str, object]) -> bytes | None:
        """One code a question; None where something is not plain, which the exact reader will tell.

        A question under a former name, an empty value, a number that is none: all that is rare is left to the reader.
        """
        if not answers.keys() <= self._known_ids or None in answers.values():
            return None
        plain = dict(answers)
        for id in self._several:
            if type(ticked := plain.get(id)) is list:
                plain[id] = tuple(ticked)
        for id in self._numbers:
            if type(plain.get(id, "")) not in (int, str):  # true is 1 and 3.0 is 3 for a dictionary, not for a reader
                return None
        try:
            return bytes([codes[answer] for codes, answer in zip(self._codes, map(plain.get, self._ids), strict=True)])
        except (TypeError, ValueError):
            return None

    def _code(self, id: str, answer: object) -> int:
        """The code of an answer met for the first time, a list as a tuple. Raises ``ValueError`` where it is none."""
        question = self._base.logic.questions[id]
        labels = self._base.entry("question", id).labels
        node = node_of(list(answer) if isinstance(answer, tuple) else answer)
        value, mistakes = answer_value(question, node, labels, self._former_answers.get(id))
        if mistakes:
            raise ValueError
        return MISSING if value is None else cell_number(question, self._columns.cells[id], value)


class _Kept(dict[object, int]):
    """Codes by answer, none included; one that is not there yet is worked out."""

    def __init__(self, code: Callable[[object], int]) -> None:
        super().__init__({None: MISSING})
        self._code = code

    def __missing__(self, answer: object) -> int:
        code = self._code(answer)
        if len(self) < MOST_KEPT:
            self[answer] = code
        return code
