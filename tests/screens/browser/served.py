"""The real command, started as a user does, with its own dossiers. Unix only."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 30.0


class Served:
    """``conseil-dla servir``; ``with`` leaves nothing running."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.dossiers = folder / "dossiers"
        self.dossiers.mkdir(parents=True, exist_ok=True)
        variables = {
            **os.environ,
            "CONSEIL_DLA_DOSSIERS": str(self.dossiers),
            "CONSEIL_DLA_REGLAGES": str(folder / "reglages"),
        }
        self.started = monotonic()
        self._told = folder / "dit.txt"
        with self._told.open("w") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "conseil_dla", "servir", "--sans-navigateur", *arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=told,
                env=variables, cwd=folder, start_new_session=True,
            )  # fmt: skip
        self.address = self.until(r"http://\S+/#jeton=\S+(?=\n)")
        self.host, self.word = self.address.removeprefix("http://").split("/#jeton=")

    @property
    def told(self) -> str:
        """All that it said to the terminal so far."""
        return self._told.read_text(encoding="utf-8")

    def until(self, pattern: str) -> str:
        """Wait for words in the terminal."""
        while not (found := re.search(pattern, self.told)):
            assert self.process.poll() is None, self.told
            assert monotonic() - self.started < PATIENCE, self.told
            sleep(0.01)
        return found.group(0)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self.process.communicate(timeout=PATIENCE)
        if self.process.poll() is None:
            self.process.kill()

    def stop(self, *signals: signal.Signals) -> tuple[int, str]:
        """Exit code, and what was told; nothing may come on the standard output."""
        for number in signals:
            self.process.send_signal(number)
            sleep(0.01)
        out, _ = self.process.communicate(timeout=PATIENCE)
        assert out == b""
        return self.process.returncode, self.told

    def screens(self) -> list[int]:
        """The processes of the tabs."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in children.read_text().split()]

    def markers(self) -> list[Path]:
        """Of dossiers that somebody writes in."""
        return list(self.dossiers.glob(".*.ouvert"))


def until_all_gone(pids: list[int]) -> float:
    """Seconds that it took for processes to end."""
    start = monotonic()
    while any(Path(f"/proc/{pid}").exists() and _state(pid) not in "ZX" for pid in pids):
        assert monotonic() - start < PATIENCE, f"still running: {pids}"
        sleep(0.02)
    return monotonic() - start


def _state(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return "X"
