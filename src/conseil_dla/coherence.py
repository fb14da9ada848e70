"""Is anything coherent left? Answers may break no rule one by one, and yet leave no way to complete the dossier.

Only the questions behind coherence rules matter, and they fall into groups that share no question; each group is
searched by trying values one question at a time, a branch being given up as soon as one rule is surely broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from conseil_dla.model import Answers, Condition, Incoherence, Logic, Question, Value, Within
from conseil_dla.truth import atoms, questions_read, scopes_of, truth

MOST_TRIES = 50_000
"""Past this many tries a group is taken for coherent: refusing a dossier needs a proof."""
LARGEST_CULPRIT = 4
"""Offending sets are looked for up to this many answers; beyond, every answer of the group is named."""


def telling_values(logic: Logic, question: Question) -> tuple[Value, ...]:
    """Values that tell apart everything that conditions can tell apart: a number is cut at every threshold used."""
    if question.type == "plusieurs":
        return tuple(
            frozenset(option for option, on in zip(question.answers, ticks, strict=True) if on)
            for ticks in product((False, True), repeat=len(question.answers))
        )
    if question.type != "nombre":
        return question.answers
    low, high = question.bounds or (0, 0)
    cuts = {low}
    for condition in _every_condition(logic):
        for atom in atoms(condition):
            if isinstance(atom, Within) and atom.question == question.id:
                cuts |= {c for c in (atom.low, None if atom.high is None else atom.high + 1) if c is not None}
    return tuple(sorted(cut for cut in cuts if low <= cut <= high))


def offending(logic: Logic, answers: Answers) -> tuple[str, ...]:
    """The smallest set of answered questions that leaves nothing coherent; empty when something is left.

    Of several sets of one size, the first by id is given, so that the same dossier always gets the same message.
    """
    for rules, questions in _groups(logic):
        given = sorted(id for id in questions if id in answers)
        if _completable(logic, rules, questions, {id: answers[id] for id in given}):
            continue
        for size in range(1, min(LARGEST_CULPRIT, len(given)) + 1):
            for some in combinations(given, size):
                if not _completable(logic, rules, questions, {id: answers[id] for id in some}):
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


def _groups(logic: Logic) -> Iterator[tuple[list[Incoherence], tuple[str, ...]]]:
    """Coherence rules that share a question, directly or through ``posee_si``, with all their questions."""
    groups: list[tuple[list[Incoherence], set[str]]] = []
    for rule in logic.incoherences:
        rules, questions = [rule], set(with_conditions_of_asking(logic, questions_read(rule.never)))
        apart = []
        for other in groups:
            if other[1] & questions:
                rules, questions = other[0] + rules, other[1] | questions
            else:
                apart.append(other)
        groups = [*apart, (rules, questions)]
    for rules, questions in groups:
        yield rules, with_conditions_of_asking(logic, questions)


def _completable(logic: Logic, rules: list[Incoherence], questions: tuple[str, ...], answers: Answers) -> bool:
    inside = Logic({id: logic.questions[id] for id in questions}, ())
    values = {id: telling_values(logic, logic.questions[id]) for id in questions if id not in answers}
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
        return any(search({**known, first: value}, tuple(rest)) for value in values[first])

    return search(answers, tuple(values))


def _every_condition(logic: Logic) -> Iterator[Condition]:
    yield from (rule.condition for rule in logic.rules)
    yield from (incoherence.never for incoherence in logic.incoherences)
    yield from (question.asked_if for question in logic.questions.values() if question.asked_if)
    yield from (factor.present_if for factor in logic.factors.values())
    yield from (modality.foreseen_if for modality in logic.modalities.values() if modality.foreseen_if)
    yield from (posture.off_note_if for posture in logic.postures.values() if posture.off_note_if)
    yield from (pole for tension in logic.tensions for pole in tension.poles)
