"""A bar of progress on stderr for a batch: how much is done, and how long it may still take."""

from __future__ import annotations

from conseil_dla.batch.words import bar_text
from conseil_dla.cli.steps import Waiting
from conseil_dla.ground.french import spaced


class Bar(Waiting):
    """One line that is written over, and gone at the end; before the first dossiers, the seconds that go by."""

    def __init__(self) -> None:
        super().__init__("Lecture des dossiers")
        self._done = self._whole = self._dossiers = 0

    def show(self, done: int, whole: int, dossiers: int) -> None:
        """``done`` of ``whole`` bytes of the sources are over, so many dossiers in all: the next look says it."""
        self._done, self._whole, self._dossiers = done, whole, dossiers
        self._say_unwatched()

    def _text(self, seconds: float) -> str:
        if not self._dossiers:
            return super()._text(seconds)
        return spaced(bar_text(self._done, self._whole, self._dossiers, seconds))
