"""The reference: three-valued truth, rule by rule. Naive on purpose, so that reading it is enough to believe it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from conseil_dla.engine.alternatives import Alternative, alternatives_of
from conseil_dla.engine.outcome import Fired, Trace, climb, known_scopes, strata_of
from conseil_dla.rules.model import Answers, Logic, Rule
from conseil_dla.rules.truth import Findings, truth


class ReferenceEngine:
    """Fires a rule when its condition is surely true of what is known.

    An answer counts as known only if its question surely applies (``Scope.settled``); one given while applicability is
    still open counts as unknown, because durable_rules knows only present or absent properties. What such an answer
    settles all the same, in every completion, is for ``exact`` to say.
    """

    name = "référence"

    def __init__(self, logic: Logic) -> None:
        self._logic = logic
        self._strata = strata_of(logic)
        self._alternatives: dict[str, tuple[Alternative, ...]] = {}

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier."""
        scopes = known_scopes(self._logic, answers)

        def step(position: int, findings: Findings) -> tuple[Trace, AbstractSet[str]]:
            states = {rule.id: truth(rule.condition, scopes, findings) for rule in self._strata[position].rules}
            trace = {
                rule.id: tuple(one for one in self._of(rule) if truth(one.condition, scopes, findings))
                for rule in self._strata[position].rules
                if states[rule.id]
            }
            return trace, {id for id, state in states.items() if state is False}

        return climb(self._strata, self.name, step)

    def states(self, answers: Answers) -> Mapping[str, bool | None]:
        """Three-valued truth of the condition of every rule: False says « cannot hold any more »."""
        scopes, findings = known_scopes(self._logic, answers), self.fire(answers).findings
        return {rule.id: truth(rule.condition, scopes, findings) for rule in self._logic.rules}

    def close(self) -> None:
        """Nothing to free."""

    def _of(self, rule: Rule) -> tuple[Alternative, ...]:
        if rule.id not in self._alternatives:
            self._alternatives[rule.id] = alternatives_of(rule, self._logic.questions)
        return self._alternatives[rule.id]
