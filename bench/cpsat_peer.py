"""Formats that no chart compares, held against OR-Tools CP-SAT: another solver, and rules written down another way.

Every rule is written for CP-SAT straight from the ``Logic``: answers are Booleans and whole numbers, a condition is a
Boolean that is true exactly where it holds, and a format is worth one weighted sum, so heavy at each force that all
lighter ones together weigh less. Nothing of the product's circuit, clauses, counters or Lexi gates is used; the base is
the shipped one with arguments more, as in « Growth ». On partial dossiers answered at random, the formats that can come
first in some coherent completion, and those that do in all, must be what the product says; one difference is told.

``python bench/cpsat_peer.py``, with what ``bench/peers.txt`` names installed.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter

from ortools.sat.python import cp_model

from conseil_dla.exact.atlas import MOST_COMPARED, Atlas
from conseil_dla.exact.search.formats import compared
from conseil_dla.rules.model import (
    FORCES,
    AllOf,
    Answers,
    AnyOf,
    Argue,
    AtLeast,
    Conclude,
    Condition,
    Found,
    Is,
    Logic,
    NoneOf,
    RuleOut,
    Ticks,
    Within,
)

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from searched import larger
from shipped import random_dossier, shipped_reader

ADDED = ((24, 12), (120, 40), (240, 50))
"""Rules and questions added to the shipped base."""
DOSSIERS = 30
Truth = cp_model.IntVar


class Written:
    """A base as CP-SAT reads it."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self.model = cp_model.CpModel()
        self.ticked: dict[tuple[str, str], Truth] = {}
        self.numbers: dict[str, cp_model.IntVar] = {}
        self.applies: dict[str, Truth] = {}
        self.known: dict[Condition, Truth] = {}
        for id, question in logic.questions.items():
            if question.bounds is not None:
                self.numbers[id] = self.model.new_int_var(*question.bounds, id)
            self.ticked |= {(id, answer): self.model.new_bool_var(f"{id}:{answer}") for answer in question.answers}
            if question.type in {"choix", "oui_non"}:
                self.model.add_exactly_one(self.ticked[id, answer] for answer in question.answers)
        concluding: dict[str, list[Condition]] = {}
        for rule in logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Conclude):
                    concluding.setdefault(effect.finding, []).append(rule.condition)
        self.concluding = concluding
        for item in logic.incoherences:
            self.model.add(self.holds(item.never) == 0)
        self.best = self._best()

    def holds(self, condition: Condition) -> Truth:
        """Where a condition holds, and nowhere else."""
        if condition not in self.known:
            self.known[condition] = self._written(condition)
        return self.known[condition]

    def _written(self, condition: Condition) -> Truth:
        match condition:
            case Found(finding):
                return self.at_least(1, map(self.holds, self.concluding.get(finding, ())))
            case AllOf(parts):
                return self.at_least(len(parts), map(self.holds, parts))
            case AnyOf(parts):
                return self.at_least(1, map(self.holds, parts))
            case NoneOf(parts):
                return self.at_least(1, map(self.holds, parts)).negated()
            case AtLeast(count, parts):
                return self.at_least(count, map(self.holds, parts))
            case Is(question, answers) | Ticks(question, answers):
                some = self.at_least(1, [self.ticked[question, answer] for answer in sorted(answers)])
            case Within(question, low, high):
                value, (first, last) = self.numbers[question], self.logic.questions[question].bounds or (0, 0)
                low, high = first if low is None else low, last if high is None else high
                reached, kept = self.truth(value >= low, value < low), self.truth(value <= high, value > high)
                some = self.at_least(2, [reached, kept])
        return self.at_least(2, [self.asked(question), some])

    def asked(self, id: str) -> Truth:
        """Whether a question applies."""
        if id not in self.applies:
            asked_if = self.logic.questions[id].asked_if
            self.applies[id] = self.at_least(0, []) if asked_if is None else self.holds(asked_if)
        return self.applies[id]

    def at_least(self, count: int, parts: Iterable[Truth]) -> Truth:
        """Whether so many are true."""
        total = sum(parts)
        return self.truth(total >= count, total < count)

    def truth(self, yes: object, no: object) -> Truth:
        """A Boolean for a statement and its contrary, each of which may already be a plain fact."""
        if isinstance(yes, bool):
            return self.model.new_constant(int(yes))
        found = self.model.new_bool_var("")
        self.model.add(yes).only_enforce_if(found)
        self.model.add(no).only_enforce_if(found.negated())
        return found

    def _best(self) -> dict[str, Truth]:
        heavier = 2 * len(self.logic.rules) + 1
        weights = [heavier ** (len(FORCES) - 1 - rank) for rank in range(len(FORCES))]
        worth, out = {}, {}
        for format in self.logic.formats:
            given: dict[tuple[str, str], list[list[Truth]]] = {}
            for rule in self.logic.rules:
                for effect in rule.effects:
                    if isinstance(effect, Argue) and effect.format == format:
                        by_force = given.setdefault((effect.side, effect.motif), [[] for _ in FORCES])
                        by_force[FORCES.index(effect.force)].append(self.holds(rule.condition))
            total = 0
            for (side, _), by_force in given.items():
                reached = [self.at_least(1, [each for some in by_force[: n + 1] for each in some])
                           for n in range(len(FORCES))]  # fmt: skip
                for n, weight in enumerate(weights):
                    alone = reached[n] - (reached[n - 1] if n else 0)
                    total += (weight if side == "pour" else -weight) * alone
            worth[format] = total
            ruling = [rule.condition for rule in self.logic.rules if RuleOut(format) in rule.effects]
            out[format] = self.at_least(1, map(self.holds, ruling))
        best = {}
        for format in self.logic.formats:
            met = [out[format].negated()]
            for other in self.logic.formats:
                if other != format:
                    ahead = worth[format] - worth[other]
                    met.append(self.at_least(1, [out[other], self.truth(ahead >= 0, ahead < 0)]))
            best[format] = self.at_least(len(met), met)
        return best

    def ends(self, answers: Answers) -> tuple[frozenset[str], frozenset[str] | None]:
        """Formats among the best in some coherent completion; those of all, None where completions differ."""
        fixed = self.model.clone()
        for id, value in answers.items():
            if isinstance(value, int):
                fixed.add(self._in(fixed, self.numbers[id]) == value)
                continue
            chosen = value if isinstance(value, frozenset) else {value}
            for answer in self.logic.questions[id].answers:
                fixed.add(self._in(fixed, self.ticked[id, answer]) == int(answer in chosen))
        seen: list[frozenset[str]] = []
        for format in self.logic.formats:
            for wanted in (1, 0):
                if not any((format in some) == bool(wanted) for some in seen):
                    seen += self._one(fixed, format, wanted)
        every = frozenset().union(*seen)
        return every, seen[0] if len(set(seen)) == 1 else None

    @staticmethod
    def _in(model: cp_model.CpModel, variable: cp_model.IntVar) -> cp_model.IntVar:
        return model.get_int_var_from_proto_index(variable.index)

    def _one(self, fixed: cp_model.CpModel, format: str, wanted: int) -> Sequence[frozenset[str]]:
        """The best formats of a completion in which one is among them, or is not; nothing where there is none."""
        asked = fixed.clone()
        asked.add(self._in(asked, self.best[format]) == wanted)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(asked)
        if status == cp_model.INFEASIBLE:
            return ()
        assert status in {cp_model.OPTIMAL, cp_model.FEASIBLE}, solver.status_name(status)
        return [frozenset(id for id, best in self.best.items() if solver.value(self._in(asked, best)))]


