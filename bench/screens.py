"""What the screens take in a real pseudo-terminal, beside the least that Textual can show (``bare.py``).

First paint: from the start of the process to the bytes that hold the first screen's text, fresh processes, one of each
in turn, 120 columns by 40 lines.

A key to its reading: in the real program, from the key that answers to the bytes after which nothing on screen changes
any more but the line of title and « Et ensuite », which come later: the next question and the reading of that answer
are there. Simulated dossiers, asked in the product's order. A fifth of a second passes between two answers.

A key to its repaint: from a key that moves the choice among answers to the last byte that it makes the program write,
beside a bare application that writes another text at each key; one key of each in turn. Textual paints at most 60
times a second; the product asks it for 240 (decision 0015).

The screen's thread: a heartbeat in the event loop, every other millisecond, through a walk of every page and a whole
interview, several times over. « Quiet » is the least that the same key took in all the walks, since a busy machine only
adds; then the longest of a moment's keys. « Computed » is what the thread itself computed between two beats, its
longest, in the walk where that was the least.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic

from bare import WORDS
from pressed import keys_for
from prior import dossiers
from session import percentile

from conseil_dla.dossiers.store import create, load
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Value

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
from terminal import Terminal  # noqa: E402 - the tests' own terminal

PROGRAM = (str(Path(sys.executable).with_name("conseil-dla")),)
ANSWERING = (sys.executable, str(HERE / "bare.py"), "answering")
BARE = (sys.executable, str(HERE / "bare.py"))
HOME = "Nouveau dossier"
"""Words of the first screen that come with its first painting."""
LATER = "Et ensuite"
"""Title of the part of the panel that comes after the reading."""
BARS = 3
"""Columns at the right edge that hold bars and margins, and no text."""
WIDE, NARROW = (120, 40), (80, 24)
PAINTS, REPAINTS, DOSSIERS, WALKS = 25, 60, 4, 4
SEED = 22
LONG = 50.0
PAUSE = 0.2
WALK_ENDS = 300.0
"""Seconds."""
ESCAPES = re.compile(rb"\x1b(\[[0-9;?<>=$]*[ -/]*[@-~]|\][^\x07]*\x07)")


# --- first paint ---


def first_paint(command: tuple[str, ...], words: str) -> float:
    """Milliseconds from the start of a process to its first frame."""
    with tempfile.TemporaryDirectory() as folder, Terminal(command, WIDE, {DOSSIERS_VARIABLE: folder}) as terminal:
        wanted, until = words.encode(), monotonic() + 60
        while wanted not in ESCAPES.sub(b"", terminal.written):
            if monotonic() > until:
                raise AssertionError(f"never painted: {words}")
            terminal.read(0.5)
        return 1000 * (terminal.chunks[-1][0] - terminal.started)


def paints(number: int = PAINTS) -> tuple[list[float], list[float]]:
    """(ours, bare), one of each in turn; the first of each, whose files may not be in memory, is left out."""
    found = [(first_paint(PROGRAM, HOME), first_paint(BARE, WORDS)) for _ in range(number + 1)]
    return [ours for ours, _ in found[1:]], [bare for _, bare in found[1:]]


# --- from a key to what it changes ---


def repaint(terminal: Terminal, key: str) -> float:
    """Milliseconds from a key to the last byte of what it makes the program write."""
    terminal.rest(0.1)
    before, start = len(terminal.chunks), monotonic()
    terminal.press(key)
    terminal.rest(0.1)
    if len(terminal.chunks) == before:
        raise AssertionError(f"nothing came of {key}")
    return 1000 * (terminal.chunks[-1][0] - start)


def repaints(number: int = REPAINTS) -> tuple[list[float], list[float]]:
    """(ours, bare), one key of each in turn, in two programs that stay open."""
    with tempfile.TemporaryDirectory() as folder:
        path = create(Path(folder), "Mesure")
        with (
            Terminal((*PROGRAM, "ouvrir", str(path)), WIDE, {DOSSIERS_VARIABLE: folder}) as ours,
            Terminal(ANSWERING, WIDE) as bare,
        ):
            ours.until("répondre")
            bare.until(WORDS)
            for terminal in (ours, bare):
                terminal.rest(1.0)
            keys = [("down", "up")[n % 2] for n in range(number + 2)]
            found = [(repaint(ours, key), repaint(bare, key)) for key in keys][2:]
    return [ours for ours, _ in found], [bare for _, bare in found]


# --- from a key to the reading of its answer ---


def answered(reader: Reader, size: tuple[int, int]) -> Iterator[float]:
    """Milliseconds, for each answer of the simulated dossiers."""
    with tempfile.TemporaryDirectory() as folder:
        for number, known in enumerate(dossiers(reader.base.logic, DOSSIERS, SEED)):
            path = create(Path(folder), f"Mesure {number}")
            with Terminal((*PROGRAM, "ouvrir", str(path)), size, {DOSSIERS_VARIABLE: folder}) as terminal:
                terminal.until("répondre")
                terminal.rest(1.0)
                answers: dict[str, Value] = {}
                while found := reader.read(answers).next_question:
                    id = found.question
                    yield one_answer(terminal, keys_for(reader.base.logic.questions[id], known[id]))
                    answers[id] = known[id]
                terminal.press("ctrl+q")
                terminal.wait()
            if load(path, reader.base).answers != answers:
                raise AssertionError(f"what was measured is not what was answered: {path}")


def one_answer(terminal: Terminal, keys: list[str]) -> float:
    """Press, then find the painting after which nothing more changes."""
    for key in keys[:-1]:
        terminal.press(key)
        terminal.rest(0.05)
    terminal.rest(PAUSE)
    terminal.look()
    before, start = len(terminal.chunks), monotonic()
    terminal.press(keys[-1])
    terminal.rest(PAUSE)
    frames = terminal.frames(before)
    last = frames[-1][1]
    place = next(((y, line.index(LATER)) for y, line in enumerate(last) if LATER in line), (len(last), 0))
    end = next(when for when, lines in frames if _without(lines, place) == _without(last, place))
    return 1000 * (end - start)


def _without(lines: list[str], place: tuple[int, int]) -> list[str]:
    """The screen without its line of title, its scroll bars, and what comes later.

    A bar stands in the last column, or where the panel ends, before its margin; what comes later makes it shorter.
    """
    return [line[:-BARS] if y < place[0] else line[: place[1]] for y, line in enumerate(lines) if y]


# --- the screen's thread ---


@dataclass(frozen=True)
class Moment:
    """What the keys of one moment took at most; milliseconds."""

    keys: int
    quiet: float
    usual: float
    """The median of what each walk found at most."""
    computed: float


def walked(kind: str) -> list[tuple[str, float, float]]:
    """One walk of ``watched.py``."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "found.json"
        command = (sys.executable, str(HERE / "watched.py"), kind, str(result))
        with Terminal(command, WIDE, {DOSSIERS_VARIABLE: folder}) as terminal:
            if terminal.wait(WALK_ENDS) or not result.exists():
                raise AssertionError(f"the walk failed\n{ESCAPES.sub(b'', terminal.written[-6000:]).decode()}")
        return [(moment, late, spent) for moment, late, spent in json.loads(result.read_text(encoding="utf-8"))]


