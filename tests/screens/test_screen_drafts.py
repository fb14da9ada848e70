"""Text being typed survives what ends the program; it is offered when one comes back, and goes once it is saved."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from stat import S_IMODE

import pytest
from textual.widgets import Input, TextArea

from conseil_dla.dossiers import lock
from conseil_dla.dossiers.store import create, load
from conseil_dla.ground.files import drafts_folder
from conseil_dla.panes.writing_page import WritingPage
from screens.driving import NARROW, Driver, running
from shipped import shipped_reader

if sys.platform != "win32":
    from terminal import PROGRAM, Terminal

BASE = shipped_reader().base


@pytest.fixture
def path(dossiers: Path) -> Path:
    return create(dossiers, "Trois compagnies")


def drafts() -> list[Path]:
    return sorted(drafts_folder().glob("*.json"))


def texts() -> list[dict[str, str]]:
    return [json.loads(each.read_text(encoding="utf-8"))["textes"] for each in drafts()]


def words(driver: Driver) -> str:
    """What is seen, whatever the frames and the widths."""
    return " ".join(driver.seen.translate(dict.fromkeys(map(ord, "│▌─╭╮╰╯"), " ")).split())


async def left_as_it_stands(driver: Driver) -> None:
    """The terminal goes: no question is asked, nothing is saved."""
    driver.app.exit()
    await driver.pilot.pause()


async def note(driver: Driver) -> None:
    await driver.press("f4")


async def title(driver: Driver) -> None:
    await driver.press("ctrl+d")


async def opinion(driver: Driver) -> None:
    await driver.press("ctrl+k", "tab", "tab")


async def person(driver: Driver) -> None:
    await driver.press("ctrl+x", "f4")


async def structure(driver: Driver) -> None:
    await driver.press("ctrl+g", "end", "up", "enter")


async def names(driver: Driver) -> None:
    await driver.press("ctrl+g", "end", "enter")


Open = Callable[[Driver], Awaitable[None]]


@pytest.mark.parametrize("opened", [note, title, opinion, person, structure, names])
async def test_what_is_typed_on_any_page_is_offered_when_one_comes_back(path: Path, opened: Open) -> None:
    before = path.read_bytes()
    async with running(NARROW, path) as driver:
        await opened(driver)
        assert isinstance(driver.app.screen, WritingPage)
        await driver.write("à ne pas perdre")
        page, id = type(driver.app.screen), driver.app.screen.focused.id
        await left_as_it_stands(driver)
    assert [found[id] for found in texts()] == ["à ne pas perdre"]
    assert path.read_bytes() == before
    async with running(NARROW, path) as driver:
        assert "vous attend" in words(driver)
        await opened(driver)
        assert "Un texte d’aujourd’hui" in words(driver)
        assert "à ne pas perdre" not in driver.seen
        await driver.click("Le reprendre")
        assert isinstance(driver.app.screen, page)
        (field,) = driver.app.screen.query(f"#{id}")
        assert (field.text if isinstance(field, TextArea) else field.value) == "à ne pas perdre"  # type: ignore[attr-defined]
        assert len(drafts()) == 1
        await driver.press("f4" if opened is note else "f5")
        await driver.pilot.pause(0.05)
        await driver.rest()
    assert drafts() == []


async def test_a_new_dossier_that_was_being_described_is_offered_again(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        await driver.press("f2")
        await driver.write("Le titre")
        await driver.press("tab")
        await driver.write("leur demande")
        await left_as_it_stands(driver)
    assert not dossiers.exists()
    async with running(NARROW) as driver:
        assert "vous attend" in words(driver)
        await driver.press("f2", "enter")
        assert driver.app.screen.query_one("#title", Input).value == "Le titre"
        await driver.press("f5")
        assert driver.question.dossier.demand == "leur demande"
    assert drafts() == []


async def test_left_aside_it_is_offered_again_and_erased_it_is_gone(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await note(driver)
        await driver.write("un secret")
        await left_as_it_stands(driver)
    async with running(NARROW, path) as driver:
        await driver.press("f4", "escape", "escape", "f4")
        assert "Le reprendre" in driver.seen
        await driver.click("L’effacer")
        assert driver.app.screen.query_one(TextArea).text == ""
    assert list(drafts_folder().iterdir()) == []


async def test_given_up_on_purpose_or_saved_it_is_removed(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await note(driver)
        await driver.write("brouillon")
        await driver.press("escape")
        await driver.click("Abandonner  ")
        await note(driver)
        assert "Le reprendre" not in driver.seen
        await driver.write("gardé")
        await driver.press("f4")
        await note(driver)
        await driver.write(", puis abandonné")
        await driver.press("ctrl+q")
        await driver.click("Abandonner  ")
    assert list(drafts_folder().glob("*")) == []
    assert list(load(path, BASE).notes.values()) == ["gardé"]


async def test_a_draft_is_its_owners_alone_and_nowhere_near_the_dossiers(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conseil_dla.panes.writing_page.SOON", 0)
    async with running(NARROW, path) as driver:
        await note(driver)
        await driver.write("de quelqu’un d’autre")
        await driver.pilot.pause(0.05)
        await driver.rest()
        (draft,) = drafts()
        assert path.parent not in draft.parents
        if sys.platform != "win32":
            assert (S_IMODE(draft.stat().st_mode), S_IMODE(draft.parent.stat().st_mode)) == (0o600, 0o700)
        window = draft.with_name(draft.name.partition("-")[0])
        assert lock.holder(window) is not None, "offered to no other window while this one is there"


async def test_a_draft_that_says_what_is_saved_already_is_forgotten(path: Path) -> None:
    async with running(NARROW, path) as driver:
        await note(driver)
        await driver.write("vu")
        await left_as_it_stands(driver)
    (draft,) = drafts()
    kept = draft.read_bytes()
    async with running(NARROW, path) as driver:
        await driver.press("f4", "enter", "f4")
        await driver.pilot.pause(0.05)
        await driver.rest()
    draft.write_bytes(kept)
    async with running(NARROW, path) as driver:
        await note(driver)
        assert isinstance(driver.app.screen, WritingPage)
    assert drafts() == []


@pytest.mark.parametrize("spoilt", [b"", b'{"textes": 3}', b"[" * 100_000])
async def test_a_spoilt_draft_stops_nobody(path: Path, spoilt: bytes) -> None:
    async with running(NARROW, path) as driver:
        await note(driver)
        await driver.write("vu")
        await left_as_it_stands(driver)
    (draft,) = drafts()
    draft.write_bytes(spoilt)
    async with running(NARROW, path) as driver:
        await note(driver)
        assert isinstance(driver.app.screen, WritingPage)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
@pytest.mark.parametrize("how", ["SIGKILL", "closed"])
def test_the_real_program_killed_or_without_its_terminal_gives_the_text_back(path: Path, how: str) -> None:
    def opened() -> Terminal:
        return Terminal((*PROGRAM, "ouvrir", str(path)), NARROW)

    with opened() as terminal:
        terminal.until("F4 note")
        terminal.press("f4")
        terminal.until("Note pour vous")
        terminal.press("à ne pas perdre")
        if how == "SIGKILL":
            terminal.until(lambda _: drafts() and "perdre" in texts()[0]["note"])
            terminal.signal(signal.SIGKILL)
        else:
            terminal.until("à ne pas perdre")
            terminal.close()
        terminal.wait()
    with opened() as again:
        again.until(lambda seen: "vous attend" in seen and "F4 note" in seen)
        again.press("f4")
        again.until("Le reprendre")
        again.press("enter")
        again.until("à ne pas perdre")
        again.press("f4")
        again.until(lambda _: list(load(path, BASE).notes.values()) == ["à ne pas perdre"])
        again.until(lambda _: not drafts())
