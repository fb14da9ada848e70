"""What holds because rules fired: where a reading begins. What no single rule proves is for the outlooks to add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conseil_dla.exact.outlook import Outlook
from conseil_dla.reading.values import Certainty, Proof
from conseil_dla.rules.model import Draw, Kind, Logic, RuleOut


@dataclass(frozen=True, slots=True)
class Held:
    """The effects of the rules that fired. Their arguments are those of ``rules``, one by one."""

    rules: frozenset[str]
    levels: Mapping[tuple[Kind, str], frozenset[str]]
    """What is drawn, each with the levels at which it is; the empty word for what has none."""
    ruled_out: Mapping[str, tuple[str, ...]]
    """Formats that are out by definition, and the rules that put them out."""

    def certainty(self, rule: str, general: Outlook, usual: Outlook) -> tuple[Certainty | None, Proof | None]:
        """How sure it is that a rule holds, and whether it fired: None, None where it cannot hold."""
        if rule in self.rules:
            return "certaine", "declenchee"
        state = general.states[rule]
        if state is not None:
            return ("certaine", "par_cas") if state else (None, None)
        return certainty_of(None, usual.state(("regle", rule))), None


def held(logic: Logic, fired: frozenset[str]) -> Held:
    """What these rules conclude, by themselves."""
    levels: dict[tuple[Kind, str], frozenset[str]] = {}
    out: dict[str, tuple[str, ...]] = {}
    for rule in logic.rules:
        if rule.id not in fired:
            continue
        for effect in rule.effects:
            match effect:
                case Draw(kind, id, level):
                    levels[kind, id] = levels.get((kind, id), frozenset()) | {level or ""}
                case RuleOut(format):
                    out[format] = (*out.get(format, ()), rule.id)
    return Held(fired, levels, out)


def certainty_of(general: bool | None, usual: bool | None) -> Certainty | None:
    """The strength of something that holds generally, usually, or may hold; None when it cannot hold."""
    if general is True:
        return "certaine"
    if general is False:
        return None
    return "sauf_exception" if usual is True else "possible"
