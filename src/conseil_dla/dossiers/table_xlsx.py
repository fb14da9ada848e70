"""The rows of the first visible sheet of a workbook (.xlsx), read only, formulas by their last results.

Nothing in an archive is trusted: before openpyxl opens it, one pass refuses what is too large, declares entities, or is
out of order, which openpyxl would drop in silence. Nothing is ever run or fetched. See decision 0032.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from conseil_dla.dossiers.table_cells import GUIDE
from conseil_dla.dossiers.table_layout import Layout
from conseil_dla.dossiers.table_mistakes import NO_RESULT, STRICT, Damaged, damaged, not_there, other_sheets, unopened
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.files import check_regular

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .xls begins, and a workbook behind a password."""
LARGEST, LARGEST_HELD = 4 << 30, 1 << 28
"""Bytes, unpacked: of all parts together, and of one that is not a sheet, hence may be held whole."""
BOMB, SMALL = 300, 1 << 24
"""Times that a part past ``SMALL`` bytes may unpack to its size in the archive; rows of real tables stay under 60."""
CHUNK, LONGEST = 1 << 18, 1 << 20
"""Bytes read at a time, and of one text or tag; spreadsheets take 32,767 characters."""
MOST_ASIDE, USUAL = 10_000_000, 12
"""Tags of a part, past so many for each row and cell: openpyxl holds them all until the end."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
UNLIKE, TOO_LARGE = "n’est pas fait comme un classeur", "prendrait trop de place une fois ouvert"
NEVER_READ = ("customXml/", "xl/media/")
"""Pictures, and what other programs leave: they may be made as they like."""

_OTHER_LETTERS = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)
_SHEET = re.compile(rb"<(?:[^\s<>/:!?]+:)?worksheet[\s>]")
_STRICT = b"http://purl.oclc.org/ooxml/"
_TAG = re.compile(rb"""<(?:[^\s<>/:!?]+:)?(row|c|f)(?=[\s/>])(?:[^<>]*?\sr\s*=\s*["']([^"'<>]*))?""")
_BACKWARDS = re.compile(rb"""\st="s"[^<>]{0,200}>\s*<(?:[^\s<>/:!?]+:)?v[^<>]{0,200}>\s*-""")
"""A cell that points before the first text: openpyxl would take one from the end."""
_SIGN = re.compile("_x00([01][0-9A-Fa-f])_")
"""How spreadsheets spell the signs that XML cannot hold: ``_x000D_``."""


def rows(path: Path, remark: Callable[[Diagnostic], None] = lambda _: None) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold a cell, each with its number; ``remark`` takes what is merged, hidden or left out.

    Raises ``Unusable`` before the first, or on one badly made.
    """
    try:
        yield from _rows(path, remark)
    except (Unusable, MemoryError):
        raise
    except Damaged as cause:
        raise damaged(path, str(cause)) from cause
    except OSError as cause:
        raise (damaged(path, UNLIKE) if cause.errno is None else not_there(path, cause)) from cause
    except Exception as cause:  # on a bad file openpyxl raises whatever Python does: AttributeError, TypeError…
        raise damaged(path) from cause


def _rows(path: Path, remark: Callable[[Diagnostic], None]) -> Iterator[tuple[int, list[str]]]:
    check_regular(path)
    with path.open("rb") as file:
        start = file.read(len(COMPOUND))
    if start == COMPOUND:
        help = "ôtez le mot de passe, ou enregistrez-le au format .xlsx si c’est un ancien .xls"
        raise unopened(path, "ce classeur est protégé par un mot de passe, ou d’un ancien format", help)
    if not start.startswith(b"PK"):
        help = "enregistrez-le au format .xlsx depuis un tableur ; un texte séparé par des signes se nomme .csv"
        raise unopened(path, "ce fichier n’est pas un classeur .xlsx", help)
    with ZipFile(path) as archive:
        layouts = _layouts(archive)
    with ExitStack() as opened:
        sheet, others = _sheet(path, opened, data_only=True)
        layout = layouts.get(_part(sheet), Layout())
        if left := [each.title for each in others if layouts.get(_part(each), layout).cells and each.title != GUIDE]:
            remark(other_sheets(path, sheet.title, left))
        lines = sheet.iter_rows(values_only=not layout.has_formulas)
        if layout.has_formulas:
            lines = map(_results, lines, _sheet(path, opened, data_only=False)[0].iter_rows())
        texts = ((number, list(map(_text, line))) for number, line in enumerate(_quietly(lines), 1) if line)
        yield from layout.laid_out(path, texts, remark)


def _part(sheet: Any) -> str:
    """Where a sheet stands in its archive."""
    return str(sheet._worksheet_path).lstrip("/")


def _layouts(archive: ZipFile) -> dict[str, Layout]:
    """Of every sheet. Raises ``Damaged`` on an archive that should not be opened at all."""
    parts = archive.infolist()
    if "mimetype" in archive.namelist():
        raise Damaged("est au format de LibreOffice, sous un nom en .xlsx")
    too_large = any(part.file_size > max(SMALL, BOMB * part.compress_size) for part in parts)
    if too_large or sum(part.file_size for part in parts) > LARGEST:
        raise Damaged(TOO_LARGE)
    read = [part for part in parts if not part.filename.startswith(NEVER_READ)]
    return {part.filename: _checked(archive, part) for part in read}


def _checked(archive: ZipFile, part: ZipInfo) -> Layout:
    """Reads a part to its end, where the archive has a sum to hold it to, and tells how a sheet is laid out."""
    with archive.open(part) as file:
        head = file.read(CHUNK).removeprefix(b"\xef\xbb\xbf")
        if not (head.startswith(b"<") or part.filename.endswith((".xml", ".rels"))):
            return Layout()
        if b"\0" in head or _OTHER_LETTERS.match(head):
            raise Damaged(UNLIKE)
        is_sheet = _SHEET.search(head) is not None
        if is_sheet and _STRICT in head:
            raise Damaged(f"est au format {STRICT}")
        if not is_sheet and part.file_size > LARGEST_HELD:
            raise Damaged(TOO_LARGE)
        return _in_order(_pieces(file, head), is_sheet)


def _pieces(file: IO[bytes], held: bytes) -> Iterator[bytes]:
    """The text, cut where a tag begins."""
    while held:
        chunk = file.read(CHUNK)
        cut = max(0, held.rfind(b"<")) if chunk else len(held)
        piece, held = held[:cut], held[cut:]
        if len(held) > LONGEST:
            raise Damaged("contient une case démesurée")
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise Damaged(UNLIKE)
        yield piece
        held += chunk


def _in_order(pieces: Iterator[bytes], is_sheet: bool) -> Layout:
    """How a sheet is laid out, its rows and cells each after the one before."""
    row = column = aside = 0
    layout = Layout()
    for piece in pieces:
        if is_sheet:
            layout.note(piece)
        found = _TAG.findall(piece) if is_sheet else []
        aside += max(0, piece.count(b"<") - USUAL * sum(tag != b"f" for tag, _ in found))
        if aside > MOST_ASIDE:
            raise Damaged(TOO_LARGE)
        if is_sheet and b">-" in piece and _BACKWARDS.search(piece):
            raise Damaged("a perdu des textes")
        for tag, place in found:
            if tag == b"c":
                before, column = column, _column(place.rstrip(b"0123456789")) if place else column + 1
                if not before < column <= LAST_COLUMN:
                    raise Damaged("a des cases en désordre")
            elif tag == b"row":
                before, row, column = row, int(float(place)) if place else row + 1, 0
                if not before < row <= LAST_ROW:
                    raise Damaged("a des lignes en désordre")
            else:
                layout.has_formulas = True
    return layout


@cache
def _column(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27; 0 for what is no column."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415

    try:
        return int(column_index_from_string(letters.decode()))
    except ValueError:
        return 0


def _sheet(path: Path, opened: ExitStack, data_only: bool) -> tuple[Any, list[Any]]:
    """The first visible sheet, whatever the size that it claims, and the others. ``opened`` closes them."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only when a workbook is read

    file = opened.enter_context(path.open("rb"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
    opened.callback(book.close)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()
            return sheet, [each for each in book.worksheets if each is not sheet]
    raise Damaged("n’a pas de feuille visible")


def _quietly(lines: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The same, without the English that openpyxl says aside."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                line = next(lines, None)
            except IndexError as cause:
                raise Damaged("a perdu des textes") from cause
        if line is None:
            return
        yield line


def _results(cells: tuple[Any, ...], formulas: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of a row, read once with its results and once with its formulas. An empty text is a result too."""
    return tuple(
        NO_RESULT if cell.value is None and formula.data_type == "f" and cell.data_type != "str" else cell.value
        for cell, formula in zip(cells, formulas, strict=True)
    )


def _text(value: object) -> str:
    """The value as one would write it in a .csv; a date as a French spreadsheet shows it."""
    match value:
        case None:
            return ""
        case str():
            return _SIGN.sub(lambda sign: chr(int(sign[1], 16)), value) if "_x" in value else value
        case bool():
            return "vrai" if value else "faux"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case date():
            day = f"{value:%d/%m/}{value.year:04d}"
            hour = f"{value:%H:%M}" if isinstance(value, datetime) else "00:00"
            return day if hour == "00:00" else f"{day} {hour}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
            return f"{hours}:{minutes:02d}"
    return str(value)
