"""Folders of this machine, and writing that never leaves half a file. Sole importer of platformdirs."""

from __future__ import annotations

import errno
import os
import platform
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

DOSSIERS = "Conseil DLA"
"""Folder of the dossiers, among the user's documents."""
DRAFTS = "brouillons"
DOSSIERS_VARIABLE = "CONSEIL_DLA_DOSSIERS"
RULES_VARIABLE = "CONSEIL_DLA_REGLES"
CONTROL_VARIABLE = "CONSEIL_DLA_CONTROLE"
SETTINGS_VARIABLE = "CONSEIL_DLA_REGLAGES"
NO_HOME = Path(os.devnull)
"""Where no folder can be: what would be kept at home is refused by the disk, as anything that it cannot hold."""
SERVED_VARIABLE = "CONSEIL_DLA_SERVI"
"""Set by ``servir`` for the screens of a tab, never by a user: one of ``SERVED_HERE`` and ``SERVED_AROUND``."""
PLACE_VARIABLE = "CONSEIL_DLA_ENDROIT"
"""Set by ``servir`` too: what the screens of a tab had open when its page was loaded again, in their own words."""
SERVED_HERE, SERVED_AROUND = "ici", "reseau"


def packaged_rules() -> Path:
    """The rules folder shipped with the program: inside the package, or beside the sources in a checkout."""
    inside = Path(__file__).parents[1] / "data"
    if (inside / "rules").is_dir():
        return inside
    return Path(__file__).parents[3]


def named(path: str) -> Path:
    """The place that a user names, ``~`` being their home wherever no shell has read it."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def dossiers_folder() -> Path:
    """Where new dossiers go: the variable if set, else a folder in the user's documents. May not exist yet."""
    if (chosen := dossiers_named()) is not None:
        return chosen
    from platformdirs import user_documents_path  # noqa: PLC0415 - only needed when no folder is named

    return _at_home(user_documents_path) / DOSSIERS


def dossiers_named() -> Path | None:
    """The folder that the variable names for new dossiers; None when they go to the user's documents."""
    chosen = os.environ.get(DOSSIERS_VARIABLE)
    return named(chosen) if chosen else None


def settings_folder() -> Path:
    """Where choices of comfort are kept: the variable if set, else the platform's own place. May not exist yet."""
    if chosen := os.environ.get(SETTINGS_VARIABLE):
        return named(chosen)
    from platformdirs import user_config_path  # noqa: PLC0415 - only needed when no folder is named

    return _at_home(lambda: user_config_path("conseil-dla", appauthor=False))


def drafts_folder() -> Path:
    """Where text being typed is kept until it is saved: with the settings that the variable names, or in the
    platform's place for what concerns this machine alone. May not exist yet.
    """
    if chosen := os.environ.get(SETTINGS_VARIABLE):
        return Path(chosen) / DRAFTS
    from platformdirs import user_state_path  # noqa: PLC0415 - only needed when no folder is named

    return _at_home(lambda: user_state_path("conseil-dla", appauthor=False)) / DRAFTS


def cache_folder() -> Path:
    """Where what can be made again is kept. May not exist yet."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - seldom needed

    return _at_home(lambda: user_cache_path("conseil-dla", appauthor=False))


def _at_home(find: Callable[[], Path]) -> Path:
    """The folder; ``NO_HOME`` where nobody's home is known."""
    try:
        found = find()
    except RuntimeError:
        return NO_HOME
    return found if found.is_absolute() else NO_HOME


class NoRegularFile(OSError):
    """A queue, a device, a folder: reading it would wait, or never end."""


class ReadOnly(PermissionError):
    """A file that its owner has made read-only: a rename would take its place all the same."""

    is_kept_beside = False
    """True once what could not be written there is in a file of its own."""


def check_regular(path: Path) -> None:
    """Raises ``NoRegularFile``, and OSError where nothing is there."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise NoRegularFile(errno.EINVAL, "no regular file", str(path))


def file_in_the_way(path: Path) -> Path | None:
    """That path, or the folder above it, which is a file and can hold nothing; None where none is."""
    for place in (path, *path.parents):
        with suppress(OSError, ValueError):
            return None if stat.S_ISDIR(place.stat().st_mode) else place
    return None


def content_of(path: Path, most: int = -1) -> bytes:
    """What a file holds, or its first bytes. Raises ``NoRegularFile`` for what is none, without waiting; and OSError.

    Windows has neither the flag nor the queues that it is for.
    """
    check_regular(path)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NoRegularFile(errno.EINVAL, "no regular file", str(path))
        return file.read(most)


def make_private(folder: Path) -> None:
    """A folder that its owner alone may open, and each missing one above it. One that is there keeps its mode.

    On Windows a folder has the rights of the one it lies in, or its owner's alone (Python 3.12.4 and later). Raises
    OSError.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in (*reversed(missing), folder):
        place.mkdir(mode=0o700, exist_ok=True)


