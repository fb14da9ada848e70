"""The table of structures: who is in the group, and the answers that it gives instead of being asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Button, TextArea

from conseil_dla.dossiers.pasted import Pasted, pasted, without_doubles
from conseil_dla.ground.french import NBSP, lowered
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.rules.counting import shown
from conseil_dla.rules.model import Answers, Base, Dossier, Value
from conseil_dla.rules.tables import Structure
from conseil_dla.screens.structure import StructurePage
from conseil_dla.toolkit.bars import KeyBar
from conseil_dla.toolkit.keys import HELP_KEY, key, key_name
from conseil_dla.toolkit.modal_screen import ModalScreen
from conseil_dla.toolkit.page import Page, PageButton, spaced
from conseil_dla.toolkit.paragraphs import Block, Paragraphs
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.wording import pasted_text
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.help_text import NAMES_TOPIC, STRUCTURES_BUTTONS_TOPIC, STRUCTURES_TOPIC
from conseil_dla.wording.pasted_text import doubles, pasted_lines, unrecognised_lines
from conseil_dla.wording.questionnaire import step_text

if TYPE_CHECKING:
    from conseil_dla.interview.questionnaire import Interview

ADD = "add"
ADD_NAMES = "names"
SKIP = "skip"
DOUBLES = "doubles"
PLAIN_LINES = 2
"""What is told of a plain list: more is worth being read before it is added."""
AROUND = 13
"""Lines of the page that are neither the list nor what it answers, with two lines of keys."""
NAMES_LEAD = f"Un nom par ligne{NBSP}; une liste se colle, ou des lignes d’un tableur avec leurs titres."
LEAD = "Ce que vous savez de chacune. Les réponses qui s’y comptent ne vous sont plus demandées."

Answered = tuple[Answers, dict[str, Value]]
"""What the table answers, and what it would answer to questions answered otherwise by hand."""


class Table(Protocol):
    """What keeps the rows of a dossier."""

    base: Base

    @property
    def state(self) -> Interview:
        """The questionnaire that the rows belong to."""

    def table_answers(self) -> Answered:
        """What the rows answer."""

    def keep_structures(self, structures: tuple[Structure, ...]) -> tuple[str, ...]:
        """Keep the rows, or give why their answers cannot go with the others."""

    def let_table_speak(self) -> None:
        """Take back what was answered otherwise by hand."""

    def retraced(self, again: bool) -> str:
        """Take the last change back, or give ``again`` what was."""


class StructureRows(Rows):
    """Entrée opens a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "ouvrir"),
        key("tab", "app.focus_next", "boutons"),
    ]


