"""The C module of durable_rules: rulesets in, names of what matches out. Only this module imports it.

The C module is driven directly because the Python layer above it starts two timer threads that dispatch on their own,
and swallows exceptions. A fact is asserted, the names of what matches are collected, it is retracted: facts are never
edited, which is where the engine reads out of bounds.

Run as a program, this file is the process in which ``isolated_engine`` keeps the engine. It imports the standard
library alone, so that this process is up in 20 ms and stays small.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from itertools import count
from types import ModuleType

SID = "s"
"""The one session id: the engine keeps some 20 KB per pattern and session, and dies at 1,025 sessions."""

LONGEST = 30
"""Seconds after which the process ends itself in the middle of a fact: nobody may be left to end it."""

Asked = Sequence[tuple[int, str]]
"""Numbers of sheets, each with the fact to match there, as JSON."""

_ASSERTED, _NO_RULE = 0, 1
_NUMBERS = count()
"""Rulesets are named by number, and no name is used twice in a process: the engine keeps something of the old one."""


class EngineFailed(RuntimeError):
    """durable_rules answered something unexpected, twice running, the second time from a new ruleset."""


def load() -> ModuleType:
    """The C module. Raises ImportError where it is not installed, or not built for this Python."""
    import durable_rules_engine  # noqa: PLC0415 - this floor must import where the module cannot

    module: ModuleType = durable_rules_engine
    return module


class Sheets:
    """Rulesets inside the C engine of this process, known by their numbers."""

    def __init__(self, module: ModuleType, definitions: Iterable[str]) -> None:
        self._sheets = tuple(_Sheet(module, definition) for definition in definitions)

    def match(self, asked: Asked) -> list[list[str]]:
        """For each fact, the names of the patterns that it matches. Raises EngineFailed."""
        return [self._sheets[number].match(fact) for number, fact in asked]

    def close(self) -> None:
        """Give back the engine's memory. The second call does nothing."""
        for sheet in self._sheets:
            sheet.close()


class _Sheet:
    """One ruleset, built at its first use and rebuilt whenever a run does not end as it should."""

    def __init__(self, module: ModuleType, definition: str) -> None:
        self._module = module
        self._definition = definition
        self._patterns = len(json.loads(definition))
        self._handle: int | None = None
        self._matched = False

    def match(self, fact: str) -> list[str]:
        """Names of the patterns that the fact matches."""
        try:
            return self._run(fact)
        except Exception:
            try:
                return self._run(fact)
            except Exception as error:
                raise EngineFailed(f"durable_rules failed twice on {fact}") from error

    def _run(self, fact: str) -> list[str]:
        """Assert, collect, retract. A message is ``{"name":{"m":…the fact…}}``: only its name is read."""
        module, handle = self._module, self._take()
        names: list[str] = []
        code, state = module.assert_fact(handle, fact)
        if code == _ASSERTED:
            self._matched = True
            _, message = module.start_action_for_state(handle, state)
            while message is not None:
                names.append(message[2 : message.index('"', 2)])
                if len(names) > self._patterns:
                    raise ValueError("more matches than patterns")
                message = module.complete_and_start_action(handle, state)
        elif code != _NO_RULE:
            raise ValueError(f"code {code} for an asserted fact")
        code, _ = module.retract_fact(handle, fact)
        if code not in (_ASSERTED, _NO_RULE):
            raise ValueError(f"code {code} for a retracted fact")
        self._handle = handle
        return names

    def _take(self) -> int:
        """Take the handle out until the run has ended well: whatever interrupts it, the next run builds a new one.

        The old one is not deleted, at the cost of its memory: deleting in an unknown state can abort the process.
        """
        if self._handle is None:
            self._matched = False
            return int(self._module.create_ruleset(f"r{next(_NUMBERS)}", self._definition))
        handle, self._handle = self._handle, None
        return handle

    def close(self) -> None:
        if self._handle is None:
            return
        if self._matched:  # deleting the state of a session where nothing ever matched aborts the process
            self._module.delete_state(self._handle, SID)
        self._module.delete_ruleset(self._handle)
        self._handle = None


def limited(seconds: int) -> None:
    """Have the system end this process after so many seconds, even in the middle of C; 0 takes it back."""
    if sys.platform != "win32":
        signal.alarm(seconds)
    elif seconds:
        faulthandler.dump_traceback_later(seconds, exit=True)  # a thread: 50 times the cost of an alarm
    else:
        faulthandler.cancel_dump_traceback_later()


def serve(folder: str) -> None:
    """Answer on the standard output what the standard input asks, one line of JSON each, until it ends.

    The first line gives the definitions; the others are ``Asked``, and their answers lists of names, or null where the
    engine failed. ``folder`` holds the C module: this process reads no other setting of its surroundings.
    """
    with open(os.dup(1), "wb", buffering=0) as answers, open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 1)  # whatever the C module may print is no answer
        sys.path.append(folder)
        sheets = Sheets(load(), json.loads(sys.stdin.buffer.readline()))
        for line in sys.stdin.buffer:
            limited(LONGEST)
            try:
                matched: list[list[str]] | None = sheets.match(json.loads(line))
            except EngineFailed:
                matched = None
            limited(0)
            answers.write(json.dumps(matched).encode() + b"\n")
        os._exit(0)  # what the engine holds goes with the process: giving it back piece by piece is not its safest part


if __name__ == "__main__":
    serve(sys.argv[1])
