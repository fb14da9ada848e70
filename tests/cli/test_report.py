"""``rapport`` as a user types it: one file or none, what went wrong in French, and nothing on stdout."""

from __future__ import annotations

import errno
import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cli.test_commands import called, without_names
from conseil_dla.papers.documents.kinds import STYLED, SUFFIXES
from conseil_dla.papers.writing import MODELS
from english import english_in
from papers.documents.foreign import field, odt, word
from papers.making import template
from shipped import CASES

CASE = str(CASES[0])


def report(capsys: pytest.CaptureFixture[str], target: Path, *more: str, model: str = "cadrage") -> tuple[int, str]:
    """Exit code and what is told; stdout stays silent."""
    code, out, err = called(capsys, "rapport", CASE, "-o", str(target), "--modele", model, *more)
    assert out == ""
    assert english_in(without_names(err), f"{target} {model} {' '.join(more)}") == set()
    return code, err


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("more", [(), ("--interne",), ("--anonyme",), ("--interne", "--anonyme")])
def test_every_model_in_every_kind_of_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, model: str, suffix: str, more: tuple[str, ...]
) -> None:
    target = tmp_path / f"papier{suffix.upper() if '--interne' in more else suffix}"
    code, err = report(capsys, target, *more, model=model)
    assert code == 0
    assert str(target) in err
    assert target.stat().st_size > 500
    assert list(tmp_path.iterdir()) == [target, *(p for p in tmp_path.iterdir() if p.name == "reglages")]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((CASE, "-o", "papier.rtf", "--modele", "cadrage"), ".docx, .odt, .html, .md, .pdf"),
        ((CASE, "-o", "papier", "--modele", "cadrage"), "la fin du nom"),
        ((CASE, "--modele", "cadrage"), "il manque : -o FICHIER"),
        ((CASE, "-o", "papier.md"), "il manque : --modele MODELE"),
        (("-o", "papier.md", "--modele", "cadrage"), "il manque : DOSSIER"),
        ((CASE, "-o", "papier.md", "--modele", "cadrages"), "vouliez-vous dire « cadrage » ?"),
        ((CASE, "-o", "papier.md", "--modele", "cahier_des_charges"), "« cahier-des-charges » ?"),
        ((CASE, "-o", "absent/papier.md", "--modele", "cadrage"), "cet emplacement est introuvable"),
        ((CASE, "-o", "papier.md", "--modele", "cadrage", "--gabarit", "g.docx"), "--gabarit ne va pas avec .md"),
        ((CASE, "-o", "papier.odt", "--modele", "cadrage", "--gabarit", "g.docx"), "n’est pas un .odt"),
        ((CASE, "-o", "papier.odt", "--modele", "cadrage", "--gabarit", "g.odt"), "ce fichier est introuvable"),
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


def test_a_template_gives_its_look_and_says_what_it_lacks(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The same words, in a template whose styles have other names."""
    given = tmp_path / "maison.docx"
    text = re.sub(rb'(w:val|w:styleId)="Chapeau"', rb'\1="Slogan"', _member(template(".docx"), "word/styles.xml"))
    given.write_bytes(_with_member(template(".docx"), "word/styles.xml", text))
    code, err = report(capsys, tmp_path / "papier.docx", "--gabarit", str(given))
    assert code == 0
    assert "«\u00a0Chapeau\u00a0»" in err
    assert "le style ordinaire" in err


@pytest.mark.parametrize("suffix", STYLED)
def test_what_is_left_of_a_template_and_what_stays_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    given = tmp_path / f"modele{ {'.docx': '.dotx', '.odt': '.ott'}[suffix] }"
    data = word(field("AUTHOR", "Maison")) if suffix == ".docx" else odt("<text:creator>Maison</text:creator>")
    given.write_bytes(data)
    code, err = report(capsys, tmp_path / f"papier{suffix}", "--gabarit", str(given), "--anonyme")
    assert code == 0
    assert "du gabarit, le papier ne garde pas\u00a0: les champs (leur texte reste)" in err
    assert "--anonyme ne change pas ce que montre le gabarit" in err


@pytest.mark.parametrize("suffix", STYLED)
def test_the_templates_of_a_rules_folder_are_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    """``regles initier`` copies them; restyled there, papers made with these rules follow."""
    rules = tmp_path / "règles"
    assert called(capsys, "regles", "initier", str(rules))[0] == 0
    own = rules / "knowledge" / "gabarits" / f"papier{suffix}"
    member = {".docx": "word/styles.xml", ".odt": "styles.xml"}[suffix]
    font = {".docx": b"Calibri", ".odt": b"Liberation Sans"}[suffix]
    own.write_bytes(_with_member(own.read_bytes(), member, _member(own.read_bytes(), member).replace(font, b"Police")))
    target = tmp_path / f"papier{suffix}"
    assert report(capsys, target, "--regles", str(rules))[0] == 0
    styles = _member(target.read_bytes(), member)
    assert b"Police" in styles
    assert font not in styles


@pytest.mark.parametrize("suffix", STYLED)
@pytest.mark.parametrize("kind", ["text", "cut", "other", "macros", "bomb", "password", "styles"])
def test_a_template_that_cannot_serve_is_refused_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str, kind: str
) -> None:
    whole, other = template(suffix), template(".odt" if suffix == ".docx" else ".docx")
    data = {"text": b"bonjour", "cut": whole[: len(whole) // 2], "other": other,
            "macros": _with_member(whole, "word/vbaProject.bin", b"x"), "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "styles": _with_member(whole, "word/styles.xml" if suffix == ".docx" else "styles.xml", b"<styles"),
            "bomb": _with_member(whole, "gros.bin", bytes(110_000_000))}[kind]  # fmt: skip
    given, target = tmp_path / f"maison{suffix}", tmp_path / f"papier{suffix}"
    given.write_bytes(data)
    code, err = report(capsys, target, "--gabarit", str(given))
    assert code == 2
    assert "ne peut pas servir" in err
    assert not target.exists()


def _member(data: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def _with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one member replaced, or added."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for member in given.namelist():
            if member != name:
                made.writestr(member, given.read(member))
        made.writestr(name, content)
    return file.getvalue()


@pytest.mark.lent
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_a_pdf_is_made_where_libreoffice_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "p.pdf"
    assert report(capsys, target)[0] == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_without_libreoffice_one_is_told_how_to_make_a_pdf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conseil_dla.papers.documents.pdf.office", lambda: None)
    code, err = report(capsys, tmp_path / "p.pdf")
    assert code == 2
    assert "exportez-le en PDF" in err
    assert not list(tmp_path.iterdir())
