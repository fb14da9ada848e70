"""A facilitator with a room: from the scenario to the record, by keys."""

from __future__ import annotations

from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.hands import HandRows
from conseil_dla.workshop.screens.question import WorkshopQuestionScreen
from conseil_dla.workshop.screens.stage import WorkshopScreen
from screens.driving import Driver


def stage(driver: Driver) -> WorkshopScreen:
    """The stage on screen."""
    assert isinstance(driver.app.screen, WorkshopScreen), f"{driver.app.screen}\n{driver.seen}"
    return driver.app.screen


def playing(driver: Driver) -> Playing:
    """The workshop under way, also under a sheet."""
    return next(screen for screen in driver.app.screen_stack if isinstance(screen, WorkshopScreen)).playing


async def raise_hands(driver: Driver, *counts: int) -> None:
    """So many hands for each option, in order."""
    for number, count in enumerate(counts):
        await driver.press(*[chr(ord("a") + number)] * count)


async def to_questions(driver: Driver, *intuition: int, scenario: int = 0) -> None:
    """The first scenario, an hour, the room's feeling, up to the first question."""
    await driver.press(*["down"] * scenario, "enter", "down", "enter")
    await raise_hands(driver, *intuition)
    await driver.press("enter")


async def answer(driver: Driver, *counts: int) -> str:
    """Hands, then the answer kept; gives the question."""
    screen = stage(driver)
    assert isinstance(screen, WorkshopQuestionScreen)
    question = screen.question
    assert question is not None
    if screen.playing.base.logic.questions[question].type == "nombre":
        await driver.press("5", "enter")
    else:
        await raise_hands(driver, *counts)
        await driver.press("enter")
    return question


def hands(driver: Driver) -> dict[str, int]:
    """Hands raised on screen."""
    return dict(driver.app.screen.query_one(HandRows).hands)
