"""What a cell of a column with known values (``valeurs``) means, however it is written: by its code, its name, both,
or a postcode.

What is not recognised means nothing: it stays as it was typed, and is never taken for one more value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from conseil_dla.ground.words import fold
from conseil_dla.rules.model import Base
from conseil_dla.rules.tables import Cell, Column, Structure

_WORD = re.compile(r"[a-z0-9]+")
_POSTCODE = re.compile(r"[0-9]{4,5}")
"""A spreadsheet takes the zero in front away."""
_ARTICLES = ("le", "la", "les", "l")


def spelt(text: str) -> str:
    """What two spellings have in common: no case, accent, sign, nor article before or after."""
    words = _WORD.findall(fold(text))
    if len(words) > 1:
        words = words[words[0] in _ARTICLES : len(words) - (words[-1] in _ARTICLES)]
    return "_".join(words)


def spellings_of(code: str, name: str) -> frozenset[str]:
    """Every spelling of a value."""
    return frozenset((spelt(code), spelt(code).lstrip("0"), spelt(name)))


def recognised(column: Column, cell: Cell) -> str | None:
    """The code that a cell means; None when it means none, or several."""
    text = spelt(str(cell))
    if (code := column.spellings.get(text) or _by_postcode(column, text)) is not None:
        return code
    first, _, after = text.partition("_")
    before, _, last = text.rpartition("_")
    for short, long in ((first, after), (last, before)):
        meant = column.spellings.get(short) or _by_postcode(column, short)
        named = column.spellings.get(long)
        if meant is not None and (named == meant or (named is None and _POSTCODE.fullmatch(short))):
            return meant
    return None


def _by_postcode(column: Column, text: str) -> str | None:
    if not _POSTCODE.fullmatch(text):
        return None
    return next((code for begins, code in column.postcodes.items() if text.zfill(5).startswith(begins)), None) or None


def shown(column: Column, cell: Cell) -> str:
    """A known value in its one form, « Finistère (29) »; anything else as it was typed."""
    code = recognised(column, cell) if column.listed else None
    return str(cell) if code is None else f"{column.listed[code]} ({code})"


def value_name(base: Base, column: str) -> str:
    """What one of its values is called: « un département »."""
    return base.entry("colonne", column).texts.get("une_valeur") or "une valeur connue"


def unrecognised(columns: Iterable[Column], structures: Iterable[Structure]) -> tuple[tuple[Column, str], ...]:
    """Cells that should be known values and are none, each once, in the order of the rows."""
    listed = [column for column in columns if column.listed]
    found = [
        (column.id, str(row.cells[column.id]))
        for row in structures
        for column in listed
        if column.id in row.cells and recognised(column, row.cells[column.id]) is None
    ]
    by_id = {column.id: column for column in listed}
    return tuple((by_id[id], text) for id, text in dict.fromkeys(found))
