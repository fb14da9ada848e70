"""Connections before they are a tab: how many, for how long; what is refused, what every answer tells the browser.

Whoever can reach the port may open as many as the system lets them, and say nothing: each would hold a descriptor. An
officer's dossiers are behind this door: other pages open in the same browser, other accounts of the machine and, when
one has asked for it, the network, must find it shut.
"""

from __future__ import annotations

import asyncio
import errno
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, NoReturn

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from conseil_dla.screens.browser.pages import HEADERS, NOTHING, raw_refusal, refusal_page
from conseil_dla.screens.browser.place import Doorway, crowded

MOST_GUESTS = 96
"""Connections that are no tab; a page that opens takes six. Far below the descriptors of a process, 256 on macOS."""
TO_SPEAK, TO_STAY = 10.0, 60.0
"""Seconds left to a connection to say what it asks, then to be served or to be a tab."""
IDLE = 15.0
"""Seconds between two requests of one connection."""
LONGEST_HEADER = 1 << 15
"""Bytes: every server of a machine shares the cookies of 127.0.0.1."""
QUIET = 60.0
"""Seconds between two lines about the same trouble."""


class Reception:
    """Makes the guests of one server, and shows the oldest out when there are too many."""

    def __init__(self, runner: web.AppRunner) -> None:
        self._runner = runner
        self._guests: dict[Guest, None] = {}
        self._told = -QUIET

    def __call__(self) -> Guest:
        """For a connection that has just come."""
        assert self._runner.server is not None
        return Guest(
            self._runner.server, self, loop=asyncio.get_running_loop(), access_log=None, keepalive_timeout=IDLE,
            max_field_size=LONGEST_HEADER, max_line_size=LONGEST_HEADER, lingering_time=1,
        )  # fmt: skip

    def enter(self, guest: Guest) -> None:
        """One more; who has said nothing yet goes first, then who came first."""
        self._guests[guest] = None
        if len(self._guests) > MOST_GUESTS:
            self.say_crowded()
            silent = (one for one in self._guests if not one.spoke)
            next(silent, next(iter(self._guests))).show_out()

    def leave(self, guest: Guest) -> None:
        """One less."""
        self._guests.pop(guest, None)

    def say_crowded(self) -> None:
        """One line in the terminal, however long it lasts."""
        if monotonic() - self._told >= QUIET:
            self._told = monotonic()
            print(crowded(), file=sys.stderr, flush=True)

    def heed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What the loop would tell in English, for each connection, when there are no descriptors left."""
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
            self.say_crowded()
        else:
            loop.default_exception_handler(context)


class Guest(RequestHandler):
    """A connection."""

    __slots__ = ("_reception", "_timer", "spoke")

    def __init__(self, manager: web.Server, reception: Reception, **options: Any) -> None:
        super().__init__(manager, **options)
        self._reception = reception
        self._timer: asyncio.TimerHandle | None = None
        self.spoke = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It has some seconds."""
        super().connection_made(transport)
        self._give(TO_SPEAK)
        self._reception.enter(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Gone by itself or not."""
        self.settle()
        super().connection_lost(exc)

    def has_spoken(self) -> None:
        """It asked for something that can be read."""
        if not self.spoke:
            self.spoke = True
            self._give(TO_STAY)

    def settle(self) -> None:
        """It is a tab, or gone: no guest any more."""
        self._reception.leave(self)
        if self._timer is not None:
            self._timer.cancel()

    def show_out(self) -> None:
        """At once, whatever was being said."""
        self._reception.leave(self)
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    def _give(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.show_out)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> NoReturn:
        """What aiohttp would answer in English, with its name and no header of ours; then the line is closed."""
        if not self.spoke and isinstance(self.transport, asyncio.Transport) and request.writer.output_size == 0:
            self.transport.write(raw_refusal(status))
        self.spoke = True  # aiohttp comes back here with the error below
        raise ConnectionError("answered")

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """What is refused before our walls are asked, in our words too."""
        if isinstance(resp, web.HTTPException):
            resp = refusal_page(resp.status)
        return await super().finish_response(request, resp, start_time)


@asynccontextmanager
async def listening(place: Doorway, application: web.Application) -> AsyncIterator[None]:
    """Connections are taken at that place meanwhile; once over, none is left."""
    runner = web.AppRunner(application, handle_signals=False, access_log=None, shutdown_timeout=1)
    await runner.setup()
    reception = Reception(runner)
    loop = asyncio.get_running_loop()
    before: Callable[..., object] | None = loop.get_exception_handler()
    loop.set_exception_handler(reception.heed)
    door = await loop.create_server(reception, sock=place.door)
    try:
        yield
    finally:
        door.close()
        await runner.cleanup()
        loop.set_exception_handler(before)


# --- what is refused --------------------------------------------------------------------------------------------------

SIZE = "police"
LEAST_SIZE, LARGEST_SIZE = 8, 72
SCREEN = "/ecran"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere. Inline styles, because the terminal in the page (xterm.js) writes its own."""


class Walls:
    """Asked before every answer."""

    def __init__(self, place: Doorway) -> None:
        self._place = place

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse or serve. Errors are told in French, without any word of the request.

        The page and its files are everybody's, and hold nothing of anybody; the screens ask for the word.
        """
        if isinstance(request.protocol, Guest):
            request.protocol.has_spoken()
        try:
            if request.method != "GET":
                return refusal_page(405)
            if not self._is_for_us(request):
                return refusal_page(421)
            if not self._is_from_our_page(request):
                return refusal_page(403)
            if request.path == "/" and request.path_qs != plain_address(request):
                return web.Response(status=303, headers={"Location": plain_address(request)})
            return await handler(request)
        except web.HTTPException as error:
            return refusal_page(error.status)
        except Exception:
            traceback.print_exc()  # a bug: for whoever looks at the terminal, never for the page
            return refusal_page(500)

    async def dress(self, request: web.Request, response: web.StreamResponse) -> None:
        """The headers of every answer; the name of a library is none of them."""
        response.headers.popall("Server", None)
        response.headers.update(HEADERS)
        policy = POLICY.format(host=request.headers["Host"]) if self._is_for_us(request) else NOTHING
        response.headers["Content-Security-Policy"] = policy

    def _is_for_us(self, request: web.Request) -> bool:
        """Never by ``request.host``, which asks the network for a name when there is none."""
        called = request.headers.getall("Host", [])
        return len(called) == 1 and self._place.answers_to(called[0])

    def _is_from_our_page(self, request: web.Request) -> bool:
        """A browser says which page asks; for the screens' own connection it always does."""
        origin = request.headers.get("Origin")
        if origin is None:
            return request.path != SCREEN
        return origin == f"http://{request.headers['Host']}"


def plain_address(request: web.Request) -> str:
    """The address of the page with nothing more than a size of letters, in pixels and within bounds."""
    asked = request.query.get(SIZE, "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
        return "/"
    return f"/?{SIZE}={min(max(int(asked), LEAST_SIZE), LARGEST_SIZE)}"
