"""Tables as an Excel workbook: every cell is text, titles stay in view, columns can be sorted and filtered."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from conseil_dla.reporting.documents.packing import packed

if TYPE_CHECKING:
    from conseil_dla.reporting.documents.sheets import Sheet

WIDEST, NARROWEST = 60, 10
"""Characters of a column."""


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
            cell = page.cell(number, column, text)
            cell.data_type = "s"
            cell.quotePrefix = True
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEEEEE")
    for column, title in enumerate(sheet.titles, 1):
        longest = max((len(row[column - 1]) for row in sheet.rows), default=0)
        width = min(WIDEST, max(NARROWEST, len(title) + 2, longest + 2))
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
