"""Tabs and their processes, with stand-ins for the screens: what is passed, what is refused, and how each ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic
from typing import Any

import aiohttp
import pytest

from conseil_dla.screens.browser import server, session
from conseil_dla.screens.browser.pages import read_files
from conseil_dla.screens.browser.session import Ending
from screens.browser.doors import DEAF, ECHO, FLOOD, Door, serving, standing_in

SOON = 5.0


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with serving(standing_in(ECHO)) as door:
        yield door


async def greeting(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    await key_of(socket)
    return dict(json.loads(await asyncio.wait_for(socket.receive_bytes(), SOON)))


async def key_of(socket: aiohttp.ClientWebSocketResponse) -> str:
    told, key = await asyncio.wait_for(socket.receive_json(), SOON)
    assert told == "cle"
    return str(key)


async def code_of_end(socket: aiohttp.ClientWebSocketResponse) -> int | None:
    while (await asyncio.wait_for(socket.receive(), SOON)).type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT):
        pass
    return socket.close_code


def is_alive(pid: int) -> bool:
    with suppress(OSError):
        os.kill(pid, 0)
        return True
    return False


async def until_idle(door: Door) -> None:
    start = monotonic()
    while not door.server.idle_for():
        assert monotonic() - start < SOON
        await asyncio.sleep(0.01)


async def until_gone(pid: int) -> float:
    """Seconds that it took."""
    start = monotonic()
    while is_alive(pid):
        assert monotonic() - start < SOON, "still alive"
        await asyncio.sleep(0.01)
    return monotonic() - start


async def test_arguments_reach_the_screens_as_they_are() -> None:
    hostile = ["--regles", "/tmp/mes règles; rm -rf \"$HOME\" 'x' `id` $(id) & | > a\nb %PATH% ^"]
    async with serving(standing_in(ECHO, *hostile)) as door, door.tab() as socket:
        assert (await greeting(socket))["arguments"] == hostile


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("?width=120&height=40", ["120", "40"]), ("", ["80", "24"]), ("?width=1&height=99999", ["20", "200"]),
        ("?width=99999999999&height=-4", ["80", "24"]), ("?width=a;b&height=%00", ["80", "24"]),
    ],
)  # fmt: skip
async def test_the_size_is_a_size(door: Door, query: str, size: list[str]) -> None:
    async with door.tab(query) as socket:
        assert (await greeting(socket))["size"] == size


async def test_two_tabs_have_two_processes_that_do_not_hear_each_other(door: Door) -> None:
    async with door.tab() as one, door.tab() as two:
        assert (await greeting(one))["pid"] != (await greeting(two))["pid"]
        await one.send_json(["stdin", "né"])
        await two.send_json(["resize", {"width": 100, "height": 30}])
        assert await one.receive_bytes() == "Dné".encode()
        assert json.loads((await two.receive_bytes())[1:]) == {"type": "resize", "width": 100, "height": 30}
        await one.send_json(["ping", "123"])
        assert await one.receive_json() == ["pong", "123"]


@pytest.mark.parametrize(
    "message",
    [
        "", "x", "[]", "{}", "null", '["stdin"]', '["stdin", 3]', '["stdin", "a", "b"]', '["quit"]', '["resize", {}]',
        '["resize", {"width": "80", "height": 24}]', '["resize", {"width": 1e400, "height": 24}]', "[" * 5000,
        '["deliver_chunk_request", {"key": "a"}]', '["ping", {}]', '["focus", 1]', b"\x00", '["open_url", "http://a"]',
    ],
    ids=repr,
)  # fmt: skip
async def test_what_our_page_never_says_ends_the_tab(door: Door, message: str | bytes) -> None:
    async with door.tab() as socket:
        pid = (await greeting(socket))["pid"]
        await (socket.send_bytes(message) if isinstance(message, bytes) else socket.send_str(message))
        assert await code_of_end(socket) == Ending.NOT_UNDERSTOOD
        await until_gone(pid)


async def test_odd_texts_and_sizes_are_made_harmless(door: Door) -> None:
    async with door.tab() as socket:
        await greeting(socket)
        await socket.send_str('["stdin", "a\\ud800b"]')
        assert await socket.receive_bytes() == b"Da?b"
        await socket.send_str('["resize", {"width": 1000000, "height": -5}]')
        assert json.loads((await socket.receive_bytes())[1:]) == {"type": "resize", "width": 500, "height": 6}


async def test_too_large_a_message_ends_the_tab(door: Door) -> None:
    async with door.tab() as socket:
        pid = (await greeting(socket))["pid"]
        with suppress(ConnectionError):
            await socket.send_json(["stdin", "a" * session.LARGEST_MESSAGE])
        assert await code_of_end(socket) == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
        await until_gone(pid)


async def test_how_the_screens_end_is_told(door: Door) -> None:
    for typed, ending in (("leave", Ending.LEFT), ("break", Ending.BROKEN)):
        async with door.tab() as socket:
            await greeting(socket)
            await socket.send_json(["stdin", typed])
            assert await code_of_end(socket) == ending


async def test_screens_that_cannot_start_are_told() -> None:
    async with serving(session.Program((sys.executable + "-absent",))) as door, door.tab() as socket:
        assert await code_of_end(socket) == Ending.BROKEN
    async with serving(standing_in("raise SystemExit(1)")) as door, door.tab() as socket:
        assert await code_of_end(socket) == Ending.BROKEN


async def test_a_browser_that_vanishes_takes_its_process_along(door: Door) -> None:
    async with door.tab() as socket:
        pid = (await greeting(socket))["pid"]
        assert is_alive(pid)
        socket._response.connection.transport.abort()  # type: ignore[union-attr]
        assert await until_gone(pid) < 2
    await until_idle(door)


async def test_a_browser_that_keeps_silent_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEARTBEAT", 0.2)
    async with serving(standing_in(ECHO)) as door:
        async with door.tab(autoping=False) as socket:
            pid = (await greeting(socket))["pid"]
            await until_gone(pid)
        async with door.tab() as socket:
            pid = (await greeting(socket))["pid"]
            with suppress(TimeoutError):
                await asyncio.wait_for(socket.receive(), 1)  # answers pings meanwhile
            assert is_alive(pid)


async def test_a_browser_that_no_longer_takes_what_is_drawn_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEARTBEAT", 0.2)
    monkeypatch.setattr(session, "GOES", 0.2)
    async with serving(standing_in(FLOOD)) as door, door.tab(autoping=False) as socket:
        await key_of(socket)
        assert await socket.receive_bytes() == b"here"
        await until_idle(door)


def test_the_page_has_a_sentence_for_every_ending() -> None:
    script = read_files()["page.js"][0].decode()
    told = {int(code) for code in re.findall(r"^    (\d{4}): \[", script, re.MULTILINE)}
    assert told == {*Ending, aiohttp.WSCloseCode.MESSAGE_TOO_BIG}


async def test_screens_that_heed_nobody_are_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "GOES", 0.2)
    monkeypatch.setattr(session, "DIES", 0.2)
    async with serving(standing_in(DEAF)) as door:
        async with door.tab() as socket:
            await key_of(socket)
            assert await socket.receive_bytes() == b"here"
            assert door.server.idle_for() == 0
        await until_idle(door)


async def test_too_many_tabs_are_refused_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_TABS", 2)
    monkeypatch.setattr(server, "A_PLACE", 0.2)
    async with serving(standing_in(ECHO)) as door:
        async with door.tab() as one, door.tab() as two:
            await greeting(one)
            await greeting(two)
            async with door.tab() as three:
                assert await code_of_end(three) == Ending.FULL
        async with door.tab() as again:
            await greeting(again)


async def test_a_page_that_is_reloaded_waits_for_its_former_self(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_TABS", 1)
    async with serving(standing_in(ECHO)) as door, door.tab() as one:
        await greeting(one)
        async with door.tab() as two:
            await one.close()
            await greeting(two)


async def test_the_end_of_the_server_is_told_and_leaves_no_process(door: Door) -> None:
    async with door.tab() as one, door.tab() as two:
        pids = [(await greeting(socket))["pid"] for socket in (one, two)]
        closing = asyncio.create_task(door.server.close())
        assert [await code_of_end(socket) for socket in (one, two)] == [Ending.STOPPED, Ending.STOPPED]
        await closing
        assert not any(is_alive(pid) for pid in pids)


PLACED = """
import json, os, sys
os.write(1, b"__GANGLION__\\n")
def say(kind, text):
    os.write(1, kind + len(text.encode()).to_bytes(4, "big") + text.encode())