class StructuresPage(ModalScreen[None]):
    """Every change is handed in at once; one that cannot be kept is told, and nothing changes."""

    AUTO_FOCUS = "#structures"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f9", "undo", "annuler", "Annuler le dernier changement."),
        key("ctrl+z", "undo", "annuler", show=False),
        key("ctrl+y", "redo", "rétablir", "Redonner ce qui vient d’être annulé.", show=False),
        key("escape", "leave", "fermer"),
        HELP_KEY,
    ]

    def __init__(self, table: Table) -> None:
        """``table`` keeps the rows, counts in them, takes changes back."""
        super().__init__()
        self._base = table.base
        self._table = table

    @property
    def _structures(self) -> tuple[Structure, ...]:
        return self._table.state.beside.structures

    def compose(self) -> ComposeResult:
        """The list, what it answers, two buttons."""
        with Vertical(classes="sheet"):
            lead = Block(LEAD, "quiet")
            yield Paragraphs(Block("Le tableau des structures", "title"), lead, classes="sheet-title")
            yield StructureRows(self._rows(), id="structures")
            yield Paragraphs(*self._told(), id="counted")
            with Horizontal(classes="buttons"):
                yield PageButton("Laisser parler le tableau", id="withdraw", compact=True)
                yield PageButton("Fermer", id="close", compact=True)
            yield KeyBar()

    def on_mount(self) -> None:
        """The first button is there only when it would do something."""
        self._show()

    def on_resize(self, event: Resize) -> None:
        """The list takes what the rest leaves."""
        told = self.query_one("#counted", Paragraphs)
        self.query_one("#structures").styles.max_height = max(3, event.size.height - AROUND - told.size.height)

    def renew(self, handed: Dossier, found: Dossier) -> None:
        """The rows that were changed elsewhere."""
        self._show(self.query_one("#structures", Rows).current)

    def _rows(self) -> Iterable[Row]:
        for number, structure in enumerate(self._structures):
            name = structure.name or f"Structure {number + 1} (sans nom)"
            yield Row(name, str(number), self._cells(structure))
        yield Row("Ajouter une structure", ADD, tone="strong")
        yield Row("Ajouter plusieurs noms à la fois", ADD_NAMES, tone="strong")

    def _cells(self, structure: Structure) -> str:
        """What is known of it, in the order of the columns."""
        told = []
        for id, column in self._base.logic.columns.items():
            cell, entry = structure.cells.get(id), self._base.entry("colonne", id)
            if cell is None:
                continue
            value = entry.labels.get(str(cell)) or shown(column, cell)
            told.append(
                value if column.type in ("texte", "choix") else f"{lowered(entry.title)}{NBSP}: {lowered(value)}"
            )
        return " · ".join(told)

    def _told(self) -> list[Block]:
        """The answers that the table gives, and those that it would give."""
        given, otherwise = self._table.table_answers()
        blocks = [Block("Ce que le tableau répond", "quiet")] if given or otherwise else []
        for id, value in given.items():
            blocks.append(
                Block(f"{self._base.title('question', id)}{NBSP}: {lowered(answer_text(self._base, id, value))}")
            )
        for id, value in otherwise.items():
            told = lowered(answer_text(self._base, id, value))
            title = self._base.title("question", id)
            blocks.append(Block(f"{title}{NBSP}: vous avez répondu autre chose, le tableau dirait {told}", mark="! "))
        for told in unrecognised_lines(self._base, self._structures):
            blocks.append(Block(told, mark="! "))
        return blocks

    def _show(self, at: str | None = None) -> None:
        self.query_one("#structures", Rows).show(self._rows(), at)
        self.query_one("#counted", Paragraphs).show(*self._told())
        self.query_one("#withdraw").display = bool(self._table.table_answers()[1])
        self.refresh_bindings()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key == ADD_NAMES:
            self.app.push_screen(NamesPage(self._base, self._structures), self._named)
        elif event.key == ADD:
            self.app.push_screen(StructurePage(self._base, None), self._added)
        else:
            number = int(event.key)
            page = StructurePage(self._base, self._structures[number])
            self.app.push_screen(page, partial(self._changed, number))

    def _added(self, rows: tuple[Structure, ...] | None) -> None:
        if rows:
            self._try((*self._structures, *rows), ADD)

    def _named(self, rows: tuple[Structure, ...] | None) -> None:
        if rows:
            self._try((*self._structures, *rows), "0")

    def _changed(self, number: int, rows: tuple[Structure, ...] | None) -> None:
        if rows is not None:
            self._try((*self._structures[:number], *rows, *self._structures[number + 1 :]), str(number))

    def _try(self, structures: tuple[Structure, ...], at: str) -> None:
        before = self._table.state.beside
        refused = self._table.keep_structures(structures)
        if refused:
            self.notify(" ".join(refused), severity="warning", timeout=12, markup=False)
            return
        self._show(at)
        if len(structures) != len(before.structures):
            told = step_text(before, self._table.state.beside, discreetly=hides_titles(self.app))
            self.notify(f"{told}. {key_name('f9')} annule.", markup=False)

    def action_undo(self) -> None:
        """Take the last change back, of the table or of anything else: it is told."""
        self._retraced(self._table.retraced(False))

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self._retraced(self._table.retraced(True))

    def _retraced(self, told: str) -> None:
        self._show(self.query_one("#structures", Rows).current)
        if told:
            self.notify(told, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be taken back, or given again."""
        match action:
            case "undo":
                return self._table.state.before is not None
            case "redo":
                return self._table.state.after is not None
        return True

    @on(Button.Pressed, "#withdraw")
    def _let_it_speak(self, event: Button.Pressed) -> None:
        event.stop()
        self._table.let_table_speak()
        self._show()
        self.query_one("#structures").focus()

    @on(Button.Pressed, "#close")
    def _close(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_leave()

    def help_topic(self) -> Topic:
        """What the table is."""
        return STRUCTURES_BUTTONS_TOPIC if isinstance(self.focused, Button) else STRUCTURES_TOPIC

    def action_leave(self) -> None:
        """Close: everything is kept already."""
        self.dismiss(None)


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
            with Horizontal(classes="buttons"):
                yield Button("Ajouter", id="keep", compact=True)
                yield Button("Renoncer", id="leave", compact=True)
            yield KeyBar()

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
