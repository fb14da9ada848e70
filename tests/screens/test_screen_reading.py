"""The reading page: its order, its two columns, and where each line leads."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from conseil_dla.dossiers import store
from conseil_dla.screens.dossier_texts import OpinionPage
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.toolkit.rows import BETWEEN, Rows, side_lines
from conseil_dla.toolkit.sheets import Page
from conseil_dla.wording.lines import Line
from screens.driving import NARROW, WIDE, Driver, running
from shipped import ROOT, put_on_disk, random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
SIZES = (NARROW, WIDE, (160, 50))


def an_own_dossier(folder: Path, trial: str = "mecenat_et_equilibre") -> Path:
    """A dossier of one's own with the answers of an invented trial."""
    read = store.load(ROOT / "knowledge" / "essais" / f"{trial}.yaml", BASE)
    path = store.create(folder, read.title, read.demand, read.heard)
    put_on_disk(replace(store.load(path, BASE), answers=read.answers))
    return path


async def to_line(driver: Driver, wanted: Line) -> None:
    rows = driver.reading.query_one("#reading", Rows)
    rows.show(rows.rows, str(driver.reading._lines.index(wanted)))
    await driver.rest()


def test_two_columns_hold_every_word_within_the_width_and_never_mix() -> None:
    chance = random.Random(4)
    words = ["un", "groupe", "constitué", "de longue date", "l’absence", "(pèse fort)", "(emporte la décision)"]
    for _ in range(300):
        sides = tuple(
            tuple(" ".join(chance.choices(words, k=chance.randint(1, 8))) for _ in range(chance.randint(0, 4)))
            for _ in range(2)
        )
        width = chance.randint(24, 120)
        lines = side_lines(sides, width)  # type: ignore[arg-type]
        assert all(cell_len(line) <= width for line in lines)
        text = "\n".join(lines)
        assert (BETWEEN.strip() in text) <= all(sides)
        if BETWEEN.strip() in text:
            halves = [line.partition(BETWEEN.strip()) for line in lines]
            columns = [" ".join(half[n].strip() for half in halves) for n in (0, 2)]
        else:
            flat = " ".join(line.strip() for line in lines)
            split = flat.find("−") if sides[1] else len(flat)
            columns = [flat[:split], flat[split:]]
        for mark, reasons, column in zip("+−", sides, columns, strict=True):
            assert column.split() == [word for reason in reasons for word in [mark, *reason.split()]]


@pytest.mark.parametrize("size", SIZES)
async def test_reasons_for_and_against_stand_side_by_side_where_there_is_room(
    size: tuple[int, int], dossiers: Path
) -> None:
    async with running(size, an_own_dossier(dossiers)) as driver:
        await driver.press("f6")
        line = next(line for line in driver.reading._lines if line.sides and all(line.sides))
        await to_line(driver, line)
        first = line.sides[0][0].split()[:2], line.sides[1][0].split()[:2]  # type: ignore[index]
        beside = [text for text in driver.lines() if " ".join(first[0]) in text and " ".join(first[1]) in text]
        assert beside, driver.seen


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_every_line_of_a_conclusion_says_why_and_leads_to_a_question(
    size: tuple[int, int], dossiers: Path
) -> None:
    path = an_own_dossier(dossiers)
    async with running(size, path) as driver:
        await driver.press("f6")
        targets = {line.target for line in driver.reading._lines if line.target}
        assert len(targets) > 20
        chance = random.Random(2)
        for target in chance.sample(sorted(targets), 5):
            line = next(line for line in driver.reading._lines if line.target == target)
            await to_line(driver, line)
            await driver.press("enter")
            assert isinstance(driver.app.screen, Page)
            assert BASE.title(*target) == driver.app.screen.heading
            await driver.press("escape")
            assert driver.reading._line == line
            expected = line.question or READER.question_of(driver.reading.reading, *target)  # type: ignore[arg-type]
            await driver.press("right")
            assert expected is not None
            assert driver.question.state.current == expected
            await driver.press("f6")


