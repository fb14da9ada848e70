"""The territory profile has a page of its own: answered there once, kept at once, taken over by new dossiers."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path

import pytest

from conseil_dla.dossiers import territory
from conseil_dla.panes import shelf
from conseil_dla.screens.territory import TerritoryPage
from screens.driving import NARROW, WIDE, Driver, begin, running
from shipped import shipped_reader

BASE = shipped_reader().base
HELD = [q for q in BASE.logic.questions.values() if q.in_profile]
CHOICE = next(q for q in HELD if q.type == "choix")
SEVERAL = next(q for q in HELD if q.type == "plusieurs")


async def open_page(driver: Driver) -> TerritoryPage:
    await driver.click("Profil du territoire")
    page = driver.app.screen
    assert isinstance(page, TerritoryPage)
    return page


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_is_answered_by_keys_kept_at_once_and_taken_over(size: tuple[int, int], dossiers: Path) -> None:
    async with running(size) as driver:
        page = await open_page(driver)
        assert "Rien n’est encore gardé" in driver.seen
        assert all(BASE.title("question", q.id) in driver.seen for q in HELD)
        await driver.press("enter", "enter")
        assert page.answers == {CHOICE.id: CHOICE.answers[0]}
        kept = territory.load(BASE)
        assert kept is not None
        assert kept.answers == page.answers
        assert kept.day == datetime.now().astimezone().date().isoformat()
        assert "Gardé le" in driver.seen
        await driver.press("escape")
        await begin(driver)
        assert driver.question.state.answers == kept.answers


async def test_boxes_are_ticked_and_an_answer_can_be_taken_back_by_the_mouse() -> None:
    async with running() as driver:
        page = await open_page(driver)
        await driver.click(BASE.title("question", SEVERAL.id))
        await driver.click(BASE.entry("question", SEVERAL.id).labels[SEVERAL.answers[1]])
        await driver.click("Valider")
        assert page.answers == {SEVERAL.id: frozenset({SEVERAL.answers[1]})}
        await driver.click(BASE.title("question", SEVERAL.id))
        await driver.click("Je ne sais pas encore")
        assert page.answers == {}
        kept = territory.load(BASE)
        assert kept is not None
        assert kept.answers == {}
        await driver.press("f9")
        assert "est revenue" in driver.seen
        again = territory.load(BASE)
        assert again is not None
        assert again.answers == page.answers == {SEVERAL.id: frozenset({SEVERAL.answers[1]})}
        await driver.press("ctrl+y")
        assert page.answers == {}
        await driver.click("Fermer")
        assert not isinstance(driver.app.screen, TerritoryPage)


async def test_leaving_a_question_changes_nothing_and_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(base: object, answers: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with running() as driver:
        page = await open_page(driver)
        await driver.press("enter", "escape")
        assert page.answers == {}
        monkeypatch.setattr(shelf, "write_profile", full)
        await driver.press("enter", "enter")
        assert "Profil non enregistré" in driver.seen
        assert "le disque est plein" in driver.seen


async def test_a_profile_that_cannot_be_read_is_told_and_left_alone(dossiers: Path) -> None:
    territory.write(BASE, {CHOICE.id: CHOICE.answers[0]}, datetime.now().astimezone().date())
    spoiled = territory.path().read_text(encoding="utf-8").replace(CHOICE.answers[0], "autre_chose")
    territory.path().write_text(spoiled, encoding="utf-8")
    async with running() as driver:
        await driver.click("Profil du territoire")
        assert "autre_chose" in driver.seen
        assert not isinstance(driver.app.screen, TerritoryPage)
    assert territory.path().read_text(encoding="utf-8") == spoiled
