"""Who gets in, and that nothing else is answered: hostile requests written by hand."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from conseil_dla.serving.pages import DOTS, OURS, THEIRS
from serving.doors import ECHO, Door, serving, standing_in

WEBSOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with serving(standing_in(ECHO)) as door:
        yield door


def tells_nothing(answer: str) -> bool:
    """No path, no name of a program, no English, and never to be kept."""
    head, _, body = answer.partition("\r\n\r\n")
    assert "Cache-Control: no-store" in head
    assert "Server: Conseil DLA" in head
    assert "<html" in body
    return not re.search(r"/\w+/|python|aiohttp|traceback|error|not found|forbidden|allowed", body, re.IGNORECASE)


async def test_the_address_of_the_terminal_lets_in_and_leaves_no_word_behind(door: Door) -> None:
    status, answer = await door.ask(f"GET /?jeton={door.entry.word}&police=32", {"Host": door.host})
    assert status == 303
    assert "Location: /?police=32\r\n" in answer
    assert f"Set-Cookie: {door.cookie}; HttpOnly; Path=/; SameSite=Strict" in answer
    assert door.entry.word not in answer
    status, answer = await door.ask("GET /")
    assert status == 200
    assert '<html lang="fr">' in answer
    assert "<title>Conseil DLA</title>" in answer


async def test_a_ticket_lets_in_once(door: Door) -> None:
    ticket = door.entry.new_ticket()
    line = f"GET /?jeton={ticket}"
    assert [(await door.ask(line, {"Host": door.host}))[0] for _ in range(2)] == [303, 403]


async def test_every_answer_tells_the_browser_to_fetch_nothing_from_elsewhere(door: Door) -> None:
    for line in ("GET /", "GET /fichiers/page.js", "GET /rien", f"GET /?jeton={door.entry.word}", "POST /"):
        _, answer = await door.ask(line)
        assert "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'" in answer
        assert "frame-ancestors 'none'" in answer
        for header in ("X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "X-Frame-Options: DENY"):
            assert header in answer


async def test_nothing_that_is_served_names_another_place(door: Door) -> None:
    """Our own files; the script of textual_serve names places in its comments and never goes there (test_browser)."""
    for name in OURS:
        status, answer = await door.ask(f"GET /fichiers/{name}")
        assert status == 200
        places = set(re.findall(r"(?:https?:)?//[\w.]+", answer.partition("\r\n\r\n")[2]))
        assert places <= {"http://www.w3.org"}  # the name of the language of the icon


async def test_only_known_files_are_served(door: Door) -> None:
    known = {path.rpartition("/")[2] for path in (*OURS, *THEIRS, DOTS)}
    assert len(known) == len(OURS) + len(THEIRS) + 1
    for name in known:
        assert (await door.ask(f"GET /fichiers/{name}"))[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/fichiers/../server.py", "/fichiers/..%2fserver.py", "/fichiers/%2e%2e/server.py", "/fichiers/..%5cserver.py",
        "/fichiers/%2e%2e%2fserver.py", "/fichiers/%252e%252e%252fserver.py", "/fichiers/....//server.py",
        "/fichiers/..%c0%afserver.py", "/fichiers//etc/passwd", "/fichiers/%2fetc%2fpasswd", "/../../etc/passwd",
        "/fichiers/page.html%00.css", "/fichiers/", "/fichiers", "/download/abc", "/download/..%2f..", "/static/",
        "/static/js/textual.js", "/favicon.ico", "/ws", "/%66ichiers/../..", "/\\..\\..", "/.env", "//autre.example/",
    ],
)  # fmt: skip
async def test_no_path_leads_out(door: Door, path: str) -> None:
    status, answer = await door.ask(f"GET {path}")
    assert status == 404
    assert tells_nothing(answer)
    assert "root:" not in answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "PROPFIND"])
async def test_one_may_only_look(door: Door, method: str) -> None:
    status, answer = await door.ask(f"{method} /", {**door.known, "Content-Length": "4"}, b"abcd")
    assert status == 405
    assert "Allow: GET" in answer
    assert door.entry.pass_word not in answer
    assert (await door.ask(f"{method} /rien", {"Host": door.host}))[0] == 405


HOSTS = ["autre.example", "autre.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.autre.example:{port}",
         "localhost.:{port}", "0.0.0.0:{port}", "[::1]:{port}", "127.0.0.1:{port}:80", "127.0.0.1:{port}@x", "",
         "é:{port}", "192.168.1.1:{port}", "2130706433:{port}"]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
async def test_a_name_made_to_lead_here_is_not_served(door: Door, host: str) -> None:
    status, answer = await door.ask("GET /", {**door.known, "Host": host.format(port=door.place.port)})
    assert status == 421
    assert tells_nothing(answer)


async def test_who_does_not_say_whom_they_call_is_not_served(door: Door) -> None:
    assert (await door.ask("GET /", {"Cookie": door.cookie}))[0] in (400, 421)
    twice = {"Host": f"{door.host}\r\nHost: autre.example", "Cookie": door.cookie}
    assert (await door.ask("GET /", twice))[0] in (400, 421)


async def test_localhost_is_served_too(door: Door) -> None:
    assert (await door.ask("GET /", {**door.known, "Host": f"localhost:{door.place.port}"}))[0] == 200


@pytest.mark.parametrize(
    "cookie", ["", "autre=1", "conseil_dla_{port}=", "conseil_dla_{port}=é", "conseil_dla_1={word}"]
)
@pytest.mark.parametrize(
    "path", ["/", "/ecran", "/fichiers/page.js", "/rien", "/?jeton=", "/?jeton=%00", "/?jeton=a&jeton=b"]
)
async def test_nothing_without_having_been_let_in(door: Door, path: str, cookie: str) -> None:
    given = cookie.format(port=door.place.port, word=door.entry.pass_word)
    headers = {"Host": door.host, "Cookie": given, "Origin": f"http://{door.host}"}
    status, answer = await door.ask(f"GET {path}", headers)
    assert status == 403
    assert tells_nothing(answer)
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(
    "origin", ["http://autre.example", "null", "https://{host}", "http://127.0.0.1:1", "http://{host}.x", ""]
)
async def test_other_pages_of_the_browser_are_not_served(door: Door, origin: str) -> None:
    headers = {**door.known, "Origin": origin.format(host=door.host)}
    for path in ("/", "/ecran", "/fichiers/page.js"):
        assert (await door.ask(f"GET {path}", {**headers, **WEBSOCKET}))[0] == 403


async def test_the_screens_open_only_to_our_page(door: Door) -> None:
    status, answer = await door.ask("GET /ecran", {**door.known, **WEBSOCKET})
    assert status == 403
    no_cookie = {"Host": door.host, "Origin": f"http://{door.host}", **WEBSOCKET}
    assert (await door.ask("GET /ecran", no_cookie))[0] == 403
    status, answer = await door.ask("GET /ecran", door.from_our_page)
    assert status == 404
    assert tells_nothing(answer)
    assert door.server.idle_for() > 0
    async with door.tab() as socket:
        assert (await socket.receive()).type == aiohttp.WSMsgType.BINARY


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("police=32", ""), ("police=1", "/?police=8"), ("police=9999", "/?police=72"), ("police=032", "/?police=32"),
        ("police=-1", "/"), ("police=1e3", "/"), ("police=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/"),
        ("police=%D9%A3", "/"), ("police=12345678901234567890", "/"),
        ("police=32&ping=http://autre.example/", "/?police=32"),
        ("delay=1", "/"), ("ping=http://autre.example/", "/"), ("police=32&police=33", "/?police=32"), ("police=", "/"),
        ("fontsize=%27;rm%20-rf", "/"), ("jeton=faux", "/"),
    ],
)  # fmt: skip
async def test_what_follows_the_address_is_a_size_of_letters_or_nothing(door: Door, query: str, plain: str) -> None:
    status, answer = await door.ask(f"GET /?{query}")
    if not plain:
        assert status == 200
    else:
        assert status == 303
        assert f"Location: {plain}\r\n" in answer
    assert "script>alert" not in answer


async def test_very_long_requests_are_refused(door: Door) -> None:
    assert (await door.ask("GET /", {**door.known, "X-Long": "a" * 20_000}))[0] == 200  # cookies of other servers
    for headers in ({**door.known, "X-Long": "a" * 200_000}, {**door.known, **{f"X-{n}": "a" for n in range(2000)}}):
        status, answer = await door.ask("GET /", headers)
        assert status in (0, 400)
        assert door.entry.pass_word not in answer
    assert (await door.ask("GET /" + "a" * 200_000))[0] in (0, 400)
    assert (await door.ask("GET /"))[0] == 200
