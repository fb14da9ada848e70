"""A new dossier: a title, and two texts that every paper opens with and that no rule reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, TextArea

from conseil_dla.ground.topic import Topic
from conseil_dla.panes.writing_page import WritingPage
from conseil_dla.toolkit.fields import TitleField
from conseil_dla.toolkit.keys import KeyBar, key
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.help_text import BUTTONS_TOPIC, TEXT_TOPICS
from conseil_dla.wording.questionnaire import DEMAND_LABEL, HEARD_LABEL, TITLE_LABEL, proposed_title

MOST_LINES = 4
"""Lines of each of the two texts, where there is room."""
AROUND = 17
"""Lines of the page that are not the two texts, with two lines of keys."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form gives back."""

    title: str
    demand: str
    heard: str


def text_fields(proposed: str, before: Wanted | None = None) -> ComposeResult:
    """The three fields and their labels; ``proposed`` is the title where none is typed."""
    before = before or Wanted("", "", "")
    yield Paragraphs(Block(TITLE_LABEL), classes="label")
    yield TitleField(before.title, placeholder=proposed, compact=True, id="title")
    yield Paragraphs(Block(DEMAND_LABEL), classes="label")
    yield TextArea(before.demand, tab_behavior="focus", id="demand")
    yield Paragraphs(Block(HEARD_LABEL), classes="label")
    yield TextArea(before.heard, tab_behavior="focus", id="heard")


def share_height(page: Screen[Any], height: int) -> None:
    """The texts share what the rest of a page of some height leaves: a third one has its title too."""
    texts = page.query(TextArea)
    left = height - AROUND - 2 * (len(texts) - 2)
    for text in texts:
        text.styles.height = max(1, min(MOST_LINES, left // len(texts)))


class NewDossierPage(WritingPage[None]):
    """Only the title is needed, and one is proposed. The page stays until the dossier is on disk."""

    draft_name = "un nouveau dossier"
    AUTO_FOCUS = "TitleField"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "begin", "commencer", "Créer le dossier et aller à la première question."),
        key("escape", "leave", "renoncer", "Fermer cette page sans créer de dossier."),
    ]

    class Begin(Message):
        """A dossier is wanted."""

        def __init__(self, page: NewDossierPage, wanted: Wanted) -> None:
            super().__init__()
            self.page = page
            self.wanted = wanted

    def __init__(self) -> None:
        super().__init__()
        self._is_waiting = False

    def compose(self) -> ComposeResult:
        """Three fields, two buttons."""
        self._proposed = proposed_title(datetime.now().astimezone())
        with Vertical(classes="sheet"):
            yield Paragraphs(Block("Nouveau dossier", "title"), classes="sheet-title")
            yield from text_fields(self._proposed)
            with Horizontal(classes="buttons"):
                yield Button("Commencer", id="begin", compact=True)
                yield Button("Renoncer", id="leave", compact=True)
            yield KeyBar()

    def on_resize(self, event: Resize) -> None:
        """The two texts share what the rest of the page leaves."""
        share_height(self, event.size.height)

    def help_topic(self) -> Topic:
        """The field with the focus."""
        return TEXT_TOPICS.get(self.focused.id or "", BUTTONS_TOPIC) if self.focused else BUTTONS_TOPIC

    @property
    def has_typed(self) -> bool:
        """True when one of the fields holds something."""
        return bool(self.query_one(TitleField).value.strip() or any(self._texts))

    @property
    def _texts(self) -> tuple[str, str]:
        return self.query_one("#demand", TextArea).text.strip(), self.query_one("#heard", TextArea).text.strip()

    def action_begin(self) -> None:
        """Ask for the dossier; the page goes when it is there."""
        if self._is_waiting:
            return
        self._is_waiting = True
        title = self.query_one(TitleField).value.strip() or self._proposed
        self.post_message(self.Begin(self, Wanted(title, *self._texts)))

    def refuse(self, notice: Page) -> None:
        """The dossier could not be made: say why, over what was typed."""
        self._is_waiting = False
        self.app.push_screen(notice)

    def action_leave(self) -> None:
        """Create nothing; too late once the dossier is being made."""
        if not self._is_waiting:
            super().action_leave()

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "begin":
            self.action_begin()
        else:
            self.action_leave()
