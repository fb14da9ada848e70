"""The least that Textual can show: one text. What it takes is Textual's own share of what the screens take."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = "premier texte"


class Bare(App[None]):
    """One text."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(WORDS)


if __name__ == "__main__":
    Bare().run()
