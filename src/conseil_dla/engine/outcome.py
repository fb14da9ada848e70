"""What an engine says of one dossier, and what an engine is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from conseil_dla.engine.alternatives import Alternative
from conseil_dla.rules.model import Answers

Trace = Mapping[str, tuple[Alternative, ...]]
"""For each rule that fired, the alternatives of its condition that matched."""


@dataclass(frozen=True, slots=True)
class Fired:
    """What the known answers entail, rule by rule. Effects are not counted here: engines only tell what fires."""

    rules: frozenset[str]
    """Ids of the rules that fired."""
    findings: Mapping[str, bool | None]
    """True: a rule concluding it fired. False: every rule for it is refuted. None: still open."""
    trace: Trace
    """Why they fired."""
    engine: str
    """Name of the engine that fired the rules, as shown to users."""


class EnginesDisagree(RuntimeError):
    """The two engines do not say the same of one dossier: a bug of the house or of durable_rules, never of the author.

    ``only_durable`` and ``only_reference`` hold what one says and not the other: rule ids, alternatives by their names
    where the rule itself is not the matter, and findings with what is said of them, as ``constat:id=True``.
    """

    def __init__(self, answers: Answers, only_durable: frozenset[str], only_reference: frozenset[str]) -> None:
        super().__init__(
            f"engines disagree; durable_rules alone: {sorted(only_durable)}; reference alone: "
            f"{sorted(only_reference)}; answers: {dict(answers)}"
        )
        self.answers = answers
        self.only_durable = only_durable
        self.only_reference = only_reference


class Engine(Protocol):
    """One base, ready to be asked about any number of dossiers, by one thread at a time or several."""

    @property
    def name(self) -> str:
        """Shown to users and written in JSON: ``durable_rules 2.0.28`` or ``reference``."""
        ...

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier. Answers to questions that the base does not have are ignored."""
        ...

    def close(self) -> None:
        """Free what the engine holds outside Python. May be called twice; ``fire`` may not be called after it."""
        ...
