"""One question at a time, and the reading that moves beside it.

Every move is the pure machine's, made by its driver. Saving and reading go on in workers; a reading older than the last
is thrown away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.progress import progress
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.notice import go_home_unsaved
from conseil_dla.panes.panel import Panel
from conseil_dla.panes.paper_choice import PAPER_KEY, offer_papers
from conseil_dla.panes.question_sheet import TO_LIST, TO_PUT_OFF, TO_READING, QuestionSheet
from conseil_dla.panes.status import StatusLine
from conseil_dla.panes.why import question_page
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Answers, Value
from conseil_dla.screens.questionnaire_kept import KeptQuestionnaire
from conseil_dla.screens.questionnaire_readings import Ahead, Read, Readings
from conseil_dla.screens.questionnaire_search import LIST_KEY, SEARCH_KEYS, THEMES_KEY, FindingScreen
from conseil_dla.screens.reading import TO_OPINION, ReadingScreen
from conseil_dla.toolkit.bars import KeyBar, TitleBar
from conseil_dla.toolkit.keys import key
from conseil_dla.wording.questionnaire import brief_text, progress_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.writer import Writer
    from conseil_dla.reading.compose import Reader


class QuestionScreen(FindingScreen[None], KeptQuestionnaire):
    """The questionnaire on one dossier."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "back", "revenir", "Revenir à la question d’avant."),
        key("escape", "back", "revenir", "Revenir à la question d’avant, ou à l’accueil.", show=False),
        key("right", "forward", "suite", "Aller à la question proposée."),
        key("f2", "why", "pourquoi", "Pourquoi cette question, et d’où elle vient."),
        LIST_KEY,
        *SEARCH_KEYS,
        key("f4", "note", "note", "Écrire une note à côté de cette question."),
        key("f6", "reading", "lecture", "Voir la lecture complète."),
        key("f7", "glance", "aperçu", "Montrer ou cacher la lecture en bref et la boussole."),
        key("tab", "other", "changer l’autre réponse", "Aller à l’autre réponse, pour la changer."),
        key("tab", "focus_panel", "aperçu", "Aller à la lecture en bref et à la boussole."),
        key("f9", "undo", "annuler", "Annuler le dernier changement\u00a0: réponse, note, tableau, titre, avis."),
        key("ctrl+z", "undo", "annuler", show=False),
        key("ctrl+y", "redo", "rétablir", "Redonner ce qui vient d’être annulé.", show=False),
        THEMES_KEY,
        PAPER_KEY,
        key("f8", "home", "accueil", "Revenir à l’accueil.", show=False),
    ]

    def __init__(self, reader: Reader, writer: Writer) -> None:
        super().__init__(reader, writer)
        self.back_to: tuple[str | None, bool] = (None, False)
        """When the dossier is opened again: the question to come back to, and whether to show the whole reading."""
        self._readings = Readings(self, reader, self.driver)

    def compose(self) -> ComposeResult:
        """The question, the panel, a line of state."""
        yield TitleBar(self.shown_title)
        with Horizontal(id="page"):
            yield QuestionSheet(self.reader.base, id="question")
            yield Panel(self.reader.base, id="panel")
        yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """The first reading says which question comes next; begun at once, it would hold the first painting back."""
        self.say_state()
        self.screen_layout_refresh_signal.subscribe(self, self._readings.look_further)
        self.call_after_refresh(self._readings.ask, "start")
        self.unvalidated.look()

    # --- what is shown ---

    @property
    def standing(self) -> interview.Interview:
        """The questionnaire's own."""
        return self.driver.state

    def show_question(self) -> None:
        """With what was ticked or typed there before."""
        self.asking.show(self.reading)
        self.say_state()
        self.refresh_bindings()

    def show_titles(self) -> None:
        """The title, and the note of this question."""
        super().show_titles()
        if self.reading is not None:
            self.asking.sheet.update_below(self.state, self.reading)

    def tell(self, text: str) -> None:
        """Under the answers, or over the panel that hides them."""
        if self.is_at_glance:
            self.notify(text, markup=False)
        else:
            self.asking.sheet.tell(text)

    @property
    def how_far(self) -> tuple[str, str]:
        """L'essentiel, then what is left."""
        if self.reading is None:
            return super().how_far
        now = progress(self.reader.base.logic, self.state, self.reading)
        return progress_text(now), brief_text(now)

    # --- readings ---

    @property
    def _suggested(self) -> str | None:
        """The question that the reading proposes."""
        return self.reading.next_question.question if self.reading and self.reading.next_question else None

    def _next(self, answers: Answers, declined: frozenset[str]) -> str | None:
        """The reading's own, as an ordering for the machine."""
        return self._suggested

    @property
    def is_turning(self) -> bool:
        """True also until the first question is there: what is typed before it is meant for it."""
        return super().is_turning or self._readings.then == "start"

    @property
    def is_moving_on(self) -> bool:
        """True while the next question waits for a reading."""
        return bool(self._readings.then)

    def ask_reading(self, then: str | None = None) -> None:
        """Read the present answers in a worker; ``then`` says what follows, None for what was to follow already."""
        self._readings.ask(self._readings.then if then is None else then)

    @on(Ahead)
    def _show_ahead(self, event: Ahead) -> None:
        """Show it under the reading that it belongs to."""
        if self._readings.is_newest(event):
            self.whole = replace(self.whole, prospects=event.prospects) if self.whole else None
            self.query_one(Panel).show_ahead(event.lines)

    @on(Read)
    def _show_read(self, event: Read) -> None:
        """Show it, unless a newer one was asked for since; then go on if an answer was waiting."""
        if not self._readings.is_newest(event):
            return
        self.whole = Whole(self.reader.base, event.reading)
        self._reads_again = False
        panel = self.query_one(Panel)
        panel.show(event.reading, event.glance)
        self.query_one(StatusLine).say(panel.brief)
        then = self._readings.taken(event.reading)
        if then == "start":
            self.driver.state = interview.start(self.state, self._next)
            if self.back_to[0] in self.reader.base.logic.questions:
                self.driver.state = interview.go_to(self.state, str(self.back_to[0]))
        elif then == "advance":
            self.driver.state = interview.advance(self.state, self._next)
        else:
            self.asking.sheet.update_below(self.state, event.reading)
            self.say_state()
            self.refresh_bindings()
            self.call_after_refresh(self._readings.look_further)
            self.go_on()
            return
        self.show_question()
        self.back_to, (_, opens) = (None, False), self.back_to
        if opens:
            self.action_reading()
        self.go_on()

    # --- answers ---

    @on(Choices.Answered)
    def _answered(self, event: Choices.Answered) -> None:
        event.stop()
        self.answer(event.question, event.value)

    def answer(self, question: str, value: Value | None) -> None:
        """Record an answer to the question on screen, keep it, and go on; another's came too late for it."""
        if self.asking.give(question, value):
            self._readings.ask("advance")
            self.driver.keep()

    # --- keys ---

    def go_to(self, question: str | None) -> None:
        """Show a question, whether or not it is answered."""
        if question is not None:
            self._readings.then = ""
            self.driver.state = interview.go_to(self.state, question)
            self.show_question()

    @on(QuestionSheet.Turned)
    def _turned(self, event: QuestionSheet.Turned) -> None:
        """A row of the last page was chosen."""
        event.stop()
        turns = {TO_READING: self.action_reading, TO_LIST: self.action_list, TO_PUT_OFF: self.action_forward}
        turns.get(event.to, self.action_home)()

    @on(QuestionSheet.Other)
    def _other(self, event: QuestionSheet.Other) -> None:
        event.stop()
        self.go_to(event.question)

    def action_back(self) -> None:
        """To the question seen before; home from the first one."""
        if not self.state.trail:
            self.action_home()
            return
        self._readings.then = ""
        self.driver.state = interview.back(self.state)
        self.show_question()

    def action_forward(self) -> None:
        """To the question that the reading proposes."""
        self.go_to(self._suggested)

    def action_home(self) -> None:
        """Leave for the first screen, once everything is on disk."""
        self.leave(self._go_home, go_home_unsaved)

    def _go_home(self) -> None:
        if self.is_current:
            self.dismiss(None)

    def action_why(self) -> None:
        """Why this question."""
        if self.state.current is not None:
            self.app.push_screen(question_page(self.reader.base, self.state.current))

    def action_reading(self) -> None:
        """The whole reading."""
        if self.whole is not None:
            page = ReadingScreen(self.reader, self.dossier, replace(self.whole, dossier=self.dossier))
            self.app.push_screen(page, lambda to: self.action_opinion() if to == TO_OPINION else self.go_to(to))

    def action_paper(self) -> None:
        """A paper to take away."""
        offer_papers(self, lambda: self.dossier)

    def action_other(self) -> None:
        """To the rows that lead to the other answers of a clash."""
        self.asking.sheet.focus_others()

    def focus_panel(self) -> None:
        """The panel scrolls by keys."""
        self.query_one(Panel).focus()

    def focus_page(self) -> None:
        """One can answer at once."""
        self.asking.sheet.take_focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        match action:
            case "forward":
                return self._suggested not in (None, self.state.current)
            case "why":
                return self.state.current is not None
            case "reading" | "paper":
                return self.reading is not None
            case "glance":
                return self.is_narrow
            case "focus_panel":
                return not self.is_narrow and not self.asking.sheet.offers_others
        return super().check_action(action, parameters)
