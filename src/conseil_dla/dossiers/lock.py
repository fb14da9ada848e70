"""One dossier, one writer: a lock of the operating system on a small marker file beside the dossier (decision 0012).

The system drops its lock when the process dies, however it dies, so the lock cannot go stale. The marker's text only
tells who holds it; left behind by this machine with no lock on it, it means nothing. Left by another machine it may be
the copy that a synchronised folder made, so it is believed for as long as the dossier gives a sign of life. Where no
lock can be had, the dossier opens all the same: ``writer`` loses nothing without it. Everything here may be slow.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import platform
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from types import TracebackType

SUFFIX = ".ouvert"
"""A marker is never taken for a dossier: its name does not end as theirs do."""
SILENCE = 3600
"""Seconds without a change to the dossier or the marker after which another machine's marker is very likely stale."""
TRIES = 5
PAUSE = 0.05
"""Seconds between tries: a list that looks at a marker holds it for an instant."""
TOLD = "Ce dossier est ouvert dans Conseil DLA. Ce fichier s’efface quand on le quitte."
NAMELESS = ("", "localhost", "localhost.localdomain")

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, *, shared: bool) -> None:
        """Lock one byte far after the text: Windows forbids others to read what is locked."""
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int, *, shared: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes in a dossier."""

    since: datetime
    machine: str = ""
    """Name of another machine; empty for this one, and when it is not known."""
    is_doubtful: bool = False
    """True when it is very likely gone: another machine's marker that no lock backs here, and an hour of silence."""


class OpenElsewhere(Exception):
    """Another window writes in this dossier."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(f"{path} is open elsewhere")
        self.path = path
        self.holder = holder


class Lock:
    """The right to write in one dossier, until released; without a handle, nothing could be locked there."""

    def __init__(self, marker: Path | None = None, handle: int | None = None, token: str = "") -> None:
        self._marker = marker
        self._handle = handle
        self._token = token

    @property
    def is_real(self) -> bool:
        """False where the folder or the file system allows no lock, and once released."""
        return self._handle is not None

    def release(self) -> None:
        """Let the next one write; the marker goes, unless another has replaced it. Never fails."""
        handle, self._handle = self._handle, None
        if handle is None or self._marker is None:
            return
        with suppress(OSError):
            record = _record(self._marker.read_bytes())
            is_unwritten = not record and os.path.samestat(os.fstat(handle), self._marker.stat())  # a full disk
            is_ours = record.get("jeton") == self._token or is_unwritten
            if sys.platform == "win32":
                os.close(handle)
                handle = None
            if is_ours:
                self._marker.unlink()
        if handle is not None:
            with suppress(OSError):
                os.close(handle)

    def __enter__(self) -> Lock:
        """Itself, already taken."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release."""
        self.release()


def take(path: Path, *, anyway: bool = False) -> Lock:
    """Become the one who writes in a dossier. Raises ``OpenElsewhere``; never waits more than an instant.

    ``anyway`` passes over a marker that no lock backs; it never takes the place of a process that is alive here.
    """
    marker = marker_of(path)
    refusal: OpenElsewhere | None = None
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE)
        try:
            return _try(path, marker, anyway=anyway)
        except OpenElsewhere as held:
            refusal = held
            if held.holder.is_doubtful:
                break
        except PermissionError:
            if not marker.exists():
                return Lock()
            if anyway:
                with suppress(OSError):
                    marker.unlink()
            refusal = OpenElsewhere(path, _holder(path, marker, b"", is_locked=False, is_foreign=True))
        except OSError:
            return Lock()
    if refusal is None or (anyway and not _is_openable(marker)):
        return Lock()
    raise refusal


def holder(path: Path) -> Holder | None:
    """Who else writes in a dossier, None when nobody does. Nothing is taken, made or changed."""
    marker = marker_of(path)
    try:
        handle = _opened(marker)
    except PermissionError:
        return _holder(path, marker, b"", is_locked=False, is_foreign=True) if marker.exists() else None
    except OSError:
        return None
    try:
        is_locked = not _gets(handle, shared=True)
        text = _text(handle)
        if is_locked or not _is_from_here(_record(text)):
            return _holder(path, marker, text, is_locked=is_locked)
        return None
    except OSError:
        return None
    finally:
        os.close(handle)


