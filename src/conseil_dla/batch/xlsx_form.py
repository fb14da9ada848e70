"""An empty table as an Excel workbook: a sheet to fill, with lists to choose from, and a sheet that explains each list.

A list of Excel must lie in cells of one column: the second sheet is both what is read and what the lists point at.
"""

from __future__ import annotations

from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from conseil_dla.dossiers.table_cells import GUIDE
from conseil_dla.ground.french import spaced
from conseil_dla.papers.documents.archives import packed

if TYPE_CHECKING:
    from conseil_dla.batch.blank_table import Field

TO_FILL, TO_CHOOSE = "Dossiers", GUIDE
HEADINGS = (
    "Colonne", "Question", "Réponse à écrire", "Nom court de la réponse", "Nom court de la colonne", "Pour répondre",
)  # fmt: skip
WIDTHS = (28, 42, 62, 26, 26, 62)
"""Characters of the columns of the second sheet."""
COLUMN, TITLE_COLUMN = 24, 40
"""Characters of the columns to fill."""
LAST = 100_001
"""Last row with lists."""
SHORT_TITLE, SHORT_TEXT = 32, 255
"""Characters that Excel shows beside a cell."""
LINE = 15
"""Points of a line of text."""
HEAD = PatternFill("solid", fgColor="EEEEEE")
THIN = Side(style="thin", color="999999")
TOP = Alignment(vertical="top", wrap_text=True)


def write(fields: tuple[Field, ...]) -> bytes:
    """The workbook; the sheet to fill is the first, which is the one read."""
    book = Workbook()
    page = book.active
    page.title = TO_FILL
    lists = _explained(book.create_sheet(TO_CHOOSE), fields)
    for column, field in enumerate(fields, 1):
        _head(page, column, field.name)
        page.column_dimensions[get_column_letter(column)].width = TITLE_COLUMN if column == 1 else COLUMN
        rule = _rule(field, lists.get(field.id))
        letter = get_column_letter(column)
        rule.add(f"{letter}2:{letter}{LAST}")
        page.add_data_validation(rule)
    page.row_dimensions[1].height = LINE * max(len(wrap(field.name, COLUMN - 3)) for field in fields)
    page.freeze_panes = "B2"
    _printed(page)
    book.properties.creator = None
    file = BytesIO()
    book.save(file)
    return packed(file.getvalue())


def _rule(field: Field, listed: str | None) -> DataValidation:
    """What a cell proposes and says. Anything may still be written: it is read, or refused with its reason, later."""
    if field.bounds is not None:
        low, high = field.bounds
        rule = DataValidation(type="whole", operator="between", formula1=str(low), formula2=str(high))
        wrong = f"Un nombre de {low} à {high} est attendu, ou « {field.choices[-1].wording} »."
    elif listed is not None:
        rule = DataValidation(type="list", formula1=listed)
        wrong = "Cette réponse n’est pas dans la liste. Son nom court va aussi ; autre chose sera refusé."
    else:
        rule = DataValidation()
        wrong = ""
    rule.allow_blank = True
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = _cut(field.name, SHORT_TITLE), _cut(spaced(_prompt(field)), SHORT_TEXT)
    rule.showErrorMessage = bool(wrong) and not field.several
    rule.errorStyle, rule.errorTitle, rule.error = "warning", "À vérifier", spaced(wrong) or None
    return rule


def _prompt(field: Field) -> str:
    several = " Plusieurs réponses : séparez-les par un point-virgule." if field.several else ""
    bounds = f" Un nombre de {field.bounds[0]} à {field.bounds[1]}." if field.bounds else ""
    return field.asked + several + bounds


def _explained(page: Any, fields: tuple[Field, ...]) -> dict[str, str]:
    """Every column with its question and answers; gives by id the cells that hold the answers."""
    for column, (name, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), 1):
        _head(page, column, name)
        page.column_dimensions[get_column_letter(column)].width = width
    lists: dict[str, str] = {}
    row = 2
    for field in fields:
        first = row
        number = f"un nombre de {field.bounds[0]} à {field.bounds[1]}" if field.bounds else ""
        written = [(number, "")] if number else []
        written += [(choice.wording, choice.id) for choice in field.choices]
        for wording, short in written or [("", "")]:
            _text(page, row, 3, wording)
            _text(page, row, 4, short)
            row += 1
        for column, text in ((1, field.name), (2, field.asked), (5, field.id), (6, field.help)):
            _text(page, first, column, text)
            if row - first > 1:
                page.merge_cells(start_row=first, end_row=row - 1, start_column=column, end_column=column)
        _heights(page, first, row - first, field)
        for column in range(1, len(HEADINGS) + 1):
            page.cell(first, column).border = Border(top=THIN)
        if field.choices and not number:
            lists[field.id] = f"'{TO_CHOOSE}'!$C${first}:$C${row - 1}"
    page.freeze_panes = "B2"
    _printed(page)
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    return lists


def _heights(page: Any, first: int, rows: int, field: Field) -> None:
    """Enough for the longest text: LibreOffice does not open merged cells by itself."""
    texts = zip(
        (field.name, field.asked, field.id, field.help), (WIDTHS[0], WIDTHS[1], WIDTHS[4], WIDTHS[5]), strict=True
    )
    needed = max(len(wrap(text, width - 3)) for text, width in texts)
    for row in range(first, first + rows):
        own = len(wrap(str(page.cell(row, 3).value or ""), WIDTHS[2] - 3))
        page.row_dimensions[row].height = LINE * max(own, -(-needed // rows), 1)


def _head(page: Any, column: int, text: str) -> None:
    _text(page, 1, column, text)
    cell = page.cell(1, column)
    cell.font, cell.fill = Font(name=cell.font.name, size=cell.font.size, bold=True), HEAD


def _text(page: Any, row: int, column: int, text: str) -> None:
    """Always a text, never run."""
    cell = page.cell(row, column, text or None)
    cell.alignment = TOP
    if text:
        cell.data_type = "s"
        cell.quotePrefix = True


def _printed(page: Any) -> None:
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
