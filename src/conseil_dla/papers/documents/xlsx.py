"""Tables as an Excel workbook: texts are texts, titles stay in view, columns can be sorted and filtered.

Printed, a sheet is as wide as its columns, and its titles come back on every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from textwrap import wrap
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from conseil_dla.papers.documents.archives import packed
from conseil_dla.papers.documents.document import door
from conseil_dla.papers.documents.sheets import Formula, shown

if TYPE_CHECKING:
    from conseil_dla.papers.documents.sheets import Cell, Sheet

WIDEST, NARROWEST = 60, 10
"""Characters of a column."""
BOLD = 6
"""More of them for a title, which is bold and has its filter's arrow."""
LINE = 15
"""Points of a line of text: without a height, LibreOffice prints wrapped lines over one another."""


def write(sheets: tuple[Sheet, ...]) -> bytes:
    """One sheet each."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title[:31]), sheet)
    book.properties.creator = None
    file = BytesIO()
    book.save(file)
    return packed(file.getvalue())


def _fill(page: Any, sheet: Sheet) -> None:
    for number, row in enumerate((sheet.titles, *sheet.rows), 1):
        for column, text in enumerate(row, 1):
            cell = page.cell(number, column, _value(text))
            if isinstance(text, str) and text:
                cell.data_type = "s"
                cell.quotePrefix = True
            elif text != "":
                cell.number_format = "0.##" if isinstance(text, Decimal) else "0.0"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEEEEE")
    rows = [tuple(map(shown, row)) for row in sheet.rows]
    longest = [max(len(text) for text in column) for column in zip(*rows, strict=True)] or [0] * len(sheet.titles)
    widths = [
        min(WIDEST, max(NARROWEST, length + 2, len(title) + BOLD))
        for title, length in zip(sheet.titles, longest, strict=True)
    ]
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate((sheet.titles, *rows), 1):
        lines = max(len(wrap(text, width - 2)) for text, width in zip(row, widths, strict=True))
        page.row_dimensions[number].height = LINE * max(lines, 1)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    page.auto_filter.ref = page.dimensions


def _value(cell: Cell) -> str | Decimal | None:
    """Nothing at all where there is no text: a formula takes an empty text for one."""
    return cell.text if isinstance(cell, Formula) else None if cell == "" else cell


MOST_ROWS = 1_000_000
"""Of one page; a spreadsheet holds 1,048,576."""
LOOKED_AT = 200
"""Rows of a long table that tell how wide its columns are."""


def write_rows(file: BinaryIO, title: str, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A long table, row by row so that it is never held whole, on as many pages as it takes.

    Raises ``document.NotMade``, and whatever making a row raises.
    """
    book = Workbook(write_only=True)
    book.properties.creator = None
    with _let_go_where_it_fails(book):
        waiting = iter(rows)
        first = list(islice(waiting, LOOKED_AT))
        widths = [max(len(cell) for cell in column) + 2 for column in zip(*first, strict=True)] or [0] * len(titles)
        page = _page(book, title, titles, widths)
        for number, row in enumerate(chain(first, waiting)):
            if number and number % MOST_ROWS == 0:
                page = _page(book, f"{title} {number // MOST_ROWS + 1}", titles, widths)
            _add(page, row)
        with door():
            _save(book, file)


@contextmanager
def _let_go_where_it_fails(book: Workbook) -> Iterator[None]:
    """A page that is half written complains on stderr once it is forgotten, in English, unless it was closed before."""
    try:
        yield
    except BaseException:
        for page in book.worksheets:
            for close in (page.close, getattr(page._writer, "close", page.close)):
                with suppress(Exception):
                    close()
        raise


def _save(book: Workbook, file: BinaryIO) -> None:
    """As ``Workbook.save``, whose archive complains in the same way where the disk is full."""
    archive = ZipFile(file, "w", ZIP_DEFLATED)
    try:
        ExcelWriter(book, archive).save()
    except BaseException:
        with suppress(Exception):
            archive.close()
        raise


@door()
def _page(book: Workbook, title: str, titles: Sequence[str], widths: Sequence[int]) -> Any:
    page = book.create_sheet(title[:31])
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(titles))}1"
    for number, (name, width) in enumerate(zip(titles, widths, strict=True), 1):
        wide = min(WIDEST, max(NARROWEST, len(name) + BOLD, width))
        page.column_dimensions[get_column_letter(number)].width = wide
    heads = [_text(page, name) for name in titles]
    for head in heads:
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="EEEEEE")
    page.append(heads)
    return page


@door()
def _add(page: Any, row: Sequence[str]) -> None:
    page.append([_text(page, cell) for cell in row])


def _text(page: Any, text: str) -> Any:
    """A cell that is a text, whatever it begins with."""
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell
