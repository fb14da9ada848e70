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
from decimal import Decimal
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
class Formula:
    """What a spreadsheet works out. Only the program makes one, of places of cells: no text of anybody is in it.

    Raises ValueError for anything else.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse what could be somebody's text."""
        if not RECKONED.fullmatch(self.text):
            raise ValueError(self.text)


RECKONED = re.compile(r'=[A-Z0-9:,()<>="*/+-]+')
Cell = str | Decimal | Formula
"""A text is a text, whatever it begins with; a number is typed as one by the program."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; every row has as many cells as there are titles."""

    title: str
    """At most 31 characters, as spreadsheets want."""
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


SHEETS: Mapping[str, str] = MappingProxyType({".xlsx": "xlsx", ".csv": ""})
"""Ends of names; the module that writes the file where it is not this one."""


def written(sheets: tuple[Sheet, ...], suffix: str) -> bytes:
    """The file; in .csv one table under the other, its title before it.

    Raises KeyError for another suffix, and ``document.NotMade``.
    """
    clean = tuple(
        Sheet(plain(sheet.title), tuple(map(_plain, sheet.titles)), tuple(tuple(map(_cell, row)) for row in sheet.rows))
        for sheet in sheets
    )
    if module := SHEETS[suffix]:
        with door():
            data: bytes = import_module(f"{__package__}.{module}").write(clean)
            return data
    return _csv(clean)


def _plain(text: str) -> str:
    return plain(text)[:LONGEST_CELL]


def _cell(cell: Cell) -> Cell:
    return _plain(cell) if isinstance(cell, str) else cell


def shown(cell: Cell) -> str:
    """A cell as text: a number with its comma, nothing of a formula."""
    return cell if isinstance(cell, str) else str(cell).replace(".", ",") if isinstance(cell, Decimal) else ""


def _csv(sheets: tuple[Sheet, ...]) -> bytes:
    """One table under the other, an empty line between them."""
    rows: list[tuple[str, ...]] = []
    for number, sheet in enumerate(sheets):
        rows += [()] if number else []
        rows += [(sheet.title,), sheet.titles, *(tuple(map(shown, row)) for row in sheet.rows)]
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
