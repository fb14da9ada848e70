"""What is written of a dossier is for its owner's eyes, whatever the account's habits (umask), while it is written too.

What is made of rules alone follows these habits; a mode that was chosen for a file that is there stays.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from stat import S_IMODE

import pytest

from conseil_dla import files, folders, settings
from conseil_dla.cli.main import run
from conseil_dla.dossiers import lock, migration, store, territory, witnesses, workshops
from conseil_dla.dossiers.writer import Writer
from conseil_dla.files import DOSSIERS_VARIABLE, SETTINGS_VARIABLE, make_private, write_atomically
from shipped import shipped_reader

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
FILE, FOLDER = 0o600, 0o700


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place that others may enter, and an account that hides nothing by itself."""
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(tmp_path / "Documents" / "Conseil DLA"))
    monkeypatch.setenv(SETTINGS_VARIABLE, str(tmp_path / "config" / "conseil-dla"))
    before = os.umask(request.param)
    yield tmp_path
    os.umask(before)


def open_to_others(home: Path) -> dict[str, str]:
    """What others could read, write or list, under a home."""
    wanted = {path: FOLDER if path.is_dir() else FILE for path in home.rglob("*")}
    return {
        str(path.relative_to(home)): oct(S_IMODE(path.stat().st_mode))
        for path, mode in wanted.items()
        if S_IMODE(path.stat().st_mode) != mode
    }


def test_all_that_comes_of_a_dossier_is_its_owners_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = shipped_reader().base
    path = store.create(store.folder(), "Un projet")
    with Writer.open(path, base) as writer:
        dossier = store.load(path, base)
        other = path.read_text(encoding="utf-8").replace("Un projet", "Un autre titre")
        path.write_text(other, encoding="utf-8")
        saved = writer.save(replace(dossier, title="Le mien"))
        assert saved.aside is not None
        assert lock.marker_of(path).exists()
    monkeypatch.setattr(migration, "STEPS", (lambda _: {("titre",): "neuf"},))
    assert migration.keep_former(path, path.read_bytes()) is not None
    territory.write(base, {}, date(2026, 3, 12))
    kept = workshops.Kept(
        workshops.new_path("Une fiction", datetime(2026, 3, 12, 9, 30)), "x", "Une fiction", "2026-03-12", "", {}
    )
    workshops.save(kept)
    settings.keep(settings.Settings("sombre", hides_titles=True))
    witnesses.write_witness(home / "regles" / "temoins", "temoin", "Un témoin", "", {})
    assert len(list(home.rglob("*"))) > 12
    assert open_to_others(home) == {}


@pytest.mark.parametrize("home", [0], indirect=True)
def test_a_paper_too_until_one_gives_it(home: Path) -> None:
    path = store.create(store.folder(), "Un projet")
    assert run(["rapport", str(path), "-o", str(path.parent / "appel.md"), "--modele", "appel"]) == 0
    assert open_to_others(home) == {}


def test_what_is_there_keeps_the_mode_that_was_chosen(home: Path) -> None:
    base = shipped_reader().base
    path = store.create(store.folder(), "Partagé")
    path.parent.chmod(0o770)
    path.chmod(0o660)
    store.save(replace(store.load(path, base), title="Partagé, encore"))
    store.create(store.folder(), "Un autre")
    assert S_IMODE(path.stat().st_mode) == 0o660
    assert S_IMODE(path.parent.stat().st_mode) == 0o770
    assert [S_IMODE(each.stat().st_mode) for each in path.parent.glob("*autre.yaml")] == [FILE]


def test_what_is_being_written_is_already_private(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also over a file that others may read: what it will hold is theirs to read once it is there, and no sooner."""
    seen: list[int] = []

    def look(handle: int) -> None:
        seen.append(S_IMODE(os.fstat(handle).st_mode))

    monkeypatch.setattr(files.os, "fsync", look)
    target = home / "dossier.yaml"
    for _ in range(2):
        write_atomically(target, "titre: x\n")
        target.chmod(0o644)
    assert seen == [FILE, FILE]
    assert list(home.iterdir()) == [target]


def test_folders_are_made_private_all_the_way(home: Path) -> None:
    make_private(home / "a" / "b" / "c")
    make_private(home / "a" / "b" / "c")
    assert open_to_others(home) == {}
    (home / "fichier").write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError):
        make_private(home / "fichier")
    with pytest.raises(NotADirectoryError):
        make_private(home / "fichier" / "sous")


def test_a_folder_of_papers_too_however_its_files_were_written(home: Path) -> None:
    def fill(where: Path) -> None:
        (where / "fiche.md").write_text("x", encoding="utf-8")
        (where / "images").mkdir()

    (home / "vide").mkdir(mode=0o700)
    for target in (home / "ateliers" / "papiers", home / "vide"):
        folders.make_folder(target, fill, is_private=True)
    assert len(list(home.rglob("*"))) == 7
    assert open_to_others(home) == {}


def test_rules_that_are_copied_follow_the_habits_of_the_account(home: Path) -> None:
    habit = os.umask(0)
    os.umask(habit)
    assert run(["regles", "initier", str(home / "copie")]) == 0
    assert S_IMODE((home / "copie").stat().st_mode) == 0o777 & ~habit
    assert {S_IMODE(path.stat().st_mode) for path in (home / "copie" / "rules").glob("*.yaml")} == {0o666 & ~habit}
