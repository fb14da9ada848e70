"""« experience_proche » on the command line: the case whose answers a dossier shares, told in JSON and in text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conseil_dla.cli.main import run
from conseil_dla.dossiers.store import load
from shipped import CASES, ROOT, shipped_reader

BASE = shipped_reader().base


def test_a_dossier_with_the_answers_of_a_case_finds_that_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the note's cases: what the network saw is told apart."""
    told_by_the_note = [path for path in CASES if load(path, BASE).observation is None]
    case = max(told_by_the_note, key=lambda path: len(load(path, BASE).answers))
    text = case.read_text(encoding="utf-8").split("experience:")[0]
    own = tmp_path / "le-mien.yaml"
    own.write_text(text, encoding="utf-8")
    assert run(["diagnostiquer", str(own), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["experience_proche"]
    assert found["cas"] == case.stem
    assert found["en_commun"] == sorted(load(case, BASE).answers)
    assert found["autrement"] == found["a_savoir"] == found["non_dit"] == []
    assert run(["diagnostiquer", str(own)]) == 0
    told = capsys.readouterr().out
    assert load(case, BASE).title in told.split("L’expérience la plus proche")[1]


def test_a_case_itself_has_none_and_rules_without_cases_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diagnostiquer", str(CASES[0]), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["experience_proche"] is None
    for name in ("rules", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.rmtree(tmp_path / "knowledge" / "cas")
    trial = next((ROOT / "knowledge" / "essais").glob("*.yaml"))
    assert run(["--regles", str(tmp_path), "diagnostiquer", str(trial), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["experience_proche"] is None