async def test_the_page_of_why_leads_to_the_same_question_as_the_arrow(dossiers: Path) -> None:
    async with running(WIDE, an_own_dossier(dossiers)) as driver:
        await driver.press("f6")
        line = next(line for line in driver.reading._lines if line.target and line.question is None)
        expected = READER.question_of(driver.reading.reading, *line.target)  # type: ignore[arg-type, misc]
        await to_line(driver, line)
        await driver.press("enter", "tab", "enter")
        assert driver.question.state.current == expected


async def test_what_is_folded_unfolds_in_its_place(dossiers: Path) -> None:
    path = store.create(dossiers, "plié")
    draw = random.Random(9)
    while True:
        answers = random_dossier(BASE.logic, draw, 0.25)
        put_on_disk(replace(store.load(path, BASE), answers=answers))
        async with running(WIDE, path) as driver:
            await driver.press("f6")
            folding = next((line for line in driver.reading._lines if line.folded), None)
            if folding is None:
                continue
            before = list(driver.reading._lines)
            at = before.index(folding)
            await to_line(driver, folding)
            await driver.press("enter")
            assert driver.reading._lines == [*before[:at], *folding.folded, *before[at + 1 :]]
            assert driver.reading._line == folding.folded[0]
            return


async def test_the_nearest_experience_opens_over_the_reading_and_closes_onto_its_line(dossiers: Path) -> None:
    path = an_own_dossier(dossiers)
    before = path.read_bytes()
    async with running(NARROW, path) as driver:
        await driver.press("f6")
        line = next(line for line in driver.reading._lines if line.case)
        await to_line(driver, line)
        await driver.press("enter")
        assert driver.reading.is_case
        assert driver.reading.dossier.title == line.text
        assert not any(line.case for line in driver.reading._lines)
        assert "en faire un dossier" not in driver.seen  # one dossier is in hand already
        await driver.press("f4")
        assert driver.reading.is_case
        await driver.press("escape")
        assert driver.reading._line == line
        await driver.press("escape")
        assert isinstance(driver.app.screen, QuestionScreen)
    assert path.read_bytes() == before


async def test_the_opinion_waits_at_the_end_and_comes_first_once_written(dossiers: Path) -> None:
    async with running(WIDE, an_own_dossier(dossiers)) as driver:
        await driver.press("f6")
        lines = driver.reading._lines
        assert [line.writes_opinion for line in lines] == [False] * (len(lines) - 1) + [True]
        await driver.press("end", "enter")
        assert isinstance(driver.app.screen, OpinionPage)
        await driver.press("tab", "tab")
        await driver.write("parce que")
        await driver.press("f5", "f6")
        lines = driver.reading._lines
        assert lines[0].writes_opinion
        assert "parce que" in lines[0].text
        assert not lines[-1].writes_opinion


async def test_the_sections_come_in_the_order_of_a_conversation(dossiers: Path) -> None:
    async with running(WIDE, an_own_dossier(dossiers, "atelier_aiguilleur")) as driver:
        await driver.press("f6")
        titles = [row.text for row in driver.reading.query_one("#reading", Rows).rows if row.tone == "header"]
        order = [
            "La demande", "Avant de lancer", "Les raisons, format par format", "Votre place (pour vous seul·e)",
            "À tenir pendant", "À garder en tête", "Appuis", "Comment s’y prendre", "Avec qui",
            "Deux choses à tenir ensemble",
            "L’expérience la plus proche, à lire", "Ce qui pourrait mûrir, et qui peut agir",
            "À demander au prochain rendez-vous", "Mon avis",
        ]  # fmt: skip
        places = [titles.index(title) for title in order]
        assert places == sorted(places)
        first = driver.reading._lines[:2]
        assert all(line.main for line in first)
        assert all(a != b for a, b in pairwise(titles))
