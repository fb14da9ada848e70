"""« Préparer les papiers » on the screens: what is kept is in the file at once, and taken back as answers are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual.widgets import TextArea

from conseil_dla.dossiers import store
from conseil_dla.ground import opening
from conseil_dla.panes import paper_choice
from conseil_dla.papers.proposals import method_text
from conseil_dla.rules.paper_fields import LEFT_OUT, METHODS, PaperValue
from conseil_dla.screens.paper_fields import FieldPage, RowPage, TablePage
from conseil_dla.screens.paper_preparation import PreparationPage, WaysPage
from conseil_dla.toolkit.rows import Rows
from screens.driving import NARROW, WIDE, Driver, running
from shipped import ROOT, shipped_reader

BASE = shipped_reader().base
KEY = "ctrl+u"


@pytest.fixture
def path(dossiers: Path) -> Path:
    """A dossier of which the reading proposes ways."""
    dossiers.mkdir(exist_ok=True)
    text = (ROOT / "knowledge" / "essais" / "recit_celle_qui_brule.yaml").read_text(encoding="utf-8")
    path = dossiers / "le-mien.yaml"
    path.write_text(text.split("source:")[0], encoding="utf-8")
    return path


def kept(path: Path) -> dict[str, PaperValue]:
    return dict(store.load(path, BASE).paper)


async def to_row(driver: Driver, key: str) -> None:
    listed = driver.app.screen.query_one("#structures", Rows)
    listed.show(listed.rows, key)
    await driver.rest()
    assert listed.current == key


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_way_goes_from_choice_to_choice_and_back_to_none(size: tuple[int, int], path: Path) -> None:
    async with running(size, path) as driver:
        await driver.press(KEY, "enter")
        assert isinstance(driver.app.screen, WaysPage)
        first = (driver.app.screen.query_one("#structures", Rows).current or "").partition(" ")[2]
        assert method_text(BASE, first).split()[0] in driver.seen
        for choice, told in (("gardee", "[×]"), ("a_proposer", "[?]"), ("laissee", "[-]")):
            await driver.press("enter")
            assert kept(path) == {METHODS: ({"facon": first, "choix": choice},)}
            assert told in driver.seen
        await driver.press("enter")
        assert kept(path) == {}


async def test_days_and_dates_keep_a_way_and_stand_beside_it(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press(KEY, "enter", "f4")
        assert isinstance(driver.app.screen, RowPage)
        await driver.press("tab")
        await driver.write("3")
        await driver.press("tab")
        await driver.write("au printemps")
        await driver.press("f5")
        (row,) = kept(path)[METHODS]
        assert isinstance(row, dict)
        assert (row["choix"], row["jours"], row["quand"]) == ("gardee", "3", "au printemps")
        assert "au printemps" in driver.seen
        await driver.press("f9")
        assert kept(path) == {}


async def test_a_text_is_typed_or_taken_from_what_is_proposed_and_taken_out(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press(KEY)
        await to_row(driver, "rubrique objectif_general")
        await driver.press("enter")
        assert isinstance(driver.app.screen, FieldPage)
        await driver.click("Une proposition")
        await driver.press("enter")
        await driver.write(" Et à nous.")
        await driver.press("f5")
        text = kept(path)["objectif_general"]
        assert str(text).endswith("Et à nous.")
        assert len(str(text)) > 30
        assert isinstance(driver.app.screen, PreparationPage)
        await driver.press("enter")
        driver.app.screen.query_one(TextArea).text = ""
        await driver.press("f5")
        assert kept(path) == {}
        await driver.press("f9")
        assert kept(path)["objectif_general"] == text


async def test_what_is_typed_is_not_lost_by_one_key(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press(KEY)
        await to_row(driver, "rubrique demandeur")
        await driver.press("enter")
        await driver.write("Nous")
        await driver.press("escape")
        assert "Abandonner ce que vous avez écrit" in driver.seen
        await driver.press("escape", "f5")
        assert kept(path) == {"demandeur": "Nous"}


async def test_rows_are_added_changed_and_taken_out(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press(KEY)
        await to_row(driver, "rubrique phases")
        await driver.press("enter")
        assert isinstance(driver.app.screen, TablePage)
        await driver.press("down", "enter")
        proposed = len(driver.app.screen.given)
        assert proposed >= 3
        await driver.press("home", "enter", "tab", "tab")
        await driver.write("1,5")
        await driver.press("f5", "down", "enter")
        await driver.click("Retirer la ligne")
        await driver.press("f5")
        rows = kept(path)["phases"]
        assert len(rows) == proposed - 1
        assert isinstance(rows[0], dict)
        assert rows[0]["jours_collectifs"] == "1,5"


async def test_a_part_is_left_out_and_taken_back(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press(KEY)
        await to_row(driver, "partie budget")
        await driver.press("enter")
        assert kept(path) == {LEFT_OUT: ("budget",)}
        assert "Reprendre cette partie" in driver.seen
        await driver.press("enter")
        assert kept(path) == {}


async def test_the_opinion_has_a_text_that_goes_out_and_two_that_do_not(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press("ctrl+k", "tab", "tab")
        await driver.write("Pour moi")
        await driver.press("tab", "tab")
        await driver.write("Pour eux")
        assert "ce texte part tel quel" in driver.seen
        await driver.press("f5")
    opinion = store.load(path, BASE).opinion
    assert (opinion.why, opinion.accepts, opinion.for_papers) == ("Pour moi", "", "Pour eux")


async def test_a_paper_that_is_written_is_opened_and_its_folder_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(paper_choice, "can_open", lambda: True)
    monkeypatch.setattr(paper_choice, "open_path", opened.append)
    async with running(NARROW, path) as driver:
        for words in ("Ouvrir", "Ouvrir le dossier"):
            await driver.press("ctrl+e", "enter", "enter")
            assert "Le papier est écrit" in driver.seen
            await driver.click(f" {words} ")
    paper, folder = opened
    assert folder == paper.parent == path.parent / "papiers"
    assert paper.exists()
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700, "names of papers are its owner's alone too"


def test_where_nobody_sits_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not opening.can_open()


async def test_all_that_is_proposed_is_taken_at_once_and_taken_back(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await driver.press(KEY)
        page = driver.app.screen
        assert isinstance(page, PreparationPage)
        for field in BASE.fields.values():
            proposed = page._preparation.proposed(field)
            await to_row(driver, f"rubrique {field.id}")
            assert page.check_action("take", ()) == bool(proposed), field.id
            before = kept(path)
            await driver.press("f6", "f6")
            now = kept(path).get(field.id)
            if not proposed:
                assert kept(path) == before
            elif field.type == "texte":
                assert now == proposed[0].text
            elif field.type == "liste":
                assert now == tuple(each.text for each in proposed), "each once"
            else:
                assert now == tuple(each.row for each in proposed)
        assert len(kept(path)) > 15
        while kept(path):
            was = kept(path)
            await driver.press("f9")
            assert len(kept(path)) == len(was) - 1
