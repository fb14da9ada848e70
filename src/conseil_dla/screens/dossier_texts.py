"""What one writes of a dossier beside its answers: a note on a question, « Mon avis », the title and the demand.

No rule reads any of it.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Button, TextArea

from conseil_dla.ground.french import NBSP, quoted
from conseil_dla.ground.topic import Topic
from conseil_dla.interview import questionnaire as interview
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.in_hand import InHand
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.rules.model import Base, Opinion
from conseil_dla.screens.new_dossier import Wanted, share_height, text_fields
from conseil_dla.toolkit.fields import TitleField
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.help_text import BUTTONS_TOPIC, NOTE_TOPIC, OPINION_TOPIC, TEXT_TOPICS

NONE = "aucun"
"""Key of the row that keeps nothing."""
CHOICES = {"format": ("Format retenu", "Chercher un format"), "posture": ("Place retenue", "Chercher une place")}


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
            yield from self.foot("Garder la note")

    def help_topic(self) -> Topic | None:
        """The buttons."""
        return BUTTONS_TOPIC if isinstance(self.focused, Button) else None

    @property
    def given(self) -> str:
        """The text; nothing written removes the note."""
        return self.query_one(TextArea).text


def _write_note(hand: InHand) -> None:
    """On the present question."""
    id = hand.state.current
    if id is None:
        return

    def noted(text: str | None) -> None:
        if text is not None:
            hand.step(interview.note(hand.state, id, text))

    libelle = hand.base.entry("question", id).texts["libelle"]
    hand.app.push_screen(NotePage(libelle, hand.state.notes.get(id, "")), noted)


NOTE = DossierPage(
    name="note",
    key="f4",
    label="note",
    sentence="Écrire une note à côté de cette question.",
    writes=_write_note,
    on_question="bar",
    screen=NotePage,
    topic=NOTE_TOPIC,
    makes_sense=lambda state, reading: state.current is not None,
)


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
            out = Block("Les papiers à transmettre écrivent le format et le dernier texte, rien d’autre.", "quiet")
            yield Paragraphs(Block("Mon avis", "title"), lead, out, classes="sheet-title")
            for kind in CHOICES:
                yield Button(self._label(kind), id=kind, compact=True)
            yield Paragraphs(Block("Pourquoi, pour vous seul·e"), classes="label")
            yield TextArea(self.before.why, tab_behavior="focus", id="why")
            yield Paragraphs(Block("Ce que j’accepte de risquer, pour vous seul·e"), classes="label")
            yield TextArea(self.before.accepts, tab_behavior="focus", id="accepts")
            yield Paragraphs(Block("Pour les papiers : ce texte part tel quel"), classes="label")
            yield TextArea(self.before.for_papers, tab_behavior="focus", id="for_papers")
            yield from self.foot()

    def on_resize(self, event: Resize) -> None:
        """The two texts share what the rest of the page leaves."""
        share_height(self, event.size.height)

    def _label(self, kind: str) -> str:
        id = self._ids[kind]
        kept = self._base.title(kind, id) if id else "à choisir"
        return f"{CHOICES[kind][0]}{NBSP}: {kept}"

    def help_topic(self) -> Topic | None:
        """The text with the focus."""
        return TEXT_TOPICS.get(self.focused.id or "") if self.focused else None

    @property
    def given(self) -> Opinion:
        """The opinion; nothing written removes it."""
        texts = [self.query_one(f"#{id}", TextArea).text.strip() for id in ("why", "accepts", "for_papers")]
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


def _write_opinion(hand: InHand) -> None:
    """What one keeps oneself, whatever the reading says."""

    def kept(opinion: Opinion | None) -> None:
        if opinion is not None:
            hand.keep_beside(opinion=opinion)

    hand.app.push_screen(OpinionPage(hand.base, hand.dossier.opinion), kept)


OPINION = DossierPage(
    name="opinion",
    key="ctrl+k",
    label="mon avis",
    sentence="Écrire l’avis que vous retenez.",
    writes=_write_opinion,
    on_reading="bar",
    screen=OpinionPage,
    topic=OPINION_TOPIC,
)


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
            yield from self.foot()

    def on_resize(self, event: Resize) -> None:
        """The two texts share what the rest of the page leaves."""
        share_height(self, event.size.height)

    def help_topic(self) -> Topic | None:
        """The field with the focus."""
        return TEXT_TOPICS.get(self.focused.id or "") if self.focused else None

    @property
    def given(self) -> Wanted:
        """The title and the texts."""
        title = self.query_one(TitleField).value.strip() or self.before.title
        texts = (self.query_one(f"#{id}", TextArea).text.strip() for id in ("demand", "heard"))
        return Wanted(title, *texts)


def _write_texts(hand: InHand) -> None:
    """The title and the two texts that every paper opens with."""

    def kept(wanted: Wanted | None) -> None:
        if wanted is not None:
            hand.keep_beside(title=wanted.title, demand=wanted.demand, heard=wanted.heard)
            hand.screen.show_titles()

    dossier = hand.dossier
    hand.app.push_screen(ProjectTextsPage(Wanted(dossier.title, dossier.demand, dossier.heard)), kept)


TEXTS = DossierPage(
    name="texts",
    key="ctrl+d",
    label="titre et demande",
    sentence="Changer le titre, et les deux textes de la demande.",
    writes=_write_texts,
    screen=ProjectTextsPage,
    topic=BUTTONS_TOPIC,
)
