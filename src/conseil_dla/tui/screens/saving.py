"""A screen that keeps one dossier on disk, in a worker: no key waits for the disk, no refusal loses an answer."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message
from textual.screen import Screen

from conseil_dla.model import Dossier
from conseil_dla.reporting.disk_text import not_kept
from conseil_dla.reporting.french import counted
from conseil_dla.tui import shelf
from conseil_dla.tui.screens.notice import LEAVE
from conseil_dla.tui.screens.page import Page
from conseil_dla.tui.widgets.bars import TitleBar

Question = Callable[[str], Page]
"""Given why the disk refused, the page that asks whether to leave all the same."""


class SavingScreen(Screen[None]):
    """Says in its bar of title whether everything answered is on disk."""

    class Kept(Message):
        """The dossier was written, or not (then why)."""

        def __init__(self, failure: str = "") -> None:
            super().__init__()
            self.failure = failure

    def __init__(self, dossier: Dossier) -> None:
        super().__init__()
        self.dossier = dossier
        self._scribe = shelf.Scribe()
        self._failure = ""
        self._leaving: tuple[Callable[[], None], Question] | None = None

    def keep(self, dossier: Dossier) -> None:
        """Keep this state of the dossier."""
        self.dossier = dossier
        self._scribe.keep(dossier)
        self.run_worker(self._write, thread=True, group="saving")
        self.say_state()

    def leave(self, go: Callable[[], None], question: Question) -> None:
        """``go`` once everything is on disk; when the disk refuses, or at a second wish, ask first."""
        if self._scribe.is_settled:
            go()
        elif self._leaving is not None:
            self._ask_to_leave()
        else:
            self._leaving = (go, question)
            self.run_worker(self._write, thread=True, group="saving")

    def _ask_to_leave(self) -> None:
        if self._leaving is None:
            return
        (go, question), self._leaving = self._leaving, None
        self.app.push_screen(question(self._failure), lambda chosen: go() if chosen == LEAVE else None)

    def _write(self) -> None:
        try:
            self._scribe.write()
        except (OSError, ValueError) as error:
            self.post_message(self.Kept(shelf.failure(error)))
        else:
            self.post_message(self.Kept())

    def on_saving_screen_kept(self, event: Kept) -> None:
        """Say so; a failure loses nothing, the next answer tries again."""
        if event.failure and event.failure != self._failure:
            self.notify(not_kept(event.failure), severity="error", timeout=8, markup=False)
        self._failure = event.failure
        self.say_state()
        if event.failure:
            self._ask_to_leave()
        elif self._leaving is not None and self._scribe.is_settled:
            (go, _), self._leaving = self._leaving, None
            go()

    @property
    def answer_count(self) -> int:
        """How many questions have an answer."""
        return len(self.dossier.answers)

    def say_state(self) -> None:
        """How many answers, and whether they are on disk."""
        count = counted(self.answer_count, "réponse")
        kept = "PAS ENREGISTRÉ" if self._failure else "enregistré" if self._scribe.is_settled else "enregistrement…"
        self.query_one(TitleBar).say(f"{count} · {kept}")
