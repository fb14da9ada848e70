"""The screens spoken to by the browser's server instead of a terminal.

Textual's own driver, except that it outlives nobody: when the server goes, however it goes, the screens leave as they
do when a terminal closes, and the dossier is let go.
"""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from textual import events, messages
from textual.drivers.web_driver import WebDriver

from conseil_dla.ground.files import PLACE_VARIABLE

OFTEN = 0.2
"""Seconds between two looks at what is open."""


class BrowserDriver(WebDriver):
    """Named by the variable ``TEXTUAL_DRIVER`` (``cli.commands.serve``)."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._write = self._write_whole  # type: ignore[assignment]
        self._place = os.environ.get(PLACE_VARIABLE, "")

    def _write_whole(self, data: bytes) -> int:
        """Every byte, since packets follow each other; nothing once nobody reads: the input then ends as well."""
        left = memoryview(data)
        with suppress(OSError):
            while left:
                left = left[os.write(self.fileno, left) :]
        return len(data)

    def start_application_mode(self) -> None:
        """A tab that opens has the keyboard; Textual would have it wait for a click."""
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())
        self._app.call_later(self._app.set_interval, OFTEN, self._tell_place)

    def _tell_place(self) -> None:
        """What to open again if the page is loaded again; what is still on its way there is not forgotten."""
        stack = self._app.screen_stack
        place_of = getattr(sys.modules.get("conseil_dla.screens.coming_back"), "place_of", None)
        if place_of is None:
            return  # the worker that prepares the screens is still importing it
        place = place_of(stack)
        is_on_its_way = PLACE_VARIABLE in os.environ or getattr(self._app, "is_turning", False)
        if place != self._place and (place or not is_on_its_way):
            self._place = place
            self.write_meta({"type": "place", "what": place})

    def deliver_binary(self, binary: BinaryIO | TextIO, *, save_path: Path, **_: Any) -> None:
        """Hand a file to the browser, whole: a paper is some tens of thousands of bytes.

        Textual's own way would have the server answer at one more address; what goes by the tab's line is the tab's.
        Nobody here waits for word that it went.
        """
        with binary:
            content = binary.read()
        data = content.encode() if isinstance(content, str) else content
        self.write_meta({"type": "fichier", "nom": save_path.name, "contenu": b64encode(data).decode()})

    def run_input_thread(self) -> None:
        """Read until the server has no more to say, then leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            with suppress(RuntimeError):  # the screens have stopped meanwhile
                self.send_message(messages.ExitApp())
