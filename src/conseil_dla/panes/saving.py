"""One dossier kept on disk, in workers, by the screen that holds it: no key waits, no refusal loses an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.screen import Screen

from conseil_dla.ground.french import NBSP
from conseil_dla.panes.comfort import DraftingApp
from conseil_dla.panes.notice import LEAVE, set_aside
from conseil_dla.panes.writing_page import WritingPage
from conseil_dla.rules.model import Dossier
from conseil_dla.toolkit.sheets import Page
from conseil_dla.wording.disk_text import FORMER, PARTED, SILENT, failure, not_kept

if TYPE_CHECKING:
    from conseil_dla.dossiers.writer import SaveOutcome, Writer

SOON = 0.15
"""Seconds after which a write that goes on is told; told at once, it would only flicker before the reading comes."""
LATE = 4.0
"""Seconds of a disk that does not answer after which who wants to leave is asked whether to go all the same."""
Question = Callable[[str], Page]
"""Given why the disk refused, the page that asks whether to leave all the same."""


@runtime_checkable
class Renewed(Protocol):
    """A screen over the dossier's that shows something of it."""

    def renew(self, handed: Dossier, found: Dossier) -> None:
        """The dossier that was handed in was changed elsewhere too: show what was found."""


class Saving:
    """Belongs to one screen, which it tells when there is something else to say in the bar of title."""

    def __init__(self, screen: Screen[Any], writer: Writer, say_state: Callable[[], None]) -> None:
        self.dossier: Dossier = writer.dossier
        self.adopt: Callable[[Dossier, Dossier], None] = lambda handed, found: None
        """Called where others changed the dossier that was handed in, once it is what was found."""
        self.is_ready: Callable[[], bool] = lambda: True
        """False when there is still something to do before one may leave; asked again once it is done."""
        self._screen = screen
        self._writer = writer
        self._say_state = say_state
        self._failure = ""
        self._awaited = 0
        """Writes whose outcome has not been told yet."""
        self._is_telling = False
        self._leaving: tuple[Callable[[], None], Question] | None = None

    def begin(self) -> None:
        """Say which texts of the dossier were typed and not saved."""
        app = self._screen.app
        if isinstance(app, DraftingApp):
            self._screen.run_worker(partial(app.tell_left, self.dossier.path), thread=True, group="drafts")

    @property
    def is_leaving(self) -> bool:
        """True while leaving waits for the disk."""
        return self._leaving is not None

    @property
    def is_settled(self) -> bool:
        """True where nothing waits to be written."""
        return self._writer.is_settled

    @property
    def told(self) -> str:
        """Whether everything answered is on disk."""
        return "PAS ENREGISTRÉ" if self._failure else "enregistré" if self.is_settled else "enregistrement…"

    @property
    def has_failed(self) -> bool:
        """True while the disk refuses."""
        return bool(self._failure)

    # --- what is written, and what others wrote ---

    def keep(self, dossier: Dossier | None = None) -> None:
        """Keep this state of the dossier; without one, try again to keep what waits."""
        if dossier is not None:
            self.dossier = self._writer.waiting = dossier
        self._screen.set_timer(SOON, self._say_state)
        self._awaited += 1
        self._screen.run_worker(self._write, thread=True, group="saving")

    def look(self) -> None:
        """See what the file holds by now."""
        self.keep(self.dossier)

    def _write(self) -> None:
        self._screen.call_later(self._written, self._writer.write())

    def _written(self, found: SaveOutcome | None) -> None:
        """Say how it went, None where nothing waited; a failure loses nothing, the next answer tries again."""
        self._awaited -= 1
        screen, app = self._screen, self._screen.app
        why = failure(found.refused) if found is not None and found.refused else ""
        if why and why != self._failure:
            screen.notify(not_kept(why), severity="error", timeout=8, markup=False)
        self._failure = why
        self._say_state()
        if not why and self.is_settled and isinstance(app, DraftingApp):
            app.settle_drafts()
        if found is not None and found.has_parted:
            screen.notify(PARTED, timeout=12, markup=False)
        self.adopt_found()
        if found is not None and found.aside is not None:
            self._is_telling = True
            app.push_screen(set_aside(found.aside), lambda _: self._told())
        if found is not None and found.former is not None:
            told = f"{FORMER}{NBSP}; le texte d’avant est gardé entier, à côté."
            screen.notify(told, severity="warning", timeout=20, markup=False)
        self.go_on()

    @property
    def above(self) -> list[Screen[Any]]:
        """The screens over the one that holds the dossier."""
        stack = self._screen.app.screen_stack
        return stack[stack.index(self._screen) + 1 :] if self._screen in stack else []

    def adopt_found(self) -> None:
        """Show what others have changed, unless something is still to be written, or is being typed over this."""
        if self._awaited or any(isinstance(screen, WritingPage) for screen in self.above):
            return
        if (found := self._writer.adopted()) is not None:
            self.dossier = found[1]
            self.adopt(*found)
            for screen in self.above:
                if isinstance(screen, Renewed):
                    screen.renew(*found)

    # --- leaving ---

    @property
    def _may_leave(self) -> bool:
        return self.is_settled and not self._awaited and not self._is_telling and self.is_ready()

    def leave(self, go: Callable[[], None], question: Question) -> None:
        """``go`` once everything is on disk; when the disk refuses, or at a second wish, ask first."""
        if self._may_leave:
            go()
        elif self._leaving is not None:
            self._ask_to_leave()
        else:
            self._leaving = (go, question)
            self.keep()
            self._screen.set_timer(LATE, self._ask_to_leave)

    def _ask_to_leave(self) -> None:
        if self._leaving is None:
            return
        (go, question), self._leaving = self._leaving, None
        page = question(self._failure or SILENT)
        self._screen.app.push_screen(page, lambda chosen: go() if chosen == LEAVE else None)

    def _told(self) -> None:
        self._is_telling = False
        self.go_on()

    def go_on(self) -> None:
        """Leave, if that was waited for; what is being told is read first."""
        if self._is_telling:
            return
        if self._failure:
            self._ask_to_leave()
        elif self._leaving is not None and self._may_leave:
            (go, _), self._leaving = self._leaving, None
            go()
