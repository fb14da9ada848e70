"""From the answers of a line of a batch to the codes that ``Columns`` reads, as fast as a dictionary."""

from __future__ import annotations

from collections.abc import Mapping

from conseil_dla.answertext import UNKNOWN, answer_value, former_names
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
        self._known: dict[str, dict[object, int]] = {id: {UNKNOWN: MISSING} for id in base.logic.questions}
        self._place = {id: number for number, id in enumerate(base.logic.questions)}
        self._several = frozenset(id for id, q in base.logic.questions.items() if q.type == "plusieurs")
        self._blank = bytes([MISSING]) * len(self._place)

    def row(self, answers: Mapping[str, object]) -> bytes | None:
        """One code a question; None where something is not plain, which the exact reader will tell."""
        row = bytearray(self._blank)
        places, known, several = self._place, self._known, self._several
        try:
            for id, answer in answers.items():
                key: object = answer
                # true is 1 and 3.0 is 3 for a dictionary, not for a reader
                if type(answer) is not str and type(answer) is not int:
                    key = tuple(answer) if type(answer) is list and id in several else None
                codes = known[id]
                row[places[id]] = codes[key] if key in codes else self._code(id, key)
        except (KeyError, TypeError, ValueError):
            return None
        return bytes(row)

    def _code(self, id: str, written: object) -> int:
        """The code of an answer met for the first time. Raises ``ValueError`` where it is no answer."""
        if written is None:
            raise ValueError
        question = self._base.logic.questions[id]
        labels = self._base.entry("question", id).labels
        node = node_of(list(written) if isinstance(written, tuple) else written)
        value, mistakes = answer_value(question, node, labels, self._former_answers.get(id))
        if mistakes:
            raise ValueError
        code = MISSING if value is None else cell_number(question, self._columns.cells[id], value)
        if len(self._known[id]) < MOST_KEPT:
            self._known[id][written] = code
        return code
