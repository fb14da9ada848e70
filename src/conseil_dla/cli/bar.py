"""A bar of progress on stderr for work that is long: how much is done, and how long it may still take."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

from conseil_dla.cli.steps import PATIENCE
from conseil_dla.reporting.batch_text import bar_text
from conseil_dla.reporting.french import spaced

EVERY = 0.2
"""Seconds between two looks of the bar."""


class Bar:
    """One line that is written over, and gone at the end. Silent where stderr is no terminal."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._last = self._began + PATIENCE - EVERY
        self._shown = 0

    def __enter__(self) -> Bar:
        """Itself."""
        return self

    def tell(self, done: int, whole: int, dossiers: int) -> None:
        """``done`` of ``whole`` bytes of the sources are over, so many dossiers in all."""
        now = monotonic()
        if sys.stderr.isatty() and now - self._last > EVERY:
            self._last = now
            text = spaced(bar_text(done, whole, dossiers, now - self._began))
            print(f"\r{text:<{self._shown}}", end="", file=sys.stderr, flush=True)
            self._shown = len(text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._shown:
            print(f"\r{'':<{self._shown}}\r", end="", file=sys.stderr, flush=True)
