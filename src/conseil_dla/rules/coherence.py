"""Is anything coherent left? Answers may break no rule one by one, and yet leave no way to complete the dossier.

Only the questions behind coherence rules matter, and they fall into groups that share no question; each group is
searched by trying values one question at a time, a branch being given up as soon as one rule is surely broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from conseil_dla.rules.model import Answers, Condition, Found, Incoherence, Is, Logic, Question, Ticks, Value, Within
from conseil_dla.rules.truth import Scope, atoms, questions_read, scopes_of, truth

MOST_TRIES = 50_000
"""Past this many tries a group is taken for coherent: refusing a dossier needs a proof."""
LARGEST_CULPRIT = 4
"""Offending sets are looked for up to this many answers; beyond, every answer of the group is named."""


@dataclass(frozen=True, slots=True)
class TriedCell:
    """Answers to one question that no condition tells apart."""

    value: Value
    """One of them, to stand for all."""
    scope: Scope
    """All of them: a class of answers, a set of ticked options among those that conditions read, a stretch."""

    def meets(self, scope: Scope) -> bool:
        """Could the question, with this scope, still have an answer in the cell?"""
        if scope.applies is False:
            return False
        if isinstance(self.value, int):
            return self.scope.low <= scope.high and scope.low <= self.scope.high
        if isinstance(self.value, frozenset):
            return (scope.ticked & self.scope.answers) <= self.value <= scope.answers
        return not self.scope.answers.isdisjoint(scope.answers)


def cells(logic: Logic, question: Question) -> tuple[TriedCell, ...]:
    """The cells of a question: everything that the base's conditions can tell apart, and no more.

    A number is cut at every threshold used; answers that always stand together are one; options that nothing reads
    are left aside.
    """
    known = _worked_out(logic)
    if question.id not in known.cells:
        known.cells[question.id] = _cells(question, known.named.get(question.id, []))
    return known.cells[question.id]


def _cells(question: Question, named: Sequence[Is | Ticks | Within]) -> tuple[TriedCell, ...]:
    if question.type == "nombre":
        return tuple(_stretches(question, [atom for atom in named if isinstance(atom, Within)]))
    if question.type == "plusieurs":
        read = frozenset().union(*(atom.options for atom in named if isinstance(atom, Ticks)))
        options = [option for option in question.answers if option in read]
        subsets = (frozenset(o for o, on in zip(options, ticks, strict=True) if on)
                   for ticks in product((False, True), repeat=len(options)))  # fmt: skip
        return tuple(TriedCell(ticked, Scope(True, frozenset(options), ticked)) for ticked in subsets)
    alike: dict[tuple[bool, ...], list[str]] = {}
    for answer in question.answers:
        alike.setdefault(tuple(answer in atom.answers for atom in named if isinstance(atom, Is)), []).append(answer)
    return tuple(TriedCell(group[0], Scope(True, frozenset(group))) for group in alike.values())


def _stretches(question: Question, named: list[Within]) -> Iterator[TriedCell]:
    low, high = question.bounds or (0, 0)
    cuts = {low, *(atom.low for atom in named if atom.low is not None)}
    cuts |= {atom.high + 1 for atom in named if atom.high is not None}
    starts = sorted(cut for cut in cuts if low <= cut <= high)
    for start, after in zip(starts, [*starts[1:], high + 1], strict=True):
        yield TriedCell(start, Scope(True, low=start, high=after - 1))


def offending(logic: Logic, answers: Answers) -> tuple[str, ...]:
    """The smallest set of answered questions that leaves nothing coherent; empty when something is left.

    Of several sets of one size, the first by id is given, so that the same dossier always gets the same message.
    """
    for rules, questions in _worked_out(logic).groups:
        given = sorted(id for id in questions if id in answers)
        if completable(logic, rules, questions, {id: answers[id] for id in given}):
            continue
        for size in range(1, min(LARGEST_CULPRIT, len(given)) + 1):
            for some in combinations(given, size):
                if not completable(logic, rules, questions, {id: answers[id] for id in some}):
                    return some
        return tuple(given)
    return ()


def with_conditions_of_asking(logic: Logic, questions: Iterable[str]) -> tuple[str, ...]:
    """The questions and those that their ``posee_si`` reads, in file order."""
    seen: set[str] = set()
    waiting = list(questions)
    while waiting:
        id = waiting.pop()
        if id not in seen:
            seen.add(id)
            asked_if = logic.questions[id].asked_if
            waiting.extend(questions_read(asked_if) if asked_if else ())
    return tuple(id for id in logic.questions if id in seen)


def groups(logic: Logic) -> Iterator[tuple[list[Incoherence], tuple[str, ...]]]:
    """Coherence rules that share a question, directly or through ``posee_si``, with all their questions."""
    found: list[tuple[list[Incoherence], set[str]]] = []
    for rule in logic.incoherences:
        rules, questions = [rule], set(with_conditions_of_asking(logic, questions_read(rule.never)))
        apart = []
        for other in found:
            if other[1] & questions:
                rules, questions = other[0] + rules, other[1] | questions
            else:
                apart.append(other)
        found = [*apart, (rules, questions)]
    for rules, questions in found:
        yield rules, with_conditions_of_asking(logic, questions)


def completable(logic: Logic, rules: list[Incoherence], questions: tuple[str, ...], answers: Answers) -> bool:
    """Is there a way to answer the other questions of a group without breaking any of its rules?"""
    inside = Logic({id: logic.questions[id] for id in questions}, ())
    tries = 0

    def search(known: Mapping[str, Value], unknown: tuple[str, ...]) -> bool:
        nonlocal tries
        tries += 1
        if tries > MOST_TRIES:
            return True
        scopes = scopes_of(inside, known)
        states = [truth(rule.never, scopes, {}) for rule in rules]
        if True in states:
            return False
        if None not in states or not unknown:
            return True
        first, *rest = unknown
        return any(search({**known, first: cell.value}, tuple(rest)) for cell in cells(logic, logic.questions[first]))

    return search(answers, tuple(id for id in questions if id not in answers))


class _WorkedOut:
    """What of a base every dossier is held against."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self.groups = tuple(groups(logic))
        self.named: dict[str, list[Is | Ticks | Within]] = {}
        """What conditions ask of each question."""
        for condition in every_condition(logic):
            for atom in atoms(condition):
                if not isinstance(atom, Found):
                    self.named.setdefault(atom.question, []).append(atom)
        self.cells: dict[str, tuple[TriedCell, ...]] = {}


