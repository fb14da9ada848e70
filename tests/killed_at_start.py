"""Processes that are killed as soon as they are started."""

from __future__ import annotations

import os
import signal
from multiprocessing import util

import pytest


def kill_what_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process that ``multiprocessing`` starts is dead before it has read a byte."""
    spawn = util.spawnv_passfds  # type: ignore[attr-defined]

    def and_kill(path: bytes, arguments: list[str], handles: list[int]) -> int:
        process: int = spawn(path, arguments, handles)
        if "--multiprocessing-fork" in arguments:
            os.kill(process, signal.SIGKILL)
        return process

    monkeypatch.setattr(util, "spawnv_passfds", and_kill)
