from __future__ import annotations

import asyncio
import errno
import shutil
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerFailed

from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.engine.durable_sheets import EngineFailed
from conseil_dla.engine.outcome import Fired
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, Unusable
from conseil_dla.panes.choices import NONE, UNKNOWN, VALIDATE, Choices
from conseil_dla.panes.number_entry import NumberEntry, NumberField
from conseil_dla.panes.panel import Panel
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Dossier
from conseil_dla.screens.home import HomeScreen
from conseil_dla.toolkit.rows import Rows
from conseil_dla.toolkit.sheets import Page
from conseil_dla.wording.glance import glance
from screens.driving import NARROW, WIDE, Driver, at_odds, begin, choose, jump, running
from shipped import CASES, shipped_reader

BASE = shipped_reader().base
LOGIC = BASE.logic


def only_file(folder: Path) -> Path:
    (path,) = folder.glob("*.yaml")
    return path


def first_of(type: str) -> str:
    return next(id for id, question in LOGIC.questions.items() if question.type == type and not question.asked_if)


async def test_a_dossier_is_begun_answered_saved_and_resumed(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver, "le theatre")
        panels = [driver.panel]
        for _ in range(4):
            await driver.press("enter")
            panels.append(driver.panel)
        assert len(set(panels)) > 2
        answers = dict(driver.question.state.answers)
        assert len(answers) == 4
        suggested = driver.question.state.current
        await driver.press("f8")
        assert isinstance(driver.app.screen, HomeScreen)
        assert "le theatre" not in driver.seen
        assert "4 réponses" in driver.seen
        await driver.press("down", "enter")
        assert driver.question.state.answers == answers
        assert driver.question.state.current == suggested
    saved = store.load(only_file(dossiers), BASE)
    assert saved.title == "le theatre"
    assert saved.answers == answers


async def test_opening_a_dossier_by_its_path_goes_to_its_next_question(dossiers: Path) -> None:
    path = store.create(dossiers, "direct")
    async with running(dossier=path) as driver:
        assert driver.question.dossier.title == "direct"
        assert driver.question.state.current is not None


def _changing(driver: Driver) -> tuple[str, str]:
    """A question answered so far and another answer to it that moves the headline or the posture."""
    reader, state = shipped_reader(), driver.question.state
    now = glance(BASE, reader.read(state.answers))
    for id, value in state.answers.items():
        for other in LOGIC.questions[id].answers if isinstance(value, str) else ():
            then = glance(BASE, reader.read({**state.answers, id: other}))
            if other != value and (then.headline, then.posture) != (now.headline, now.posture):
                return id, other
    raise AssertionError("no single answer moves the reading")


async def test_one_answer_changed_visibly_moves_the_panel() -> None:
    async with running() as driver:
        await begin(driver)
        await driver.press("enter", "enter", "enter")
        id, other = _changing(driver)
        before = driver.panel
        await jump(driver, id)
        await choose(driver, other)
        await driver.press("enter")
        assert driver.question.state.answers[id] == other
        assert driver.panel != before
        words = driver.question.query_one("#panel-advice").text  # type: ignore[attr-defined]
        assert "* " in words


async def test_back_shows_the_recorded_answer_and_undo_withdraws_it(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver)
        first = driver.question.state.current
        assert first is not None
        await driver.press("down", "enter")
        given = driver.question.state.answers[first]
        await driver.press("left")
        assert driver.question.state.current == first
        assert driver.question.query_one(Choices).current == given
        await driver.press("right", "f9")
        assert driver.question.state.current == first
        assert first not in driver.question.state.answers
        assert store.load(only_file(dossiers), BASE).answers == {}


async def test_not_knowing_is_last_everywhere_and_withdraws_the_answer(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver)
        first = driver.question.state.current
        assert first is not None
        await driver.press("enter", "left")
        assert driver.question.query_one(Choices).rows[-1].key == UNKNOWN
        await driver.press("end", "enter")
        assert first not in driver.question.state.answers
        assert store.load(only_file(dossiers), BASE).declined == {first}


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_enter_ticks_a_box_valider_alone_concludes_and_none_is_chosen(size: tuple[int, int]) -> None:
    id = first_of("plusieurs")
    async with running(size) as driver:
        await begin(driver)
        await jump(driver, id)
        await driver.press("f12")
        assert "rien n’est donc enregistré" in " ".join(driver.seen.split())
        assert (driver.question.state.current, id in driver.question.state.known) == (id, False)
        await driver.press("home", "enter", "down", "space")
        assert "2 réponses cochées" in driver.seen
        assert driver.question.state.current == id
        await driver.press("f12")
        assert driver.question.state.answers[id] == frozenset(LOGIC.questions[id].answers[:2])
        await jump(driver, id)
        await choose(driver, NONE)
        await driver.press("enter")
        assert driver.seen.count("[×]") == 1, "none goes with nothing else"
        await choose(driver, VALIDATE)
        assert "Entrée ou F12 valider" in driver.seen
        await driver.press("enter")
        assert driver.question.state.answers[id] == frozenset()
        await jump(driver, id)
        await driver.press("home", "enter")
        assert "1 réponse cochée" in driver.seen, "another answer takes none away"
        await driver.press("enter", "f12")
        assert driver.question.state.answers[id] == frozenset(), "what was answered stays"


