"""What the installer of a source tree takes and refuses; that it installs is seen by running it (`.ci/run`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import installer  # noqa: E402 - a tool, not a package


def test_the_engine_is_set_apart_from_the_rest_whatever_its_marker() -> None:
    engine, others = installer.requirements([])
    assert engine.startswith("durable-rules>=")
    assert ";" not in engine
    assert not any("durable" in each for each in others)
    assert set(others) < set(installer.requirements(["essais"])[1])


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert installer.main(["esais"]) == 2
    assert "« esais »" in capsys.readouterr().err


def test_the_machine_s_own_python_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert installer.main([]) == 2
    assert "python3 -m venv .venv" in capsys.readouterr().err


def test_an_engine_that_does_not_import_is_taken_out_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called: list[list[str]] = []

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        called.append(words)
        return subprocess.CompletedProcess(words, 1 if "-c" in words else 0, b"", b"no such symbol")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    installer.build("durable-rules>=2")
    assert "uninstall" in called[-1]
    assert "ne se compile pas ici" in capsys.readouterr().err
    assert (tmp_path / "durable-rules.log").read_bytes() == b"no such symbol"
