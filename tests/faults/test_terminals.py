"""Terminals that shrink to nothing, vanish, or never listened: every screen comes back, every program ends.

``tests/screens/test_real_terminal.py`` has the signals, the state in which a terminal is left, and a closed window.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conseil_dla.dossiers import lock
from conseil_dla.dossiers.store import create, load
from conseil_dla.ground.files import DOSSIERS_VARIABLE, SETTINGS_VARIABLE
from conseil_dla.panes.choices import Choices
from conseil_dla.wording.crash_text import UNFORESEEN
from screens.driving import NARROW, WIDE, running
from shipped import CASES, shipped_reader

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

import resource

from terminal import PROGRAM, Terminal

BASE = shipped_reader().base
TINY = (10, 5)
WALKS = {
    "home": (), "new dossier": ("f2",), "list of dossiers": ("down", "down", "enter"), "help": ("f1",),
    "settings": ("ctrl+p",),
}  # fmt: skip
IN_A_DOSSIER = {
    "question": (), "reading": ("f6",), "reading, below": ("f6", "pagedown", "pagedown"), "why": ("f6", "f2"),
    "list of questions": ("f3",), "note": ("f4",), "opinion": ("f7",), "title": ("ctrl+d",), "paper": ("ctrl+e",),
    "views": ("ctrl+x",), "help": ("f1",), "palette": ("ctrl+p",),
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(tmp_path / "dossiers"))
    monkeypatch.setenv(SETTINGS_VARIABLE, str(tmp_path / "reglages"))
    return create(tmp_path / "dossiers", "Trois compagnies")


async def shrink_and_grow(keys: tuple[str, ...], size: tuple[int, int], dossier: Path | None) -> None:
    async with running(size, dossier=dossier) as driver:
        await driver.press(*keys)
        before, screen = driver.seen, driver.app.screen
        for tiny in (TINY, (1, 1), TINY):
            await driver.pilot.resize_terminal(*tiny)
            await driver.rest()
        await driver.press("down", "up")
        await driver.pilot.resize_terminal(*size)
        await driver.rest()
        assert driver.app.screen is screen
        assert [line.rstrip(" ▁▂▃▄▅▆▇█") for line in driver.lines()][:3] == [
            line.rstrip(" ▁▂▃▄▅▆▇█") for line in before.splitlines()
        ][:3]


@pytest.mark.lent
@pytest.mark.parametrize("where", WALKS)
async def test_outside_a_dossier_a_screen_survives_10_by_5(where: str, path: Path) -> None:
    await shrink_and_grow(WALKS[where], NARROW, None)


@pytest.mark.lent
@pytest.mark.parametrize("where", IN_A_DOSSIER)
async def test_in_a_dossier_a_screen_survives_10_by_5(where: str, path: Path) -> None:
    await shrink_and_grow(IN_A_DOSSIER[where], WIDE if where == "question" else NARROW, path)


@pytest.mark.lent
async def test_a_workshop_survives_10_by_5(path: Path) -> None:
    async with running(NARROW, is_workshop=True) as driver:
        for keys in ((), ("enter",), ("enter",), ("enter",), ("a", "b"), ("f6",)):
            await driver.press(*keys)
            await driver.pilot.resize_terminal(*TINY)
            await driver.rest()
            await driver.pilot.resize_terminal(*NARROW)
            await driver.rest()
            assert driver.seen.strip()


@pytest.mark.lent
def test_a_real_terminal_goes_to_10_by_5_and_back_on_many_screens(path: Path) -> None:
    with Terminal((*PROGRAM, "ouvrir", str(path))) as terminal:
        terminal.until(lambda seen: "F6" in seen)
        for keys in (*IN_A_DOSSIER.values(),):
            terminal.press(*keys)
            terminal.rest(0.2)
            terminal.resize(*TINY)
            terminal.rest(0.2)
            terminal.press("down")
            terminal.resize(80, 24)
            terminal.until(lambda seen: len(seen.split()) > 10)
            for _ in keys:
                terminal.press("escape")
                terminal.rest(0.1)
            if "F6" not in terminal.seen:
                terminal.press("f6")
                terminal.rest(0.2)
        terminal.press("ctrl+q")
        assert terminal.wait(20) == 0
    assert lock.holder(path) is None
    load(path, BASE)


@pytest.mark.lent
@pytest.mark.parametrize("keys", [("f6",), ("f4", "x"), ("ctrl+p",)], ids=["reading", "note", "palette"])
def test_a_terminal_that_vanishes_ends_the_program_without_a_busy_loop(keys: tuple[str, ...], path: Path) -> None:
    with Terminal((*PROGRAM, "ouvrir", str(path))) as terminal:
        terminal.until(lambda seen: "F6" in seen)
        terminal.press(*keys)
        terminal.rest()
        assert lock.holder(path) is not None
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        terminal.close()
        began = time.monotonic()
        terminal.wait(20)
        took = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert took < 10
    assert after.ru_utime - before.ru_utime < 10, "its whole life; a loop would have taken more"
    assert lock.holder(path) is None
    load(path, BASE)


# --- keys that come too fast ---


async def test_a_second_key_on_its_way_answers_no_other_question(path: Path) -> None:
    """Entrée twice at once: what the second one says was said of the question that the first one has turned over."""
    async with running(NARROW, dossier=path) as driver:
        asked = driver.question.state.current
        (row,) = BASE.logic.questions[str(asked)].answers[:1]
        driver.question.post_message(Choices.Answered(str(asked), row))
        await driver.rest()
        second = driver.question.state.current
        assert second != asked
        driver.question.post_message(Choices.Answered(str(asked), row))
        await driver.rest()
        assert driver.question.state.current == second
    assert load(path, BASE).answers == {asked: row}


# --- no input, no output ---

CLOSED = {"stdout": ">&-", "all": "<&- >&- 2>&-"}
COMMANDS = ("diagnostiquer {case}", "entretien {path}", "ouvrir {path}")


@pytest.mark.parametrize(
    ("which", "command"),
    [
        pytest.param(which, command, marks=[] if (which, command) == ("all", COMMANDS[1]) else pytest.mark.lent)
        for which in CLOSED
        for command in COMMANDS
    ],
)
def test_closed_streams_stop_nothing_halfway(which: str, command: str, path: Path) -> None:
    before = path.read_bytes()
    words = command.format(case=CASES[0], path=path)
    done = subprocess.run(
        f"exec {sys.executable} -m conseil_dla {words} {CLOSED[which]}", shell=True, capture_output=True, text=True,
        check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    assert UNFORESEEN not in done.stderr + done.stdout, done.stderr
    assert done.returncode == 2, done.returncode
    assert which == "all" or done.stderr
    assert path.read_bytes() == before
    assert lock.holder(path) is None


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("-h >&-", "la sortie est fermée"),
        ("-h >/dev/full", "le disque est plein"),
        ("expliquer 2>/dev/full", ""),
        pytest.param("diagnostiquer {case} --format json >&-", "la sortie est fermée", marks=pytest.mark.lent),
        pytest.param("regles verifier >&-", "la sortie est fermée", marks=pytest.mark.lent),
        pytest.param("diagnostiquer nexiste.yaml 2>/dev/full", "", marks=pytest.mark.lent),
    ],
)
def test_a_result_that_nobody_could_get_is_no_success(command: str, told: str) -> None:
    words = command.format(case=CASES[0])
    done = subprocess.run(
        f"exec {sys.executable} -m conseil_dla {words}", shell=True, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == bool(told)


@pytest.mark.lent
@pytest.mark.parametrize("command", ["-h", "diagnostiquer {case} --format json", "regles -h", "--version"])
def test_a_reader_that_leaves_is_no_error(command: str) -> None:
    words = command.format(case=" ".join([str(CASES[0])] * 10))
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*PROGRAM, *words.split()], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writing)
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.lent
def test_ctrl_c_in_a_batch_of_diagnoses_says_so_and_leaves_nothing(path: Path) -> None:
    command = [*PROGRAM, "diagnostiquer", *[str(CASES[0])] * 400]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.read(100)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrompu" in err.decode()
    assert "Traceback" not in err.decode()
    assert UNFORESEEN not in err.decode()