async def test_a_number_is_checked_against_its_bounds() -> None:
    id = first_of("nombre")
    low, high = LOGIC.questions[id].bounds or (0, 0)
    async with running(NARROW) as driver:
        await begin(driver)
        await jump(driver, id)
        await driver.write(str(high + 1))
        await driver.press("enter")
        assert f"de {low} à {high}" in driver.question.query_one(NumberEntry).query_one("#wrong").text  # type: ignore[attr-defined]
        assert id not in driver.question.state.answers
        driver.question.query_one(NumberField).value = ""
        await driver.press("up", "down", "enter")
        assert "rien n’est donc enregistré" in driver.question.query_one(NumberEntry).query_one("#wrong").text  # type: ignore[attr-defined]
        assert id not in driver.question.state.known, "no number comes of arrows alone"
        await driver.press(*str(low), "up", "up", "enter")
        assert driver.question.state.answers[id] == low + 2


async def test_an_answer_that_cannot_go_with_another_is_refused_and_both_are_named(dossiers: Path) -> None:
    one, other = at_odds()
    async with running() as driver:
        await begin(driver)
        for part in (one, other):
            await jump(driver, part.question)
            await choose(driver, min(part.answers))
            await driver.press("enter")
        assert other.question not in driver.question.state.answers
        refusal = driver.question.query_one("#refusal").text  # type: ignore[attr-defined]
        assert BASE.title("question", one.question) in refusal
        assert BASE.entry("question", one.question).labels[min(one.answers)] in refusal
    assert other.question not in store.load(only_file(dossiers), BASE).answers


