"""The screen says what moved, what a key does here, and how to get out of a clash."""

from __future__ import annotations

import errno
import random
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from rich.cells import cell_len

from conseil_dla.dossiers.writer import Writer
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes import compass
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.panel import Panel, StatusLine
from conseil_dla.panes.question_sheet import question_rows
from conseil_dla.reading.moves import moves
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Dossier
from conseil_dla.screens.reading import ReadingRows
from conseil_dla.toolkit.keys import KeyBar
from conseil_dla.toolkit.picker import Picker, best, matching
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording.changes import STILL, change_lines
from conseil_dla.wording.glance import glance
from conseil_dla.wording.lines import Line
from screens.driving import NARROW, WIDE, Driver, at_odds, begin, choose, jump, running
from shipped import random_dossier, shipped_reader

BASE = shipped_reader().base
LOGIC = BASE.logic


def status(driver: Driver) -> str:
    return driver.lines()[driver.question.query_one(StatusLine).region.y]


def bar(driver: Driver) -> str:
    region = driver.app.screen.query_one(KeyBar).region
    return "\n".join(driver.lines()[region.y : region.bottom])


# --- the line of state ----------------------------------------------------------------------------------------------


def test_the_brief_is_lower_case_short_and_marks_what_moved() -> None:
    formats, postures = tuple(LOGIC.formats), tuple(LOGIC.postures)
    empty = empty_reading()
    fewer = replace(
        empty,
        format=replace(empty.format, possible=formats[:3]),
        posture=replace(empty.posture, possible=postures[:2]),
    )
    sure = replace(
        empty,
        format=replace(empty.format, retained=formats[0]),
        posture=replace(empty.posture, retained=postures[0]),
    )
    one, two = (BASE.title("posture", id).lower() for id in postures[:2])
    named = BASE.title("format", formats[0])
    assert compass.brief(BASE, empty)[1] == "place\u00a0: à voir"
    assert compass.brief(BASE, fewer) == ("3 formats ouverts", f"place\u00a0: {one} ou {two}")
    assert compass.brief(BASE, sure) == (named[0].lower() + named[1:], f"place\u00a0: {one}")
    parts = compass.compared(compass.brief(BASE, sure), ("3 formats ouverts", f"place\u00a0: {one}"))
    assert [part.has_moved for part in parts] == [True, False]


async def test_the_line_of_state_is_never_cut_where_it_matters() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        moved = explained = 0
        for _ in range(9):
            if driver.question.state.current is None:
                break
            line = status(driver)
            assert "place\u00a0: " in line
            assert not line.rstrip().endswith("…")
            parts = driver.question.query_one(StatusLine).parts
            assert ("* " in line) == any(part.has_moved for part in parts)
            moved += any(part.has_moved for part in parts)
            explained += "*\u00a0: a changé" in line
            assert explained <= moved
            await driver.press("enter")
        assert moved
        assert explained, "what the mark means is said where there is room"


async def test_the_line_of_state_shortens_its_longest_part_and_never_the_place() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        parts = (
            compass.Part("un format au nom bien long " * 4, True),
            compass.Part("place\u00a0: aiguilleur", True),
        )
        driver.question.query_one(StatusLine).say(parts)
        await driver.rest()
        assert "* place\u00a0: aiguilleur" in status(driver)
        assert "* un format" in status(driver)


async def test_a_narrower_window_keeps_its_line_of_state_and_its_keys() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("enter")
        assert "F7" not in bar(driver)
        await driver.pilot.resize_terminal(*NARROW)
        await driver.rest()
        assert "place\u00a0: " in status(driver)
        assert cell_len(status(driver).strip()) > 40
        assert "F7 aperçu" in bar(driver)
        await driver.press("f7")
        await driver.pilot.resize_terminal(*WIDE)
        await driver.rest()
        assert not driver.question.has_class("-glance")
        await driver.press("enter")
        assert len(driver.question.state.answers) == 2


@cache
def empty_reading() -> Reading:
    return shipped_reader().read({})


# --- the panel --------------------------------------------------------------------------------------------------------


async def test_the_panel_sorts_what_is_certain_from_what_is_worth_checking() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        reading = driver.question.reading
        assert reading is not None
        panel = driver.question.query_one(Panel)
        view = glance(BASE, reading)
        panel.show(reading, replace(view, vigilances=(Line("sur", main=True), Line("peut-être"))))
        words = driver.panel
        assert words.index("À surveiller") < words.index("sur\n") < words.index("À vérifier") < words.index("peut-être")
        panel.show(reading, replace(view, vigilances=(Line("peut-être", main=True),)))
        assert "À vérifier" not in driver.panel
        assert "* peut-être" in driver.panel


async def test_the_panel_names_what_an_answer_made_come_and_go() -> None:
    """Also what its few lines have no room for; nothing is said to be gone that is only pushed out of them."""
    chance = random.Random(5)
    full = random_dossier(BASE.logic, chance)
    readings = [shipped_reader().read({}), *(shipped_reader().read(dict(list(full.items())[:n])) for n in (1, 12, 30))]
    async with running(WIDE) as driver:
        await begin(driver)
        panel = driver.question.query_one(Panel)
        assert "Ce qui a changé" not in driver.panel
        for before, after in pairwise([*readings, *readings[::-1], readings[0]]):
            panel.show(after, glance(BASE, after))
            lines = change_lines(BASE, before, after)
            assert all(line in driver.panel for line in lines)
            assert (STILL in driver.panel) == moves(before, after).is_still


async def test_tab_leads_to_the_panel_and_back_and_the_bar_says_so() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        assert "Tab aperçu" in bar(driver)
        await driver.press("tab")
        assert driver.question.query_one(Panel).has_focus
        assert "faire défiler" in bar(driver)
        assert "Échap réponses" in bar(driver)
        await driver.press("escape", "enter")
        assert len(driver.question.state.answers) == 1


