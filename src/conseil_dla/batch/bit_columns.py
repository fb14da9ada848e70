"""Many complete dossiers at once: each condition is one whole number with a bit for each dossier.

A dossier is a row of codes, one for each question: the number of the answer's cell (``exact.space``), or ``MISSING``. A
column of codes becomes a number whose bits say of which dossiers an atom holds; conditions are then ``&`` and ``|`` of
such numbers, some tens of nanoseconds for a thousand dossiers. Two-valued: what is said of a dossier counts only where
no question that applies is missing, which ``Columns`` tells too.

Bits stand in the order of rows, the first row at the highest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from conseil_dla.batch.objects import node_of
from conseil_dla.exact.space import AnswerCell, Space
from conseil_dla.exact.sweep import Bits
from conseil_dla.rules.answertext import answer_value, former_names
from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    AtLeast,
    Base,
    Conclude,
    Condition,
    Found,
    Is,
    NoneOf,
    Ticks,
    Value,
    Within,
)

T = TypeVar("T")
MISSING = 255
"""The code of a question without a known answer."""
MOST_CELLS = 250
"""A code is one byte."""

Atom = Is | Ticks | Within
"""An atom over answers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on bits that earlier steps give."""

    sort: str
    """``known``, ``all``, ``any``, ``none`` or ``several``."""
    parts: tuple[int, ...] = ()
    """Earlier steps, by number."""
    question: int = 0
    """Number of the question whose codes are looked at (``known``)."""
    table: bytes = b""
    """For each code, ``1`` where it holds, else ``0`` (``known``)."""
    count: int = 0
    """How many of the parts must hold (``several``)."""


class Columns:
    """The conditions of a base, ready to be looked at for many dossiers at once.

    Raises ``OverflowError`` when a question has more than ``MOST_CELLS`` cells: such a base is read dossier by dossier.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.logic = logic = space.logic
        self._number = {id: number for number, id in enumerate(logic.questions)}
        if any(len(cells) > MOST_CELLS for cells in space.cells):
            raise OverflowError
        self._steps: list[Step] = []
        self._known: dict[Step, int] = {}
        self._conditions: dict[Condition, int] = {}
        self._concluding: dict[str, list[Condition]] = {}
        for rule in logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Conclude):
                    self._concluding.setdefault(effect.finding, []).append(rule.condition)

    def step(self, condition: Condition) -> int:
        """The step that tells where a condition holds."""
        if condition not in self._conditions:
            self._conditions[condition] = self.add(self._compiled(condition))
        return self._conditions[condition]

    def applies(self, question: str) -> int:
        """The step that tells where a question applies."""
        asked_if = self.logic.questions[question].asked_if
        return self.add(Step("all")) if asked_if is None else self.step(asked_if)

    def answered(self, question: str) -> int:
        """The step that tells where an answer is given, whether or not the question applies."""
        return self._coded(question, lambda code: code != MISSING)

    def given(self, atom: Atom) -> int:
        """The step that tells where an answer is given in which the atom holds, whether or not its question applies."""
        cells = self.space.cells_of(atom.question)
        return self._coded(atom.question, lambda code: code < len(cells) and _holds(atom, cells[code]))

    def in_cell(self, question: str, cell: int) -> int:
        """The step that tells where the answer is in a cell."""
        return self._coded(question, lambda code: code == cell)

    def _coded(self, question: str, chosen: Callable[[int], bool]) -> int:
        table = bytes(ord("1") if chosen(code) else ord("0") for code in range(256))
        return self.add(Step("known", question=self._number[question], table=table))

    def not_applicable(self, question: str) -> int:
        """The step that tells where a question does not apply."""
        return self.add(Step("none", (self.applies(question),)))

    def ignored(self, question: str) -> int:
        """The step that tells where an answer is given to a question that does not apply."""
        return self.add(Step("all", (self.not_applicable(question), self.answered(question))))

    def missing(self, question: str) -> int:
        """The step that tells where a question applies and has no known answer."""
        unanswered = self.add(Step("none", (self.answered(question),)))
        return self.add(Step("all", (self.applies(question), unanswered)))

    def run(self, rows: Sequence[bytes]) -> list[Bits]:
        """What every step gives for these dossiers, in the order of steps."""
        if not rows:
            return [0] * len(self._steps)
        width, joined = len(self._number), b"".join(rows)
        codes = [joined[question::width] for question in range(width)]
        full = (1 << len(rows)) - 1
        found: list[Bits] = []
        for step in self._steps:
            found.append(_run(step, codes, found, full))
        return found

    def add(self, step: Step) -> int:
        """One more step, or the number of the same one."""
        if step not in self._known:
            self._known[step] = len(self._steps)
            self._steps.append(step)
        return self._known[step]

    def _compiled(self, condition: Condition) -> Step:
        match condition:
            case Found(finding):
                return Step("any", self._all_of(self._concluding.get(finding, ())))
            case AllOf(parts):
                return Step("all", self._all_of(parts))
            case AnyOf(parts):
                return Step("any", self._all_of(parts))
            case NoneOf(parts):
                return Step("none", self._all_of(parts))
            case AtLeast(count, parts):
                return Step("several", self._all_of(parts), count=count)
            case Is() | Ticks() | Within():
                return Step("all", (self.applies(condition.question), self.given(condition)))

    def _all_of(self, conditions: Sequence[Condition]) -> tuple[int, ...]:
        return tuple(self.step(condition) for condition in conditions)


