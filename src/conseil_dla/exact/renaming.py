"""A logic said in the names of a later one: what ``anciennement`` declares, applied to conditions and questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    AtLeast,
    Condition,
    Found,
    Is,
    Logic,
    NoneOf,
    Ordinary,
    Question,
    Ticks,
    Value,
    Within,
)


@dataclass(frozen=True, slots=True)
class Names:
    """Former names and today's."""

    questions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By today's question id."""

    def question(self, id: str) -> str:
        """Today's name of a question."""
        return self.questions.get(id, id)

    def answer(self, question: str, id: str) -> str:
        """Today's name of an answer; ``question`` is today's name too."""
        return self.answers.get(question, {}).get(id, id)


def renamed(logic: Logic, names: Names) -> Logic:
    """The same logic in today's names. The table of structures is left out: it only answers questions."""
    return replace(
        logic,
        questions={names.question(id): _question(q, names) for id, q in logic.questions.items()},
        rules=tuple(replace(rule, condition=_condition(rule.condition, names)) for rule in logic.rules),
        incoherences=tuple(replace(one, never=_condition(one.never, names)) for one in logic.incoherences),
        postures={id: replace(p, off_note_if=_perhaps(p.off_note_if, names)) for id, p in logic.postures.items()},
        factors={id: replace(f, present_if=_condition(f.present_if, names)) for id, f in logic.factors.items()},
        drawn={
            kind: {id: replace(each, foreseen_if=_perhaps(each.foreseen_if, names)) for id, each in some.items()}
            for kind, some in logic.drawn.items()
        },
        tensions=tuple(
            replace(t, poles=(_condition(t.poles[0], names), _condition(t.poles[1], names))) for t in logic.tensions
        ),
        columns={},
    )


def renamed_answers(answers: Answers, names: Names) -> Answers:
    """Answers under today's names."""
    return {names.question(id): _value(names.question(id), value, names) for id, value in answers.items()}


def _value(question: str, value: Value, names: Names) -> Value:
    if isinstance(value, frozenset):
        return frozenset(names.answer(question, each) for each in value)
    return names.answer(question, value) if isinstance(value, str) else value


def _question(question: Question, names: Names) -> Question:
    id = names.question(question.id)
    usual = question.ordinary
    return replace(
        question,
        id=id,
        answers=tuple(names.answer(id, each) for each in question.answers),
        ordinary=usual and Ordinary(frozenset(names.answer(id, a) for a in usual.answers), usual.low, usual.high),
        asked_if=_perhaps(question.asked_if, names),
        first_if=_perhaps(question.first_if, names),
        ripens=tuple(names.answer(id, each) for each in question.ripens),
        tally=None,
    )


def _perhaps(condition: Condition | None, names: Names) -> Condition | None:
    return None if condition is None else _condition(condition, names)


def _condition(condition: Condition, names: Names) -> Condition:
    match condition:
        case Is(question, answers):
            id = names.question(question)
            return Is(id, frozenset(names.answer(id, each) for each in answers))
        case Ticks(question, options):
            id = names.question(question)
            return Ticks(id, frozenset(names.answer(id, each) for each in options))
        case Within(question, low, high):
            return Within(names.question(question), low, high)
        case AllOf(parts):
            return AllOf(tuple(_condition(part, names) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_condition(part, names) for part in parts))
        case NoneOf(parts):
            return NoneOf(tuple(_condition(part, names) for part in parts))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(_condition(part, names) for part in parts))
        case Found():
            return condition
