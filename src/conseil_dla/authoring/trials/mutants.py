"""Rules with one small fault each: what an author could have written instead, and what trials ought to notice.

Mutation testing as R. DeMillo, R. Lipton, F. Sayward, "Hints on Test Data Selection", Computer 11, 1978: if no trial
tells a rule from its faulty neighbours, no trial holds that rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from conseil_dla.rules.breadth import MOST_ALTERNATIVES, alternatives
from conseil_dla.rules.model import (
    FORCES,
    LEVELS,
    AllOf,
    AnyOf,
    Argue,
    AtLeast,
    Condition,
    Draw,
    Effect,
    Logic,
    NoneOf,
    Push,
    Rule,
    Within,
)

Fault = Literal["condition_otee", "condition_niee", "seuil", "force", "effet", "regle_otee"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One rule with one fault. ``rule`` is None where it is taken away."""

    id: str
    """The rule's."""
    fault: Fault
    rule: Rule | None
    part: Condition | None = None
    """The condition dropped, turned round or shifted."""
    effect: Effect | None = None
    """The effect that is no longer what it was."""

    def of(self, logic: Logic) -> Logic:
        """The logic with the fault in it."""
        rules = (self.rule if rule.id == self.id else rule for rule in logic.rules)
        return replace(logic, rules=tuple(rule for rule in rules if rule is not None))


def mutants(logic: Logic) -> Iterator[Mutant]:
    """Every fault of every rule, rule by rule. Faults that loading would refuse are left out."""
    for rule in sorted(logic.rules, key=lambda rule: rule.id):
        yield Mutant(rule.id, "regle_otee", None)
        for fault, part, condition in faulty_conditions(logic, rule.condition):
            if alternatives(condition) <= MOST_ALTERNATIVES:
                yield Mutant(rule.id, fault, replace(rule, condition=condition), part)
        for index, effect in enumerate(rule.effects):
            for fault_, faulty in faulty_effects(effect):
                others = tuple(each for n, each in enumerate(rule.effects) if n != index)
                if faulty is not None and faulty in others:
                    continue
                effects = others if faulty is None else (*rule.effects[:index], faulty, *rule.effects[index + 1 :])
                if effects:
                    yield Mutant(rule.id, fault_, replace(rule, effects=effects), effect=effect)


def faulty_conditions(logic: Logic, condition: Condition) -> Iterator[tuple[Fault, Condition, Condition]]:
    """Each condition inside dropped, turned round, or its threshold shifted by one: which one, and the whole then."""
    yield "condition_niee", condition, NoneOf((condition,))
    yield from _inside(logic, condition, lambda changed: changed)


def _inside(
    logic: Logic, condition: Condition, whole: Callable[[Condition], Condition]
) -> Iterator[tuple[Fault, Condition, Condition]]:
    match condition:
        case Within():
            for shifted in _shifted(logic, condition):
                yield "seuil", condition, whole(shifted)
        case AllOf(parts) | AnyOf(parts) | NoneOf(parts) | AtLeast(_, parts):
            if isinstance(condition, AtLeast):
                for count in (condition.count - 1, condition.count + 1):
                    if 1 <= count <= len(parts):
                        yield "seuil", condition, whole(AtLeast(count, parts))
            for n, part in enumerate(parts):
                if len(parts) > 1 and not (isinstance(condition, AtLeast) and condition.count == len(parts)):
                    yield "condition_otee", part, whole(replace(condition, parts=parts[:n] + parts[n + 1 :]))

                def around(changed: Condition, n: int = n) -> Condition:
                    return whole(replace(condition, parts=(*parts[:n], changed, *parts[n + 1 :])))

                yield "condition_niee", part, around(NoneOf((part,)))
                yield from _inside(logic, part, around)
        case _:
            return


def _shifted(logic: Logic, within: Within) -> Iterator[Within]:
    low, high = logic.questions[within.question].bounds or (0, 0)
    for step in (-1, 1):
        if within.low is not None and low <= within.low + step <= high:
            yield replace(within, low=within.low + step)
        if within.high is not None and low <= within.high + step <= high:
            yield replace(within, high=within.high + step)


def faulty_effects(effect: Effect) -> Iterator[tuple[Fault, Effect | None]]:
    """The effect at another force, level or sign, on the other side, or gone (None)."""
    yield "effet", None
    match effect:
        case Argue():
            yield from (("force", replace(effect, force=force)) for force in FORCES if force != effect.force)
            yield "effet", replace(effect, side="contre" if effect.side == "pour" else "pour")
        case Draw(level=level) if level is not None:
            yield from (("effet", replace(effect, level=other)) for other in LEVELS if other != level)
        case Push(points=points):
            yield "effet", replace(effect, points=-points)
            if abs(points) > 1:
                yield "effet", replace(effect, points=points - (1 if points > 0 else -1))
        case _:
            return
