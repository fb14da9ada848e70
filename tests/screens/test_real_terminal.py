"""The real program, its keys and its bytes: killed and resumed, left, shrunk, ended from outside."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from conseil_dla.dossiers import lock
from conseil_dla.dossiers.store import create, load
from conseil_dla.rules.model import Question, Value
from shipped import random_dossier, shipped_reader

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

from terminal import PROGRAM, Terminal

BASE = shipped_reader().base
SIZE = (80, 24)
"""Narrow: the question alone, or the reading alone, so that what is seen reads as one text."""
TALL = 300
ANSWERS = 8
DRAWN = "▸─═●▁▂▃▄▅▆▇█▏"
"""Marks, rules and the bar that scrolls."""


@pytest.fixture
def folder(dossiers: Path) -> Path:
    dossiers.mkdir(parents=True, exist_ok=True)
    return dossiers


def words(text: str) -> str:
    """The words of a screen or of a text, whatever the width and the frames."""
    return " ".join(text.translate(dict.fromkeys(map(ord, DRAWN), " ")).split())


def in_one_column(text: str) -> str:
    """Reasons that stand side by side, one under the other as in a text: those for, then those against."""
    lines: list[str] = []
    against: list[str] = []
    for line in text.splitlines():
        left, bar, right = line.partition("│")
        if not bar:
            lines += against
            against = []
        lines.append(left)
        against += [right] if bar else []
    return "\n".join(lines + against)


def asked(id: str) -> str:
    return words(BASE.entry("question", id).texts["libelle"])


def keys_for(question: Question, value: Value) -> Iterator[str]:
    """From the first row of a question that was not answered."""
    if isinstance(value, int):
        yield str(value)
    elif isinstance(value, frozenset):
        yield from chain.from_iterable(("space", "down") if a in value else ("down",) for a in question.answers)
        yield from ("down",) if value else ("space", "down")
    else:
        yield from ["down"] * question.answers.index(value)
    yield "enter"


def opened(path: Path) -> Terminal:
    return Terminal((*PROGRAM, "ouvrir", str(path)), SIZE)


def answer(terminal: Terminal, path: Path, known: dict[str, Value], number: int) -> dict[str, Value]:
    """Answer so many questions as proposed; the next one is on screen at the end, and the file is written."""
    answers: dict[str, Value] = {}
    for _ in range(number):
        id = proposed(answers)
        terminal.until(lambda seen, id=id: asked(id) in words(seen))
        terminal.press(*keys_for(BASE.logic.questions[id], known[id]))
        answers[id] = known[id]
        terminal.until(lambda _, answers=answers: load(path, BASE).answers == answers)
    terminal.until(lambda seen: asked(proposed(answers)) in words(seen))
    return answers


def proposed(answers: dict[str, Value]) -> str:
    found = shipped_reader().read(answers).next_question
    assert found is not None
    return found.question


def drawn() -> dict[str, Value]:
    return random_dossier(BASE.logic, random.Random(11))


def diagnosed(path: Path) -> list[str]:
    """The sections of what ``diagnostiquer`` writes, each as its words."""
    done = subprocess.run([*PROGRAM, "diagnostiquer", str(path)], capture_output=True, text=True, check=True)
    return [words(section) for section in done.stdout.split("\n── ")[1:]]


def whole_reading(terminal: Terminal, sections: list[str]) -> list[str]:
    """The lines of the reading on a terminal where nothing has to scroll, once all these sections are there."""
    terminal.press("f6")
    terminal.until(lambda seen: sections[0] in words(seen))
    terminal.resize(SIZE[0], TALL)
    terminal.until(lambda seen: all(section in words(in_one_column(seen)) for section in sections))
    lines = terminal.look()
    end = next(n for n in range(2, TALL) if not any(line.strip() for line in lines[n : n + 3]))
    return [words(line) for line in lines[1:end]]


def scrolled(terminal: Terminal, first: str, last: str) -> set[str]:
    """Every line seen while going down by screenfuls, from the first to the last."""
    terminal.resize(*SIZE)
    terminal.until(lambda _: words(terminal.look()[1]) == first and terminal.look()[-1].strip())
    terminal.rest()
    found: set[str] = set()
    while last not in found:
        before = terminal.look()
        found |= {words(line) for line in before}
        terminal.press("pagedown")
        terminal.until(lambda _, before=before: last in map(words, before) or terminal.look() != before)
        terminal.rest()  # a painting comes in several pieces, one right after the other
    return found


def test_killed_in_the_middle_it_resumes_where_it_was_and_reads_as_the_file_does(folder: Path) -> None:
    """Eight answers by keys, a ninth begun, kill -9: the file holds the eight, the same question comes back.

    The reading that F6 shows is the one that ``diagnostiquer`` writes for the file: the words of each of its sections,
    in one piece. Only the row that the cursor had reached for the ninth is lost.
    """
    known = drawn()
    with Terminal(PROGRAM, SIZE) as terminal:
        terminal.until("Nouveau dossier")
        terminal.press("f2")
        terminal.until("Renoncer")
        terminal.press("Trois compagnies", "f5")
        terminal.until(lambda _: list(folder.glob("*.yaml")))
        path = next(folder.glob("*.yaml"))
        answers = answer(terminal, path, known, ANSWERS)
        terminal.press("f4")
        terminal.until("Note pour vous")
        terminal.press("à revoir", "f4")
        terminal.until(lambda _: load(path, BASE).notes)
        before = path.read_bytes()
        terminal.press("down")
        terminal.signal(signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL
    assert len(answers) == ANSWERS
    kept = load(path, BASE)
    assert (kept.title, kept.answers, kept.declined) == ("Trois compagnies", answers, frozenset())
    assert kept.notes == {proposed(answers): "à revoir"}
    with opened(path) as again:
        again.until(lambda seen: asked(proposed(answers)) in words(seen))
        again.press("f4")
        again.until("à revoir")
        again.press("escape")
        again.until(lambda seen: "Note pour vous" not in seen)
        sections = diagnosed(path)
        assert len(sections) > 5
        lines = whole_reading(again, sections)
        assert set(lines) <= scrolled(again, lines[0], lines[-1])
        reading = " ".join(lines)
        for kind, ids in (("format", BASE.logic.formats), ("posture", BASE.logic.postures),
                          ("vigilance", BASE.logic.ids("vigilance"))):  # fmt: skip
            assert named(kind, ids, reading) == named(kind, ids, " ".join(sections)), kind
        again.press("ctrl+q")
        assert again.wait() == 0
    assert path.read_bytes() == before


def named(kind: str, ids: Iterable[str], text: str) -> set[str]:
    """Which of these a text speaks of."""
    return {id for id in ids if words(BASE.title(kind, id)).lower() in text.lower()}  # type: ignore[arg-type]


def test_a_killed_dossier_is_resumed_by_keys_from_home_too(folder: Path) -> None:
    path = create(folder, "Trois compagnies")
    with opened(path) as terminal:
        answers = answer(terminal, path, drawn(), 1)
        terminal.signal(signal.SIGKILL)
        terminal.wait()
    with Terminal(PROGRAM, SIZE) as again:
        again.until(lambda seen: any(row in seen for row in ("Trois compagnies", "Le dernier dossier")))
        for _ in range(6):
            row = next((line for line in again.look() if "▸" in line), "")
            if "Trois compagnies" in row or "Le dernier dossier" in row:
                break
            again.press("down")
            again.until(lambda seen, row=row: row not in seen.splitlines())
        again.press("enter")
        again.until(lambda seen: asked(proposed(answers)) in words(seen))


MODES = {"alternate screen": 1049, "mouse": 1000, "mouse moves": 1003, "mouse, urxvt": 1015, "mouse, SGR": 1006,
         "focus": 1004, "bracketed paste": 2004}  # fmt: skip


def left_on(written: bytes) -> set[str]:
    """Modes of the terminal that were set and not taken back; the cursor and the wrapping of lines, the other way."""

    def is_on(mode: int) -> bool:
        return written.rfind(b"\x1b[?%dh" % mode) > written.rfind(b"\x1b[?%dl" % mode)

    found = {name for name, mode in MODES.items() if is_on(mode)}
    return found | {name for name, mode in (("no cursor", 25), ("no wrapping", 7)) if not is_on(mode)}


def ends(terminal: Terminal, how: str) -> None:
    if how == "ctrl+q":
        terminal.press(how)
    else:
        terminal.signal(getattr(signal, how))


@pytest.mark.parametrize("how", ["ctrl+q", "SIGTERM", "SIGHUP"])
def test_however_it_ends_the_terminal_is_left_as_it_was_and_the_dossier_is_let_go(folder: Path, how: str) -> None:
    path = create(folder, "Trois compagnies")
    with opened(path) as terminal:
        settings = terminal.settings()
        answers = answer(terminal, path, drawn(), 1)
        assert lock.holder(path) is not None
        assert {"alternate screen", "mouse", "no cursor"} <= left_on(terminal.written)
        assert terminal.settings() != settings
        ends(terminal, how)
        assert terminal.wait() == 0
        assert left_on(terminal.written) == set()
        assert terminal.settings() == settings
    assert lock.holder(path) is None
    assert sorted(one.suffix for one in folder.iterdir()) == [".yaml"]
    assert load(path, BASE).answers == answers


def test_a_terminal_that_closes_lets_the_dossier_go(folder: Path) -> None:
    path = create(folder, "Trois compagnies")
    with opened(path) as terminal:
        answers = answer(terminal, path, drawn(), 1)
        assert lock.holder(path) is not None
        terminal.close()
        terminal.wait()
    assert lock.holder(path) is None
    assert sorted(one.suffix for one in folder.iterdir()) == [".yaml"]
    assert load(path, BASE).answers == answers


def test_a_terminal_that_becomes_tiny_and_large_again_shows_the_same_question(folder: Path) -> None:
    path = create(folder, "Trois compagnies")
    with opened(path) as terminal:
        answers = answer(terminal, path, drawn(), 1)
        terminal.resize(20, 8)
        terminal.rest(0.5)
        terminal.press("down", "f6", "down", "f6", "f1", "escape")
        terminal.rest(0.5)
        terminal.resize(*SIZE)
        terminal.until(lambda seen: asked(proposed(answers)) in words(seen))
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
