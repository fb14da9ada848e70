"""The XML of a workbook read as it comes: texts of the table of strings, styles of dates, rows of a sheet.

Cells are handed over as texts, as one would write them in a .csv. Why not with openpyxl: see decision 0032.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import IO
from xml.parsers import expat

from conseil_dla.dossiers.table_mistakes import Damaged

NO_RESULT = "formule sans résultat (rouvrez ce classeur dans un tableur et enregistrez-le)"
"""Stands for a formula that no spreadsheet has worked out."""
CHUNK = 1 << 16
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_TEXT = 1_000_000
"""Characters of one cell; spreadsheets take 32,767."""
LONGEST_TAG = 1 << 24
"""Bytes that a tag may take, attributes and all."""
DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
"""Day 0, and day 0 of a workbook begun on an old Macintosh."""
BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Formats of dates and hours that have a number and no code (ECMA-376, part 1, 18.8.30)."""
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALPHABET = frozenset(_LETTERS)
_SURROGATES = range(0xD800, 0xE000)


class _Reader:
    """Feeds a parser, and hands over what its handlers have put in ``ready``.

    Handlers are called millions of times: they compare plain names, and texts are collected by a list's own method.
    """

    def __init__(self) -> None:
        self.ready: list[tuple[int, list[str]]] = []
        self.text: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.buffer_size = CHUNK
        self._parser.StartElementHandler = self._root
        self._parser.EndElementHandler = self.closed
        self._parser.CharacterDataHandler = self.text.append
        self._parser.StartDoctypeDeclHandler = self._declared

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins; its name comes without the prefix of its namespace."""
        raise NotImplementedError

    def closed(self, name: str) -> None:
        """A tag ends."""
        raise NotImplementedError

    def fed(self, file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
        """What is ready, chunk after chunk."""
        given = 0
        while chunk := file.read(CHUNK):
            given += len(chunk)
            self._parser.Parse(chunk, False)
            if given - self._parser.CurrentByteIndex > LONGEST_TAG or sum(map(len, self.text)) > LONGEST_TEXT:
                raise Damaged("contient une case démesurée")
            yield from self.ready
            self.ready.clear()
        self._parser.Parse(b"", True)
        yield from self.ready

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        """The first tag tells whether tags have a prefix. Few programs write one."""
        if ":" in name:
            self._parser.StartElementHandler = lambda name, attributes: self.opened(_local(name), attributes)
            self._parser.EndElementHandler = lambda name: self.closed(_local(name))
        else:
            self._parser.StartElementHandler = self.opened
        self.opened(_local(name), attributes)

    def _declared(self, *_: object) -> None:
        raise Damaged("n’est pas fait comme un classeur")


class _Tags(_Reader):
    """Every tag of a small part, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.tags.append((name, {_local(key): value for key, value in attributes.items()}))

    def closed(self, name: str) -> None:
        self.text.clear()


class _Strings(_Reader):
    """Texts that cells point at; the reading aids of Japanese texts (``rPh``) are no part of them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._whole = ""
        self._aid = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.text.clear()
        elif name == "si":
            self._whole = ""
        elif name == "rPh":
            self._aid = True

    def closed(self, name: str) -> None:
        if name == "t" and not self._aid:
            self._whole += "".join(self.text)
        elif name == "si":
            self.texts.append(_plain(self._whole))
        elif name == "rPh":
            self._aid = False


class _Styles(_Reader):
    """Which styles of cells show a date."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: set[str] = set()
        self._codes: dict[str, str] = {}
        self._inside = False
        self._number = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            if _shows_a_date(attributes.get("numFmtId", "0"), self._codes):
                self.dates.add(str(self._number))
            self._number += 1

    def closed(self, name: str) -> None:
        self.text.clear()
        if name == "cellXfs":
            self._inside = False


