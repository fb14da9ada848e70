"""kill -9 at random moments: nothing is lost but the answer being typed, nothing hurts who comes next."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conseil_dla import __main__
from conseil_dla.dossiers.store import create
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground import files
from shipped import shipped_reader

if sys.platform == "win32":
    pytest.skip("killing.py forks", allow_module_level=True)

SEED = 2026


def killing(kind: str, folder: Path, number: int) -> Any:
    """What ``killing.py`` reports of so many kills."""
    variables = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, str(Path(__file__).with_name("killing.py")), kind, str(folder), str(number), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, env=variables, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(**json.loads(done.stdout))


def test_what_a_kill_left_beside_a_dossier_goes_when_it_is_opened_an_hour_later(tmp_path: Path) -> None:
    path = create(tmp_path, "[a-z] *")
    long_ago, now = path.with_name(f".{path.name}.abc123.tmp"), path.with_name(f".{path.name}.def456.tmp")
    other = path.with_name(".autre.yaml.abc123.tmp")
    for one in (long_ago, now, other):
        one.write_text("titre: à moitié", encoding="utf-8")
    for one in (long_ago, other):
        os.utime(one, (time.time() - 3700,) * 2)
    with Writer.open(path, shipped_reader().base):
        assert not long_ago.exists()
        assert now.exists()
        assert other.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can be asked there whether a process is gone")
def test_what_a_killed_program_left_goes_at_the_next_write_in_its_folder(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = files.unfinished_name(tmp_path / "resultats.xlsx")
    left = tmp_path / f"{mine.replace(f'_{os.getpid()}_', f'_{gone.pid}_')}abc.tmp"
    folder = tmp_path / left.name.replace("resultats", "site")
    elsewhere = tmp_path / left.name.replace(files._machine(), "0" * 8)
    kept = [tmp_path / f"{mine}abc.tmp", elsewhere, tmp_path / ".a.tmp", tmp_path / "à moi.tmp"]
    folder.mkdir()
    (folder / "page.html").touch()
    for one in (left, *kept):
        one.touch()
    with files.replacing(tmp_path / "un-autre.jsonl"):
        assert not left.exists()
        assert not folder.exists()
    assert all(one.exists() for one in kept)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_program_that_is_told_to_stop_leaves_nothing_half_written(name: str, tmp_path: Path) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    signal.signal(number, signal.SIG_DFL)
    try:
        __main__._leave_in_order()
        with pytest.raises(SystemExit) as caught, files.replacing(tmp_path / "r.jsonl"):  # noqa: PT012
            os.kill(os.getpid(), number)
            time.sleep(5)
        assert caught.value.code == 128 + number
        signal.signal(number, signal.SIG_IGN)
        __main__._leave_in_order()
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
    assert not list(tmp_path.iterdir())


def test_a_file_whose_name_is_as_long_as_a_disk_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 250}.yaml"
    files.write_atomically(path, "titre: a\n")
    assert path.read_text("utf-8") == "titre: a\n"


@pytest.mark.lent
def test_a_conversation_killed_at_30_random_moments_keeps_every_entry_it_went_past(tmp_path: Path) -> None:
    report = killing("entretien", tmp_path, 30)
    assert report.wrong == []
    assert report.killed >= 30
    assert report.while_writing > 1, "no kill fell within a write: the moments are badly chosen"
    assert report.answered > 40


@pytest.mark.lent
def test_the_screens_killed_at_4_random_moments_keep_what_the_file_had(tmp_path: Path) -> None:
    report = killing("ecrans", tmp_path, 4)
    assert report.wrong == []
    assert report.killed == 4
    assert report.answered >= 4, "a session was killed before it had kept anything"


@pytest.mark.lent
def test_a_batch_killed_at_7_random_moments_leaves_the_former_file_or_the_whole_one(tmp_path: Path) -> None:
    report = killing("lot", tmp_path, 7)
    assert report.wrong == []
    assert report.killed > 2
    assert report.while_writing > 1, "no kill fell within the work: the moments are badly chosen"
    assert report.answered > 1
