"""A list to search in: every action, every question, every theme of colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Input

from conseil_dla.ground.topic import SEARCHING_TOPIC, Topic
from conseil_dla.toolkit.bars import KeyBar
from conseil_dla.toolkit.keys import HELP_KEY, key
from conseil_dla.toolkit.modal_screen import ModalScreen
from conseil_dla.toolkit.one_line import OneLine
from conseil_dla.toolkit.page import FRAME, is_over_a_stage
from conseil_dla.toolkit.paragraphs import Block, Paragraphs
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.searching import best, matching


class SearchField(OneLine):
    """Typing searches; the arrows move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "screen.move(-1)", "choisir"),
        key("down", "screen.move(1)", "choisir"),
        key("pageup", "screen.page(-1)", "", show=False),
        key("pagedown", "screen.page(1)", "", show=False),
        key("enter", "submit", "ouvrir"),
    ]


class Picker(ModalScreen[str | None]):
    """Gives back the key of the row chosen, or None."""

    AUTO_FOCUS = "SearchField"
    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "fermer"), HELP_KEY]

    def __init__(self, title: str, rows: Iterable[Row], hint: str, at: str | None = None) -> None:
        super().__init__()
        self.heading = title
        self._all = tuple(rows)
        self._hint = hint
        self._at = at

    def compose(self) -> ComposeResult:
        """Title, field, list."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block(self.heading, "title"), classes="sheet-title")
            yield SearchField(placeholder=self._hint, compact=True)
            yield Rows(id="found")
            yield KeyBar()

    def on_mount(self) -> None:
        """Everything is listed at first."""
        self._rows.can_focus = False
        self._rows.show(self._all, self._at)

    def on_resize(self, event: Resize) -> None:
        """The list takes what the rest leaves."""
        self._rows.styles.max_height = max(4, event.size.height - FRAME)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#found", Rows)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        found = matching(self._all, event.value)
        self._rows.show(found, best(found, event.value) if event.value.strip() else self._at)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self._rows.action_choose()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def help_topic(self) -> Topic:
        """How to search."""
        return SEARCHING_TOPIC

    def action_move(self, step: int) -> None:
        """Move in the list."""
        self._rows.action_move(step)

    def action_page(self, direction: int) -> None:
        """Move by a screenful; over a stage of a workshop, at the end, it closes without choosing."""
        rows = self._rows
        before = rows.cursor, rows.scroll_y
        rows.action_page(direction)
        if (rows.cursor, rows.scroll_y) == before and is_over_a_stage(self):
            self.action_leave()

    def action_group(self, direction: int) -> None:
        """To the first row under the next title, or the one before."""
        self._rows.action_group(direction)

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)
