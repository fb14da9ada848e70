"""What is being typed, kept as a draft while it is typed; the one room where pages and drafts meet."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from conseil_dla.panes.comfort import ComfortApp
from conseil_dla.wording.disk_text import draft_failure, left_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.drafts import Drafts

SOON = 0.3
"""Seconds between a key and its draft on disk: what a machine that stops may lose."""


class DraftingApp(ComfortApp):
    """Writes drafts in a worker, a little after each key; at the latest when the screens close."""

    def __init__(self) -> None:
        super().__init__()
        self._is_draft_awaited = False
        self._is_failure_told = False

    @cached_property
    def drafts(self) -> Drafts:
        """Those of this window."""
        from conseil_dla.dossiers.drafts import Drafts  # noqa: PLC0415 - after the first paint

        return Drafts()

    def write_drafts(self, wait: float = 0) -> None:
        """Soon; several keys in a row make one writing, and none waits for the last of them."""
        if not self._is_draft_awaited:
            self._is_draft_awaited = True
            self.set_timer(max(wait, 0.001), self._write_drafts)

    def _write_drafts(self) -> None:
        self._is_draft_awaited = False
        self.run_worker(self._write_and_tell, thread=True, group="drafts")

    def _write_and_tell(self) -> None:
        self.drafts.write()
        if self.drafts.failure is not None and not self._is_failure_told and self.is_running:
            self._is_failure_told = True
            told = draft_failure(self.drafts.failure)
            self.call_later(partial(self.notify, told, severity="warning", timeout=12, markup=False))

    def settle_drafts(self) -> None:
        """What was handed over is saved: its drafts go."""
        if "drafts" in self.__dict__:
            self.drafts.settle()
            self.write_drafts()

    def tell_left(self, dossier: str) -> None:
        """Say which texts of a dossier wait; with an empty path, of dossiers that were never made. In a worker."""
        from conseil_dla.dossiers.drafts import CHOICES  # noqa: PLC0415 - after the first paint

        now = datetime.now().astimezone()
        for draft in self.drafts.left(dossier):
            if draft.place.page == CHOICES:
                continue
            told = left_text(draft.name, draft.since, now)
            if self.is_running:
                self.call_later(partial(self.notify, told, timeout=12, markup=False))

    def close_drafts(self) -> None:
        """The screens close, however that comes; may be slow."""
        if "drafts" in self.__dict__:
            self.drafts.close()
