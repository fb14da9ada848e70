"""Files that are none, names that are none, clocks that are wrong: each is told, none is waited for."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.cli.main import run
from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground import files, settings
from conseil_dla.ground.files import NoRegularFile, ReadOnly, content_of, write_atomically
from conseil_dla.ground.shelving import holds_something
from conseil_dla.reading.opening import rules_folder
from conseil_dla.wording.disk_text import CAUSES, failure
from shipped import put_on_disk, shipped_reader

posix = pytest.mark.skipif(sys.platform == "win32", reason="queues, devices and modes of POSIX")


@posix
@pytest.mark.parametrize("kind", ["queue", "device", "folder"])
@pytest.mark.parametrize("end", [".yaml", ".csv", ".xlsx", ".jsonl"])
def test_what_is_no_file_is_refused_at_once(
    tmp_path: Path, kind: str, end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"essai{end}"
    match kind:
        case "queue":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case _:
            path.mkdir()
    with pytest.raises((NoRegularFile, OSError)):
        content_of(path)
    command = ["diagnostiquer", str(path)] if end == ".yaml" else ["lot", str(path)]
    assert run(command) == 2
    assert capsys.readouterr().err


@posix
def test_a_queue_among_dossiers_and_rules_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    store.create(tmp_path, "Un")
    assert {one.title for one in store.listing(tmp_path)} == {"a", "Un"}
    monkeypatch.setenv(files.SETTINGS_VARIABLE, str(tmp_path))
    os.mkfifo(tmp_path / settings.NAME)
    assert settings.remembered() == settings.Settings()


@posix
def test_a_dossier_turned_into_a_queue_meanwhile_refuses_the_save(tmp_path: Path) -> None:
    base = shipped_reader().base
    path = store.create(tmp_path, "Essai")
    with Writer.open(path, base) as writer:
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(NoRegularFile):
            writer.save(replace(writer.dossier, title="Autre"))


@posix
def test_a_read_only_dossier_is_left_and_what_is_written_is_kept_beside(tmp_path: Path) -> None:
    base = shipped_reader().base
    path = store.create(tmp_path, "Essai")
    before = path.read_bytes()
    path.chmod(0o444)
    with Writer.open(path, base) as writer:
        for title in ("Autre", "Encore un autre"):
            with pytest.raises(ReadOnly) as caught:
                writer.save(replace(writer.dossier, title=title))
        assert path.read_bytes() == before
        assert "lecture seule" in failure(caught.value)
        assert ".non-enregistre.txt" in failure(caught.value)
        (kept,) = tmp_path.glob("*.txt")
        assert kept.name == f"{path.stem}.non-enregistre.txt"
        assert "titre: Encore un autre" in kept.read_text(encoding="utf-8")
        path.chmod(0o644)
        writer.save(replace(writer.dossier, title="Encore un autre"))
    assert store.title(path) == "Encore un autre"
    assert not list(tmp_path.glob("*.txt"))
    path.chmod(0o444)
    with pytest.raises(ReadOnly):
        put_on_disk(replace(store.load(path, base), title="Non"))
    assert not list(tmp_path.glob("*.txt")), "who changes it in one go is told, and tries again"
    with pytest.raises(ReadOnly):
        write_atomically(path, b"")


def test_each_refusal_of_the_disk_has_its_own_words() -> None:
    told = {number: failure(OSError(number, "")) for number in CAUSES}
    assert len({told[errno.ENOSPC], told[errno.ENAMETOOLONG], told[errno.EACCES], told[errno.EROFS],
                told[errno.EDQUOT], told[errno.EISDIR], told[errno.EBUSY]}) == 7  # fmt: skip


@posix
def test_a_name_too_long_is_no_full_disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regles", "initier", str(tmp_path / ("x" * 300))]) == 2
    told = capsys.readouterr().err
    assert "trop long" in told
    assert "plein" not in told


def test_home_is_known_in_what_a_user_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv(files.DOSSIERS_VARIABLE, "~/Dossiers")
    monkeypatch.setenv(files.SETTINGS_VARIABLE, "~/Réglages")
    monkeypatch.setenv(files.RULES_VARIABLE, "~/règles")
    assert files.dossiers_folder() == tmp_path / "Dossiers"
    assert files.settings_folder() == tmp_path / "Réglages"
    assert rules_folder(None) == tmp_path / "règles"
    monkeypatch.delenv(files.RULES_VARIABLE)
    assert run(["regles", "initier", "~/copie"]) == 0
    assert (tmp_path / "copie" / "rules").is_dir()
    assert run(["regles", "initier", "~/autre", "--regles=~/copie"]) == 0


def test_what_a_system_leaves_in_a_folder_is_nothing(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", ".~lock.notes.odt#", "._x"):
        (tmp_path / name).write_bytes(b"")
    assert not holds_something(tmp_path)
    assert run(["regles", "initier", str(tmp_path)]) == 0
    assert holds_something(tmp_path)
