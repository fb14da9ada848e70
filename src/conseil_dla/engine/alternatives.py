"""Conditions as alternatives: a condition is surely true when every literal of at least one alternative is.

durable_rules is right only on flat conjunctions, so *or*, *not* and *n of* are expanded before it sees them. The
expansion keeps Kleene's logic, not only the classical one: « surely true » and « surely false » of an atom are two
events, negation turns one into the other, and what is left of a condition is ands and ors of such events. So
alternatives are never merged by union (« oui or non » of an unknown answer stays unknown), while literals of one
conjunction may be intersected, and a contradictory conjunction dropped: it can never be surely true.

How wide a condition may be is checked at load (``conseil_dla.rules.breadth``).

An alternative is also a proof: the engine names those that matched, and whoever reads their literals sees why a rule
fired, and can check it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Condition, Found, Is, NoneOf, Question, Rule, Ticks, Within

NOT_APPLICABLE = "sans_objet"
"""The value of a question that does not apply; reserved, so that no answer bears it."""


# --- literals: each an event that is sure or not --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Among:
    """The value of a ``choix`` or ``oui_non`` is known and among ``values``, where ``sans_objet`` is a value too.

    Exactly all the answers, without ``sans_objet``, says no more than that the question applies.
    """

    question: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Range:
    """The number is known, its question applies, and it lies in [low, high].

    Exactly the bounds of the question say no more than that it applies.
    """

    question: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Absent:
    """The question of a number is surely *sans objet*."""

    question: str


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a ``plusieurs`` is surely ticked, or surely not."""

    question: str
    option: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding surely holds, or is surely refuted."""

    finding: str
    holds: bool


Literal = Among | Range | Absent | Option | Finding
Conjunction = frozenset[Literal]
Questions = Mapping[str, Question]

ALWAYS: tuple[Conjunction, ...] = (frozenset(),)
"""One alternative without any literal."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way for the condition of a rule to be settled, such as an engine names it when it matches."""

    name: str
    """``rule#0`` where the condition then surely holds, ``rule~0`` where it is then surely refuted."""
    rule: str
    holds: bool
    literals: Conjunction
    condition: Condition
    """The same literals, for ``truth``."""

    def goes_through(self, part: Condition, questions: Questions, wanted: bool) -> bool:
        """Does it settle a part of the condition by itself, as wanted: true or false?"""
        return any(conjunction(self.literals | one) == self.literals for one in _expand(part, questions, wanted))


# --- building -------------------------------------------------------------------------------------------------------


def expand(condition: Condition, questions: Questions) -> tuple[Conjunction, ...]:
    """The alternatives, each once, none implied by another. None at all: the condition can never be surely true.

    An empty alternative is always true. The caller has checked ``alternatives(condition)``: what this builds, and the
    time it takes, grow with it.
    """
    found = dict.fromkeys(_expand(condition, questions, True))
    return tuple(one for one in found if not any(other < one for other in found))


def alternatives_of(rule: Rule, questions: Questions, *, holds: bool = True) -> tuple[Alternative, ...]:
    """Every way for the condition of a rule to hold surely, or to be surely refuted. As wide as ``expand``."""
    wanted = rule.condition if holds else NoneOf((rule.condition,))
    return tuple(
        Alternative(f"{rule.id}{'#' if holds else '~'}{number}", rule.id, holds, one, _condition(one, questions))
        for number, one in enumerate(expand(wanted, questions))
    )


def _condition(literals: Conjunction, questions: Questions) -> Condition:
    """The condition that is surely true when every literal is."""
    return AllOf(tuple(_atom(literal, questions) for literal in sorted(literals, key=_subject)))


def _atom(literal: Literal, questions: Questions) -> Condition:
    match literal:
        case Among(question, values) if NOT_APPLICABLE in values:
            return NoneOf((Is(question, frozenset(questions[question].answers) - values),))
        case Among(question, values):
            return Is(question, values)
        case Range(question, low, high):
            return Within(question, low, high)
        case Absent(question):
            return NoneOf((Within(question, None, None),))
        case Option(question, option, holds):
            atom: Condition = Ticks(question, frozenset({option}))
        case Finding(finding, holds):
            atom = Found(finding)
    return atom if holds else NoneOf((atom,))


