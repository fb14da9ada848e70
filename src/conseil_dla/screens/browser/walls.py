"""What is refused before anything is served, and what every answer says to the browser.

An officer's dossiers are behind this door: other pages open in the same browser, other accounts of the machine and,
when one has asked for it, the network, must find it shut.
"""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable

from aiohttp import web

from conseil_dla.screens.browser.pages import HEADERS, NOTHING, refusal_page
from conseil_dla.screens.browser.place import Doorway
from conseil_dla.screens.browser.reception import Guest

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
