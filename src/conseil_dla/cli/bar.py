"""A bar of progress on stderr for a batch: how much is done, and how long it may still take."""

from __future__ import annotations

import sys
from time import monotonic

from conseil_dla.cli.steps import Waiting
from conseil_dla.reporting.batch_text import bar_text
from conseil_dla.reporting.french import spaced

BETWEEN = 20
"""Seconds between two lines where stderr is a file or a pipe: there, nothing is written over."""


class Bar(Waiting):
    """One line that is written over, and gone at the end; before the first dossiers, the seconds that go by."""

    def __init__(self) -> None:
        super().__init__("Lecture des dossiers")
        self._done = self._whole = self._dossiers = 0
        self._told = self._began

    def show(self, done: int, whole: int, dossiers: int) -> None:
        """``done`` of ``whole`` bytes of the sources are over, so many dossiers in all: the next look says it."""
        self._done, self._whole, self._dossiers = done, whole, dossiers
        now = monotonic()
        if not sys.stderr.isatty() and now - self._told > BETWEEN:
            self._told = now
            print(self._text(now - self._began), file=sys.stderr, flush=True)

    def _text(self, seconds: float) -> str:
        if not self._dossiers:
            return super()._text(seconds)
        return spaced(bar_text(self._done, self._whole, self._dossiers, seconds))
