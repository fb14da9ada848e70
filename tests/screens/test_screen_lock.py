"""Two windows on one dossier: a clear refusal, reading all the same, and nothing lost whatever happens to the file."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers import lock, store
from conseil_dla.dossiers.lock import OpenElsewhere, marker_of, take
from conseil_dla.screens.home import HomeScreen
from conseil_dla.screens.question import QuestionScreen
from dossiers.test_lock import another_process, kill, left_by
from screens.driving import NARROW, WIDE, Driver, begin, choose, running
from shipped import CASES, put_on_disk, shipped_reader

BASE = shipped_reader().base
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE])


@pytest.fixture
def path(dossiers: Path) -> Path:
    return store.create(dossiers, "Zinc et laine", "un poste à plusieurs")


def content(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(path.parent.iterdir())}


def holds(path: Path) -> bool:
    """True while somebody holds the lock."""
    try:
        take(path).release()
    except OpenElsewhere:
        return True
    return False


async def resume(driver: Driver) -> None:
    await driver.click("Le dernier dossier")


@SIZES
async def test_a_dossier_open_in_another_process_is_refused_and_can_be_read(size: tuple[int, int], path: Path) -> None:
    with another_process(path):
        before = content(path)
        async with running(size) as driver:
            assert "ouvert ailleurs" in driver.seen
            await resume(driver)
            seen = driver.seen
            text = " ".join(block.text for block in driver.app.screen.blocks)  # type: ignore[attr-defined]
            assert "Ce dossier est ouvert ailleurs" in seen
            assert "«\u00a0Zinc et laine\u00a0» est ouvert dans une autre fenêtre, depuis aujourd’hui" in text
            assert str(path) in text
            assert "Ouvrir quand même" not in seen
            for words in ("Lire seulement", "Revenir", "Tab bouton suivant"):
                assert words in seen, "every button is in view, and named"
            await driver.press("tab", "enter")
            assert driver.reading.is_read_only
            assert "Lecture seule · Zinc et laine" in driver.seen
            await driver.press("f3", "ctrl+k", "f5", "f6", "f4", "right", "enter", "escape", "escape")
            assert isinstance(driver.app.screen, HomeScreen)
        assert content(path) == before, "the refused window writes nothing"


async def test_one_may_go_back(path: Path) -> None:
    with another_process(path):
        async with running(NARROW) as driver:
            for way in (("enter",), ("escape",)):
                await resume(driver)
                await driver.press(*way)
                assert isinstance(driver.app.screen, HomeScreen)
            await resume(driver)
            await driver.click("Revenir")
            assert isinstance(driver.app.screen, HomeScreen)


async def test_a_dossier_named_on_the_command_line_is_refused_the_same_way(path: Path) -> None:
    with another_process(path):
        async with running(dossier=path) as driver:
            assert "est ouvert dans une autre fenêtre" in driver.seen
            await driver.click("Lire seulement")
            assert driver.reading.is_read_only


async def test_nothing_can_be_changed_in_what_is_only_read(path: Path) -> None:
    known = store.load(CASES[0], BASE)
    put_on_disk(replace(store.load(path, BASE), answers=known.answers))
    before = path.read_bytes()
    with another_process(path):
        async with running() as driver:
            await resume(driver)
            await driver.click("Lire seulement")
            reading, asked = driver.reading, 0
            for _ in reading._lines:
                shown = {binding.action for _, binding, on, _ in driver.app.screen.active_bindings.values() if on}
                assert not shown & {"opinion", "question", "to_question", "list", "copy"}
                line = reading._line
                await driver.press("enter")
                assert not isinstance(driver.app.screen, QuestionScreen)
                if driver.app.screen is not reading:
                    asked += bool(line and line.question)
                    assert "Aller à la question" not in driver.seen
                    await driver.press("escape")
                await driver.press("down")
            assert asked, "the lines that lead to their question elsewhere only show it here"
    assert path.read_bytes() == before


async def test_once_the_other_is_killed_it_opens_without_a_question(path: Path) -> None:
    with another_process(path) as process:
        async with running() as driver:
            kill(process)
            await resume(driver)
            assert isinstance(driver.app.screen, QuestionScreen)
            await driver.press("f8")
            assert "ouvert ailleurs" not in driver.seen
    assert list(content(path)) == [path.name]


@SIZES
async def test_another_machine_fallen_silent_may_be_passed_over(size: tuple[int, int], path: Path) -> None:
    left_by(path, "PC-MARIE", hours=3)
    async with running(size) as driver:
        await resume(driver)
        assert "est ouvert sur la machine «\u00a0PC-MARIE\u00a0»" in driver.seen
        assert "plus d’une heure" in driver.seen
        for words in ("Lire seulement", "Ouvrir quand même", "Revenir"):
            assert words in driver.seen
        await driver.press("tab", "tab", "enter")
        assert isinstance(driver.app.screen, QuestionScreen)
        await driver.press("enter", "f8")
        assert "ouvert ailleurs" not in driver.seen
    assert len(store.load(path, BASE).answers) + len(store.load(path, BASE).declined) == 1


async def test_another_machine_that_gave_a_sign_of_life_is_not_passed_over(path: Path) -> None:
    left_by(path, "PC-MARIE")
    async with running(NARROW) as driver:
        await resume(driver)
        assert "PC-MARIE" in driver.seen
        assert "Ouvrir quand même" not in driver.seen


async def test_the_lock_lasts_as_long_as_the_questionnaire(path: Path) -> None:
    async with running() as driver:
        assert not holds(path)
        await resume(driver)
        assert holds(path)
        await driver.press("f6")
        assert holds(path), "also under another screen"
        await driver.press("escape", "f8")
        assert not holds(path)
        await resume(driver)
        await driver.press("ctrl+q")
    assert list(content(path)) == [path.name]


async def test_a_new_dossier_and_a_copy_are_held_too(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver, "neuf")
        assert holds(Path(driver.question.dossier.path))
        await driver.press("f8")
        await driver.press("end", "enter", "f4")
        assert holds(Path(driver.question.dossier.path))
    assert not list(dossiers.glob(".*"))


async def test_leaving_because_of_a_failure_lets_go_too(path: Path) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with running() as driver:
            await resume(driver)
            driver.question.call_later(lambda: 1 / 0)
            await driver.pilot.pause()
    assert not marker_of(path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
async def test_a_terminal_that_closes_lets_go_too(name: str, path: Path) -> None:
    async with running() as driver:
        await resume(driver)
        number = getattr(signal, name)
        assert signal.getsignal(number) is not signal.SIG_DFL, "else this test would end the tests"
        os.kill(os.getpid(), number)
        await driver.rest()
        assert not driver.app.is_running
    assert not marker_of(path).exists()


async def test_a_double_click_is_not_two_windows(path: Path) -> None:
    async with running() as driver:
        home = driver.app.screen
        for _ in range(2):
            home.post_message(HomeScreen.Wants(path))
        await driver.rest()
        assert isinstance(driver.app.screen, QuestionScreen)
        await driver.press("f8")
        assert isinstance(driver.app.screen, HomeScreen)
        await resume(driver)
        assert isinstance(driver.app.screen, QuestionScreen), "a wish is heard again after the first"


async def test_where_nothing_can_be_locked_nothing_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(handle: int, *, shared: bool) -> None:
        raise OSError(38, "no locks")

    monkeypatch.setattr(lock, "_lock", cannot)
    async with running() as driver:
        await resume(driver)
        await driver.press("enter")
        assert "· enregistré" in driver.seen
        assert "verrou" not in driver.seen


async def test_a_slow_lock_stops_no_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is waited for in a worker: the screen still answers."""
    real, go = lock._lock, threading.Event()

    def slow(handle: int, *, shared: bool) -> None:
        assert go.wait(30)
        real(handle, shared=shared)

    async with running() as driver:
        monkeypatch.setattr(lock, "_lock", slow)
        driver.app.screen.post_message(HomeScreen.Wants(path))
        driver.app.simulate_key("f1")
        await driver._drain()
        assert not isinstance(driver.app.screen, HomeScreen), "a key is heard meanwhile"
        go.set()
        await driver.rest()
        assert isinstance(driver.app.screen, QuestionScreen)


