"""Workshops as files: what a room has felt, voted and said, kept while it goes on. Beside dossiers, never among them.

One JSON file a workshop, since only the program reads it. What it holds of the workshop itself is the business of
``workshop.data``: here it is data.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from conseil_dla.dossiers import store
from conseil_dla.ground.files import ReadOnly, content_of, dossiers_folder, make_private, write_atomically
from conseil_dla.ground.shelving import contents, readable
from conseil_dla.rules.model import Base, Dossier

VERSION = 1
FOLDER = "ateliers"
RECORD = "-compte-rendu"
"""What the name of a record adds to that of its workshop."""
MOST_OF_TITLE = 90
"""Letters of a title in a file's name: with all that is added, under the 143 that an encrypted home may take."""
MOST_BYTES = 2_000_000
"""A file beyond this is no workshop of ours."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A workshop that was kept: which scenario, when, and what was done."""

    path: Path
    scenario: str
    """Where the scenario lies: under the rules folder for one of theirs, else anywhere."""
    title: str
    day: str
    """``YYYY-MM-DD``."""
    plan: str
    """Id of the plan that was followed; empty without one."""
    state: Mapping[str, Any]
    hour: str = ""
    """``HH:MM``, when it began: it tells the morning's group from the afternoon's."""
    seen: bytes = b""
    """What its file held when it was read."""


def folder() -> Path:
    """Where workshops and their records are kept; may not exist yet."""
    return dossiers_folder() / FOLDER


def new_path(title: str, began: datetime) -> Path:
    """The file of a new workshop, a name that is free; the folder is made if needed. Raises OSError."""
    where = folder()
    make_private(where)
    stem = f"{began:%Y-%m-%d-%Hh%M}-{store.slug(title, MOST_OF_TITLE)}"
    path, number = where / f"{stem}.json", 2
    while path.exists():
        path = where / f"{stem}-{number}.json"
        number += 1
    return path


def save(kept: Kept, seen: bytes | None = None) -> tuple[Path, bytes]:
    """Write it, whole or not at all; gives its file and what that holds now. Raises OSError.

    ``seen`` is what the file held when it was last read or written here. Where another window has written there since,
    or where it was made read-only, nothing of it is replaced: this workshop goes on under a name of its own. Keys that
    it does not know stay there.
    """
    written = {"version": VERSION, "scenario": kept.scenario, "titre": kept.title, "jour": kept.day, "heure": kept.hour,
            "deroulement": kept.plan, "atelier": kept.state}  # fmt: skip
    data = (json.loads(seen) if seen else {}) | written
    content = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    path = kept.path
    try:
        is_written = write_atomically(path, content, unless_changed_from=seen)
    except ReadOnly:
        is_written = False
    if not is_written:
        path = new_path(kept.title, began(kept))
        write_atomically(path, content)
    return path, content


def load(path: Path) -> Kept:
    """A kept workshop. Raises OSError, and ValueError when the file is not one."""
    content = content_of(path, MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError("too large for a workshop")
    data = json.loads(content.decode("utf-8"))
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("atelier"), dict):
        raise ValueError("not a workshop of this version")
    texts = [data.get(key, "") for key in ("scenario", "titre", "jour", "deroulement")]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("not a workshop")
    scenario, title, day, plan = texts
    hour = data.get("heure") or f"{datetime.fromtimestamp(path.stat().st_mtime):%H:%M}"
    return Kept(path, scenario, title, day, plan, data["atelier"], str(hour), content)


def began(kept: Kept) -> datetime:
    """When it began. Raises ValueError where its file does not tell."""
    return datetime.fromisoformat(f"{kept.day}T{kept.hour}")


def every() -> tuple[Kept, ...]:
    """All workshops that can still be read, the one played last first. Raises OSError."""
    found = []
    for path in sorted(folder().glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True):
        with suppress(OSError, ValueError, RecursionError):
            found.append(load(path))
    return tuple(found)


def has_record(kept: Kept) -> bool:
    """A record of it was written."""
    return any(kept.path.parent.glob(f"{glob.escape(kept.path.stem + RECORD)}*"))


# --- scenarios -------------------------------------------------------------------------------------------------------


def place_of(scenario: Dossier, base: Base) -> str:
    """Where a scenario lies, in a way that holds on another day: under the rules folder where it is one of theirs."""
    path = Path(scenario.path)
    with suppress(ValueError):
        return path.relative_to(base.origin).as_posix()
    return str(path.resolve())


def scenario_of(kept: Kept, base: Base) -> Dossier:
    """The scenario of a kept workshop. Raises ``Unusable``, and ValueError for one's own dossier."""
    path = Path(base.origin) / kept.scenario
    if store.is_personal(path, base):
        raise ValueError("one's own dossier")
    return store.load(path, base)


def load_folder(where: Path, base: Base, refused: store.Refused) -> tuple[Dossier, ...]:
    """Every dossier of a folder that can be read, by name.

    ``refused`` hears why the rest is not there: a name, a place, or mistakes.
    """
    with suppress(OSError):
        refused(one.finding() for one in contents(where).aside)
    return tuple(store.load_each(readable(where), base, refused))
