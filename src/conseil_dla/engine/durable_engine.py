"""The engine of the product: durable_rules. Every dossier is evaluated whole, one fact per ruleset.

What durable_rules says is checked on every dossier against the truth of the conditions, which going up the strata gives
anyway (``strata.climb``): a rule that it drops, or invents, never goes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from threading import Lock
from typing import Protocol

from conseil_dla.engine.answer_facts import Tables
from conseil_dla.engine.durable_sheets import Asked, EngineFailed, Sheets, load
from conseil_dla.engine.encoding import Names, Ruleset, rulesets
from conseil_dla.engine.outcome import EnginesDisagree, Fired
from conseil_dla.engine.strata import States, climb, strata_of
from conseil_dla.rules.model import Answers, Logic
from conseil_dla.rules.truth import Findings

__all__ = ["DurableEngine", "EngineFailed", "Matcher", "load"]


class Matcher(Protocol):
    """Where the rulesets are matched: in this process (``Sheets``), or in another one."""

    def match(self, asked: Asked) -> list[list[str]]:
        """For each fact, the names of the patterns that it matches. Raises EngineFailed."""
        ...

    def close(self) -> None:
        """Give back what is held. May be called twice."""
        ...


class DurableEngine:
    """One base compiled for durable_rules.

    ``opener`` makes the matcher from the definitions of the rulesets; without it the engine runs in this process.
    Raises ImportError where the C module does not import, and ValueError on a rule that loading should have refused.
    """

    def __init__(self, logic: Logic, opener: Callable[[Sequence[str]], Matcher] | None = None) -> None:
        module = load()
        names = Names()
        self.name = f"durable_rules {version('durable_rules')}"
        self._strata = strata_of(logic)
        self._lock = Lock()
        self._closed = False
        self._sheets: list[list[tuple[int, Ruleset]]] = []
        definitions: list[str] = []
        for stratum in self._strata:
            made = rulesets(stratum.rules, logic.questions, names)
            self._sheets.append(list(enumerate(made, len(definitions))))
            definitions += [ruleset.definition for ruleset in made]
        self._tables = Tables(logic, self._strata, [ruleset for some in self._sheets for _, ruleset in some])
        self._matcher: Matcher = opener(definitions) if opener is not None else Sheets(module, definitions)

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier. Raises EngineFailed and EnginesDisagree; RuntimeError once closed."""
        with self._lock:
            if self._closed:
                raise RuntimeError("this engine is closed")
            expected, asked = self._expected(answers)
            rules = self._matched(asked)
        if rules != expected.rules:
            raise EnginesDisagree(answers, rules - expected.rules, expected.rules - rules)
        return expected

    def _expected(self, answers: Answers) -> tuple[Fired, Asked]:
        """What the conditions say, and the facts of all strata: the engine is asked once, and must say the same."""
        told = self._tables.told(answers)
        asked: list[tuple[int, str]] = []

        def judged(position: int, findings: Findings) -> States:
            told.add(findings)
            return told.judge(position)

        def step(position: int, _: Findings, states: States) -> frozenset[str]:
            asked.extend((number, told.fact(number)) for number, _ in self._sheets[position])
            return frozenset(id for id, state in states.items() if state)

        return climb(self._strata, self.name, judged, step), asked

    def _matched(self, asked: Asked) -> frozenset[str]:
        """Ids of the rules that the facts match, in the order of the sheets. Raises EngineFailed."""
        matched = self._matcher.match(asked)
        every = [ruleset for sheets in self._sheets for _, ruleset in sheets]
        try:
            return frozenset(
                ruleset.rules[name] for ruleset, names in zip(every, matched, strict=True) for name in names
            )
        except (KeyError, ValueError, TypeError) as error:
            raise EngineFailed(f"durable_rules named no pattern of ours: {error}") from error

    def close(self) -> None:
        """Give back the engine's memory. The second call does nothing."""
        with self._lock:
            self._closed = True
            self._matcher.close()
