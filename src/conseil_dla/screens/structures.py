"""The table of structures: who is in the group, and the answers that it gives instead of being asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Button

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.ground.topic import Topic
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.driver import broken_by, recounted
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.in_hand import InHand
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.counting import differing, shown
from conseil_dla.rules.model import Answers, Dossier, Value
from conseil_dla.rules.tables import Structure
from conseil_dla.rules.truth import questions_read
from conseil_dla.screens.structure_pages import NamesPage, StructurePage
from conseil_dla.toolkit.keys import HELP_KEY, RETRACE_KEYS, KeyBar, key, key_name
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.sheets import ModalScreen, PageButton
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.help_text import STRUCTURES_BUTTONS_TOPIC, STRUCTURES_TOPIC
from conseil_dla.wording.pasted_text import unrecognised_lines
from conseil_dla.wording.questionnaire import step_text

if TYPE_CHECKING:
    from conseil_dla.interview.driver import broken_by, recounted

ADD, ADD_NAMES = "add", "names"
"""Keys of rows."""
AROUND = 13
"""Lines of the page that are neither the list nor what it answers, with two lines of keys."""
LEAD = "Ce que vous savez de chaque structure. Les réponses qui s’y comptent ne vous sont plus demandées."

Answered = tuple[Answers, dict[str, Value]]
"""What the table answers, and what it would answer to questions answered otherwise by hand."""


class DossierTable:
    """What keeps the rows of a dossier, and counts in them: what is known follows every change of either."""

    def __init__(self, hand: InHand) -> None:
        self.hand = hand
        self.base = hand.base

    @property
    def state(self) -> Interview:
        """The questionnaire that the rows belong to."""
        return self.hand.state

    def keep_structures(self, structures: tuple[Structure, ...]) -> tuple[str, ...]:
        """Keep the rows, or give why their answers cannot go with the others."""
        if refused := self._changed(interview.keep_beside(self.state, structures=structures)):
            return ("Ce changement n’est pas gardé.", *refused)
        return ()

    def table_answers(self) -> Answered:
        """What the table answers, and what it would answer to questions answered otherwise by hand."""
        state = self.state
        return state.counted, differing(self.base.logic, state.beside.structures, state.answers, state.declined)

    def let_table_speak(self) -> None:
        """Take back the answers given by hand to questions that the table answers otherwise."""
        _, otherwise = self.table_answers()
        if refused := self._changed(interview.withdraw(self.state, otherwise)):
            self.hand.app.notify(" ".join(refused), severity="warning", timeout=12, markup=False)

    def _changed(self, moved: Interview) -> tuple[str, ...]:
        """Take the state once counted again, or give what stands against it."""
        moved = recounted(self.base.logic, moved)
        if refused := self._refusal(moved):
            return refused
        self.hand.recount(moved)
        return ()

    def _refusal(self, moved: Interview) -> tuple[str, ...]:
        base = self.base
        broken = broken_by(base.logic, self.state, moved)
        culprits: set[str] = set()
        for rule in base.logic.incoherences:
            culprits |= questions_read(rule.never) if rule.id in broken else set()
        reasons = [base.entry("coherence", id) for id in broken]
        told = [sentence(entry.texts.get("parce_que", entry.title)) for entry in reasons]
        if not broken:
            culprits = set(offending(base.logic, moved.known))
            told = ["Avec vos autres réponses, il ne laisse plus aucune situation possible."] if culprits else []
        if not told:
            return ()
        named = [
            f"{quoted(base.title('question', id))}{NBSP}: {lowered(answer_text(base, id, moved.known[id]))}"
            for id in sorted(culprits & moved.known.keys())
        ]
        return (*told, f"À revoir{NBSP}: {listed(named)}.")


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
        *RETRACE_KEYS,
        key("escape", "leave", "fermer"),
        HELP_KEY,
    ]

    def __init__(self, table: DossierTable) -> None:
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
        self._retraced(self._table.hand.retraced(False))

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self._retraced(self._table.hand.retraced(True))

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

    def help_topic(self) -> Topic | None:
        """The buttons."""
        return STRUCTURES_BUTTONS_TOPIC if isinstance(self.focused, Button) else None

    def action_leave(self) -> None:
        """Close: everything is kept already."""
        self.dismiss(None)


STRUCTURES = DossierPage(
    name="structures",
    key="ctrl+g",
    label="tableau des structures",
    sentence="Dire qui est dans le groupe.",
    writes=lambda hand: hand.app.push_screen(StructuresPage(DossierTable(hand))),
    screen=StructuresPage,
    topic=STRUCTURES_TOPIC,
)
