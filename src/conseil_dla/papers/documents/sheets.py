"""Tables of texts as a spreadsheet (.xlsx) or as text (.csv): no cell of them is ever a formula.

A spreadsheet program takes for a formula what begins with one of a few characters (OWASP, "CSV Injection"); in .xlsx
the type of the cell decides, and it is text; in .csv nothing says the type, so that an apostrophe stands before.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from types import MappingProxyType

from conseil_dla.ground.words import FORMULA_START
from conseil_dla.papers.blocks import plain
from conseil_dla.papers.documents.document import door

NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")
LONGEST_CELL = 32_000
"""Characters; a cell of a spreadsheet takes 32,767."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; every row has as many cells as there are titles."""

    title: str
    """At most 31 characters, as spreadsheets want."""
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


SHEETS: Mapping[str, str] = MappingProxyType({".xlsx": "xlsx", ".csv": ""})
"""Ends of names; the module that writes the file where it is not this one."""


def written(sheets: tuple[Sheet, ...], suffix: str) -> bytes:
    """The file; in .csv one table under the other, its title before it.

    Raises KeyError for another suffix, and ``document.NotMade``.
    """
    clean = tuple(
        Sheet(plain(sheet.title), _cells(sheet.titles), tuple(_cells(row) for row in sheet.rows)) for sheet in sheets
    )
    if module := SHEETS[suffix]:
        with door():
            data: bytes = import_module(f"{__package__}.{module}").write(clean)
            return data
    return _csv(clean)


def _cells(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(cell)[:LONGEST_CELL] for cell in row)


def _csv(sheets: tuple[Sheet, ...]) -> bytes:
    """One table under the other, an empty line between them."""
    rows: list[tuple[str, ...]] = []
    for number, sheet in enumerate(sheets):
        rows += [()] if number else []
        rows += [(sheet.title,), sheet.titles, *sheet.rows]
    return BOM_UTF8 + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of plain texts with semicolons and Windows line ends; a byte-order mark stands before the first of a file.

    That is what a French spreadsheet opens by itself.
    """
    file = StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([_told(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _told(cell: str) -> str:
    """The text, with an apostrophe before what would be a formula; a plain number stays one."""
    return f"'{cell}" if FORMULA_START.match(cell) and not NUMBER.match(cell) else cell
