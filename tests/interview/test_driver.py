"""One driver, whoever answers: what it keeps, refuses and takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conseil_dla.interview import alone
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.driver import Answerer, Driver, own
from conseil_dla.rules.model import Dossier, Respondent
from conseil_dla.rules.truth import questions_read
from shipped import shipped_reader

READER = shipped_reader()
BASE, LOGIC = READER.base, READER.base.logic
TIED = frozenset().union(*(questions_read(rule.never) for rule in LOGIC.incoherences))
FIRST, SECOND = [q for q in LOGIC.questions.values() if q.type == "choix" and q.asked_if is None and q.id not in TIED
                 and not BASE.entry("question", q.id).internal][:2]  # fmt: skip
TODAY = date(2026, 11, 30)


class Kept:
    """A dossier kept in memory."""

    def __init__(self, side: Answerer) -> None:
        self.dossier = Dossier("x.yaml", "Un projet", {}, everyone={"Ada": Respondent("Ada", role="structure")})
        self.driver = Driver(LOGIC, side, lambda: self.dossier, self.keep)

    def keep(self, dossier: Dossier) -> None:
        self.dossier = dossier


SIDES = pytest.mark.parametrize("side", [own(LOGIC), alone.side_of(BASE, "Ada")], ids=["own", "alone"])


@SIDES
def test_an_answer_is_kept_on_its_side_taken_back_and_given_again(side: Answerer) -> None:
    there = Kept(side)
    driver = there.driver
    assert not driver.give(FIRST.id, FIRST.answers[0])
    driver.keep()
    assert side.begun(there.dossier).answers == {FIRST.id: FIRST.answers[0]}
    assert bool(there.dossier.answers) != bool(there.dossier.everyone["Ada"].answers), "one side alone"
    for again, answers in ((False, {}), (True, {FIRST.id: FIRST.answers[0]})):
        was, now = driver.retrace(again=again)
        driver.keep()
        assert was.answers != now.answers == answers == side.begun(there.dossier).answers


@SIDES
def test_what_cannot_stand_with_the_others_changes_nothing(side: Answerer) -> None:
    together = (sorted(questions_read(rule.never)) for rule in LOGIC.incoherences)
    culprits = next(ids for ids in together if not any(LOGIC.questions[id].asked_if for id in ids))
    driver = Kept(side).driver
    found = None
    for first in LOGIC.questions[culprits[0]].answers:
        for second in LOGIC.questions[culprits[1]].answers:
            driver.state = interview.Interview()
            driver.give(culprits[0], first)
            was = driver.state
            if driver.give(culprits[1], second):
                found = driver.state is was
    assert found


@SIDES
def test_what_others_changed_is_taken_over(side: Answerer) -> None:
    there = Kept(side)
    before = there.dossier
    there.driver.give(FIRST.id, FIRST.answers[0])
    there.driver.keep()
    found = side.kept(there.dossier, interview.answer(side.begun(before), SECOND.id, SECOND.answers[0]))
    there.driver.adopt(there.dossier, found)
    assert SECOND.id in there.driver.state.answers


def test_who_was_taken_out_elsewhere_is_put_back() -> None:
    there = Kept(alone.side_of(BASE, "Ada"))
    there.driver.give(FIRST.id, FIRST.answers[0])
    there.driver.keep()
    handed = there.dossier
    there.dossier = replace(handed, everyone={})
    there.driver.adopt(handed, there.dossier)
    assert there.dossier.everyone == handed.everyone


def test_a_reading_is_dated_where_something_was_answered_and_once() -> None:
    there = Kept(own(LOGIC))
    driver = there.driver
    assert driver.entered(READER.read({FIRST.id: FIRST.answers[0]}), TODAY) is there.dossier
    driver.give(FIRST.id, FIRST.answers[0])
    driver.keep()
    reading = READER.read(driver.state.known)
    there.dossier = driver.entered(reading, TODAY)
    assert [one.day for one in there.dossier.journal] == ["2026-11-30"]
    assert driver.entered(reading, TODAY) is there.dossier
