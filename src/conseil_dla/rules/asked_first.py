"""Which questions authors want asked first (``a_poser_en_premier_si``), by the answers given and nothing else."""

from __future__ import annotations

from conseil_dla.rules.coherence import with_conditions_of_asking
from conseil_dla.rules.model import Answers, Logic
from conseil_dla.rules.truth import questions_read, scopes_of, truth


class AskedFirst:
    """The conditions of a base, made ready. They conclude nothing, so that no diagram has them."""

    def __init__(self, logic: Logic) -> None:
        self._conditions = {id: q.first_if for id, q in logic.questions.items() if q.first_if is not None}
        named = frozenset[str]().union(*map(questions_read, self._conditions.values()))
        self.reads = with_conditions_of_asking(logic, named)
        """The questions whose answers decide it."""
        self._among = Logic({id: logic.questions[id] for id in self.reads}, ())

    def of(self, answers: Answers) -> frozenset[str]:
        """Those whose condition surely holds of these answers, whether or not they are open."""
        if not self._conditions:
            return frozenset()
        scopes = scopes_of(self._among, answers)
        return frozenset(id for id, condition in self._conditions.items() if truth(condition, scopes, {}))
