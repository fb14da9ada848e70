"""What the questionnaire keeps, and how it is left: answers, notes, texts, the table, and the steps taken back.

What is ticked or typed and not validated is no change yet: it waits. What others changed meanwhile is no step of ours.
Leaving dates the reading of what the file holds.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from conseil_dla.comparison.screens.alone import AloneScreen
from conseil_dla.comparison.screens.respondents import CROSS_KEY, RespondentsScreen
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.driver import Driver, own
from conseil_dla.panes.asking import AskedQuestion
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.notice import LEAVE
from conseil_dla.panes.saving import Question, SavingScreen
from conseil_dla.panes.unvalidated import leaving_page, unvalidated_of
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Dossier
from conseil_dla.screens.note import NotePage
from conseil_dla.screens.questionnaire_table import TABLE_KEY, DossierTable
from conseil_dla.screens.questionnaire_texts import TEXT_KEYS, KeptTexts
from conseil_dla.toolkit.keys import key_name
from conseil_dla.wording.disk_text import JOINED
from conseil_dla.wording.questionnaire import UNTICKED, elsewhere_text, redone_text, undone_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.writer import Writer
    from conseil_dla.reading.compose import Reader


class KeptQuestionnaire(SavingScreen):
    """Owns the driver, and what stands beside the question: each part keeps its own, by the one hand."""

    BINDINGS: ClassVar[list[BindingType]] = [*TEXT_KEYS, TABLE_KEY, CROSS_KEY]

    def __init__(self, reader: Reader, writer: Writer) -> None:
        super().__init__(writer)
        base, self.reader = reader.base, reader
        self.driver = Driver(base.logic, own(base.logic), lambda: self.dossier, self.keep)
        self.asking = AskedQuestion(self, base, self.driver, self._show_found)
        self.unvalidated = self.asking.unvalidated
        self._texts = KeptTexts(self, base, self.driver, partial(self._written, is_read_again=False))
        self._table = DossierTable(self, base, self.driver, self._recounted, self.retraced)
        self._reads_again = False
        """True from a change made elsewhere until its reading."""
        self._is_dating = False
        """True once one wants to leave: a change of rules alone dates nothing."""

    # --- what the screen over it shows and reads ---

    @property
    @abstractmethod
    def reading(self) -> Reading | None:
        """None until it is ready."""

    @property
    @abstractmethod
    def is_moving_on(self) -> bool:
        """True while the next question waits for a reading."""

    @abstractmethod
    def ask_reading(self, then: str | None = None) -> None:
        """Read the present answers in a worker; ``then`` says what follows, None for what was to follow already."""

    @abstractmethod
    def show_question(self) -> None:
        """The present question, or the last page."""

    @abstractmethod
    def go_to(self, question: str | None) -> None:
        """Show a question, whether or not it is answered."""

    @abstractmethod
    def tell(self, text: str) -> None:
        """Say something in one line, until another question is shown."""

    @property
    def state(self) -> interview.Interview:
        """Where the questionnaire stands."""
        return self.driver.state

    @property
    def answer_count(self) -> int:
        """Those that the table answers too."""
        return len(self.state.known)

    @property
    def unvalidated_told(self) -> str:
        """At this question, else elsewhere."""
        return self.unvalidated.told(self.state.current)

    # --- what is written ---

    def _show_found(self) -> None:
        if not self.is_moving_on:
            self.show_question()

    @on(Choices.Changed)
    def _changed(self, event: Choices.Changed) -> None:
        event.stop()
        if not self.is_moving_on and self.asking.ticked(event):
            self.say_state()
            self.refresh_bindings()

    def _written(self, *, is_read_again: bool = True) -> None:
        """Keep it, show it, and read again where an answer changed; else what is being ticked is left alone."""
        self.driver.keep()
        if is_read_again or self.reading is None:
            self.show_question()
            self.ask_reading("")
        else:
            self.asking.sheet.update_below(self.state, self.reading)
            self.refresh_bindings()

    def _recounted(self) -> None:
        """The table changed what is known: keep it, read again; a question that it answers is passed over."""
        self.driver.keep()
        self.show_question()
        self.ask_reading("advance" if self.state.current in self.state.counted else "")

    def retraced(self, again: bool) -> str:
        """Take the last change back, or give ``again`` what was; tells which, empty where there was none."""
        was, moved = self.driver.retrace(again=again)
        base, discreetly = self.reader.base, hides_titles(self.app)
        self._written()
        self.show_titles()
        if was.profile is not None and moved.profile not in (None, was.profile):
            self._texts.change_profile(was.profile, moved.profile)
        if again:
            return redone_text(base, was, moved, discreetly=discreetly)
        told = undone_text(base, was, moved, discreetly=discreetly)
        return told and f"{told} {key_name('ctrl+y')} rétablit."

    def _noted(self, question: str, text: str | None) -> None:
        if text is not None:
            self.driver.state = interview.note(self.state, question, text)
            self._written(is_read_again=False)

    def action_undo(self) -> None:
        """Take the last change back; what is ticked or typed here and not validated goes first."""
        if self.asking.untick():
            self.show_question()
            self.tell(UNTICKED)
        elif told := self.retraced(again=False):
            self.tell(told)

    def action_redo(self) -> None:
        """Give again what was taken back."""
        if told := self.retraced(again=True):
            self.tell(told)

    def action_note(self) -> None:
        """A note on this question."""
        id = self.state.current
        if id is not None:
            libelle = self.reader.base.entry("question", id).texts["libelle"]
            self.app.push_screen(NotePage(libelle, self.state.notes.get(id, "")), partial(self._noted, id))

    def action_opinion(self) -> None:
        """What one keeps oneself."""
        self._texts.write_opinion()

    def action_texts(self) -> None:
        """The title and the demand."""
        self._texts.write_texts()

    def action_territory(self) -> None:
        """The territory profile."""
        self._texts.keep_profile()

    def action_structures(self) -> None:
        """Who is in the group."""
        self._table.open()

    def action_cross(self) -> None:
        """Who answers alone."""
        self.app.push_screen(RespondentsScreen(self.reader, lambda: self.dossier, self.keep))

    # --- what others changed, and leaving ---

    def adopt(self, handed: Dossier, found: Dossier) -> None:
        """The same question stays; it is shown again where its own answer changed.

        What is said of it waits for nobody, and names no question before somebody who answers alone.
        """
        was = self.state
        super().adopt(handed, found)
        self._reads_again = True
        self.driver.adopt(handed, found)
        is_alone = any(isinstance(screen, AloneScreen) for screen in self._above)
        told = JOINED if is_alone else elsewhere_text(self.reader.base, handed, found)
        self.notify(told, timeout=12, markup=False)
        self.show_titles()
        id, now = self.state.current, self.state
        if id is None or (was.known.get(id), id in was.declined) != (now.known.get(id), id in now.declined):
            self.show_question()
        self.ask_reading()

    def leave(self, go: Callable[[], None], question: Question) -> None:
        """Where something waits to be validated, ask first; it is kept whatever is chosen."""
        waiting = unvalidated_of(self.app.screen_stack)
        if not waiting or self._leaving is not None:
            self._date_and_leave(go, question)
            return

        def chosen(what: str | None) -> None:
            if what == LEAVE:
                self._date_and_leave(go, question)
            elif self.is_current:
                self.go_to(next((id for id in self.unvalidated.by_question), None))

        self.app.push_screen(leaving_page(self.reader.base, waiting), chosen)

    def _date_and_leave(self, go: Callable[[], None], question: Question) -> None:
        """Where something was answered here, its reading goes into the journal first."""
        self._is_dating = True
        if self._leaving is None and self._writer.is_settled and self.driver.has_answered:
            self.look()
        super().leave(go, question)

    def is_ready(self) -> bool:
        """Once the reading of what the file holds is in the journal."""
        reading = self.reading
        if not self._is_dating:
            return True
        if self._reads_again:
            return False
        if reading is not None and reading.answers == self.state.known:
            entered = self.driver.entered(reading, date.today())
            if entered is not self.dossier:
                self.keep(entered)
                return False
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be taken back, given again, or noted."""
        match action:
            case "undo" | "redo" | "other":
                return self.asking.can(action)
            case "note":
                return self.state.current is not None
        return super().check_action(action, parameters)
