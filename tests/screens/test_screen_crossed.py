"""Several people answer alone, and their views are crossed: the way through the screens, and their walls."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input

from comparison.test_crossed import clashing
from comparison.test_crossed_text import leaks
from conseil_dla.comparison.alone_text import HELD, HELD_TITLE, HOLDERS_WORD
from conseil_dla.comparison.crossed_text import TITLES
from conseil_dla.comparison.screens.alone import AloneScreen, AloneSheet, HeldScreen
from conseil_dla.comparison.screens.crossed import FOLD, CrossedScreen
from conseil_dla.comparison.screens.respondents import RespondentsScreen
from conseil_dla.dossiers import store
from conseil_dla.interview.alone import asked_of
from conseil_dla.panes.comfort import HIDE_TITLES
from conseil_dla.rules.model import Respondent
from conseil_dla.toolkit.keys import NAME
from conseil_dla.toolkit.rows import Rows
from conseil_dla.toolkit.sheets import Page
from crossing import BASE, LOGIC, NAMES, SECRET, SILENT, crowded, saved
from screens.driving import NARROW, WIDE, Driver, jump, running
from screens.test_screen_layout import outside

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.lent)])
QUESTIONS = asked_of(BASE, "structure")
NEWCOMER = "Nour"


@pytest.fixture
def path(dossiers: Path) -> Path:
    return crowded(dossiers)


async def to_people(driver: Driver) -> RespondentsScreen:
    await driver.press("ctrl+x")
    screen = driver.app.screen
    assert isinstance(screen, RespondentsScreen)
    return screen


async def add(driver: Driver, name: str = NEWCOMER, *keys: str) -> None:
    """Somebody more; ``keys`` between the name and the end."""
    await driver.press("f4")
    await driver.write(name)
    await driver.press(*keys, "f5")


async def hand_over(driver: Driver) -> AloneScreen:
    """The screen to whom the cursor is on."""
    await driver.press("enter", "enter")
    screen = driver.app.screen
    assert isinstance(screen, AloneScreen), driver.seen
    return screen


async def take_back(driver: Driver) -> None:
    """Who holds the dossier has the screen again; until then it shows nothing, whatever is pressed or clicked."""
    for pressed in ("escape", "enter", "f1", "f3", "f5", "f6", "ctrl+p", "ctrl+q", "ctrl+x", "tab", "pagedown"):
        await driver.press(pressed)
        assert isinstance(driver.app.screen, HeldScreen), pressed
    words = re.findall(r"\w+", driver.seen)
    assert sorted(words) == sorted(re.findall(r"\w+", f"{NAME} {HELD_TITLE} {HELD}")), driver.seen
    for letter in f"x{HOLDERS_WORD}":
        await driver.press(letter)
    assert isinstance(driver.app.screen, RespondentsScreen)
    assert SILENT.name not in driver.seen


def people(path: Path) -> dict[str, Respondent]:
    return dict(store.load(path, BASE).everyone)


# --- the way through ------------------------------------------------------------------------------------------------


@SIZES
async def test_somebody_is_added_answers_alone_agrees_and_is_crossed(size: tuple[int, int], path: Path) -> None:
    async with running(size, path) as driver:
        await to_people(driver)
        await add(driver, NEWCOMER, "enter", "enter", *["up"] * 4, "enter")
        alone = await hand_over(driver)
        assert NEWCOMER in driver.lines()[0]
        first, second = QUESTIONS[:2]
        assert alone.state.current == first
        await driver.press("enter")
        has_several = LOGIC.questions[second].type == "plusieurs"
        await driver.press("enter", *(["f12"] if has_several else []))
        third = alone.state.current
        await driver.press("end", "enter")
        assert not outside(driver)
        await driver.press("f9", "ctrl+y", "f8")
        assert "peuvent-elles être croisées" in driver.seen
        await driver.click("J’accepte")
        assert "rendre la main" in driver.seen
        await driver.press("enter")
        await take_back(driver)
        assert "3 réponses · accord donné" in driver.seen
        await driver.press("f6")
        assert isinstance(driver.app.screen, CrossedScreen)
        assert driver.app.screen.crossed is not None
        assert driver.app.screen.crossed.names == (*NAMES[:3], NEWCOMER)
        await driver.press("escape", "escape")
        assert driver.question
    one = people(path)[NEWCOMER]
    picked = LOGIC.questions[second].answers[0]
    assert one.answers == {first: LOGIC.questions[first].answers[0],
                           second: frozenset({picked}) if has_several else picked}  # fmt: skip
    assert (one.declined, one.role, one.consents) == ({third}, "dla", True)


async def test_one_resumes_where_one_stopped_and_consent_can_change(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await to_people(driver)
        await add(driver)
        await hand_over(driver)
        await driver.press("enter", "right", "f8", "enter", "enter")
        await take_back(driver)
        assert not people(path)[NEWCOMER].consents
        await driver.press("enter")
        assert NEWCOMER not in driver.seen
        await driver.click("Qui est-ce")
        assert NEWCOMER in driver.seen
        await driver.press("escape")
        alone = await hand_over(driver)
        assert alone.state.current == QUESTIONS[1], "passed over, not answered"
        await driver.press("f3", "enter", "left", "right", "f8", "escape", "enter")
        await take_back(driver)
        for button, agreed in (("J’accepte", True), ("Je n’accepte pas", False)):
            await driver.press("enter", "tab", "enter")
            await driver.click(button)
            assert people(path)[NEWCOMER].consents is agreed
            assert ("accord donné" in driver.lines()[driver_row(driver)]) is agreed
            assert (NEWCOMER in driver.seen) is agreed


def driver_row(driver: Driver) -> int:
    return next(number for number, line in enumerate(driver.lines()) if "▸" in line)


async def test_taking_somebody_out_asks_first(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await to_people(driver)
        await driver.press("enter", "tab", "tab", "enter")
        assert f"Retirer {NAMES[0]}" in driver.seen
        assert "seront effacées" in driver.seen
        await driver.press("enter")
        assert NAMES[0] in people(path)
        await driver.press("home", "enter", "tab", "tab", "enter", "tab", "enter")
        assert NAMES[0] not in people(path)
        assert NAMES[0] not in driver.seen
    assert list(people(path)) == [*NAMES[1:3], SILENT.name]


async def test_a_name_is_needed_and_is_nobody_elses(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await to_people(driver)
        await driver.press("f4", "f5")
        assert "manque un nom" in driver.seen
        await driver.write(NAMES[0].upper())
        await driver.press("f5")
        assert "déjà ce nom" in driver.seen
        await driver.press("escape", "tab", "enter")
        assert isinstance(driver.app.screen, RespondentsScreen)
    assert len(people(path)) == 4


async def test_answers_that_exclude_each_other_lead_to_the_other(path: Path) -> None:
    pair = clashing()
    assert pair is not None
    (first, a), (second, b) = pair
    saved(path.parent, [Respondent(NEWCOMER, {first: a}, role="structure")], "Seule")
    alone_path = next(each for each in path.parent.glob("*seule*.yaml"))
    async with running(NARROW, alone_path) as driver:
        await to_people(driver)
        alone = await hand_over(driver)
        alone.go_to(second)
        await driver.rest()
        choices = alone.query_one("#choices", Rows)
        while choices.current != b:
            await driver.press("down")
        await driver.press("enter")
        assert "pas été gardée" in driver.seen
        await driver.press("tab", "enter")
        assert alone.state.current == first
    assert people(alone_path)[NEWCOMER].answers == {first: a}


async def test_the_key_opens_from_the_field_of_a_number_too(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await jump(driver, next(id for id, q in LOGIC.questions.items() if q.type == "nombre"))
        assert isinstance(driver.app.screen.focused, Input)
        await to_people(driver)


async def test_when_all_is_seen_one_is_told_and_can_look_again(path: Path) -> None:
    saved(path.parent, [Respondent(NEWCOMER, {}, frozenset(QUESTIONS), "structure")], "Vue")
    async with running(NARROW, next(each for each in path.parent.glob("*vue*.yaml"))) as driver:
        await to_people(driver)
        alone = await hand_over(driver)
        assert "Vous avez vu toutes les questions" in driver.seen
        assert "lecture" not in driver.seen
        await driver.click("Revoir mes réponses")
        await driver.press("escape")
        await driver.click("Reprendre")
        assert alone.state.current is not None
        await driver.press("left")
        assert "peuvent-elles être croisées" in driver.seen


# --- alone: the wall ------------------------------------------------------------------------------------------------


@SIZES
async def test_no_question_shows_what_anybody_else_answered(size: tuple[int, int], path: Path) -> None:
    formats = [BASE.title("format", id).lower() for id in LOGIC.formats]
    async with running(size, path) as driver:
        await to_people(driver)
        await add(driver, NEWCOMER, "enter", "enter", *["up"] * 3, "enter")
        alone = await hand_over(driver)
        seen = set()
        while alone.state.current is not None:
            question = alone.state.current
            seen.add(question)
            whole = f"{driver.seen}\n{alone.query_one(AloneSheet).query_one('#aide').text}"  # type: ignore[attr-defined]
            assert SECRET not in whole
            assert not [name for name in (*NAMES[:3], SILENT.name) if name in whole]
            assert "●" not in whole
            assert "[×]" not in whole
            assert not [title for title in formats if title in whole.lower()]
            assert "tableau des structures" not in whole.lower()
            assert leaks(whole) == []
            field = alone.query("#number-entry Input")
            assert all(not each.value for each in field.results(Input) if LOGIC.questions[question].type == "nombre")
            if len(seen) < 4:
                await driver.press("f1")
                assert SECRET not in driver.seen
                await driver.press("escape")
            alone.action_skip()
            await driver.rest()
        assert seen == set(QUESTIONS) - {id for id in QUESTIONS if LOGIC.questions[id].asked_if} | (
            seen & set(QUESTIONS)
        )
        assert len(seen) > 30
        await driver.press("f3")
        assert not [name for name in NAMES[:3] if name in driver.seen]
        assert "●" not in driver.app.screen.query_one(Rows).text


async def test_ones_own_answer_is_shown_to_oneself(path: Path) -> None:
    """The marks that the wall looks for are there where they should be."""
    async with running(NARROW, path) as driver:
        await to_people(driver)
        await add(driver)
        await hand_over(driver)
        await driver.press("enter", "left")
        assert "●" in driver.seen


# --- crossed: the wall ----------------------------------------------------------------------------------------------


async def everything(driver: Driver, sheets: int = 99) -> AsyncIterator[str]:
    """All that the crossing can show: its lines, everything unfolded, and the sheets of questions."""
    rows = driver.app.screen.query_one(Rows)
    for key in [row.key for row in rows.rows if row.key and row.key.startswith(FOLD)]:
        rows.post_message(Rows.Chosen(rows, key))
        await driver.rest()
    yield rows.text
    await driver.press("home")
    for _ in range(40):
        yield driver.seen
        before = driver.seen
        await driver.press("pagedown")
        if driver.seen == before:
            break
    for key in [row.key for row in rows.rows if row.key and not row.key.startswith(FOLD)][:sheets]:
        rows.post_message(Rows.Chosen(rows, key))
        await driver.rest()
        page = driver.app.screen
        assert isinstance(page, Page)
        yield "\n".join((page.heading, *(block.text for block in page.blocks)))
        assert not outside(driver)
        await driver.press("escape")


@SIZES
async def test_nothing_internal_and_nobody_who_does_not_consent_is_on_the_crossed_screen(
    size: tuple[int, int], path: Path
) -> None:
    async with running(size, path) as driver:
        await to_people(driver)
        await driver.press("f6")
        assert not outside(driver)
        whole = "\n".join([text async for text in everything(driver, 99 if size == NARROW else 3)])
    assert leaks(whole) == []
    assert SECRET not in whole
    assert SILENT.name not in whole
    assert all(name in whole for name in NAMES[:3])
    assert all(TITLES[group] in whole for group in ("moving", "differing", "shared"))
    assert "Quelle que soit la réponse retenue" in whole
    assert "La place du DLA" in whole
    assert "interne" in whole


async def test_what_moves_the_advice_is_seen_first(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await to_people(driver)
        await driver.press("f6")
        assert TITLES["moving"] in driver.seen
        assert TITLES["differing"] not in driver.seen
        screen = driver.app.screen
        assert isinstance(screen, CrossedScreen)
        rows = screen.query_one(Rows)
        moved = {one.question for one in screen.crossed.questions if one.moved}  # type: ignore[union-attr]
        assert rows.current in moved
        await driver.press("tab", "tab", "shift+tab", "enter", "escape")


async def test_with_too_few_people_the_screen_says_what_is_missing(dossiers: Path) -> None:
    path = saved(dossiers, [SILENT])
    async with running(NARROW, path) as driver:
        await to_people(driver)
        await driver.press("f6")
        assert "au moins deux personnes" in driver.seen
        assert SILENT.name not in driver.seen
        assert "Ctrl+E" not in driver.seen


# --- discretion, and a paper ----------------------------------------------------------------------------------------


async def test_with_titles_hidden_no_name_is_shown(path: Path) -> None:
    names = (*NAMES[:3], SILENT.name)
    async with running(NARROW, path) as driver:
        await driver.press(HIDE_TITLES)
        await to_people(driver)
        assert "Répondant·e 4" in driver.seen
        assert not [name for name in names if name in driver.seen]
        await driver.press("enter")
        assert not [name for name in names if name in driver.seen]
        await driver.press("tab", "tab", "enter")
        assert not [name for name in names if name in driver.seen]
        await driver.press("escape", "enter", "enter")
        assert not [name for name in names if name in driver.seen]
        await driver.press(HIDE_TITLES)
        assert NAMES[0] in driver.seen
        await driver.press(HIDE_TITLES, "f8", "enter", "enter", *HOLDERS_WORD, "f6")
        whole = "\n".join([text async for text in everything(driver, 6)])
        assert not [name for name in names if name in whole]
        assert "Répondant·e 3" in whole
        await driver.press("home", "enter", HIDE_TITLES)
        assert any(name in driver.seen for name in NAMES[:3])


async def test_the_views_are_written_beside_the_dossier(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await to_people(driver)
        await driver.press("f6", "ctrl+e", "enter")
        assert "Le papier est écrit" in driver.seen
        assert "pour elles" in driver.seen
    written = [each for each in path.parent.iterdir() if "regards-croises" in each.name]
    assert len(written) == 1