_LATEST: list[_WorkedOut] = []
"""Of the few bases that are in use at once: a base is frozen, and too large to be a key."""
MOST_KEPT = 4


def _worked_out(logic: Logic) -> _WorkedOut:
    found = next((each for each in _LATEST if each.logic is logic), None)
    if found is None:
        found = _WorkedOut(logic)
        _LATEST.insert(0, found)
        del _LATEST[MOST_KEPT:]
    return found


def every_condition(logic: Logic) -> Iterator[Condition]:
    """Every condition of a base, of whatever item."""
    return (condition for _, _, condition in named_conditions(logic))


def named_conditions(logic: Logic) -> Iterator[tuple[tuple[str, str], str, Condition]]:
    """The same after the kind and id of their item, and the key that they stand under."""
    yield from ((("regle", rule.id), "quand", rule.condition) for rule in logic.rules)
    yield from ((("coherence", incoherence.id), "jamais", incoherence.never) for incoherence in logic.incoherences)
    yield from ((("question", id), "posee_si", q.asked_if) for id, q in logic.questions.items() if q.asked_if)
    yield from ((("facteur", id), "present_si", factor.present_if) for id, factor in logic.factors.items())
    yield from (((kind, id), "deja_prevu_si", foreseen_if) for kind, id, foreseen_if in logic.foreseen)
    yield from ((("posture", id), "hors_note_si", p.off_note_if) for id, p in logic.postures.items() if p.off_note_if)
    yield from ((("tension", tension.id), "quand", pole) for tension in logic.tensions for pole in tension.poles)
