"""The sums that an axis can reach: small enough to be listed, so listed.

By the grammar an axis draws on one main question and at most two secondary ones, so that the combinations of answers
behind it are a few hundred. They are enumerated once per base and filtered for each dossier. A base that stretches an
axis over more combinations than ``MOST_COMBINATIONS`` is answered by adding up its open rules instead, which is wider.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import cast

from conseil_dla.coherence import telling_values, with_conditions_of_asking
from conseil_dla.model import Answers, Found, Logic, Push, Rule, Value
from conseil_dla.truth import Scope, Scopes, atoms, incoherences, questions_read, scopes_of, truth

MOST_COMBINATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Combination:
    """One complete answer to the questions behind an axis, and the sum that it makes."""

    answers: Answers
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
    steps: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """For a ``nombre``, the values where something can change: each stands for the stretch up to the next."""

    def sums(self, scopes: Scopes, states: Mapping[str, bool | None]) -> frozenset[int]:
        """Every sum that the scopes leave open; empty when no coherent combination is left in them."""
        if self.combinations:
            return frozenset(c.points for c in self.combinations if self._compatible(c.answers, scopes))
        sure = sum(points for rule, points in self.pushes if states[rule.id] is True)
        open_points = [points for rule, points in self.pushes if states[rule.id] is None]
        low = sure + sum(points for points in open_points if points < 0)
        high = sure + sum(points for points in open_points if points > 0)
        return frozenset(range(max(low, -self.scale), min(high, self.scale) + 1))

    def _compatible(self, answers: Answers, scopes: Scopes) -> bool:
        """Could this combination still be the one? Questions that it leaves out are sans objet in it."""
        return all(_fits(value, scopes[id], self.steps.get(id, ())) for id, value in answers.items())


def axis_table(logic: Logic, axis: str) -> AxisTable:
    """List what an axis can be, over the coherent answers to the questions behind it."""
    pushes = tuple((r, e.points) for r in logic.rules for e in r.effects if isinstance(e, Push) and e.axis == axis)
    cone = questions_behind(logic, [rule for rule, _ in pushes])
    domains = [telling_values(logic, logic.questions[id]) for id in cone]
    size = 1
    for domain in domains:
        size *= len(domain)
    if size > MOST_COMBINATIONS:
        return AxisTable(axis, (), max(1, sum(abs(points) for _, points in pushes)), pushes)
    combinations = tuple(_combinations(logic, cone, domains, pushes))
    scale = max((abs(c.points) for c in combinations), default=1)
    steps = {id: d for id, d in zip(cone, domains, strict=True) if logic.questions[id].type == "nombre"}
    return AxisTable(axis, combinations, max(1, scale), pushes, cast(Mapping[str, tuple[int, ...]], steps))


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


def _combinations(
    logic: Logic, cone: tuple[str, ...], domains: list[tuple[Value, ...]], pushes: tuple[tuple[Rule, int], ...]
) -> Iterable[Combination]:
    inside = Logic({id: logic.questions[id] for id in cone}, logic.rules)
    rules = tuple(
        i for i in logic.incoherences if set(with_conditions_of_asking(logic, questions_read(i.never))) <= set(cone)
    )
    inside = Logic(inside.questions, logic.rules, rules)
    needed = _needed_rules(logic, [rule for rule, _ in pushes])
    seen: set[frozenset[tuple[str, Value]]] = set()
    for values in product(*domains):
        given = dict(zip(cone, values, strict=True))
        scopes = scopes_of(inside, given)
        answers = {id: value for id, value in given.items() if scopes[id].applies}
        key = frozenset(answers.items())
        if key in seen or incoherences(inside, answers):
            continue
        seen.add(key)
        states = _two_valued(needed, scopes)
        yield Combination(answers, sum(points for rule, points in pushes if states[rule.id]))


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


def _fits(value: Value, scope: Scope, steps: tuple[int, ...]) -> bool:
    if scope.applies is False:
        return False
    if isinstance(value, frozenset):
        return scope.ticked <= value <= scope.answers
    if isinstance(value, int):
        end = min((step for step in steps if step > value), default=scope.high + 1)
        return value <= scope.high and scope.low < end
    return value in scope.answers
