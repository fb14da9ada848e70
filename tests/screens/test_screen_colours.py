"""Four themes that everyone can read: contrasts of every pair, also as painted; and no colour where none is wanted."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import monotonic

import pytest
from rich.palette import Palette
from rich.segment import Segment
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Button, Input

from conseil_dla.ground import settings
from conseil_dla.panes.choices import Choices
from conseil_dla.toolkit.themes import CONTRAST, NO_COLOUR, THEMES, made_for
from screens.driving import NARROW, WIDE, Driver, begin, jump, running
from shipped import shipped_reader

BASE = shipped_reader().base
NAMES = list(THEMES)
INKS = ("foreground", "quiet", "accent", "primary", "warning", "error", "success")
GROUNDS = ("background", "surface", "panel")
PAIRS = [(ink, ground) for ink in INKS for ground in GROUNDS] + [
    ("cursor-text", "cursor-ground"),
    ("line-text", "line-ground"),
    ("focus-text", "focus-ground"),
    ("foreground", "field-ground"),
    ("foreground", "field-focus-ground"),
    ("quiet", "field-ground"),
    ("quiet", "field-focus-ground"),
    ("foreground", "panel-lighten-1"),
    ("input-cursor-foreground", "input-cursor-background"),
]
NAMED_SIXTEEN = [
    (0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170),
    (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255),
    (255, 255, 255),
]  # fmt: skip
"""What Rich takes the sixteen colours for; those of a VGA screen."""
XTERM = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
]  # fmt: skip
"""What xterm paints for them."""


def least(name: str) -> float:
    """The contrast that a theme promises (WCAG 2.2, 1.4.3 and 1.4.6)."""
    return 7.0 if name == CONTRAST.name else 4.5


def luminance(rgb: tuple[int, int, int]) -> float:
    parts = [v / 255 for v in rgb]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: tuple[int, int, int], ground: tuple[int, int, int]) -> float:
    low, high = sorted((luminance(ink), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def pairs(theme: Theme) -> dict[tuple[str, str], tuple[tuple[int, int, int], tuple[int, int, int]]]:
    found = theme.to_color_system().generate() | theme.variables
    return {(ink, ground): (Color.parse(found[ink]).rgb, Color.parse(found[ground]).rgb) for ink, ground in PAIRS}


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", made_for("truecolor"), ids=lambda theme: theme.name)
def test_every_pair_of_colours_can_be_read(theme: Theme) -> None:
    weak = {pair: round(contrast(*seen), 2) for pair, seen in pairs(theme).items()}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least(theme.name)} == {}


@pytest.mark.parametrize("shown", [NAMED_SIXTEEN, XTERM], ids=["vga", "xterm"])
@pytest.mark.parametrize("theme", made_for("standard"), ids=lambda theme: theme.name)
def test_every_pair_can_be_read_with_sixteen_colours(theme: Theme, shown: list[tuple[int, int, int]]) -> None:
    nearest = Palette(NAMED_SIXTEEN).match
    weak = {
        pair: round(contrast(shown[nearest(ink)], shown[nearest(ground)]), 2)
        for pair, (ink, ground) in pairs(theme).items()
    }
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least(theme.name)} == {}


async def every_screen(driver: Driver) -> AsyncIterator[None]:
    """Stops on each screen, and on what can have the focus there."""
    for keys in (
        (), ("down", "down", "enter"), ("escape", "f1"), ("escape", "f2"), ("tab",), ("tab", "tab"),
        ("escape", "ctrl+p"),
    ):  # fmt: skip
        await driver.press(*keys)
        yield
    await driver.press("escape")
    await begin(driver, "Trois compagnies")
    yield
    for keys in (
        ("enter", "enter", "enter"), ("tab",), ("tab",), ("escape", "f2"), ("escape", "f3"), ("escape", "f4"),
        ("escape", "ctrl+k"), ("escape", "ctrl+d"), ("escape", "ctrl+g"), ("end", "up", "enter"), ("tab", "tab"),
        ("escape", "escape", "f6"), ("down", "down"), ("enter",), ("escape", "escape"),
    ):  # fmt: skip
        await driver.press(*keys)
        yield
    for type in ("plusieurs", "nombre"):
        await jump(driver, next(id for id, q in BASE.logic.questions.items() if q.type == type and not q.asked_if))
        await driver.press("space" if type == "plusieurs" else "9")
        yield


def painted(driver: Driver) -> Iterator[tuple[Segment, int]]:
    """Segments of words, and how many cells of their line come before; what a sheet stands over aside."""
    sheet = next(iter(driver.app.screen.query(".sheet")), driver.app.screen).region
    for y, strip in enumerate(driver.app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            if sheet.contains(x, y) and re.search(r"\w", segment.text):
                yield segment, x
            x += segment.cell_length


async def test_every_word_painted_can_be_read() -> None:
    await look_everywhere(WIDE, [CONTRAST.name])


@pytest.mark.lent
@pytest.mark.parametrize(("size", "system"), [(NARROW, "truecolor"), (WIDE, "truecolor"), (WIDE, "standard")])
async def test_every_word_painted_can_be_read_in_every_theme(
    size: tuple[int, int], system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A narrow screen has the same colours in other places: one theme is looked at there."""
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    names = [name for name in NAMES if name != NO_COLOUR.name]
    await look_everywhere(size, names if size == WIDE else names[:1])


