"""A headless Chromium, its keyboard, and what the terminal in its page shows. Unix only.

Spoken to by the DevTools protocol over a websocket. The page draws on a canvas: what it shows is read by ``pyte`` from
the very frames that it received.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import pyte

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
PATIENCE = 30.0
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
    "--remote-debugging-port=0",
)  # fmt: skip
KEYS = {
    "enter": ("Enter", "Enter", 13, "\r"), "tab": ("Tab", "Tab", 9, ""), "escape": ("Escape", "Escape", 27, ""),
    "up": ("ArrowUp", "ArrowUp", 38, ""), "down": ("ArrowDown", "ArrowDown", 40, ""),
    "left": ("ArrowLeft", "ArrowLeft", 37, ""), "right": ("ArrowRight", "ArrowRight", 39, ""),
    "backspace": ("Backspace", "Backspace", 8, ""),
    "home": ("Home", "Home", 36, ""), "pageup": ("PageUp", "PageUp", 33, ""),
    "pagedown": ("PageDown", "PageDown", 34, ""), " ": (" ", "Space", 32, " "),
    **{f"f{n}": (f"F{n}", f"F{n}", 111 + n, "") for n in range(1, 13)},
}  # fmt: skip
CTRL, SHIFT = 2, 8


class Chromium:
    """One browser with a profile of its own; ``async with`` leaves nothing running."""

    def __init__(self, profile: Path, size: tuple[int, int] = (1280, 800), *flags: str) -> None:
        self._profile = profile
        self._size = size
        self._flags = flags
        self.requests: list[str] = []
        """Every address that the page asked for, its websocket included."""
        self.complaints: list[str] = []
        """What the browser holds against the page: something refused by its own rules, a script that failed."""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def __aenter__(self) -> Chromium:
        size = f"--window-size={self._size[0]},{self._size[1]}"
        self.process = subprocess.Popen(
            [PROGRAM, *FLAGS, size, f"--user-data-dir={self._profile}", *self._flags, "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self._client = aiohttp.ClientSession()
        try:
            await self._join()
        except BaseException:
            await self._client.close()
            self.kill()
            raise
        return self

    async def _join(self) -> None:
        port = await self._port()
        async with self._client.get(f"http://127.0.0.1:{port}/json/list") as answer:
            pages = [target for target in await answer.json() if target["type"] == "page"]
        self._socket = await self._client.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0)
        self._listening = asyncio.create_task(self._listen())
        await self.call("Page.enable")
        await self.call("Network.enable")
        await self.call("Log.enable")
        await self.call("Runtime.enable")

    async def __aexit__(self, *_: object) -> None:
        self._listening.cancel()
        await self._client.close()
        self.kill()

    def kill(self) -> None:
        """As when the machine loses its browser: no goodbye."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    async def _port(self) -> int:
        file = self._profile / "DevToolsActivePort"
        until = monotonic() + PATIENCE
        while monotonic() < until:
            with suppress(OSError, ValueError, IndexError):
                return int(file.read_text().split()[0])
            await asyncio.sleep(0.02)
        raise AssertionError("Chromium did not start")

    async def call(self, method: str, **values: object) -> dict[str, Any]:
        """One command of the DevTools protocol."""
        number = next(self._numbers)
        self._answers[number] = waiting = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": values})
        answer = await asyncio.wait_for(waiting, PATIENCE)
        assert "error" not in answer, answer
        return dict(answer.get("result", {}))

    async def _listen(self) -> None:
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
                continue
            values = told.get("params", {})
            match told["method"]:
                case "Network.requestWillBeSent":
                    self.requests.append(values["request"]["url"])
                case "Log.entryAdded" if values["entry"]["level"] == "error":
                    self.complaints.append(values["entry"]["text"])
                case "Runtime.exceptionThrown":
                    self.complaints.append(str(values["exceptionDetails"]))
                case "Network.webSocketCreated":
                    self.requests.append(values["url"])
                case "Network.webSocketFrameReceived" if values["response"]["opcode"] == 2:
                    self._stream.feed(base64.b64decode(values["response"]["payloadData"]))
                case "Network.webSocketFrameSent" if values["response"]["payloadData"].startswith('["resize"'):
                    self._resize(values["response"]["payloadData"])

    def _resize(self, message: str) -> None:
        size = json.loads(message)[1]
        self.screen.resize(size["height"], size["width"])

    @property
    def seen(self) -> str:
        """What the terminal in the page shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def open(self, address: str) -> None:
        await self.call("Page.navigate", url=address)

    async def reload(self) -> None:
        """Load the page again, and wait until it is the new one: what the former still paints is then forgotten."""
        await self.run("window.former = true")
        await self.call("Page.reload")
        until = monotonic() + PATIENCE
        while await self.run("window.former"):
            assert monotonic() < until, "the page was not loaded again"
            await asyncio.sleep(0.02)
        self.screen.reset()

    async def until(self, *words: str, gone: bool = False) -> str:
        """Wait for words on the terminal of the page."""
        return await self._until(lambda: all((word in self.seen) is not gone for word in words), words)

    async def until_columns(self, least: int) -> None:
        """Wait for a terminal of so many columns at least: once an address is opened, the page before stays a while."""
        await self._until(lambda: self.screen.columns >= least, f"{least} columns")

    async def _until(self, holds: Callable[[], bool], what: object) -> str:
        until = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < until, f"not seen: {what}\n{self.seen}"
            await asyncio.sleep(0.02)
        return self.seen

    async def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        told = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return told["result"].get("value")

    async def told(self, word: str) -> str:
        """Wait for words of the page itself, around the terminal."""
        until = monotonic() + PATIENCE
        text = ""
        while monotonic() < until:
            text = str(await self.run("document.body.innerText"))
            if word in text:
                return text
            await asyncio.sleep(0.05)
        raise AssertionError(f"not told: {word}\n{text}")

    async def press(self, *keys: str) -> None:
        """Keys as a keyboard gives them: « f2 », « ctrl+p », « enter »."""
        for pressed in keys:
            is_ctrl = pressed.startswith("ctrl+")
            name = pressed.removeprefix("ctrl+").removeprefix("shift+")
            letter = name.upper()
            key, code, number, text = KEYS.get(name) or (name, f"Key{letter}", ord(letter[0]), name)
            if pressed.startswith("shift+") and len(name) == 1:
                key = text = letter
            values: dict[str, object] = {"key": key, "code": code, "windowsVirtualKeyCode": number}
            values["modifiers"] = CTRL if is_ctrl else SHIFT if pressed.startswith("shift+") else 0
            typed = {} if is_ctrl or not text else {"text": text}
            await self.call("Input.dispatchKeyEvent", type="keyDown" if typed else "rawKeyDown", **values, **typed)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    async def write(self, text: str) -> None:
        """Text letter by letter; accents come as from a keyboard that has them."""
        for letter in text:
            if letter.isascii() and letter.isalpha():
                await self.press(letter)
            else:
                await self.call("Input.insertText", text=letter)

    async def picture(self, path: Path) -> None:
        """What a person would see."""
        path.write_bytes(base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"]))
