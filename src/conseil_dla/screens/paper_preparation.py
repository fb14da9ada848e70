"""« Préparer les papiers »: the ways that are kept, and part by part what papers need and the reading cannot know.

Every change is handed in at once, and can be taken back as an answer can.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Button

from conseil_dla.ground.french import NBSP, counted
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.in_hand import InHand
from conseil_dla.papers.fields import proposals
from conseil_dla.papers.proposals import method_text, methods
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier, PaperField, Proposal
from conseil_dla.rules.paper_fields import (
    CHOICES,
    LEFT_OUT,
    METHOD_DETAILS,
    METHODS,
    PART_TITLES,
    PaperValue,
    Part,
    rows,
)
from conseil_dla.rules.paper_fields import Row as Cells
from conseil_dla.screens.paper_fields import UNDECIDED, FieldPage, TablePage, choice_text, way_page
from conseil_dla.toolkit.keys import HELP_KEY, RETRACE_KEYS, KeyBar, key
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.sheets import ModalScreen, PageButton
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.help_text import BUTTONS_TOPIC, PREPARE_TOPIC, WAYS_TOPIC

WAYS = "facons"
WAY, FIELD, PART = "facon ", "rubrique ", "partie "
"""What keys of rows begin with; no id holds a space."""
TITLE: Part = "titre"
"""The part that no paper does without."""
AROUND = 12
LEAD = "Gardez, écrivez, laissez de côté : les papiers ne disent rien d’autre de ce qui est proposé."
WAYS_LEAD = "Entrée change le choix. Seules les façons de faire gardées sont écrites dans les papiers."
EMPTY = "vide"
NEXT = {"": "gardee", "gardee": "a_proposer", "a_proposer": "laissee", "laissee": ""}
"""What Entrée makes of a choice."""


class Preparation:
    """What keeps a dossier's papers, and tells what is proposed for them."""

    def __init__(self, hand: InHand) -> None:
        self.hand = hand
        self.base = hand.base

    @property
    def paper(self) -> dict[str, PaperValue]:
        """What is kept."""
        return dict(self.hand.state.beside.paper)

    def keep(self, id: str, value: PaperValue) -> None:
        """Under a field; nothing takes it out."""
        paper = {**self.paper, id: value}
        self.hand.keep_beside(paper=paper if value else {key: kept for key, kept in paper.items() if key != id})

    @property
    def whole(self) -> Whole | None:
        """What proposals are read from; None until the reading is there."""
        reading = self.hand.screen.reading
        return None if reading is None else Whole(self.base, reading, self.hand.dossier)

    def proposed(self, field: PaperField) -> tuple[Proposal, ...]:
        """What a field proposes here."""
        return proposals(self.whole, field.id) if self.whole else ()

    def take(self, field: PaperField) -> None:
        """All that is proposed: beside what a list or a table holds; of a text, the first, where it is empty."""
        kept, proposed = self.paper.get(field.id), self.proposed(field)
        texts, more = [each.text for each in proposed if each.text], [each.row for each in proposed if each.row]
        if field.type == "liste":
            there = [str(text) for text in kept or ()]
            self.keep(field.id, (*there, *(text for text in texts if text not in there)))
        elif field.type == "tableau":
            written, first = rows(kept), field.columns[0].id
            named = {row.get(first) for row in written}
            self.keep(field.id, (*written, *(row for row in more if row.get(first) not in named)))
        elif texts and not kept:
            self.keep(field.id, texts[0])

    @property
    def left_out(self) -> tuple[str, ...]:
        """Parts that no paper prints."""
        return tuple(str(part) for part in self.paper.get(LEFT_OUT, ()))

    def turn_part(self, part: str) -> None:
        """Leave it out, or take it back."""
        out = self.left_out
        self.keep(LEFT_OUT, tuple(each for each in out if each != part) if part in out else (*out, part))

    # --- ways ---

    def ways(self) -> list[tuple[str, str, Cells]]:
        """Each way proposed, or decided of before: its key, its words, what was made of it."""
        decided = {row.get("facon", ""): row for row in rows(self.paper.get(METHODS))}
        proposed = {each.key: each.text for each in methods(self.whole)} if self.whole else {}
        texts = proposed | {way: method_text(self.base, way) for way in decided if way not in proposed}
        return [(way, text, decided.get(way, {})) for way, text in texts.items() if text]

    def keep_way(self, way: str, row: Cells) -> None:
        """Without a choice, nothing is kept of it."""
        others = list(rows(self.paper.get(METHODS)))
        number = next((n for n, each in enumerate(others) if each.get("facon") == way), len(others))
        others[number : number + 1] = [{**row, "facon": way}] if row.get("choix") else []
        self.keep(METHODS, tuple(others))

    def turn_way(self, way: str) -> None:
        """To the next choice; days and dates stay as long as one is made."""
        row = next((row for key, _, row in self.ways() if key == way), {})
        self.keep_way(way, {**row, "choix": NEXT[row.get("choix", "")]})