say(b"D", os.environ["CONSEIL_DLA_ENDROIT"] + ".")
for told in ("[", json.dumps({"type": "place", "what": 3}), json.dumps({"type": "place", "what": "x" * 9000})):
    say(b"M", told)
say(b"M", json.dumps({"type": "place", "what": "le dossier de " + str(os.getpid())}))
say(b"D", "told")
while sys.stdin.buffer.read(5):
    pass
"""
"""Says what it was told of what was open, then what is open now."""


async def test_a_page_loaded_again_has_what_was_open_and_another_tab_has_not() -> None:
    async with serving(standing_in(PLACED)) as door:
        async with door.tab() as one:
            key = await key_of(one)
            assert await one.receive_bytes() == b"."
            assert await one.receive_bytes() == b"told"
            async with door.tab() as other:
                assert await key_of(other) != key
                assert await other.receive_bytes() == b"."
            await one.close()
        async with door.tab(key=key) as again:
            assert await key_of(again) == key
            assert (await again.receive_bytes()).startswith(b"le dossier de ")


async def test_a_tab_that_was_doubled_has_screens_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "A_PLACE", 0.2)
    async with serving(standing_in(PLACED)) as door, door.tab() as one:
        key = await key_of(one)
        async with door.tab(key=key) as two:
            assert await key_of(two) != key
            assert await two.receive_bytes() == b"."
