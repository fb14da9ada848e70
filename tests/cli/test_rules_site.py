"""``regles documenter``: where the site goes, what is refused, and that nothing is ever lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from builders import spoiled, write_folder
from cli.test_commands import called, without_names
from conseil_dla.authoring.site.pages import MARKER
from conseil_dla.cli.main import run
from english import english_in


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(capsys: pytest.CaptureFixture[str], target: Path, *more: str) -> tuple[int, str, str]:
    code, out, err = called(capsys, "regles", "documenter", "-o", str(target), *more)
    return code, out.replace("\u00a0", " "), err.replace("\u00a0", " ")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "regles")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of its own, so that all that is left in it can be counted."""
    folder = tmp_path / "ici"
    folder.mkdir()
    return folder


def test_the_site_is_written_and_said_where(capsys: pytest.CaptureFixture[str], rules: Path, place: Path) -> None:
    target = place / "site des règles"
    code, out, err = written(capsys, target, str(rules))
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"Pour le lire, ouvrez dans un navigateur : {target / 'index.html'}"
    pages = [name for name in content(target) if name.endswith(".html")]
    assert f"{len(pages)} pages" in out
    assert english_in(without_names(out.replace(str(place), ""))) == set()
    assert list(place.iterdir()) == [target]
    assert all(b"\r" not in data for data in content(target).values())


def test_an_empty_folder_is_filled_and_rules_may_be_named_first(
    capsys: pytest.CaptureFixture[str], rules: Path, place: Path
) -> None:
    target = place / "site"
    target.mkdir(mode=0o750)
    code, _, _ = called(capsys, "--regles", str(rules), "regles", "documenter", "--sortie", str(target))
    assert code == 0
    assert "envie_claire" in (target / "regles.html").read_text(encoding="utf-8")
    assert list(place.iterdir()) == [target]
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o750


def test_a_site_is_made_again_when_that_is_asked(capsys: pytest.CaptureFixture[str], rules: Path, place: Path) -> None:
    target = place / "site"
    written(capsys, target, str(rules))
    before = content(target)
    code, _, err = written(capsys, target, str(rules))
    assert code == 2
    assert "contient déjà un site : rien n’a été écrit" in err
    assert "--remplacer" in err
    assert content(target) == before
    listed = (target / MARKER).read_text(encoding="utf-8")
    (target / MARKER).write_text(listed + "ancienne_page.html\n", encoding="utf-8")
    (target / "ancienne_page.html").write_text("d’avant", encoding="utf-8")
    (target / "regles.html").write_text("abîmé", encoding="utf-8")
    (target / ".DS_Store").write_bytes(b"\0")
    assert written(capsys, target, str(rules), "--remplacer")[0] == 0
    assert content(target) == before
    assert list(place.iterdir()) == [target]


@pytest.mark.parametrize("replace", [(), ("--remplacer",)])
def test_a_folder_of_somebody_is_left_alone(
    capsys: pytest.CaptureFixture[str], rules: Path, place: Path, replace: tuple[str, ...]
) -> None:
    target = place / "mes notes"
    target.mkdir()
    (target / "index.html").write_text("à moi", encoding="utf-8")
    (target / MARKER).write_text("un fichier qui se trouve porter ce nom\n\nindex.html\n", encoding="utf-8")
    before = content(target)
    code, out, err = written(capsys, target, str(rules), *replace)
    assert (code, out) == (2, "")
    assert "n’est pas vide : rien n’a été écrit\naide : nommez un dossier vide" in err
    assert content(target) == before
    assert list(place.iterdir()) == [target]


@pytest.mark.parametrize("kind", ["file", "folder", "link in place of a page"])
def test_what_was_put_in_a_site_is_never_removed(
    capsys: pytest.CaptureFixture[str], rules: Path, place: Path, kind: str
) -> None:
    target = place / "site"
    written(capsys, target, str(rules))
    mine = place / "texte.txt"
    mine.write_text("à moi", encoding="utf-8")
    if kind == "file":
        (target / "remarques.txt").write_text("à moi", encoding="utf-8")
        name = "remarques.txt"
    elif kind == "folder":
        (target / "images").mkdir()
        name = "images"
    else:
        name = "regles.html"
        (target / name).unlink()
        (target / name).symlink_to(mine)
    before = content(target)
    code, out, err = written(capsys, target, str(rules), "--remplacer")
    assert (code, out) == (2, "")
    assert f"contient aussi « {name} », que cette commande n’a pas écrit : rien n’a été écrit" in err
    assert content(target) == before
    assert mine.read_text(encoding="utf-8") == "à moi"