def write_atomically(path: Path, content: str | bytes, *, unless_changed_from: bytes | None = None) -> bool:
    """Replace a file's content, wholly or not at all: a full disk or a crash leaves the old content.

    A new file is its owner's alone, whatever the umask; one that is replaced keeps the rights that it was given.

    With ``unless_changed_from``, gives False and replaces nothing when the file holds something else by then. Raises
    OSError when the folder cannot be written; the temporary file is then removed.
    """
    try:
        with _in_place_of(path, unless_changed_from) as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
    except _Changed:
        return False
    return True


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write at length, which takes the place of ``path`` once it is whole.

    Where anything goes wrong meanwhile it is removed, and what stood there stands there still. Raises OSError.
    """
    forget_unfinished(path.resolve() if path.is_symlink() else path)
    with _in_place_of(path) as file:
        yield file


class _Changed(Exception):
    """The file to replace holds something else by now."""


@contextmanager
def _in_place_of(path: Path, unless_changed_from: bytes | None = None) -> Iterator[BinaryIO]:
    path = path.resolve() if path.is_symlink() else path
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and not mode & 0o222:
            raise ReadOnly(errno.EACCES, "read-only file", str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=unfinished_name(path), suffix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            give_rights_of(path, name)
        if unless_changed_from is not None and path.exists() and content_of(path) != unless_changed_from:
            raise _Changed
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


RIGHTS = "system.posix_acl_access"
"""The attribute in which Linux holds the rights of single users and groups."""


def give_rights_of(old: Path, new: str | Path) -> None:
    """Mode, owner, group and attributes, as far as the system allows: what is replaced stays open to the same people.

    What a group may do is given to no other group, where the new file cannot be of that group. Raises OSError where
    nothing is there.
    """
    was = old.stat()
    mode = stat.S_IMODE(was.st_mode)
    if sys.platform != "win32":
        for who in ((was.st_uid, -1), (-1, was.st_gid)):
            with suppress(OSError):
                os.chown(new, *who)
    is_same_group = os.stat(new).st_gid == was.st_gid
    held = _attributes(old)
    if RIGHTS not in held:
        _forget_attribute(new, RIGHTS)  # of the folder: the bits of the group would be those of everybody in it
    # beside a list of rights, these bits are the most that anybody in it may do
    os.chmod(new, mode if is_same_group and RIGHTS not in held else mode & ~stat.S_IRWXG)
    for name, value in held.items():
        if sys.platform == "linux":
            with suppress(OSError):
                os.setxattr(new, name, value if is_same_group or name != RIGHTS else _without_group(value))


def _attributes(path: Path) -> dict[str, bytes]:
    """The extended attributes that can be read; none where Python does not know them."""
    found: dict[str, bytes] = {}
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(path):
                with suppress(OSError):
                    found[name] = os.getxattr(path, name)
    return found


def _forget_attribute(path: str | Path, name: str) -> None:
    if sys.platform == "linux":
        with suppress(OSError):
            os.removexattr(path, name)


def _without_group(rights: bytes) -> bytes:
    """The same list, with nothing for the group of the file: pieces of 8 bytes, a kind, what it may, who."""
    pieces = [rights[at : at + 8] for at in range(4, len(rights), 8)]
    return rights[:4] + b"".join(piece[:2] + b"\0\0" + piece[4:] if piece[:2] == b"\4\0" else piece for piece in pieces)


def forget_unfinished(path: Path) -> None:
    """Remove what a program that was killed in the middle of writing left in the folder of this file.

    It is a copy of dossiers, under a hidden name, that nobody would think of deleting with them. Its name says which
    process of which machine made it: one that is gone will not finish it. Where that cannot be told, what is of this
    file goes after an hour.
    """
    long_ago = time.time() - 3600
    with suppress(OSError):
        for left in list(path.parent.glob(f".*{UNFINISHED}")):
            found = _LEFT.fullmatch(left.name)
            with suppress(OSError):
                if found is None or left.is_symlink():
                    continue
                is_old = found["name"] == path.name[:MOST_OF_NAME] and left.stat().st_mtime < long_ago
                if is_old or (found["machine"] == _machine() and _is_gone(int(found["process"]))):
                    shutil.rmtree(left) if left.is_dir() else left.unlink()


UNFINISHED = ".tmp"
MOST_OF_NAME = 60
"""Characters of a name that stand in that of its unfinished file, which a disk may refuse for being too long."""
_LEFT = re.compile(rf"\.(?P<name>.+?)\.(?:(?P<machine>[0-9a-f]{{8}})_(?P<process>\d+)_)?\w+{re.escape(UNFINISHED)}")


def unfinished_name(path: Path) -> str:
    """How the hidden name begins under which a file or a folder is written before it takes its place."""
    return f".{path.name[:MOST_OF_NAME]}.{_machine()}_{os.getpid()}_"


@cache
def _machine() -> str:
    return f"{crc32(platform.node().encode()):08x}"


def _is_gone(process: int) -> bool:
    """True when no process of this machine has that number. Windows has no way to ask that harms nobody."""
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def packaged_help() -> Path:
    """The folder of the author's guide and templates, beside the packaged rules."""
    return packaged_rules() / "docs"


def write_new(path: Path, data: bytes) -> None:
    """A new file, readable by its owner only. Raises FileExistsError, and OSError; half a file is then removed."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            os.unlink(path)
        raise
