"""How far a command is, on stderr, where somebody watches and only once it has lasted."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

PATIENCE = 0.7
"""Seconds before anything is said: what is over sooner needs no word."""


class Steps:
    """One line that is written over, and gone at the end. Silent where stderr is no terminal."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._began = monotonic()
        self._shown = 0

    def __enter__(self) -> Steps:
        """Itself."""
        return self

    def tell(self, done: int, whole: int) -> None:
        """``done`` of ``whole`` steps are over."""
        if sys.stderr.isatty() and monotonic() - self._began > PATIENCE:
            text = f"{self.what}… {done}/{whole}"
            print(f"\r{text:<{self._shown}}", end="", file=sys.stderr, flush=True)
            self._shown = len(text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._shown:
            print(f"\r{'':<{self._shown}}\r", end="", file=sys.stderr, flush=True)