def moments(walks: list[list[tuple[str, float, float]]]) -> dict[str, Moment]:
    """The walks, key by key, then by moment."""
    names = [name for name, _, _ in walks[0]]
    if any([name for name, _, _ in walk] != names for walk in walks):
        raise AssertionError("the walks are not the same")
    found = {}
    for name in dict.fromkeys(names):
        steps = [n for n, each in enumerate(names) if each == name]
        found[name] = Moment(
            len(steps),
            max(min(walk[n][1] for walk in walks) for n in steps),
            median(max(walk[n][1] for n in steps) for walk in walks),
            max(min(walk[n][2] for walk in walks) for n in steps),
        )
    return found


def report(reader: Reader) -> str:
    """Three tables in Markdown."""
    ours, bare = paints()
    lines = [
        "| first paint | median | 95 % under | quickest |",
        "|---|---|---|---|",
        _row("`conseil-dla`", median(ours), percentile(ours, 0.95), min(ours)),
        _row("the bare application", median(bare), percentile(bare, 0.95), min(bare)),
        f"| ratio (target: 1.3) | {median(ours) / median(bare):.2f} | | {min(ours) / min(bare):.2f} |",
        "",
        f"{len(ours)} processes of each.",
        "",
        *_repainted(*repaints()),
        "| from a key to the reading of its answer | answers | median | 95 % under | target (95 % under) |",
        "|---|---|---|---|---|",
    ]
    for size in (WIDE, NARROW):
        taken = list(answered(reader, size))
        figures = f"{len(taken)} | {median(taken):.0f} ms | {percentile(taken, 0.95):.0f} ms"
        lines.append(f"| {size[0]}×{size[1]} | {figures} | 50 ms |")
    walks = [(walked("ours"), walked("bare")) for _ in range(WALKS)]
    here, there = moments([w for w, _ in walks]), moments([w for _, w in walks])
    lines += [
        "",
        f"| the loop does not come back for, at most ({WALKS} walks, target: {LONG:.0f} ms) | keys | quiet | usual "
        "| computed | bare: quiet | bare: usual |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in sorted(here.items(), key=lambda item: -item[1].quiet):
        figures = " | ".join(f"{ms:.0f} ms" for ms in (one.quiet, one.usual, one.computed, there[name].quiet,
                                                       there[name].usual))  # fmt: skip
        lines.append(f"| {name} | {one.keys} | {figures} |")
    return "\n".join([*lines, ""])


def _repainted(ours: list[float], bare: list[float]) -> list[str]:
    return [
        "| from a key to its repaint | median | 95 % under | quickest |",
        "|---|---|---|---|",
        _row("`conseil-dla`: another answer under the mark", median(ours), percentile(ours, 0.95), min(ours)),
        _row("the bare application: another text", median(bare), percentile(bare, 0.95), min(bare)),
        f"| ratio | {median(ours) / median(bare):.2f} | | {min(ours) / min(bare):.2f} |",
        "",
        f"{len(ours)} keys of each.",
        "",
    ]


def _row(name: str, *figures: float) -> str:
    return "| " + " | ".join([name, *(f"{ms:.0f} ms" for ms in figures)]) + " |"
