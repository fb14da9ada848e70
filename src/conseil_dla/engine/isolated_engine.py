"""durable_rules in a process of its own: there it may die or hang, and nothing of the session goes with it.

Only matching happens there, a stratum at a time. What is known and the findings stay here, and so does the check of
what is said. The process is started at the first dossier, restarted by nobody: once it is lost, the reference serves,
and concludes the same. See decisions 0034 and 0048.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from conseil_dla.engine import durable_sheets
from conseil_dla.engine.durable_engine import DurableEngine, load
from conseil_dla.engine.durable_sheets import Asked, EngineFailed
from conseil_dla.engine.outcome import Fired
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.rules.model import Answers, Logic

FIRST, LATER = 10.0, 2.0
"""Seconds left to the first stratum, whose process has to start, and to any other: thousands of times what it takes.

What hangs is noticed after one to two times as long.
"""
if sys.platform == "win32":
    OWN_GROUP: dict[str, Any] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
else:
    OWN_GROUP: dict[str, Any] = {"start_new_session": True}
"""Ctrl+C, and a terminal that goes, are for the program alone; this process ends with its input."""


EARLIEST = 86_400
"""Seconds since 1970 from which durable_rules works: where a clock says less, it takes no rule for free to fire."""


class Lost(Exception):
    """The process died, took too long, or could not be started."""


class IsolatedEngine:
    """durable_rules in its process for as long as it serves; the reference from then on."""

    def __init__(self, logic: Logic) -> None:
        self._durable = DurableEngine(logic, Apart)
        self._reference = ReferenceEngine(logic)
        self._is_lost = False

    @property
    def name(self) -> str:
        """The name of the engine that serves now."""
        return self._reference.name if self._is_lost else self._durable.name

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier; what is given says which engine did. Raises EngineFailed and EnginesDisagree."""
        if not self._is_lost and time.time() > EARLIEST:
            try:
                return self._durable.fire(answers)
            except Lost:
                self._is_lost = True
        return self._reference.fire(answers)

    def close(self) -> None:
        """End the process. The second call does nothing."""
        self._durable.close()


class Apart:
    """The sheets in a process of their own, started when they are first asked. For one thread at a time."""

    def __init__(self, definitions: Sequence[str]) -> None:
        self._definitions = definitions
        self._process: _Process | None = None
        self._goes: weakref.finalize[..., Apart] | None = None
        self._is_lost = False

    def match(self, asked: Asked) -> list[list[str]]:
        """For each fact, the names of the patterns that it matches. Raises EngineFailed, and Lost from then on."""
        if self._is_lost:
            raise Lost
        try:
            matched = self._started().ask(asked)
        except Lost:
            self._is_lost = True
            self.close()
            raise
        except BaseException:  # interrupted: what it still answers must not be taken for the next answer
            self.close()
            raise
        if matched is None:
            raise EngineFailed("durable_rules failed twice in its process")
        return matched

    def _started(self) -> _Process:
        if self._process is None or not self._process.is_ours:
            self._process = _Process(self._definitions)
            self._goes = weakref.finalize(self, self._process.end)
        return self._process

    def close(self) -> None:
        """End the process. The next fact would start another."""
        self._process = None
        if self._goes is not None:
            self._goes()


class _Process:
    """The process and the thread that watches it: ``ask`` waits on a pipe, which ends when the process is killed."""

    def __init__(self, definitions: Sequence[str]) -> None:
        folder = Path(load().__file__ or "").parent
        # -I -S: nothing of the surroundings (variables, current folder, .pth files) can change what runs there
        command = [sys.executable, "-I", "-S", durable_sheets.__file__, str(folder)]
        try:
            self._popen = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **OWN_GROUP
            )
        except (OSError, ValueError) as error:
            raise Lost from error
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._input, self._output = self._popen.stdin, self._popen.stdout
        self._owner = os.getpid()
        self._unsaid = _line(definitions)
        self._asked = self._answered = 0
        self._is_awaited = Event()
        self._is_over = Event()
        Thread(target=self._watch, name="durable_rules", daemon=True).start()

    @property
    def is_ours(self) -> bool:
        """False in a process forked from the one that started it: two would read the same answers."""
        return self._owner == os.getpid()

    def ask(self, asked: Asked) -> list[list[str]] | None:
        """Send the facts and wait for the names; None when the engine failed. Raises Lost."""
        said, self._unsaid = self._unsaid + _line(asked), b""
        self._asked += 1
        self._is_awaited.set()
        try:
            self._input.write(said)
            self._input.flush()
            answer: list[list[str]] | None = json.loads(self._output.readline())
        except (OSError, ValueError) as error:  # no line at all is no JSON
            raise Lost from error
        self._answered += 1
        return answer

    def _watch(self) -> None:
        """Kill the process when it has owed an answer for too long. It wakes once in so many seconds."""
        while True:
            self._is_awaited.wait()
            self._is_awaited.clear()
            awaited = self._asked
            until = time.monotonic() + (FIRST if awaited == 1 else LATER)
            while not self._is_over.wait(LATER):
                if self._answered >= awaited:
                    break
                if time.monotonic() >= until:
                    self._popen.kill()
                    return
            else:
                return

    def end(self) -> None:
        """Kill it: it holds nothing worth a farewell."""
        if not self.is_ours:
            return
        self._is_over.set()
        self._is_awaited.set()
        self._popen.kill()
        for pipe in (self._input, self._output):
            with suppress(OSError):
                pipe.close()
        self._popen.wait()


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"