async def look_everywhere(size: tuple[int, int], names: list[str]) -> None:
    weak: dict[str, float] = {}
    grounds: dict[str, set[object]] = {name: set() for name in names}
    async with running(size) as driver:
        driver.app.notify("Une nouvelle", severity="warning", timeout=600)
        async for _ in every_screen(driver):
            for name, seen in grounds.items():
                driver.app.theme = name
                await driver.rest()
                for segment, _ in painted(driver):
                    ink, ground = colours(segment)
                    seen.add(ground)
                    if (ratio := contrast(ink, ground)) < least(name):
                        weak[f"{name}: {segment.text.strip()} on {driver.app.screen}"] = round(ratio, 2)
    assert weak == {}
    assert {name for name, seen in grounds.items() if len(seen) < 2} == set(), "a cursor at least is met"


def colours(segment: Segment) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    ink, ground = style.color.triplet, style.bgcolor.triplet
    assert ink is not None
    assert ground is not None
    return ink, ground


async def test_without_colours_attributes_alone_are_painted() -> None:
    async with running(NARROW) as driver:
        driver.app.theme = NO_COLOUR.name
        async for _ in every_screen(driver):
            for strip in driver.app.screen._compositor.render_strips():
                for segment in strip:
                    style = segment.style
                    if style is not None:
                        assert style.color is None, segment
                        assert style.bgcolor is None, segment
                        assert not any((style.dim, style.italic, style.strike, style.blink)), segment


def attributes(driver: Driver, words: str) -> set[str]:
    for strip in driver.app.screen._compositor.render_strips():
        for segment in strip:
            if words in segment.text and segment.style is not None:
                style = segment.style
                return {name for name in ("bold", "underline", "reverse") if getattr(style, name)}
    raise AssertionError(f"not on screen: {words}\n{driver.seen}")


async def test_without_colours_everything_that_a_colour_tells_is_told_otherwise() -> None:
    async with running(WIDE) as driver:
        driver.app.theme = NO_COLOUR.name
        await driver.rest()
        assert attributes(driver, "Nouveau dossier") >= {"reverse"}, "the cursor"
        assert "reverse" not in attributes(driver, "Profil du territoire")
        assert attributes(driver, "Ctrl+P") == {"bold"}, "the bar of keys"
        assert attributes(driver, "toutes les actions") == set()
        await driver.press("f2")
        assert driver.app.screen.query_one(Input).has_focus
        edges = [line[line.index(mark)] for line in driver.lines() for mark in ("▌", "▏") if mark in line]
        assert edges.count("▌") == 1, "the field that has the focus"
        assert edges.count("▏") >= 2, "the others"
        await driver.press("tab", "tab", "tab")
        focused, other = driver.app.screen.query(Button)
        assert focused.has_focus
        assert "reverse" in attributes(driver, str(focused.label))
        assert attributes(driver, str(other.label)) == {"underline"}
        await driver.press("f5")
        for _ in range(8):
            await driver.press("enter")
            if "\n* " in driver.panel:
                break
        assert "\n* " in driver.panel, "what moved is marked"
        await driver.press("tab", "tab")
        assert "reverse" in attributes(driver, "["), "the place chosen on the compass"
        await driver.press("escape")
        await jump(
            driver, next(id for id, q in BASE.logic.questions.items() if q.type == "plusieurs" and not q.asked_if)
        )
        await driver.press("space", "down")
        rows = driver.question.query_one(Choices).rows
        assert [row.mark for row in rows][:2] == ["[×] ", "[ ] "]


