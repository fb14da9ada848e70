"""Copies in the list of dossiers: under their original, compared, one kept; what is not listed is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.ground.shelving import contents
from conseil_dla.panes.shelf import saved
from conseil_dla.screens.dossier_list import DossiersPicker, dossier_rows
from screens.driving import NARROW, WIDE, Driver, running

COPY = "a (copie en conflit de X 2026-11-02).yaml"


@pytest.fixture
def kept(dossiers: Path) -> Path:
    dossiers.mkdir()
    for name, answers in (("a.yaml", " {}"), (COPY, "\n  etat_du_groupe: en_formation"), ("b.yml", " {}")):
        (dossiers / name).write_text(f"version: 1\ntitre: Zinc et laine\nreponses:{answers}\n", encoding="utf-8")
    return dossiers


def seen(driver: Driver) -> str:
    return " ".join(driver.seen.replace("\u00a0", " ").replace("│", " ").split())


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_copy_is_compared_then_kept_from_the_list(size: tuple[int, int], kept: Path) -> None:
    async with running(size) as driver:
        assert "Tous mes dossiers (1) 2 fichiers à part" in seen(driver)
        await driver.click("Tous mes dossiers")
        assert "renommez-le en « b.yaml »" in seen(driver)
        await driver.click("copie à départager")
        assert "Le dossier : a.yaml, " in seen(driver)
        await driver.click("Comparer")
        assert "Les réponses qui diffèrent" in " ".join(block.text for block in driver.app.screen.blocks)  # type: ignore[attr-defined]
        await driver.press("escape")
        await driver.click("Garder la copie")
        assert isinstance(driver.app.screen, DossiersPicker)
        assert "copie à départager" not in driver.seen
    assert "en_formation" in (kept / "a.yaml").read_text(encoding="utf-8")
    assert [path.name for path in (kept / "corbeille").iterdir()] == ["a.yaml"]
    assert not (kept / COPY).exists()


async def test_a_folder_where_nothing_can_be_read_still_says_so(dossiers: Path) -> None:
    dossiers.mkdir()
    (dossiers / "b.yaml.txt").write_text("titre: Zinc et laine\n", encoding="utf-8")
    async with running(NARROW) as driver:
        assert "Le dernier dossier" not in driver.seen
        await driver.click("Tous mes dossiers (0)")
        assert "renommez-le en « b.yaml »" in seen(driver)


def test_names_of_files_are_hidden_with_titles(kept: Path) -> None:
    found = contents(kept).aside
    told = {
        hidden: " ".join(row.text for row in dossier_rows(saved(), found, discreetly=hidden))
        for hidden in (False, True)
    }
    assert COPY in told[False]
    assert COPY not in told[True]
    assert "b.yml" not in told[True]
    assert "1 fichier n’est pas lu" in told[True]
