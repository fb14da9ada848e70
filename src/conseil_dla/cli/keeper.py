"""The hand that keeps one dossier while one converses line by line, and says what the disk did."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from conseil_dla.rules.model import Dossier
from conseil_dla.wording.disk_text import PARTED, failure, former_text, left_unkept, not_kept, set_aside_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.writer import Writer


class Keeper:
    """One dossier and the hand that writes it: what the disk refuses waits here, and is tried again."""

    def __init__(self, writer: Writer, tell: Callable[[str], None]) -> None:
        """``tell`` says a line about the conversation."""
        self.dossier = writer.dossier
        self._writer = writer
        self.failure = ""
        """Why the newest state is not on disk; empty when it is."""
        self._tell = tell
        self.adopt: Callable[[Dossier], None] = lambda handed: None
        """Called with what was handed in where others had changed the file, once ``dossier`` is what the file holds."""

    def keep(self, dossier: Dossier) -> bool:
        """Keep this state; a refusal is told once. True where others had changed the file."""
        self.dossier = self._writer.waiting = dossier
        kept = self._writer.write()
        assert kept is not None
        why = failure(kept.refused) if kept.refused else ""
        if why and why != self.failure:
            self._tell(not_kept(why))
        self.failure = why
        if kept.aside is not None:
            self._tell(set_aside_text(kept.aside))
        if kept.former is not None:
            self._tell(former_text(kept.former))
        if kept.has_parted:
            self._tell(PARTED)
        if (found := self._writer.adopted()) is None:
            return False
        handed, self.dossier = found
        self.adopt(handed)
        return True

    def close(self) -> None:
        """Let other windows write."""
        self._writer.close()

    def settle(self) -> None:
        """Try once more what waits, and tell when it is lost."""
        if self.failure:
            self.keep(self.dossier)
        if self.failure:
            self._tell(left_unkept(self.failure))
