"""While a command lasts, somebody who watches sees how far it is; nobody else does, and nothing of it stays."""

from __future__ import annotations

import io
import re
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from cli.test_commands import called
from conseil_dla.batch import sources
from conseil_dla.cli import steps
from conseil_dla.cli.main import run
from conseil_dla.cli.steps import Steps, Waiting
from conseil_dla.reading import opening
from conseil_dla.reading.essentials import Essential, Essentials
from conseil_dla.rules.loading.folder import Loaded
from shipped import CASES, ROOT, shipped_reader

A, B = map(str, CASES[:2])


class Watched(io.StringIO):
    """A terminal that somebody watches."""

    def isatty(self) -> bool:
        return True

    def left(self) -> str:
        """What the line shows once all is written, spaces aside."""
        line = ""
        for text in re.split("\r", self.getvalue()):
            line = text + line[len(text) :]
        return line.strip()


def watch(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """From now on somebody watches, and everything lasts. In the test itself: pytest sets stderr before each."""
    terminal = Watched()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(steps, "PATIENCE", 0.001)
    monkeypatch.setattr(steps, "EVERY", 0.002)
    read = opening.load

    def load_slowly(folder: Path) -> Loaded:
        time.sleep(0.02)  # rules that a process of tests has read already come at once
        return read(folder)

    monkeypatch.setattr(opening, "load", load_slowly)
    return terminal


def test_what_lasts_is_told_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = watch(monkeypatch)
    with Waiting("Lecture"):
        time.sleep(0.02)
    assert "Lecture…" in watched.getvalue()
    assert watched.left() == ""


def test_seconds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = watch(monkeypatch)
    monkeypatch.setattr(steps, "monotonic", iter(range(0, 1000, 3)).__next__)
    with Waiting("Lecture"):
        time.sleep(0.02)
    assert "Lecture… 3 s" in watched.getvalue()


def test_steps_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = watch(monkeypatch)
    with Steps("Dossiers lus") as told:
        time.sleep(0.002)
        told.tell(2, 3)
    assert "Dossiers lus… 2/3" in watched.getvalue()
    assert watched.left() == ""


def test_a_step_that_lasts_is_told_with_the_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = watch(monkeypatch)
    monkeypatch.setattr(steps, "monotonic", iter(range(0, 1000, 3)).__next__)
    with Waiting("Preuves") as told:
        told.tell(2, 7)
        time.sleep(0.02)
    assert re.search(r"Preuves… 2/7 \d+ s", watched.getvalue())


def test_a_failure_takes_the_line_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = watch(monkeypatch)
    with suppress(ValueError), Waiting("Lecture"):
        time.sleep(0.02)
        raise ValueError
    assert "Lecture" in watched.getvalue()
    assert watched.left() == ""


@pytest.mark.parametrize("kind", [Steps, Waiting])
def test_nobody_watches_nothing_is_written(monkeypatch: pytest.MonkeyPatch, kind: type[Steps]) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    monkeypatch.setattr(steps, "PATIENCE", 0.0)
    with kind("Lecture") as told:
        time.sleep(0.01)
        told.tell(1, 2)
    assert file.getvalue() == ""


@pytest.mark.parametrize("kind", [Steps, Waiting])
@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_a_line_that_stays_is_not_written_over_and_comes_seldom(
    monkeypatch: pytest.MonkeyPatch, kind: type[Steps], term: str
) -> None:
    """For somebody who hears it read out, and in a terminal that cannot go back."""
    now = [0.0]
    monkeypatch.setattr(steps, "monotonic", lambda: now[0])
    monkeypatch.setenv("TERM", term)
    watched = Watched()
    monkeypatch.setattr(sys, "stderr", watched)
    told = kind("Lecture", stays=term != "dumb")
    for second in range(50):
        now[0] = float(second)
        told._say(f"Lecture… {second} s")
    told.__exit__(None, None, None)
    assert watched.getvalue() == "Lecture… 1 s\nLecture… 22 s\nLecture… 43 s\n"


def test_where_nobody_watches_what_lasts_long_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(steps, "monotonic", lambda: now[0])
    for kind in (Steps, Waiting):
        now[0], file = 0.0, io.StringIO()
        monkeypatch.setattr(sys, "stderr", file)
        with kind("Lecture") as told:
            for done in range(50):
                now[0] = float(done)
                told.tell(done, 50)
        assert [line.split()[1] for line in file.getvalue().splitlines()] == ["21/50", "42/50"]


QUICK = (
    (("diagnostiquer", A, B, "--format", "json"), ("Lecture des règles", "Dossiers lus")),
    (("comparer", A, B), ("Comparaison",)),
    (("rapport", A, "-o", "r.docx", "--modele", "cadrage"), ("Mise en page",)),
    (("papiers", "questionnaire", "-o", "q.md"), ("Choix des questions",)),
    (("regles", "schema"), ("Lecture des règles",)),
)
LONG = (
    (("regles", "documenter", "-o", "site"), ("Lecture des règles", "Écriture des pages")),
    (("regles", "differences", str(ROOT), str(ROOT), "--dossiers", A), ("Dossiers lus", "Comparaison")),
    (("regles", "essayer"), ("Cas et essais lus", "Cas et essais rejoués")),
    (("regles", "verifier", "--temoins", "t"), ("Lecture des règles", "Cas et essais lus", "Preuves")),
)


@pytest.mark.parametrize(("command", "stages"), [*QUICK, *(pytest.param(*one, marks=pytest.mark.lent) for one in LONG)])
def test_every_command_that_may_last_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    command: tuple[str, ...],
    stages: tuple[str, ...],
) -> None:
    watched = watch(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("conseil_dla.reading.compose.essentials_of", _slowly)
    assert run(command) in (0, 1)
    assert [stage for stage in stages if f"{stage}…" not in watched.getvalue()] == []
    out = capsys.readouterr().out
    assert [stage for stage in stages if stage in out] == []


def _slowly(*_: object) -> Essentials:
    """One question: which is not the matter here."""
    time.sleep(0.02)
    return Essentials((Essential(next(iter(shipped_reader().base.logic.questions)), 1.0, 1.0),), 1.0)


def test_a_pipe_gets_the_result_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = called(capsys, "diagnostiquer", A, B, "--format", "json")
    assert len(out.splitlines()) == 2
    assert err == ""


def test_a_batch_shows_its_bar_and_takes_it_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "lot.jsonl"
    source.write_text('{"titre": "Un projet", "reponses": {}}\n' * 30, encoding="utf-8")
    monkeypatch.setattr(sources, "MOST_BYTES", 150)
    watched = watch(monkeypatch)
    assert run(["lot", str(source), "-o", str(tmp_path / "r.jsonl")]) == 0
    looks = [text for text in watched.getvalue().split("\r") if text.startswith("[")]
    assert len(looks) > 3
    assert all(len(text.rstrip()) < 80 for text in looks)
    assert looks[0].count("█") < looks[-1].count("█")
    assert "[" not in watched.left()


def test_the_interview_writes_nothing_over(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    watched = watch(monkeypatch)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run(["entretien"]) == 0
    assert "Lecture des règles…\n" in watched.getvalue()
    assert "\r" not in watched.getvalue()


def test_a_terminal_that_cannot_show_the_screens_is_told_what_it_can(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("conseil_dla.cli.commands.open_screens._has_someone_to_speak_to", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    assert run([]) == 2
    assert "conseil-dla entretien" in capsys.readouterr().err
