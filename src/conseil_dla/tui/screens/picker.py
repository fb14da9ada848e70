"""A list to search in: every action, every question, every theme of colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Input

from conseil_dla.tui.behind import ModalScreen
from conseil_dla.tui.keys import key
from conseil_dla.tui.screens.page import FRAME
from conseil_dla.tui.widgets.bars import KeyBar
from conseil_dla.tui.widgets.paragraphs import Block, Paragraphs
from conseil_dla.tui.widgets.rows import Row, Rows

NOTHING = "Rien ne correspond à ces mots."


class SearchField(Input):
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
    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "fermer")]

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
        self._rows.show(found, best(found, event.value))

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self._rows.action_choose()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_move(self, step: int) -> None:
        """Move in the list."""
        self._rows.action_move(step)

    def action_page(self, direction: int) -> None:
        """Move by a screenful."""
        self._rows.action_page(direction)

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)


def matching(rows: tuple[Row, ...], words: str) -> tuple[Row, ...]:
    """Rows that hold every word, accents and case aside, under the titles they belong to."""
    if not folded(words).split():
        return rows
    kept: list[Row] = []
    header: Row | None = None
    for row in rows:
        if row.tone == "header":
            header = row
        elif _holds(f"{row.text} {row.detail} {row.also}", words):
            kept += [header, row] if header else [row]
            header = None
    return tuple(kept) or (Row(NOTHING, tone="quiet"),)


def best(rows: tuple[Row, ...], words: str) -> str | None:
    """The first row that shows the words itself, before those that are found by what they do not show."""
    return next((row.key for row in rows if row.key is not None and words and _holds(row.text, words)), None)


def _holds(text: str, words: str) -> bool:
    there = folded(text)
    return all(word in there for word in folded(words).split())


def folded(text: str) -> str:
    """Lower case, without accents nor apostrophes: as one types in a hurry."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return plain.lower().replace("’", "").replace("'", "")
