"""The rows of a table written as text (.csv), whatever the program that wrote it.

Read twice: once whole, to know its encoding and that it holds together, then row after row. Nothing is kept of it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from conseil_dla.dossiers.table_mistakes import (
    OLD,
    SAVE_AS,
    broken,
    example,
    guessed_letters,
    likeliest,
    not_there,
    unopened,
)
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.files import content_of

Row = tuple[int, list[str]]
"""Number of the row, as a spreadsheet shows it, and its cells."""
SEPARATORS = (";", ",", "\t")
UTF_8 = "utf-8-sig"
LOOKED_AT = 1 << 20
"""Bytes that tell in which letters it is written."""
DECLARED = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n?", re.IGNORECASE)
"""The first line by which some programs tell a spreadsheet their separator."""
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ARCHIVE = b"PK\x03\x04"
LONGEST_LINE = 4_000_000
"""Characters between two line ends; nobody types more."""
QUOTES = "les guillemets droits de ce tableau ne vont pas deux à deux"
QUOTES_HELP = (
    'un guillemet droit qui ouvre une case doit être refermé ; à l’intérieur de la case, écrivez-le deux fois ("")'
)


def rows(
    path: Path, recognised: Callable[[list[str]], int], remark: Callable[[Diagnostic], None] = lambda _: None
) -> Iterator[Row]:
    """Every row. ``recognised`` counts the names of columns that it knows, by which the separator is chosen.

    ``remark`` takes what is worth saying of a table that is read all the same. Raises ``Unusable`` before the first
    row.
    """
    try:
        encoding = _encoding(path, remark)
        declared = _declared(path, encoding)
        separator = declared or max(SEPARATORS, key=lambda sign: _weight(path, encoding, sign, recognised))
        _read_whole(path, encoding, separator)
    except OSError as cause:
        raise not_there(path, cause) from cause
    return islice(_rows(path, encoding, separator), 1 if declared else 0, None)


def _declared(path: Path, encoding: str) -> str:
    """The separator that the first line declares; empty where it declares none."""
    with path.open(encoding=encoding, newline="") as file:
        found = DECLARED.fullmatch(file.readline(LONGEST_LINE))
    return found[1] if found and found[1] not in "\"'" else ""


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    """The file may have changed, or its disk gone, since it was read whole."""
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, row in enumerate(_reader(path, file, separator), 1):
                yield number, row
    except OSError as cause:
        raise not_there(path, cause) from cause
    except (csv.Error, UnicodeError) as cause:
        raise broken(path, number + 1, "ce tableau a changé pendant sa lecture", "recommencez") from cause


def _encoding(path: Path, remark: Callable[[Diagnostic], None]) -> str:
    """UTF-8, UTF-16 where it says so, else the likeliest of older ones."""
    start = content_of(path, 4)
    if start == ARCHIVE:
        help = "s’il vient d’un tableur, donnez-lui la fin de nom .xlsx, ou enregistrez-le au format CSV"
        raise unopened(path, "ce fichier est une archive, pas un tableau en texte", help)
    if start.startswith(UTF_16_MARKS):
        return "utf-16"
    if _holds(path, UTF_8):
        return UTF_8
    with path.open("rb") as file:
        data = file.read(LOOKED_AT)
    encoding, is_sure = likeliest(data)
    if not _holds(path, encoding):
        raise _unreadable(path)
    if not is_sure:
        remark(guessed_letters(path, OLD[encoding], example(data, encoding)))
    return encoding


def _holds(path: Path, encoding: str) -> bool:
    """Whether every byte of it is a letter there."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            for _ in _lines(path, file):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _unreadable(path: Path) -> Unusable:
    return unopened(path, "ce tableau contient des signes que l’on ne sait pas lire", SAVE_AS)


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            help = "vérifiez que ce fichier est bien un tableau, une ligne par dossier"
            raise broken(path, number, "ce fichier a une ligne sans fin", help)
        if "\0" in line:
            raise _unreadable(path)
        yield line


def _reader(path: Path, file: TextIO, separator: str) -> Iterable[list[str]]:
    return csv.reader(_lines(path, file), delimiter=separator, strict=True)


def _weight(path: Path, encoding: str, sign: str, recognised: Callable[[list[str]], int]) -> tuple[int, int]:
    """How well a sign separates the first line that holds something."""
    with path.open(encoding=encoding, newline="") as file:
        try:
            first = next((row for row in _reader(path, file, sign) if any(cell.strip() for cell in row)), [])
        except (csv.Error, UnicodeError):
            return 0, 0
    return recognised(first), len(first)


def _read_whole(path: Path, encoding: str, separator: str) -> None:
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, _ in enumerate(_reader(path, file, separator), 1):  # noqa: B007 - said of a break
                pass
        except csv.Error as cause:
            raise broken(
                path, number + 1, "les guillemets de ce tableau ne vont pas deux à deux", QUOTES_HELP
            ) from cause
        except UnicodeError as cause:
            raise _unreadable(path) from cause
