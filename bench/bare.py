"""The least that Textual can show: one text. What it takes is Textual's own share of what the screens take.

``python bench/bare.py`` does nothing with keys; with a word more, each key writes another text.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

WORDS = "premier texte"


class Bare(App[None]):
    """One text."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(WORDS)


class Answering(Bare):
    """One text, another at each key."""

    pressed = 0

    def on_key(self, event: Key) -> None:
        """Write how many keys there were."""
        del event
        self.pressed += 1
        self.query_one(Static).update(f"{WORDS} {self.pressed}")


if __name__ == "__main__":
    (Answering if sys.argv[1:] else Bare)().run()
