"""durable_rules dies, hangs, says too much or too little: the reading stays right, or is refused loudly.

The engine is the one that users have, in its process; only durable_rules is broken (``broken_durable``).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.test_commands import program
from conseil_dla.cli.commands import diagnose
from conseil_dla.cli.main import run
from conseil_dla.dossiers import store
from conseil_dla.engine import choose, durable_sheets, isolated_engine
from conseil_dla.engine.isolated_engine import IsolatedEngine
from conseil_dla.engine.outcome import EnginesDisagree
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.ground.files import CONTROL_VARIABLE, DOSSIERS_VARIABLE
from conseil_dla.reading.compose import Reader, ReadingFailed
from conseil_dla.rules.model import Answers
from conseil_dla.wording.crash_text import UNFORESEEN
from faults import broken_durable as broken
from screens.driving import begin, running
from shipped import CASES, random_dossier, shipped_reader

pytest.importorskip("durable_rules_engine")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and processes of Unix")
BASE = shipped_reader().base
LOGIC = BASE.logic
TOLD = "le moteur durable_rules s’est arrêté"
Break = Callable[..., Path]


@pytest.fixture
def breaking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Break:
    """Have every engine started from now on find a broken durable_rules, and be waited for half a second at most."""

    def breaking(what: str, **how: int | bool) -> Path:
        path = broken.write(tmp_path / "casse", what, **how)  # type: ignore[arg-type]
        monkeypatch.setattr(isolated_engine, "load", lambda: SimpleNamespace(__file__=str(path)))
        monkeypatch.setattr(isolated_engine, "FIRST", 0.5)
        monkeypatch.setattr(isolated_engine, "LATER", 0.5)
        return path

    return breaking


@pytest.fixture
def engine() -> Iterator[IsolatedEngine]:
    made = IsolatedEngine(LOGIC)
    yield made
    made.close()


def drawn(number: int, seed: int = 5) -> list[Answers]:
    chance = random.Random(seed)
    return [random_dossier(LOGIC, chance, chance.random()) for _ in range(number)]


def number_of(engine: IsolatedEngine) -> int:
    """The system's number of its process."""
    return engine._durable._matcher._process._popen.pid  # type: ignore[attr-defined]


def is_running(pid: int) -> bool:
    """False for one that has ended and that nobody has asked about yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_running(pid)


# --- its process, when all is well ---


def test_in_its_process_it_says_what_the_reference_says(engine: IsolatedEngine) -> None:
    reference = ReferenceEngine(LOGIC)
    for answers in drawn(300):
        fired, expected = engine.fire(answers), reference.fire(answers)
        assert (fired.rules, fired.findings, fired.trace) == (expected.rules, expected.findings, expected.trace)
        assert fired.engine == engine.name
        assert fired.engine.startswith("durable_rules 2.")


def test_threads_that_read_at_once_each_get_their_own_answer(engine: IsolatedEngine) -> None:
    dossiers = drawn(12)
    expected = [ReferenceEngine(LOGIC).fire(answers).rules for answers in dossiers]
    found: dict[int, list[frozenset[str]]] = {}

    def read(number: int) -> None:
        found[number] = [engine.fire(answers).rules for answers in dossiers]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [expected] * 4


@UNIX
def test_its_process_ends_with_the_engine_however_that_goes() -> None:
    closed, dropped = IsolatedEngine(LOGIC), IsolatedEngine(LOGIC)
    for one in (closed, dropped):
        one.fire({})
    pids = number_of(closed), number_of(dropped)
    assert all(map(is_running, pids))
    closed.close()
    closed.close()
    del dropped, one
    assert all(map(gone, pids))
    with pytest.raises(RuntimeError, match="closed"):
        closed.fire({})


HOLDER = """\
import os, signal, sys
from conseil_dla.engine.isolated_engine import IsolatedEngine
from conseil_dla.rules.model import Conclude, Is, Logic, Question, Rule
engine = IsolatedEngine(Logic({"q": Question("q", "oui_non", ("oui", "non"))},
                              (Rule("r", Is("q", frozenset({"oui"})), (Conclude("f"),)),)))
