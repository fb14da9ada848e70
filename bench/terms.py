"""The shipped rules as terms that another engine can be given: every translation of ``peers.py`` starts here.

A condition becomes ands, ors and counts of literals, once for « surely true » and once for « surely false », as
three-valued logic wants it (docs/decisions/0002). The literals are those of ``conseil_dla.engine.alternatives``:
what is known of one value. On a complete dossier the second form is the contrary of the first, and is not needed.

Nothing here is written by hand for the shipped rules: questions, rules, findings, motives and axes come from ``Logic``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from conseil_dla.engine.alternatives import Absent, Among, Finding, Literal, Option, Range, expand
from conseil_dla.engine.encoding import subject_of
from conseil_dla.rules.model import (
    FORCES,
    AllOf,
    AnyOf,
    Argue,
    AtLeast,
    Conclude,
    Condition,
    Logic,
    NoneOf,
    Push,
    Question,
    Rule,
    RuleOut,
)
from conseil_dla.rules.truth import questions_read


@dataclass(frozen=True)
class All:
    """Every part."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Some:
    """At least ``count`` of the parts."""

    count: int
    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Applies:
    """Whether a question surely applies, or surely does not."""

    question: str
    holds: bool


Term = All | Some | Applies | Among | Range | Option | Finding
"""No literal here says with its values that a question applies: ``Applies`` does."""


def surely(condition: Condition, questions: Mapping[str, Question], wanted: bool = True) -> Term:
    """When a condition surely holds, or with ``wanted`` false surely does not."""
    match condition:
        case AllOf(parts):
            return _counted(len(parts) if wanted else 1, parts, questions, wanted)
        case AnyOf(parts):
            return _counted(1 if wanted else len(parts), parts, questions, wanted)
        case NoneOf(parts):
            return surely(AnyOf(parts), questions, not wanted)
        case AtLeast(count, parts):
            return _counted(count if wanted else len(parts) - count + 1, parts, questions, wanted)
        case atom:
            ways = expand(atom if wanted else NoneOf((atom,)), questions)
            return _some(1, tuple(_all(tuple(plain(one, questions) for one in sorted(way, key=repr))) for way in ways))


def plain(literal: Literal, questions: Mapping[str, Question]) -> Term:
    """The literal as a term: one that says no more than that its question applies becomes ``Applies``."""
    kind, question, *_ = subject_of(literal, questions)
    return Applies(question, not isinstance(literal, Absent)) if kind == "applies" else literal


def _counted(count: int, parts: tuple[Condition, ...], questions: Mapping[str, Question], wanted: bool) -> Term:
    terms = tuple(surely(part, questions, wanted) for part in parts)
    return _all(terms) if count == len(terms) else _some(count, terms)


def _all(parts: tuple[Term, ...]) -> Term:
    return parts[0] if len(parts) == 1 else All(parts)


def _some(count: int, parts: tuple[Term, ...]) -> Term:
    return parts[0] if len(parts) == count == 1 else Some(count, parts)


def written(term: Term, literal: Callable[[Term], str], words: tuple[str, str, str, str]) -> str:
    """A term in a language whose infix words are (and, or, true, false). Counts are spelled out as alternatives."""
    both, either, yes, no = words
    match term:
        case All(parts):
            return f"({f' {both} '.join(written(p, literal, words) for p in parts)})" if parts else yes
        case Some(count, parts) if count > len(parts):
            return no
        case Some(1, parts):
            return f"({f' {either} '.join(written(p, literal, words) for p in parts)})"
        case Some(count, (first, *others)):
            rest = tuple(others)
            with_first = All((first, _all(rest) if count - 1 == len(rest) else _some(count - 1, rest)))
            return written(Some(1, (with_first, _some(count, rest))), literal, words)
        case _:
            return literal(term)


# --- what the rules conclude, as tables ---


@dataclass(frozen=True)
class Theory:
    """One base as every translation needs it."""

    logic: Logic
    applying: tuple[Question, ...]
    """Questions with a ``posee_si``, those that others read first."""
    strata: tuple[tuple[Rule, ...], ...]
    concluding: Mapping[str, tuple[str, ...]]
    """Finding -> rules that conclude it."""
    reasons: Mapping[tuple[str, str, str], tuple[tuple[str, ...], ...]]
    """(format, side, motive) -> for each force from the highest, the rules that argue so."""
    outs: Mapping[str, tuple[str, ...]]
    """Format -> rules that rule it out."""
    points: Mapping[str, tuple[tuple[str, int], ...]]
    """Axis -> (rule, points)."""


def theory(logic: Logic) -> Theory:
    """Read everything that the rules do."""
    concluding: dict[str, list[str]] = {}
    reasons: dict[tuple[str, str, str], list[list[str]]] = {}
    outs: dict[str, list[str]] = {id: [] for id in logic.formats}
    points: dict[str, list[tuple[str, int]]] = {axis: [] for axis in logic.axes}
    for rule in logic.rules:
        for effect in rule.effects:
            match effect:
                case Conclude(finding):
                    concluding.setdefault(finding, []).append(rule.id)
                case Argue(format, side, force, motif):
                    ranks = reasons.setdefault((format, side, motif), [[] for _ in FORCES])
                    ranks[FORCES.index(force)].append(rule.id)
                case RuleOut(format):
                    outs[format].append(rule.id)
                case Push(axis, number):
                    points[axis].append((rule.id, number))
    levels = sorted({rule.stratum for rule in logic.rules})
    return Theory(
        logic,
        tuple(_read_first(logic)),
        tuple(tuple(rule for rule in logic.rules if rule.stratum == level) for level in levels),
        {id: tuple(rules) for id, rules in concluding.items()},
        {key: tuple(map(tuple, ranks)) for key, ranks in reasons.items()},
        {id: tuple(rules) for id, rules in outs.items()},
        {axis: tuple(pushes) for axis, pushes in points.items()},
    )


def settled_in(known: Theory, stratum: int) -> list[str]:
    """Findings whose last rule is in a stratum."""
    last = {id: max(n for n, rules in enumerate(known.strata) if {r.id for r in rules} & set(ids))
            for id, ids in known.concluding.items()}  # fmt: skip
    return sorted(id for id, level in last.items() if level == stratum)


def _read_first(logic: Logic) -> Iterator[Question]:
    waiting = {id: q for id, q in logic.questions.items() if q.asked_if is not None}
    while waiting:
        ready = [q for q in waiting.values() if q.asked_if and not questions_read(q.asked_if) & set(waiting)]
        for question in ready:
            yield waiting.pop(question.id)