def test_what_cannot_be_a_place_is_refused(
    capsys: pytest.CaptureFixture[str], rules: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "fichier").write_text("à moi", encoding="utf-8")
    (place / "vide").mkdir()
    (place / "lien").symlink_to(place / "vide")
    monkeypatch.chdir(place / "vide")
    cases = {
        "fichier": "est un fichier : rien n’a été écrit\naide : nommez un dossier vide, ou qui n’existe pas encore",
        "lien": "est un lien : rien n’a été écrit",
        "vide": "vous êtes dans",
        "absent/site": "cet emplacement est introuvable",
        "fichier/site": "est un fichier, pas un dossier du disque",
    }
    for name, told in cases.items():
        code, out, err = written(capsys, place / name, str(rules))
        assert (code, out) == (2, ""), name
        assert told in err, (name, err)
        assert english_in(without_names(err)) == set()
    assert {path.name for path in place.iterdir()} == {"fichier", "vide", "lien"}
    assert not list((place / "vide").iterdir())
    assert (place / "fichier").read_text(encoding="utf-8") == "à moi"


def test_a_place_must_be_named(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    code, out, err = called(capsys, "regles", "documenter", str(rules))
    assert (code, out) == (2, "")
    assert "il manque\u00a0: -o DOSSIER\naide\u00a0: conseil-dla regles documenter -h" in err


def test_rules_that_cannot_be_used_are_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, place: Path
) -> None:
    bad = write_folder(
        tmp_path / "abimees", spoiled("rules/projet.yaml", "combien:\n      au_moins: 5", "inconnue: oui")
    )
    code, out, err = written(capsys, place / "site", str(bad))
    assert (code, out) == (2, "")
    assert "(DLA1" in err
    assert not list(place.iterdir())
    assert written(capsys, place / "site", str(tmp_path / "absent"))[0] == 2
    assert not list(place.iterdir())


def test_an_experience_that_cannot_be_read_is_told_and_left_out(
    capsys: pytest.CaptureFixture[str], rules: Path, place: Path
) -> None:
    cases = rules / "knowledge" / "cas"
    cases.mkdir()
    (cases / "bon.yaml").write_text("version: 1\ntitre: Un bon cas\nreponses:\n  envie: clairement\n", encoding="utf-8")
    (cases / "mauvais.yaml").write_text("version: 1\ntitre: Un autre\nreponses:\n  envie: quoi\n", encoding="utf-8")
    code, _, err = written(capsys, place / "site", str(rules))
    assert code == 0
    assert "laissé de côté" in err
    assert "mauvais.yaml" in err
    told = (place / "site" / "experiences.html").read_text(encoding="utf-8")
    assert "cas-bon" in told
    assert "Un autre" not in told


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("when", ["mkdir", "fsync", "first rename", "second rename"])
def test_a_disk_that_refuses_leaves_what_was_there(
    capsys: pytest.CaptureFixture[str],
    rules: Path,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    when: str,
    number: int,
) -> None:
    target = place / "site"
    assert written(capsys, target, str(rules))[0] == 0
    before = content(target)
    calls = {"mkdir": 0, "fsync": 0, "rename": 0}
    refused_at = {"mkdir": 1, "fsync": 7, "first rename": 1, "second rename": 2}[when]

    def refusing(name: str, done: object) -> object:
        def call(*given: object, **more: object) -> object:
            calls[name] += 1
            if name == when.rsplit(maxsplit=1)[-1] and calls[name] == refused_at:
                raise OSError(number, os.strerror(number))
            return done(*given, **more)  # type: ignore[operator]

        return call

    monkeypatch.setattr(Path, "mkdir", refusing("mkdir", Path.mkdir))
    monkeypatch.setattr(Path, "rename", refusing("rename", Path.rename))
    monkeypatch.setattr(os, "fsync", refusing("fsync", os.fsync))
    code, out, err = written(capsys, target, str(rules), "--remplacer")
    assert (code, out) == (2, "")
    assert f"impossible d’écrire dans {place} :" in err
    assert english_in(without_names(err)) == set()
    assert content(target) == before
    assert list(place.iterdir()) == [target]


def test_an_interruption_leaves_nothing_behind(
    capsys: pytest.CaptureFixture[str], rules: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    assert written(capsys, place / "site", str(rules))[0] == 130
    assert not list(place.iterdir())


def test_what_comes_meanwhile_is_kept_and_said(
    capsys: pytest.CaptureFixture[str], rules: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves a file in the old site just as the new one takes its place."""
    target = place / "site"
    written(capsys, target, str(rules))
    real = os.fsync

    def saved_meanwhile(handle: int) -> None:
        (target / "remarque.txt").write_text("à moi", encoding="utf-8")
        real(handle)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    code, _, err = written(capsys, target, str(rules), "--remplacer")
    assert code == 0
    kept = next(path for path in place.iterdir() if path != target)
    assert (kept / "remarque.txt").read_text(encoding="utf-8") == "à moi"
    assert str(kept) in err


def test_help_fits_and_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regles", "documenter", "-h"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 110
    assert run(["regles", "-h"]) == 0
    listed = capsys.readouterr().out
    assert "documenter" in listed
    assert max(map(len, listed.splitlines())) <= 110
