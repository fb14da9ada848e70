"""The screens spoken to by the browser's server instead of a terminal.

Textual's own driver, except that it outlives nobody: when the server goes, however it goes, the screens leave as they
do when a terminal closes, and the dossier is let go.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from textual import events, messages
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """Named by the variable ``TEXTUAL_DRIVER`` (``cli.serve``)."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._write = self._write_whole  # type: ignore[assignment]

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

    def run_input_thread(self) -> None:
        """Read until the server has no more to say, then leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            with suppress(RuntimeError):  # the screens have stopped meanwhile
                self.send_message(messages.ExitApp())
