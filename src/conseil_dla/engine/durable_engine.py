"""The engine of the product: durable_rules. Every dossier is evaluated whole, one fact per ruleset, stratum by stratum.

What it fires is what is concluded: the findings that a stratum reads are those that the engine fired below. It names
the alternatives that matched; that each of them holds is seen here, which takes no knowing of what should fire. What
it drops is seen where a reading is composed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib.metadata import version
from threading import Lock
from typing import Protocol

from conseil_dla.engine.alternatives import Alternative
from conseil_dla.engine.durable_sheets import Asked, EngineFailed, Sheets, load
from conseil_dla.engine.encoding import (
    Names,
    Ruleset,
    Subject,
    is_refuted_by_patterns,
    known,
    known_findings,
    rulesets,
)
from conseil_dla.engine.outcome import EnginesDisagree, Fired, Trace, climb, concludes, known_scopes, strata_of
from conseil_dla.rules.model import Answers, Logic
from conseil_dla.rules.truth import Findings, truth

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
        self._logic = logic
        self._strata = strata_of(logic)
        self._lock = Lock()
        self._closed = False
        self._sheets: list[list[tuple[int, Ruleset]]] = []
        definitions: list[str] = []
        for stratum in self._strata:
            made = rulesets(stratum.rules, logic.questions, names)
            self._sheets.append(list(enumerate(made, len(definitions))))
            definitions += [ruleset.definition for ruleset in made]
        self._wide = [
            [rule for rule in stratum.rules if concludes(rule) and not is_refuted_by_patterns(rule)]
            for stratum in self._strata
        ]
        """By stratum: rules whose refutation takes too many patterns. ``truth`` says it instead, and no more."""
        self._matcher: Matcher = opener(definitions) if opener is not None else Sheets(module, definitions)

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier.

        Raises EngineFailed; EnginesDisagree where an alternative is named that does not hold; RuntimeError once closed.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("this engine is closed")
            scopes = known_scopes(self._logic, answers)
            told = known(scopes, self._logic.questions)

            def step(position: int, findings: Findings) -> tuple[Trace, AbstractSet[str]]:
                told.update(known_findings(findings))
                matched = self._matched(position, told)
                if invented := {one.name for one in matched if not truth(one.condition, scopes, findings)}:
                    raise EnginesDisagree(answers, frozenset(invented), frozenset())
                trace: dict[str, tuple[Alternative, ...]] = {}
                for one in matched:
                    if one.holds:
                        trace[one.rule] = (*trace.get(one.rule, ()), one)
                refuted = {one.rule for one in matched if not one.holds}
                refuted |= {r.id for r in self._wide[position] if truth(r.condition, scopes, findings) is False}
                return trace, refuted

            return climb(self._strata, self.name, step)

    def _matched(self, position: int, told: Mapping[Subject, str | int]) -> list[Alternative]:
        """The alternatives of a stratum that a dossier matches, those of a rule in order. Raises EngineFailed."""
        sheets = self._sheets[position]
        matched = self._matcher.match([(number, ruleset.fact(told)) for number, ruleset in sheets])
        try:
            return [
                ruleset.alternatives[name]
                for (_, ruleset), names in zip(sheets, matched, strict=True)
                for name in sorted(set(names), key=lambda name: (len(name), name))
            ]
        except (KeyError, ValueError, TypeError) as error:
            raise EngineFailed(f"durable_rules named no pattern of ours: {error}") from error

    def close(self) -> None:
        """Give back the engine's memory. The second call does nothing."""
        with self._lock:
            self._closed = True
            self._matcher.close()
