"""Nothing is answered that nobody chose: keys that only look around record no answer."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from conseil_dla.panes.choices import NONE, UNKNOWN, VALIDATE, Choices
from conseil_dla.panes.number_entry import NumberEntry
from conseil_dla.toolkit.rows import Rows
from screens.driving import NARROW, Driver, begin, jump, running
from shipped import shipped_reader

LOGIC = shipped_reader().base.logic
LOOKING = (
    *("up", "down", "left", "right", "tab", "shift+tab", "home", "end"),
    *("pageup", "pagedown", "enter", "enter"),
)
NOTHING = object()


def asked(type: str) -> Iterator[str]:
    return (id for id, question in LOGIC.questions.items() if question.type == type and not question.asked_if)


def chosen(driver: Driver, key: str) -> object:
    """What this key answers, by what the screen shows before it is pressed."""
    focused = driver.app.screen.focused
    if isinstance(focused, Choices) and key == "enter":
        ticked = {str(row.key) for row in focused.rows if row.mark.startswith("[×]")}
        if focused.current == UNKNOWN:
            return None
        if not focused.has_boxes:
            return focused.current
        return frozenset(ticked - {NONE}) if focused.current == VALIDATE and ticked else NOTHING
    if isinstance(focused, Rows) and focused.parent is driver.question.query_one(NumberEntry):
        return None if key == "enter" and focused.current == UNKNOWN else NOTHING
    return NOTHING


async def look_around(driver: Driver, id: str, chance: Random, most: int) -> None:
    await jump(driver, id)
    for key in chance.choices(LOOKING, k=most):
        before = chosen(driver, key)
        await driver.press(key)
        state = driver.question.state
        now: object = state.answers.get(id, None if id in state.declined else NOTHING)
        assert now is before or now == before, (id, key)
        if state.current != id:
            return


async def wander(seed: int, times: int) -> None:
    chance = Random(seed)
    kinds = [list(asked(type)) for type in ("plusieurs", "nombre", "choix")]
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("f3", "end", "enter")
        for number in range(times):
            state = driver.question.state
            left = [id for id in kinds[number % 3] if id not in {*state.known, *state.declined}]
            if left:
                await look_around(driver, chance.choice(left), chance, 10)


async def test_keys_that_only_look_around_answer_nothing() -> None:
    await wander(7, 4)


@pytest.mark.lent
async def test_keys_that_only_look_around_answer_nothing_however_long() -> None:
    await wander(0, 40)
