"""Where the files of a rules folder lie: those read, what lies there and is not, and when it was last written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.shelving import ENDING, Aside, Contents, Sort, contents, proper_name, readable

SUBFOLDERS = ("knowledge", "rules")
"""Where items are looked for. ``DOSSIERS``, inside the first, hold dossiers, read elsewhere."""
DOSSIERS = ("cas", "essais")
KNOWN = {"knowledge": (*DOSSIERS, "gabarits")}
"""Folders inside that are not read for items."""
BESIDE = (*SUBFOLDERS, "modeles", "guide", "temoins", "schemas")
"""What may lie in a rules folder: of the others, only what seems to be rules is told."""
READ = (*SUBFOLDERS, *(f"knowledge/{name}" for name in DOSSIERS))


def dossiers(folder: Path, kind: str) -> tuple[Path, ...]:
    """Cases (``cas``) or trials (``essais``) of a rules folder, by name; none where there is no such folder."""
    return readable(folder / "knowledge" / kind)


def items(folder: Path, part: str) -> Contents:
    """Files of items in one of ``SUBFOLDERS``. A copy is read: what it repeats is told where it stands.

    Raises OSError.
    """
    found = contents(folder / part, KNOWN.get(part, ()))
    copies = {one.path for one in found.aside if one.sort is Sort.COPY and one.path.suffix == ENDING}
    aside = tuple(one for one in found.aside if one.path not in copies)
    return Contents(tuple(sorted({*found.read, *copies})), aside)


def set_aside(folder: Path, shown_as: str | None = None) -> list[Diagnostic]:
    """What lies in a rules folder and is not read, each with what to do about it. Never raises."""
    name = str(folder) if shown_as is None else shown_as
    return [one.finding(PurePath(name, one.path.relative_to(folder)).as_posix()) for one in aside_in(folder)]


def aside_in(folder: Path) -> list[Aside]:
    """The same, as values."""
    found: list[Aside] = []
    with suppress(OSError):
        found += _misplaced(folder)
    for part in READ:
        with suppress(OSError):
            found += (items(folder, part) if part in SUBFOLDERS else contents(folder / part)).aside
    return found


def _misplaced(folder: Path) -> list[Aside]:
    """Rules that lie beside ``rules/`` and ``knowledge/`` instead of inside."""
    there = contents(folder, BESIDE)
    help = "mettez-le dans rules/ (règles) ou dans knowledge/ (connaissances)"
    message = "ce fichier n’est pas lu : il n’est ni dans rules/, ni dans knowledge/"
    found = [Aside(path, Sort.FOLDER, message, help) for path in there.read]
    for one in there.aside:
        if one.sort is Sort.COPY:
            found.append(one)
        elif one.sort is Sort.NAME:
            found.append(Aside(one.path, one.sort, message, f"{help}, sous le nom « {proper_name(one.path)} »"))
        elif one.sort is Sort.FOLDER and any(path.suffix == ENDING for path in one.path.iterdir()):
            told = f"ce sous-dossier n’est pas lu, ni les fichiers {ENDING} qu’il contient"
            found.append(Aside(one.path, one.sort, told, help.replace("mettez-le", "mettez-les")))
    return found


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
