"""Several processes: everything in its order, nothing kept, nothing left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from threading import Thread

import pytest

from conseil_dla.ground.processes import AHEAD, ProcessDied, in_order
from killed_at_start import kill_what_starts

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def found_by_the_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A new process finds a function by the name of its module: this one is there for it."""
    (tmp_path / "workers.py").write_text(WORKERS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


WORKERS = dedent("""\
    import os, signal, time

    def get_ready(start):
        def work(number):
            if number == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if number == "fail":
                raise ValueError("no")
            time.sleep(0.02 if isinstance(number, int) and number % 7 == 0 else 0)
            return start, number, os.getpid(), "x" * (300_000 if number == 5 else 1)
        return work
    """)


def ready() -> Callable[..., Callable[[object], object]]:
    return import_module("workers").get_ready  # type: ignore[no-any-return]


@pytest.mark.parametrize("count", [0, 2])
def test_results_come_in_order_from_all_processes_and_few_are_under_way(count: int) -> None:
    taken = 0

    def pieces() -> Iterator[int | str]:
        nonlocal taken
        for number in range(60):
            taken += 1
            yield number

    seen = []
    for start, number, process, text in in_order(ready(), ("a",), pieces(), count):
        assert (start, len(text)) == ("a", 300_000 if number == 5 else 1)
        seen.append((number, process))
        assert taken - len(seen) <= 2 * AHEAD * max(count, 1)
    assert [number for number, _ in seen] == list(range(60))
    assert len({process for _, process in seen}) == max(count, 1)
    assert count == 0 or os.getpid() not in {process for _, process in seen}


def test_pieces_larger_than_a_pipe_go_both_ways_at_once() -> None:
    """Neither side waits for the other to read: more than a pipe holds is on its way in both directions."""
    pieces = ["y" * 500_000] * 8
    assert [piece for _, piece, _, _ in in_order(ready(), (1,), pieces, 2)] == pieces


def test_what_a_piece_of_work_raises_is_raised_here_and_a_process_that_dies_is_told() -> None:
    with pytest.raises(ValueError, match="no"):
        list(in_order(ready(), (1,), [1, 2, "fail", 3], 2))
    with pytest.raises(ProcessDied):
        list(in_order(ready(), (1,), [1, 2, "die", 3, 4, 5, 6, 7, 8], 2))


def test_a_process_killed_while_it_starts_is_told_however_much_it_was_to_be_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is dead before it has read a byte, and what it should read is more than a pipe holds."""
    kill_what_starts(monkeypatch)
    waiting = Thread(target=lambda: left.append(_died()), daemon=True)
    left: list[bool] = []
    waiting.start()
    waiting.join(60)
    assert left == [True]


def _died() -> bool:
    try:
        list(in_order(ready(), ("x" * 2_000_000,), [1, 2, 3], 2))
    except ProcessDied:
        return True
    return False


def test_no_process_outlives_the_one_that_started_it(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(
        dedent("""\
        from conseil_dla.ground.processes import in_order
        from workers import get_ready
        import itertools
        if __name__ == "__main__":
            for number, (_, _, process, _) in enumerate(in_order(get_ready, (1,), itertools.count(), 2)):
                print(process, flush=True)
        """),
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = {int(parent.stdout.readline()) for _ in range(40)}
        assert len(children) == 2
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while alive := [child for child in children if Path(f"/proc/{child}").exists() and not _is_zombie(child)]:
        assert time.monotonic() < until, alive
        time.sleep(0.05)


def _is_zombie(process: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return True
