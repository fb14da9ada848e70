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
    ruled_out: frozenset[str]
    """Formats that are out by definition."""
    states: Mapping[str, bool | None]
    """Every rule: it holds because it fired; as all completions say, where it did not."""

    def certainty(self, rule: str, usual: Outlook) -> tuple[Certainty | None, Proof | None]:
        """How sure it is that a rule holds, and what makes it certain; None, None where it cannot hold."""
        state = self.states[rule]
        if state:
            return "certaine", "declenchee" if rule in self.rules else "par_cas"
        return certainty_of(state, usual.state(("regle", rule)) if state is None else None), None


def held(logic: Logic, fired: frozenset[str], general: Outlook) -> Held:
    """What these rules conclude, by themselves."""
    levels: dict[tuple[Kind, str], frozenset[str]] = {}
    out: set[str] = set()
    for rule in logic.rules:
        for effect in rule.effects if rule.id in fired else ():
            match effect:
                case Draw(kind, id, level):
                    levels[kind, id] = levels.get((kind, id), frozenset()) | {level or ""}
                case RuleOut(format):
                    out.add(format)
    return Held(fired, levels, frozenset(out), {**general.states, **dict.fromkeys(fired, True)})


def certainty_of(general: bool | None, usual: bool | None) -> Certainty | None:
    """The strength of something that holds generally, usually, or may hold; None when it cannot hold."""
    if general is True:
        return "certaine"
    if general is False:
        return None
    return "sauf_exception" if usual is True else "possible"
