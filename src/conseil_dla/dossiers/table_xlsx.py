"""The rows of the first visible sheet of a workbook (.xlsx), read only, formulas by their last results.

A workbook is an archive of XML files (ECMA-376). Nothing in it is trusted: what is too large for its archive, asks for
an entity or points nowhere is refused, and nothing is ever run or fetched.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from conseil_dla.dossiers.table_mistakes import Damaged, damaged, not_there, unopened
from conseil_dla.dossiers.table_sheet import CHUNK, DAYS, date_styles, sheet_rows, strings, tags

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .xls begins, and a workbook behind a password."""
ARCHIVE = b"PK"
LARGEST_SHEET = 4 << 30
LARGEST_PART = 1 << 28
"""Bytes, unpacked: of a sheet, which is never held whole, and of any other part, which may be."""
BOMB = 300
"""Times that a part may unpack to the size that it has in the archive; the rows of a real table stay under 60."""
SMALL = 1 << 24
"""Bytes under which a part may unpack as much as it likes."""
ROOT = "_rels/.rels"
MIMETYPE = "mimetype"
"""A part of OpenDocument files."""
FAULTS = (
    Damaged, BadZipFile, ExpatError, zlib.error, struct.error, EOFError, KeyError, IndexError,
    ValueError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What a broken archive or its XML raises, sooner or later."""


Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class _Book:
    """Names of the parts of a workbook that matter here."""

    sheet: str
    strings: str | None
    styles: str | None
    since_1904: bool


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that are written, each with its number. Raises ``Unusable`` before the first, or on one badly made."""
    try:
        with path.open("rb") as file:
            start = file.read(len(COMPOUND))
        if start == COMPOUND:
            help = "ôtez le mot de passe, ou enregistrez-le au format .xlsx si c’est un ancien .xls"
            raise unopened(path, "ce classeur est protégé par un mot de passe, ou d’un ancien format", help)
        if not start.startswith(ARCHIVE):
            help = "enregistrez-le au format .xlsx depuis un tableur ; un texte séparé par des signes se nomme .csv"
            raise unopened(path, "ce fichier n’est pas un classeur .xlsx", help)
        with ZipFile(path) as archive:
            book = _parts(archive)
            _unpack_once(archive, book.sheet)
            texts: list[str] = _read(archive, book.strings, strings) if book.strings else []
            dates: set[str] = _read(archive, book.styles, date_styles) if book.styles else set()
    except OSError as cause:
        raise not_there(path, cause) from cause
    except FAULTS as cause:
        raise _told(path, cause) from cause
    return _rows(path, book, texts, dates)


def _rows(path: Path, book: _Book, texts: list[str], dates: set[str]) -> Iterator[tuple[int, list[str]]]:
    try:
        with ZipFile(path) as archive, _opened(archive, book.sheet, LARGEST_SHEET) as file:
            yield from sheet_rows(file, texts, dates, DAYS[book.since_1904])
    except OSError as cause:
        raise not_there(path, cause) from cause
    except FAULTS as cause:
        raise _told(path, cause) from cause


def _told(path: Path, cause: Exception) -> Exception:
    return damaged(path, str(cause)) if isinstance(cause, Damaged) else damaged(path)


def _opened(archive: ZipFile, name: str, limit: int = LARGEST_PART) -> IO[bytes]:
    """A part, unless it unpacks to more than it should."""
    part = archive.getinfo(name)
    if part.file_size > limit or part.file_size > max(SMALL, BOMB * part.compress_size):
        raise Damaged("prendrait trop de place une fois ouvert")
    return archive.open(part)


def _read(archive: ZipFile, name: str, reader: Callable[[IO[bytes]], Read]) -> Read:
    with _opened(archive, name) as file:
        return reader(file)


def _unpack_once(archive: ZipFile, name: str) -> None:
    """The archive holds a sum of each part, checked once it is unpacked to its end."""
    with _opened(archive, name, LARGEST_SHEET) as file:
        while file.read(CHUNK):
            pass


def _parts(archive: ZipFile) -> _Book:
    """Found by what they are for, since their names are free."""
    if MIMETYPE in archive.namelist():
        raise Damaged("est au format de LibreOffice, sous un nom en .xlsx")
    whole = _related(archive, ROOT, "")
    book = next((target for _, kind, target in whole if kind == "officeDocument"), None)
    if book is None:
        raise Damaged("n’est pas fait comme un classeur")
    folder, file = posixpath.split(book)
    related = _related(archive, posixpath.join(folder, "_rels", f"{file}.rels"), folder)
    sheets = {id: target for id, kind, target in related if kind == "worksheet"}
    inside = _read(archive, book, tags)
    shown = [a["id"] for tag, a in inside if tag == "sheet" and a.get("state", "visible") == "visible"]
    sheet = next((sheets[id] for id in shown if id in sheets), None)
    if sheet is None:
        raise Damaged("n’a pas de feuille visible")
    since_1904 = any(tag == "workbookPr" and a.get("date1904") in ("1", "true") for tag, a in inside)
    by_kind = {kind: target for _, kind, target in related}
    return _Book(sheet, by_kind.get("sharedStrings"), by_kind.get("styles"), since_1904)


def _related(archive: ZipFile, name: str, folder: str) -> list[tuple[str, str, str]]:
    """Id, kind and place of each part that another one points at."""
    points = (a for tag, a in _read(archive, name, tags) if tag == "Relationship" and a.get("TargetMode") != "External")
    return [(a.get("Id", ""), a.get("Type", "").rsplit("/", 1)[-1], _place(folder, a["Target"])) for a in points]


def _place(folder: str, target: str) -> str:
    """The name in the archive of what a part in that folder points at."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
