"""What every engine is asked to conclude of one dossier, so that conclusions can be compared before any clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from conseil_dla.engine.outcome import Fired, known_scopes
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.deciding import profile, quadrant
from conseil_dla.rules.model import Answers, Argue, Logic, Push, RuleOut
from conseil_dla.rules.truth import truth


@dataclass(frozen=True)
class Said:
    """Of one dossier. Parts that an engine was not asked for are None."""

    fired: frozenset[str]
    states: Mapping[str, bool | None]
    """Truth of every rule."""
    findings: Mapping[str, bool | None]
    formats: frozenset[str] | None = None
    """The best by Lexi; several are tied."""
    postures: frozenset[str] | None = None
    off_note: bool | None = None

    def differences(self, other: Said) -> str:
        """The parts that are not the same."""
        return "; ".join(
            f"{field.name}: {getattr(self, field.name)} and {getattr(other, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        )


def product_says(reader: Reader, answers: Answers, *, exact: bool) -> Said:
    """What the product makes of the rules that surely fire: its reference, then ``deciding``.

    With ``exact``, the dossier is complete and the same must come out of the exact reading; raises AssertionError.
    """
    logic = reader.base.logic
    reference = ReferenceEngine(logic)
    fired = reference.fire(answers)
    said = _decided(logic, answers, fired, reference.states(answers))
    if reader.fire(answers) != fired.rules:
        raise AssertionError(f"the product's two engines differ: {dict(answers)}")
    if exact:
        concluded = reader.conclude(answers)
        format, posture = concluded.format, concluded.posture
        read = (frozenset(format.shown), frozenset(posture.shown), posture.off_note)
        if read != (said.formats, said.postures, said.off_note):
            raise AssertionError(f"the exact reading differs: {read}, {said}, {dict(answers)}")
    return said


def _decided(logic: Logic, answers: Answers, fired: Fired, states: Mapping[str, bool | None]) -> Said:
    effects = [effect for rule in logic.rules if rule.id in fired.rules for effect in rule.effects]
    out = {effect.format for effect in effects if isinstance(effect, RuleOut)}
    profiles = {
        id: profile(effect for effect in effects if isinstance(effect, Argue) and effect.format == id)
        for id in logic.formats
        if id not in out
    }
    best = max(profiles.values(), default=None)
    sums = {axis: sum(e.points for e in effects if isinstance(e, Push) and e.axis == axis) for axis in logic.axes}
    postures = quadrant(logic, {axis: (total > 0) - (total < 0) for axis, total in sums.items()})
    scopes = known_scopes(logic, answers)
    corners = {
        posture.id
        for posture in logic.postures.values()
        if posture.off_note_if is not None and truth(posture.off_note_if, scopes, {}) is True
    }
    return Said(
        fired.rules,
        dict(states),
        dict(fired.findings),
        frozenset(id for id, one in profiles.items() if one == best),
        postures,
        len(postures) == 1 and postures <= corners,
    )
