"""What an engine is and says of one dossier, and what both share: known answers, findings stratum after stratum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from conseil_dla.engine.alternatives import Alternative
from conseil_dla.rules.model import Answers, Conclude, Logic, Question, Rule, Value
from conseil_dla.rules.truth import Findings, Scopes, open_scope, scopes_of

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


# --- what both engines share -----------------------------------------------------------------------------------------

Step = Callable[[int, Findings], tuple[Trace, AbstractSet[str]]]
"""(position of the stratum, findings of the strata below) -> its rules that fire and why, ids of those refuted."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rules that read only findings of lower strata, and the findings that are settled once these rules have run."""

    rules: tuple[Rule, ...]
    settles: Mapping[str, frozenset[str]]
    """Findings whose last rule is here -> ids of all the rules that conclude them, in this stratum or lower."""


def strata_of(logic: Logic) -> tuple[Stratum, ...]:
    """The rules stratum by stratum, lowest first."""
    concluding: dict[str, set[str]] = {}
    last: dict[str, int] = {}
    for rule in logic.rules:
        for finding in (effect.finding for effect in rule.effects if isinstance(effect, Conclude)):
            concluding.setdefault(finding, set()).add(rule.id)
            last[finding] = max(rule.stratum, last.get(finding, rule.stratum))
    return tuple(
        Stratum(
            tuple(rule for rule in logic.rules if rule.stratum == level),
            {finding: frozenset(ids) for finding, ids in concluding.items() if last[finding] == level},
        )
        for level in sorted({rule.stratum for rule in logic.rules})
    )


def concludes(rule: Rule) -> bool:
    """Does the rule conclude a finding, which other rules may read?"""
    return any(isinstance(effect, Conclude) for effect in rule.effects)


def known_scopes(logic: Logic, answers: Answers) -> Scopes:
    """Scopes in which an answer counts as known only if its question surely applies.

    durable_rules knows a property as present or absent, nothing between: an answer that may turn out to be *sans
    objet* has to be absent for it, so it is unknown for both engines. The finer truth (what holds in every completion)
    belongs to ``exact``. An answer that its question no longer offers, as after a reload, is unknown too.
    """
    questions = logic.questions
    offered = {id: value for id, value in answers.items() if id in questions and offers(questions[id], value)}
    return {
        id: scope if scope.settled or not scope.known else open_scope(questions[id], scope.applies)
        for id, scope in scopes_of(logic, offered).items()
    }


def offers(question: Question, value: Value) -> bool:
    """True when the value is one that the question can take."""
    match question.type:
        case "nombre":
            low, high = question.bounds or (0, 0)
            return isinstance(value, int) and low <= value <= high
        case "plusieurs":
            return isinstance(value, frozenset) and value <= frozenset(question.answers)
        case "choix" | "oui_non":
            return isinstance(value, str) and value in question.answers


def climb(strata: tuple[Stratum, ...], engine: str, step: Step) -> Fired:
    """Go up the strata; ``step`` says what fires in each, then the findings settled there are concluded from it.

    A finding is False only when *every* rule for it is refuted. « Did not fire » is not enough: with an answer unknown,
    the negation of that finding would fire, and an answer given later would take back what had been concluded.
    """
    trace: dict[str, tuple[Alternative, ...]] = {}
    refuted: set[str] = set()
    findings: dict[str, bool | None] = {}
    for position, stratum in enumerate(strata):
        fired, out = step(position, findings)
        trace.update(fired)
        refuted |= out
        for finding, ids in stratum.settles.items():
            findings[finding] = True if trace.keys() & ids else False if ids <= refuted else None
    return Fired(frozenset(trace), findings, trace, engine)
