"""Screens led by a remote control: its two keys go through what there is no room for, screenful by screenful."""

from __future__ import annotations

from typing import Any

from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from conseil_dla.workshop.screens.hands import HandRows
from conseil_dla.workshop.screens.room import Room


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
