"""The application under a pilot: wait until it rests, read what the screen says, click on words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from conseil_dla.panes.panel import Panel
from conseil_dla.rules.model import AllOf, Is
from conseil_dla.screens.app import ConseilApp, Start
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.screens.reading import ReadingScreen
from shipped import shipped_reader

WIDE = (120, 40)
NARROW = (80, 24)


class Driver:
    """An officer at the keyboard, or at the mouse."""

    def __init__(self, app: ConseilApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def rest(self) -> None:
        """Until no worker runs and no message waits."""
        await self._drain()
        while any(not worker.is_finished for worker in self.app.workers):
            try:
                await self.app.workers.wait_for_complete()
            except WorkerCancelled:
                if self.app._exit:
                    return  # leaving ends what still ran; elsewhere, a newer reading takes the place of an older one
            await self._drain()

    async def _drain(self) -> None:
        """Messages, then the layout they ask for; the pilot's own waits take six times longer."""
        quiet, until = 0, monotonic() + 30
        while quiet < 3:
            assert monotonic() < until, "never at rest: the program has failed, or waits for something"
            await self.pilot.pause(0)
            waiting = any(
                node.message_queue_size for node in (self.app, *self.app.screen.walk_children(with_self=True))
            )
            waiting = waiting or self.app.holds_keys
            waiting = waiting or any(getattr(screen, "gives_way", False) for screen in self.app.screen_stack)
            quiet = 0 if waiting else quiet + 1

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.app.simulate_key(key)
            await self.rest()

    async def write(self, text: str) -> None:
        """Text into the focused field, all at once."""
        assert self.app.screen.focused is not None
        self.app.post_message(Paste(text))
        await self.rest()

    async def click(self, words: str) -> None:
        """Click on the first place where the screen shows these words."""
        for y, line in enumerate(self.lines()):
            if words in line:
                await self.pilot.click(offset=(line.index(words), y))
                await self.rest()
                return
        raise AssertionError(f"not on screen: {words}\n{self.seen}")

    def lines(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def seen(self) -> str:
        return "\n".join(self.lines())

    @property
    def question(self) -> QuestionScreen:
        screen = self.app.screen
        assert isinstance(screen, QuestionScreen), f"{screen}\n{self.seen}"
        return screen

    @property
    def question_below(self) -> QuestionScreen:
        """The questionnaire under the page on screen."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, QuestionScreen))

    @property
    def reading(self) -> ReadingScreen:
        screen = self.app.screen
        assert isinstance(screen, ReadingScreen), f"{screen}\n{self.seen}"
        return screen

    @property
    def panel(self) -> str:
        return self.question.query_one(Panel).text


@asynccontextmanager
async def running(
    size: tuple[int, int] = WIDE,
    dossier: Path | None = None,
    opener: Callable[[], Any] = shipped_reader,
    stamp: Callable[[], Any] | None = None,
    is_workshop: bool = False,
) -> AsyncIterator[Driver]:
    app = ConseilApp(opener, Start(dossier, is_workshop), stamp)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await pilot.pause()
        await driver.rest()
        yield driver


async def begin(driver: Driver, title: str = "") -> None:
    """A new dossier, up to its first question."""
    await driver.press("f2")
    if title:
        await driver.write(title)
    await driver.press("f5")


def at_odds() -> tuple[Is, Is]:
    """Two answers that do not go together, to questions that everybody is asked: of others, one may not apply."""
    logic = shipped_reader().base.logic
    for rule in logic.incoherences:
        parts = rule.never.parts if isinstance(rule.never, AllOf) else ()
        found = [each for each in parts if isinstance(each, Is) and logic.questions[each.question].asked_if is None]
        if len(found) == len(parts) == 2:
            return found[0], found[1]
    raise AssertionError("no such pair")


async def jump(driver: Driver, question: str) -> None:
    """To a question, by the list and its search."""
    await driver.press("f3")
    await driver.write(shipped_reader().base.title("question", question).replace("’", ""))
    await driver.press("enter")
    assert driver.question.state.current == question


async def choose(driver: Driver, row: str) -> None:
    """Put the cursor on a row of the answers, by the arrows."""
    choices = driver.question.query_one("#choices")
    await driver.press("home")
    for _ in range(9):
        if choices.current == row:  # type: ignore[attr-defined]
            return
        await driver.press("down")
    raise AssertionError(row)