async def test_changes_made_elsewhere_are_kept_and_told(path: Path) -> None:
    async with running() as driver:
        await resume(driver)
        other = store.load(path, BASE)
        put_on_disk(replace(other, heard="entendu ailleurs"))
        await driver.press("enter")
        assert "a aussi été modifié ailleurs" in driver.seen
        assert "· enregistré" in driver.seen
    kept = store.load(path, BASE)
    assert kept.heard == "entendu ailleurs"
    assert len(kept.answers) + len(kept.declined) == 1


@SIZES
async def test_the_same_answer_changed_elsewhere_is_told_and_both_are_kept(size: tuple[int, int], path: Path) -> None:
    async with running(size) as driver:
        await resume(driver)
        id = driver.question.state.current
        assert id is not None
        labels = list(BASE.logic.questions[id].answers)
        put_on_disk(replace(store.load(path, BASE), answers={id: labels[1]}))
        theirs = path.read_bytes()
        await choose(driver, labels[0])
        await driver.press("enter")
        (aside,) = path.parent.glob("*.txt")
        assert "Ce dossier a été modifié ailleurs" in driver.seen
        assert aside.name[:30] in driver.seen
        assert aside.read_bytes() == theirs
        await driver.press("escape", "f8")
        assert "Tous mes dossiers (1)" in driver.seen, "one dossier, once in the list"
    assert store.load(path, BASE).answers == {id: labels[0]}


@pytest.mark.parametrize("is_written_first", [False, True])
async def test_a_conflict_found_while_leaving_is_read_before_one_leaves(path: Path, is_written_first: bool) -> None:
    async with running() as driver:
        await resume(driver)
        screen = driver.question
        put_on_disk(replace(store.load(path, BASE), title="à eux"))
        screen.saving.keep(replace(screen.dossier, title="à nous"))
        if is_written_first:
            while not screen.saving.is_settled:
                await asyncio.sleep(0)
        await driver.app.action_quit()
        await driver.rest()
        assert driver.app.is_running
        assert "a été modifié ailleurs" in driver.seen
        await driver.press("escape")
        assert driver.app.return_value is None
        assert not driver.app.is_running
    assert "à eux" in "".join(one.read_text(encoding="utf-8") for one in path.parent.glob("*.txt"))


def test_the_marker_is_hidden_where_a_dot_hides(path: Path) -> None:
    assert marker_of(path).name.startswith(".")
    assert os.path.dirname(marker_of(path)) == str(path.parent.resolve())
