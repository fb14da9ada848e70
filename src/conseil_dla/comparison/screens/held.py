"""Between who answered alone and who holds the dossier: a screen that shows nothing of either."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key

from conseil_dla.comparison import alone_text as text
from conseil_dla.toolkit.bars import TitleBar
from conseil_dla.toolkit.modal_screen import ModalScreen
from conseil_dla.toolkit.paragraphs import GAP, Block, Paragraphs


class HeldScreen(ModalScreen[None]):
    """Left by the holder's word alone. Modal, so that no key of the application is in force; its ground is opaque."""

    def __init__(self, path: str) -> None:
        """``path`` is the file of the dossier that it hides."""
        super().__init__()
        self.path = path
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Two sentences, and no bar of keys: there is none to press."""
        yield TitleBar()
        with Vertical(id="held"):
            yield Paragraphs(Block(text.HELD_TITLE, "title"), GAP, Block(text.HELD))

    def on_key(self, event: Key) -> None:
        """The last letters typed are the word, or nothing happens."""
        event.stop()
        event.prevent_default()
        if event.is_printable and event.character:
            self._typed = (self._typed + event.character.casefold())[-len(text.HOLDERS_WORD) :]
            if self._typed == text.HOLDERS_WORD:
                self.dismiss(None)
