"""A page of text over the screen: something to read, then close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Button

from conseil_dla.toolkit.bars import KeyBar
from conseil_dla.toolkit.keys import HELP_KEY, key
from conseil_dla.toolkit.modal_screen import ModalScreen
from conseil_dla.toolkit.paragraphs import GAP, Block, Paragraphs

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
