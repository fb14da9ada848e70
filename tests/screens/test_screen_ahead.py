"""What could ripen comes after the reading, under it, and never makes anyone wait."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from conseil_dla.panes.choices import Choices
from conseil_dla.panes.panel import Panel
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.screens.questionnaire_readings import Latest
from conseil_dla.screens.reading import ReadingScreen
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording.prospects import at_a_glance, chosen, ripening_text
from screens.driving import NARROW, begin, running
from searched import searching
from shipped import shipped_reader

BASE = shipped_reader().base


class Slow:
    """A reader whose prospects wait until told."""

    base = BASE
    engine = "test"
    unread = ()
    completed = Reader.completed
    proved = Reader.proved

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.asked: list[int] = []

    def read(self, *parts: Any) -> Reading:
        return shipped_reader().read(*parts)

    def read_dossier(self, dossier: Any) -> Reading:
        return shipped_reader().read_dossier(dossier)

    def prospects(self, reading: Reading) -> Prospects:
        self.asked.append(len(reading.answers))
        assert self.gate.wait(10)
        return shipped_reader().prospects(reading)

    def when_engine_stops(self, tell: Any) -> None:
        """It never does."""


async def test_what_could_ripen_and_what_it_rests_on_stand_under_the_reading() -> None:
    seen = set()
    async with running() as driver:
        await begin(driver)
        for _ in range(7):
            await driver.press("end", "up", "enter")
            reading = driver.question.reading
            assert reading is not None
            expected = at_a_glance(BASE, shipped_reader().prospects(reading))
            told = driver.question.query_one("#panel-ahead").text  # type: ignore[attr-defined]
            assert ("Et ensuite" in told) == bool(expected)
            assert all(line in told for line in expected), told
            seen |= {line.split(" ")[0] for line in expected}
    assert len(seen) == 2, "both a footing and a ripening come along the way"


async def test_a_slow_look_ahead_holds_no_key_and_no_reading_back(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Slow()
    shown: list[tuple[str, ...]] = []
    show = Panel.show_ahead

    def spy(self: Panel, lines: tuple[str, ...]) -> None:
        shown.append(lines)
        show(self, lines)

    monkeypatch.setattr(Panel, "show_ahead", spy)
    async with running(opener=lambda: reader) as driver:
        driver.app.simulate_key("f2")
        await driver.pilot.pause()
        driver.app.simulate_key("f5")
        for number in range(1, 7):
            await _until(driver, lambda n=number: len(_answers(driver)) == n - 1 and _is_asked(driver))
            before = driver.question.query_one(Choices).cursor
            await driver.pilot.press("down", "up")
            assert driver.question.query_one(Choices).cursor == before
            await driver.pilot.press("end", "up", "enter")
        await _until(driver, lambda: len(_answers(driver)) == 6)
        assert reader.asked == [0], "more than one thread looked ahead"
        assert not any(shown), "nothing was looked ahead yet, and six readings were shown"
        reader.gate.set()
        await _until(driver, lambda: any(shown))
        await driver.rest()
        reading = driver.question.reading
        assert reading is not None
        expected = at_a_glance(BASE, shipped_reader().prospects(reading))
        assert expected
        assert [lines for lines in shown if lines] == [expected], "what belonged to an older reading was shown"
        assert reader.asked == [0, 6], "what nobody will see was looked for"


def test_a_look_ahead_that_fails_leaves_room_for_the_next() -> None:
    latest, done = Latest(), []
    with pytest.raises(ZeroDivisionError):
        latest.run(lambda: done.append(1 // 0))
    latest.run(lambda: done.append(1))
    assert done == [1]


def _answers(driver: Any) -> dict[str, Any]:
    screen = driver.app.screen
    reading = getattr(screen, "reading", None)
    return reading.answers if reading is not None and not isinstance(screen, ReadingScreen) else dict.fromkeys("-" * 99)


def _is_asked(driver: Any) -> bool:
    return driver.question.state.current not in driver.question.state.answers


async def _until(driver: Any, reached: Any) -> None:
    for _ in range(400):
        await driver.pilot.pause(0.01)
        if reached():
            return
    raise AssertionError(driver.seen)


@pytest.mark.parametrize("size", [(120, 40), NARROW])
async def test_the_whole_reading_tells_it_and_keeps_the_cursor(size: tuple[int, int]) -> None:
    reader = Slow()
    reader.gate.set()
    async with running(size, opener=lambda: reader) as driver:
        await begin(driver)
        await driver.press(*["end", "up", "enter"] * 6)
        reading = driver.question.reading
        assert reading is not None
        driver.question.whole = Whole(BASE, reading)
        reader.gate.clear()
        driver.app.simulate_key("f6")
        await driver.pilot.pause()
        await driver.pilot.press("down", "down")
        row = driver.app.screen.query_one("#reading", Rows).current
        assert row is not None
        texts = [line.text for line in driver.reading._lines]
        reader.gate.set()
        await driver.rest()
        after = [line.text for line in driver.reading._lines]
        told = chosen(BASE, shipped_reader().prospects(reading))
        assert told
        assert all(ripening_text(BASE, each) in after for each in told)
        assert set(texts) < set(after)
        now = driver.app.screen.query_one("#reading", Rows).current
        assert texts[int(row)] == after[int(now or -1)], "the cursor moved to another line"


async def test_a_reading_overtaken_before_it_is_painted_is_not_looked_ahead_of() -> None:
    """An answer that comes between a reading and its layout: what could turn the old one is never told of the new."""
    async with running() as driver:
        await begin(driver)
        question = driver.question
        question._readings._unlooked = question.reading
        question.answer(str(question.state.current), None)
        question._readings.look_further()
        assert not [worker for worker in driver.app.workers if worker.group == "ahead" and not worker.is_finished]
        await driver.rest()
        assert question.whole is not None
        assert question.whole.prospects == shipped_reader().prospects(question.reading)


async def test_a_reading_is_shown_before_what_has_no_effect_is_proved() -> None:
    """On rules whose formats are searched; the proofs then come by themselves, and the list is what it would be."""
    reader = searching(shipped_reader())
    async with running(opener=lambda: reader) as driver:
        await begin(driver)
        for _ in range(5):
            await driver.press("end", "up", "enter")
        await _until(driver, lambda: driver.question.reading is not None and driver.question.reading.is_proved)
        reading = driver.question.reading
        assert reading is not None
        unproved = searching(shipped_reader()).read(reading.answers, proves=lambda: False)
        assert not unproved.is_proved
        assert set(unproved.without_effect_on_outcome) < set(reading.without_effect_on_outcome)
        charted = shipped_reader().read(reading.answers)
        assert {one.question for one in reading.to_ask} == {one.question for one in charted.to_ask}
        assert replace(reading, to_ask=charted.to_ask) == charted, "the order of the call sheet is estimated"
