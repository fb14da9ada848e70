"""Slow work of which only the newest request counts: one thread at it at a time, the requests in between forgotten."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

Work = Callable[[], None]


class Latest:
    """Work done one at a time. However slow it is, it never holds more than one of the threads that saving needs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: Work | None = None
        self._busy = False

    def run(self, work: Work) -> None:
        """Do the work in the calling thread, or leave it to the thread that is already at it."""
        with self._lock:
            self._waiting = work
            if self._busy:
                return
            self._busy = True
        while (newest := self._next()) is not None:
            try:
                newest()
            except BaseException:
                with self._lock:
                    self._busy = False
                raise

    def _next(self) -> Work | None:
        with self._lock:
            work, self._waiting = self._waiting, None
            self._busy = work is not None
            return work
