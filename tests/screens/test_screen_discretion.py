"""Home names no dossier; « Masquer les titres » hides titles and free texts on every screen, at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.panes.comfort import HIDE_TITLES
from conseil_dla.rules.model import Opinion
from conseil_dla.screens.home import HomeScreen
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording.discretion import HIDDEN_FINDINGS, HIDDEN_NOTE, HIDDEN_TEXTS, discreet_title
from dossiers.test_lock import another_process
from screens.driving import NARROW, WIDE, Driver, running
from shipped import CASES, put_on_disk, shipped_reader

BASE = shipped_reader().base
MARKER = "Zibeline"
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE])


@pytest.fixture
def path(dossiers: Path) -> Path:
    """A dossier whose title, file's name and every free text hold the marker."""
    made = store.create(dossiers, f"{MARKER} et laine", f"{MARKER} en leurs mots", f"{MARKER} derrière")
    known = store.load(CASES[0], BASE).answers
    notes = {id: f"{MARKER} en note" for id in BASE.logic.questions}
    opinion = Opinion(next(iter(BASE.logic.formats)), "", f"{MARKER} pourquoi", f"{MARKER} risqué")
    put_on_disk(replace(store.load(made, BASE), answers=known, notes=notes, opinion=opinion))
    renamed = dossiers / f"2026-03-12-{MARKER.lower()}.yaml"
    return made.rename(renamed)


def shows_marker(driver: Driver) -> bool:
    """Wherever it stands; cut at the end of a sheet's line too, as the name of a file far down in folders is."""
    on_a_sheet = "".join(text.strip() for line in driver.lines() for text in re.findall("│(.*)│", line))
    return MARKER.lower() in f"{driver.seen}\n{on_a_sheet}".lower()


async def look(driver: Driver, *keys: str) -> None:
    """After these keys, and as far as the screen scrolls, the marker is nowhere; shown again, and hidden, at once."""
    await driver.press(*keys)
    for way in ("home", *["pagedown"] * 6):
        assert not shows_marker(driver), driver.seen
        await driver.press(way)
    await driver.press("home")


@SIZES
async def test_home_names_no_dossier_even_when_titles_are_shown(size: tuple[int, int], path: Path) -> None:
    async with running(size) as driver:
        assert not driver.app.hides_titles
        assert not shows_marker(driver)
        for words in ("Le dernier dossier", "Tous mes dossiers (1)", "réponses"):
            assert words in driver.seen
        await driver.press("down", "enter")
        assert driver.question.dossier.title.startswith(MARKER)
        await driver.press("f8")
        assert not shows_marker(driver)


@SIZES
async def test_with_titles_hidden_no_screen_shows_a_word_of_them(size: tuple[int, int], path: Path) -> None:
    async with running(size) as driver:
        await driver.press(HIDE_TITLES)
        assert driver.app.hides_titles
        await look(driver)
        await look(driver, "down", "down", "enter")
        assert "Dossier du 12 mars" in driver.seen
        await driver.press("enter")
        assert "dossier du 12 mars" in driver.lines()[0]
        first = next(iter(driver.question.state.answers))
        driver.question.go_to(first)
        await look(driver)
        assert HIDDEN_NOTE in driver.seen
        for keys in (("f1",), ("escape", "f2"), ("escape", "f3"), ("escape", "ctrl+p"), ("escape", "ctrl+g")):
            await look(driver, *keys)
        await look(driver, "escape", "f6")
        assert HIDDEN_TEXTS in driver.reading.query_one(Rows).text
        assert "dossier du 12 mars" in driver.lines()[0]
        await look(driver, "f3")
        await look(driver, "escape", "escape")


async def test_it_takes_effect_at_once_on_the_open_screen_and_on_those_under_it(path: Path) -> None:
    async with running(WIDE) as driver:
        await driver.press("down", "down", "enter")
        assert shows_marker(driver)
        await driver.press(HIDE_TITLES)
        assert not shows_marker(driver)
        assert "Dossier du 12 mars" in driver.seen
        await driver.press(HIDE_TITLES, "enter")
        assert shows_marker(driver)
        await driver.press("f6")
        assert driver.seen.count(f"{MARKER} ") >= 5, "the title, the demand, what is heard, and the opinion"
        at = driver.reading._line
        await driver.press(HIDE_TITLES)
        assert not shows_marker(driver)
        assert HIDDEN_TEXTS in driver.seen
        assert driver.reading._line is not None
        await driver.press("escape")
        assert not shows_marker(driver)
        await driver.press("f6", HIDE_TITLES)
        assert shows_marker(driver)
        assert driver.reading._line == at
        await driver.press("escape")
        assert shows_marker(driver)


async def test_the_page_of_texts_hides_nothing_and_a_title_changed_there_stays_hidden(path: Path) -> None:
    async with running(WIDE) as driver:
        await driver.press(HIDE_TITLES, "down", "enter", "ctrl+d")
        assert driver.seen.count(MARKER) == 3, "one asked for it"
        await driver.press("shift+tab")
        await driver.write(f"{MARKER} nouveau")
        await driver.press("f5")
        assert not shows_marker(driver)
        assert MARKER in driver.question.dossier.title


@SIZES
async def test_a_dossier_open_elsewhere_is_not_named(size: tuple[int, int], path: Path) -> None:
    with another_process(path):
        async with running(size) as driver:
            assert "ouvert ailleurs" in driver.seen
            await driver.press("down", "enter")
            assert shows_marker(driver)
            await driver.press(HIDE_TITLES)
            assert not shows_marker(driver)
            assert "dossier du 12 mars" in driver.seen
            assert "dans une autre fenêtre" in driver.seen
            await driver.press("tab", "enter")
            assert not shows_marker(driver)
            assert "Lecture seule · dossier du 12 mars" in driver.seen
            await driver.press("escape", HIDE_TITLES, "home", "down", "down", "enter")
            assert "ouvert ailleurs" in driver.seen


async def test_a_broken_dossier_is_not_quoted(dossiers: Path) -> None:
    dossiers.mkdir()
    broken = dossiers / f"{MARKER}.yaml"
    broken.write_text(f"version: 1\ntitre: {MARKER}\nreponses: [\n", encoding="utf-8")
    async with running(WIDE) as driver:
        assert "à corriger" in driver.seen
        await driver.press(HIDE_TITLES, "down", "down", "enter")
        assert not shows_marker(driver)
        assert "à corriger" in driver.seen
        await driver.press("enter")
        assert "n’a pas pu être ouvert" in driver.seen
        assert HIDDEN_FINDINGS in driver.seen
        assert not shows_marker(driver)
        await driver.press(HIDE_TITLES)
        assert shows_marker(driver)
        assert HIDDEN_FINDINGS not in driver.seen


async def test_the_other_version_set_aside_is_not_named(path: Path) -> None:
    async with running(WIDE) as driver:
        await driver.press(HIDE_TITLES, "down", "enter")
        dossier = driver.question.dossier
        theirs = replace(store.load(path, BASE), title=f"{MARKER} autrement")
        put_on_disk(theirs)
        driver.question.saving.keep(replace(dossier, title=f"{MARKER} ainsi"))
        await driver.rest()
        assert "Ce dossier a été modifié ailleurs" in driver.seen
        assert not shows_marker(driver)
        await driver.press(HIDE_TITLES)
        assert shows_marker(driver)


async def test_an_experience_keeps_its_title_and_its_words() -> None:
    async with running(WIDE) as driver:
        await driver.press("end")
        title = driver.app.screen.query_one("#home").rows[-1].text  # type: ignore[attr-defined]
        await driver.press("enter")
        shown = driver.seen
        await driver.press(HIDE_TITLES)
        assert title in driver.lines()[0]
        assert HIDDEN_TEXTS not in driver.seen
        assert driver.seen.splitlines()[3:] == shown.splitlines()[3:]


def test_what_stands_for_a_title() -> None:
    year = datetime.now().year
    assert discreet_title(f"/x/{year}-03-12-secret.yaml") == "dossier du 12 mars"
    assert discreet_title(f"/x/{year}-03-01.yaml") == "dossier du 1er mars"
    assert discreet_title("/x/2019-03-12-secret.yaml") == "dossier du 12 mars 2019"
    assert discreet_title("/x/secret.yaml", datetime(2019, 3, 12)) == "dossier du 12 mars 2019"
    for name in ("secret.yaml", "2019-13-45-secret.yaml", "2019-03-123.yaml", ""):
        assert discreet_title(f"/x/{name}") == "un de vos dossiers"


# --- the list of dossiers ---


@SIZES
async def test_every_dossier_is_found_by_its_title_or_its_day_and_opened(size: tuple[int, int], dossiers: Path) -> None:
    for number in range(40):
        store.create(dossiers, f"Projet n{number}n écume")
    async with running(size) as driver:
        assert "Tous mes dossiers (40)" in driver.seen
        await driver.click("Tous mes dossiers (40)")
        await driver.write("n27n ecume")
        assert driver.seen.count("écume") == 1
        await driver.press("enter")
        assert driver.question.dossier.title == "Projet n27n écume"
        await driver.press("f8", "home", "down", "down", "enter")
        await driver.click("Projet n27n écume")
        assert driver.question.dossier.title == "Projet n27n écume"
        await driver.press("f8", "home", "down", "down", "enter", "escape")
        assert isinstance(driver.app.screen, HomeScreen)


def test_home_reads_one_dossier_however_many_there_are(dossiers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        store.create(dossiers, f"Projet {number}")
    read: list[Path] = []
    real = store._title_of
    monkeypatch.setattr(store, "_title_of", lambda path: read.append(path) or real(path))
    number, last = store.newest(dossiers)
    assert number == 6
    assert last is not None
    assert read == [last.path]
    assert last == store.listing(dossiers)[0]
    assert store.newest(dossiers / "ailleurs") == (0, None)


# --- what the first screen says of privacy ---


@pytest.mark.parametrize("folder", [None, "court", "x" * 300, "[red]\x1b[31m"])
async def test_where_dossiers_are_kept_is_said_in_two_lines(
    folder: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if folder is None:
        monkeypatch.delenv("CONSEIL_DLA_DOSSIERS")
        monkeypatch.setenv("HOME", str(tmp_path))
    else:
        monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(tmp_path / folder))
    async with running(NARROW) as driver:
        privacy = driver.app.screen.query_one("#privacy")
        assert privacy.region.height == 2
        told = " ".join(line.strip() for line in driver.lines()[privacy.region.y : privacy.region.bottom])
        assert "Ce programme n’envoie rien et n’ouvre aucune connexion réseau." in told
        assert "\u00a0Conseil DLA\u00a0" in told if folder is None else folder[-20:].replace("\x1b", "") in told
