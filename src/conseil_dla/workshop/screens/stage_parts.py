"""What a stage is made of: the line under it with its clock, text paged by a remote control, the lines of a reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.style import Style
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.renderables.digits import Digits
from textual.screen import Screen
from textual.widget import Widget

from conseil_dla.ground.french import NBSP
from conseil_dla.reading.values import Reading
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs, Tone
from conseil_dla.wording.lines import Line
from conseil_dla.workshop.playing import Countdown, Playing
from conseil_dla.workshop.screens.hands import HandRows
from conseil_dla.workshop.words.readings import facing, moved_text
from conseil_dla.workshop.words.sentences import VARIANTS, reason_lines

TALL = 40
"""Lines of a screen from which the time is told in large digits."""
DIGITS = 3
"""Lines of large digits."""


class Room(Horizontal):
    """In sight of everybody."""

    def compose(self) -> ComposeResult:
        """Nothing is said yet."""
        yield Paragraphs(id="room-line")
        more = Paragraphs(id="more")
        more.display = False
        yield more
        yield Clock(id="clock")

    @property
    def clock(self) -> Clock:
        """The time."""
        return self.query_one(Clock)

    def tell(self, text: str, tone: Tone = "plain") -> None:
        """Say something."""
        self.query_one("#room-line", Paragraphs).show(Block(text, tone))

    def tell_more(self, told: str) -> None:
        """Say that there is text out of sight, or nothing."""
        more = self.query_one("#more", Paragraphs)
        more.display = bool(told)
        more.show(Block(told, "accent"))


class Clock(Widget):
    """The time that is left for what the room is doing, in sight of everybody; it only tells, and stops nothing.

    « 03:40 »; past the end, « dépassé de 0:20 ». It can be held. ``Digits`` alone are always three lines high.
    """

    DEFAULT_CSS = "Clock { width: auto; height: auto; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.countdown = Countdown(0)

    def on_mount(self) -> None:
        """Once a second is enough to be read."""
        self.set_interval(1, self.refresh)

    def show(self, countdown: Countdown) -> None:
        """Tell another time."""
        self.countdown = countdown
        self.refresh(layout=True)

    def hold(self) -> None:
        """Stop, or go on."""
        self.countdown.hold()
        self.refresh(layout=True)

    @property
    def text(self) -> str:
        """The time in words short enough for a corner; empty where no time is counted."""
        if not self.countdown.seconds:
            return ""
        seconds = round(self.countdown.left)
        minutes, rest = divmod(abs(seconds), 60)
        told = f"dépassé de {minutes}:{rest:02}" if seconds < 0 else f"{minutes:02}:{rest:02}"
        return f"{told} (arrêté)" if self.countdown.is_held else told

    @property
    def is_large(self) -> bool:
        """In digits three lines high, where the screen is that of a hall."""
        return self.app.size.height >= TALL and not self.countdown.is_held

    @property
    def digits(self) -> str:
        """The time without words."""
        minutes, rest = divmod(abs(round(self.countdown.left)), 60)
        return (
            f"{'-' if self.countdown.left < 0 else ''}{minutes:02}:{rest:02}".rjust(6) if self.countdown.seconds else ""
        )

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Wide enough for the longest."""
        if self.is_large:
            return Digits.get_width("-00:00")
        return len("dépassé de 00:00 (arrêté)") if self.countdown.is_held else len("dépassé de 00:00")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, or those of large digits."""
        return DIGITS if self.is_large else 1

    def render(self) -> RenderResult:
        """At the right."""
        if self.is_large:
            return Digits(self.digits, self.rich_style + Style(bold=True))
        style = "bold $accent" if self.countdown.left < 0 else "bold $foreground"
        return Content.styled(self.text.rjust(self.content_size.width, NBSP), style)


# --- text, screenful by screenful -------------------------------------------------------------------------------------


class Scrolling(VerticalScroll, can_focus=False):
    """Text that « page suivante » goes through before it leads on."""

    class Seen(Message):
        """Other lines are in sight, or there are more or fewer of them."""

        def __init__(self, *, is_laid_out: bool) -> None:
            super().__init__()
            self.is_laid_out = is_laid_out
            """There are more or fewer lines, or more or less room for them."""

    def on_mount(self) -> None:
        """Follow what is in sight."""
        self.watch(self, "scroll_y", self._moved, init=False)
        self.watch(self, "virtual_size", self._laid_out, init=False)

    def on_resize(self) -> None:
        """More room, or less."""
        self._laid_out()

    def _moved(self) -> None:
        self.post_message(self.Seen(is_laid_out=False))

    def _laid_out(self) -> None:
        self.post_message(self.Seen(is_laid_out=True))


class Paging:
    """Belongs to one screen, whose options and texts are paged together; the room’s line tells what is out of sight."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._stays_at_end = False
        """Until somebody scrolls: texts are laid out after they are asked for, more than once."""

    def page(self, direction: int) -> bool:
        """A screenful of options, or of text; False at the end. Places are the same in both directions."""
        self._stays_at_end = False
        for rows in self._screen.query(HandRows):
            if is_shown(rows) and rows.page(direction):
                return True
        texts = self._texts
        longest = max(texts, key=lambda text: text.max_scroll_y, default=None)
        if longest is None:
            return False
        to = paged(round(longest.scroll_y), longest.max_scroll_y, longest.size.height - 1, direction)
        if to is None:
            return False
        for text in texts:
            text.scroll_to(y=min(to, text.max_scroll_y), animate=False, immediate=True)
        return True

    def to_end(self) -> None:
        """To the last options, and the last lines."""
        self._stays_at_end = True
        for rows in self._screen.query(HandRows):
            rows.page_to_edge(1)
        for text in self._texts:
            text.scroll_to(y=text.max_scroll_y, animate=False, immediate=True)

    @property
    def _texts(self) -> list[Scrolling]:
        return [text for text in self._screen.query(Scrolling) if is_shown(text)]

    def seen(self, *, is_laid_out: bool) -> None:
        """Other lines are in sight; with ``is_laid_out``, there are more or fewer, or more or less room."""
        if self._stays_at_end and is_laid_out:
            self.to_end()
        self.say_more()

    def say_more(self) -> None:
        """Tell, beside the clock, that there is text below, or else above."""
        texts = self._texts
        below = any(round(text.scroll_y) < text.max_scroll_y for text in texts)
        above = any(round(text.scroll_y) > 0 for text in texts)
        told = "↓ la suite" if below else "↑ le début" if above else ""
        self._screen.query_one(Room).tell_more(told)

    def scroll(self, lines: int) -> None:
        """A line of text, or several."""
        self._stays_at_end = False
        for text in self._texts:
            text.scroll_relative(y=lines, animate=False)


