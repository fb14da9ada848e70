"""The questions of a paper, held against the interview itself followed answer by answer."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from conseil_dla.exact.space import Space
from conseil_dla.interview.questionnaire import MOST
from conseil_dla.reading import essentials as module
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.essentials import Essentials
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.model import Answers, Logic
from conseil_dla.rules.truth import incoherences, questions_read
from shipped import shipped_reader

READER = shipped_reader()


@cache
def essentials() -> Essentials:
    return READER.essentials(MOST)


def followed(reader: Reader, most: int) -> dict[str, float]:
    """How often each question is asked, by readings alone: the interview as anybody would follow it."""
    space = Space(reader.base.logic)
    shares: dict[str, float] = {}

    def follow(answers: Answers, share: float) -> None:
        question = reader.read(answers).next_question
        if question is None or question.purpose != "essentiel":
            return
        shares[question.question] = shares.get(question.question, 0.0) + share
        if len(answers) + 1 == most:
            return
        ways = [(cell.weight, {**answers, question.question: cell.value})
                for cell in space.cells_of(question.question) if cell.ordinary]  # fmt: skip
        ways = [(weight, further) for weight, further in ways if not incoherences(reader.base.logic, further)
                and not offending(reader.base.logic, further)]  # fmt: skip
        for weight, further in ways:
            follow(further, share * weight / sum(each for each, _ in ways))

    follow({}, 1.0)
    return shares


def with_logic(**changed: object) -> Reader:
    logic = replace(READER.base.logic, **changed)  # type: ignore[arg-type]
    return Reader(replace(READER.base, logic=logic), READER._engine)


def test_the_questions_are_those_that_the_interview_asks_most_often() -> None:
    expected = followed(READER, 3)
    found = READER.essentials(3)
    assert {each.question: each.share for each in found.questions} == pytest.approx(
        {id: expected[id] for id in sorted(expected, key=lambda id: (-round(expected[id], 9), id))[:3]}
    )


def test_shares_and_places_are_what_they_say() -> None:
    assert 0.8 < essentials().followed <= 1
    assert len(essentials().ids) == len(set(essentials().ids)) == MOST
    assert essentials().questions[0].share == 1
    assert all(0 < each.share <= 1 and 1 <= each.place <= MOST for each in essentials().questions)
    assert [each.place for each in essentials().questions] == sorted(each.place for each in essentials().questions)


def test_every_axis_and_the_format_are_reached_by_the_questions_of_the_paper() -> None:
    """Answers to these alone show both, in more than half of random answers: that is what they are for."""
    chance = random.Random(7)
    shown = 0
    for _ in range(30):
        answers: dict[str, object] = {}
        for id in essentials().ids:
            question = READER.base.logic.questions[id]
            usual = question.ordinary.answers if question.ordinary else frozenset(question.answers)
            answers[id] = frozenset() if question.type == "plusieurs" else chance.choice(sorted(usual))
        if incoherences(READER.base.logic, answers):  # type: ignore[arg-type]
            continue
        found = READER.conclude(answers)  # type: ignore[arg-type]
        shown += bool(found.format.shown and found.posture.shown)
    assert shown > 15


def test_a_question_that_no_rule_reads_any_more_is_not_on_the_paper() -> None:
    gone = essentials().ids[1]

    def reads(logic: Logic) -> tuple[object, ...]:
        return tuple(rule for rule in logic.rules if gone not in questions_read(rule.condition))

    found = with_logic(rules=reads(READER.base.logic)).essentials(MOST)
    assert gone not in found.ids
    assert set(found.ids) != set(essentials().ids)


def test_the_order_of_files_changes_nothing() -> None:
    logic = READER.base.logic
    turned = dict(reversed(list(logic.questions.items())))
    assert with_logic(questions=turned).essentials(5) == READER.essentials(5)


def test_rules_with_too_many_ways_are_followed_along_the_likeliest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 30)
    found = READER.essentials(MOST)
    assert 0 <= found.followed < 1
    assert found.ids[0] == essentials().ids[0]
