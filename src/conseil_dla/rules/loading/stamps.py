"""When a rules folder was last written: enough to know that it has to be read again, at the cost of a listing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from conseil_dla.rules.loading.layout import DOSSIERS, SUBFOLDERS, aside_in, dossiers, items

Stamp = frozenset[tuple[str, int, int]]
"""Name, moment in nanoseconds and size in bytes of every file that is read, or that waits to be."""


def stamp(folder: Path) -> Stamp:
    """The stamp of a folder as it stands. What is missing, or vanishes meanwhile, is simply not in it."""
    found = set()
    for path in (*_read(folder), *(one.path for one in aside_in(folder))):
        with suppress(OSError):
            seen = path.stat()
            found.add((path.relative_to(folder).as_posix(), seen.st_mtime_ns, seen.st_size))
    return frozenset(found)


def _read(folder: Path) -> Iterator[Path]:
    for part in SUBFOLDERS:
        with suppress(OSError):
            yield from items(folder, part).read
    for kind in DOSSIERS:
        yield from dossiers(folder, kind)


def changed(before: Stamp, after: Stamp) -> tuple[str, ...]:
    """Names of the files that came, went or were written, sorted."""
    return tuple(sorted({name for name, *_ in before ^ after}))
