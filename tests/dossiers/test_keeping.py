"""Two versions of a dossier: one is kept under its name, the other stands whole beside; nothing is ever lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from conseil_dla.dossiers.copies import keep
from conseil_dla.dossiers.lock import OpenElsewhere, take
from conseil_dla.dossiers.store import listing, newest

COPY = "a (copie en conflit de X 2026-11-02).yaml"


def both(folder: Path) -> tuple[Path, Path]:
    for name, title in (("a.yaml", "Le mien"), (COPY, "Le sien")):
        (folder / name).write_text(f"titre: {title}\n", encoding="utf-8")
    return folder / "a.yaml", folder / COPY


def held(folder: Path) -> dict[str, str]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_the_original_stays_and_the_copy_goes_beside(tmp_path: Path) -> None:
    original, copy = both(tmp_path)
    assert keep(original, copy) == (original, tmp_path / "corbeille" / COPY)
    assert held(tmp_path) == {"a.yaml": "titre: Le mien\n", f"corbeille/{COPY}": "titre: Le sien\n"}


def test_the_copy_takes_the_name_of_the_original_which_goes_beside(tmp_path: Path) -> None:
    for number in ("", "-2"):
        original, copy = both(tmp_path)
        assert keep(copy, original) == (original, tmp_path / "corbeille" / f"a{number}.yaml")
    kept = {"a.yaml": "titre: Le sien\n"}
    assert held(tmp_path) == {**kept, "corbeille/a.yaml": "titre: Le mien\n", "corbeille/a-2.yaml": "titre: Le mien\n"}


def test_a_disk_that_refuses_leaves_both_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original, copy = both(tmp_path)
    before = held(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="read-only"):
        keep(copy, original)
    assert held(tmp_path) == before


def test_nothing_moves_while_somebody_writes_there(tmp_path: Path) -> None:
    original, copy = both(tmp_path)
    with take(original):
        before = held(tmp_path)
        with pytest.raises(OpenElsewhere):
            keep(copy, original)
        assert held(tmp_path) == before


def test_a_copy_is_never_the_last_dossier_nor_in_the_list(tmp_path: Path) -> None:
    both(tmp_path)
    for name in ("._a.yaml", "~$a.yaml", ".#a.yaml", "b.yml"):
        (tmp_path / name).write_text("titre: Autre\n", encoding="utf-8")
    os.utime(tmp_path / "a.yaml", (1, 1))
    assert [one.path.name for one in listing(tmp_path)] == ["a.yaml"]
    number, last = newest(tmp_path)
    assert (number, last and last.path.name) == (1, "a.yaml")
