"""What is ticked or typed and not validated is no answer, is shown again, and is never lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from conseil_dla.comparison.screens.alone import AloneScreen
from conseil_dla.dossiers import store
from conseil_dla.ground.files import drafts_folder
from conseil_dla.interview import alone
from conseil_dla.rules.model import Respondent
from conseil_dla.screens.home import HomeScreen
from conseil_dla.toolkit.sheets import Page
from screens.driving import NARROW, Driver, jump, running
from shipped import put_on_disk, shipped_reader

BASE = shipped_reader().base
SEVERAL = next(q for q in BASE.logic.questions.values() if q.type == "plusieurs" and not q.asked_if and q.tally is None)
NUMBER = next(q for q in BASE.logic.questions.values() if q.type == "nombre" and not q.asked_if)
OTHER = next(q for q in BASE.logic.questions.values() if q.type == "choix" and not q.asked_if)
TICKED = frozenset(SEVERAL.answers[:2])
WAITS = "2 cases cochées, pas encore validées"


@pytest.fixture
def path(dossiers: Path) -> Path:
    return store.create(dossiers, "Cases")


async def tick(driver: Driver) -> None:
    await driver.press("home", "space", "down", "space")


def ticked(driver: Driver) -> set[str]:
    return driver.app.screen.query_one("#choices")._ticked  # type: ignore[attr-defined, no-any-return]


def drafts() -> int:
    return len(list(drafts_folder().glob("*.json")))


async def test_boxes_wait_on_every_way_out_and_count_for_nothing(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await jump(driver, OTHER.id)
        await driver.press("enter")
        await jump(driver, SEVERAL.id)
        await tick(driver)
        assert WAITS in driver.seen
        assert "enregistré" not in driver.lines()[0]
        await jump(driver, OTHER.id)
        assert "1 choix à valider" in driver.seen
        await jump(driver, SEVERAL.id)
        assert ticked(driver) == TICKED
        await driver.press("f8")
        assert "Valider avant de partir" in driver.seen
        await driver.click("Y revenir")
        assert ticked(driver) == TICKED
        await driver.press("ctrl+q")
        await driver.click("Laisser en attente")
        assert not driver.app.is_running
    assert SEVERAL.id not in store.load(path, BASE).answers
    async with running(NARROW, path) as driver:
        await jump(driver, SEVERAL.id)
        assert ticked(driver) == TICKED
        assert WAITS in driver.seen
        await driver.press("f12")
        assert driver.question.state.answers[SEVERAL.id] == TICKED
        await driver.press("f8")
        assert isinstance(driver.app.screen, HomeScreen)
        await driver.pilot.pause(0.4)
        await driver.rest()
    assert drafts() == 0
    assert store.load(path, BASE).answers[SEVERAL.id] == TICKED


async def test_a_terminal_that_closes_keeps_what_was_ticked(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await jump(driver, SEVERAL.id)
        await tick(driver)
        driver.app.exit()
        await driver.pilot.pause()
    async with running(NARROW, path) as driver:
        assert "vous attend" not in driver.seen
        await jump(driver, SEVERAL.id)
        assert ticked(driver) == TICKED


async def test_a_number_that_was_typed_waits_too(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await jump(driver, NUMBER.id)
        await driver.write("7")
        await jump(driver, OTHER.id)
        await jump(driver, NUMBER.id)
        assert driver.question.query_one("#number", Input).value == "7"
        assert "nombre tapé, pas encore validé" in driver.seen
        await driver.press("f9")
        assert driver.question.query_one("#number", Input).value == ""
        assert not driver.question.unvalidated.by_question


async def test_annuler_takes_the_ticks_back_before_any_answer(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await jump(driver, OTHER.id)
        await driver.press("home", "enter")
        given = dict(driver.question.state.answers)
        await jump(driver, SEVERAL.id)
        await tick(driver)
        await driver.press("f9")
        assert driver.question.state.current == SEVERAL.id
        assert ticked(driver) == set()
        assert driver.question.state.answers == given
        assert "rien n’avait été validé" in driver.seen


async def test_who_answers_alone_finds_them_again(path: Path) -> None:
    put_on_disk(alone.with_respondent(store.load(path, BASE), Respondent("Ada", role="structure")))
    for turn in range(2):
        async with running(NARROW, path) as driver:
            await driver.press("ctrl+x", "enter", "enter")
            screen = driver.app.screen
            assert isinstance(screen, AloneScreen)
            screen.go_to(SEVERAL.id)
            await driver.rest()
            if turn:
                assert ticked(driver) == TICKED
            else:
                await tick(driver)
            assert WAITS in driver.seen
            await driver.press("f8")
            assert isinstance(driver.app.screen, Page)
            assert "Valider avant de partir" in driver.seen
            driver.app.exit()
            await driver.pilot.pause()
    assert not store.load(path, BASE).everyone["Ada"].answers
