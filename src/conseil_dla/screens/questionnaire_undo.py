"""A questionnaire whose last changes are taken back, and given again: answers, notes and what is kept beside them.

What is ticked or typed and not validated is no change yet: it waits. What others changed meanwhile is no step of ours.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from conseil_dla.interview import questionnaire as interview
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.notice import LEAVE
from conseil_dla.panes.saving import Question
from conseil_dla.panes.unvalidated import Held, leaving_page, unvalidated_of
from conseil_dla.rules.model import Dossier
from conseil_dla.screens.note import NotePage
from conseil_dla.screens.questionnaire_respondents import CrossingScreen
from conseil_dla.toolkit.keys import key_name
from conseil_dla.wording.questionnaire import UNTICKED
from conseil_dla.wording.retracing import redone_text, undone_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.writer import Writer
    from conseil_dla.reading.compose import Reader


class RetracingScreen(CrossingScreen):
    """Says in one line what was taken back or given again."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        super().__init__(writer, reader)
        self.unvalidated = Held(self, reader.base, self._show_found)
        self._then = ""
        """What follows the reading that is being made: start, advance or nothing."""

    @abstractmethod
    def show_question(self) -> None:
        """The present question, or the last page."""

    @abstractmethod
    def ask_reading(self, then: str = "") -> None:
        """Read the present answers in a worker; ``then`` says what follows: start, advance or nothing."""

    def _show_found(self) -> None:
        if not self.is_moving_on:
            self.show_question()

    @abstractmethod
    def go_to(self, question: str | None) -> None:
        """Show a question, whether or not it is answered."""

    @property
    def is_turning(self) -> bool:
        """True also until the first question is there: what is typed before it is meant for it."""
        return super().is_turning or self._then == "start"

    @property
    def is_moving_on(self) -> bool:
        """True while the next question waits for a reading."""
        return bool(self._then)

    @abstractmethod
    def tell(self, text: str) -> None:
        """Say something in one line, until another question is shown."""

    def action_undo(self) -> None:
        """Take the last change back; what is ticked or typed here and not validated goes first."""
        if self.state.current in self.unvalidated.by_question:
            self.unvalidated.hold(str(self.state.current), None)
            self.show_question()
            self.tell(UNTICKED)
        else:
            self._tell_retraced(self.retraced(again=False))

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self._tell_retraced(self.retraced(again=True))

    def _tell_retraced(self, told: str) -> None:
        if told:
            self.tell(told)

    def retraced(self, *, again: bool) -> str:
        """One step of the one journal, forth or back."""
        was, discreetly = self.state, hides_titles(self.app)
        moved = interview.redo(was) if again else interview.undo(was)
        self.state = self.recounted(moved)
        self.written()
        self.show_titles()
        if was.profile is not None and moved.profile not in (None, was.profile):
            self.change_profile(was.profile, moved.profile)
        if again:
            return redone_text(self.reader.base, was, moved, discreetly=discreetly)
        told = undone_text(self.reader.base, was, moved, discreetly=discreetly)
        return told and f"{told} {key_name('ctrl+y')} rétablit."

    @on(Choices.Changed)
    def _changed(self, event: Choices.Changed) -> None:
        event.stop()
        if event.question == self.state.current and not self.is_moving_on:
            self.unvalidated.hold(event.question, event.value)
            self.say_state()
            self.refresh_bindings()

    @property
    def unvalidated_told(self) -> str:
        """At this question, else elsewhere."""
        return self.unvalidated.told(self.state.current)

    def leave(self, go: Callable[[], None], question: Question) -> None:
        """Where something waits to be validated, ask first; it is kept whatever is chosen."""
        waiting = unvalidated_of(self.app.screen_stack)
        if waiting and self._leaving is None:
            leave = super().leave

            def chosen(what: str | None) -> None:
                if what == LEAVE:
                    leave(go, question)
                elif self.is_current:
                    self.go_to(next((id for id in self.unvalidated.by_question), None))

            self.app.push_screen(leaving_page(self.reader.base, waiting), chosen)
        else:
            super().leave(go, question)

    def adopt(self, handed: Dossier, found: Dossier) -> None:
        """The same question stays; it is shown again where its own answer changed."""
        was = self.state
        super().adopt(handed, found)
        id, now = self.state.current, self.state
        if id is None or (was.known.get(id), id in was.declined) != (now.known.get(id), id in now.declined):
            self.show_question()
        self.ask_reading(self._then)

    def action_note(self) -> None:
        """A note on this question."""
        id = self.state.current
        if id is not None:
            libelle = self.reader.base.entry("question", id).texts["libelle"]
            self.app.push_screen(NotePage(libelle, self.state.notes.get(id, "")), partial(self._noted, id))

    def _noted(self, question: str, text: str | None) -> None:
        if text is not None:
            self.state = interview.note(self.state, question, text)
            self.written(is_read_again=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be taken back, or given again."""
        match action:
            case "undo":
                return self.state.before is not None or self.state.current in self.unvalidated.by_question
            case "redo":
                return self.state.after is not None
            case "note":
                return self.state.current is not None
        return super().check_action(action, parameters)
