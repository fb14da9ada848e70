"""The reference: three-valued truth, rule by rule. Naive on purpose, so that reading it is enough to believe it."""

from __future__ import annotations

from conseil_dla.engine.outcome import Fired
from conseil_dla.engine.strata import States, climb, known_scopes, strata_of
from conseil_dla.rules.model import Answers, Logic
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

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier."""
        scopes = known_scopes(self._logic, answers)

        def judged(position: int, findings: Findings) -> States:
            return {rule.id: truth(rule.condition, scopes, findings) for rule in self._strata[position].rules}

        return climb(self._strata, self.name, judged, self._step)

    def close(self) -> None:
        """Nothing to free."""

    def _step(self, position: int, findings: Findings, states: States) -> frozenset[str]:
        return frozenset(rule.id for rule in self._strata[position].rules if states[rule.id] is True)
