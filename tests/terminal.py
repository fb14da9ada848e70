"""The real program in a pseudo-terminal, and the screen that a person would see there. Unix only.

``pyte`` reads the bytes as a terminal does. What Textual asks of the terminal gets no answer, as from a plain one.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic

import pyte

PROGRAM = (sys.executable, "-m", "conseil_dla")
SHELL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
SIZES = {"COLUMNS", "LINES"}
"""Variables that programs believe rather than the terminal; pytest on several cores sets them."""
PATIENCE = 60.0
"""Seconds after which something awaited will not come; far beyond any slow machine."""
KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "enter": "\r", "escape": "\x1b",
    "tab": "\t", "space": " ", "backspace": "\x7f", "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
    "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "ctrl+p": "\x10", "ctrl+q": "\x11",
}  # fmt: skip


class Terminal:
    """A program started in a terminal of its own; ``with`` makes sure that nothing is left running."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int] = (80, 24), variables: Mapping[str, str] | None = None
    ) -> None:
        """``size`` is columns and lines. The program starts at once."""
        self.size = size
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.chunks: list[tuple[float, bytes]] = []
        """All that was written, and when it came (``time.monotonic``)."""
        self._shown = 0
        self.started = monotonic()
        self.pid, self._door = pty.fork()
        if self.pid == 0:
            ours = {name: value for name, value in os.environ.items() if name not in SIZES}
            _become(command, size, {**ours, **SHELL, **(variables or {})})
        self._is_open = True
        self.code: int | None = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.code is None:
            self.signal(signal.SIGKILL)
            self.wait()
        self.close()

    # --- what comes ---

    @property
    def written(self) -> bytes:
        """Every byte written so far."""
        return b"".join(chunk for _, chunk in self.chunks)

    def read(self, seconds: float) -> bool:
        """Take what comes within that time; False when nothing came."""
        if not self._is_open or not select.select([self._door], [], [], seconds)[0]:
            return False
        try:
            chunk = os.read(self._door, 1 << 20)
        except OSError:  # the program has gone
            chunk = b""
        if chunk:
            self.chunks.append((monotonic(), chunk))
        else:
            self._is_open = False
        return bool(chunk)

    def rest(self, seconds: float = 0.25) -> None:
        """Until nothing has come for a while. A test waits for something seen, then for the rest of that painting."""
        while self.read(seconds):
            pass

    def look(self) -> list[str]:
        """The lines of the screen, as they stand."""
        for _, chunk in self.chunks[self._shown :]:
            self._stream.feed(chunk)
        self._shown = len(self.chunks)
        return list(self.screen.display)

    def frames(self, first: int) -> list[tuple[float, list[str]]]:
        """The screen after each chunk from that one on, and when it came; at least the screen as it stands."""
        found = []
        for number in range(max(first, self._shown), len(self.chunks)):
            self._stream.feed(self.chunks[number][1])
            self._shown = number + 1
            found.append((self.chunks[number][0], list(self.screen.display)))
        return found or [(monotonic(), self.look())]

    @property
    def seen(self) -> str:
        """The screen as one text."""
        return "\n".join(self.look())

    def until(self, what: str | Callable[[str], object]) -> str:
        """Wait until the screen shows some words, or something else that is true of it; gives the screen."""
        holds = what if callable(what) else lambda seen: what in seen
        until = monotonic() + PATIENCE
        while not holds(self.seen):
            assert self._is_open, f"ended before it was seen: {what}\n{self.seen}"
            assert monotonic() < until, f"never seen: {what}\n{self.seen}"
            self.read(0.1)
        return self.seen

    def settings(self) -> list[object]:
        """How the terminal treats what is typed (echo, lines, signals)."""
        return termios.tcgetattr(self._door)[:4]

    # --- what is done ---

    def press(self, *keys: str) -> None:
        """Keys by their names, or text as it stands."""
        for key in keys:
            os.write(self._door, KEYS.get(key, key).encode())

    def resize(self, columns: int, lines: int) -> None:
        """Another size; the program hears of it as from any terminal. What was shown goes: it is painted again."""
        self.look()
        self.size = (columns, lines)
        self.screen.resize(lines, columns)
        self.screen.erase_in_display(2)
        _set_size(self._door, self.size)

    def signal(self, number: int) -> None:
        """To the program."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self, seconds: float = PATIENCE) -> int:
        """Until the program has ended; its exit code, negative for a signal."""
        until = monotonic() + seconds
        while self.code is None:
            assert monotonic() < until, f"never ended\n{self.seen}"
            self.read(0.02)
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.code = os.waitstatus_to_exitcode(status)
        while self.read(0.05):
            pass
        return self.code

    def close(self) -> None:
        """The window goes, as when its corner is clicked."""
        self._is_open = False
        if self._door >= 0:
            os.close(self._door)  # once: the number may be another file's by then
            self._door = -1


def _become(command: Sequence[str], size: tuple[int, int], variables: Mapping[str, str]) -> None:
    """In the child: the terminal's size first, so that the program never sees another."""
    try:
        _set_size(0, size)
        os.execvpe(command[0], list(command), dict(variables))
    finally:
        os._exit(127)


def _set_size(door: int, size: tuple[int, int]) -> None:
    columns, lines = size
    fcntl.ioctl(door, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
