"""The few files that a browser may have, read once: no path from outside ever reaches the disk."""

from __future__ import annotations

from importlib import resources

import textual_serve
from aiohttp import web

PAGE = "page.html"
OURS = {
    "page.html": "text/html",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "icone.svg": "image/svg+xml",
    "points.ttf": "font/ttf",
}
THEIRS = {
    "js/textual.js": "text/javascript",
    "css/xterm.css": "text/css",
    "fonts/RobotoMono-VariableFont_wght.ttf": "font/ttf",
    "fonts/RobotoMono-Italic-VariableFont_wght.ttf": "font/ttf",
}
"""Of textual_serve: the terminal in the page (xterm.js and what joins it to the server), and its letters."""

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), clipboard-read=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Of every answer."""
NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""The policy of an answer that shows words alone."""

REFUSALS = {
    400: ("Cette demande n’est pas comprise", "Les écrans s’ouvrent dans un navigateur, rien de plus."),
    403: (
        "Cette adresse ne suffit pas",
        "Ouvrez l’adresse entière, celle que « conseil-dla servir » a écrite en démarrant. "
        "Elle change à chaque démarrage.",
    ),
    404: ("Il n’y a rien à cette adresse", "Les écrans sont à l’adresse que « conseil-dla servir » a écrite."),
    405: ("Cette demande n’est pas admise", "Les écrans s’ouvrent dans un navigateur, rien de plus."),
    421: (
        "Ce n’est pas ainsi que l’on m’appelle",
        "Ouvrez l’adresse telle que « conseil-dla servir » l’a écrite, sans rien y changer.",
    ),
    500: ("Quelque chose n’a pas marché", "Rechargez la page. Ce qui était enregistré l’est toujours."),
}
REFUSAL = """\
<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<title>Conseil DLA</title>
<h1>{title}</h1>
<p>{sentence}</p>
</html>
"""


def read_files() -> dict[str, tuple[bytes, str]]:
    """Content and kind of every file served, by its name alone."""
    ours, theirs = resources.files(__package__) / "page", resources.files(textual_serve) / "static"
    found = {name: ((ours / name).read_bytes(), kind) for name, kind in OURS.items()}
    return found | {path.rpartition("/")[2]: ((theirs / path).read_bytes(), kind) for path, kind in THEIRS.items()}


def refusal_page(status: int) -> web.Response:
    """A refusal in French; says nothing of the request, of the machine, nor of what else there might be."""
    title, sentence = REFUSALS.get(status, REFUSALS[500])
    headers = {"Allow": "GET"} if status == 405 else None
    return web.Response(status=status, text=_told(title, sentence), content_type="text/html", headers=headers)


def raw_refusal(status: int) -> bytes:
    """The same as it goes over the line, for what cannot be read as a request: nothing else would dress it."""
    body = _told(*REFUSALS.get(status, REFUSALS[500])).encode()
    headers = {**HEADERS, "Content-Security-Policy": NOTHING, "Content-Type": "text/html; charset=utf-8"}
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    head = f"HTTP/1.1 {status} \r\n{''.join(lines)}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def _told(title: str, sentence: str) -> str:
    return REFUSAL.format(title=title, sentence=sentence.replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
