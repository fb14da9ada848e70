"""The title of a dossier and its two texts, changed once it is begun. Read by no rule."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Button, TextArea

from conseil_dla.tui.keys import key
from conseil_dla.tui.screens.new_dossier import TitleField, Wanted, share_height, text_fields
from conseil_dla.tui.screens.writing import WritingPage
from conseil_dla.tui.widgets.bars import KeyBar
from conseil_dla.tui.widgets.paragraphs import Block, Paragraphs


class ProjectTextsPage(WritingPage[Wanted]):
    """Gives back the new texts, or None when they are left as they were. A title is never left empty."""

    AUTO_FOCUS = "#demand"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "garder", "Garder ces textes dans le dossier."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer."),
    ]

    def __init__(self, before: Wanted) -> None:
        super().__init__()
        self._before = before

    def compose(self) -> ComposeResult:
        """Three fields, two buttons."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block("Le titre et la demande", "title"), classes="sheet-title")
            yield from text_fields(self._before.title, self._before)
            with Horizontal(classes="buttons"):
                yield Button("Garder", id="keep", compact=True)
                yield Button("Laisser comme avant", id="leave", compact=True)
            yield KeyBar()

    def on_resize(self, event: Resize) -> None:
        """The two texts share what the rest of the page leaves."""
        share_height(self, event.size.height)

    @property
    def wanted(self) -> Wanted:
        """As they stand on the page."""
        title = self.query_one(TitleField).value.strip() or self._before.title
        texts = (self.query_one(f"#{id}", TextArea).text.strip() for id in ("demand", "heard"))
        return Wanted(title, *texts)

    @property
    def has_typed(self) -> bool:
        """True when something differs from what is kept."""
        return self.wanted != self._before

    def action_keep(self) -> None:
        """Keep them."""
        self.dismiss(self.wanted)

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_leave()
