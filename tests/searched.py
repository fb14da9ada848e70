"""Readers whose formats are compared by search, whatever the size of their rules, and rules too large for charts."""

from __future__ import annotations

import random
from dataclasses import replace

from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.atlas_in_parts import AtlasInParts
from conseil_dla.exact.diagram import MOST_HELD
from conseil_dla.exact.relevance import Relevance
from conseil_dla.exact.search.solver import Solver
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import AllOf, Argue, Is, Logic, Ordinary, Question, Rule


def searching(reader: Reader, solver: type[Solver] | None = None) -> Reader:
    """The same reader, without a chart of formats."""
    found = Reader(reader.base, reader._engine)
    found.atlas = Atlas(reader.base.logic, compared=0)
    search = found.atlas.search
    assert search is not None
    if solver is not None:
        found.atlas.search = type(search)(search.circuit, search.coherence, solver)
    found.relevance = Relevance(found.atlas)
    return found


def larger(logic: Logic, rules: int, questions: int, seed: int = 1) -> Logic:
    """The same rules with so many arguments more, on two questions each, one of them new."""
    chance = random.Random(seed)
    asked = [
        Question(f"nouvelle_{n:03}", "choix", ("oui", "un_peu", "non"), modifiable="structures",
                 ordinary=Ordinary(frozenset({"oui", "un_peu"})))
        for n in range(questions)
    ]  # fmt: skip
    old = [q for q in logic.questions.values() if q.type == "choix" and q.asked_if is None]
    made = []
    for n in range(rules):
        new, other = asked[n % questions], chance.choice(old)
        condition = AllOf((_one_of(new, chance), _one_of(other, chance)))
        side = chance.choice(("pour", "pour", "contre"))
        force = chance.choice(("decisive", "nette", "nette", "legere", "legere", "legere"))
        effect = Argue(chance.choice(sorted(logic.formats)), side, force, f"raison_{n}")
        made.append(Rule(f"observee_{n:03}", condition, (effect,)))
    every = sorted((*logic.rules, *made), key=lambda rule: (rule.stratum, rule.id))
    return replace(logic, questions={**logic.questions, **{q.id: q for q in asked}}, rules=tuple(every))


def _one_of(question: Question, chance: random.Random) -> Is:
    some = chance.sample(question.answers, chance.randint(1, len(question.answers) - 1))
    return Is(question.id, frozenset(some))


def in_parts(reader: Reader, part: int = 1) -> Reader:
    """The same reader, what rules conclude together in parts of so many nodes."""
    found = Reader(reader.base, reader._engine)
    found.atlas = AtlasInParts(reader.base.logic, MOST_HELD, part=part)
    found.relevance = Relevance(found.atlas)
    return found
