"""Folders of this machine, and writing that never leaves half a file. Sole importer of platformdirs."""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
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
    inside = Path(__file__).parent / "data"
    if (inside / "rules").is_dir():
        return inside
    return Path(__file__).parents[2]


def dossiers_folder() -> Path:
    """Where new dossiers go: the variable if set, else a folder in the user's documents. May not exist yet."""
    if (named := dossiers_named()) is not None:
        return named
    from platformdirs import user_documents_path  # noqa: PLC0415 - only needed when no folder is named

    return _at_home(user_documents_path) / DOSSIERS


def dossiers_named() -> Path | None:
    """The folder that the variable names for new dossiers; None when they go to the user's documents."""
    chosen = os.environ.get(DOSSIERS_VARIABLE)
    return Path(chosen) if chosen else None


def settings_folder() -> Path:
    """Where choices of comfort are kept: the variable if set, else the platform's own place. May not exist yet."""
    if chosen := os.environ.get(SETTINGS_VARIABLE):
        return Path(chosen)
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

    A new file is its owner's alone, whatever the umask; one that is replaced keeps the mode that it was given.

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
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_unfinished(path), suffix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(name, path.stat().st_mode)
        if unless_changed_from is not None and path.exists() and path.read_bytes() != unless_changed_from:
            raise _Changed
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


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


def _unfinished(path: Path) -> str:
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


def make_folder(target: Path, fill: Callable[[Path], None], *, is_private: bool = False) -> None:
    """A new or empty folder, filled whole or left as it was: a full disk leaves nothing half made.

    ``fill`` writes into the folder that it is given. Where it ``is_private``, all that is made is its owner's alone, as
    by ``make_private`` and ``write_new``, whatever ``fill`` wrote with; else it follows the habits of the account.
    Raises OSError.
    """
    target = target.resolve()
    was_there = target.is_dir()
    above = target if was_there else target.parent
    if is_private:
        make_private(above)
    else:
        above.mkdir(parents=True, exist_ok=True)
    forget_unfinished(above / target.name)
    work = Path(tempfile.mkdtemp(prefix=_unfinished(target), suffix=UNFINISHED, dir=above))
    moved: list[Path] = []
    try:
        made = work / target.name if target.name else work / "copie"
        made.mkdir()
        fill(made)
        if is_private:  # nobody could come in meanwhile: the folder around is its owner's
            for part in (made, *made.rglob("*")):
                part.chmod(0o700 if part.is_dir() else 0o600)
        if not was_there:
            os.rename(made, target)
            return
        for part in sorted(made.iterdir()):
            os.rename(part, target / part.name)
            moved.append(target / part.name)
    except BaseException:
        for part in moved:
            shutil.rmtree(part, ignore_errors=True)
            with suppress(OSError):
                part.unlink()
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


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


def write_folder(target: Path, files: Mapping[str, bytes], replaced: Collection[str] = ()) -> Path | None:
    """A folder with these files and no other, wholly or not at all: a full disk or a crash leaves what was there.

    It is written beside the target and takes its place once whole. Of a target that exists, only files named in
    ``replaced`` are removed, and nothing else may be in it; should anything have come meanwhile, it is kept, and where
    is given back. Raises OSError when the disk refuses: what stood there stands there still.
    """
    target = target.resolve()
    forget_unfinished(target)
    new = target.with_name(f"{_unfinished(target)}{os.urandom(4).hex()}{UNFINISHED}")
    try:
        new.mkdir()
        for name, data in files.items():
            with (new / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        return _take_place(new, target, replaced)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _take_place(new: Path, target: Path, replaced: Collection[str]) -> Path | None:
    """The new folder where the old one was. Gives where the old one is when it could not be emptied."""
    if not target.exists():
        new.rename(target)
        return None
    old = target.with_name(f".{target.name}.{os.urandom(4).hex()}.ancien")
    os.chmod(new, target.stat().st_mode)
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise
    try:
        for name in replaced:
            (old / name).unlink(missing_ok=True)
        old.rmdir()
    except OSError:
        return old
    return None
