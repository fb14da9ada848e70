"""Who gets in, and that nothing else is answered: hostile requests written by hand."""

from __future__ import annotations

import asyncio
import errno
import re
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
import pytest

from conseil_dla.screens.browser import server
from conseil_dla.screens.browser.pages import OURS, THEIRS
from conseil_dla.screens.browser.place import THIS_MACHINE
from conseil_dla.screens.browser.session import Ending
from screens.browser.doors import ECHO, Door, serving, standing_in

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
    assert "Server:" not in head
    for header in ("X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "X-Frame-Options: DENY"):
        assert header in head
    assert "default-src 'none'" in head
    assert "<html" in body
    return not re.search(r"/\w+/|python|aiohttp|traceback|error|not found|forbidden|allowed", body, re.IGNORECASE)


async def test_the_page_is_everybodys_and_nothing_is_kept_in_a_cookie(door: Door) -> None:
    """Browsers send cookies to every server of a name, whatever its port; the word is after « # », sent to none."""
    status, answer = await door.ask("GET /")
    assert status == 200
    assert '<html lang="fr">' in answer
    assert "<title>Conseil DLA</title>" in answer
    for line in ("GET /", "GET /fichiers/page.js", "GET /rien", f"GET /?jeton={door.entry.word}", "POST /"):
        _, answer = await door.ask(line)
        assert "Set-Cookie" not in answer
        assert door.entry.word not in answer


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
    known = {path.rpartition("/")[2] for path in (*OURS, *THEIRS)}
    assert len(known) == len(OURS) + len(THEIRS)
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
    assert door.entry.word not in answer
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
    assert (await door.ask("GET /", {}))[0] in (400, 421)
    twice = {"Host": f"{door.host}\r\nHost: autre.example"}
    assert (await door.ask("GET /", twice))[0] in (400, 421)


async def test_localhost_is_served_too(door: Door) -> None:
    assert (await door.ask("GET /", {**door.known, "Host": f"localhost:{door.place.port}"}))[0] == 200


WORDS = ["", "autre", "é", None, 3, ["a"], {}, "a" * 500_000]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: repr(word)[:9])
async def test_no_screens_without_the_word(door: Door, word: object) -> None:
    for said in (["bonjour", word, ""], ["bonjour", "", word], ["bonjour", word], word, ["stdin", word]):
        async with door.connection() as socket:
            await socket.send_json(said)
            assert (await socket.receive()).type == aiohttp.WSMsgType.CLOSE
            assert socket.close_code == Ending.NOT_ADMITTED
    assert door.server.idle_for() > 0, "no screens were started"


async def test_a_ticket_lets_in_once_and_a_key_again(door: Door) -> None:
    ticket = door.entry.new_ticket()
    keys = []
    for said in ((ticket, ""), (ticket, ""), None):
        async with door.connection() as socket:
            await socket.send_json(["bonjour", *(said or ("", keys[0]))])
            message = await socket.receive()
            keys.append(message.json()[1] if message.type == aiohttp.WSMsgType.TEXT else "")
    assert keys[0]
    assert keys == [keys[0], "", keys[0]]


async def test_a_page_that_says_nothing_is_not_waited_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TO_GREET", 0.05)
    async with door.connection() as socket:
        await socket.receive()
        assert socket.close_code == Ending.NOT_ADMITTED


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
    status, answer = await door.ask("GET /ecran", door.from_our_page)
    assert status == 404
    assert tells_nothing(answer)
    assert door.server.idle_for() > 0
    async with door.tab() as socket:
        assert (await socket.receive_json())[0] == "cle"
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
        assert door.entry.word not in answer
    assert (await door.ask("GET /" + "a" * 200_000))[0] in (0, 400)
    assert (await door.ask("GET /"))[0] == 200


BROKEN = [
    b"\x16\x03\x01\x02\x00\x01", b"bonjour\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\nHost: a\x00b\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost\r\n\r\n", b"GET / HTTP/1.1\r\n: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", b"GET /" + b"a" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("sent", BROKEN, ids=lambda sent: repr(sent)[:20])
async def test_what_is_no_request_is_answered_as_all_else(
    door: Door, sent: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await raw(door, sent)
    assert re.match("HTTP/1.1 4(00|21) ", answer)
    assert tells_nothing(answer)
    assert "".join(capsys.readouterr()) == ""
    assert (await door.ask("GET /"))[0] == 200


@pytest.mark.parametrize("path", ["/", "/rien", "/fichiers/page.js", "/ecran"])
async def test_an_expectation_is_refused_in_our_words(door: Door, path: str) -> None:
    _, answer = await door.ask(f"GET {path}", {**door.from_our_page, "Expect": "du café"})
    assert tells_nothing(answer)


async def test_a_mistake_of_ours_is_told_in_french(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.server, "_files", {"page.html": ()})
    status, answer = await door.ask("GET /")
    assert status == 500
    assert tells_nothing(answer)


async def raw(door: Door, sent: bytes) -> str:
    reader, writer = await asyncio.open_connection(THIS_MACHINE, door.place.port)
    writer.write(sent)
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return answer.decode("utf-8", "replace")


# --- connections that say nothing -----------------------------------------------------------------------------------


async def test_half_open_connections_do_not_keep_others_out(
    door: Door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("conseil_dla.screens.browser.door.MOST_GUESTS", 5)
    async with door.tab() as socket:
        silent = [await asyncio.open_connection(THIS_MACHINE, door.place.port) for _ in range(12)]
        for _, writer in silent:
            writer.write(b"GET / HTTP/1.1\r\nHost: ")
        for _ in range(3):
            assert (await door.ask("GET /"))[0] == 200
        for reader, _ in silent[:7]:
            with suppress(ConnectionError):
                assert await reader.read() == b""
        assert (await socket.receive_json())[0] == "cle", "a tab is no guest"
    told = capsys.readouterr().err
    assert "Trop de connexions" in told
    assert told.count("\n") == 1
    for _, writer in silent:
        writer.close()


async def test_a_connection_has_some_seconds_to_say_what_it_asks(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conseil_dla.screens.browser.door.TO_SPEAK", 0.05)
    reader, writer = await asyncio.open_connection(THIS_MACHINE, door.place.port)
    writer.write(b"GET / HTTP/1.1\r\n")
    with suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()


async def test_no_descriptor_left_is_one_line_of_french(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    loop = asyncio.get_running_loop()
    for _ in range(100):
        loop.call_exception_handler({"message": "socket.accept()", "exception": OSError(errno.EMFILE, "Too many")})
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "Too many" not in told
