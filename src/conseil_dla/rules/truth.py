"""Three-valued truth of conditions over what is known: Kleene's strong logic, on sets of still possible values.

A question's ``Scope`` is the set of values it can still take, *sans objet* included. A condition is True when it holds
whatever the scopes hide, False when it cannot hold, None while both remain open *as far as this looks*: parts are
judged one by one, so None may be said of a condition that is in fact settled (never the other way round). That is
sound and perhaps blunt, which is what docs/decisions/0004 asks of it.

Reference for the connectives: S. C. Kleene, Introduction to Metamathematics, 1952, section 64.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    AtLeast,
    Atom,
    Conclude,
    Condition,
    Found,
    Is,
    Logic,
    NoneOf,
    Question,
    Ticks,
    Value,
    Within,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What one question can still be. ``applies`` is True, False (sans objet) or None (still open)."""

    applies: bool | None
    answers: frozenset[str] = frozenset()
    """Choices still possible; for a ``plusieurs``, the options that may be ticked."""
    ticked: frozenset[str] = frozenset()
    """Options surely ticked (``plusieurs`` only)."""
    low: int = 0
    high: int = 0
    """Inclusive range still possible (``nombre`` only)."""
    known: bool = False
    """True when an answer is given, whether or not the question turns out to apply."""

    @property
    def settled(self) -> bool:
        """True when one value is left: an answer to a question that surely applies, or sans objet."""
        return self.applies is False or (self.applies is True and self.known)


Scopes = Mapping[str, Scope]
Findings = Mapping[str, bool | None]

NOT_APPLICABLE = Scope(applies=False)


def open_scope(question: Question, applies: bool | None = True) -> Scope:
    """Everything is still possible."""
    low, high = question.bounds or (0, 0)
    return Scope(applies, frozenset(question.answers), frozenset(), low, high)


def ordinary_scope(question: Question, applies: bool | None = True) -> Scope:
    """Only ordinary answers are possible; everything is, when the question declares none."""
    if question.ordinary is None:
        return open_scope(question, applies)
    low, high = question.bounds or (0, 0)
    if question.ordinary.low is not None:
        low = max(low, question.ordinary.low)
    if question.ordinary.high is not None:
        high = min(high, question.ordinary.high)
    return Scope(applies, question.ordinary.answers, frozenset(), low, high)


def scope_of(question: Question, value: Value, applies: bool | None = True) -> Scope:
    """One answer is given."""
    if isinstance(value, frozenset):
        return Scope(applies, value, value, known=True)
    if isinstance(value, int):
        return Scope(applies, low=value, high=value, known=True)
    return Scope(applies, frozenset({value}), known=True)


def truth(condition: Condition, scopes: Scopes, findings: Findings) -> bool | None:
    """True, False, or None when it is still open. Findings that are absent count as open."""
    match condition:
        case Found(finding):
            return findings.get(finding)
        case AllOf(parts):
            return _all(truth(part, scopes, findings) for part in parts)
        case AnyOf(parts):
            return _any(truth(part, scopes, findings) for part in parts)
        case NoneOf(parts):
            return _not(_any(truth(part, scopes, findings) for part in parts))
        case AtLeast(count, parts):
            values = [truth(part, scopes, findings) for part in parts]
            if values.count(True) >= count:
                return True
            return False if len(values) - values.count(False) < count else None
        case Is() | Ticks() | Within():
            scope = scopes[condition.question]
            if scope.applies is False:
                return False
            holds = _atom(condition, scope)
            return None if holds and scope.applies is None else holds


def _atom(atom: Is | Ticks | Within, scope: Scope) -> bool | None:
    match atom:
        case Is(_, answers):
            if scope.answers <= answers:
                return True
            return None if scope.answers & answers else False
        case Ticks(_, options):
            if scope.ticked & options:
                return True
            return None if scope.answers & options else False
        case Within(_, low, high):
            low = scope.low if low is None else low
            high = scope.high if high is None else high
            if low <= scope.low and scope.high <= high:
                return True
            return False if scope.high < low or high < scope.low else None


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def _any(values: Iterable[bool | None]) -> bool | None:
    result: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


# --- from answers to scopes -----------------------------------------------------------------------------------------


def scopes_of(
    logic: Logic,
    answers: Answers,
    *,
    ordinary: frozenset[str] = frozenset(),
    forced: Mapping[str, Scope] | None = None,
) -> dict[str, Scope]:
    """The scope of every question, ``posee_si`` followed.

    ``ordinary`` names the unknown questions kept to ordinary answers; ``forced`` gives some unknown questions a scope
    of their own (what if this one were exceptional?), whose ``applies`` is worked out here. Relies on ``posee_si``
    having no circle, which loading checks.
    """
    scopes: dict[str, Scope] = {}

    def visit(id: str) -> Scope:
        if id in scopes:
            return scopes[id]
        question = logic.questions[id]
        applies: bool | None = True
        if question.asked_if is not None:
            for read in questions_read(question.asked_if):
                visit(read)
            applies = truth(question.asked_if, scopes, {})
        if applies is False:
            scope = NOT_APPLICABLE
        elif id in answers:
            scope = scope_of(question, answers[id], applies)
        elif forced and id in forced:
            scope = replace(forced[id], applies=applies)
        elif id in ordinary:
            scope = ordinary_scope(question, applies)
        else:
            scope = open_scope(question, applies)
        scopes[id] = scope
        return scope

    for id in logic.questions:
        visit(id)
    return scopes


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atom of a condition, in reading order."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | NoneOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from atoms(part)
        case _:
            yield condition


def questions_read(condition: Condition) -> frozenset[str]:
    """Ids of the questions that a condition names itself (not through findings)."""
    return frozenset(atom.question for atom in atoms(condition) if not isinstance(atom, Found))


Concluding = Mapping[str, Sequence[Condition]]
"""The conditions under which each finding is concluded."""


def concluding(logic: Logic) -> Concluding:
    """Those of the rules of a base."""
    conclude: dict[str, list[Condition]] = {}
    for rule in logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Conclude):
                conclude.setdefault(effect.finding, []).append(rule.condition)
    return conclude


def questions_behind(
    logic: Logic, conditions: Iterable[Condition], conclude: Concluding | None = None
) -> frozenset[str]:
    """Ids of the questions that conditions rest on; whoever asks many times gives what is ``concluding``.

    Named by them, by the rules that conclude their findings, or by what decides whether such a question is asked.
    """
    conclude = concluding(logic) if conclude is None else conclude
    questions: set[str] = set()
    findings: set[str] = set()
    waiting = list(conditions)
    while waiting:
        condition = waiting.pop()
        for question in questions_read(condition) - questions:
            questions.add(question)
            asked_if = logic.questions[question].asked_if
            waiting += [] if asked_if is None else [asked_if]
        for finding in findings_read(condition) - findings:
            findings.add(finding)
            waiting += conclude.get(finding, ())
    return frozenset(questions)


def findings_read(condition: Condition) -> frozenset[str]:
    """Ids of the findings that a condition names."""
    return frozenset(atom.finding for atom in atoms(condition) if isinstance(atom, Found))


def incoherences(logic: Logic, answers: Answers) -> tuple[str, ...]:
    """Ids of the ``coherence`` items that these answers surely break.

    An answer given to a question that is sans objet, or that may turn out to be, cannot offend.
    """
    scopes = scopes_of(logic, answers)
    return tuple(rule.id for rule in logic.incoherences if truth(rule.never, scopes, {}) is True)
