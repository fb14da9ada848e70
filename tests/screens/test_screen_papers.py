"""A paper from the screens: chosen, written beside the dossier, never over another file, and told where it is."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from conseil_dla.panes import paper_choice as papers_screen
from conseil_dla.panes import paper_writing
from conseil_dla.papers.catalogue import AUDIENCES, FILE_KINDS, PAPERS, file_stem, paper_name
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.papers.writing import ALONE
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.typography import Paragraphs
from screens.driving import NARROW, WIDE, Driver, begin, running
from shipped import CASES

ALL = [wanted for papers in AUDIENCES.values() for wanted in papers]
TITLE = "Un titre que l’on reconnaît"


async def write(driver: Driver, number: int, suffix: str = ".md") -> None:
    """Choose the paper of that rank, then the kind of file."""
    await driver.press("ctrl+e", *["down"] * number, "enter", *["down"] * list(FILE_KINDS).index(suffix), "enter")


def papers(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / PAPERS).glob("*") if path.suffix in FILE_KINDS)


def test_every_kind_of_file_is_offered() -> None:
    assert list(FILE_KINDS) == list(SUFFIXES)


def test_no_two_papers_have_one_name() -> None:
    assert len({file_stem("dossier", wanted) for wanted in ALL}) == len(ALL)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_every_paper_is_written_beside_its_dossier_and_its_place_is_told(
    size: tuple[int, int], dossiers: Path
) -> None:
    async with running(size) as driver:
        await begin(driver, TITLE)
        await driver.press("enter", "enter")
        (dossier,) = dossiers.glob("*.yaml")
        before = dossier.read_bytes()
        for number, wanted in enumerate(ALL):
            await write(driver, number)
            (path,) = papers(dossiers)
            assert path.name in driver.app.screen.query_one("#page-blocks", Paragraphs).text
            text = path.read_text(encoding="utf-8")
            assert paper_name(wanted).split(",")[0] in text
            assert ("seul·e" in text) == (wanted.internal or wanted.model in ALONE)
            assert (TITLE in text) != wanted.anonymous
            assert (dossier.stem in path.name) != wanted.anonymous
            path.unlink()
            await driver.press("enter")
        assert dossier.read_bytes() == before
        assert driver.question.state.answers


@pytest.mark.parametrize("lasts", [True, False])
async def test_a_paper_that_lasts_is_told_of(lasts: bool, dossiers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Event()
    slow = paper_writing.write_beside

    def write_beside(*given: Any) -> Path:
        if lasts:
            told.wait(20)
        return slow(*given)

    monkeypatch.setattr(papers_screen, "PATIENCE", 0.01 if lasts else 20)
    monkeypatch.setattr(paper_writing, "write_beside", write_beside)
    async with running() as driver:
        await begin(driver)
        said: list[str] = []
        monkeypatch.setattr(driver.app, "notify", lambda message, **_: (said.append(message), told.set()))
        await write(driver, 0)
        assert "Le papier est écrit" in driver.seen
        assert said == (["Le papier s’écrit…"] if lasts else [])
        assert papers(dossiers)


async def test_no_file_is_ever_replaced(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver)
        await write(driver, 0, ".html")
        await driver.press("enter")
        (first,) = papers(dossiers)
        first.write_text("mien", encoding="utf-8")
        await write(driver, 0, ".html")
        assert first.read_text(encoding="utf-8") == "mien"
        assert len(papers(dossiers)) == 2


async def test_a_disk_that_refuses_costs_nothing(dossiers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as driver:
        await begin(driver)
        held = {path: path.read_bytes() for path in dossiers.rglob("*") if path.is_file()}

        def full(*_: Any) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("conseil_dla.ground.files.os.fsync", full)
        await write(driver, 0)
        monkeypatch.undo()
        assert "le disque est plein" in driver.app.screen.query_one("#page-blocks", Paragraphs).text
        assert {path: path.read_bytes() for path in dossiers.rglob("*") if path.is_file()} == held


async def test_hidden_titles_hide_the_name_of_the_file() -> None:
    async with running() as driver:
        await begin(driver, TITLE)
        await driver.press("ctrl+l")
        await write(driver, 0)
        assert "Le papier est écrit" in driver.seen
        assert "titre-que" not in driver.seen


async def test_a_paper_is_asked_for_from_the_reading_but_not_of_an_experience(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver)
        await driver.press("f6")
        await write(driver, 1)
        assert len(papers(dossiers)) == 1
    async with running(dossier=CASES[0]) as driver:
        await driver.press("ctrl+e")
        assert not isinstance(driver.app.screen, Picker)
