"""One tab and its process of the screens: what one sends, the other gets, until either leaves.

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
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from conseil_dla.screens.browser.entry import Tab

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


# --- the tab ----------------------------------------------------------------------------------------------------------

HEARTBEAT = 20.0
"""Seconds between two questions to the browser; one that does not answer within half as long is gone."""
LARGEST_MESSAGE = 1 << 20
"""Bytes; what is pasted comes as one message."""
LONGEST_PLACE = 8192
"""Letters of what the screens say that they have open: a path."""
COLUMNS, LINES = (20, 500), (6, 200)


class Ending(IntEnum):
    """Why a tab's connection ends: codes that the page turns into a sentence."""

    LEFT = 1000
    STOPPED = 1001
    FULL = 4001
    BROKEN = 4002
    NOT_UNDERSTOOD = 4003
    NOT_ADMITTED = 4004


class NotUnderstood(Exception):
    """The browser sent something that our page never sends."""


class Session:
    """A tab with its process."""

    def __init__(self, socket: web.WebSocketResponse, child: Child, tab: Tab) -> None:
        self._socket = socket
        self._child = child
        self._tab = tab
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Until one of the two leaves, or the server stops; the process is gone when this is over."""
        ways = {
            asyncio.create_task(self._listen()): Ending.LEFT,
            asyncio.create_task(self._draw()): None,
            asyncio.create_task(self._stop.wait()): Ending.STOPPED,
        }
        ending: Ending | None = None
        error: BaseException | None = None
        try:
            done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            first = next(task for task in ways if task in done)
            error = first.exception()
            ending = Ending.NOT_UNDERSTOOD if error else ways[first]
        finally:
            for task in ways:
                task.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            code = await asyncio.shield(self._child.end())
        if ending is None:
            ending = Ending.LEFT if code in HAS_SPOKEN else Ending.BROKEN
        await self._socket.close(code=ending)
        if error is not None and not isinstance(error, NotUnderstood):
            raise error

    def stop(self) -> None:
        """The server stops."""
        self._stop.set()

    async def _draw(self) -> None:
        with suppress(ConnectionError):
            async for kind, payload in self._child.packets():
                if kind == DATA:
                    await self._socket.send_bytes(payload)
                elif (place := place_told(payload)) is not None:
                    self._tab.place = place
                elif (file := file_told(payload)) is not None:
                    await self._socket.send_json(["fichier", *file])

    async def _listen(self) -> None:
        async for message in self._socket:
            if message.type == WSMsgType.TEXT:
                await self._heed(message.data)
            elif message.type == WSMsgType.BINARY:
                raise NotUnderstood

    async def _heed(self, text: str) -> None:
        """One message of the page. Raises ``NotUnderstood``."""
        try:
            envelope = json.loads(text)
        except (ValueError, RecursionError):
            raise NotUnderstood from None
        match envelope:
            case ["stdin", str(typed)]:
                await self._child.type_in(typed)
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self._child.tell("resize", width=within(width, COLUMNS), height=within(height, LINES))
            case ["ping", str(when)]:
                with suppress(ConnectionError):
                    await self._socket.send_json(["pong", when[:20]])
            case ["focus" | "blur" as what]:
                await self._child.tell(what)
            case _:
                raise NotUnderstood


async def greeting(socket: web.WebSocketResponse, seconds: float) -> tuple[str, str] | None:
    """The word of the address and the key of the tab that our page says first; None for anything else."""
    with suppress(TimeoutError, ValueError, RecursionError):
        message = await asyncio.wait_for(socket.receive(), seconds)
        match json.loads(message.data) if message.type == WSMsgType.TEXT else None:
            case ["bonjour", str(word), str(key)]:
                return word, key
    return None


def place_told(payload: bytes) -> str | None:
    """What the screens say that they have open; None for any other packet."""
    with suppress(ValueError, RecursionError):
        match json.loads(payload):
            case {"type": "place", "what": str(what)} if len(what) <= LONGEST_PLACE:
                return what
    return None


def file_told(payload: bytes) -> tuple[str, str] | None:
    """The name and the content (base64) of a file that the screens hand over; None for any other packet."""
    with suppress(ValueError, RecursionError):
        match json.loads(payload):
            case {"type": "fichier", "nom": str(name), "contenu": str(content)}:
                return name, content
    return None


HAS_SPOKEN = {0, 2}
"""Exit codes of the screens once the user has left them, or has read there why they could not open."""


def within(number: int, bounds: tuple[int, int]) -> int:
    """The number, brought within bounds."""
    return min(max(number, bounds[0]), bounds[1])


def asked_size(request: web.Request) -> tuple[int, int]:
    """Columns and lines that the page says it has; those of an old terminal when it says nothing of use."""

    def number(name: str, usual: int, bounds: tuple[int, int]) -> int:
        text = request.query.get(name, "")
        return within(int(text), bounds) if text.isascii() and text.isdigit() and len(text) < 6 else usual

    return number("width", 80, COLUMNS), number("height", 24, LINES)
