"""The dossier in hand: what is written in it beside the answers, taken back, changed elsewhere; and how it is left.

What is ticked or typed and not validated is no change yet: it waits. What others changed meanwhile is no step of ours.
Leaving dates the reading of what the file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App

from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import NBSP, counted
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.driver import Driver, own
from conseil_dla.interview.questionnaire import Interview, Profile
from conseil_dla.panes import shelf
from conseil_dla.panes.asking import leaving_page, unvalidated_of
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.notice import LEAVE
from conseil_dla.panes.saving import Question, Saving
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Answers, Base, Dossier
from conseil_dla.toolkit.keys import key_name
from conseil_dla.wording.disk_text import JOINED, PROFILE_UNREADABLE
from conseil_dla.wording.questionnaire import elsewhere_text, redone_text, undone_text

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

CHANGED_ELSEWHERE = "il a été changé ailleurs depuis"


class Questionnaire(Protocol):
    """The screen where the dossier is answered, as far as a change beside the answers has something to show there."""

    @property
    def app(self) -> App[Any]:
        """The application."""

    @property
    def is_current(self) -> bool:
        """True while nothing stands over it."""

    @property
    def reading(self) -> Reading | None:
        """None until it is ready."""

    def ask_reading(self, then: str | None = None) -> None:
        """Read the present answers in a worker; ``then`` says what follows, None for what was to follow already."""

    def show_question(self) -> None:
        """The present question, or the last page."""

    def show_below(self) -> None:
        """What stands under its answers, these being left alone."""

    def show_titles(self) -> None:
        """The title, and the texts."""

    def go_to(self, question: str | None) -> None:
        """Show a question, whether or not it is answered."""


class InHand:
    """Belongs to the screen where the dossier is answered; ``driver`` makes its moves, ``saving`` has them written."""

    def __init__(self, screen: Questionnaire, reader: Reader, saving: Saving) -> None:
        logic = reader.base.logic
        self.screen = screen
        self.reader = reader
        self.saving = saving
        self.driver = Driver(logic, own(logic), lambda: saving.dossier, saving.keep)
        self.profile = KeptProfile(screen, reader.base, self.driver)
        self._awaits_reading = False
        """True from a change made elsewhere until its reading."""
        self._is_dating = False
        """True once one wants to leave: a change of rules alone dates nothing."""
        saving.adopt, saving.is_ready = self._adopt, self._is_ready

    @property
    def app(self) -> App[Any]:
        """The application, for a page over the questionnaire."""
        return self.screen.app

    @property
    def base(self) -> Base:
        """The rules in use."""
        return self.reader.base

    @property
    def dossier(self) -> Dossier:
        """As it stands."""
        return self.saving.dossier

    @property
    def state(self) -> Interview:
        """Where the questionnaire stands."""
        return self.driver.state

    # --- what is written ---

    def keep_beside(self, **written: Any) -> None:
        """Keep texts, or an opinion: a step that can be taken back."""
        self.step(interview.keep_beside(self.state, **written))

    def step(self, state: Interview) -> None:
        """Take a step that changes no answer; what is being ticked is left alone."""
        self.driver.state = state
        self.driver.keep()
        if self.screen.reading is None:
            self._show_and_read()
        else:
            self.screen.show_below()

    def recount(self, state: Interview) -> None:
        """Take a step of the table, which changed what is known; a question that it answers is passed over."""
        self.driver.state = state
        self.driver.keep()
        self._show_and_read("advance" if state.current in state.counted else "")

    def retraced(self, again: bool) -> str:
        """Take the last change back, or give ``again`` what was; tells which, empty where there was none."""
        was, moved = self.driver.retrace(again=again)
        discreetly = hides_titles(self.app)
        self.driver.keep()
        self._show_and_read()
        self.screen.show_titles()
        if was.profile is not None and moved.profile not in (None, was.profile):
            self.profile.change(was.profile, moved.profile)
        if again:
            return redone_text(self.base, was, moved, discreetly=discreetly)
        told = undone_text(self.base, was, moved, discreetly=discreetly)
        return told and f"{told} {key_name('ctrl+y')} rétablit."

    def _show_and_read(self, then: str = "") -> None:
        self.screen.show_question()
        self.screen.ask_reading(then)

    # --- what others changed ---

    def _adopt(self, handed: Dossier, found: Dossier) -> None:
        """The same question stays; it is shown again where its own answer changed.

        What is said of it waits for nobody, and names no question before somebody who answers alone.
        """
        was = self.state
        self._awaits_reading = True
        self.driver.adopt(handed, found)
        is_alone = any(getattr(screen, "is_answering_alone", False) for screen in self.saving.above)
        told = JOINED if is_alone else elsewhere_text(self.base, handed, found)
        self.app.notify(told, timeout=12, markup=False)
        self.screen.show_titles()
        id, now = self.state.current, self.state
        if id is None or (was.known.get(id), id in was.declined) != (now.known.get(id), id in now.declined):
            self.screen.show_question()
        self.screen.ask_reading()

    # --- leaving ---

    def leave(self, go: Callable[[], None], question: Question) -> None:
        """Where something waits to be validated, ask first; it is kept whatever is chosen."""
        waiting = unvalidated_of(self.app.screen_stack)
        if not waiting or self.saving.is_leaving:
            self._date_and_leave(go, question)
            return

        def chosen(what: str | None) -> None:
            if what == LEAVE:
                self._date_and_leave(go, question)
            elif self.screen.is_current:
                self.screen.go_to(next(iter(unvalidated_of((self.screen,))), None))

        self.app.push_screen(leaving_page(self.base, waiting), chosen)

    def _date_and_leave(self, go: Callable[[], None], question: Question) -> None:
        """Where something was answered here, its reading goes into the journal first."""
        self._is_dating = True
        if not self.saving.is_leaving and self.saving.is_settled and self.driver.has_answered:
            self.saving.look()
        self.saving.leave(go, question)

    def is_read(self) -> None:
        """The reading of what the dossier has become is there."""
        self._awaits_reading = False

    def _is_ready(self) -> bool:
        """Once the reading of what the file holds is in the journal."""
        reading = self.screen.reading
        if not self._is_dating:
            return True
        if self._awaits_reading:
            return False
        if reading is not None and reading.answers == self.state.known:
            entered = self.driver.entered(reading, date.today())
            if entered is not self.dossier:
                self.saving.keep(entered)
                return False
        return True


@runtime_checkable
class Holding(Protocol):
    """A screen that has a dossier in hand."""

    hand: InHand


def hand_of(screens: Iterable[object]) -> InHand | None:
    """The dossier that one of these screens has in hand."""
    return next((screen.hand for screen in screens if isinstance(screen, Holding)), None)


class KeptProfile:
    """What is known of the territory, kept from a dossier for those to come, in workers."""

    def __init__(self, screen: Questionnaire, base: Base, driver: Driver) -> None:
        self._screen = screen
        self._base = base
        self._driver = driver

    def keep(self, answers: Answers) -> None:
        """Keep these answers, those that are about the territory."""
        self._in_worker(partial(self._keep, dict(answers)))

    def _keep(self, answers: Answers) -> None:
        try:
            number, found, kept = shelf.keep_profile(self._base, answers)
            self._tell(number, pair=(found, kept))
        except (OSError, ValueError) as error:
            self._tell(failure=shelf.failure(error))
        except Unusable:
            self._tell(failure=PROFILE_UNREADABLE)

    def change(self, found: Profile, wanted: Profile) -> None:
        """Write the profile of another step, unless it has become something else meanwhile."""
        self._in_worker(partial(self._change, found, wanted))

    def _change(self, found: Profile, wanted: Profile) -> None:
        try:
            failure = "" if shelf.change_profile(self._base, found, wanted) else CHANGED_ELSEWHERE
        except OSError as error:
            failure = shelf.failure(error)
        except (Unusable, ValueError):
            failure = PROFILE_UNREADABLE
        if failure:
            self._tell(failure=failure)

    def _in_worker(self, work: Callable[[], None]) -> None:
        self._screen.app.run_worker(work, thread=True, group="saving")

    def _tell(self, number: int = 0, failure: str = "", pair: tuple[Profile, Profile] | None = None) -> None:
        self._screen.app.call_later(self._told, number, failure, pair)

    def _told(self, number: int, failure: str, pair: tuple[Profile, Profile] | None) -> None:
        """The profile was kept, with so many answers, over the one found there; or why it was not."""
        app = self._screen.app
        if failure:
            app.notify(f"Profil non enregistré{NBSP}: {failure}.", severity="error", markup=False)
        elif number:
            if pair is not None:
                self._driver.state = interview.keep_profile(self._driver.state, *pair)
                app.screen.refresh_bindings()
            kept = counted(number, "réponse gardée", "réponses gardées")
            app.notify(f"Profil du territoire{NBSP}: {kept}. Les prochains dossiers partiront de là.", markup=False)
        else:
            app.notify(f"Rien à garder{NBSP}: aucune réponse ne porte encore sur le territoire.", markup=False)
