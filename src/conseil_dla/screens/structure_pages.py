"""What is written in the table of structures: one of them and what is known of it, or several names at once."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.widgets import Button, Input, TextArea

from conseil_dla.dossiers.pasted import Pasted, pasted, without_doubles
from conseil_dla.ground.french import NBSP
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.choices import UNKNOWN
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.rules.model import Base
from conseil_dla.rules.tables import Cell, Column, Structure
from conseil_dla.toolkit.fields import OneLine
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import Page, spaced
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording import pasted_text
from conseil_dla.wording.help_text import NAMES_TOPIC, cell_topic
from conseil_dla.wording.pasted_text import doubles, pasted_lines
from conseil_dla.wording.questionnaire import UNKNOWN_TEXT

NAME = "name"
CELL = "cell-"
NOT_KNOWN = "à renseigner"
ADD, SKIP, DOUBLES = "add", "skip", "doubles"
"""What can be done with several names."""
PLAIN_LINES = 2
"""What is told of a plain list: more is worth being read before it is added."""
NAMES_LEAD = f"Un nom par ligne{NBSP}; une liste se colle, ou des lignes d’un tableur avec leurs titres."
NAME_HELP = "Son nom paraît dans les papiers, sauf avec --anonyme. Un mot convenu entre vous suffit."


class CellField(OneLine):
    """Entrée goes on to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "app.focus_next", "champ suivant")]