def _expand(condition: Condition, questions: Questions, wanted: bool) -> list[Conjunction]:
    match condition:
        case AllOf(parts):
            return _expand_at_least(len(parts) if wanted else 1, parts, questions, wanted)
        case AnyOf(parts):
            return _expand_at_least(1 if wanted else len(parts), parts, questions, wanted)
        case NoneOf(parts):
            return _expand(AnyOf(parts), questions, not wanted)
        case AtLeast(count, parts):
            return _expand_at_least(count if wanted else len(parts) - count + 1, parts, questions, wanted)
        case Found(finding):
            return [frozenset({Finding(finding, wanted)})]
        case Is(question, answers):
            return _expand_is(questions[question], answers, wanted)
        case Ticks():
            return _expand_ticks(questions[condition.question], condition.options, wanted)
        case Within():
            return _expand_within(questions[condition.question], condition, wanted)


def _expand_at_least(count: int, parts: tuple[Condition, ...], questions: Questions, wanted: bool) -> list[Conjunction]:
    if count <= 0:
        return list(ALWAYS)
    expanded = [_expand(part, questions, wanted) for part in parts]
    return [one for chosen in combinations(expanded, count) for one in _product(chosen)]


def _product(factors: Iterable[list[Conjunction]]) -> list[Conjunction]:
    result = list(ALWAYS)
    for factor in factors:
        joined = (conjunction(left | right) for left in result for right in factor)
        result = list(dict.fromkeys(one for one in joined if one is not None))
    return result


def _expand_is(question: Question, answers: frozenset[str], wanted: bool) -> list[Conjunction]:
    every = frozenset(question.answers)
    values = every if question.asked_if is None else every | {NOT_APPLICABLE}
    among = every & answers if wanted else values - answers
    if among == values:
        return list(ALWAYS)
    return [frozenset({Among(question.id, among)})] if among else []


def _expand_ticks(question: Question, options: frozenset[str], wanted: bool) -> list[Conjunction]:
    read = [option for option in question.answers if option in options]
    if wanted:
        return [frozenset({Option(question.id, option, True)}) for option in read]
    return [frozenset(Option(question.id, option, False) for option in read)]


def _expand_within(question: Question, atom: Within, wanted: bool) -> list[Conjunction]:
    first, last = question.bounds or (0, 0)
    low = first if atom.low is None else max(first, atom.low)
    high = last if atom.high is None else min(last, atom.high)
    if low > last or high < first:
        return [] if wanted else list(ALWAYS)
    if (low, high) == (first, last) and question.asked_if is None:
        return list(ALWAYS) if wanted else []
    kept = [(low, high)] if wanted else [(first, low - 1), (high + 1, last)]
    literals: list[Literal] = [Range(question.id, lowest, highest) for lowest, highest in kept if lowest <= highest]
    if not wanted and question.asked_if is not None:
        literals.append(Absent(question.id))
    return [frozenset({literal}) for literal in literals]


def conjunction(literals: Iterable[Literal]) -> Conjunction | None:
    """The literals, those on one value intersected; None when they contradict each other."""
    kept: dict[tuple[str, ...], Literal] = {}
    for literal in literals:
        subject = _subject(literal)
        merged = _both(kept[subject], literal) if subject in kept else literal
        if merged is None:
            return None
        kept[subject] = merged
    return frozenset(kept.values())


def _subject(literal: Literal) -> tuple[str, ...]:
    match literal:
        case Among(question) | Range(question) | Absent(question):
            return (question,)
        case Option(question, option):
            return (question, option)
        case Finding(finding):
            return (finding, "", "")


def _both(left: Literal, right: Literal) -> Literal | None:
    match left, right:
        case Among(question, some), Among(_, others):
            return Among(question, some & others) if some & others else None
        case Range(question, low, high), Range(_, other_low, other_high):
            low, high = max(low, other_low), min(high, other_high)
            return Range(question, low, high) if low <= high else None
        case _:
            return left if left == right else None
