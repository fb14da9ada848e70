"""How far a command is, on stderr, where somebody watches and only once it has lasted.

A terminal that cannot go back on a line, and somebody who hears it read out, have lines that stay, few and far between.
"""

from __future__ import annotations

import os
import sys
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

PATIENCE = 0.3
"""Seconds before anything is said: what is over sooner needs no word. Starting takes as long again beforehand."""
EVERY = 0.5
"""Seconds between two looks at the clock, where only time can be told."""
BETWEEN = 20
"""Seconds between two lines that stay. In a file or a pipe, also before the first."""
DUMB = frozenset({"dumb", "unknown"})
"""What ``TERM`` says of a terminal that can only add to what it shows."""


def is_dumb() -> bool:
    """True in a terminal that says of itself that it can only add to what it shows."""
    return os.environ.get("TERM", "").lower() in DUMB


class Steps:
    """One line that is written over, and gone at the end; ``stays``, or where it has to: lines now and then."""

    def __init__(self, what: str, *, stays: bool = False, between: float = BETWEEN) -> None:
        self.what = what
        self._began = monotonic()
        self._shown = 0
        self._is_watched = sys.stderr.isatty()
        self._between = between
        self.stays = stays or not self._is_watched or is_dumb()
        """Is every line one that stays?"""
        self._next = self._began if self._is_watched else self._began + between
        """When a line that stays may be written again."""

    def __enter__(self) -> Steps:
        """Itself."""
        return self

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return monotonic() - self._began

    def tell(self, done: int, whole: int) -> None:
        """``done`` of ``whole`` steps are over."""
        if self.seconds > PATIENCE:
            self._say(f"{self.what}… {done}/{whole}")

    def _say(self, text: str) -> None:
        if self.stays:
            if (now := monotonic()) > self._next:
                self._next = now + self._between
                print(text, file=sys.stderr, flush=True)
        else:
            # back at the start of the line: a message that comes in between is written over it
            print(f"\r{text:<{self._shown}}\r", end="", file=sys.stderr, flush=True)
            self._shown = len(text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._shown:
            print(f"\r{'':<{self._shown}}\r", end="", file=sys.stderr, flush=True)


class Waiting(Steps):
    """The same where nothing can be counted, or where one step lasts: a thread tells the seconds that go by.

    It only looks at the clock. Nothing else may be written meanwhile. Where nobody watches there is none, unless the
    clock is ``always`` looked at.
    """

    def __init__(self, what: str, *, stays: bool = False, between: float = BETWEEN, always: bool = False) -> None:
        super().__init__(what, stays=stays, between=between)
        self._is_looked_at = self._is_watched or always
        self._is_over = Event()
        self._thread: Thread | None = None
        self._far = ""

    def __enter__(self) -> Self:
        """Begin to look at the clock."""
        if self._is_looked_at:
            self._thread = Thread(target=self._look, daemon=True)
            self._thread.start()
        return self

    def tell(self, done: int, whole: int) -> None:
        """The next look at the clock says it."""
        self._far = f" {done}/{whole}"
        self._say_unwatched()

    def _say_unwatched(self) -> None:
        """In a file or a pipe no thread looks at the clock: what is done says how far it is."""
        if not self._is_looked_at:
            self.look()

    def _look(self) -> None:
        wait = PATIENCE
        while not self._is_over.wait(wait):
            self.look()
            wait = EVERY

    def look(self) -> None:
        """Say how far it is, where it is time to."""
        self._say(self._text(self.seconds))

    def _text(self, seconds: float) -> str:
        """What is said after so many seconds."""
        return f"{self.what}…{self._far}" + (f" {int(seconds)} s" if seconds >= 1 else "")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop looking, then take the line away."""
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()
        super().__exit__(kind, error, trace)
