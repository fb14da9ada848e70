"""The lines of a reading as rows: what Entrée does on each, and what stays folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from textual.binding import BindingType

from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording.lines import Line

What = Literal["why", "unfold", "read", "write", ""]
"""What Entrée does on a line: say why, show what is folded, read the experience, write one's opinion."""


def what_of(line: Line | None, *, is_read_only: bool) -> What:
    """What the line under the cursor has to give."""
    if line is None:
        return ""
    if line.folded:
        return "unfold"
    if line.case:
        return "read"
    if line.writes_opinion:
        return "" if is_read_only else "write"
    return "why" if line.target or line.question else ""


class ReadingRows(Rows):
    """Entrée says why, or does what else the line under the cursor is there for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "why", "pourquoi", "Pourquoi cette ligne."),
        key("enter", "unfold", "déplier", "Montrer ce que cette ligne résume."),
        key("enter", "read", "lire cette expérience", "Ouvrir la lecture de cette expérience."),
        key("enter", "write", "écrire", "Écrire l’avis que vous retenez."),
    ]
    what: What = ""
    """What choosing the line under the cursor does."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the line has."""
        return action == self.what if action in ("why", "unfold", "read", "write", "choose") else True

    def action_choose(self) -> None:
        """A click on a line that has nothing more to say only puts the cursor there."""
        if self.what:
            super().action_choose()

    action_why = action_unfold = action_read = action_write = action_choose


def unfolded(lines: Iterable[Line], opened: set[Line]) -> Iterator[Line]:
    """The lines, those that were unfolded giving what they stand for."""
    for line in lines:
        yield from line.folded if line in opened else (line,)
