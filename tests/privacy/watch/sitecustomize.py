"""Put first on the path of a program under test: writes down each time it reaches for a network or another program.

Python imports it at start, in each process that the program starts as well. What a library written in C does by itself
is not seen here: ``test_alone.py`` tries that in a place without a network.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

WATCHED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "urllib.",
           "http.", "ftplib.", "imaplib.", "poplib.", "smtplib.", "webbrowser.", "telnetlib.", "nntplib.")  # fmt: skip
LOG = os.environ.get("ECOUTE", "")
HARMLESS = {"socket.__new__", "socket.gethostname"}
"""A socket that is made and goes nowhere; the machine's own name, which the system knows by itself."""


def note(event: str, details: tuple[Any, ...]) -> None:
    """One line an event: its name and what it was given."""
    if not event.startswith(WATCHED) or event in HARMLESS:
        return
    if event.startswith("socket.") and details and isinstance(details[0], socket.socket):
        if details[0].family == getattr(socket, "AF_UNIX", None):
            return
        details = details[1:]
    line = f"{event} {details!r}"[:400].replace("\n", " ")
    handle = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


if LOG:
    sys.addaudithook(note)