class StructurePage(KeepingPage[tuple[Structure, ...]]):
    """Anything may stay unknown. Gives back the row, alone in a tuple; an empty one when it is taken out; else None."""

    draft_name = "une structure du tableau"
    AUTO_FOCUS = f"#{NAME}"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "garder", "Garder cette structure dans le tableau."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer."),
    ]

    def __init__(self, base: Base, structure: Structure | None) -> None:
        super().__init__()
        self._base = base
        self._is_new = structure is None
        structure = structure or Structure("")
        self.before = (structure,)
        self.draft_item = structure.name
        self._chosen: dict[str, Cell] = dict(structure.cells)

    def compose(self) -> ComposeResult:
        """A line for each thing known of it."""
        with Vertical(classes="sheet"):
            heading = "Une structure de plus" if self._is_new else "Une structure du groupe"
            yield Paragraphs(Block(heading, "title"), classes="sheet-title")
            with Horizontal(classes="cell"):
                yield Paragraphs(Block("Nom"), classes="cell-label")
                yield CellField(self.before[0].name, compact=True, id=NAME)
            for column in self._base.logic.columns.values():
                yield from self._field(column)
            yield Paragraphs(Block(NAME_HELP, "quiet"), id="cell-help")
            beside = () if self._is_new else (Button("Retirer du tableau", id="remove", compact=True),)
            yield from self.foot(beside=beside)

    def _field(self, column: Column) -> ComposeResult:
        id, title = CELL + column.id, self._base.title("colonne", column.id)
        if column.type in ("choix", "oui_non"):
            yield Button(self._label(column), id=id, classes="cell-choice", compact=True)
            return
        known = str(self._chosen.get(column.id, ""))
        with Horizontal(classes="cell"):
            yield Paragraphs(Block(title), classes="cell-label")
            if column.type == "nombre":
                yield CellField(known, restrict="[0-9]{0,6}", compact=True, id=id)
            else:
                yield CellField(known, compact=True, id=id)

    def _label(self, column: Column) -> str:
        entry = self._base.entry("colonne", column.id)
        known = self._chosen.get(column.id)
        return f"{entry.title}{NBSP}: {NOT_KNOWN if known is None else entry.labels[str(known)]}"

    def help_topic(self) -> Topic:
        """What the field with the focus holds."""
        return cell_topic(self._base, (self.focused.id or "").removeprefix(CELL) if self.focused else "")

    @property
    def given(self) -> tuple[Structure, ...]:
        """The row as it stands."""
        cells: dict[str, Cell] = {}
        for id, column in self._base.logic.columns.items():
            if column.type in ("choix", "oui_non"):
                if id in self._chosen:
                    cells[id] = self._chosen[id]
            elif text := self.query_one(f"#{CELL}{id}", Input).value.strip():
                cells[id] = int(text) if column.type == "nombre" else text
        return (Structure(self.query_one(f"#{NAME}", Input).value.strip(), cells),)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The help of the field that has the focus."""
        id = (event.widget.id or "").removeprefix(CELL)
        known = ("colonne", id) in self._base.texts
        told = self._base.entry("colonne", id).texts.get("aide", "") if known else NAME_HELP
        self.query_one("#cell-help", Paragraphs).show(Block(told, "quiet"))

    @on(Button.Pressed, ".cell-choice")
    def _choose(self, event: Button.Pressed) -> None:
        event.stop()
        id = (event.button.id or "").removeprefix(CELL)
        entry = self._base.entry("colonne", id)
        rows = [Row(entry.labels[answer], answer) for answer in self._base.logic.columns[id].answers]
        rows.append(Row(UNKNOWN_TEXT, UNKNOWN, tone="quiet"))
        picker = Picker(entry.title, rows, "Chercher une réponse", str(self._chosen.get(id, UNKNOWN)))
        self.app.push_screen(picker, partial(self._answered, id))

    def _answered(self, id: str, answer: str | None) -> None:
        if answer is None:
            return
        self._chosen = {column: cell for column, cell in self._chosen.items() if column != id}
        if answer != UNKNOWN:
            self._chosen[id] = answer
        self.query_one(f"#{CELL}{id}", Button).label = self._label(self._base.logic.columns[id])

    @on(Button.Pressed, "#remove")
    def _remove(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(())


class NamesPage(KeepingPage[tuple[Structure, ...]]):
    """Names typed or pasted, one a line, or cells of a spreadsheet: what these give is looked at first."""

    draft_name = "des noms de structures"
    AUTO_FOCUS = "#note"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "boutons"),
        key("f5", "keep", "ajouter", "Ajouter une structure pour chaque ligne."),
        key("escape", "leave", "renoncer", "Fermer cette page sans rien ajouter."),
    ]
    before = ()

    def __init__(self, base: Base, there: tuple[Structure, ...]) -> None:
        super().__init__()
        self._base = base
        self._there = there

    def compose(self) -> ComposeResult:
        """A text and two buttons."""
        with Vertical(classes="sheet"):
            lead = Block(NAMES_LEAD, "quiet")
            yield Paragraphs(Block("Plusieurs structures à la fois", "title"), lead, classes="sheet-title")
            yield TextArea(tab_behavior="focus", id="note")
            yield from self.foot("Ajouter", "Renoncer")

    def help_topic(self) -> Topic:
        """How names are typed."""
        return NAMES_TOPIC

    @property
    def given(self) -> tuple[Structure, ...]:
        """The rows, without empty lines."""
        return self._pasted().rows

    def _pasted(self, *, skips_first: bool = False) -> Pasted:
        return pasted(self._base, self.query_one("#note", TextArea).text, skips_first=skips_first)

    def action_keep(self) -> None:
        """Add plain names; of anything else, tell first what it gives."""
        found = self._pasted()
        lines = pasted_lines(self._base, found, self._there)
        if found.is_plain and len(lines) <= PLAIN_LINES:
            self.dismiss(found.rows)
            return
        buttons = [(ADD, pasted_text.ADD)]
        buttons += [] if found.is_titled else [(SKIP, "Ajouter sans la première ligne")]
        buttons += [(DOUBLES, pasted_text.ADD_DOUBLES)] if doubles(found, self._there) else []
        self.app.push_screen(
            Page("Ce qui serait ajouté", spaced(lines), tuple(buttons), close="Revenir à la liste"), self._seen
        )

    def _seen(self, chosen: str | None) -> None:
        if chosen is not None:
            rows = self._pasted(skips_first=chosen == SKIP).rows
            self.dismiss(rows if chosen == DOUBLES else without_doubles(rows, self._there))
