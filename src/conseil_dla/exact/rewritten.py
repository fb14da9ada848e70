"""Is what was written otherwise still the same? Conditions of one item, held against each other in two versions.

The same conclusions may come from other rules; what a reading then gives as its reason is another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conseil_dla.exact.difference import Versions
from conseil_dla.exact.outcomes import conjunction
from conseil_dla.rules.coherence import named_conditions
from conseil_dla.rules.model import Condition, Logic
from conseil_dla.rules.truth import questions_behind

Item = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class _Deciding:
    """What an item decides with: its conditions, and whatever else tells one item from another."""

    conditions: tuple[Condition, ...]
    rest: object = None


def decided_otherwise(versions: Versions, before: Logic, after: Logic, among: Iterable[Item]) -> frozenset[Item]:
    """Of these items of both logics, those that are not proved to hold of the same dossiers and to do the same then.

    Nothing is proved of a condition behind which a question cannot be answered alike in both. Where both versions do
    not take the same dossiers, a condition has to be the same of any dossier whatever.
    """
    one, other = _deciding(before), _deciding(after)
    unlike = _unlike(before, after)

    def is_proved(was: _Deciding, now: _Deciding) -> bool:
        if was.rest != now.rest or len(was.conditions) != len(now.conditions):
            return False
        behind = questions_behind(before, was.conditions) | questions_behind(after, now.conditions)
        return unlike.isdisjoint(behind) and all(
            _is_one(versions, *pair) for pair in zip(was.conditions, now.conditions, strict=True)
        )

    return frozenset(
        item for item in among if item not in one or item not in other or not is_proved(one[item], other[item])
    )


def _is_one(versions: Versions, before: Condition, after: Condition) -> bool:
    one, other = versions.before.holds(before), versions.after.holds(after)
    if one == other or versions.coherent_before != versions.coherent_after:
        return one == other
    both, combine = versions.both, versions.diagrams.combine
    return combine(conjunction, both, one) == combine(conjunction, both, other)


def _unlike(before: Logic, after: Logic) -> frozenset[str]:
    """Questions that cannot be answered alike in both, or that one of them lacks."""
    one, other = (
        {id: (q.type, frozenset(q.answers), q.bounds) for id, q in logic.questions.items()} for logic in (before, after)
    )
    return frozenset(id for id in one.keys() | other.keys() if one.get(id) != other.get(id))


def _deciding(logic: Logic) -> Mapping[Item, _Deciding]:
    rest: dict[Item, object] = {("regle", rule.id): frozenset(rule.effects) for rule in logic.rules}
    rest |= {("question", id): question.ordinary for id, question in logic.questions.items()}
    conditions: dict[Item, list[Condition]] = {item: [] for item in rest}
    for item, _, condition in named_conditions(logic):
        conditions.setdefault(item, []).append(condition)
    return {item: _Deciding(tuple(found), rest.get(item)) for item, found in conditions.items()}
