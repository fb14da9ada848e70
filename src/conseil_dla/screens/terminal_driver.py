"""The screens in a terminal, whose keys come as they always did: as the text that they stand for.

Textual asks for the keyboard protocol of kitty, on Windows without a way to refuse it. A terminal that grants it says
« E with AltGr » where an AZERTY keyboard writes « € », and a field can only ignore that: € @ # { [ | \\ could not be
typed (Windows Terminal 1.25). Nothing here needs what the protocol adds: every key that is bound has bytes of its own.

In a file of its own, so that tests put it over another system's driver.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver as Own
    from textual.driver import Driver as Writer
else:
    Writer = object
    if sys.platform == "win32":
        from textual.drivers.windows_driver import WindowsDriver as Own
    else:
        from textual.drivers.linux_driver import LinuxDriver as Own

ASKED = re.compile(r"\x1b\[[><=][\d;]*u")
"""To take the protocol, or to give it back."""


class PlainKeys(Writer):
    """Every other wish of Textual's reaches the terminal."""

    def write(self, data: str) -> None:
        """Anything but a change of keyboard protocol."""
        if plain := ASKED.sub("", data):
            super().write(plain)  # type: ignore[safe-super]


class TerminalDriver(PlainKeys, Own):
    """Textual's own for this system."""
