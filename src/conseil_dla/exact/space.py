"""The space of dossiers: every question cut into cells, as finely as the base can tell answers apart and no finer.

And who reads what, who concludes what.

A question that does not apply (*sans objet*) keeps a cell all the same, which nothing reads: whatever reads a question
also asks whether it applies. So every coherent completion of a dossier is met, and no outcome that is not one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from conseil_dla.exact.diagram import MOST_NODES, Diagrams
from conseil_dla.rules import truth
from conseil_dla.rules.coherence import every_condition
from conseil_dla.rules.model import (
    Answers,
    Atom,
    Condition,
    Effect,
    Found,
    Is,
    Logic,
    Push,
    Question,
    Rule,
    Ticks,
    Value,
    Within,
)
from conseil_dla.rules.truth import atoms, questions_read

Key = TypeVar("Key")
Cube = tuple[tuple[int, ...], ...]
"""For every level, the cells still allowed: a set of dossiers."""
ORDINARY_SHARE = 0.8
"""The prior of the next question: how often a question that declares ordinary answers is taken to get one."""


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """Answers to one question that nothing tells apart."""

    value: Value
    """One of them, to stand for all."""
    names: tuple[str, ...]
    """Ids of the answers; for a ``plusieurs``, every option that may be ticked in it; a stretch ``low..high``."""
    ordinary: bool
    """True also when the question declares no ordinary answer: then every answer is."""
    weight: float
    """Share of the question's prior, between 0 and 1."""


def always_and_ever(cells: Iterable[int]) -> tuple[int, int]:
    """Of sets of classes, as the cells of a ``plusieurs`` are: the classes ticked in all of them, and in some."""
    always, ever = -1, 0
    for cell in cells:
        always, ever = always & cell, ever | cell
    return always, ever


class Space:
    """The levels of a base, and the cells of each. Holds no state of any dossier.

    ``beside`` are other logics over the same questions, whose conditions cut cells too: two versions of the rules
    compared, say. ``by_axis`` keeps together the questions of each axis, which has its own: whatever many rules make of
    both is then hardly larger than each.
    """

    def __init__(self, logic: Logic, beside: Sequence[Logic] = (), *, by_axis: bool = False) -> None:
        self.logic = logic
        self._classes: dict[str, tuple[tuple[str, ...], ...]] = {}
        read: dict[str, list[Atom]] = {id: [] for id in logic.questions}
        for condition in (condition for each in (logic, *beside) for condition in every_condition(each)):
            for atom in atoms(condition):
                if not isinstance(atom, Found) and atom.question in read:
                    read[atom.question].append(atom)
        self.order = _by_axis(logic, _order(logic)) if by_axis else _order(logic)
        self.level: Mapping[str, int] = {id: level for level, id in enumerate(self.order)}
        self.cells = tuple(_weighted(self._cells(logic.questions[id], read[id])) for id in self.order)
        self._by_name = {
            (id, name): index
            for id, cells in zip(self.order, self.cells, strict=True)
            for index, cell in enumerate(cells)
            for name in cell.names
        }
        self._everything: Cube = tuple(tuple(range(len(cells))) for cells in self.cells)
        self._ordinary: Cube = tuple(tuple(n for n, cell in enumerate(cells) if cell.ordinary) for cells in self.cells)

    def cube(self, answers: Answers, *, ordinary: bool = False) -> Cube:
        """The dossiers that keep the known answers; with ``ordinary``, unknown questions take ordinary answers."""
        cells = list(self._ordinary if ordinary else self._everything)
        for id, value in answers.items():
            cells[self.level[id]] = (self.cell_of(id, value),)
        return tuple(cells)

    def cells_of(self, question: str) -> tuple[AnswerCell, ...]:
        """The cells of a question, by index."""
        return self.cells[self.level[question]]

    def cell_of(self, question: str, value: Value) -> int:
        """Index of the cell that holds an answer."""
        if isinstance(value, frozenset):
            classes = self._classes[question]
            return sum(1 << n for n, options in enumerate(classes) if not value.isdisjoint(options))
        if isinstance(value, str):
            return self._by_name[question, value]
        for index, cell in enumerate(self.cells_of(question)):
            low, high = cell.names[0].split("..")
            if int(low) <= value <= int(high):
                return index
        raise KeyError(f"{question}: {value}")

    def classes(self, question: str) -> tuple[tuple[str, ...], ...]:
        """Options of a ``plusieurs`` that nothing tells apart; bit n of a cell's index says that one of class n is."""
        return self._classes[question]

    def _cells(self, question: Question, read: list[Atom]) -> list[AnswerCell]:
        usual = question.ordinary
        if question.type == "nombre":
            return list(_stretches(question, [atom for atom in read if isinstance(atom, Within)]))
        if question.type == "plusieurs":
            ticks = [atom.options for atom in read if isinstance(atom, Ticks)]
            alike = _alike(question, ticks, keep_unread=False)
            self._classes[question.id] = alike
            cells = []
            for bits in product((False, True), repeat=len(alike)):
                on = [options for options, bit in zip(alike, reversed(bits), strict=True) if bit]
                value = frozenset(options[0] for options in on)
                names = tuple(id for options in on for id in options)
                cells.append(AnswerCell(value, names, usual is None or usual.has(value), 1.0))
            return cells
        groups = _alike(question, [atom.answers for atom in read if isinstance(atom, Is)], keep_unread=True)
        return [AnswerCell(ids[0], ids, usual is None or usual.has(ids[0]), float(len(ids))) for ids in groups]