async def test_the_palette_offers_four_themes_and_says_which_is_in_use() -> None:
    async with running(WIDE) as driver:
        await driver.press("ctrl+p")
        await driver.write("couleurs")
        shown = [line.split("Couleurs\u00a0: ")[1] for line in driver.lines() if "Couleurs" in line]
        assert [line.split("  ")[0] for line in shown] == [french for _, french in THEMES.values()]
        assert ["en cours" in line for line in shown] == [name == "sombre" for name in NAMES]
        before = driver.app.theme
        await driver.press("down", "down", "escape")
        assert driver.app.theme == before, "nothing is tried out by passing over it"
        for name in NAMES:
            await driver.press("ctrl+p")
            await driver.write(f"couleurs {THEMES[name][1]}")
            await driver.press("enter")
            assert driver.app.theme == name
            inks = {segment.style.color for segment, _ in painted(driver) if segment.style}
            wanted = Color.parse(THEMES[name][0].foreground or "").rich_color
            assert (wanted in inks) is (name != NO_COLOUR.name), "painted at once"


# --- the real program, in a terminal ---

COLOUR = re.compile(rb"\x1b\[(?:[0-9;:]*[;:])?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m")
"""An SGR sequence that names a colour, the default one included."""


def in_a_terminal(*steps: tuple[bytes, str], **variables: str) -> bytes:
    """Everything that the program writes while keys are pressed, each followed by the words to wait for."""
    import pty  # noqa: PLC0415 - POSIX only

    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
    environment |= {"TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80", **variables}
    command = [sys.executable, "-m", "conseil_dla"]
    program = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    written, until = b"", monotonic() + 60
    try:
        for key, words in [(b"", "Profil du territoire"), *steps]:
            os.write(ours, key)
            seen = b""
            while words.encode() not in seen:
                assert monotonic() < until, f"never shown: {words}"
                if select.select([ours], [], [], 1.0)[0]:
                    seen += os.read(ours, 65536)
            written += seen
        os.write(ours, b"\x11")
        while monotonic() < until:
            try:
                written += os.read(ours, 65536)
            except OSError:
                break
        program.wait(20)
    finally:
        program.kill()
        program.wait()
        os.close(ours)
    return written


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal of POSIX")
def test_no_color_is_honoured_by_the_real_program(settings_kept_apart: Path) -> None:
    settings.keep(settings.Settings(theme="clair"))
    written = in_a_terminal(
        (b"\x10", "hercher une action"),
        (b"\x1b", "Profil du territoire"),
        (b"\x1bOQ", "Ce que vous entendez"),
        (b"\x1b", "Profil du territoire"),
        (b"\x0c", "Titres et textes masqués"),
        NO_COLOR="1",
    )
    assert b"Nouveau dossier" in written
    assert re.search(rb"\x1b\[(?:[0-9;]*;)?7m", written), "the cursor is reversed"
    assert COLOUR.findall(written) == []
    assert settings.remembered().theme == "clair", "what was chosen another day stays chosen"


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal of POSIX")
def test_an_empty_no_color_changes_nothing() -> None:
    settings.keep(settings.Settings(theme="clair"))
    written = in_a_terminal(NO_COLOR="", COLORTERM="truecolor")
    ground = "48;2;" + ";".join(str(part) for part in Color.parse(THEMES["clair"][0].background or "").rgb)
    assert ground.encode() in written, "not grey either"
    assert b"\x1b]0;" not in written, "the title of the window is left alone"
    assert b"\x1b]2;" not in written
