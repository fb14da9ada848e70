"""The rows of a table written as text (.csv), whatever the program that wrote it.

Read twice: once whole, to know its encoding and that it holds together, then row after row. Nothing is kept of it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from conseil_dla.diagnostics import Unusable
from conseil_dla.dossiers.table_mistakes import broken, not_there, unopened
from conseil_dla.files import content_of

Row = tuple[int, list[str]]
"""Number of the row, as a spreadsheet shows it, and its cells."""
SEPARATORS = (";", ",", "\t")
ENCODINGS = ("utf-8-sig", "cp1252")
"""From the strictest: what is no UTF-8 was written by a Windows of this side of the world."""
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ARCHIVE = b"PK\x03\x04"
LONGEST_LINE = 4_000_000
"""Characters between two line ends; nobody types more."""
QUOTES = "les guillemets droits de ce tableau ne vont pas deux à deux"
QUOTES_HELP = (
    'un guillemet droit qui ouvre une case doit être refermé ; à l’intérieur de la case, écrivez-le deux fois ("")'
)


def rows(path: Path, recognised: Callable[[list[str]], int]) -> Iterator[Row]:
    """Every row. ``recognised`` counts the names of columns that it knows, by which the separator is chosen.

    Raises ``Unusable`` before the first row.
    """
    try:
        encoding = _encoding(path)
        separator = max(SEPARATORS, key=lambda sign: _weight(path, encoding, sign, recognised))
        _read_whole(path, encoding, separator)
    except OSError as cause:
        raise not_there(path, cause) from cause
    return _rows(path, encoding, separator)


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


def _encoding(path: Path) -> str:
    """The first encoding in which every byte is a letter."""
    start = content_of(path, 4)
    if start == ARCHIVE:
        help = "s’il vient d’un tableur, donnez-lui la fin de nom .xlsx, ou enregistrez-le au format CSV"
        raise unopened(path, "ce fichier est une archive, pas un tableau en texte", help)
    if start.startswith(UTF_16_MARKS):
        return "utf-16"
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                for _ in _lines(path, file):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise _unreadable(path)


def _unreadable(path: Path) -> Unusable:
    help = "dans le tableur, choisissez « Enregistrer sous », puis « CSV UTF-8 »"
    return unopened(path, "ce tableau contient des signes que l’on ne sait pas lire", help)


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
