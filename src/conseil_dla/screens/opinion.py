"""« Mon avis »: the format and the place that one keeps, why, and what one accepts. No rule reads it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Button, TextArea

from conseil_dla.ground.french import NBSP
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.rules.model import Base, Opinion
from conseil_dla.screens.new_dossier import share_height
from conseil_dla.toolkit.bars import KeyBar
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.paragraphs import Block, Paragraphs
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.wording.help_text import OPINION_TOPIC, TEXT_TOPICS

NONE = "aucun"
"""Key of the row that keeps nothing."""
CHOICES = {"format": ("Format retenu", "Chercher un format"), "posture": ("Place retenue", "Chercher une place")}


class OpinionPage(KeepingPage[Opinion]):
    """Gives back the new opinion, or None when it is left as it was."""

    draft_name = "votre avis"
    AUTO_FOCUS = "#format"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "garder", "Garder cet avis dans le dossier."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer à l’avis."),
    ]

    def __init__(self, base: Base, opinion: Opinion) -> None:
        super().__init__()
        self._ids = {"format": opinion.format, "posture": opinion.posture}
        self._base = base
        self.before = opinion

    def compose(self) -> ComposeResult:
        """Two choices, two texts, what to do with them."""
        with Vertical(classes="sheet"):
            lead = Block("Ce que vous retenez, quoi que dise la lecture. Elle commencera par là.", "quiet")
            out = Block("Le format et votre pourquoi ouvrent aussi les papiers à transmettre, tels quels.", "quiet")
            yield Paragraphs(Block("Mon avis", "title"), lead, out, classes="sheet-title")
            for kind in CHOICES:
                yield Button(self._label(kind), id=kind, compact=True)
            yield Paragraphs(Block("Pourquoi (facultatif)"), classes="label")
            yield TextArea(self.before.why, tab_behavior="focus", id="why")
            yield Paragraphs(Block("Ce que j’accepte de risquer (facultatif)"), classes="label")
            yield TextArea(self.before.accepts, tab_behavior="focus", id="accepts")
            with Horizontal(classes="buttons"):
                yield Button("Garder", id="keep", compact=True)
                yield Button("Laisser comme avant", id="leave", compact=True)
            yield KeyBar()

    def on_resize(self, event: Resize) -> None:
        """The two texts share what the rest of the page leaves."""
        share_height(self, event.size.height)

    def _label(self, kind: str) -> str:
        id = self._ids[kind]
        kept = self._base.title(kind, id) if id else "à choisir"
        return f"{CHOICES[kind][0]}{NBSP}: {kept}"

    def help_topic(self) -> Topic:
        """What an opinion is, or the text with the focus."""
        return TEXT_TOPICS.get(self.focused.id or "", OPINION_TOPIC) if self.focused else OPINION_TOPIC

    @property
    def given(self) -> Opinion:
        """The opinion; nothing written removes it."""
        texts = [self.query_one(f"#{id}", TextArea).text.strip() for id in ("why", "accepts")]
        return Opinion(self._ids["format"], self._ids["posture"], *texts)

    def _choose(self, kind: str) -> None:
        heading, hint = CHOICES[kind]
        logic = self._base.logic
        ids = logic.formats if kind == "format" else logic.postures
        rows = [Row(self._base.title(kind, id), id) for id in ids]
        rows.append(Row("Rien encore", NONE, tone="quiet"))
        picker = Picker(heading, rows, hint, self._ids[kind] or NONE)
        self.app.push_screen(picker, partial(self._chosen, kind))

    def _chosen(self, kind: str, id: str | None) -> None:
        if id is not None:
            self._ids[kind] = "" if id == NONE else id
            self.query_one(f"#{kind}", Button).label = self._label(kind)

    @on(Button.Pressed, "#format, #posture")
    def _choice_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self._choose(event.button.id or "")
