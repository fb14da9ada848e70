"""The screens of one tab: a process of its own, spoken to in packets.

The other end is Textual's ``WebDriver`` (``textual.drivers.web_driver`` describes the packets). What the process says
on its error output goes to the terminal of the server.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

DATA, META = b"D", b"M"
GREETING = b"__GANGLION__\n"
"""What Textual writes before the first packet."""
LARGEST = 32 << 20
"""Bytes of a packet: a screen is some tens of thousands; more is no packet."""
GOES, DIES = 5.0, 2.0
"""Seconds left to a process to let its dossier go, then to obey the system."""
if sys.platform == "win32":
    OWN_GROUP: dict[str, Any] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    OWN_GROUP: dict[str, Any] = {"start_new_session": True}
"""Ctrl+C in the terminal stops the server, which then asks each process to leave."""


@dataclass(frozen=True, slots=True)
class Program:
    """What each tab runs."""

    command: Sequence[str]
    """Never goes through a shell: a rules folder may have any name."""
    variables: Mapping[str, str] = field(default_factory=dict)


class Child:
    """One process of the screens."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._input = process.stdin
        self._output = process.stdout

    @classmethod
    async def start(cls, program: Program, width: int, height: int) -> Child:
        """Start it for a screen of so many columns and lines. Raises OSError."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
        size = {"COLUMNS": str(width), "ROWS": str(height)}
        look = {"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "truecolor", "TEXTUAL_FPS": "60"}
        variables = {**ours, **look, **size, **program.variables}
        return cls(
            await asyncio.create_subprocess_exec(
                *program.command,
                stdin=PIPE,
                stdout=PIPE,
                env=variables,
                **OWN_GROUP,
            )
        )

    @property
    def number(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    async def type_in(self, text: str) -> None:
        """Send what the keyboard and the mouse did."""
        await self._send(DATA, text.encode("utf-8", "replace"))

    async def tell(self, what: str, **values: int) -> None:
        """Send « resize », « focus », « blur » or « quit »."""
        await self._send(META, json.dumps({"type": what, **values}).encode())

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """Kind and content of each: ``DATA`` is to be drawn. Until the process has no more to say."""
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            await self._output.readuntil(GREETING)
            while True:
                head = await self._output.readexactly(5)
                size = int.from_bytes(head[1:], "big")
                if size > LARGEST:
                    return
                payload = await self._output.readexactly(size)
                if head[:1] in (DATA, META):
                    yield head[:1], payload

    async def end(self) -> int:
        """Ask it to leave, and see that it does; gives its exit code. May take some seconds."""
        with suppress(OSError, RuntimeError):
            await asyncio.wait_for(self.tell("quit"), 1)
        with suppress(OSError, RuntimeError, TimeoutError):
            self._input.close()
        if not await self._is_gone(GOES):
            with suppress(ProcessLookupError):
                self._process.terminate()
            if not await self._is_gone(DIES):
                with suppress(ProcessLookupError):
                    self._process.kill()
        return await self._process.wait()

    async def _is_gone(self, seconds: float) -> bool:
        """Wait for it, reading what it still writes: a process whose words nobody takes cannot leave."""

        async def last_words() -> None:
            while await self._output.read(1 << 16):
                pass
            await self._process.wait()

        with suppress(TimeoutError):
            await asyncio.wait_for(last_words(), seconds)
        return self._process.returncode is not None

    async def _send(self, kind: bytes, payload: bytes) -> None:
        if self._input.is_closing():
            return
        with suppress(ConnectionError):
            self._input.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._input.drain()
