"""A screen that comes leaves the loop a turn between its two layouts: what waits is not kept waiting for both."""

from __future__ import annotations

import asyncio

import pytest
from textual.screen import Screen

from screens.driving import begin, running


class Journal:
    """Layouts of one screen and beats of a heart, in the order in which they came."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[object] = []
        lay_out = Screen._refresh_layout

        def noted(screen: Screen[object], *given: object, **named: object) -> None:
            self.found.append(screen)
            lay_out(screen, *given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(Screen, "_refresh_layout", noted)

    async def beat(self) -> None:
        while True:
            await asyncio.sleep(0)
            self.found.append("beat")

    def beats_between_layouts(self, screen: Screen[object]) -> int:
        first, second = [n for n, each in enumerate(self.found) if each is screen][:2]
        return self.found[first:second].count("beat")


@pytest.mark.parametrize("keys", [("f1",), ("f2",), ("f3",), ("f6",), ("ctrl+p",)])
async def test_others_have_a_turn_between_the_two_layouts_of_a_screen_that_comes(
    keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(monkeypatch)
    async with running() as driver:
        await begin(driver)
        heart = asyncio.create_task(journal.beat())
        await driver.press(*keys)
        heart.cancel()
        assert journal.beats_between_layouts(driver.app.screen) > 1
