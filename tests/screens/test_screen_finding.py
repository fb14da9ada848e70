"""Finding one's way: how far one is, searching, going to a theme, undoing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.panes.number_entry import NumberField
from conseil_dla.panes.why import TO_QUESTION, WhyPage
from conseil_dla.screens.finding import SEARCH_KEYS, SearchPicker
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.toolkit.rows import Rows
from conseil_dla.toolkit.sheets import Page
from screens.driving import NARROW, WIDE, Driver, begin, jump, running
from shipped import CASES, put_on_disk, random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
LOGIC = BASE.logic


def found(driver: Driver) -> Rows:
    return driver.app.screen.query_one("#found", Rows)


# --- how far --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_title_says_how_far_l_essentiel_is_and_that_it_is_kept(size: tuple[int, int]) -> None:
    async with running(size) as driver:
        await begin(driver, "Un projet au nom tellement long qu’il ne tient pas à côté de tout ce qui reste à dire")
        assert "L’essentiel 0/8 · enregistré" in driver.lines()[0]
        await driver.press("enter")
        assert "L’essentiel 1/8 · enregistré" in driver.lines()[0]
        await driver.press("left")
        assert "L’essentiel 1/8 · enregistré" in driver.lines()[0]
        for _ in range(12):
            await driver.press("right", "enter", "f12")
        assert "L’essentiel est fait" in driver.lines()[0]
        assert driver.lines()[0].rstrip().endswith("· enregistré")
        assert "Un projet" in driver.lines()[0]


async def test_a_dossier_resumed_says_the_same(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver)
        await driver.press("enter", "enter", "end", "enter")
        state = driver.lines()[0][-40:]
        assert "3/8" in state
        await driver.press("f8", "down", "enter")
        assert driver.lines()[0][-40:] == state
    assert len(list(dossiers.glob("*.yaml"))) == 1


# --- searching ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_question_is_found_by_its_title_and_gone_to(size: tuple[int, int]) -> None:
    async with running(size) as driver:
        await begin(driver)
        for id in random.Random(1).sample([q.id for q in LOGIC.questions.values() if not q.asked_if], 4):
            await driver.press("ctrl+f")
            await driver.write(BASE.title("question", id).upper())
            await driver.press("enter")
            assert driver.question.state.current == id


async def test_a_word_of_2012_leads_to_the_word_of_today() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        for (kind, _), entry in BASE.texts.items():
            if kind == "mot":
                await driver.press("ctrl+f")
                await driver.write(entry.texts["avant"])
                assert found(driver).rows[1].text == entry.texts["aujourd_hui"]
                await driver.press("enter")
                assert isinstance(driver.app.screen, Page)
                assert entry.texts["aujourd_hui"] in driver.seen
                await driver.press("escape")


async def test_a_conclusion_opens_its_why_then_its_question() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter")
        for from_reading in (False, True):
            await driver.press(*(["f6"] if from_reading else []), "ctrl+f")
            await driver.write(BASE.title("format", list(LOGIC.formats)[-1]))
            await driver.press("enter")
            page = driver.app.screen
            assert isinstance(page, WhyPage)
            await driver.click("Aller à la question")
            assert driver.question.state.current in driver.question.reading.open_questions  # type: ignore[union-attr]


async def test_rows_say_where_they_stand_and_tab_goes_from_kind_to_kind() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter", "ctrl+f")
        rows = found(driver).rows
        assert all(row.detail for row in rows if row.key and not row.key.startswith("mot "))
        titles = [number for number, row in enumerate(rows) if row.tone == "header"]
        assert found(driver).cursor == titles[0] + 1
        for title in titles[1:]:
            await driver.press("tab")
            assert title < found(driver).cursor
            assert all(row.key is None for row in rows[title : found(driver).cursor])
        last = found(driver).cursor
        await driver.press("tab")
        assert found(driver).cursor == last
        await driver.press("shift+tab")
        assert titles[-2] < found(driver).cursor < titles[-1]


async def test_a_case_opens_the_page_of_a_question_and_changes_nothing() -> None:
    before = CASES[0].read_bytes()
    async with running(NARROW) as driver:
        await driver.press("down", "down", "down", "enter", "ctrl+f")
        assert isinstance(driver.app.screen, SearchPicker)
        await driver.write(BASE.title("question", next(iter(LOGIC.questions))))
        await driver.press("enter")
        assert isinstance(driver.app.screen, Page)
        await driver.press("escape", "ctrl+f")
        await driver.write(BASE.title("format", next(iter(LOGIC.formats))))
        await driver.press("enter")
        assert isinstance(driver.app.screen, WhyPage)
        assert not driver.app.screen.query(f"#{TO_QUESTION}")
    assert CASES[0].read_bytes() == before


async def test_the_field_of_a_number_leaves_the_key_to_the_search() -> None:
    number = next(q.id for q in LOGIC.questions.values() if q.type == "nombre" and not q.asked_if)
    async with running() as driver:
        await begin(driver)
        await jump(driver, number)
        await driver.write("12")
        await driver.press("home")
        assert isinstance(driver.app.focused, NumberField)
        await driver.press("ctrl+f")
        assert isinstance(driver.app.screen, SearchPicker)
        await driver.press("escape")
        assert driver.question.query_one(NumberField).value == "12"
    assert all(binding.priority for binding in SEARCH_KEYS), "whatever the fields make of it in another version"


# --- themes ---------------------------------------------------------------------------------------------------------


async def test_tab_goes_from_theme_to_theme_in_the_list_and_the_bar_says_so() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("f3", "home")
        assert "Tab thème suivant" in driver.seen
        themes = list(dict.fromkeys(BASE.entry("question", id).texts["theme"] for id in LOGIC.questions))
        rows = found(driver)
        where = themes.index(BASE.entry("question", rows.current or "").texts["theme"])
        for theme in themes[where + 1 :]:
            await driver.press("tab")
            assert BASE.entry("question", rows.current or "").texts["theme"] == theme
            assert f"── {theme} ─" in driver.seen
        await driver.press("shift+tab")
        assert BASE.entry("question", rows.current or "").texts["theme"] == themes[-2]


async def test_the_palette_leads_to_a_theme_and_to_its_first_question_without_an_answer(dossiers: Path) -> None:
    answers = random_dossier(LOGIC, random.Random(2), 0.5)
    path = store.create(dossiers, "Un projet")
    put_on_disk(replace(store.load(path, BASE), answers=answers))
    async with running(NARROW, path) as driver:
        await driver.press("ctrl+p")
        await driver.write("Aller à un thème")
        await driver.press("enter")
        assert "sur" in driver.seen
        await driver.press("down", "enter")
        reading = driver.question.reading
        assert reading is not None
        current = driver.question.state.current or ""
        theme = BASE.entry("question", current).texts["theme"]
        left = [
            id
            for id in LOGIC.questions
            if BASE.entry("question", id).texts["theme"] == theme and id not in reading.not_applicable
        ]
        assert current == next((id for id in left if id not in answers), left[0])


# --- undoing --------------------------------------------------------------------------------------------------------


async def test_several_undos_say_what_they_take_back_and_are_given_again() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter", "enter", "f4")
        await driver.write("à revoir")
        await driver.press("f4")
        state = driver.question.state
        asked = list(state.answers)
        assert list(state.notes.values()) == ["à revoir"]
        await driver.press("f9")
        assert "Note sur" in driver.seen
        assert "annulée. Ctrl+Y rétablit." in " ".join(driver.seen.split())
        assert not driver.question.state.notes
        for question in reversed(asked):
            await driver.press("ctrl+z")
            assert f"Réponse à «\u00a0{BASE.title('question', question)}\u00a0» annulée." in driver.seen
            assert driver.question.state.current == question
            assert driver.question.reading is not None
            assert driver.question.reading.answers == driver.question.state.known
        assert not driver.question.state.answers
        assert not driver.question.dossier.answers
        await driver.press("ctrl+z")
        for question in asked:
            await driver.press("ctrl+y")
            assert f"Réponse à «\u00a0{BASE.title('question', question)}\u00a0» rétablie" in driver.seen
        await driver.press("ctrl+y")
        assert driver.question.state == state
        assert driver.question.dossier.notes == state.notes


async def test_another_answer_ends_what_can_be_given_again() -> None:
    async with running() as driver:
        await begin(driver)
        await driver.press("enter", "f9", "down", "enter")
        answers = driver.question.state.answers
        await driver.press("ctrl+y")
        assert driver.question.state.answers == answers


async def test_undoing_while_the_panel_hides_the_answers_is_told_over_it() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter", "f7", "f9")
        assert isinstance(driver.app.screen, QuestionScreen)
        assert "annulée" in driver.seen
