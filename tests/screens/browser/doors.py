"""A server at a free port, with stand-ins for the screens, and a raw way to speak to it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

import aiohttp

from conseil_dla.screens.browser.door import listening
from conseil_dla.screens.browser.entry import Keyring
from conseil_dla.screens.browser.place import THIS_MACHINE, Doorway, open_place
from conseil_dla.screens.browser.server import Server
from conseil_dla.screens.browser.session import Program

ECHO = """
import json, os, sys
def say(text):
    data = text.encode()
    os.write(1, b"D" + len(data).to_bytes(4, "big") + data)
os.write(1, b"__GANGLION__\\n")
say(json.dumps({"arguments": sys.argv[1:], "size": [os.environ["COLUMNS"], os.environ["ROWS"]], "pid": os.getpid()}))
while head := sys.stdin.buffer.read(5):
    payload = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    say(head[:1].decode() + payload.decode())
    if head[:1] == b"M" and json.loads(payload)["type"] == "quit":
        break
    if payload == b"leave":
        break
    if payload == b"break":
        sys.exit(1)
"""
"""Says how it was called, gives back whatever it gets, leaves when told to."""
DEAF = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(1, b"__GANGLION__\\n" + b"D" + (4).to_bytes(4, "big") + b"here")
time.sleep(600)
"""
"""Heeds nobody."""
FLOOD = """
import os
os.write(1, b"__GANGLION__\\n" + b"D" + (4).to_bytes(4, "big") + b"here")
while True:
    os.write(1, b"D" + (60000).to_bytes(4, "big") + b"x" * 60000)
"""
"""Draws without end, and heeds nobody."""


def standing_in(script: str, *arguments: str) -> Program:
    return Program((sys.executable, "-c", script, *arguments))


class Door:
    """A server that runs, and what its guests must say."""

    def __init__(self, place: Doorway, entry: Keyring, server: Server) -> None:
        self.place = place
        self.entry = entry
        self.server = server
        self.host = f"{THIS_MACHINE}:{place.port}"
        self.known = {"Host": self.host}
        self.from_our_page = {**self.known, "Origin": f"http://{self.host}"}

    async def ask(self, line: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> tuple[int, str]:
        """Status, and everything that came with it; 0 when the connection was only closed."""
        reader, writer = await asyncio.open_connection(THIS_MACHINE, self.place.port)
        head = "".join(f"{name}: {value}\r\n" for name, value in (self.known if headers is None else headers).items())
        with suppress(ConnectionError):
            writer.write(f"{line} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode("latin-1") + body)
            await writer.drain()
        answer = b""
        with suppress(ConnectionError):
            answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        text = answer.decode("utf-8", "replace")
        return (int(text.split()[1]), text) if text.startswith("HTTP/1.") else (0, text)

    @asynccontextmanager
    async def tab(
        self, query: str = "", key: str = "", **options: bool
    ) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """The connection that our page makes, once it has said the word."""
        async with self.connection(query, **options) as socket:
            await socket.send_json(["bonjour", self.entry.word, key])
            yield socket

    @asynccontextmanager
    async def connection(self, query: str = "", **options: bool) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """The same, silent yet."""
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(f"http://{self.host}/ecran{query}", headers=self.from_our_page, **options) as socket,
        ):
            yield socket


@asynccontextmanager
async def serving(program: Program) -> AsyncIterator[Door]:
    place, entry = open_place(THIS_MACHINE, 0), Keyring()
    server = Server(place, entry, program)
    async with listening(place, server.application()):
        try:
            yield Door(place, entry, server)
        finally:
            await server.close()
