"""A screen that keeps one dossier on disk, in a worker: no key waits for the disk, no refusal loses an answer."""

from __future__ import annotations

from textual.message import Message
from textual.screen import Screen

from conseil_dla.model import Dossier
from conseil_dla.reporting.french import NBSP, counted
from conseil_dla.tui import shelf
from conseil_dla.tui.widgets.bars import TitleBar


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

    @property
    def has_failed(self) -> bool:
        """True when the last answers could not be written."""
        return bool(self._failure) and not self._scribe.is_settled

    def keep(self, dossier: Dossier) -> None:
        """Keep this state of the dossier."""
        self.dossier = dossier
        self._scribe.keep(dossier)
        self.run_worker(self._write, thread=True, group="saving")
        self.say_state()

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
            self.notify(
                f"{event.failure.capitalize()}. Vos réponses restent ici{NBSP}; "
                "un nouvel essai aura lieu à la prochaine réponse.",
                title="Le dossier n’a pas pu être enregistré",
                severity="error",
                timeout=8,
                markup=False,
            )
        self._failure = event.failure
        self.say_state()

    def say_state(self) -> None:
        """How many answers, and whether they are on disk."""
        count = counted(len(self.dossier.answers), "réponse")
        kept = "PAS ENREGISTRÉ" if self._failure else "enregistré" if self._scribe.is_settled else "enregistrement…"
        self.query_one(TitleBar).say(f"{count} · {kept}")