@dataclass(frozen=True, slots=True)
class Ground:
    """What diagrams stand on: levels, cells, and the nodes made so far."""

    space: Space
    diagrams: Diagrams

    @classmethod
    def of(cls, space: Space, most: int = MOST_NODES) -> Ground:
        """The bare ground of a space."""
        return cls(space, Diagrams([len(cells) for cells in space.cells], most))


def _alike(question: Question, named: list[frozenset[str]], keep_unread: bool) -> tuple[tuple[str, ...], ...]:
    """Answers (or options) that always stand together, in file order."""
    usual = question.ordinary.answers if question.ordinary else frozenset()
    groups: dict[tuple[bool, ...], list[str]] = {}
    for id in question.answers:
        signs = tuple(id in ids for ids in named)
        if keep_unread or any(signs):
            groups.setdefault((id in usual, *signs), []).append(id)
    return tuple(tuple(ids) for ids in groups.values())


def _stretches(question: Question, named: list[Within]) -> Iterator[AnswerCell]:
    low, high = question.bounds or (0, 0)
    usual = question.ordinary
    ends = [(atom.low, atom.high) for atom in named] + ([(usual.low, usual.high)] if usual else [])
    cuts = {low, *(start for start, _ in ends if start is not None)}
    cuts |= {end + 1 for _, end in ends if end is not None}
    starts = sorted(cut for cut in cuts if low <= cut <= high)
    for start, after in zip(starts, [*starts[1:], high + 1], strict=True):
        yield AnswerCell(start, (f"{start}..{after - 1}",), usual is None or usual.has(start), float(after - start))


def _weighted(cells: list[AnswerCell]) -> tuple[AnswerCell, ...]:
    """Weights that add up to 1, ordinary answers favoured where the question has both kinds."""
    totals = {kind: sum(cell.weight for cell in cells if cell.ordinary is kind) for kind in (True, False)}
    shares = {True: ORDINARY_SHARE, False: 1 - ORDINARY_SHARE} if all(totals.values()) else {True: 1.0, False: 1.0}
    return tuple(
        AnswerCell(c.value, c.names, c.ordinary, shares[c.ordinary] * c.weight / totals[c.ordinary]) for c in cells
    )


def _order(logic: Logic) -> tuple[str, ...]:
    """Levels from the top: the question that most conditions read, then each next to those that share conditions.

    Below one answer to the question that everything turns on, little is left; what decides whether it applies stands
    above it. On the shipped base this makes half the nodes of an order that leaves them in the middle. For the others,
    short distances keep diagrams small (F. Aloul, I. Markov, K. Sakallah, "FORCE", 2003): every question moves to the
    middle of its conditions, again and again, and the shortest total length seen is kept. Ties go by id, so that the
    order of files changes nothing.
    """
    read = [tuple(sorted(questions_read(condition))) for condition in every_condition(logic)]
    edges = read + [(id, *sorted(questions_read(q.asked_if))) for id, q in logic.questions.items() if q.asked_if]
    edges = sorted(edge for edge in edges if len(edge) > 1)
    order = sorted(logic.questions)
    best, shortest = order, _length(order, edges)
    for _ in range(50):
        place = {id: float(n) for n, id in enumerate(order)}
        centres: dict[str, list[float]] = {id: [] for id in order}
        for edge in edges:
            centre = sum(place[id] for id in edge) / len(edge)
            for id in edge:
                centres[id].append(centre)
        order = sorted(order, key=lambda id: (sum(c) / len(c) if (c := centres[id]) else place[id], id))
        if (length := _length(order, edges)) < shortest:
            best, shortest = order, length
    times = Counter(id for questions in read for id in questions)
    if not best:
        return ()
    hub = max(best, key=lambda id: (times[id], id))
    asked_if = logic.questions[hub].asked_if
    first = (*sorted(questions_read(asked_if) if asked_if else ()), hub)
    return (*first, *(id for id in best if id not in first))


def _by_axis(logic: Logic, order: Sequence[str]) -> tuple[str, ...]:
    """The same order axis by axis, what bears on none last; what is on top stays there."""
    axis_of: dict[str, int] = {}
    for rank, axis in enumerate(logic.axes):
        pushing = (r.condition for r in logic.rules if any(isinstance(e, Push) and e.axis == axis for e in r.effects))
        for id in questions_behind(logic, pushing):
            axis_of.setdefault(id, rank)
    return (*order[:1], *sorted(order[1:], key=lambda id: axis_of.get(id, len(logic.axes))))


def _length(order: list[str], edges: list[tuple[str, ...]]) -> float:
    place = {id: n for n, id in enumerate(order)}
    return sum(max(place[id] for id in edge) - min(place[id] for id in edge) for edge in edges)


# --- who reads, who concludes -----------------------------------------------------------------------------------------


def questions_behind(logic: Logic, conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Questions that the conditions read, in file order."""
    behind = truth.questions_behind(logic, conditions)
    return tuple(id for id in logic.questions if id in behind)


def by_conclusion(logic: Logic, named: Callable[[Effect], Key | None]) -> Mapping[Key, tuple[Rule, ...]]:
    """Rules by what they conclude, in the order of rules."""
    found: dict[Key, list[Rule]] = {}
    for rule in logic.rules:
        names = dict.fromkeys(name for name in map(named, rule.effects) if name is not None)
        for name in names:
            found.setdefault(name, []).append(rule)
    return {name: tuple(rules) for name, rules in found.items()}