class PreparationPage(ModalScreen[None]):
    """A list, two buttons. Every change is kept at once."""

    AUTO_FOCUS = "#structures"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f6", "take", "reprendre", "Reprendre tout ce qui est proposé sur cette ligne."),
        key("f9", "undo", "annuler", "Annuler le dernier changement."),
        *RETRACE_KEYS,
        key("escape", "leave", "fermer"),
        HELP_KEY,
    ]
    heading = "Préparer les papiers"
    lead = LEAD

    def __init__(self, preparation: Preparation) -> None:
        super().__init__()
        self._preparation = preparation
        self._base = preparation.base

    def compose(self) -> ComposeResult:
        """The list, and how to leave."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block(self.heading, "title"), Block(self.lead, "quiet"), classes="sheet-title")
            yield Rows(self._rows(), id="structures")
            with Horizontal(classes="buttons"):
                yield PageButton("Fermer", id="close", compact=True)
            yield KeyBar()

    def on_resize(self, event: Resize) -> None:
        """The list takes what the rest leaves."""
        self.query_one("#structures").styles.max_height = max(3, event.size.height - AROUND)

    def renew(self, handed: Dossier, found: Dossier) -> None:
        """What was changed elsewhere."""
        self.show_again()

    def show_again(self, at: str | None = None) -> None:
        """After a change; the cursor stays where it was."""
        listed = self.query_one("#structures", Rows)
        listed.show(self._rows(), at or listed.current)
        self.refresh_bindings()

    def _rows(self) -> Iterable[Row]:
        kept = [row for _, _, row in self._preparation.ways() if row.get("choix") == "gardee"]
        left = [row for _, _, row in self._preparation.ways() if not row.get("choix")]
        told = f"{counted(len(kept), 'gardée')}, {len(left)} {UNDECIDED}"
        yield Row("Façons de faire", WAYS, told, tone="strong")
        for part, title in PART_TITLES.items():
            if fields := [each for each in self._base.fields.values() if each.part == part]:
                yield from self._part(part, title, fields)

    def _part(self, part: Part, title: str, fields: list[PaperField]) -> Iterable[Row]:
        is_out = part in self._preparation.left_out
        yield Row(f"{title}{' (laissé de côté)' if is_out else ''}", tone="header")
        if not is_out:
            for field in fields:
                yield Row(self._base.title("rubrique", field.id), FIELD + field.id, self._told(field))
        if part != TITLE and not all(field.is_own for field in fields):
            words = "Reprendre cette partie" if is_out else "Laisser cette partie de côté"
            yield Row(words, PART + part, tone="quiet")

    def _told(self, field: PaperField) -> str:
        """What is written under a field, or whether something is proposed."""
        value = self._preparation.paper.get(field.id)
        if isinstance(value, str):
            return value.splitlines()[0] if value else EMPTY
        if value:
            return counted(len(value), "texte" if field.type == "liste" else "ligne")
        return "proposition à reprendre" if self._preparation.proposed(field) else EMPTY

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key == WAYS:
            self.app.push_screen(WaysPage(self._preparation), lambda _: self.show_again())
        elif event.key.startswith(PART):
            self._preparation.turn_part(event.key.removeprefix(PART))
            self.show_again()
        else:
            self._write(self._base.fields[event.key.removeprefix(FIELD)])

    def _write(self, field: PaperField) -> None:
        page = TablePage if field.type == "tableau" else FieldPage
        value = self._preparation.paper.get(field.id, "")
        shown = page(self._base, field, value, self._preparation.proposed(field))
        self.app.push_screen(shown, partial(self._written, field.id))

    def _written(self, id: str, value: PaperValue | None) -> None:
        if value is not None:
            self._preparation.keep(id, value)
        self.show_again()

    def help_topic(self) -> Topic:
        """The buttons, or the list."""
        return BUTTONS_TOPIC if isinstance(self.focused, Button) else PREPARE_TOPIC

    def action_take(self) -> None:
        """What is proposed for the field under the cursor is kept; then it can be changed."""
        if (field := self._field) is not None:
            self._preparation.take(field)
            self.show_again()

    @property
    def _field(self) -> PaperField | None:
        """The field under the cursor."""
        current = self.query_one("#structures", Rows).current or ""
        return self._base.fields.get(current.removeprefix(FIELD)) if current.startswith(FIELD) else None

    def action_undo(self) -> None:
        """Take the last change back, of papers or of anything else: it is told."""
        self._retraced(self._preparation.hand.retraced(False))

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self._retraced(self._preparation.hand.retraced(True))

    def _retraced(self, told: str) -> None:
        self.show_again()
        if told:
            self.notify(told, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be taken back, or given again."""
        state = self._preparation.hand.state
        if action == "take":
            return self._field is not None and bool(self._preparation.proposed(self._field))
        return {"undo": state.before, "redo": state.after}.get(action, True) is not None

    @on(Button.Pressed, "#close")
    def _close(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_leave()

    def action_leave(self) -> None:
        """Close: everything is kept already."""
        self.dismiss(None)


class WaysPage(PreparationPage):
    """The ways of going about it that the reading calls for, and what is made of each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f4", "detail", "jours et dates", "Dire combien de fois, combien de jours et quand."),
    ]
    heading = "Façons de faire"
    lead = WAYS_LEAD

    def _rows(self) -> Iterable[Row]:
        for way, text, row in self._preparation.ways():
            more = " · ".join(row[column.id] for column in METHOD_DETAILS if row.get(column.id))
            told = f"{choice_text(row)}{NBSP}; {more}" if more else choice_text(row)
            mark = {"gardee": "[×] ", "a_proposer": "[?] ", "laissee": "[-] "}.get(row.get("choix", ""), "[ ] ")
            yield Row(
                row.get("texte") or text, WAY + way, told, mark, "plain" if row.get("choix") != "laissee" else "quiet"
            )

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        event.prevent_default()
        self._preparation.turn_way(event.key.removeprefix(WAY))
        self.show_again()

    def action_detail(self) -> None:
        """What goes with the way under the cursor; keeping it keeps the way where nothing was decided."""
        current = self.query_one("#structures", Rows).current or ""
        for way, text, row in self._preparation.ways():
            if WAY + way == current:
                self.app.push_screen(way_page(text, row), partial(self._detailed, way))

    def _detailed(self, way: str, row: Cells | None) -> None:
        if row:
            self._preparation.keep_way(way, {"choix": next(iter(CHOICES)), **row})
            self.show_again()

    def help_topic(self) -> Topic:
        """The buttons, or the ways."""
        return BUTTONS_TOPIC if isinstance(self.focused, Button) else WAYS_TOPIC


PREPARE = DossierPage(
    name="prepare",
    key="ctrl+u",
    label="préparer les papiers",
    sentence="Garder des façons de faire, écrire ce que les papiers demandent.",
    writes=lambda hand: hand.app.push_screen(PreparationPage(Preparation(hand))),
    on_reading="listed",
    screen=PreparationPage,
    before_fields=True,
    topic=PREPARE_TOPIC,
    makes_sense=lambda state, reading: reading is not None,
)
