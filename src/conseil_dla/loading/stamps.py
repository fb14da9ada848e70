"""When a rules folder was last written: enough to know that it has to be read again, at the cost of a listing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from conseil_dla.loading.folder import SUBFOLDERS

Stamp = frozenset[tuple[str, int, int]]
"""Name, moment in nanoseconds and size in bytes of every file that is read."""
HELD = ("", "cas", "essais")
"""Folders inside ``knowledge`` whose files are read too, some as dossiers."""


def stamp(folder: Path) -> Stamp:
    """The stamp of a folder as it stands. What is missing, or vanishes meanwhile, is simply not in it."""
    found = set()
    for part in SUBFOLDERS:
        for inner in HELD if part == "knowledge" else ("",):
            with suppress(OSError):
                for path in (folder / part / inner).iterdir():
                    with suppress(OSError):
                        if path.suffix == ".yaml" and not path.name.startswith("."):
                            seen = path.stat()
                            found.add(
                                (f"{part}/{inner}/{path.name}".replace("//", "/"), seen.st_mtime_ns, seen.st_size)
                            )
    return frozenset(found)


def changed(before: Stamp, after: Stamp) -> tuple[str, ...]:
    """Names of the files that came, went or were written, sorted."""
    return tuple(sorted({name for name, *_ in before ^ after}))
