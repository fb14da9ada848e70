"""Readings of the questionnaire, made in workers: one older than the last is thrown away, and none holds a painting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.worker import get_current_worker

from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.counting import answered_by_table
from conseil_dla.wording.glance import Glance, glance
from conseil_dla.wording.prospects import at_a_glance

if TYPE_CHECKING:
    from conseil_dla.interview.driver import Driver
    from conseil_dla.interview.questionnaire import Interview
    from conseil_dla.reading.compose import Reader


Work = Callable[[], None]


class Readings:
    """Belongs to one screen. While it is the newest, ``shown`` is given each reading, ``proved`` the same with what it
    left to prove, ``ahead`` what could turn it.
    """

    def __init__(
        self,
        screen: Screen[Any],
        reader: Reader,
        driver: Driver,
        shown: Callable[[Reading, Glance], None],
        proved: Callable[[Reading], None],
        ahead: Callable[[Prospects, tuple[str, ...]], None],
    ) -> None:
        self._screen = screen
        self._shown, self._proved, self._told_ahead = shown, proved, ahead
        self._reader = reader
        self._driver = driver
        self._ticket = 0
        self._turn = Lock()
        self._ahead = Latest()
        self._unlooked: Reading | None = None
        """The newest reading, until it is painted."""
        self.then = "start"
        """What follows the reading that is being made: start, advance or nothing."""

    def ask(self, then: str = "") -> None:
        """Read the present answers in a worker; ``then`` says what follows: start, advance or nothing."""
        self._ticket += 1
        self.then = then
        self._unlooked = None
        read = partial(self._compute, self._ticket, self._driver.state)
        self._screen.run_worker(read, thread=True, exclusive=True, group="reading", exit_on_error=False)

    def _compute(self, ticket: int, state: Interview) -> None:
        worker = get_current_worker()
        with self._turn:
            if worker.is_cancelled or ticket != self._ticket:
                return
            counted = answered_by_table(state.known, state.answers)
            reading = self._reader.read(state.known, state.declined, counted, lambda: False)
            view = glance(self._reader.base, reading)
        self._tell(ticket, partial(self._shown, reading, view))

    def _tell(self, ticket: int, tell: Work) -> None:
        """On the screen's thread, unless other answers are given by then."""
        self._screen.call_later(lambda: tell() if ticket == self._ticket else None)

    def taken(self, reading: Reading) -> str:
        """It is about to be shown, and looked ahead of once painted; gives what follows, which is done from now on."""
        self._unlooked = reading
        then, self.then = self.then, ""
        return then

    def look_further(self, painted: object = None) -> None:
        """Look ahead of the reading that has just been painted, so that its painting does not wait for that."""
        reading, self._unlooked = self._unlooked, None
        if reading is not None:
            look = partial(self._ahead.run, partial(self._look_ahead, self._ticket, reading))
            self._screen.run_worker(look, thread=True, group="ahead", exit_on_error=False)

    def _look_ahead(self, ticket: int, reading: Reading) -> None:
        """What it left to prove, then what could turn it; given up when another answer has come."""
        if ticket == self._ticket and not reading.is_proved:
            reading = self._reader.proved(reading, lambda: ticket == self._ticket)
            self._tell(ticket, partial(self._proved, reading))
        if ticket == self._ticket:
            prospects = self._reader.prospects(reading)
            self._tell(ticket, partial(self._told_ahead, prospects, at_a_glance(self._reader.base, prospects)))


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
