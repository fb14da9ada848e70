"""The prior of the simulated dossiers, and who answers them.

Every question is answered as if drawn apart: one that declares ordinary answers gets one of them with the share that
the product's own prior gives (``ORDINARY_SHARE``), otherwise one of the others; inside either, and where no ordinary
answer is declared, every answer is as likely as any other. For a ``plusieurs``, every set of options is an answer. What
does not apply is left out; a dossier that breaks a coherence rule is thrown away and drawn again, whole.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations

from conseil_dla.exact.space import ORDINARY_SHARE
from conseil_dla.rules.model import Answers, Logic, Question, Value
from conseil_dla.rules.truth import incoherences, scopes_of


def dossiers(logic: Logic, number: int, seed: int) -> Iterator[dict[str, Value]]:
    """Complete, coherent dossiers."""
    chance = random.Random(seed)
    ways = {id: _ways(question) for id, question in logic.questions.items()}
    for _ in range(number):
        yield _dossier(logic, ways, chance)


def _dossier(
    logic: Logic, ways: dict[str, tuple[Sequence[Value], Sequence[Value]]], chance: random.Random
) -> dict[str, Value]:
    while True:
        drawn = {id: _value(*both, chance) for id, both in ways.items()}
        answers = _applicable(logic, drawn)
        if not incoherences(logic, answers):
            return answers


def _applicable(logic: Logic, drawn: Answers) -> dict[str, Value]:
    """Only the questions that apply, looked for until nothing more goes."""
    answers = dict(drawn)
    while True:
        scopes = scopes_of(logic, answers)
        kept = {id: value for id, value in answers.items() if scopes[id].applies is not False}
        if kept == answers:
            return answers
        answers = kept


def _value(ordinary: Sequence[Value], others: Sequence[Value], chance: random.Random) -> Value:
    if not others or (ordinary and chance.random() < ORDINARY_SHARE):
        return chance.choice(ordinary)
    return chance.choice(others)


def _ways(question: Question) -> tuple[Sequence[Value], Sequence[Value]]:
    """(ordinary answers, all the others); everything on the left where none is declared."""
    if question.type == "nombre":
        low, high = question.bounds or (0, 0)
        every: list[Value] = list(range(low, high + 1))
    elif question.type == "plusieurs":
        sizes = range(len(question.answers) + 1)
        every = [frozenset(some) for n in sizes for some in combinations(question.answers, n)]
    else:
        every = list(question.answers)
    usual = question.ordinary
    if usual is None:
        return every, ()
    fits = [value for value in every if _is_ordinary(question, value)]
    return fits, [value for value in every if not _is_ordinary(question, value)]


def _is_ordinary(question: Question, value: Value) -> bool:
    usual = question.ordinary
    assert usual is not None
    if isinstance(value, int):
        return (usual.low is None or value >= usual.low) and (usual.high is None or value <= usual.high)
    return value <= usual.answers if isinstance(value, frozenset) else value in usual.answers