async def test_a_note_is_kept_beside_its_question(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        id = driver.question.state.current
        await driver.press("f4")
        await driver.write("a revoir")
        await driver.press("f4")
        assert "a revoir" in driver.seen
    assert store.load(only_file(dossiers), BASE).notes == {id: "a revoir"}


async def test_every_question_answered_leads_to_the_reading() -> None:
    async with running() as driver:
        await begin(driver)
        for _ in range(3 * len(LOGIC.questions)):
            if driver.question.state.current is None:
                break
            if driver.question.query_one(NumberEntry).display:
                await driver.press("tab")
            await driver.press("end", "enter")
        assert "Plus rien à demander" in driver.seen
        await driver.press("enter")
        assert driver.reading.query_one("#reading", Rows).rows


async def test_every_line_of_the_reading_opens_on_why_and_leads_to_its_question() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter", "enter", "enter", "f6")
        lines = driver.reading._lines
        rows = driver.reading.query_one("#reading", Rows)
        opened = 0
        for number, line in enumerate(lines[:12]):
            rows.show(rows.rows, str(number))
            if line.target is None:
                continue
            await driver.press("enter")
            assert isinstance(driver.app.screen, Page)
            assert BASE.title(*line.target)[:30] in driver.seen
            assert "Un instant" not in driver.seen
            opened += 1
            await driver.press("escape")
        assert opened
        number, question = next((n, line.question) for n, line in enumerate(lines) if line.question)
        rows.show(rows.rows, str(number))
        await driver.press("right")
        assert driver.question.state.current == question


async def test_a_case_is_read_and_never_written(dossiers: Path) -> None:
    before = {path: path.read_bytes() for path in CASES}
    async with running() as driver:
        await driver.press("down", "down", "down", "enter")
        assert driver.reading.is_case
        assert "Une expérience à lire" in driver.seen
        case = driver.reading.dossier
        while driver.reading._line is None or driver.reading._line.target is None:
            await driver.press("down")
        await driver.press("enter", "escape", "f4")
        assert driver.question.dossier.answers == case.answers
        await driver.press("enter")
    assert {path: path.read_bytes() for path in CASES} == before
    copied = store.load(only_file(dossiers), BASE)
    assert set(copied.answers) > set(case.answers)


async def test_a_disk_that_refuses_is_said_and_loses_nothing(dossiers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(writer: Writer, dossier: Dossier) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with running() as driver:
        await begin(driver)
        with monkeypatch.context() as patch:
            patch.setattr(Writer, "save", full)
            await driver.press("enter", "enter")
            assert "le disque est plein" in driver.seen.lower()
            assert "PAS ENREGISTRÉ" in driver.seen
            assert "No space" not in driver.seen
            assert len(driver.question.state.answers) == 2
            await driver.press("ctrl+q")
            assert "Quitter sans enregistrer" in driver.seen
            await driver.press("escape")
        await driver.press("enter")
        assert "enregistré" in driver.seen
        assert "PAS ENREGISTRÉ" not in driver.seen
    assert len(store.load(only_file(dossiers), BASE).answers) == 3


class Gated:
    """A reader that holds the reading of a single answer back until told."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.waiting = threading.Event()
        self.base = BASE
        self.engine = "test"
        self.unread = ()

    def read(self, answers: Any, *parts: Any) -> Any:
        if len(answers) == 1:
            self.waiting.set()
            assert self.gate.wait(10)
        return shipped_reader().read(answers, *parts)

    def prospects(self, reading: Any) -> Any:
        return shipped_reader().prospects(reading)

    def when_engine_stops(self, tell: Any) -> None:
        """It never does."""


async def test_a_late_reading_is_thrown_away_and_keys_never_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Gated()
    shown: list[int] = []
    show = Panel.show

    def spy(self: Panel, reading: Any, view: Any) -> None:
        shown.append(len(reading.answers))
        show(self, reading, view)

    monkeypatch.setattr(Panel, "show", spy)
    async with running(opener=lambda: reader) as driver:
        await begin(driver)
        first = driver.question.state.current
        await driver.pilot.press("enter")
        await driver.pilot.pause()
        assert reader.waiting.wait(5)
        await driver.pilot.press("down", "down")
        await driver.pilot.pause()
        assert driver.question.query_one(Choices).cursor == 2
        await driver.pilot.press("f9")
        await driver.pilot.pause()
        await driver.pilot.press("down")
        reader.gate.set()
        await driver.rest()
        assert driver.question.query_one(Choices).cursor == 1, "a reading moved what was being chosen"
        assert driver.question.state.current == first
        assert shown == [0, 0]
        assert driver.question.reading is not None
        assert driver.question.reading.answers == {}


async def test_unusable_rules_are_shown_and_end_with_two() -> None:
    def opener() -> Any:
        raise Unusable((Diagnostic("DLA101", Severity.ERROR, Place("regle.yaml"), "sorte inconnue"),))

    async with running(opener=opener) as driver:
        assert "Les règles ne peuvent pas être lues" in driver.seen
        assert "sorte inconnue" in driver.seen
        await driver.press("enter")
    assert driver.app.return_value == 2


async def test_an_engine_that_fails_stops_the_screens_and_loses_nothing(dossiers: Path) -> None:
    class Failing:
        """Fails from the second reading on."""

        name = "essai"
        calls = 0

        def fire(self, answers: object) -> Fired:
            self.calls += 1
            if self.calls > 1:
                raise EngineFailed("broken for the test")
            return Fired(frozenset(), {}, {}, self.name)

        def close(self) -> None:
            """Nothing to free."""

    async with running(opener=lambda: Reader(BASE, Failing())) as driver:
        await begin(driver)
        id = driver.question.state.current
        with suppress(WorkerFailed):
            await driver.press("enter")
        for _ in range(200):
            if driver.app.return_value is not None:
                break
            await asyncio.sleep(0.02)
    assert driver.app.return_value == 2
    assert id in store.load(only_file(dossiers), BASE).answers


async def test_a_dossier_that_cannot_be_opened_is_shown_and_left_alone(tmp_path: Path) -> None:
    broken = tmp_path / "casse.yaml"
    shutil.copy(CASES[0], broken)
    broken.write_text(broken.read_text(encoding="utf-8") + "\nreponses: [", encoding="utf-8")
    before = broken.read_bytes()
    async with running(dossier=broken) as driver:
        assert "n’a pas pu être ouvert" in driver.seen
        await driver.press("escape")
    assert driver.app.return_value == 2
    assert broken.read_bytes() == before
