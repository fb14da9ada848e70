"""An officer's whole way, by keys alone: a request on the desk, eight answers, the reading, one's own opinion."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.panes.choices import NONE, UNKNOWN, VALIDATE
from conseil_dla.rules.model import Value
from conseil_dla.screens.dossier_texts import OpinionPage
from conseil_dla.screens.home import HomeScreen
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording.clauses import answer_text
from screens.driving import NARROW, WIDE, Driver, choose, running
from shipped import ROOT, shipped_reader

READER = shipped_reader()
BASE = READER.base
MOST = 8
"""Answers within which a first reading is useful (product.md, issue of the officer's screens)."""
REQUESTS = ["atelier_aiguilleur", "atelier_facilitateur", "mecenat_et_equilibre", "apprendre_a_portee"]


async def give(driver: Driver, value: Value | None) -> None:
    """Answer the question on screen by keys, as it asks to be answered."""
    id = driver.question.state.current
    assert id is not None
    question = BASE.logic.questions[id]
    if question.type == "nombre" and isinstance(value, int):
        for digit in str(value):
            await driver.press(digit)
        await driver.press("enter")
    elif isinstance(value, frozenset):
        for option in sorted(value) or [NONE]:
            await choose(driver, option)
            await driver.press("space")
        await choose(driver, VALIDATE)
        await driver.press("enter")
    elif question.type == "nombre":
        await driver.press("tab", "end", "enter")
    else:
        await choose(driver, value if isinstance(value, str) else UNKNOWN)
        await driver.press("enter")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("request_name", REQUESTS)
async def test_from_the_request_to_ones_own_opinion(request_name: str, size: tuple[int, int], dossiers: Path) -> None:
    trial = store.load(ROOT / "knowledge" / "essais" / f"{request_name}.yaml", BASE)
    async with running(size) as driver:
        await driver.press("f2")
        await driver.write("Une demande")
        await driver.press("tab")
        await driver.write(trial.demand)
        await driver.press("tab")
        await driver.write(trial.heard)
        await driver.press("f5")

        given: dict[str, Value] = {}
        while not useful(driver):
            id = driver.question.state.current
            assert id is not None
            assert len(given) < MOST, "no useful reading yet"
            value = trial.answers.get(id)
            await give(driver, value)
            assert driver.question.state.current != id
            if value is not None:
                given[id] = value
        noted = driver.question.state.current
        assert noted is not None
        await driver.press("f4")
        await driver.write("à revoir avec elles")
        await driver.press("f4", "f6")
        shown = READER.read(given).format.shown
        assert BASE.title("format", shown[0]).lower() in " ".join(driver.seen.lower().split())

        await driver.press("ctrl+k")
        assert isinstance(driver.app.screen, OpinionPage)
        await driver.press("enter")
        assert isinstance(driver.app.screen, Picker)
        await driver.write(BASE.title("format", shown[0]).replace("’", ""))
        await driver.press("enter", "tab", "tab")
        await driver.write("pour commencer par là")
        await driver.press("f5", "f6")
        assert driver.reading.query_one("#reading", Rows).rows[1].text.startswith("Je retiens")
        await driver.press("escape", "f8")
        assert isinstance(driver.app.screen, HomeScreen)

    (path,) = dossiers.glob("*.yaml")
    kept = store.load(path, BASE)
    assert kept.answers == given
    assert (kept.demand, kept.heard) == (trial.demand, trial.heard)
    assert kept.notes == {noted: "à revoir avec elles"}
    assert (kept.opinion.format, kept.opinion.why) == (shown[0], "pour commencer par là")
    assert all(answer_text(BASE, id, value) for id, value in given.items())


def useful(driver: Driver) -> bool:
    """One format but for exceptions, and one thing to do."""
    reading = driver.question.reading
    if reading is None or len(reading.format.shown) != 1:
        return False
    to_do = [d for d in reading.drawn if d.certainty != "possible" and (d.level == "avant" or d.kind == "prealable")]
    return bool(to_do) or any(d.certainty == "certaine" for d in reading.drawn_of("modalite"))
