"""What a batch is read from: files and folders as they were named, cut into pieces of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from conseil_dla.batch.pieces import Chunk, Faulty, Objects, files_of, lines_of
from conseil_dla.batch.table_file import SUFFIXES, read_table
from conseil_dla.batch.table_mistakes import unopened
from conseil_dla.dossiers.store import unreadable
from conseil_dla.dossiers.territory import FOLDER as PROFILE
from conseil_dla.dossiers.workshops import FOLDER
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.shelving import Aside, contents, readable
from conseil_dla.rules.model import Base

LINES = ".jsonl"
OTHER_TABLES = (".ods", ".xls", ".xlsb", ".numbers")
OTHER_HELP = "dans le tableur, enregistrez-le (ou exportez-le) au format .xlsx"
FEW_ROWS = 200
HELD = (FOLDER, PROFILE)
"""Folders among dossiers that hold none."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Files and folders, in the order given; of a folder, the dossiers that lie in it, by name."""

    paths: tuple[Path, ...]
    base: Base
    remarks: list[Diagnostic] = field(default_factory=list)
    """What is worth saying of tables that are read all the same; it grows as they are."""

    @property
    def size(self) -> int:
        """Bytes of all of them, to tell how far one is."""
        return sum(_size(path) for path in self._files())

    def chunks(self) -> Iterator[Chunk]:
        """Every dossier once, a few at a time. What cannot be read at all is a piece of work that tells so."""
        own: list[Path] = []
        for path in self._files():
            if path.suffix.lower() in (LINES, *SUFFIXES, *OTHER_TABLES):
                yield from files_of(tuple(own))
                own = []
                yield from self._many(path)
            else:
                own.append(path)
        yield from files_of(tuple(own))

    def _files(self) -> Iterator[Path]:
        for path in self.paths:
            if path.is_dir():
                yield from readable(path)
            else:
                yield path

    def aside(self) -> tuple[Aside, ...]:
        """What lies in the folders and is not read."""
        found: list[Aside] = []
        for path in self.paths:
            with suppress(OSError):
                found += contents(path, HELD).aside if path.is_dir() else ()
        return tuple(found)

    def _many(self, path: Path) -> Iterator[Chunk]:
        try:
            if path.suffix.lower() in OTHER_TABLES and path.is_file():
                raise unopened(path, "ce tableau est d’un format qui ne se lit pas ici", OTHER_HELP)
            yield from lines_of(path) if path.suffix.lower() == LINES else self._rows(path)
        except OSError as error:
            yield Faulty(str(path), (unreadable(path, error),), 0)
        except Unusable as error:
            yield Faulty(str(path), error.diagnostics, _size(path))

    def _rows(self, path: Path) -> Iterator[Objects]:
        rows = read_table(path, self.base, self.remarks.append)
        size = _size(path)
        while few := tuple(islice(rows, FEW_ROWS)):
            yield Objects(str(path), few, 0)
        yield Objects(str(path), (), size)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
