"""A new dossier: a title, and two texts that every paper opens with and that no rule reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, TextArea

from conseil_dla.tui.keys import key
from conseil_dla.tui.typography import MONTHS
from conseil_dla.tui.widgets.bars import KeyBar
from conseil_dla.tui.widgets.paragraphs import Block, Paragraphs


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form gives back."""

    title: str
    demand: str
    heard: str


class TitleField(Input):
    """Entrée begins at once: the two texts can wait."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "submit", "commencer")]


class NewDossierPage(ModalScreen[Wanted | None]):
    """Only the title is needed, and one is proposed."""

    AUTO_FOCUS = "TitleField"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f5", "begin", "commencer"),
        key("tab", "app.focus_next", "champ suivant"),
        key("escape", "leave", "renoncer"),
    ]

    def compose(self) -> ComposeResult:
        """Three fields, two buttons."""
        now = datetime.now().astimezone()
        self._proposed = f"Projet du {now.day} {MONTHS[now.month - 1]}"
        with Vertical(classes="sheet"):
            yield Paragraphs(Block("Nouveau dossier", "title"), classes="sheet-title")
            yield Paragraphs(Block("Comment l’appeler\u00a0?"), classes="label")
            yield TitleField(placeholder=self._proposed, compact=True, id="title")
            yield Paragraphs(Block("La demande, dans leurs mots (facultatif)"), classes="label")
            yield TextArea(tab_behavior="focus", id="demand")
            yield Paragraphs(Block("Ce que vous entendez derrière (facultatif)"), classes="label")
            yield TextArea(tab_behavior="focus", id="heard")
            with Horizontal(classes="buttons"):
                yield Button("Commencer", id="begin", compact=True)
                yield Button("Renoncer", id="leave", compact=True)
            yield KeyBar()

    def action_begin(self) -> None:
        """Create it."""
        title = self.query_one(TitleField).value.strip() or self._proposed
        demand, heard = (self.query_one(f"#{id}", TextArea).text for id in ("demand", "heard"))
        self.dismiss(Wanted(title, demand, heard))

    def action_leave(self) -> None:
        """Create nothing."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_begin()

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "begin":
            self.action_begin()
        else:
            self.action_leave()