assert engine.fire({"q": "oui"}).rules == {"r"}
print(engine._durable._matcher._process._popen.pid, flush=True)
if sys.argv[1] == "fin": sys.exit(0)
sys.stdin.readline()
assert engine.fire({"q": "oui"}).engine != "référence"
print("encore", flush=True)
sys.stdin.readline()
"""


@UNIX
@pytest.mark.parametrize("how", ["fin", "tué"])
def test_nothing_is_left_after_the_program(how: str) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, how], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    pid = int(holder.stdout.readline())
    if how == "tué":
        assert is_running(pid)
        holder.kill()
    holder.communicate()
    assert gone(pid)


@UNIX
def test_ctrl_c_is_not_for_it() -> None:
    deaf = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{HOLDER}"
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    holder = subprocess.Popen([sys.executable, "-c", deaf, "garde"], start_new_session=True, **pipes)
    assert holder.stdout is not None
    holder.stdout.readline()
    os.killpg(holder.pid, signal.SIGINT)
    out, err = holder.communicate(b"\n\n")
    assert (out, err) == (b"encore\n", b"")


@UNIX
def test_a_process_forked_from_ours_has_an_engine_of_its_own(engine: IsolatedEngine) -> None:
    dossiers = drawn(8)
    expected = [engine.fire(answers).rules for answers in dossiers]
    pid = os.fork()
    if pid == 0:
        wrong = 1
        try:
            wrong = [engine.fire(answers).rules for answers in dossiers] != expected
            engine.close()
        finally:
            os._exit(wrong)
    assert [engine.fire(answers).rules for answers in dossiers] == expected
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert engine.fire({}).engine != "référence"


@UNIX
@pytest.mark.lent
def test_a_fact_that_never_ends_ends_its_process_though_nobody_is_left(tmp_path: Path) -> None:
    path = broken.write(tmp_path, broken.IN_C)
    code = "import sys; sys.path[:0] = [sys.argv[1]]\nimport durable_sheets as d; d.LONGEST = 1; d.serve(sys.argv[2])"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(Path(durable_sheets.__file__).parent), str(path.parent)],
        input=b'["{\\"r#0\\": {\\"all\\": [{\\"m\\": {\\"t\\": \\"d\\"}}]}}"]\n[[0, "{}"]]\n', check=False, timeout=30,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGALRM, done.stderr
    assert done.stdout == b""


# --- when it dies or hangs ---

FAULTS = {
    "SIGSEGV": broken.KILLED, "abort": broken.ABORTED, "exit": broken.GONE, "loop": broken.IN_PYTHON,
    "loop in C": broken.IN_C, "stopped": broken.STOPPED,
}  # fmt: skip
QUICK = ("SIGSEGV", "abort", "stopped")


@UNIX
@pytest.mark.parametrize("what", [n if n in QUICK else pytest.param(n, marks=pytest.mark.lent) for n in FAULTS])
def test_what_kills_or_stops_it_costs_one_wait_and_no_reading(what: str, breaking: Break) -> None:
    breaking(FAULTS[what], after=17)
    engine, reference = IsolatedEngine(LOGIC), ReferenceEngine(LOGIC)
    dossiers = drawn(8)
    pid, named = 0, []
    for answers in dossiers:
        began = time.monotonic()
        fired = engine.fire(answers)
        assert time.monotonic() - began < 10
        assert fired.rules == reference.fire(answers).rules
        named.append(fired.engine)
        pid = pid or number_of(engine)
    assert named == [named[0]] * 2 + ["référence"] * 6
    assert named[0].startswith("durable_rules 2.")
    assert engine.name == "référence"
    assert gone(pid)
    engine.close()


@UNIX
def test_one_that_hangs_at_its_second_dossier_is_not_given_the_time_of_a_start(
    breaking: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking(broken.STOPPED, after=6)
    monkeypatch.setattr(isolated_engine, "FIRST", 30.0)
    engine = IsolatedEngine(LOGIC)
    began = time.monotonic()
    assert [engine.fire(answers).engine for answers in drawn(3)][-1] == "référence"
    assert time.monotonic() - began < 10


@UNIX
def test_one_that_cannot_even_start_is_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    engine = choose(LOGIC)
    assert engine.fire({}).engine == "référence"


def test_what_it_prints_is_no_answer(breaking: Break, engine: IsolatedEngine) -> None:
    breaking(broken.NOISE)
    for answers in drawn(3):
        assert engine.fire(answers).rules == ReferenceEngine(LOGIC).fire(answers).rules
    assert engine.name != "référence"


def test_it_is_told_once_whatever_reads(breaking: Break) -> None:
    breaking(broken.KILLED, after=34)
    reader, told = Reader(BASE, choose(LOGIC)), []
    reader.when_engine_stops(lambda: told.append("arrêt"))
    readings = [reader.read(answers) for answers in drawn(6)]
    assert [reading.engine for reading in readings] == [readings[0].engine] * 4 + ["référence"] * 2
    assert told == ["arrêt"]
    other = Reader(BASE, ReferenceEngine(LOGIC))
    assert [reading.fired for reading in readings] == [other.read(answers).fired for answers in drawn(6)]


@UNIX
def test_diagnoses_go_on_and_say_which_engine_made_them(tmp_path: Path) -> None:
    broken.write(tmp_path, broken.KILLED, after=8)
    paths = [str(path) for path in CASES[:4]]
    done = program("diagnostiquer", *paths, "--format", "json", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["dossier"] for one in found] == paths
    engines = [one["moteur"] for one in found]
    assert engines[0].startswith("durable_rules 2.")
    assert engines[-1] == "référence"
    assert done.stderr.count(TOLD) == 1
    assert "Traceback" not in done.stderr
    assert UNFORESEEN not in done.stderr


@UNIX
@pytest.mark.lent
def test_the_version_names_the_engine_that_answers(tmp_path: Path) -> None:
    broken.write(tmp_path, broken.ABORTED)
    done = program("--version", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0
    assert "moteur\u00a0: référence" in done.stdout
    assert TOLD in done.stderr


async def test_on_screen_the_session_goes_on_and_says_so_once(
    breaking: Break, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(tmp_path / "dossiers"))
    breaking(broken.IN_C, after=15)

    def opener() -> Reader:
        return Reader(BASE, choose(LOGIC))

    async with running(opener=opener) as driver:
        await begin(driver)
        given = []
        for _ in range(4):
            given.append(driver.question.state.current)
            await driver.press("enter")
        notices = [one.message for one in driver.app._notifications]
        assert sum(TOLD in one.lower() for one in notices) == 1, notices
        assert "s’est arrêté" in driver.seen
        assert driver.question.reading.engine == "référence"
    kept = store.load(next((tmp_path / "dossiers").glob("*.yaml")), BASE).answers
    assert set(given) <= set(kept)


# --- when it drops a firing ---


@pytest.mark.parametrize("control", ["", "1"])
def test_a_dropped_firing_is_refused_with_and_without_the_control(
    control: str, breaking: Break, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONTROL_VARIABLE, control)
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(tmp_path / "dossiers"))
    breaking(broken.NOTHING, drops=True)
    monkeypatch.setattr(diagnose, "open_reader", lambda _: Reader(BASE, choose(LOGIC, check=control == "1")))
    assert run(["diagnostiquer", str(CASES[0])]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "les deux moteurs ne concluent pas la même chose" in err
    assert TOLD not in err, "it is no accident: nothing replaces it unseen"
    kept = next((tmp_path / "dossiers").glob("ecart-des-moteurs-*.yaml"))
    assert store.load(kept, BASE).answers == store.load(CASES[0], BASE).answers


def test_a_single_firing_dropped_late_is_noticed_at_that_dossier(breaking: Break) -> None:
    breaking(broken.NOTHING, after=9, drops=True)
    reader = Reader(BASE, choose(LOGIC))
    with pytest.raises(ReadingFailed) as caught:
        _ = [reader.read(answers) for answers in drawn(9)]
    cause = caught.value.__cause__
    assert isinstance(cause, EnginesDisagree)
    assert not cause.only_durable
    assert cause.only_reference <= ReferenceEngine(LOGIC).fire(cause.answers).rules


def test_a_reading_that_fails_late_in_any_command_is_told_and_its_dossier_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other answers than those of the dossier are read too: what they are compared with, what they could become."""

    def failing(*_: object) -> None:
        raise ReadingFailed from EnginesDisagree({}, frozenset({"r"}), frozenset())

    monkeypatch.setenv(DOSSIERS_VARIABLE, str(tmp_path / "dossiers"))
    monkeypatch.setattr(Reader, "prospects", failing)
    assert run(["diagnostiquer", str(CASES[0]), "--format", "json"]) == 2
    err = capsys.readouterr().err
    assert "les deux moteurs ne concluent pas la même chose" in err
    assert UNFORESEEN not in err
    assert len(list((tmp_path / "dossiers").glob("ecart-des-moteurs-*.yaml"))) == 1


def test_a_clock_before_1970_stops_no_reading(engine: IsolatedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """There durable_rules fires nothing; the reference serves, and says so, until the clock is right again."""
    (answers,) = drawn(1)
    with monkeypatch.context() as clock:
        clock.setattr("conseil_dla.engine.isolated_engine.time", SimpleNamespace(time=lambda: -18_000_000.0))
        fired = engine.fire(answers)
    again = engine.fire(answers)
    assert (fired.rules, fired.findings) == (again.rules, again.findings)
    assert fired.engine != again.engine
