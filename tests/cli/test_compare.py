"""``comparer`` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.test_commands import called, without_names
from english import english_in
from shipped import CASES

A, B = map(str, CASES[:2])


def test_the_text_says_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = called(capsys, "comparer", A, B)
    assert (code, err) == (0, "")
    assert "D’un côté" in out
    assert "Les réponses qui diffèrent" in out
    assert english_in(out) == set()


def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called(capsys, "comparer", A, B, "--format", "json")
    assert code == 0
    assert json.loads(out)["premier"] == A


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".docx", ".odt", ".html", ".md"])
def test_every_kind_of_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"c{suffix}"
    code, out, err = called(capsys, "comparer", A, B, "-o", str(target))
    assert (code, out) == (0, "")
    assert str(target) in err
    assert target.stat().st_size > 500
    before = target.read_bytes()
    code, _, err = called(capsys, "comparer", A, B, "-o", str(target))
    assert code == 2
    assert "existe déjà" in err
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "il faut deux dossiers"),
        ((A,), "il faut deux dossiers"),
        ((A, B, A), "il faut deux dossiers"),
        ((A, "absent.yaml"), "introuvable"),
        ((A, B, "-o", "c.pdf"), ".xlsx, .csv, .docx, .odt, .html, .md"),
        ((A, B, "-o", "c.csv", "--format", "json"), "sortie standard"),
        ((A, B, "--format", "xml"), "json"),
    ],
)
def test_misuse_is_told(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = called(capsys, "comparer", *more)
    assert (code, out) == (2, "")
    assert told in err.replace("\u00a0", " ")
    assert english_in(without_names(err), " ".join(more)) == set()