class _Rows(_Reader):
    """Rows of one sheet, in order; those that are not written are not handed over."""

    def __init__(self, strings: Sequence[str], dates: set[str], day_zero: datetime) -> None:
        super().__init__()
        self._strings, self._dates, self._day_zero = strings, dates, day_zero
        self._columns: dict[str, int] = {}
        self._row = 0
        self._cells: list[str] = []
        self._place = -1
        self._cell: Mapping[str, str] = {}
        self._value = ""
        self._formula = self._aid = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell, self._value, self._formula = attributes, "", False
        elif name in ("v", "t"):
            self.text.clear()
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = int(attributes.get("r", self._row + 1))
            if not self._row < number <= LAST_ROW:
                raise Damaged("a des lignes en désordre")
            self._row, self._cells, self._place = number, [], -1
        elif name == "rPh":
            self._aid = True

    def closed(self, name: str) -> None:
        if name == "c":
            self._put()
        elif name in ("v", "t"):
            if not self._aid:
                self._value += "".join(self.text)
        elif name == "row":
            self.ready.append((self._row, self._cells))
        elif name == "rPh":
            self._aid = False

    def _put(self) -> None:
        """The cell in its column; those that are empty before it are filled."""
        name = self._cell.get("r")
        place = self._place + 1 if name is None else self._column(name.rstrip(_DIGITS))
        if not self._place < place < LAST_COLUMN:
            raise Damaged("a des cases en désordre")
        self._place = place
        if text := self._shown():
            if missing := place - len(self._cells):
                self._cells += [""] * missing
            self._cells.append(text)

    def _column(self, name: str) -> int:
        """A -> 0, Z -> 25, AA -> 26; -1 for what is no column."""
        if (known := self._columns.get(name)) is None:
            index = 0
            for letter in name[:4]:
                index = index * 26 + _LETTERS.find(letter) + 1
            known = self._columns[name] = index - 1 if set(name) <= _ALPHABET else -1
        return known

    def _shown(self) -> str:
        """The cell as a text."""
        value, kind = self._value, self._cell.get("t", "n")
        if not value:
            return NO_RESULT if self._formula and kind != "str" else ""
        match kind:
            case "s":
                index = int(value)
                if not 0 <= index < len(self._strings):
                    raise Damaged("a perdu des textes")
                return self._strings[index]
            case "n":
                return self._number(value)
            case "b":
                return "vrai" if value.strip() == "1" else "faux"
            case "d":
                return _day_of(value)
            case _:
                return _plain(value)

    def _number(self, value: str) -> str:
        is_date = self._cell.get("s") in self._dates
        if value.isdecimal() and not is_date:
            return value
        number = float(value)
        if is_date:
            try:
                return _day(self._day_zero + timedelta(days=number, seconds=0.5))
            except (OverflowError, ValueError):
                return value
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


def tags(file: IO[bytes]) -> list[tuple[str, dict[str, str]]]:
    """Tags in the order in which they open, names without prefixes."""
    reader = _Tags()
    for _ in reader.fed(file):
        pass
    return reader.tags


def strings(file: IO[bytes]) -> list[str]:
    """The table of strings, in the order in which cells point at it."""
    reader = _Strings()
    for _ in reader.fed(file):
        pass
    return reader.texts


def date_styles(file: IO[bytes]) -> set[str]:
    """Numbers of the styles that show a date or an hour."""
    reader = _Styles()
    for _ in reader.fed(file):
        pass
    return reader.dates


def sheet_rows(
    file: IO[bytes], texts: Sequence[str], dates: set[str], day_zero: datetime
) -> Iterator[tuple[int, list[str]]]:
    """Rows as texts. Raises ``Damaged``, or what expat and numbers raise, on what no spreadsheet writes."""
    return _Rows(texts, dates, day_zero).fed(file)


def _local(name: str) -> str:
    """The name without the prefix of its namespace."""
    return name[name.find(":") + 1 :]


def _plain(text: str) -> str:
    """The text with the signs that XML cannot hold, which spreadsheets spell ``_x000D_``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: m[0] if int(m[1], 16) in _SURROGATES else chr(int(m[1], 16)), text)


def _shows_a_date(format: str, codes: Mapping[str, str]) -> bool:
    code = codes.get(format)
    if code is None:
        return format.isdecimal() and int(format) in BUILT_IN_DATES
    bare = _NOT_CODE.sub("", code.split(";")[0].lower())
    return "general" not in bare and any(letter in bare for letter in "dmyhs")


def _day_of(value: str) -> str:
    """A date that is written in full (ISO 8601)."""
    try:
        return _day(datetime.fromisoformat(value))
    except ValueError:
        return value


def _day(when: datetime) -> str:
    """« 03/02/2026 », with the hour where there is one: how a French spreadsheet shows it."""
    shown = f"{when:%d/%m/}{when.year:04d}"
    return shown if (when.hour, when.minute) == (0, 0) else f"{shown} {when:%H:%M}"
