"""Which questions stand behind a rule or a condition, through findings and ``posee_si`` too."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.coherence import with_conditions_of_asking
from conseil_dla.model import Conclude, Condition, Logic
from conseil_dla.truth import findings_read, questions_read


def questions_behind(logic: Logic, conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Questions that the conditions read, in file order."""
    waiting = list(conditions)
    read: set[str] = set()
    findings: set[str] = set()
    while waiting:
        condition = waiting.pop()
        read |= questions_read(condition)
        fresh = findings_read(condition) - findings
        findings |= fresh
        waiting += [r.condition for r in logic.rules if any(Conclude(f) in r.effects for f in fresh)]
    return with_conditions_of_asking(logic, read)
