"""Which questions stand behind a rule or a condition, through findings and ``posee_si`` too, in file order."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.rules import truth
from conseil_dla.rules.model import Condition, Logic


def questions_behind(logic: Logic, conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Questions that the conditions read, in file order."""
    behind = truth.questions_behind(logic, conditions)
    return tuple(id for id in logic.questions if id in behind)
