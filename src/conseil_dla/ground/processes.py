"""Several processes that do pieces of work, handed back in the order in which they were given.

A few pieces are under way at any time, never all of them: memory stays flat however long the work is. A process ends by
itself when the one that started it is gone. ``concurrent.futures`` takes in all of the work at once, and its processes
outlive one that was killed.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from typing import Any, cast

AHEAD = 2
"""Pieces that a process has before it: one under way, one waiting, so that it never waits itself."""

Handle = Callable[[Any], Any]
"""Does one piece of work."""
Answer = tuple[int, Any, BaseException | None]
"""Number of the piece, what was made of it, what went wrong instead."""
Make = Callable[..., Handle]
"""Gets a process ready; a function of a module, since a new process finds it by its name."""


class ProcessDied(Exception):
    """A process ended before its work did: killed, or out of memory."""


def in_order(make: Make, arguments: tuple[Any, ...], work: Iterable[Any], count: int) -> Iterator[Any]:
    """What ``make(*arguments)`` makes of each piece of work, in order, by so many processes.

    Everything handed over must be picklable. Raises ``ProcessDied``, and whatever a piece of work raises.
    """
    if not count:
        yield from map(make(*arguments), work)
        return
    crew = _Crew(count)
    try:
        crew.prepare(make, arguments)
        yield from crew.run(work)
    finally:
        crew.dismiss()


class _Crew:
    """The processes, each at the other end of a line of its own.

    Nothing large is handed over at the start: it goes through a pipe whose reading end is still held here, so that
    writing to a process that is dead would wait for ever.
    """

    def __init__(self, count: int) -> None:
        context = get_context("spawn")
        self._processes: list[BaseProcess] = []
        self._ends: dict[Connection, int] = {}
        """Our end of the line to each process, and how many pieces it has before it."""
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            with _interrupted_later():
                process.start()
            theirs.close()
            self._processes.append(process)
            self._ends[ours] = 0

    def prepare(self, make: Make, arguments: tuple[Any, ...]) -> None:
        """Tell each what it is for. Raises ``ProcessDied``."""
        told = ForkingPickler.dumps((make, arguments))
        for end in self._ends:
            try:
                end.send_bytes(told)
            except OSError as error:
                raise ProcessDied from error

    def run(self, work: Iterable[Any]) -> Iterator[Any]:
        pieces = enumerate(work)
        done: dict[int, Any] = {}
        given = handed = 0
        more = True
        while more or handed < given:
            while more and given - handed < 2 * AHEAD * len(self._ends) and (end := self._least_busy()) is not None:
                piece = next(pieces, None)
                more = piece is not None
                if piece is not None:
                    self._send(end, piece)
                    given += 1
            for ready in wait(list(self._ends)) if handed < given else ():
                number, result, error = self._receive(cast(Connection, ready))
                if error is not None:
                    raise error
                done[number] = result
            while handed in done:
                yield done.pop(handed)
                handed += 1

    def dismiss(self) -> None:
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.terminate()
            process.join()

    def _least_busy(self) -> Connection | None:
        end = min(self._ends, key=lambda each: self._ends[each])
        return end if self._ends[end] < AHEAD else None

    def _send(self, end: Connection, piece: tuple[int, Any]) -> None:
        try:
            end.send(piece)
        except OSError as error:
            raise ProcessDied from error
        self._ends[end] += 1

    def _receive(self, end: Connection) -> Answer:
        try:
            found: Answer = end.recv()
        except (EOFError, OSError) as error:
            raise ProcessDied from error
        self._ends[end] -= 1
        return found


@contextmanager
def _interrupted_later() -> Iterator[None]:
    """Ctrl+C waits, and does not reach a process that starts meanwhile: it would die of it, with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection) -> None:
    """The life of a process: hear what it is for, work, end when nobody is there any more.

    Two threads do nothing but wait for the line, in and out, so that the work waits for neither.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        make, arguments = line.recv()
    except (EOFError, OSError):
        return
    waiting: SimpleQueue[tuple[int, Any] | None] = SimpleQueue()
    answers: SimpleQueue[Answer | None] = SimpleQueue()
    Thread(target=_listen, args=(line, waiting), daemon=True).start()
    telling = Thread(target=_tell, args=(line, answers), daemon=True)
    telling.start()
    handle: Handle | None = None
    while (piece := waiting.get()) is not None:
        number, work = piece
        try:
            handle = handle or make(*arguments)
            answers.put((number, handle(work), None))
        except Exception as error:
            answers.put((number, None, error))
    answers.put(None)
    telling.join()


def _listen(line: Connection, waiting: SimpleQueue[tuple[int, Any] | None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            waiting.put(line.recv())
    waiting.put(None)


def _tell(line: Connection, answers: SimpleQueue[Answer | None]) -> None:
    with suppress(OSError):
        while (answer := answers.get()) is not None:
            line.send(answer)
