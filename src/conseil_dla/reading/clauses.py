"""One rule as a dossier stands: the clauses that are met, unmet or open, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conseil_dla.engine.alternatives import Alternative
from conseil_dla.engine.outcome import Trace
from conseil_dla.exact.outlook import Outlook
from conseil_dla.reading.explanations import Clause, Need, RuleAccount
from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Condition, Found, NoneOf, Rule
from conseil_dla.rules.truth import questions_read


@dataclass(frozen=True, slots=True)
class Seen:
    """A dossier as it stands: what may still be, and the alternatives by which rules fired."""

    outlook: Outlook
    trace: Trace

    def concluding(self, finding: str) -> tuple[Rule, ...]:
        """The rules for a finding that hold: those that fired first, since their alternatives say why."""
        holding = [rule for rule in self.outlook.atlas.concluding.get(finding, ()) if self.outlook.states[rule.id]]
        return tuple(sorted(holding, key=lambda rule: rule.id not in self.trace))


def is_grounded(outlook: Outlook, rule: Rule) -> bool:
    """Is at least one clause of the rule already met? The same as looking at its account, without making it."""
    return any(clause.holds is True for clause in _clauses(Seen(outlook, {}), rule.condition, False, ()))


def account_of(seen: Seen, rule: Rule) -> RuleAccount:
    """One rule as the dossier stands: the clauses that are met, unmet, and still open."""
    return account(seen, rule.id, rule.condition, seen.outlook.states[rule.id])


def account(seen: Seen, rule: str, condition: Condition, holds: bool | None) -> RuleAccount:
    """The same of a condition that no rule may bear: then ``rule`` is empty."""
    clauses = list(dict.fromkeys(_clauses(seen, condition, False, seen.trace.get(rule, ()))))
    rests_on_findings = holds and not questions_read(condition)
    return RuleAccount(
        rule=rule,
        holds=holds,
        met=tuple(c for c in clauses if c.holds is True),
        unmet=tuple(c for c in clauses if c.holds is False),
        open=tuple(c for c in clauses if c.holds is None),
        needs=tuple(needs_of(seen.outlook, condition)) if holds is None else (),
        behind=tuple(dict.fromkeys(_findings_behind(seen, condition))) if rests_on_findings else (),
    )


def _clauses(seen: Seen, condition: Condition, negated: bool, matched: tuple[Alternative, ...]) -> Iterator[Clause]:
    """The atoms that matter; findings opened into answers.

    Of alternatives, those that ``matched`` where the rule fired; else those that hold, once one does.
    """
    match condition:
        case AllOf(parts) if not negated:
            for part in parts:
                yield from _clauses(seen, part, negated, matched)
        case NoneOf(parts) if not negated:
            for part in parts:
                yield from _clauses(seen, part, True, matched)
        case AllOf(parts) | AnyOf(parts) | NoneOf(parts) | AtLeast(_, parts):
            yield from _alternatives(seen, condition, parts, negated, matched)
        case Found(finding):
            yield from _behind_finding(seen, finding, negated)
        case _:
            yield Clause(condition, _wanted(seen.outlook.holds(condition), negated), negated)


def _alternatives(
    seen: Seen, condition: Condition, parts: tuple[Condition, ...], negated: bool, matched: tuple[Alternative, ...]
) -> Iterator[Clause]:
    inner = negated != isinstance(condition, NoneOf)
    holds = seen.outlook.holds
    settled = _wanted(holds(condition), negated)
    for part in parts:
        through = tuple(one for one in matched if one.goes_through(part, seen.outlook.atlas.logic.questions, not inner))
        if through if matched else settled is None or _wanted(holds(part), inner) is settled:
            yield from _clauses(seen, part, inner, through)


def _behind_finding(seen: Seen, finding: str, negated: bool) -> Iterator[Clause]:
    concluding = seen.outlook.atlas.concluding.get(finding, ())
    holding = seen.concluding(finding)
    if holding and not negated:
        yield from _clauses(seen, holding[0].condition, False, seen.trace.get(holding[0].id, ()))
    elif len(concluding) == 1:
        yield from _clauses(seen, concluding[0].condition, negated, ())
    else:
        yield Clause(Found(finding), _wanted(seen.outlook.findings.get(finding), negated), negated)


def _findings_behind(seen: Seen, condition: Condition) -> Iterator[str]:
    """Rules that hold and whose findings a condition asks for."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _findings_behind(seen, part)
        case Found(finding):
            yield from (rule.id for rule in seen.concluding(finding)[:1])


def needs_of(outlook: Outlook, condition: Condition, negated: bool = False) -> Iterator[Need]:
    """What is left to know of an open condition: each need apart, with how many of its clauses would do."""
    if outlook.holds(condition) is not None:
        return
    match condition:
        case Found(finding):
            concluding = outlook.atlas.concluding.get(finding, ())
            if len(concluding) == 1:
                yield from needs_of(outlook, concluding[0].condition, negated)
            else:
                yield Need(1, (Clause(condition, None, negated),))
        case AllOf(parts) if not negated:
            for part in parts:
                yield from needs_of(outlook, part)
        case AnyOf(parts) | NoneOf(parts) if negated != isinstance(condition, NoneOf):
            for part in parts:
                yield from needs_of(outlook, part, negated=True)
        case AllOf(parts) | AnyOf(parts) | NoneOf(parts) | AtLeast(_, parts):
            yield _one_of(outlook, condition, parts, negated)
        case _:
            yield Need(1, (Clause(condition, None, negated),))


def _one_of(outlook: Outlook, condition: Condition, parts: tuple[Condition, ...], negated: bool) -> Need:
    """Alternatives: so many of the open ones would do, where each is a clause by itself."""
    inner = negated != isinstance(condition, NoneOf)
    open_parts = [tuple(needs_of(outlook, part, inner)) for part in parts if outlook.holds(part) is None]
    clauses = tuple(dict.fromkeys(c for needs in open_parts for need in needs for c in need.clauses))
    plain = all(len(needs) == 1 and len(needs[0].clauses) == 1 for needs in open_parts)
    if isinstance(condition, AtLeast):
        missing = condition.count - sum(outlook.holds(part) is True for part in parts)
        return Need(missing if plain and not negated else 0, clauses)
    return Need(1 if plain else 0, clauses)


def _wanted(holds: bool | None, negated: bool) -> bool | None:
    return None if holds is None else holds != negated
