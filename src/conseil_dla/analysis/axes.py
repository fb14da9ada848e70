"""The sums that an axis can reach: small enough to be listed, so listed.

By the grammar an axis draws on one main question and at most two secondary ones, so that the combinations of answers
behind it are a few hundred. They are enumerated once per base and filtered for each dossier. A base that stretches an
axis over more combinations than ``MOST_COMBINATIONS`` is answered by adding up its open rules instead, which is wider.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from conseil_dla.coherence import Cell, cells, completable, groups, with_conditions_of_asking
from conseil_dla.model import Answers, Found, Logic, Push, Rule, Value
from conseil_dla.truth import Scopes, atoms, questions_read, scopes_of, truth

MOST_COMBINATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Combination:
    """One complete answer to the questions behind an axis, up to what conditions tell apart, and the sum it makes."""

    cells: Mapping[str, Cell]
    """Questions that are sans objet are left out."""
    points: int


@dataclass(frozen=True, slots=True)
class AxisTable:
    """Everything that one axis can be."""

    axis: str
    combinations: tuple[Combination, ...]
    """Empty when there are too many to list."""
    scale: int
    """The largest absolute sum, at least 1: what position 1 stands for."""
    pushes: tuple[tuple[Rule, int], ...]

    def sums(self, scopes: Scopes, states: Mapping[str, bool | None]) -> frozenset[int]:
        """Every sum that the scopes leave open; empty when no coherent combination is left in them."""
        if self.combinations:
            return frozenset(
                c.points for c in self.combinations if all(cell.meets(scopes[id]) for id, cell in c.cells.items())
            )
        sure = sum(points for rule, points in self.pushes if states[rule.id] is True)
        open_points = [points for rule, points in self.pushes if states[rule.id] is None]
        low = sure + sum(points for points in open_points if points < 0)
        high = sure + sum(points for points in open_points if points > 0)
        return frozenset(range(max(low, -self.scale), min(high, self.scale) + 1))


def axis_table(logic: Logic, axis: str) -> AxisTable:
    """List what an axis can be, over the coherent answers to the questions behind it."""
    pushes = tuple((r, e.points) for r in logic.rules for e in r.effects if isinstance(e, Push) and e.axis == axis)
    cone = questions_behind(logic, [rule for rule, _ in pushes])
    if prod(len(cells(logic, logic.questions[id])) for id in cone) > MOST_COMBINATIONS:
        return AxisTable(axis, (), max(1, sum(abs(points) for _, points in pushes)), pushes)
    combinations = tuple(_combinations(logic, cone, pushes))
    return AxisTable(axis, combinations, max([1, *(abs(c.points) for c in combinations)]), pushes)


def questions_behind(logic: Logic, rules: Iterable[Rule]) -> tuple[str, ...]:
    """Questions that rules read, through findings and ``posee_si`` too, in file order."""
    concluding: dict[str, list[Rule]] = {}
    for rule in logic.rules:
        for effect in rule.effects:
            if finding := getattr(effect, "finding", None):
                concluding.setdefault(finding, []).append(rule)
    seen: set[str] = set()
    waiting = list(rules)
    done: set[str] = set()
    while waiting:
        rule = waiting.pop()
        if rule.id in done:
            continue
        done.add(rule.id)
        seen |= questions_read(rule.condition)
        for atom in atoms(rule.condition):
            if isinstance(atom, Found):
                waiting.extend(concluding.get(atom.finding, ()))
    return with_conditions_of_asking(logic, seen)


def _combinations(logic: Logic, cone: tuple[str, ...], pushes: tuple[tuple[Rule, int], ...]) -> Iterable[Combination]:
    """Every combination that some coherent dossier has, coherence with questions beyond the axis included."""
    inside = Logic({id: logic.questions[id] for id in cone}, logic.rules)
    touching = [(rules, questions) for rules, questions in groups(logic) if not set(questions).isdisjoint(cone)]
    needed = _needed_rules(logic, [rule for rule, _ in pushes])
    seen: set[frozenset[tuple[str, Value]]] = set()
    for chosen in product(*(cells(logic, logic.questions[id]) for id in cone)):
        given = {id: cell.value for id, cell in zip(cone, chosen, strict=True)}
        scopes = scopes_of(inside, given)
        found = {id: cell for id, cell in zip(cone, chosen, strict=True) if scopes[id].applies}
        answers = {id: cell.value for id, cell in found.items()}
        key = frozenset(answers.items())
        if key in seen:
            continue
        seen.add(key)
        if not all(completable(logic, rules, questions, _within(questions, answers)) for rules, questions in touching):
            continue
        states = _two_valued(needed, scopes)
        yield Combination(found, sum(points for rule, points in pushes if states[rule.id]))


def _within(questions: tuple[str, ...], answers: Answers) -> Answers:
    return {id: value for id, value in answers.items() if id in questions}


def _needed_rules(logic: Logic, rules: list[Rule]) -> tuple[Rule, ...]:
    needed = {rule.id for rule in rules}
    findings = {a.finding for rule in rules for a in atoms(rule.condition) if isinstance(a, Found)}
    for rule in reversed(logic.rules):
        if any(getattr(effect, "finding", None) in findings for effect in rule.effects):
            needed.add(rule.id)
            findings |= {a.finding for a in atoms(rule.condition) if isinstance(a, Found)}
    return tuple(rule for rule in logic.rules if rule.id in needed)


def _two_valued(rules: tuple[Rule, ...], scopes: Scopes) -> dict[str, bool]:
    findings: dict[str, bool | None] = {}
    states: dict[str, bool] = {}
    for rule in rules:
        for atom in atoms(rule.condition):
            if isinstance(atom, Found):
                findings.setdefault(atom.finding, False)
        states[rule.id] = bool(truth(rule.condition, scopes, findings))
        for effect in rule.effects:
            finding = getattr(effect, "finding", None)
            if finding and states[rule.id]:
                findings[finding] = True
    return states
