"""Work that is killed with -9 at random moments, from a process that has imported and opened everything once.

Forking costs a hundredth of starting the program. This file runs as a program of its own (``test_killed`` starts it),
because a process that runs tests has threads, which do not survive a fork. It writes one line of JSON: how many were
killed, and what was wrong.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from builders import write_folder
from conseil_dla.cli import desk
from conseil_dla.cli.commands import interview
from conseil_dla.cli.desk import open_reader
from conseil_dla.cli.main import run
from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.rules.model import Answers, Base, Value
from conseil_dla.wording.interview_text import PROMPT
from shipped import ROOT, random_dossier

MARK = "CONSEIL_DLA_ESSAI"
PATIENCE = 10.0
"""Seconds left to what the killed process had started, to go too."""


@dataclass
class Report:
    """What a test asserts of."""

    killed: int = 0
    """Those that had not ended by themselves."""
    while_writing: int = 0
    """Those that left a temporary file: killed in the middle of a write."""
    answered: int = 0
    """Answers found in all the files."""
    wrong: list[str] = field(default_factory=list)


def killed(work: Callable[[], object], delay: float | None, mark: str) -> tuple[float, bool]:
    """Run work in a process and a session of its own, and kill it after so many seconds; how long it lived, and how."""
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            os.environ[MARK] = mark
            work()
        finally:
            os._exit(0)
    while time.monotonic() - began < (delay if delay is not None else 600):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return time.monotonic() - began, False
        time.sleep(0.0005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return time.monotonic() - began, True


def orphans(mark: str) -> list[str]:
    """What still runs of what a killed process had started, after some time to go."""
    until = time.monotonic() + PATIENCE
    while (found := _marked(mark)) and time.monotonic() < until:
        time.sleep(0.01)
    return found


def _marked(mark: str) -> list[str]:
    wanted, found = f"{MARK}={mark}\0".encode(), []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def speaking(entries: Path, out: Path, arguments: Sequence[str]) -> Callable[[], object]:
    """A command that reads these entries and writes there."""

    def work() -> None:
        for number, path, mode in ((0, entries, os.O_RDONLY), (1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)):
            os.dup2(os.open(path, mode), number)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb"), encoding="utf-8")
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb"), encoding="utf-8")
        run(arguments)

    return work


# --- a session in lines ---

CYCLE: Sequence[tuple[str, Value]] = (
    ("envie", "clairement"), ("commande", "oui"), ("combien", 7), ("sujets", frozenset({"emploi", "lieux"})),
    ("commande", "non"), ("combien", 12), ("envie", "a_demi_mot"), ("sujets", frozenset({"gestion"})),
)  # fmt: skip


def entry(question: str, value: Value) -> str:
    told = ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
    return f"{question}: {told}"


def states(steps: Sequence[tuple[str, Value]]) -> list[Answers]:
    """The answers after each entry, none first."""
    found: list[dict[str, Value]] = [{}]
    for question, value in steps:
        found.append({**found[-1], question: value})
    return list(found)


def kill_interviews(work: Path, number: int, seed: int) -> Report:
    """Kill so many conversations, each with a dossier of its own."""
    reader = open_reader(str(write_folder(work / "regles")))
    interview.open_reader = lambda rules, **_: reader  # type: ignore[assignment]
    steps = [CYCLE[n % len(CYCLE)] for n in range(40)]
    expected = states(steps)
    entries = work / "entrees.txt"
    entries.write_text("".join(f"{entry(*step)}\n" for step in steps), encoding="utf-8")
    report, chance = Report(), random.Random(seed)
    lives: list[float] = []

    def session(name: str, delay: float | None) -> None:
        folder = work / name
        path = store.create(folder, "Un projet")
        out = folder / ".sortie"
        lived, was_killed = killed(speaking(entries, out, ["entretien", str(path)]), delay, name)
        report.killed += was_killed
        lives.extend([] if was_killed else [lived])
        asked = out.read_text(encoding="utf-8", errors="replace").count(PROMPT) if out.exists() else 0
        before = len(report.wrong)
        _check(report, path, reader.base, expected, asked, name)
        if len(report.wrong) > before:
            report.wrong.append(f"(seed {seed}, {name}, after {delay} s)")

    session("entier0", None)
    session("entier1", None)
    for n in range(4 * number):
        # A whole life is looked at again and again, and more are killed than asked while none fell within a write:
        # the machine may do something else.
        if report.killed < number or report.while_writing < 2:
            session(f"tue{n}", chance.uniform(0, statistics.median(lives[-5:])))
    return report


def _check(report: Report, path: Path, base: Base, expected: Sequence[Answers], asked: int, mark: str) -> None:
    """A question that was asked says that what came before is kept; one more answer may be kept, never part of one."""
    if found := orphans(mark):
        report.wrong.append(f"left running: {found}")
    try:
        answers = store.load(path, base).answers
    except Exception as error:
        report.wrong.append(f"not readable any more: {error!r}")
        return
    kept = [n for n in (asked - 1, asked) if 0 <= n < len(expected) and expected[n] == answers]
    if not kept and not (asked == 0 and not answers):
        report.wrong.append(f"asked {asked} times, kept {dict(answers)}")
    left = [one.name for one in path.parent.iterdir() if one.name not in (path.name, ".sortie")]
    unfinished = [name for name in left if re.fullmatch(rf"\.{re.escape(path.name)}\.\w+\.tmp", name)]
    report.while_writing += bool(unfinished)
    if len(unfinished) > 1 or not all(name.startswith(".") for name in left):
        report.wrong.append(f"left beside: {left}")
    if [one.path for one in store.listing(path.parent)] != [path]:
        report.wrong.append("the list of dossiers shows something else")
    report.answered += len(answers)
    with Writer.open(path, base) as writer:
        writer.save(writer.dossier)


# --- a session on the real screens ---

SIZE = (80, 24)
BEAT = 0.04
"""Seconds between two keys: many more answers than a person gives, so that most moments are those of a write."""


def kill_screens(work: Path, number: int, seed: int) -> Report:
    """Kill so many sessions while keys come fast."""
    reader = open_reader(str(ROOT))
    desk.open_reader = lambda rules: reader  # type: ignore[assignment]
    for screen in ("app", "dossier_opening", "question", "reading"):
        import_module(f"conseil_dla.screens.{screen}")
    os.environ["TERM"], os.environ["COLORTERM"] = "xterm-256color", "truecolor"
    report, chance = Report(), random.Random(seed)
    for n in range(number):
        path = store.create(work / f"ecran{n}", "Un projet")
        before = _type_and_kill(report, reader.base, path, chance.uniform(0, 1.5), path.parent.name)
        try:
            after = store.load(path, reader.base).answers
        except Exception as error:
            report.wrong.append(f"not readable any more: {error!r} (seed {seed}, {n})")
            continue
        if not (before.items() <= after.items() and len(after) <= len(before) + 2):
            report.wrong.append(f"{before} became {after} (seed {seed}, {n})")
        with Writer.open(path, reader.base) as writer:
            writer.save(writer.dossier)
        report.answered += len(after)
    return report


def _type_and_kill(report: Report, base: Base, path: Path, life: float, mark: str) -> Answers:
    """Type until an answer is kept and for so many seconds more, kill; the answers that the file held just before."""
    pid, door = pty.fork()
    if pid == 0:
        try:
            os.environ[MARK] = mark
            run(["ouvrir", str(path)])
        finally:
            os._exit(0)
    fcntl.ioctl(door, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    until = None
    patience = time.monotonic() + 60
    while time.monotonic() < (until or patience):
        if until is None and store.load(path, base).answers:
            until = time.monotonic() + life
        if select.select([door], [], [], BEAT)[0]:
            os.read(door, 1 << 16)
        else:
            os.write(door, b"\r")
    before = store.load(path, base).answers
    os.kill(pid, signal.SIGKILL)
    os.close(door)
    os.waitpid(pid, 0)
    report.killed += 1
    if found := orphans(mark):
        report.wrong.append(f"left running: {found}")
    left = [one.name for one in path.parent.iterdir() if one != path]
    report.while_writing += any(name.endswith(".tmp") for name in left)
    if not all(name.startswith(".") for name in left):
        report.wrong.append(f"left beside: {left}")
    return before


# --- a batch ---

DISTINCT, TIMES = 40, 8


def batch_source(folder: Path, base: Base) -> Path:
    """A file of dossiers large enough for the work to be shared between processes, some unusable."""
    chance, path = random.Random(1), folder / "dossiers.jsonl"
    lines = []
    for n in range(DISTINCT):
        answers = random_dossier(base.logic, chance, 1.0 if n % 20 else chance.random())
        told = {id: sorted(value) if isinstance(value, frozenset) else value for id, value in answers.items()}
        lines.append(json.dumps({"titre": f"Projet {n}", "reponses": told}, ensure_ascii=False))
    lines.append('{"titre": "Faux", "reponses": {"inconnue": "oui"}}')
    path.write_text("\n".join(lines * TIMES) + "\n", encoding="utf-8")
    return path


def kill_batches(work: Path, number: int, seed: int) -> Report:
    """Kill so many batches, every second one over a former file, by one process and by two."""
    source = batch_source(work, open_reader(str(ROOT)).base)
    given = source.read_bytes()
    report, chance = Report(), random.Random(seed)
    lives: dict[str, float] = {}

    def batch(folder: Path, processes: str, delay: float | None, *, former: bool) -> float:
        folder.mkdir(exist_ok=True)
        out = folder / "sortie.jsonl"
        if former:
            out.write_bytes(FORMER)
        command = ["lot", str(source), "-o", str(out), "--graine", "1", "--processus", processes, "--remplacer"]
        devnull = Path(os.devnull)
        lived, was_killed = killed(speaking(devnull, devnull, command), delay, folder.name)
        report.killed += was_killed
        if found := orphans(folder.name):
            report.wrong.append(f"{folder.name}: left running: {found}")
        if source.read_bytes() != given:
            report.wrong.append(f"{folder.name}: the source has changed")
        return lived

    for processes in ("1", "2"):
        lives[processes] = batch(work / f"entier{processes}", processes, None, former=False)
    whole = _made(work / "entier1")
    if _made(work / "entier2") != whole or len(whole) != 2:
        report.wrong.append("one process and two do not write the same")
    for n in range(number):
        folder, former = work / f"lot{n}", n % 2 == 1
        batch(folder, "112"[n % 3], chance.uniform(0.1, 1) * lives["112"[n % 3]], former=former)
        report.wrong += _half_written(folder, whole, former=former)
        report.while_writing += any(path.name.startswith(".") for path in folder.iterdir())
        if n % 5 == 0:
            batch(folder, "1", None, former=False)
            report.wrong += [] if _made(folder) == whole else [f"{folder.name}: running again gives something else"]
            report.answered += 1
    return report


def _half_written(folder: Path, whole: Mapping[str, bytes], *, former: bool) -> list[str]:
    """What is wrong with the files of a batch that was killed: each is absent, or the former one, or whole."""
    before = {"sortie.jsonl": FORMER} if former else {}
    made = _made(folder)
    wrong = [name for name, data in made.items() if data not in (whole[name], before.get(name))]
    return [f"{folder.name}: {name}" for name in (*wrong, *(before.keys() - made))]


FORMER = b"ancien\n"


def _made(folder: Path) -> dict[str, bytes]:
    """The files that a person sees; a page is the same wherever its table lies."""
    here = str(folder).encode()
    return {
        path.name: path.read_bytes().replace(here, b"") for path in folder.iterdir() if not path.name.startswith(".")
    }


if __name__ == "__main__":
    kinds = {"entretien": kill_interviews, "ecrans": kill_screens, "lot": kill_batches}
    found = kinds[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps(vars(found), ensure_ascii=False))