def marker_of(path: Path) -> Path:
    """The marker's place, the same by whatever link the dossier is reached."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):
        real = path
    return real.with_name(f".{real.name}{SUFFIX}")


def _try(path: Path, marker: Path, *, anyway: bool) -> Lock:
    """One try. Raises OpenElsewhere; OSError where nothing can be locked."""
    handle = _opened(marker, os.O_CREAT)
    try:
        if not _gets(handle):
            raise OpenElsewhere(path, _holder(path, marker, _text(handle), is_locked=True))
        if sys.platform != "win32" and not _is_there(handle, marker):
            raise OpenElsewhere(path, Holder(datetime.now().astimezone()))  # removed by its holder meanwhile: try again
        text = _text(handle)
        if not anyway and not _is_from_here(_record(text)):
            raise OpenElsewhere(path, _holder(path, marker, text, is_locked=False))
        token = uuid.uuid4().hex
        with suppress(OSError):  # a full disk: the lock itself holds
            _write(handle, token)
        return Lock(marker, handle, token)
    except OpenElsewhere:
        os.close(handle)
        raise
    except OSError:
        os.close(handle)
        with suppress(OSError):
            if not marker.stat().st_size:
                marker.unlink()
        raise


def _opened(marker: Path, flags: int = 0) -> int:
    """Readable and writable by its owner only; a link is not followed."""
    more = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(marker, os.O_RDWR | flags | more, 0o600)


def _gets(handle: int, *, shared: bool = False) -> bool:
    """True once locked, False when another holds it. Raises OSError where the file system knows no locks."""
    try:
        _lock(handle, shared=shared)
    except OSError as error:
        if error.errno in HELD:
            return False
        raise
    return True


def _is_there(handle: int, marker: Path) -> bool:
    """True while the marker's name still leads to what was locked."""
    try:
        return os.path.samestat(os.fstat(handle), marker.stat())
    except FileNotFoundError:
        return False


def _is_openable(marker: Path) -> bool:
    """False for the marker of another account."""
    try:
        os.close(_opened(marker))
    except PermissionError:
        return False
    except OSError:
        return True
    return True


def _text(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 4096)


def _write(handle: int, token: str) -> None:
    name, card = _machine()
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    record = {"a_savoir": TOLD, "machine": name, "empreinte": card, "depuis": now, "jeton": token}
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())


def _record(text: bytes) -> dict[str, str]:
    """What a marker says; nothing when it is empty or spoilt."""
    try:
        record = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(record, dict):
        return {}
    return {str(key): value for key, value in record.items() if isinstance(value, str)}


@cache
def _machine() -> tuple[str, str]:
    """This machine's name, and a digest of its network card: a name may change with the network.

    Empty where the card cannot be told: ``getnode`` then draws a number anew for each process, and marks it so.
    """
    number = uuid.getnode()
    return platform.node(), "" if number >> 40 & 1 else hashlib.sha256(str(number).encode()).hexdigest()[:12]


def _is_from_here(record: dict[str, str]) -> bool:
    """True for a marker of this machine, and for one that names none."""
    name, card = _machine()
    there = record.get("machine", "")
    is_card = card != "" and record.get("empreinte") == card
    return not record or is_card or (there == name and name not in NAMELESS)


def _holder(path: Path, marker: Path, text: bytes, *, is_locked: bool, is_foreign: bool = False) -> Holder:
    record = _record(text)
    signs = []
    for file in (marker, path):
        with suppress(OSError):
            signs.append(file.stat().st_mtime)
    try:
        since = datetime.fromisoformat(record.get("depuis", "")).astimezone()
    except (ValueError, OverflowError):  # at the ends of the calendar, no other time zone has that day
        since = datetime.fromtimestamp(signs[0] if signs else time.time()).astimezone()
    is_elsewhere = is_foreign or not _is_from_here(record)
    is_silent = bool(signs) and time.time() - max(signs) > SILENCE
    machine = record.get("machine", "")[:60] if is_elsewhere else ""
    return Holder(since, machine, is_elsewhere and not is_locked and is_silent)
