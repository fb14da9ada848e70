"""Which questions still matter, and which to ask first.

A question matters for something when a rule that is still open, and that bears on it, depends on the question:
directly, through findings, or through ``posee_si``. The weights below only *rank* questions; what is said to be without
effect rests on reachability alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conseil_dla.analysis.axes import questions_behind
from conseil_dla.analysis.outlook import Outlook
from conseil_dla.model import Argue, Condition, Force, Logic, Push, Rule, RuleOut

ARGUMENT_WEIGHT: Mapping[Force, float] = {"decisive": 4.0, "nette": 2.0, "legere": 1.0}
POINT_WEIGHT = 2.0


class Relevance:
    """The questions behind each rule and each condition of a base, worked out once."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self._behind = {rule.id: frozenset(questions_behind(logic, [rule])) for rule in logic.rules}

    def open_questions(self, outlook: Outlook) -> tuple[str, ...]:
        """Unanswered questions that surely apply, in file order."""
        scopes = outlook.scopes
        return tuple(id for id in self.logic.questions if scopes[id].applies is True and not scopes[id].known)

    def weights(self, outlook: Outlook, *, format_settled: bool, posture_settled: bool) -> dict[str, float]:
        """How much of the advice still hangs on each open question; larger is more."""
        weights = dict.fromkeys(self.open_questions(outlook), 0.0)
        for rule in self.logic.rules:
            if outlook.states[rule.id] is not None:
                continue
            weight = _weight(rule, outlook, format_settled, posture_settled)
            behind = [id for id in self._behind[rule.id] if self._is_open(outlook, id)]
            for id in behind:
                if weight and id in weights:
                    weights[id] += weight / len(behind)
        return weights

    def axes_moved_by(self, outlook: Outlook, question: str) -> tuple[str, ...]:
        """Axes on which an open rule depends on the question."""
        return tuple(
            axis
            for axis in self.logic.axes
            if any(
                outlook.states[rule.id] is None
                and question in self._behind[rule.id]
                and any(isinstance(effect, Push) and effect.axis == axis for effect in rule.effects)
                for rule in self.logic.rules
            )
        )

    def moving_advice(self, outlook: Outlook, *, format_settled: bool, posture_settled: bool) -> frozenset[str]:
        """Unanswered questions that may still move format or posture.

        Settled means to the last detail: what follows a preparatory format, whether anything stands out, the position.
        """
        moving: set[str] = set()
        for rule in self.logic.rules:
            if outlook.states[rule.id] is None and _bears(rule, format_settled, posture_settled):
                moving |= self._behind[rule.id]
        for posture in self.logic.postures.values():
            if posture.off_note_if and posture.id in outlook.possible_postures:
                moving |= self._behind_condition(posture.off_note_if, outlook)
        if not (format_settled and posture_settled):
            for incoherence in self.logic.incoherences:
                moving |= self._behind_condition(incoherence.never, outlook)
        return frozenset(moving)

    def moving_anything(self, outlook: Outlook) -> frozenset[str]:
        """Unanswered questions that may still move anything that a reading holds."""
        moving: set[str] = set()
        for rule in self.logic.rules:
            if outlook.states[rule.id] is None:
                moving |= self._behind[rule.id]
        for condition in self._other_conditions():
            moving |= self._behind_condition(condition, outlook)
        return frozenset(moving)

    def _other_conditions(self) -> Iterable[Condition]:
        logic = self.logic
        yield from (i.never for i in logic.incoherences)
        yield from (f.present_if for f in logic.factors.values())
        yield from (m.foreseen_if for m in logic.modalities.values() if m.foreseen_if)
        yield from (p.off_note_if for p in logic.postures.values() if p.off_note_if)
        yield from (pole for tension in logic.tensions for pole in tension.poles)
        yield from (q.asked_if for q in logic.questions.values() if q.asked_if)

    def _behind_condition(self, condition: Condition, outlook: Outlook) -> frozenset[str]:
        """Questions that an open condition depends on; none when it is settled."""
        if outlook.holds(condition) is not None:
            return frozenset()
        return frozenset(questions_behind(self.logic, [Rule("", condition, ())]))

    def _is_open(self, outlook: Outlook, id: str) -> bool:
        return outlook.scopes[id].applies is not False and not outlook.scopes[id].known


def _bears(rule: Rule, format_settled: bool, posture_settled: bool) -> bool:
    """Does the rule bear on something of the advice that is not settled?"""
    return any(
        (isinstance(effect, Push) and not posture_settled)
        or (isinstance(effect, Argue | RuleOut) and not format_settled)
        for effect in rule.effects
    )


def _weight(rule: Rule, outlook: Outlook, format_settled: bool, posture_settled: bool) -> float:
    """What an open rule still weighs on format and posture; a rule may bear on both. 0 when it bears on neither."""
    weight = 0.0
    for effect in rule.effects:
        match effect:
            case Push(_, points) if not posture_settled:
                weight += POINT_WEIGHT * abs(points)
            case Argue(format, _, force, _) if not format_settled and format in outlook.formats.possible:
                weight += ARGUMENT_WEIGHT[force]
            case RuleOut(format) if not format_settled and format in outlook.formats.possible:
                weight += ARGUMENT_WEIGHT["decisive"]
    return weight
