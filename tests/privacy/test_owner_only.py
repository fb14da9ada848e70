"""What is written of a dossier is for its owner's eyes, whatever the account's habits (umask), while it is written too.

What is made of rules alone follows these habits; a mode that was chosen for a file that is there stays.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from stat import S_IMODE

import pytest

from conseil_dla.authoring import proofs
from conseil_dla.cli.main import run
from conseil_dla.dossiers import lock, migration, store, territory, workshops
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground import files, folders, settings
from conseil_dla.ground.files import DOSSIERS_VARIABLE, SETTINGS_VARIABLE, make_private, write_atomically
from shipped import put_on_disk, shipped_reader

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
    assert migration.keep_former(path, path.read_bytes(), base) is not None
    territory.write(base, {}, date(2026, 3, 12))
    kept = workshops.Kept(
        workshops.new_path("Une fiction", datetime(2026, 3, 12, 9, 30)), "x", "Une fiction", "2026-03-12", "", {}
    )
    workshops.save(kept)
    settings.keep(settings.Settings("sombre", hides_titles=True))
    proofs.write_witness(home / "regles" / "temoins", "temoin", "Un témoin", "", {})
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
    put_on_disk(replace(store.load(path, base), title="Partagé, encore"))
    store.create(store.folder(), "Un autre")
    assert S_IMODE(path.stat().st_mode) == 0o660
    assert S_IMODE(path.parent.stat().st_mode) == 0o770
    assert [S_IMODE(each.stat().st_mode) for each in path.parent.glob("*autre.yaml")] == [FILE]


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows the attributes of Linux alone")
def test_what_is_there_keeps_its_group_and_the_rights_of_single_people(home: Path) -> None:
    target, lines = home / "dossier.yaml", home / "resultats.jsonl"
    group = other_group()
    for path in (target, lines):
        path.write_text("titre: x\n", encoding="utf-8")
        path.chmod(0o640)
        os.chown(path, -1, group)
        try:
            os.setxattr(path, "user.note", b"un mot")
            os.setxattr(path, files.RIGHTS, RIGHTS)
        except OSError:
            pytest.skip("this disk keeps no attributes")
    write_atomically(target, "titre: y\n")
    with files.replacing(lines) as file:
        file.write(b"{}")
    for path in (target, lines):
        assert (path.stat().st_gid, S_IMODE(path.stat().st_mode)) == (group, 0o660)
        assert {name: os.getxattr(path, name) for name in os.listxattr(path)} == {
            "user.note": b"un mot",
            files.RIGHTS: RIGHTS,
        }
    folders.write_folder(home / "pages", {"a.html": b""})
    os.chown(home / "pages", -1, group)
    folders.write_folder(home / "pages", {"a.html": b"x"}, ("a.html",))
    assert (home / "pages").stat().st_gid == group


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows the attributes of Linux alone")
def test_what_a_group_may_do_is_given_to_no_other(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses the group: somebody who is not of it saves a file that is open to them otherwise."""

    def refuse(*_: object) -> None:
        raise PermissionError

    target = home / "dossier.yaml"
    target.write_text("titre: x\n", encoding="utf-8")
    target.chmod(0o664)
    os.chown(target, -1, other_group())
    monkeypatch.setattr(files.os, "chown", refuse)
    write_atomically(target, "titre: y\n")
    assert (target.stat().st_gid, S_IMODE(target.stat().st_mode)) == (os.getegid(), 0o604)
    monkeypatch.undo()
    os.chown(target, -1, other_group())
    try:
        os.setxattr(target, files.RIGHTS, RIGHTS)
    except OSError:
        pytest.skip("this disk keeps no attributes")
    monkeypatch.setattr(files.os, "chown", refuse)
    write_atomically(target, "titre: z\n")
    assert os.getxattr(target, files.RIGHTS) == rights(group=0)


def other_group() -> int:
    """A group that a file can be given to, beside the one that it has at first."""
    if os.geteuid() == 0:
        return os.getegid() + 1
    groups = set(os.getgroups()) - {os.getegid()}
    return groups.pop() if groups else pytest.skip("this account is of one group alone")


def rights(group: int) -> bytes:
    """Somebody else may read and write, the group of the file what is said, and the others nothing."""
    nobody = 0xFFFFFFFF
    pieces = ((1, 6, nobody), (2, 6, 12345), (4, group, nobody), (16, 6, nobody), (32, 0, nobody))
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *piece) for piece in pieces)


RIGHTS = rights(group=4)


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
