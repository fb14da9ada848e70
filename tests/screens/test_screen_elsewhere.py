"""A dossier changed elsewhere while it is open here: the screens, their papers and their trace are of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.rules.model import Dossier, Respondent, Value
from screens.driving import NARROW, Driver, choose, jump, running
from shipped import CASES, put_on_disk, shipped_reader

BASE = shipped_reader().base
QUESTIONS = BASE.logic.questions
HERE, THERE = [id for id, one in QUESTIONS.items() if one.type == "choix" and one.tally is None][:2]


@pytest.fixture
def path(dossiers: Path) -> Path:
    path = store.create(dossiers, "À deux")
    known = store.load(CASES[0], BASE)
    put_on_disk(replace(store.load(path, BASE), answers=known.answers))
    return path


def change(path: Path, question: str) -> Value:
    """Another answer to a question, as in a text editor."""
    there = store.load(path, BASE)
    for answer in QUESTIONS[question].answers:
        if answer != there.answers.get(question):
            put_on_disk(replace(there, answers={**there.answers, question: answer}))
            try:
                store.load(path, BASE)
            except Exception:
                put_on_disk(there)
            else:
                return answer
    raise AssertionError(question)


async def answer_here(driver: Driver) -> None:
    await jump(driver, HERE)
    await choose(driver, driver.question.state.answers.get(HERE) or QUESTIONS[HERE].answers[0])  # type: ignore[arg-type]
    given = driver.question.state.answers.get(HERE)
    await choose(driver, next(one for one in QUESTIONS[HERE].answers if one != given))
    await driver.press("enter")


def said(driver: Driver) -> str:
    return " ".join(note.message for note in driver.app._notifications)


async def test_the_screens_go_on_with_what_was_changed_elsewhere(path: Path) -> None:
    async with running(NARROW, path) as driver:
        theirs = change(path, THERE)
        await answer_here(driver)
        screen = driver.question
        assert BASE.title("question", THERE) in said(driver)
        assert screen.state.answers[THERE] == theirs
        assert screen.reading is not None
        assert screen.reading.answers == screen.state.known
        ours = screen.state.answers[HERE]
        assert store.load(path, BASE).answers == screen.dossier.answers == screen.state.answers
        await driver.press("f9")
        assert screen.state.answers.get(HERE) != ours
        assert store.load(path, BASE).answers[THERE] == theirs, "undone here, it stays done there"


async def test_a_paper_and_the_trace_are_of_what_the_file_holds_by_then(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Dossier] = []

    def noted(reader: object, dossier: Dossier, wanted: object, suffix: str) -> Path:
        written.append(dossier)
        return path

    monkeypatch.setattr("conseil_dla.panes.paper_writing.write_beside", noted)
    async with running(NARROW, path) as driver:
        await answer_here(driver)
        theirs = change(path, THERE)
        await driver.press("ctrl+e", "enter", "enter")
        assert written[0].answers[THERE] == theirs
        await driver.press("escape")
        last = next(id for id, one in QUESTIONS.items() if one.type == "choix" and id not in (HERE, THERE))
        change(path, last)
        await driver.press("ctrl+q")
    there = store.load(path, BASE)
    assert [one.answers for one in there.journal[-1:]] == [{**there.journal[-1].answers, **there.answers}]


async def test_the_reading_over_the_question_is_read_again(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press("f6")
        theirs = change(path, THERE)
        driver.question_below.saving.look()
        await driver.rest()
        reading = driver.reading.reading
        assert reading is not None
        assert reading.answers[THERE] == theirs


async def test_what_is_being_typed_waits_for_nothing_and_loses_nothing(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await jump(driver, HERE)
        await driver.press("f4")
        await driver.write("entendu au téléphone")
        theirs = change(path, THERE)
        driver.question_below.saving.look()
        await driver.rest()
        assert driver.question_below.state.answers.get(THERE) != theirs
        await driver.press("f4")
        await driver.rest()
        assert driver.question.state.answers[THERE] == theirs
        assert store.load(path, BASE).notes == {HERE: "entendu au téléphone"}


async def test_who_answers_alone_is_not_told_of_the_dossier(path: Path) -> None:
    put_on_disk(replace(store.load(path, BASE), everyone={"Ada": Respondent("Ada", role="structure")}))
    async with running(NARROW, path) as driver:
        await driver.press("ctrl+x", "enter", "enter")
        change(path, THERE)
        await driver.press("down", "enter")
        assert "modifié ailleurs" in said(driver)
        assert BASE.title("question", THERE) not in said(driver)
