"""Whole folders, written at once or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

from conseil_dla.ground.files import UNFINISHED, forget_unfinished, give_rights_of, make_private, unfinished_name


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
    work = Path(tempfile.mkdtemp(prefix=unfinished_name(target), suffix=UNFINISHED, dir=above))
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


def write_folder(target: Path, files: Mapping[str, bytes], replaced: Collection[str] = ()) -> Path | None:
    """A folder with these files and no other, wholly or not at all: a full disk or a crash leaves what was there.

    It is written beside the target and takes its place once whole. Of a target that exists, only files named in
    ``replaced`` are removed, and nothing else may be in it; should anything have come meanwhile, it is kept, and where
    is given back. Raises OSError when the disk refuses: what stood there stands there still.
    """
    target = target.resolve()
    forget_unfinished(target)
    new = target.with_name(f"{unfinished_name(target)}{os.urandom(4).hex()}{UNFINISHED}")
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
    give_rights_of(target, new)
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
