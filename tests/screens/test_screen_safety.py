"""Nothing typed is ever lost without a word; nothing shipped is ever written."""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from textual.widgets import TextArea

from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.panes import saving, shelf
from conseil_dla.panes.notice import LEAVE
from conseil_dla.rules.model import Dossier
from conseil_dla.screens import app
from conseil_dla.screens.dossier_texts import NotePage
from conseil_dla.screens.home import HomeScreen
from conseil_dla.screens.new_dossier import NewDossierPage
from conseil_dla.screens.question import QuestionScreen
from screens.driving import NARROW, Driver, begin, running
from shipped import CASES, ROOT, shipped_reader

BASE = shipped_reader().base


async def describe(driver: Driver) -> None:
    """A title and both texts, in the page of a new dossier."""
    await driver.press("f2")
    await driver.write("le titre")
    await driver.press("enter")
    await driver.write("leur demande")
    await driver.press("tab")
    await driver.write("entendu derriere")


async def test_leaving_a_new_dossier_asks_before_it_forgets_what_was_typed(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        await describe(driver)
        await driver.press("escape")
        assert "Abandonner ce que vous avez écrit\u00a0?" in driver.seen
        await driver.press("enter")
        for words in ("le titre", "leur demande", "entendu derriere"):
            assert words in driver.seen
        await driver.press("ctrl+q")
        assert "Abandonner ce que vous avez écrit" in driver.seen
        await driver.click("Continuer à écrire")
        await driver.press("escape")
        await driver.click("Abandonner  ")
        assert isinstance(driver.app.screen, HomeScreen)
        await driver.press("f2", "escape")
        assert isinstance(driver.app.screen, HomeScreen), "nothing typed, nothing asked"
        await driver.press("f2")
        await driver.write("le titre")
        await driver.press("escape")
        assert "Abandonner ce que vous avez écrit\u00a0?" in driver.seen, "one field is enough"
    assert not dossiers.exists()


async def test_enter_in_the_title_goes_to_the_texts_and_help_works_there(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        await describe(driver)
        assert "Entrée ou Tab" not in driver.seen, "in a text, Entrée begins a line"
        await driver.press("shift+tab", "shift+tab")
        assert "ou Tab champ suivant" in driver.seen or "ou Entrée champ suivant" in driver.seen
        await driver.press("f1")
        assert "Créer le dossier et aller à la première question." in driver.seen
        await driver.press("escape", "f5")
        assert driver.question.dossier.demand == "leur demande"
        assert driver.question.dossier.heard == "entendu derriere"


async def test_a_dossier_that_cannot_be_created_keeps_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "fichier"
    blocked.write_text("")
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(blocked / "ici"))
    async with running() as driver:
        await describe(driver)
        await driver.press("f5")
        assert "n’a pas pu être créé" in driver.seen
        assert "fichier/ici" in driver.seen.replace("\n", "")
        assert "dossier du disque" in " ".join(driver.seen.replace("│", " ").split())
        assert "disparu" not in driver.seen
        await driver.press("escape")
        assert isinstance(driver.app.screen, NewDossierPage)
        assert "leur demande" in driver.seen
        monkeypatch.setenv(DOSSIERS_VARIABLE, str(tmp_path / "ailleurs"))
        await driver.press("f5")
        assert driver.question.dossier.heard == "entendu derriere"


async def test_the_page_of_a_new_dossier_keeps_its_keys_on_a_small_terminal() -> None:
    async with running((60, 20)) as driver:
        await driver.press("f2")
        assert "F5 commencer" in driver.seen
        assert "Échap renoncer" in driver.seen


@pytest.mark.parametrize(("height", "lines"), [(20, 1), (23, 3), (24, 3), (25, 4), (40, 4)])
async def test_the_two_texts_of_a_new_dossier_take_what_the_page_leaves(height: int, lines: int) -> None:
    async with running((80, height)) as driver:
        await driver.press("f2")
        assert [text.size.height for text in driver.app.screen.query(TextArea)] == [lines, lines]
        assert "F5 commencer" in driver.seen


async def test_a_note_being_written_is_not_lost_by_one_key() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("f4")
        await driver.write("a revoir")
        await driver.press("escape")
        assert "Abandonner ce que vous avez écrit" in driver.seen
        await driver.press("escape")
        assert isinstance(driver.app.screen, NotePage)
        await driver.press("f4")
        assert "a revoir" in driver.seen


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def full(writer: Writer, dossier: Dossier) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "save", full)
        yield


async def test_going_home_asks_when_the_disk_refused(dossiers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as driver:
        await begin(driver)
        with full_disk(monkeypatch):
            await driver.press("enter")
            for keys in (("f8",), ("escape", "escape")):
                await driver.press(*keys)
                assert "Revenir à l’accueil sans enregistrer\u00a0?" in driver.seen
                assert "le disque est plein" in driver.seen
                await driver.press("escape")
                assert isinstance(driver.app.screen, QuestionScreen)
        await driver.press("f8")
        assert isinstance(driver.app.screen, HomeScreen), "the last try wrote everything"
    (path,) = dossiers.glob("*.yaml")
    assert len(store.load(path, BASE).answers) == 1


async def test_one_may_go_home_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as driver:
        await begin(driver)
        with full_disk(monkeypatch):
            await driver.press("enter", "f8")
            await driver.click("Revenir quand même")
            assert isinstance(driver.app.screen, HomeScreen)


def rules_with_one_case(folder: Path) -> tuple[Path, object]:
    """A copy of a shipped case, and a reader whose rules say that it is theirs."""
    case = folder / "knowledge" / "cas" / CASES[0].name
    case.parent.mkdir(parents=True)
    shutil.copy(CASES[0], case)
    reader = shipped_reader()
    base = replace(BASE, origin=str(folder))
    parts = {
        name: getattr(reader, name)
        for name in (
            "read",
            "read_dossier",
            "prospects",
            "completed",
            "explain",
            "engine",
            "when_engine_stops",
            "unread",
        )
    }
    return case, SimpleNamespace(base=base, **parts)


async def test_a_shipped_case_is_read_only_by_whatever_door(tmp_path: Path, dossiers: Path) -> None:
    case, reader = rules_with_one_case(tmp_path / "regles")
    link = tmp_path / "lien.yaml"
    link.symlink_to(case)
    before = case.read_bytes()
    for door in (case, link):
        async with running(dossier=door, opener=lambda: reader) as driver:
            assert driver.reading.is_case
            assert "Une expérience à lire" in driver.seen
            await driver.press("f4")
            assert driver.question.dossier.path != str(door)
            await driver.press("enter")
    assert case.read_bytes() == before
    assert len(list(dossiers.glob("*.yaml"))) == 2


def test_what_belongs_to_the_rules_is_told_apart(tmp_path: Path) -> None:
    trial = next((ROOT / "knowledge" / "essais").glob("*.yaml"))
    assert shelf.is_shipped(CASES[0], BASE)
    assert shelf.is_shipped(trial, BASE)
    assert not shelf.is_shipped(tmp_path / "a.yaml", BASE)


async def test_a_broken_dossier_is_told_apart_on_the_list(dossiers: Path) -> None:
    store.create(dossiers, "sain")
    (dossiers / "casse.yaml").write_text("version: 1\ntitre: casse\nreponses: [\n", encoding="utf-8")
    async with running() as driver:
        await driver.press("down", "down", "enter")
        lines = driver.lines()
        assert "à corriger\u00a0: ouvrez pour voir où" in next(line for line in lines if "casse" in line)
        assert "0 réponse" in next(line for line in lines if "sain" in line)


async def test_a_disk_that_never_answers_does_not_keep_who_wants_to_leave(
    dossiers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is asked after a while, and the program ends though its thread still waits."""
    answers_at_last, stuck = Event(), Event()
    monkeypatch.setattr(saving, "LATE", 0.05)
    monkeypatch.setattr(app, "LAST_WAIT", 0.05)
    try:
        async with running() as driver:
            await begin(driver)
            driver.app.when_stuck = stuck.set
            monkeypatch.setattr(Writer, "save", lambda *_: answers_at_last.wait())
            driver.question.saving.keep(replace(driver.question.dossier, title="Autre"))
            await driver.app.action_quit()
            for _ in range(200):
                if "Quitter sans enregistrer" in driver.seen:
                    break
                await asyncio.sleep(0.02)
            assert "le disque ne répond pas" in driver.seen
            driver.app.screen.dismiss(LEAVE)
            for _ in range(200):
                if not driver.app.is_running:
                    break
                await asyncio.sleep(0.02)
            assert not driver.app.is_running
        assert await asyncio.to_thread(stuck.wait, 10)
    finally:
        answers_at_last.set()
