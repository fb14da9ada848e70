"""What one writes beside the answers: chosen and written on screen, kept on disk, shown in what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.panes import shelf
from conseil_dla.rules.model import Opinion
from conseil_dla.screens.dossier_texts import OpinionPage
from conseil_dla.screens.question import QuestionScreen
from screens.driving import NARROW, WIDE, begin, jump, running
from shipped import shipped_reader

BASE = shipped_reader().base
FORMAT = list(BASE.logic.formats)[2]
POSTURE = list(BASE.logic.postures)[1]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_an_opinion_is_chosen_written_and_kept(dossiers: Path, size: tuple[int, int]) -> None:
    async with running(size) as driver:
        await begin(driver, "Essai")
        await driver.press("enter", "ctrl+k")
        assert isinstance(driver.app.screen, OpinionPage)
        await driver.press("enter")
        await driver.write(BASE.title("format", FORMAT).replace("’", ""))
        await driver.press("enter", "tab", "enter")
        await driver.write(BASE.title("posture", POSTURE))
        await driver.press("enter", "tab")
        await driver.write("Elles sont prêtes")
        await driver.press("tab")
        await driver.write("Qu’une parte")
        assert BASE.title("format", FORMAT) in driver.seen
        await driver.press("f5")
        assert isinstance(driver.app.screen, QuestionScreen)
        await driver.press("f6")
        assert "Mon avis" in "\n".join(driver.lines()[:3])
        assert "Elles sont prêtes" in driver.seen
        await driver.press("ctrl+k")
        assert isinstance(driver.app.screen, OpinionPage)
        await driver.press("escape", "enter")
    (path,) = dossiers.glob("*.yaml")
    kept = store.load(path, BASE)
    assert kept.opinion == Opinion(FORMAT, POSTURE, "Elles sont prêtes", "Qu’une parte")
    assert len(kept.answers) == 2, "the opinion and the answers keep each other"


async def test_leaving_the_page_keeps_what_was_there(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver, "Essai")
        await driver.press("enter", "ctrl+k", "tab", "tab")
        await driver.write("Un mot")
        await driver.press("escape")
        assert isinstance(driver.app.screen_stack[-2], OpinionPage), "one is asked first"
        await driver.click("Abandonner  ")
        assert isinstance(driver.app.screen, QuestionScreen)
    (path,) = dossiers.glob("*.yaml")
    assert not store.load(path, BASE).opinion


async def test_the_title_and_the_two_texts_can_be_changed_later(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        await begin(driver, "Essai")
        await driver.press("enter", "ctrl+d", "end")
        await driver.write(" repris")
        await driver.press("tab")
        await driver.write("« On nous a dit de venir. »")
        await driver.press("tab")
        await driver.write("Une aide espérée")
        await driver.press("f5")
        assert "Essai repris" in driver.lines()[0]
        await driver.press("f9")
        assert "Essai repris" not in driver.lines()[0]
        assert "Changement\u00a0: le titre, la demande et ce que vous entendez — annulé." in driver.seen
        await driver.press("ctrl+y")
        assert "Essai repris" in driver.lines()[0]
    (path,) = dossiers.glob("*.yaml")
    kept = store.load(path, BASE)
    assert (kept.title, kept.demand, kept.heard) == ("Essai repris", "« On nous a dit de venir. »", "Une aide espérée")
    assert len(kept.answers) == 1


async def test_what_is_ticked_stays_while_the_title_is_changed_and_an_opinion_is_taken_back(dossiers: Path) -> None:
    several = next(q.id for q in BASE.logic.questions.values() if q.type == "plusieurs" and not q.asked_if)
    async with running() as driver:
        await begin(driver, "Essai")
        await jump(driver, several)
        await driver.press("enter", "ctrl+d", "a", "f5")
        assert "· a " in driver.lines()[0], "typing begins with the title"
        assert "1 réponse cochée" in driver.seen
        await driver.press("ctrl+k", "tab", "tab", "a", "f5", "f9")
        assert "rien n’avait été validé" in driver.seen, "ticks go first"
        assert driver.question.dossier.opinion
        await driver.press("f9")
        assert "«\u00a0Mon avis\u00a0» — annulé" in driver.seen
        assert not driver.question.dossier.opinion
    (path,) = dossiers.glob("*.yaml")
    kept = store.load(path, BASE)
    assert (kept.title, kept.demand, kept.answers) == ("a", "", {})
    assert not kept.opinion


async def test_the_territory_is_kept_from_one_dossier_and_starts_the_next(dossiers: Path) -> None:
    held = next(q for q in BASE.logic.questions.values() if q.in_profile and q.type == "choix")
    async with running() as driver:
        await begin(driver, "Un")
        await driver.press("ctrl+r")
        assert "Rien à garder" in driver.seen
        await jump(driver, held.id)
        await driver.press("enter", "ctrl+r")
        assert "1 réponse gardée" in driver.seen.replace("\u00a0", " ")
        await driver.press("f9")
        assert "Profil du territoire gardé — annulé." in driver.seen
        assert shelf.profile(BASE)[1] == {}
        assert held.id in driver.question.state.answers, "one step at a time"
        await driver.press("ctrl+y")
        assert shelf.profile(BASE)[1] == {held.id: held.answers[0]}
        await driver.press("f8")
        await begin(driver, "Deux")
        assert driver.question.state.answers == {held.id: held.answers[0]}
        await driver.press("f6", "end")
        assert "viennent du profil du" in driver.seen
    assert len(list(dossiers.glob("*.yaml"))) == 2
