from __future__ import annotations

from pathlib import Path

from textual.events import MouseScrollDown, MouseScrollUp

from conseil_dla.dossiers import store
from conseil_dla.panes.choices import Choices
from conseil_dla.screens.home import HomeScreen
from screens.driving import NARROW, running
from shipped import shipped_reader

BASE = shipped_reader().base


async def test_everything_can_be_done_with_the_mouse_alone(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        await driver.click("Nouveau dossier")
        await driver.click("Commencer   ")
        first = driver.question.state.current
        assert first is not None
        row = driver.question.query_one(Choices).rows[1]
        await driver.click(row.text)
        assert driver.question.state.answers == {first: row.key}
        await driver.click("Je ne sais pas encore")
        await driver.click("revenir")
        await driver.click("pourquoi")
        await driver.click("Fermer")
        await driver.click("aperçu")
        assert "Boussole" in driver.seen or "À ce stade" in driver.seen
        await driver.click("aperçu")
        await driver.click("lecture")
        line = next(line for line in driver.reading._lines if line.target)
        await driver.click(line.text[:25])
        await driver.click("Fermer")
        await driver.click("revenir")
        await driver.click("annuler")
        await driver.click("questions")
        number = next(id for id, q in BASE.logic.questions.items() if q.type == "nombre")
        title = BASE.title("question", number)
        for way in [MouseScrollUp] * 60 + [MouseScrollDown] * 60:
            if title in driver.seen:
                break
            driver.app.post_message(wheel(way, 30, 12))
            await driver.rest()
        await driver.click(title)
        await driver.click("+")
        await driver.click("+")
        await driver.click("Valider")
        assert number in driver.question.state.answers
        await driver.click("toutes les actions")
        while "Revenir à l’accueil" not in driver.seen:
            driver.app.post_message(wheel(MouseScrollDown, 30, 12))
            await driver.rest()
        await driver.click("Revenir à l’accueil")
        assert isinstance(driver.app.screen, HomeScreen)
    (path,) = dossiers.glob("*.yaml")
    assert number in store.load(path, BASE).answers


def wheel(way: type[MouseScrollUp | MouseScrollDown], x: int, y: int) -> MouseScrollUp | MouseScrollDown:
    """One notch of the wheel."""
    return way(None, x, y, 0, 1, 0, False, False, False)


async def test_a_click_on_a_box_ticks_it_and_validating_is_a_row() -> None:
    async with running() as driver:
        await driver.press("f2", "f5")
        id = next(id for id, q in BASE.logic.questions.items() if q.type == "plusieurs" and not q.asked_if)
        driver.question.go_to(id)
        await driver.rest()
        entry = BASE.entry("question", id)
        second = BASE.logic.questions[id].answers[1]
        await driver.click(entry.labels[second])
        assert id not in driver.question.state.answers
        await driver.click("Valider")
        assert driver.question.state.answers[id] == {second}
