"""The title of a dossier and its two texts, changed once it is begun. Read by no rule."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Button, TextArea

from conseil_dla.ground.topic import Topic
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.screens.new_dossier import Wanted, share_height, text_fields
from conseil_dla.toolkit.bars import KeyBar
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.paragraphs import Block, Paragraphs
from conseil_dla.toolkit.title_field import TitleField
from conseil_dla.wording.help_text import BUTTONS_TOPIC, TEXT_TOPICS


class ProjectTextsPage(KeepingPage[Wanted]):
    """Gives back the new texts, or None when they are left as they were. A title is never left empty."""

    draft_name = "le titre et la demande"
    AUTO_FOCUS = "TitleField"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "garder", "Garder ces textes dans le dossier."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer."),
    ]

    def __init__(self, before: Wanted) -> None:
        super().__init__()
        self.before = before

    def compose(self) -> ComposeResult:
        """Three fields, two buttons."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block("Le titre et la demande", "title"), classes="sheet-title")
            yield from text_fields(self.before.title, self.before)
            with Horizontal(classes="buttons"):
                yield Button("Garder", id="keep", compact=True)
                yield Button("Laisser comme avant", id="leave", compact=True)
            yield KeyBar()

    def on_resize(self, event: Resize) -> None:
        """The two texts share what the rest of the page leaves."""
        share_height(self, event.size.height)

    def help_topic(self) -> Topic:
        """The field with the focus."""
        return TEXT_TOPICS.get(self.focused.id or "", BUTTONS_TOPIC) if self.focused else BUTTONS_TOPIC

    @property
    def given(self) -> Wanted:
        """The title and the texts."""
        title = self.query_one(TitleField).value.strip() or self.before.title
        texts = (self.query_one(f"#{id}", TextArea).text.strip() for id in ("demand", "heard"))
        return Wanted(title, *texts)