def _holds(atom: Atom, cell: AnswerCell) -> bool:
    """Cells are what conditions tell apart: an atom holds of the whole of one, or of nothing in it."""
    match atom:
        case Is(_, answers):
            return cell.value in answers
        case Ticks(_, options):
            return isinstance(cell.value, frozenset) and not options.isdisjoint(cell.value)
        case Within(_, low, high):
            value = cell.value
            return isinstance(value, int) and (low is None or low <= value) and (high is None or value <= high)


def _run(step: Step, codes: Sequence[bytes], found: Sequence[Bits], full: Bits) -> Bits:
    match step.sort:
        case "known":
            return int(codes[step.question].translate(step.table), 2)
        case "all":
            bits = full
            for part in step.parts:
                bits &= found[part]
            return bits
        case "any":
            bits = 0
            for part in step.parts:
                bits |= found[part]
            return bits
        case "none":
            bits = full
            for part in step.parts:
                bits &= ~found[part]
            return bits
        case _:
            return _several(step.count, [found[part] for part in step.parts], full)


def _several(count: int, parts: Sequence[Bits], full: Bits) -> Bits:
    """Where at least ``count`` of the parts hold: where so many hold among the first ones, one part at a time."""
    reached = [full, *[0] * count]
    for part in parts:
        for number in range(count, 0, -1):
            reached[number] |= reached[number - 1] & part
    return reached[count]


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
        self._codes = tuple(_Kept(partial(self._code, id), MISSING) for id in self._ids)
        self._values = {id: _Kept[Value | None](partial(self._value, id), None) for id in self._ids}

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

    def known(self, answers: Answers) -> bytes:
        """One code a question, of answers that are already values."""
        cell_of = self._columns.space.cell_of
        return bytes([cell_of(id, answers[id]) if id in answers else MISSING for id in self._ids])

    def values(self, answers: Mapping[str, object], ids: Iterable[str]) -> dict[str, Value]:
        """What some questions are answered, of answers that have a row."""
        found = {}
        for id in ids:
            answer = answers.get(id)
            value = self._values[id][tuple(answer) if type(answer) is list else answer]
            if value is not None:
                found[id] = value
        return found

    def _code(self, id: str, answer: object) -> int:
        """The code of an answer met for the first time, a list as a tuple. Raises ``ValueError`` where it is none."""
        value = self._value(id, answer)
        return MISSING if value is None else self._columns.space.cell_of(id, value)

    def _value(self, id: str, answer: object) -> Value | None:
        question = self._base.logic.questions[id]
        labels = self._base.entry("question", id).labels
        node = node_of(list(answer) if isinstance(answer, tuple) else answer)
        value, mistakes = answer_value(question, node, labels, self._former_answers.get(id))
        if mistakes:
            raise ValueError
        return value


class _Kept(dict[object, T]):
    """What is made of an answer, none included; one that is not there yet is worked out."""

    def __init__(self, made: Callable[[object], T], none: T) -> None:
        super().__init__({None: none})
        self._made = made

    def __missing__(self, answer: object) -> T:
        made = self._made(answer)
        if len(self) < MOST_KEPT:
            self[answer] = made
        return made
