"""What an engine says of one dossier, and what an engine is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from conseil_dla.model import Answers


@dataclass(frozen=True, slots=True)
class Fired:
    """What the known answers entail, rule by rule. Effects are not counted here: engines only tell what fires."""

    rules: frozenset[str]
    """Ids of the rules that fired."""
    findings: Mapping[str, bool | None]
    """True: a rule concluding it fired. False: every rule for it is refuted. None: still open."""
    states: Mapping[str, bool | None]
    """Three-valued truth of every rule's condition, for the trace: False says « cannot hold any more »."""
    engine: str
    """Name of the engine that fired the rules, as shown to users."""


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
