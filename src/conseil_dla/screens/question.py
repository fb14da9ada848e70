"""One question at a time, and the reading that moves beside it.

Every move is the pure machine's, made by its driver. Saving and reading go on in workers; a reading older than the last
is thrown away. What the screen is made of is owned: the dossier in hand, its saving, the question asked, the readings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from conseil_dla.ground.french import counted
from conseil_dla.interview import questionnaire as interview
from conseil_dla.panes.asking import AskedQuestion
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.comfort import as_shown
from conseil_dla.panes.dossier_page import PREFIX, DossierPage
from conseil_dla.panes.in_hand import InHand
from conseil_dla.panes.notice import go_home_unsaved
from conseil_dla.panes.panel import Panel, StatusLine
from conseil_dla.panes.question_sheet import TO_LIST, TO_PUT_OFF, TO_READING, QuestionSheet
from conseil_dla.panes.saving import Saving
from conseil_dla.panes.why import question_page
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier, Value
from conseil_dla.screens.dossier_pages import keys_on
from conseil_dla.screens.finding import LIST_KEY, SEARCH_KEYS, THEMES_KEY, FindingScreen
from conseil_dla.screens.questionnaire_readings import Readings
from conseil_dla.screens.reading import ReadingScreen
from conseil_dla.toolkit.keys import RETRACE_KEYS, KeyBar, TitleBar, key
from conseil_dla.wording.glance import Glance
from conseil_dla.wording.questionnaire import UNTICKED, brief_text, progress_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.writer import Writer
    from conseil_dla.reading.compose import Reader


class QuestionScreen(FindingScreen[None]):
    """The questionnaire on one dossier."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "back", "revenir", "Revenir à la question d’avant."),
        key("escape", "back", "revenir", "Revenir à la question d’avant, ou à l’accueil.", show=False),
        key("right", "forward", "suite", "Aller à la question proposée."),
        key("f2", "why", "pourquoi", "Pourquoi cette question, et d’où elle vient."),
        LIST_KEY,
        *SEARCH_KEYS,
        *keys_on("question"),
        key("f6", "reading", "lecture", "Voir la lecture complète."),
        key("f7", "glance", "aperçu", "Montrer ou cacher la lecture en bref et la boussole."),
        key("tab", "other", "changer l’autre réponse", "Aller à l’autre réponse, pour la changer."),
        key("tab", "focus_panel", "aperçu", "Aller à la lecture en bref et à la boussole."),
        key("f9", "undo", "annuler", "Annuler le dernier changement\u00a0: réponse, note, tableau, titre, avis."),
        *RETRACE_KEYS,
        THEMES_KEY,
        key("f8", "home", "accueil", "Revenir à l’accueil.", show=False),
    ]

    def __init__(self, reader: Reader, writer: Writer) -> None:
        super().__init__()
        self.reader = reader
        self.saving = Saving(self, writer, self.say_state)
        self.hand = InHand(self, reader, self.saving)
        self.driver = self.hand.driver
        self.asking = AskedQuestion(self, reader.base, self.driver, self._show_found)
        self.unvalidated = self.asking.unvalidated
        self.back_to: tuple[str | None, bool] = (None, False)
        """When the dossier is opened again: the question to come back to, and whether to show the whole reading."""
        self._readings = Readings(self, reader, self.driver, self._show_reading, self._proved, self._show_ahead)

    def compose(self) -> ComposeResult:
        """The question, the panel, a line of state."""
        yield TitleBar(as_shown(self.app, self.dossier).title)
        with Horizontal(id="page"):
            yield QuestionSheet(self.reader.base, id="question")
            yield Panel(self.reader.base, id="panel")
        yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """The first reading says which question comes next; begun at once, it would hold the first painting back."""
        self.saving.begin()
        self.say_state()
        self.screen_layout_refresh_signal.subscribe(self, self._readings.look_further)
        self.call_after_refresh(self._readings.ask, "start")
        self.unvalidated.look()

    def on_screen_resume(self) -> None:
        """Nothing is typed over this screen any more."""
        self.saving.adopt_found()

    @property
    def file_in_hand(self) -> str:
        """What is typed on a page over this screen is for that file."""
        return self.dossier.path

    @property
    def dossier(self) -> Dossier:
        """As it stands."""
        return self.saving.dossier

    @property
    def state(self) -> interview.Interview:
        """Where the questionnaire stands."""
        return self.driver.state

    standing = state

    # --- what is shown ---

    def show_question(self) -> None:
        """With what was ticked or typed there before."""
        self.asking.show(self.reading)
        self.say_state()
        self.refresh_bindings()

    def show_titles(self) -> None:
        """The title, and the note of this question."""
        self.query_one(TitleBar).rename(as_shown(self.app, self.dossier).title)
        self.show_below()

    def show_below(self) -> None:
        """What stands under its answers, these being left alone."""
        if self.reading is not None:
            self.asking.sheet.update_below(self.state, self.reading)
        self.refresh_bindings()

    def _show_found(self) -> None:
        if not self.is_moving_on:
            self.show_question()

    def tell(self, text: str) -> None:
        """Under the answers, or over the panel that hides them."""
        if self.is_at_glance:
            self.notify(text, markup=False)
        else:
            self.asking.sheet.tell(text)

    def say_state(self) -> None:
        """How far the dossier is, and whether it is on disk; else what waits to be validated, here or elsewhere."""
        words = brief = counted(len(self.state.known), "réponse")
        if self.reading is not None:
            now = interview.progress(self.reader.base.logic, self.state, self.reading)
            words, brief = progress_text(now), brief_text(now)
        waits = "" if self.saving.has_failed else self.unvalidated.told(self.state.current)
        self.query_one(TitleBar).say(f"{words} · {waits or self.saving.told}", waits or f"{brief} · {self.saving.told}")

    # --- readings ---

    def _next(self, *known: object) -> str | None:
        """The question that the reading proposes, as an ordering for the machine."""
        return self.driver.proposed(self.reading)

    @property
    def is_turning(self) -> bool:
        """True while leaving waits for the disk, and until the first question is there: what is typed is for it."""
        return self.saving.is_leaving or self._readings.then == "start"

    @property
    def is_moving_on(self) -> bool:
        """True while the next question waits for a reading."""
        return bool(self._readings.then)

    def ask_reading(self, then: str | None = None) -> None:
        """Read the present answers in a worker; ``then`` says what follows, None for what was to follow already."""
        self._readings.ask(self._readings.then if then is None else then)

    def _proved(self, reading: Reading) -> None:
        self.whole = replace(self.whole, reading=reading) if self.whole else None
        self.show_below()
        self.say_state()

    def _show_ahead(self, prospects: Prospects, lines: tuple[str, ...]) -> None:
        self.whole = replace(self.whole, prospects=prospects) if self.whole else None
        self.query_one(Panel).show_ahead(lines)

    def _show_reading(self, reading: Reading, glance: Glance) -> None:
        """Show it, then go on if an answer was waiting."""
        self.whole = Whole(self.reader.base, reading)
        self.hand.is_read()
        panel = self.query_one(Panel)
        panel.show(reading, glance)
        self.query_one(StatusLine).say(panel.brief)
        if then := self._readings.taken(reading):
            move = interview.start if then == "start" else interview.advance
            self.driver.state = move(self.state, self._next)
            if then == "start" and self.back_to[0] in self.reader.base.logic.questions:
                self.driver.state = interview.go_to(self.state, str(self.back_to[0]))
            self.show_question()
            self.back_to, (_, opens) = (None, False), self.back_to
            if opens:
                self.action_reading()
        else:
            self.show_below()
            self.say_state()
            self.call_after_refresh(self._readings.look_further)
        self.saving.go_on()

    # --- answers ---

    @on(Choices.Changed)
    def _changed(self, event: Choices.Changed) -> None:
        event.stop()
        if not self.is_moving_on and self.asking.ticked(event):
            self.say_state()
            self.refresh_bindings()

    @on(Choices.Answered)
    def _answered(self, event: Choices.Answered) -> None:
        event.stop()
        self.answer(event.question, event.value)

    def answer(self, question: str, value: Value | None) -> None:
        """Record an answer to the question on screen, keep it, and go on; another's came too late for it."""
        if self.asking.give(question, value):
            self._readings.ask("advance")
            self.driver.keep()

    def action_undo(self) -> None:
        """Take the last change back; what is ticked or typed here and not validated goes first."""
        if self.asking.untick():
            self.show_question()
            self.tell(UNTICKED)
        elif told := self.hand.retraced(again=False):
            self.tell(told)

    def action_redo(self) -> None:
        """Give again what was taken back."""
        if told := self.hand.retraced(again=True):
            self.tell(told)

    # --- keys ---

    def write_on(self, page: DossierPage) -> None:
        """Over the question; what it keeps is a step of this questionnaire."""
        if page.writes is not None:
            page.writes(self.hand)

    def go_to(self, question: str | None) -> None:
        """Show a question, whether or not it is answered."""
        if question is not None:
            self._go(interview.go_to(self.state, question))

    def _go(self, state: interview.Interview) -> None:
        self._readings.then = ""
        self.driver.state = state
        self.show_question()

    @on(QuestionSheet.Turned)
    def _turned(self, event: QuestionSheet.Turned) -> None:
        event.stop()
        turns = {TO_READING: self.action_reading, TO_LIST: self.action_list, TO_PUT_OFF: self.action_forward}
        turns.get(event.to, self.action_home)()

    @on(QuestionSheet.Other)
    def _other(self, event: QuestionSheet.Other) -> None:
        event.stop()
        self.go_to(event.question)

    def action_back(self) -> None:
        """To the question seen before; home from the first one."""
        if self.state.trail:
            self._go(interview.back(self.state))
        else:
            self.action_home()

    def action_forward(self) -> None:
        """To the question that the reading proposes."""
        self.go_to(self._next())

    def action_home(self) -> None:
        """Leave for the first screen, once everything is on disk."""
        self.hand.leave(self._go_home, go_home_unsaved)

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
            self.app.push_screen(page, self._back_from_reading)

    def _back_from_reading(self, to: str | None) -> None:
        """Back from the reading: to a question, or to a page that was wanted there."""
        if to is not None and to.startswith(PREFIX):
            self.action_open_page(to.removeprefix(PREFIX))
        else:
            self.go_to(to)

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
                return self._next() not in (None, self.state.current)
            case "why":
                return self.state.current is not None
            case "reading":
                return self.reading is not None
            case "undo" | "redo" | "other":
                return self.asking.can(action)
            case "focus_panel" if self.asking.sheet.offers_others:
                return False
        return super().check_action(action, parameters)
