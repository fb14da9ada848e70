"""Which rules fire in half-answered dossiers, many at once: what the reference engine says, in columns of bits.

Each condition has two steps of ``Columns``: where what is known makes it hold, and where it makes it fail. In between
it is open. As for both engines, an answer is known to rules only where its question surely applies; whether a question
applies is told from all answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from conseil_dla.batch.bit_columns import Atom, Columns, Step
from conseil_dla.rules.model import (
    AllOf,
    AnyOf,
    AtLeast,
    Conclude,
    Condition,
    Found,
    Is,
    NoneOf,
    Ticks,
    Within,
)
from conseil_dla.rules.truth import open_scope, truth

Truth = tuple[int, int]
"""The steps that tell where a condition surely holds, and where it surely fails."""


class ThreeValues:
    """The conditions of a base over what is known; steps are added to those of ``columns``."""

    def __init__(self, columns: Columns) -> None:
        self._columns, self._logic = columns, columns.logic
        self._told: dict[tuple[Condition, bool], Truth] = {}
        self._concluding: dict[str, list[Condition]] = {}
        for rule in self._logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Conclude):
                    self._concluding.setdefault(effect.finding, []).append(rule.condition)

    def of(self, condition: Condition, *, asking: bool = False) -> Truth:
        """Both steps of a condition; ``asking`` where it says whether a question applies."""
        key = (condition, asking)
        if key not in self._told:
            self._told[key] = self._compiled(condition, asking)
        return self._told[key]

    def _compiled(self, condition: Condition, asking: bool) -> Truth:
        match condition:
            case Found(finding):
                found = [] if asking else [self.of(rule) for rule in self._concluding.get(finding, ())]
                return self._any(found) if found else (self._step("any"), self._step("any"))
            case AllOf(parts):
                return _not(self._any([_not(self.of(part, asking=asking)) for part in parts]))
            case AnyOf(parts):
                return self._any([self.of(part, asking=asking) for part in parts])
            case NoneOf(parts):
                return _not(self._any([self.of(part, asking=asking) for part in parts]))
            case AtLeast(count, parts):
                each = [self.of(part, asking=asking) for part in parts]
                enough = max(0, len(parts) - count + 1)
                return (self._step("several", [holds for holds, _ in each], count),
                        self._step("several", [fails for _, fails in each], enough))  # fmt: skip
            case Is() | Ticks() | Within():
                return self._atom(condition, asking)

    def _any(self, parts: Sequence[Truth]) -> Truth:
        return self._step("any", [holds for holds, _ in parts]), self._step("all", [fails for _, fails in parts])

    def _atom(self, atom: Atom, asking: bool) -> Truth:
        question = self._logic.questions[atom.question]
        asked_if = question.asked_if
        applies, apart = self.of(asked_if, asking=True) if asked_if else (self._step("all"), self._step("any"))
        answered = self._columns.answered(question.id)
        known = answered if asking else self._step("all", [answered, applies])
        open = self._step("none", [known])
        given = self._columns.given(atom)
        holds, fails = [given], [self._step("all", [known, self._step("none", [given])])]
        anyway = truth(atom, {question.id: open_scope(question)}, {})
        if anyway is not None:
            (holds if anyway else fails).append(open)
        return self._step("all", [applies, self._step("any", holds)]), self._step("any", [apart, *fails])

    def _step(self, sort: str, parts: Sequence[int] = (), count: int = 0) -> int:
        return self._columns.add(Step(sort, tuple(parts), count=count))


def _not(told: Truth) -> Truth:
    holds, fails = told
    return fails, holds
