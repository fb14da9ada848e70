"""Rules edited while the screens are open: read again by F5 or when saved, the dossier staying in hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from conseil_dla.cli.desk import make_reader
from conseil_dla.dossiers import store
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.loading.layout import changed, stamp
from conseil_dla.screens.coming_back import EVERY
from conseil_dla.screens.home import HomeScreen
from conseil_dla.toolkit.sheets import Page
from screens.driving import NARROW, WIDE, Driver, begin, running
from shipped import ROOT

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, tmp_path / "regles" / part)
    return tmp_path / "regles"


def opener(rules: Path) -> Callable[[], Reader]:
    return partial(make_reader, str(rules))


def edit(rules: Path, old: str, new: str) -> None:
    path = next(p for p in (rules / "knowledge").glob("*.yaml") if old in p.read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def seen(driver: Driver) -> str:
    return " ".join(driver.seen.replace("\u00a0", " ").split())


async def saved(driver: Driver) -> None:
    """Long enough for the folder to be looked at twice."""
    for _ in range(6):
        await driver.pilot.pause(EVERY / 2)
    await driver.rest()


async def looked(driver: Driver) -> None:
    """As if the time had come to look at the folder."""
    driver.app._rereading._look()
    await driver.rest()


@SIZES
async def test_f5_takes_the_new_rules_and_keeps_the_dossier_and_the_question(
    size: tuple[int, int], rules: Path, dossiers: Path
) -> None:
    async with running(size, opener=opener(rules)) as driver:
        await begin(driver, "Une demande")
        await driver.press("enter")
        await driver.press("f3", "down", "down", "enter")
        current = driver.question.state.current
        assert current is not None
        given = dict(driver.question.state.answers)
        assert given
        wording = driver.question.reader.base.entry("question", current).texts["libelle"]
        edit(rules, wording, "Ce que l’on demande a changé de mots ?")
        await driver.press("f5")
        assert driver.question.state.current == current
        assert dict(driver.question.state.answers) == given
        assert "Ce que l’on demande a changé de mots ?" in seen(driver)
        has_boxes = driver.question.reader.base.logic.questions[current].type == "plusieurs"
        await driver.press(*("enter", "f12") if has_boxes else ("enter",))
        path = next(dossiers.glob("*.yaml"))
        assert len(store.load(path, driver.question.reader.base).answers) == len(given) + 1


async def test_f5_says_that_nothing_changed(rules: Path) -> None:
    async with running(opener=opener(rules)) as driver:
        await driver.press("f5")
        assert "elles n’ont pas changé" in seen(driver)
        (rules / "rules" / "mien.yaml.txt").write_text("- regle: mienne\n", encoding="utf-8")
        await driver.press("f5")
        assert "Des fichiers ne sont pas lus" in seen(driver)
        assert "« mien.yaml »" in seen(driver)


async def test_what_is_not_read_is_told_from_the_start_and_again_once_it_changes(rules: Path) -> None:
    (rules / "rules" / "mien.yaml.txt").write_text("- regle: mienne\n", encoding="utf-8")
    async with running(opener=opener(rules)) as driver:
        assert "Des fichiers ne sont pas lus" in seen(driver)
        assert "rules/mien.yaml.txt :" in seen(driver)
        assert "« mien.yaml »" in seen(driver)
        driver.app.clear_notifications()
        driver.app._rereading._stamp = lambda: stamp(rules)
        await looked(driver)
        edit(rules, "libelle: ", "libelle: Autrement dit, ")
        await looked(driver)
        assert "c’est avec elles que l’on continue" in seen(driver)
        assert "Des fichiers ne sont pas lus" not in seen(driver)
        (rules / "rules" / "vide.yaml").write_text("# à écrire\n", encoding="utf-8")
        await looked(driver)
        assert "rules/vide.yaml :" in seen(driver)


async def test_many_files_that_are_not_read_leave_room_on_screen(rules: Path) -> None:
    for number in range(9):
        (rules / "rules" / f"regle-{number}.yml").write_text("- regle: x\n", encoding="utf-8")
    async with running(NARROW, opener=opener(rules)) as driver:
        assert "regle-2.yml" in seen(driver)
        assert "regle-3.yml" not in seen(driver)
        assert "et 6 autres" in seen(driver)


async def test_experiences_and_scenarios_that_cannot_be_read_are_told_where_they_are_missed(rules: Path) -> None:
    for kind in ("cas", "essais"):
        (rules / "knowledge" / kind / "faux.yaml").write_text("titre: Faux\nreponses:\n  nul: oui\n", encoding="utf-8")
    async with running(size=(120, 60), opener=opener(rules)) as driver:
        assert "1 ne se lit pas : « conseil-dla regles verifier » dit pourquoi" in seen(driver)
    async with running(size=(120, 60), opener=opener(rules), is_workshop=True) as driver:
        assert "Pas dans cette liste" in seen(driver)
        assert "cas/faux.yaml" in seen(driver)
        assert "essais/faux.yaml" in seen(driver)


@SIZES
async def test_rules_in_fault_are_shown_and_the_last_good_ones_stay(size: tuple[int, int], rules: Path) -> None:
    async with running(size, opener=opener(rules)) as driver:
        await begin(driver, "Une demande")
        digest = driver.question.reader.base.digest
        (rules / "rules" / "fautive.yaml").write_text("- regle: fautive\n  titrre: Oups\n", encoding="utf-8")
        await driver.press("f5")
        assert isinstance(driver.app.screen, Page)
        assert "restent en usage" in seen(driver)
        assert "fautive.yaml:" in seen(driver)
        await driver.press("escape", "enter")
        assert driver.question.reader.base.digest == digest
        assert driver.question.state.answers


async def test_saving_a_file_is_enough(rules: Path) -> None:
    async with running(opener=opener(rules), stamp=lambda: stamp(rules)) as driver:
        await begin(driver, "Une demande")
        await saved(driver)
        edit(rules, "libelle: ", "libelle: Autrement dit, ")
        await saved(driver)
        assert "c’est avec elles que l’on continue" in seen(driver)
        bad = rules / "rules" / "fautive.yaml"
        bad.write_text("- regle: fautive\n  titrre: Oups\n", encoding="utf-8")
        await saved(driver)
        assert "erreurs dans les règles (fautive.yaml, ligne" in seen(driver)
        assert driver.question.state.current
        bad.unlink()
        await saved(driver)
        assert "elles n’ont pas changé" in seen(driver), "the fault is over, and it is said"


async def test_what_is_being_typed_is_never_taken_away(rules: Path) -> None:
    async with running(opener=opener(rules), stamp=lambda: stamp(rules)) as driver:
        await begin(driver, "Une demande")
        await saved(driver)
        await driver.press("f4")
        await driver.write("Une note en cours")
        edit(rules, "libelle: ", "libelle: Autrement dit, ")
        await saved(driver)
        assert "Une note en cours" in driver.seen
        assert "seront reprises" in seen(driver)
        digest = driver.question_below.reader.base.digest
        await driver.press("f4")
        await saved(driver)
        assert driver.question.reader.base.digest != digest
        assert "Une note en cours" in driver.question.state.notes.values()


async def test_a_dossier_that_the_new_rules_cannot_read_stays_under_the_former_ones(rules: Path) -> None:
    async with running(opener=opener(rules)) as driver:
        await begin(driver, "Une demande")
        current = str(driver.question.state.current)
        await driver.press("enter")
        digest = driver.question.reader.base.digest
        for path in rules.rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(f"{current}:", "toute_autre:").replace(f"{current}.", "toute_autre.").replace(
                f"question: {current}\n", "question: toute_autre\n"), encoding="utf-8")  # fmt: skip
        await driver.press("f5")
        assert "ne se lit pas avec les nouvelles règles" in seen(driver)
        await driver.press("escape")
        assert driver.question.reader.base.digest == digest
        assert current in driver.question.state.answers


async def test_the_whole_reading_is_shown_again(rules: Path) -> None:
    async with running(opener=opener(rules)) as driver:
        await begin(driver, "Une demande")
        await driver.press("enter", "f6")
        former = driver.reading.reader
        edit(rules, "libelle: ", "libelle: Autrement dit, ")
        await driver.press("f5")
        assert driver.reading.reader is not former


async def test_an_experience_being_read_is_read_again(rules: Path) -> None:
    case = min((rules / "knowledge" / "cas").glob("*.yaml"))
    async with running(dossier=case, opener=opener(rules)) as driver:
        former = driver.reading.reader
        edit(rules, "libelle: ", "libelle: Autrement dit, ")
        await driver.press("f5")
        assert driver.reading.is_case
        assert driver.reading.reader is not former


async def test_at_home_the_new_rules_serve_the_next_dossier(rules: Path) -> None:
    async with running(opener=opener(rules)) as driver:
        edit(rules, "libelle: ", "libelle: Autrement dit, ")
        await driver.press("f5")
        assert isinstance(driver.app.screen, HomeScreen)
        await begin(driver, "Une demande")
        assert any(
            e.texts.get("libelle", "").startswith("Autrement dit") for e in driver.question.reader.base.texts.values()
        )


def test_the_stamp_of_a_folder_knows_what_was_written(rules: Path) -> None:
    before = stamp(rules)
    file = next((rules / "knowledge" / "cas").glob("*.yaml"))
    os.utime(file, (1, 1))
    (rules / "rules" / "neuve.yaml").write_text("", encoding="utf-8")
    (rules / "rules" / "._neuve.yaml").write_text("", encoding="utf-8")
    assert changed(before, stamp(rules)) == (f"knowledge/cas/{file.name}", "rules/neuve.yaml")
    shutil.rmtree(rules)
    assert stamp(rules) == frozenset()
