"""The server: its three addresses, its tabs, and the ways in which it ends."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from aiohttp import web

from conseil_dla.ground.files import PLACE_VARIABLE
from conseil_dla.screens.browser.door import SCREEN, Guest, Walls, listening
from conseil_dla.screens.browser.entry import Keyring, Tab
from conseil_dla.screens.browser.pages import PAGE, read_files
from conseil_dla.screens.browser.place import Doorway
from conseil_dla.screens.browser.session import (
    HEARTBEAT,
    LARGEST_MESSAGE,
    Child,
    Ending,
    Program,
    Session,
    asked_size,
    greeting,
)

MOST_TABS = 8
"""At once; each takes about 75 MB, and the program runs on small office machines."""
A_PLACE = 3.0
"""Seconds for which a tab waits for another that is leaving: a page that is reloaded comes before it has gone."""
TO_GREET = 5.0
"""Seconds for a page to say its word."""
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Server:
    """The screens at one place."""

    def __init__(self, place: Doorway, entry: Keyring, program: Program) -> None:
        self._walls = Walls(place)
        self._entry = entry
        self._program = program
        self._files = read_files()
        self._sessions: set[Session] = set()
        self._tabs = 0
        self._places = asyncio.Semaphore(MOST_TABS)
        self._is_stopping = False
        self._last_seen = monotonic()

    def application(self) -> web.Application:
        """Three addresses, each behind the walls."""
        application = web.Application(middlewares=[self._walls.guard], client_max_size=1024)
        application.on_response_prepare.append(self._walls.dress)
        application.router.add_get("/", self._page, allow_head=False)
        application.router.add_get("/fichiers/{name}", self._file, allow_head=False)
        application.router.add_get(SCREEN, self._screen, allow_head=False)
        return application

    def idle_for(self) -> float:
        """Seconds without any tab; 0 while there is one."""
        return 0.0 if self._tabs else monotonic() - self._last_seen

    async def close(self) -> None:
        """Tell every tab, and see every process gone. Takes some seconds at most."""
        self._is_stopping = True
        for session in self._sessions:
            session.stop()
        while self._tabs:
            await asyncio.sleep(0.02)

    async def _page(self, request: web.Request) -> web.Response:
        self._last_seen = monotonic()
        return self._answer(PAGE)

    async def _file(self, request: web.Request) -> web.Response:
        return self._answer(request.match_info["name"])

    def _answer(self, name: str) -> web.Response:
        if name not in self._files:
            raise web.HTTPNotFound
        body, kind = self._files[name]
        return web.Response(body=body, content_type=kind, charset="utf-8" if "font" not in kind else None)

    async def _screen(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST_MESSAGE, compress=False, timeout=1)
        if not socket.can_prepare(request).ok:
            raise web.HTTPNotFound
        await socket.prepare(request)
        said = await greeting(socket, TO_GREET)
        tab = self._entry.tab(*said) if said is not None else None
        if tab is None:
            await socket.close(code=Ending.NOT_ADMITTED)
            return socket
        if isinstance(request.protocol, Guest):
            request.protocol.settle()
        self._tabs += 1
        try:
            ending = await self._placed(request, socket, await self._alone(tab))
        finally:
            self._tabs -= 1
            self._last_seen = monotonic()
        if ending is not None:
            await socket.close(code=ending)
        return socket

    async def _alone(self, tab: Tab) -> Tab:
        """That tab once its former page has gone; another where it does not go: the tab was doubled."""
        until = monotonic() + A_PLACE
        while tab.is_here and monotonic() < until:
            await asyncio.sleep(0.02)
        return self._entry.new_tab() if tab.is_here else tab

    async def _placed(self, request: web.Request, socket: web.WebSocketResponse, tab: Tab) -> Ending | None:
        """A whole session, once there is a place for it; the reason when there could be none."""
        tab.is_here = True
        try:
            with suppress(ConnectionError):
                await socket.send_json(["cle", tab.key])
            return await self._run(request, socket, tab)
        finally:
            tab.is_here = False

    async def _run(self, request: web.Request, socket: web.WebSocketResponse, tab: Tab) -> Ending | None:
        try:
            await asyncio.wait_for(self._places.acquire(), A_PLACE)
        except TimeoutError:
            return Ending.FULL
        try:
            if self._is_stopping:
                return Ending.STOPPED
            program = replace(self._program, variables={**self._program.variables, PLACE_VARIABLE: tab.place})
            session = Session(socket, await Child.start(program, *asked_size(request)), tab)
            self._sessions.add(session)
            try:
                if self._is_stopping:
                    session.stop()
                await session.run()
            finally:
                self._sessions.discard(session)
        except OSError:
            return Ending.BROKEN
        finally:
            self._places.release()
        return None


async def serve(
    place: Doorway, entry: Keyring, program: Program, *, idle: float | None, ready: Callable[[], object]
) -> bool:
    """Serve until told to stop by the terminal or the system, or after ``idle`` seconds without any tab.

    ``ready`` is called once, when a browser may come; it must not wait. True when idleness was the reason.
    """
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL)  # a request that cannot be read is no affair of the user's
    stop = asyncio.Event()
    before = _stopped_by_signals(stop)
    server = Server(place, entry, program)
    try:
        async with listening(place, server.application()):
            ready()
            while not stop.is_set() and (idle is None or server.idle_for() < idle):
                left = None if idle is None else max(idle - server.idle_for(), 0.05)
                try:
                    await asyncio.wait_for(stop.wait(), left)
                except TimeoutError:
                    continue
            await server.close()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    return not stop.is_set()


def _stopped_by_signals(stop: asyncio.Event) -> dict[signal.Signals, signal._HANDLER]:
    """The same on every system: Windows knows no other way. Gives what was there before."""
    loop = asyncio.get_running_loop()
    before: dict[signal.Signals, signal._HANDLER] = {}
    for name in (getattr(signal, word) for word in SIGNALS if hasattr(signal, word)):
        if signal.getsignal(name) is not signal.SIG_IGN:  # « nohup »
            before[name] = signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set)) or signal.SIG_DFL
    return before
