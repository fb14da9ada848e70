"""The table of structures: filled by keys or by mouse, it answers instead of being asked; by hand one still wins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Incoherence, Within
from conseil_dla.rules.tables import Structure
from conseil_dla.screens.structures import StructuresPage
from conseil_dla.toolkit.rows import Rows
from screens.driving import NARROW, WIDE, Driver, begin, jump, running
from shipped import shipped_reader

BASE = shipped_reader().base
NUMBER = next(q.id for q in BASE.logic.questions.values() if q.tally and q.tally.column is None)
SHARED = next(q for q in BASE.logic.questions.values() if q.tally and q.type == "oui_non" and not q.asked_if)


async def add_names(driver: Driver, *names: str) -> None:
    await driver.press("ctrl+g", "end", "enter")
    await driver.write("\n".join(names))
    await driver.press("f5")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_names_are_pasted_a_row_is_filled_and_the_count_is_not_asked(
    size: tuple[int, int], dossiers: Path
) -> None:
    async with running(size) as driver:
        await begin(driver)
        await add_names(driver, "Les Sables", "", "  Le Phare ", "Cie des Ronces")
        assert isinstance(driver.app.screen, StructuresPage)
        assert f"{BASE.title('question', NUMBER)}\u00a0: 3\u00a0structures" in driver.seen
        await driver.press("home", "enter", "tab", "enter")
        await driver.write("societe")
        await driver.press("enter", "tab", "tab")
        await driver.write("3")
        await driver.press("f5")
        assert "Société ou coopérative" in driver.seen
        assert f"{BASE.title('question', SHARED.id)}\u00a0: non" in driver.seen
        await driver.press("escape")
        assert driver.question.state.known == {NUMBER: 3, SHARED.id: "non"}
        assert driver.question.reading is not None
        assert driver.question.reading.counted == {NUMBER, SHARED.id}
        assert "· enregistré" in driver.seen
        await jump(driver, NUMBER)
        assert "Compté dans votre tableau" in driver.seen
    (path,) = dossiers.glob("*.yaml")
    kept = store.load(path, BASE)
    assert kept.answers == {}
    assert kept.structures[0] == Structure("Les Sables", {"forme_juridique": "societe", "salaries": 3})
    assert [s.name for s in kept.structures] == ["Les Sables", "Le Phare", "Cie des Ronces"]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_rows_pasted_from_a_spreadsheet_are_told_then_added_and_taken_back(size: tuple[int, int]) -> None:
    sheet = 'Structure\tForme juridique\tVille\r\nLes Sables\tassociation\tGap\r\n"Le ""Phare"""\tSARL\tDie\r\n'
    async with running(size) as driver:
        await begin(driver)
        await add_names(driver, sheet)
        assert "2 structures, la première ligne lue comme titres." in driver.seen
        assert "Laissé de côté\u00a0: «\u00a0Ville\u00a0»." in driver.seen
        assert "«\u00a0SARL\u00a0» (forme juridique)" in driver.seen
        assert driver.question_below.dossier.structures == ()
        await driver.click("Ajouter ")
        wanted = (Structure("Les Sables", {"forme_juridique": "association"}), Structure('Le "Phare"'))
        assert driver.question_below.dossier.structures == wanted
        await driver.press("f9")
        assert driver.question_below.dossier.structures == ()


async def test_an_answer_by_hand_wins_until_the_table_is_let_speak() -> None:
    async with running() as driver:
        await begin(driver)
        await add_names(driver, "A", "B", "C")
        await driver.press("escape")
        await jump(driver, NUMBER)
        await driver.press("up", "enter")
        assert driver.question.state.known[NUMBER] == 4
        await driver.press("ctrl+g")
        assert "le tableau dirait 3\u00a0structures" in driver.seen
        await driver.click("Laisser parler le tableau")
        assert "le tableau dirait" not in driver.seen
        await driver.press("escape")
        assert driver.question.state.known[NUMBER] == 3
        assert NUMBER not in driver.question.state.answers


async def test_a_row_is_taken_out_and_left_as_it_was_by_the_mouse() -> None:
    async with running() as driver:
        await begin(driver)
        await add_names(driver, "A", "B", "C")
        await driver.click("B")
        await driver.click("Retirer du tableau")
        assert [s.name for s in driver.question_below.dossier.structures] == ["A", "C"]
        assert "Retiré du tableau\u00a0: B. F9 annule." in driver.seen
        await driver.press("f9")
        assert [s.name for s in driver.question_below.dossier.structures] == ["A", "B", "C"]
        assert "Retiré du tableau\u00a0: B — annulé." in driver.seen
        await driver.press("ctrl+y")
        assert [s.name for s in driver.question_below.dossier.structures] == ["A", "C"]
        await driver.click("Ajouter une structure")
        await driver.write("D")
        await driver.click("Laisser comme avant")
        await driver.press("tab", "enter")
        assert [row.text for row in driver.app.screen.query_one("#structures", Rows).rows][:3] == [
            "A",
            "C",
            "Ajouter une structure",
        ]


async def test_rows_whose_answers_cannot_go_with_the_others_are_refused_and_told() -> None:
    never = Incoherence("zz", Within(NUMBER, 3, None))
    entry = replace(
        BASE.entry("coherence", BASE.logic.incoherences[0].id), id="zz", texts={"parce_que": "Raison dite."}
    )
    base = replace(
        BASE,
        logic=replace(BASE.logic, incoherences=(*BASE.logic.incoherences, never)),
        texts={**BASE.texts, ("coherence", "zz"): entry},
    )
    reader = Reader(base, shipped_reader()._engine)
    async with running(opener=lambda: reader) as driver:
        await begin(driver)
        await add_names(driver, "A", "B")
        await driver.press("end", "enter")
        await driver.write("C")
        await driver.press("f5")
        assert "Ce changement n’est pas gardé" in driver.seen
        assert "Raison dite." in driver.seen
        assert len(driver.question_below.dossier.structures) == 2
