"""Sheets over a screen that stays visible behind, in a tint; a page of text is one: something to read, then close.

Textual works the tint out for each of a thousand pieces of text, at every painting of the sheet; a screen has some
twenty styles. Keeping them takes a tenth off the opening of a sheet. And a new screen gives others their turn between
its two layouts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Generic, TypeVar

import textual.screen
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.color import Color
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.widgets import Button

from conseil_dla.toolkit.keys import HELP_KEY, KeyBar, key
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs

PAUSE = 0.001
"""Seconds: what is woken in the meantime takes more than one turn of the loop to run."""


class InTurns:
    """A screen that lets others have a turn before it is laid out again.

    A new screen is laid out and painted twice: when it comes, and when it is told its size. Both are in its queue at
    once, so that nothing else runs until both are done: no key is read, no worker heard.
    """

    gives_way = False
    """True while others have their turn: it is at work, though no message waits for it."""

    async def _on_resize(self, event: Resize) -> None:
        """Before Textual’s own of this name, which lays out; pages have an ``on_resize`` of their own beside."""
        self.gives_way = True
        try:
            await asyncio.sleep(PAUSE)
        finally:
            self.gives_way = False


Given = TypeVar("Given")


class ModalScreen(InTurns, textual.screen.ModalScreen[Given], Generic[Given]):
    """As Textual's own, painted sooner."""

    def render(self) -> RenderableType:
        """What is behind, or the plain background."""
        found = super().render()
        return Behind(found.screen, found.color) if isinstance(found, BackgroundScreen) else found


class Behind(BackgroundScreen):
    """A screen in a tint, each style worked out once."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """The segments in their tint, without what a click would do."""
        for segment in segments:
            yield segment if segment.control else Segment(segment.text, _tinted(segment.style or Style(), color))


@lru_cache(1024)
def _tinted(style: Style, color: Color) -> Style:
    (tinted,) = BackgroundScreen.process_segments([Segment(" ", style)], color)
    return tinted.style or style


# --- a page of text ---------------------------------------------------------------------------------------------------

CLOSE = "close"
FRAME = 10
"""Lines of a sheet that are not its scrolling part."""
ROW = 60
"""Columns of a row of buttons on a screen of 80."""
AROUND = 4
"""Columns that a button takes beside its label."""


class PageButton(Button):
    """Entrée presses it."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "press", "valider")]


class Page(ModalScreen[str | None]):
    """A title, paragraphs that scroll, and buttons; gives back the id of the button pressed, None for « Fermer »."""

    AUTO_FOCUS = f"#{CLOSE}"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "next_button", "bouton suivant"),
        key("up", "scroll_text(-1)", "faire défiler"),
        key("down", "scroll_text(1)", "faire défiler"),
        key("pageup", "page_text(-1)", "", show=False),
        key("pagedown", "page_text(1)", "", show=False),
        key("escape", "leave", "fermer"),
        HELP_KEY,
    ]

    def __init__(
        self,
        title: str,
        blocks: tuple[Block, ...] = (),
        buttons: tuple[tuple[str, str], ...] = (),
        *,
        close: str = "Fermer",
    ) -> None:
        """``buttons`` are ids and labels; ``close`` is the last one, which has the focus and chooses nothing."""
        super().__init__()
        self.heading = title
        self.blocks = blocks
        self.buttons = buttons
        self._rows = _rows((*buttons, (CLOSE, close)))

    def compose(self) -> ComposeResult:
        """A frame in the middle."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block(self.heading, "title"), classes="sheet-title")
            with VerticalScroll(id="page-text", can_focus=False) as text:
                # Known before the first layout: set by the first resize alone, the page would be laid out twice.
                text.styles.max_height = _room(self.app.size.height, self._rows)
                yield Paragraphs(*self.blocks, id="page-blocks")
            for row in self._rows:
                with Horizontal(classes="buttons"):
                    for id, label in row:
                        yield PageButton(label, id=id, compact=True)
            yield KeyBar()

    def on_resize(self, event: Resize) -> None:
        """The text takes what the frame, the title, the buttons and the keys leave."""
        self.query_one("#page-text").styles.max_height = _room(event.size.height, self._rows)

    def show(self, blocks: tuple[Block, ...]) -> None:
        """Replace the paragraphs."""
        self.blocks = blocks
        if self.is_mounted:
            self.query_one("#page-blocks", Paragraphs).show(*blocks)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going from button to button is offered only when there are several."""
        return bool(self.buttons) if action == "next_button" else True

    def action_next_button(self) -> None:
        """From button to button."""
        self.focus_next(PageButton)

    def action_scroll_text(self, lines: int) -> None:
        """A line of text."""
        self.query_one("#page-text", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page_text(self, direction: int) -> None:
        """A screenful of text; over a stage of a workshop, at the end, it closes: a remote control has no other key."""
        text = self.query_one("#page-text", VerticalScroll)
        before = text.scroll_y
        text.scroll_relative(y=direction * max(1, text.size.height - 1), animate=False, immediate=True)
        if text.scroll_y == before and is_over_a_stage(self):
            self.action_leave()

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(None if event.button.id == CLOSE else event.button.id)


def is_over_a_stage(screen: Screen[Any]) -> bool:
    """It was opened over a screen that is led by a remote control."""
    stack = screen.app.screen_stack
    return any(getattr(each, "takes_remote", False) for each in stack[: stack.index(screen)])


def _room(height: int, rows: Sequence[object]) -> int:
    """Lines of text on a screen of some height, above so many rows of buttons."""
    return max(4, height - FRAME - 2 * (len(rows) - 1))


def _rows(buttons: Iterable[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """As many buttons on one row as the narrowest screen shows whole."""
    rows: list[list[tuple[str, str]]] = [[]]
    for button in buttons:
        if rows[-1] and sum(len(label) + AROUND for _, label in (*rows[-1], button)) > ROW:
            rows.append([])
        rows[-1].append(button)
    return rows


def spaced(paragraphs: tuple[str, ...]) -> tuple[Block, ...]:
    """Paragraphs with an empty line between them."""
    blocks: list[Block] = []
    for paragraph in paragraphs:
        blocks += [GAP, Block(paragraph)] if blocks else [Block(paragraph)]
    return tuple(blocks)
