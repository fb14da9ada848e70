"""Choices of comfort kept from one run to the next: colours, hidden titles. Nothing of a dossier is in them.

Read before the first paint: the standard library alone, and no failure ever reaches who asks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from conseil_dla.ground.files import content_of, make_private, settings_folder, write_atomically

NAME = "reglages.json"
THEME = "couleurs"
TITLES = "titres_masques"
MOST = 65_536
"""A file of more bytes is none of ours."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen last."""

    theme: str = ""
    """Name of a theme; empty when none was ever chosen. It may name one that is no longer there."""
    hides_titles: bool = False


def path() -> Path:
    """The file; may not exist yet."""
    return settings_folder() / NAME


def remembered() -> Settings:
    """What was kept; what is missing, unreadable or damaged stands as if it had never been chosen."""
    found = _content()
    theme, hides = found.get(THEME), found.get(TITLES)
    return Settings(theme if isinstance(theme, str) else "", hides is True)


def keep(settings: Settings) -> None:
    """Write them, beside whatever else the file holds. Raises OSError."""
    content = _content() | {THEME: settings.theme, TITLES: settings.hides_titles}
    where = path()
    make_private(where.parent)
    write_atomically(where, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _content() -> dict[str, object]:
    try:
        read = json.loads(content_of(path(), MOST))
    except (OSError, ValueError, RecursionError):  # the last: nested too deep
        return {}
    return read if isinstance(read, dict) else {}
