"""A screen that keeps one dossier on disk, in a worker: no key waits for the disk, no refusal loses an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.message import Message
from textual.screen import Screen

from conseil_dla.ground.french import NBSP, counted
from conseil_dla.panes.comfort import as_shown
from conseil_dla.panes.drafting import DraftingApp
from conseil_dla.panes.notice import LEAVE, set_aside
from conseil_dla.panes.writing_page import WritingPage
from conseil_dla.rules.model import Dossier
from conseil_dla.toolkit.bars import TitleBar
from conseil_dla.toolkit.page import Page
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


class SavingScreen(Screen[None]):
    """Says in its bar of title whether everything answered is on disk."""

    class Kept(Message):
        """A write is over: how it went, None where nothing waited."""

        def __init__(self, found: SaveOutcome | None) -> None:
            super().__init__()
            self.found = found

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.dossier: Dossier = writer.dossier
        self._writer = writer
        self._failure = ""
        self._awaited = 0
        """Writes whose outcome has not been told yet."""
        self._is_telling = False
        self._leaving: tuple[Callable[[], None], Question] | None = None

    def on_mount(self) -> None:
        """Say which texts of the dossier were typed and not saved."""
        if isinstance(self.app, DraftingApp):
            self.run_worker(partial(self.app.tell_left, self.in_hand), thread=True, group="drafts")

    @property
    def in_hand(self) -> str:
        """What is typed on a page over this screen is for that file."""
        return self.dossier.path

    @property
    def is_turning(self) -> bool:
        """True while leaving waits for the disk."""
        return self._leaving is not None

    @property
    def shown_title(self) -> str:
        """The dossier's title, or what stands for it."""
        return as_shown(self.app, self.dossier).title

    def show_titles(self) -> None:
        """The bar of title says the one or the other."""
        self.query_one(TitleBar).rename(self.shown_title)

    def keep(self, dossier: Dossier | None = None) -> None:
        """Keep this state of the dossier; without one, try again to keep what waits."""
        if dossier is not None:
            self.dossier = self._writer.waiting = dossier
        self.set_timer(SOON, self.say_state)
        self._awaited += 1
        self.run_worker(lambda: self.post_message(self.Kept(self._writer.write())), thread=True, group="saving")

    def adopt(self, handed: Dossier, found: Dossier) -> None:
        """Others changed the dossier that was handed in: from now on, what is shown is what was found."""
        self.dossier = found

    @property
    def may_adopt(self) -> bool:
        """False while something is being written over this screen, about what stands there now."""
        return not any(isinstance(screen, WritingPage) for screen in self._above)

    @property
    def _above(self) -> list[Screen[Any]]:
        stack = self.app.screen_stack
        return stack[stack.index(self) + 1 :] if self in stack else []

    def adopt_found(self) -> None:
        """Show what others have changed, unless something is still to be written, or is being typed."""
        if self._awaited or not self.may_adopt:
            return
        if (found := self._writer.adopted()) is not None:
            self.adopt(*found)
            for screen in self._above:
                if isinstance(screen, Renewed):
                    screen.renew(*found)

    def on_screen_resume(self) -> None:
        """Nothing is typed over this screen any more."""
        self.adopt_found()

    def look(self) -> None:
        """See what the file holds by now."""
        self.keep(self.dossier)

    def is_ready(self) -> bool:
        """False when there is still something to do before one may leave; called again once it is done."""
        return True

    def leave(self, go: Callable[[], None], question: Question) -> None:
        """``go`` once everything is on disk; when the disk refuses, or at a second wish, ask first."""
        if self._writer.is_settled and not self._awaited and not self._is_telling and self.is_ready():
            go()
        elif self._leaving is not None:
            self._ask_to_leave()
        else:
            self._leaving = (go, question)
            self.keep()
            self.set_timer(LATE, self._ask_to_leave)

    def _ask_to_leave(self) -> None:
        if self._leaving is None:
            return
        (go, question), self._leaving = self._leaving, None
        self.app.push_screen(question(self._failure or SILENT), lambda chosen: go() if chosen == LEAVE else None)

    def on_saving_screen_kept(self, event: Kept) -> None:
        """Say so; a failure loses nothing, the next answer tries again."""
        self._awaited -= 1
        found = event.found
        why = failure(found.refused) if found is not None and found.refused else ""
        if why and why != self._failure:
            self.notify(not_kept(why), severity="error", timeout=8, markup=False)
        self._failure = why
        self.say_state()
        if not why and self._writer.is_settled and isinstance(self.app, DraftingApp):
            self.app.settle_drafts()
        if found is not None and found.has_parted:
            self.notify(PARTED, timeout=12, markup=False)
        self.adopt_found()
        if found is not None and found.aside is not None:
            self._is_telling = True
            self.app.push_screen(set_aside(found.aside), lambda _: self._told())
        if found is not None and found.former is not None:
            told = f"{FORMER}{NBSP}; le texte d’avant est gardé entier, à côté."
            self.notify(told, severity="warning", timeout=20, markup=False)
        self.go_on()

    def _told(self) -> None:
        self._is_telling = False
        self.go_on()

    def go_on(self) -> None:
        """Leave, if that was waited for; what is being told is read first."""
        if self._is_telling:
            return
        if self._failure:
            self._ask_to_leave()
        elif self._leaving is not None and self._writer.is_settled and not self._awaited and self.is_ready():
            (go, _), self._leaving = self._leaving, None
            go()

    @property
    def answer_count(self) -> int:
        """How many questions have an answer."""
        return len(self.dossier.answers)

    @property
    def unvalidated_told(self) -> str:
        """What is ticked or typed and not validated; empty when nothing is."""
        return ""

    @property
    def how_far(self) -> tuple[str, str]:
        """How far the dossier is, in words, and in fewer words."""
        count = counted(self.answer_count, "réponse")
        return count, count

    def say_state(self) -> None:
        """How far the dossier is, and whether it is on disk."""
        kept = "PAS ENREGISTRÉ" if self._failure else "enregistré" if self._writer.is_settled else "enregistrement…"
        words, brief = self.how_far
        if (waits := self.unvalidated_told) and not self._failure:
            self.query_one(TitleBar).say(f"{words} · {waits}", waits)
        else:
            self.query_one(TitleBar).say(f"{words} · {kept}", f"{brief} · {kept}")