# --- a clash --------------------------------------------------------------------------------------------------------


async def refused(driver: Driver) -> tuple[str, str]:
    """Two answers that do not go together; gives the question answered and the question refused."""
    one, other = at_odds()
    for part in (one, other):
        await jump(driver, part.question)
        await choose(driver, min(part.answers))
        await driver.press("enter")
    return one.question, other.question


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_refused_answer_leads_to_the_other_one(size: tuple[int, int]) -> None:
    async with running(size) as driver:
        await begin(driver)
        one, other = await refused(driver)
        assert "! Cette réponse n’a pas été gardée." in driver.seen
        row = f"Changer plutôt «\u00a0{BASE.title('question', one)}"
        assert row in driver.seen
        assert "Tab changer l’autre réponse" in bar(driver)
        await driver.press("tab")
        assert "Entrée changer cette réponse" in bar(driver)
        await driver.press("enter")
        assert driver.question.state.current == one
        assert row not in driver.seen
        await driver.press("left")
        assert driver.question.state.current == other


async def test_the_way_out_of_a_clash_can_be_clicked() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        one, _ = await refused(driver)
        await driver.click("Changer plutôt")
        assert driver.question.state.current == one


# --- the reading ----------------------------------------------------------------------------------------------------


async def at_line(driver: Driver, number: int) -> None:
    rows = driver.reading.query_one("#reading", Rows)
    rows.show(rows.rows, str(number))
    await driver.rest()


async def test_the_bar_of_the_reading_follows_the_line() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("enter", "enter", "enter", "f6")
        lines = driver.reading._lines
        kinds = set()
        for number, line in enumerate(lines):
            kind = (bool(line.target or line.question), bool(line.folded), bool(line.case), line.writes_opinion)
            if kind in kinds:
                continue
            kinds.add(kind)
            await at_line(driver, number)
            says, folds, opens, writes = kind
            assert ("Entrée pourquoi" in bar(driver)) == says
            assert ("→ sa question" in bar(driver)) == says
            assert ("Entrée déplier" in bar(driver)) == folds
            assert ("Entrée lire cette expérience" in bar(driver)) == opens
            assert ("Entrée écrire" in bar(driver)) == writes
            assert "Échap" in bar(driver)
            if not any(kind):
                await driver.press("enter")
                await driver.click(line.text[:20])
                assert driver.reading._line == line
        assert {(True, False, False, False), (False, False, False, True), (False,) * 4} <= kinds


async def test_a_line_of_a_case_without_more_to_say_hides_no_key() -> None:
    async with running(NARROW) as driver:
        await driver.press("down", "down", "down", "enter")
        assert driver.reading._lines[0].target is None
        assert "pourquoi" not in bar(driver)
        await driver.press("enter")
        assert "F4 en faire un dossier" in bar(driver)
        assert "Échap revenir" in bar(driver)
        assert "F3" not in bar(driver)


async def test_the_reading_leads_back_to_its_question_and_to_any_other() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter", "enter")
        current = driver.question.state.current
        await driver.press("f6", "f6")
        assert driver.question.state.current == current
        await driver.press("f6", "f3")
        assert isinstance(driver.app.screen, Picker)
        await driver.press("escape")
        assert driver.reading
        other = next(id for id in LOGIC.questions if id in driver.reading.dossier.answers)
        await driver.press("f3")
        await driver.write(BASE.title("question", other))
        await driver.press("enter")
        assert driver.question.state.current == other


async def test_the_compass_page_promises_no_question() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter", "f6")
        await at_line(driver, next(n for n, line in enumerate(driver.reading._lines) if line.question))
        assert "sa question" in bar(driver)
        await driver.press("f7")
        assert driver.reading.query_one(compass.Compass).has_focus
        assert "sa question" not in bar(driver)
        assert "pourquoi" not in bar(driver)
        await driver.press("f7")
        assert driver.reading.query_one(ReadingRows).has_focus
        assert "sa question" in bar(driver)


# --- toasts and search ----------------------------------------------------------------------------------------------


async def test_a_toast_leaves_the_keys_in_view(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(writer: Writer, dossier: Dossier) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with running(NARROW) as driver:
        await begin(driver)
        before = bar(driver)
        with monkeypatch.context() as patch:
            patch.setattr(Writer, "save", full)
            await driver.press("enter")
            assert "Pas enregistré\u00a0: le disque est plein." in driver.seen
            for row in driver.question.query_one(Choices).rows:
                assert row.text in driver.seen
            assert "toutes les actions" in bar(driver)
            assert "F1 aide" in bar(driver)
            assert len(bar(driver).split("\n")) >= len(before.split("\n"))
            assert "PAS ENREGISTRÉ" in driver.lines()[0]


async def test_the_search_finds_a_question_by_the_words_of_its_answers() -> None:
    id = next(id for id, question in LOGIC.questions.items() if question.type == "un_seul" or question.answers)
    entry = BASE.entry("question", id)
    async with running(NARROW) as driver:
        await begin(driver)
        for words in (entry.labels[LOGIC.questions[id].answers[-1]], entry.texts["libelle"].rstrip("\u00a0?")):
            await driver.press("f3")
            await driver.write(words)
            assert BASE.title("question", id) in driver.seen
            await driver.press("escape")


def test_a_title_typed_in_full_finds_its_own_question_first() -> None:
    rows = tuple(question_rows(BASE, Interview(), None))
    for id in LOGIC.questions:
        words = BASE.title("question", id)
        assert best(matching(rows, words), words) == id
