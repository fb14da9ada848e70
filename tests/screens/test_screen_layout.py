from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen

from conseil_dla.panes.choices import Choices
from conseil_dla.panes.panel import Panel
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Base, Entry
from conseil_dla.toolkit.keys import KeyBar
from conseil_dla.toolkit.sheets import Behind
from conseil_dla.toolkit.typography import shortened, wrapped
from screens.driving import NARROW, WIDE, Driver, begin, running
from shipped import shipped_reader

BASE = shipped_reader().base
SIZES = [NARROW, WIDE, (110, 24)]


def outside(driver: Driver) -> list[str]:
    """Visible widgets that cross an edge of the terminal, what scrolls inside a container aside."""
    screen = Region(0, 0, *driver.app.size)
    scrolled = {child for scroll in driver.app.screen.query("VerticalScroll") for child in scroll.walk_children()}
    return [
        f"{widget} {widget.region}"
        for widget in driver.app.screen.query("*")
        if widget.region.area and widget not in scrolled and not screen.contains_region(widget.region)
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_fits(size: tuple[int, int]) -> None:
    async with running(size) as driver:
        assert not outside(driver)
        await driver.press("f2")
        assert not outside(driver)
        assert "Renoncer" in driver.seen
        assert "Échap renoncer" in driver.seen
        await driver.press("f5")
        for keys in (("f1",), ("escape", "f2"), ("escape", "f3"), ("escape", "ctrl+p"), ("escape", "f4")):
            await driver.press(*keys)
            assert not outside(driver)
            assert "Échap" in driver.lines()[driver.app.screen.query_one(KeyBar).region.y]
        await driver.press("escape", "enter", "enter", "f6")
        assert not outside(driver)
        assert driver.app.screen.max_scroll_x == 0


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_answers_and_keys_are_all_in_view(size: tuple[int, int]) -> None:
    async with running(size) as driver:
        await begin(driver)
        for _ in range(6):
            question = driver.question
            if question.query_one(Choices).display:
                for row in question.query_one(Choices).rows:
                    assert row.text in driver.seen
            assert "toutes les actions" in driver.seen
            assert driver.question.query_one(Panel).display is (size == WIDE)
            assert ("place\u00a0: " in driver.seen) is (size == NARROW)
            await driver.press("enter")


async def test_the_longest_words_allowed_fit_at_80_columns() -> None:
    def longest(key: tuple[str, str], entry: Entry) -> Entry:
        if key[0] != "question":
            return entry
        labels = {id: (f"{label} " * 9)[:59] + "." for id, label in entry.labels.items()}
        return replace(
            entry, labels=labels, texts={**entry.texts, "libelle": ("Très longue question " * 9)[:109] + "?"}
        )

    long = replace(BASE, texts={key: longest(key, entry) for key, entry in BASE.texts.items()})

    class Long(Reader):
        base: Base = long

        def __init__(self) -> None:
            self._real = shipped_reader()

        engine = "test"  # type: ignore[assignment]
        unread = ()

        def read(self, *parts):  # type: ignore[no-untyped-def]
            return self._real.read(*parts)

        def prospects(self, reading):  # type: ignore[no-untyped-def]
            return self._real.prospects(reading)

    async with running(NARROW, opener=Long) as driver:
        await begin(driver)
        for row in driver.question.query_one(Choices).rows:
            assert row.text in driver.seen


async def test_the_panel_comes_on_a_key_where_there_is_no_room() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("f7")
        assert driver.question.query_one(Panel).display
        assert "Où cela vous place" in driver.seen
        await driver.press("f7", "enter")
        assert len(driver.question.state.answers) == 1


def test_lines_break_at_ordinary_spaces_only() -> None:
    text = "Que disent-elles vouloir faire\u00a0? «\u00a0rien\u00a0»"
    for width in range(12, 40):
        for line in wrapped(text, width):
            assert cell_len(line) <= width
            assert not line.startswith(("?", "»", "\u00a0"))
    assert wrapped("  deux", 10) == ["  deux"]
    assert wrapped("anticonstitutionnellement", 10) == ["anticonsti", "tutionnell", "ement"]
    assert shortened("un titre trop long", 10) == "un titre…"


async def test_what_stands_behind_a_sheet_is_tinted_as_textual_does() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("f1")
        visible_screen_stack.set([driver.question_below])  # what stands behind, which only a painting has
        found = driver.app.screen.render()
        assert isinstance(found, Behind)
        shown = [segment for strip in found.screen._compositor.render_strips() for segment in strip]
        assert len({segment.style for segment in shown}) > 5
        assert found.screen is driver.question_below
        assert list(found.process_segments(shown, found.color)) == list(
            BackgroundScreen.process_segments(shown, found.color)
        )
