"""A free note beside a question; no rule reads it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, TextArea

from conseil_dla.ground.french import quoted
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.toolkit.bars import KeyBar
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.paragraphs import Block, Paragraphs
from conseil_dla.wording.help_text import BUTTONS_TOPIC, NOTE_TOPIC


class NotePage(KeepingPage[str]):
    """Gives back the new text, or None when the note is left as it was."""

    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f4", "keep", "garder la note", "Garder la note telle qu’elle est écrite."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer à la note."),
    ]

    def __init__(self, question: str, text: str) -> None:
        super().__init__()
        self._question = self.draft_item = question
        self.draft_name = f"la note de {quoted(question)}"
        self.before = text

    def compose(self) -> ComposeResult:
        """The question, the text, what to do with it."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block("Note pour vous", "title"), Block(self._question, "quiet"), classes="sheet-title")
            yield TextArea(self.before, soft_wrap=True, tab_behavior="focus", id="note")
            with Horizontal(classes="buttons"):
                yield Button("Garder la note", id="keep", compact=True)
                yield Button("Laisser comme avant", id="leave", compact=True)
            yield KeyBar()

    def help_topic(self) -> Topic:
        """What a note is."""
        return BUTTONS_TOPIC if isinstance(self.focused, Button) else NOTE_TOPIC

    @property
    def given(self) -> str:
        """The text; nothing written removes the note."""
        return self.query_one(TextArea).text
