"""``rapport`` as a user types it: one file or none, what went wrong in French, and nothing on stdout."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from cli.test_commands import called, without_names
from conseil_dla.reporting.documents.writing import TEXTS
from conseil_dla.reporting.papers.material import MODELS
from english import english_in
from shipped import CASES

CASE = str(CASES[0])


def report(capsys: pytest.CaptureFixture[str], target: Path, *more: str, model: str = "cadrage") -> tuple[int, str]:
    """Exit code and what is told; stdout stays silent."""
    code, out, err = called(capsys, "rapport", CASE, "-o", str(target), "--modele", model, *more)
    assert out == ""
    assert english_in(without_names(err), f"{target} {model} {' '.join(more)}") == set()
    return code, err


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("more", [(), ("--interne",), ("--anonyme",), ("--interne", "--anonyme")])
def test_every_model_in_every_kind_of_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, model: str, suffix: str, more: tuple[str, ...]
) -> None:
    target = tmp_path / f"papier{suffix.upper() if '--interne' in more else suffix}"
    code, err = report(capsys, target, *more, model=model)
    assert code == 0
    assert str(target) in err
    assert len(target.read_text(encoding="utf-8")) > 500
    assert list(tmp_path.iterdir()) == [target, *(p for p in tmp_path.iterdir() if p.name == "reglages")]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((CASE, "-o", "papier.pdf", "--modele", "cadrage"), ".html, .md"),
        ((CASE, "-o", "papier", "--modele", "cadrage"), "la fin du nom"),
        ((CASE, "--modele", "cadrage"), "il manque : -o FICHIER"),
        ((CASE, "-o", "papier.md"), "il manque : --modele MODELE"),
        (("-o", "papier.md", "--modele", "cadrage"), "il manque : DOSSIER"),
        ((CASE, "-o", "papier.md", "--modele", "cadrages"), "vouliez-vous dire « cadrage » ?"),
        ((CASE, "-o", "papier.md", "--modele", "cahier_des_charges"), "« cahier-des-charges » ?"),
        ((CASE, "-o", "absent/papier.md", "--modele", "cadrage"), "cet emplacement est introuvable"),
        (("absent.yaml", "-o", "papier.md", "--modele", "cadrage"), "introuvable"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
    told: str,
) -> None:
    work = tmp_path / "travail"
    work.mkdir()
    monkeypatch.chdir(work)
    code, out, err = called(capsys, "rapport", *more)
    assert (code, out) == (2, "")
    assert told in err.replace("\u00a0", " ")
    assert "Traceback" not in err
    assert english_in(without_names(err), " ".join(more)) == set()
    assert list(work.iterdir()) == []


def test_a_file_is_replaced_only_when_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "papier.md"
    target.write_text("à garder", encoding="utf-8")
    code, err = report(capsys, target)
    assert code == 2
    assert "existe déjà" in err
    assert target.read_text(encoding="utf-8") == "à garder"
    assert report(capsys, target, "--remplacer")[0] == 0
    assert target.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_refuses_leaves_the_old_file_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    target = tmp_path / "papier.html"
    target.write_text("à garder", encoding="utf-8")

    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", refuse)
    code, err = report(capsys, target, "--remplacer")
    assert code == 2
    assert "impossible d’écrire" in err
    assert target.read_text(encoding="utf-8") == "à garder"
    assert [path.name for path in tmp_path.iterdir() if path.name != "reglages"] == ["papier.html"]


def test_the_dossier_itself_is_not_changed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    before = Path(CASE).read_bytes()
    report(capsys, tmp_path / "papier.md", "--interne")
    assert Path(CASE).read_bytes() == before
