"""Of two versions of a dossier, one is kept under its name; the other goes whole into a folder beside, never away."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from conseil_dla.dossiers.lock import take
from conseil_dla.ground.files import make_private, write_new
from conseil_dla.ground.shelving import TRASH, copied_from


def keep(kept: Path, other: Path) -> tuple[Path, Path]:
    """Keep one of two versions; gives where it is, and where the other went.

    A copy that is kept takes the name of its original, in one step: that name always holds the one or the other.
    Raises OSError, and ``OpenElsewhere`` where somebody writes in one of them.
    """
    with take(kept), take(other):
        is_copy = copied_from(kept, (kept.name, other.name)) == other
        trash = other.parent / TRASH
        make_private(trash)
        if not is_copy:
            return kept, _moved(other, trash)
        aside = _written(trash, other.name, other.read_bytes())
        try:
            os.replace(kept, other)
        except OSError:
            with suppress(OSError):
                aside.unlink()
            raise
        return other, aside


def _moved(path: Path, trash: Path) -> Path:
    aside = _written(trash, path.name, path.read_bytes())
    path.unlink()
    return aside


def _written(trash: Path, name: str, data: bytes) -> Path:
    """A name of the folder that was free. Nothing there is ever replaced."""
    number = 1
    while True:
        more = f"-{number}" if number > 1 else ""
        path = trash / f"{Path(name).stem}{more}{Path(name).suffix}"
        try:
            write_new(path, data)
        except FileExistsError:
            number += 1
        else:
            return path


def set_aside(path: Path, texts: Sequence[bytes]) -> list[Path]:
    """Whole texts beside the dossier, under names that no list of dossiers takes. OSError leaves none there."""
    stamp = f"{datetime.now():%Y-%m-%d-%Hh%Mm%S}"
    made: list[Path] = []
    number = 1
    while len(made) < len(texts):
        more = f"-{number}" if number > 1 else ""
        beside = path.with_name(f"{path.stem}.autre-version-{stamp}{more}.txt")
        number += 1
        try:
            write_new(beside, texts[len(made)])
        except FileExistsError:
            continue
        except OSError:
            forget(made)
            raise
        made.append(beside)
    return made


def forget(asides: Sequence[Path]) -> None:
    """What was set aside needs not be: nothing was replaced. Never fails."""
    for aside in asides:
        with suppress(OSError):
            aside.unlink()
