"""Have a file or a folder shown by whatever shows such files on this machine. Not for a browser: it is elsewhere.

In a file of its own, since nothing else of the ground has the system start a program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMAND = "open" if sys.platform == "darwin" else "xdg-open"


def can_open() -> bool:
    """Is there something to open files with? A machine that is only reached by a terminal has nothing."""
    if sys.platform == "win32":
        return True
    has_screen = sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return has_screen and shutil.which(COMMAND) is not None


def open_path(path: Path) -> None:
    """Ask for it, and wait for nothing: what opens it lives its own life. Raises OSError."""
    if sys.platform == "win32":
        os.startfile(path)
    else:
        subprocess.Popen(
            (COMMAND, str(path)),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