def report(number: int = DOSSIERS) -> str:
    """One table in Markdown. Raises ``AssertionError`` at the first difference."""
    shipped = shipped_reader().base.logic
    lines = [
        "| rules | dossiers | different | formats left, mean | one format certain | product, each | CP-SAT, each |",
        "|---|---|---|---|---|---|---|",
    ]
    for rules, questions in ADDED:
        logic = larger(shipped, rules, questions)
        atlas = Atlas(logic, compared=MOST_COMPARED)
        assert atlas.search is not None
        written, chance = Written(logic), random.Random(rules)
        left = certain = 0
        ours = theirs = 0.0
        for _ in range(number):
            answers = random_dossier(logic, chance, chance.random())
            start = perf_counter()
            found = compared(atlas.search, atlas.space.cube(answers))
            told = found.possible, found.best
            middle = perf_counter()
            expected = written.ends(answers)
            ours, theirs = ours + middle - start, theirs + perf_counter() - middle
            assert told == expected, (rules, dict(answers), told, expected)
            left, certain = left + len(told[0]), certain + (told[1] is not None)
        lines.append(
            f"| shipped, {rules} more on {questions} questions | {number} | 0 | {left / number:.1f} | {certain} "
            f"| {1000 * ours / number:.0f} ms | {1000 * theirs / number:,.0f} ms |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(report(*map(int, sys.argv[1:])))
