"""From the answers of a line of a batch to the codes that ``Columns`` reads, as fast as a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from conseil_dla.answertext import answer_value, former_names
from conseil_dla.dossiers.objects import node_of
from conseil_dla.inference.columns import MISSING, Columns, cell_number
from conseil_dla.model import Base

MOST_KEPT = 5_000
"""Written answers of one question whose code is kept."""


class Codes:
    """Codes of answers as they are written, each worked out once."""

    def __init__(self, base: Base, columns: Columns) -> None:
        self._base, self._columns = base, columns
        _, self._former_answers = former_names(base.texts.values())
        self._table = {id: (number, _Known(partial(self._code, id))) for number, id in enumerate(base.logic.questions)}
        self._several = frozenset(id for id, q in base.logic.questions.items() if q.type == "plusieurs")
        self._blank = bytes([MISSING]) * len(self._table)

    def row(self, answers: Mapping[str, object]) -> bytes | None:
        """One code a question; None where something is not plain, which the exact reader will tell."""
        row, table = bytearray(self._blank), self._table
        try:
            for id, answer in answers.items():
                number, codes = table[id]
                row[number] = codes[answer if type(answer) is str else self._key(id, answer)]
        except (KeyError, TypeError, ValueError):
            return None
        return bytes(row)

    def _key(self, id: str, answer: object) -> object:
        """What stands for an answer that is no text. Raises ``ValueError`` where it cannot be one.

        ``true`` is 1 and 3.0 is 3 for a dictionary, but not for a reader.
        """
        if type(answer) is list and id in self._several:
            return tuple(answer)
        if type(answer) is int:
            return answer
        raise ValueError

    def _code(self, id: str, written: object) -> int:
        """The code of an answer met for the first time. Raises ``ValueError`` where it is no answer."""
        question = self._base.logic.questions[id]
        labels = self._base.entry("question", id).labels
        node = node_of(list(written) if isinstance(written, tuple) else written)
        value, mistakes = answer_value(question, node, labels, self._former_answers.get(id))
        if mistakes:
            raise ValueError
        return MISSING if value is None else cell_number(question, self._columns.cells[id], value)


class _Known(dict[object, int]):
    """Codes by answer; one that is not there yet is worked out."""

    def __init__(self, code: Callable[[object], int]) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, written: object) -> int:
        code = self._code(written)
        if len(self) < MOST_KEPT:
            self[written] = code
        return code