def is_shown(widget: Widget) -> bool:
    """Neither hidden, nor in something hidden."""
    return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))


def paged(at: int, most: int, by: int, direction: int) -> int | None:
    """A screenful further or back, on places counted from the top, so that going back finds the same; None at an end.

    >>> [paged(0, 15, 10, 1), paged(10, 15, 10, 1), paged(15, 15, 10, 1), paged(15, 15, 10, -1), paged(0, 15, 10, -1)]
    [10, 15, None, 10, None]
    """
    by = max(1, by)
    to = (at // by + 1) * by if direction > 0 else (at - 1) // by * by
    return None if (at >= most if direction > 0 else at <= 0) else max(0, min(most, to))


# --- what is read -----------------------------------------------------------------------------------------------------

NOTHING_HERE = "Rien à ce point, avec ces réponses."


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Lines of a reading in large type: one idea apart from the next."""
    blocks: list[Block] = []
    for line in lines or (Line(NOTHING_HERE),):
        if blocks and not line.indent:
            blocks.append(GAP)
        blocks.append(Block(line.text, "plain" if line.indent else "strong", "  " * line.indent))
        blocks += [Block(text, "plain", mark) for side, mark in zip(line.sides or (), ("  + ", "  − "), strict=False)
                   for text in side]  # fmt: skip
    return tuple(blocks)


def moved_blocks(playing: Playing, before: Sequence[Reading], after: Sequence[Reading]) -> tuple[Block, ...]:
    """The sentence for each variant, and the reasons that come or go."""
    blocks: list[Block] = []
    pairs = facing(before, after)
    for name, (was, now) in zip(VARIANTS, pairs, strict=False):
        if len(pairs) > 1:
            blocks += [Block(name, "title")]
        blocks += [Block(moved_text(playing.base, was, now), "strong"), GAP]
        reasons = reason_lines(playing.base, was, now)
        if reasons:
            blocks += [Block("Pourquoi", "quiet"), *(Block(line.text, mark="· ") for line in reasons), GAP]
    return tuple(blocks[:-1])


def moved_page(playing: Playing, title: str, before: Sequence[Reading], after: Sequence[Reading]) -> Page:
    """A sheet over the stage."""
    return Page(title, moved_blocks(playing, before, after))
