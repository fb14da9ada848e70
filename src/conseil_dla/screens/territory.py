"""The territory profile: what is true of a territory whatever the project, answered once for the dossiers to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from threading import Lock
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.message import Message
from textual.widgets import Button

from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import NBSP, day_text, sentence
from conseil_dla.ground.topic import Topic
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes import shelf
from conseil_dla.panes.asking import Held
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.number_entry import NumberEntry
from conseil_dla.rules.model import Answers, Base, Value
from conseil_dla.rules.truth import incoherences
from conseil_dla.toolkit.keys import HELP_KEY, RETRACE_KEYS, KeyBar, key
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.sheets import FRAME, ModalScreen, PageButton
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.disk_text import PROFILE_UNREADABLE
from conseil_dla.wording.help_text import TERRITORY_TOPIC, question_topic
from conseil_dla.wording.questionnaire import redone_text, undone_text, unvalidated_text

TITLE = "Le profil du territoire"
LEAD = "Répondu une fois, repris par vos nouveaux dossiers. Chacun peut s’en écarter sans rien changer ici."
NOT_SAID = "à renseigner"


class TerritoryRows(Rows):
    """Entrée answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "répondre"),
        key("tab", "app.focus_next", "bouton"),
    ]


class TerritoryPage(ModalScreen[None]):
    """Every answer is kept at once, and may be taken back."""

    AUTO_FOCUS = "#territory"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f9", "undo", "annuler", "Annuler la dernière réponse."),
        *RETRACE_KEYS,
        key("escape", "leave", "fermer"),
        HELP_KEY,
    ]

    class Kept(Message):
        """The profile was written, or why it was not."""

        def __init__(self, failure: str = "") -> None:
            super().__init__()
            self.failure = failure

    def __init__(self, base: Base, answers: Answers, day: str) -> None:
        super().__init__()
        self._base = base
        self._state = Interview(dict(answers))
        self.unvalidated = Held(self, base, self._show, who="territoire")
        self._day = day
        self._turn = Lock()

    @property
    def answers(self) -> Answers:
        """The profile as it stands."""
        return self._state.answers

    def compose(self) -> ComposeResult:
        """Its questions with their answers."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block(TITLE, "title"), Block(LEAD, "quiet"), classes="sheet-title")
            yield TerritoryRows(self._rows(), id="territory")
            yield Paragraphs(Block(self._dated, "quiet"), id="counted")
            with Horizontal(classes="buttons"):
                yield PageButton("Fermer", id="close", compact=True)
            yield KeyBar()

    def on_mount(self) -> None:
        """What was ticked another day and not validated."""
        self.unvalidated.look()

    def _show(self, at: str | None = None) -> None:
        self.query_one("#territory", Rows).show(self._rows(), at or self.query_one("#territory", Rows).current)

    def on_resize(self, event: Resize) -> None:
        """The list takes what the rest leaves."""
        self.query_one("#territory").styles.max_height = max(3, event.size.height - FRAME - 2)

    @property
    def _dated(self) -> str:
        return f"Gardé le {day_text(self._day)}." if self._day else "Rien n’est encore gardé."

    def _rows(self) -> Iterable[Row]:
        for id, question in self._base.logic.questions.items():
            if question.in_profile:
                known = id in self.answers
                told = answer_text(self._base, id, self.answers[id]) if known else NOT_SAID
                if id in self.unvalidated.by_question:
                    told = unvalidated_text(self.unvalidated.by_question[id])
                yield Row(self._base.title("question", id), id, told, mark="● " if known else "  ")

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        page = AnswerPage(self._base, event.key, self.answers.get(event.key), self.unvalidated)
        self.app.push_screen(page, partial(self._answered, event.key))

    def _answered(self, question: str, given: tuple[Value | None] | None) -> None:
        if given is None:
            self._show(question)
            return
        value, state = given[0], self._state
        moved = interview.withdraw(state, [question]) if value is None else interview.answer(state, question, value)
        if broken := incoherences(self._base.logic, moved.answers):
            entry = self._base.entry("coherence", broken[0])
            told = sentence(entry.texts.get("parce_que", entry.title))
            self.notify(f"Cette réponse n’a pas été gardée. {told}", severity="warning", timeout=8, markup=False)
            return
        self.unvalidated.hold(question, None)
        self._change(moved, question)

    def _change(self, moved: Interview, at: str | None) -> None:
        self._state = moved
        self._show(at)
        self.refresh_bindings()
        self.run_worker(self._write, thread=True, group="saving")

    def action_undo(self) -> None:
        """Take the last answer back."""
        self._retrace(interview.undo(self._state), undone_text)

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self._retrace(interview.redo(self._state), redone_text)

    def _retrace(self, moved: Interview, text: Callable[[Base, Interview, Interview], str]) -> None:
        told = text(self._base, self._state, moved)
        self._change(moved, self.query_one("#territory", Rows).current)
        self.notify(told, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be taken back, or given again."""
        match action:
            case "undo":
                return self._state.before is not None
            case "redo":
                return self._state.after is not None
        return True

    def _write(self) -> None:
        try:
            with self._turn:
                self._day = shelf.write_profile(self._base, self.answers)
        except (OSError, ValueError) as error:
            self.post_message(self.Kept(shelf.failure(error)))
        except Unusable:
            self.post_message(self.Kept(PROFILE_UNREADABLE))
        else:
            self.post_message(self.Kept())

    def on_territory_page_kept(self, event: Kept) -> None:
        """Say of which day it now is, or that it is nowhere yet."""
        if event.failure:
            self.notify(f"Profil non enregistré{NBSP}: {event.failure}.", severity="error", markup=False)
        else:
            self.query_one("#counted", Paragraphs).show(Block(self._dated, "quiet"))

    @on(Button.Pressed, "#close")
    def _close(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_leave()

    def help_topic(self) -> Topic:
        """What the profile is."""
        return TERRITORY_TOPIC

    def action_leave(self) -> None:
        """Close: everything is kept already; what waits to be validated is told."""
        if waiting := self.unvalidated.told(None):
            self.app.notify(f"{waiting}, au profil du territoire.", timeout=8, markup=False)
        self.dismiss(None)


class AnswerPage(ModalScreen[tuple[Value | None]]):
    """One question by itself. Gives back its answer, alone in a tuple (None: not known); None when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "back", "laisser comme avant"), HELP_KEY]

    def __init__(self, base: Base, question: str, given: Value | None, unvalidated: Held) -> None:
        super().__init__()
        self._base = base
        self._question = base.logic.questions[question]
        self._entry = base.entry("question", question)
        self._given = given
        self._unvalidated = unvalidated

    def compose(self) -> ComposeResult:
        """The wording, the answers, the help."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block(self._entry.texts["libelle"], "title"), classes="sheet-title")
            yield NumberEntry(id="number-entry") if self._question.type == "nombre" else Choices(id="choices")
            with VerticalScroll(can_focus=False, id="page-text"):
                yield Paragraphs(Block(self._entry.texts.get("aide", ""), "quiet"))
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the answer there is."""
        given, waiting = self._given, self._unvalidated.by_question.get(self._question.id)
        if self._question.type == "nombre":
            number = self.query_one(NumberEntry)
            number.ask(self._question, self._entry, given if isinstance(given, int) else None, False, waiting)
            number.take_focus()
        else:
            choices = self.query_one(Choices)
            choices.ask(self._question, self._entry, given, False, waiting)
            choices.focus()

    @on(Choices.Changed)
    def _changed(self, event: Choices.Changed) -> None:
        event.stop()
        self._unvalidated.hold(event.question, event.value)

    @on(Choices.Answered)
    def _answered(self, event: Choices.Answered) -> None:
        event.stop()
        self.dismiss((event.value,))

    def help_topic(self) -> Topic:
        """How this question is answered."""
        return question_topic(self._base, self._question.id)

    def action_back(self) -> None:
        """Leave it as it was; what is ticked or typed waits."""
        self.dismiss(None)


TERRITORY = DossierPage(
    name="territory",
    key="ctrl+r",
    label="profil du territoire",
    sentence="Garder les réponses sur le territoire, pour les prochains dossiers.",
    writes=lambda hand: hand.profile.keep(hand.dossier.answers),
)
