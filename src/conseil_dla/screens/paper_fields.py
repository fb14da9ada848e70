"""What is written for papers, one thing a page: a text, a list, the rows of a table, a way of going about it.

What the reading proposes is picked from a list, then changed at will. Nothing proposed is kept by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Button, Input, TextArea

from conseil_dla.ground.french import NBSP
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.rules.model import Base, PaperField, Proposal
from conseil_dla.rules.paper_fields import CHOICES, METHOD_COLUMNS, PaperColumn, PaperValue, Row
from conseil_dla.screens.structure_pages import CellField
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row as Line
from conseil_dla.toolkit.rows import Rows
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.help_text import BUTTONS_TOPIC, PAPER_FIELD_TOPIC, PAPER_TABLE_TOPIC

CELL = "paper-"
PROPOSED = "Une proposition"
GOES_OUT = "Ce texte part tel quel dans les papiers que vous remettez."
OWN = "Pour vous seul·e : aucun papier remis ne l’écrit."
UNDECIDED = "à décider"
ALL = "tout"
ADD, ADD_PROPOSED = "ajouter", "ajouter les lignes proposées"
AROUND = 14
"""Lines of the page of a table that are not its rows."""


def who_reads(field: PaperField) -> str:
    """Whether what is written there goes out."""
    return OWN if field.is_own else GOES_OUT


class _OneField(KeepingPage[PaperValue]):
    """A page that writes one field: the field, and what it held."""

    def __init__(self, base: Base, field: PaperField, before: PaperValue) -> None:
        super().__init__()
        self._base = base
        self._field = field
        self.draft_item = field.id
        self.before = before


class FieldPage(_OneField):
    """A text, a number, or a list of one text a line. Gives back what is written, empty to take it out."""

    draft_name = "un texte pour les papiers"
    AUTO_FOCUS = "#note"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "garder", "Garder ce texte pour les papiers."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer."),
    ]

    def __init__(self, base: Base, field: PaperField, before: PaperValue, proposed: Sequence[Proposal]) -> None:
        super().__init__(base, field, before)
        self._proposed = [each.text for each in proposed if each.text]

    def compose(self) -> ComposeResult:
        """What it is for, the field, what to do with it."""
        entry = self._base.entry("rubrique", self._field.id)
        written = "\n".join(map(str, self.before)) if isinstance(self.before, tuple) else self.before
        with Vertical(classes="sheet"):
            told = [Block(entry.texts["aide"], "quiet")] if entry.texts.get("aide") else []
            told += [Block("Un texte par ligne.", "quiet")] if self._field.type == "liste" else []
            title = Block(entry.title, "title")
            yield Paragraphs(title, *told, Block(who_reads(self._field), "quiet"), classes="sheet-title")
            if self._field.type == "nombre":
                with Horizontal(classes="cell"):
                    yield Paragraphs(Block(entry.texts.get("unite") or "En chiffres"), classes="cell-label")
                    yield CellField(written, compact=True, id="note")
            else:
                yield TextArea(written, soft_wrap=True, tab_behavior="focus", id="note")
            beside = (Button(PROPOSED, id="proposed", compact=True),) if self._proposed else ()
            yield from self.foot(beside=beside)

    def help_topic(self) -> Topic:
        """The buttons, or what is written."""
        return BUTTONS_TOPIC if isinstance(self.focused, Button) else PAPER_FIELD_TOPIC

    @property
    def _text(self) -> str:
        if self._field.type == "nombre":
            return self.query_one("#note", Input).value.strip()
        return self.query_one("#note", TextArea).text.strip()

    @property
    def given(self) -> PaperValue:
        """What is written."""
        if self._field.type != "liste":
            return self._text
        lines = tuple(line.strip() for line in self._text.splitlines() if line.strip())
        return lines or ""

    @on(Button.Pressed, "#proposed")
    def _propose(self, event: Button.Pressed) -> None:
        event.stop()
        rows = [Line(text, str(self._proposed.index(text))) for text in self._unused]
        if self._field.type == "liste" and len(rows) > 1:
            rows.insert(0, Line("Tout ce qui suit", ALL, tone="strong"))
        self.app.push_screen(Picker("Ce qui est proposé", rows, "Chercher une proposition"), self._take)

    @property
    def _unused(self) -> list[str]:
        """What is proposed and not there yet: a line of a list, a sentence of a text."""
        lines = [line.strip() for line in self._text.splitlines()]
        is_list = self._field.type == "liste"
        return [text for text in self._proposed if text not in (lines if is_list else self._text)]

    def _take(self, number: str | None) -> None:
        if number is None:
            return
        area = self.query_one("#note", TextArea)
        text = "\n".join(self._unused) if number == ALL else self._proposed[int(number)]
        before = area.text.rstrip()
        between = "" if not before else "\n" if self._field.type == "liste" else " "
        area.text = f"{before}{between}{text}"
        area.move_cursor(area.document.end)
        area.focus()


class RowPage(KeepingPage[Row]):
    """A row of a table, or what goes with a way. Gives back its cells; none at all takes the row out."""

    draft_name = "une ligne pour les papiers"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "garder", "Garder cette ligne."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer."),
    ]

    def __init__(self, title: str, lead: str, columns: Sequence[PaperColumn], before: Row, *, is_new: bool) -> None:
        super().__init__()
        self._title, self._lead = title, lead
        self.draft_item = title
        self._columns = columns
        self._is_new = is_new
        self.before = before

    def compose(self) -> ComposeResult:
        """A line for each column."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block(self._title, "title"), Block(self._lead, "quiet"), classes="sheet-title")
            for column in self._columns:
                with Horizontal(classes="cell"):
                    yield Paragraphs(Block(column.title), classes="cell-label")
                    yield CellField(self.before.get(column.id, ""), compact=True, id=CELL + column.id)
            beside = () if self._is_new else (Button("Retirer la ligne", id="remove", compact=True),)
            yield from self.foot(beside=beside)

    def help_topic(self) -> Topic:
        """The buttons, or the table."""
        return BUTTONS_TOPIC if isinstance(self.focused, Button) else PAPER_TABLE_TOPIC

    @property
    def given(self) -> Row:
        """The cells that are filled, and those that have no field here."""
        typed = {column.id: self.query_one(f"#{CELL}{column.id}", Input).value.strip() for column in self._columns}
        kept = {id: text for id, text in self.before.items() if id not in typed}
        return {**kept, **{id: text for id, text in typed.items() if text}}

    @on(Button.Pressed, "#remove")
    def _remove(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss({})


class TablePage(_OneField):
    """The rows of a table. Gives back the rows; none takes the table out."""

    draft_name = "un tableau pour les papiers"
    AUTO_FOCUS = "#structures"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "boutons"),
        key("f5", "keep", "garder", "Garder ce tableau pour les papiers."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer."),
    ]

    def __init__(self, base: Base, field: PaperField, before: PaperValue, proposed: Sequence[Proposal]) -> None:
        super().__init__(base, field, before)
        self._rows: list[Row] = [row for row in before if not isinstance(row, str)]
        self._proposed = [each.row for each in proposed if each.row]

    def compose(self) -> ComposeResult:
        """The rows, what to do with them."""
        entry = self._base.entry("rubrique", self._field.id)
        with Vertical(classes="sheet"):
            told = [Block(text, "quiet") for text in (entry.texts.get("aide", ""), who_reads(self._field)) if text]
            yield Paragraphs(Block(entry.title, "title"), *told, classes="sheet-title")
            yield Rows(self._lines(), id="structures")
            yield from self.foot()

    def on_resize(self, event: Resize) -> None:
        """The rows take what the rest leaves."""
        self.query_one("#structures").styles.max_height = max(3, event.size.height - AROUND)

    def _lines(self) -> list[Line]:
        first = self._field.columns[0].id
        lines = []
        for number, row in enumerate(self._rows):
            rest = " · ".join(row[column.id] for column in self._field.columns[1:] if row.get(column.id))
            lines.append(Line(row.get(first) or f"Ligne {number + 1}", str(number), rest))
        lines.append(Line("Ajouter une ligne", ADD, tone="strong"))
        if self._unused:
            lines.append(Line("Ajouter les lignes proposées", ADD_PROPOSED, f"{len(self._unused)}", tone="strong"))
        return lines

    @property
    def _unused(self) -> list[Row]:
        first = self._field.columns[0].id
        there = {row.get(first) for row in self._rows}
        return [row for row in self._proposed if row.get(first) not in there]

    def help_topic(self) -> Topic:
        """The buttons, or the rows."""
        return BUTTONS_TOPIC if isinstance(self.focused, Button) else PAPER_TABLE_TOPIC

    @property
    def given(self) -> PaperValue:
        """The rows as they stand."""
        return tuple(self._rows) or ""

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key == ADD_PROPOSED:
            self._rows += self._unused
            self._show("0")
            return
        number = len(self._rows) if event.key == ADD else int(event.key)
        is_new = event.key == ADD
        before: Row = {} if is_new else self._rows[number]
        title = self._base.title("rubrique", self._field.id)
        page = RowPage(title, who_reads(self._field), self._field.columns, before, is_new=is_new)
        page.draft_item = f"{self._field.id} {number}"
        self.app.push_screen(page, partial(self._changed, number))

    def _changed(self, number: int, row: Row | None) -> None:
        if row is not None:
            self._rows[number : number + 1] = [row] if row else []
            self._show(ADD if number >= len(self._rows) - 1 else str(number))

    def _show(self, at: str) -> None:
        self.query_one("#structures", Rows).show(self._lines(), at)


def way_page(text: str, row: Row) -> RowPage:
    """How often, how many days and when a way is foreseen: printed with it once it is kept."""
    lead = f"Si vous la gardez, les papiers l’écrivent avec ces précisions. Choix actuel{NBSP}: {choice_text(row)}."
    return RowPage(text, lead, METHOD_COLUMNS[2:], row, is_new=True)


def choice_text(row: Row) -> str:
    """What was decided of a way, in a word or two."""
    told = CHOICES.get(row.get("choix", ""))  # type: ignore[call-overload]
    return told.partition(f"{NBSP}:")[0].partition(" :")[0] if told else UNDECIDED
