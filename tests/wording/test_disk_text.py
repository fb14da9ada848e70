"""What the first screen says of what leaves the machine is true wherever the screens are."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from conseil_dla.dossiers.store import unreadable
from conseil_dla.ground.files import SERVED_AROUND, SERVED_HERE, SERVED_VARIABLE
from conseil_dla.wording.disk_text import creation_failure, kept_where
from screens.driving import NARROW, running


def test_each_place_has_a_claim_of_its_own() -> None:
    told = [kept_where(Path("ici"), served) for served in ("", SERVED_HERE, SERVED_AROUND)]
    assert "aucune connexion réseau" in told[0]
    assert "hors de cette machine" in told[1]
    assert "sans chiffrement" in told[2]
    assert all("réseau" not in text for text in told[1:2])
    assert ["ici" in text.split(". ")[0] for text in told] == [True, False, False], "a page may be projected"


@pytest.mark.parametrize("served", ["", SERVED_HERE, SERVED_AROUND])
async def test_home_says_it(served: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SERVED_VARIABLE, served)
    async with running(NARROW) as driver:
        claim = kept_where(None, served).split(". ")[1]
        assert " ".join(driver.seen.split()).find(" ".join(claim.replace("\u00a0", " ").split())[:40]) >= 0


def test_a_place_under_a_file_says_which_file_is_in_the_way(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("x", encoding="utf-8")
    for where in (file, file / "a", file / "a" / "b"):
        with pytest.raises(NotADirectoryError) as caught:
            (where / "x.yaml").write_text("x", encoding="utf-8")
        told = creation_failure(where, caught.value).replace("\u00a0", " ")
        named = "c’est" if where == file else f"« {file} » est"
        assert told == f"impossible d’écrire dans {where} : {named} un fichier, pas un dossier du disque"
        assert f"« {file} » est un fichier" in unreadable(where / "x.yaml", caught.value).help
    absent = tmp_path / "absent"
    assert "cet emplacement est introuvable" in creation_failure(absent, FileNotFoundError(errno.ENOENT, ""))
