"""kill -9 at random moments: nothing is lost but the answer being typed, nothing hurts who comes next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

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


@pytest.mark.lent
def test_a_conversation_killed_at_180_random_moments_keeps_every_entry_it_went_past(tmp_path: Path) -> None:
    report = killing("entretien", tmp_path, 180)
    assert report.wrong == []
    assert report.killed == 180
    assert report.while_writing > 5, "no kill fell within a write: the moments are badly chosen"
    assert report.answered > 300


@pytest.mark.lent
def test_the_screens_killed_at_20_random_moments_keep_what_the_file_had(tmp_path: Path) -> None:
    report = killing("ecrans", tmp_path, 20)
    assert report.wrong == []
    assert report.killed == 20
    assert report.answered > 60


@pytest.mark.lent
def test_a_batch_killed_at_18_random_moments_leaves_the_former_file_or_the_whole_one(tmp_path: Path) -> None:
    report = killing("lot", tmp_path, 18)
    assert report.wrong == []
    assert report.killed > 10
    assert report.while_writing > 3, "no kill fell within the work: the moments are badly chosen"
    assert report.answered > 2
