"""A list pasted into the table of structures: names, one a line, or cells copied from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conseil_dla.dossiers.table_cells import (
    UNKNOWN_KEYS,
    cell_names,
    key,
    letters,
    named,
    number_in,
    structure_columns,
    unguarded,
)
from conseil_dla.ground.words import fold
from conseil_dla.rules.model import Base
from conseil_dla.rules.tables import Cell, Structure

BETWEEN = "\t"
"""What a spreadsheet puts between two cells that it copies."""
NAME = ""
"""Stands for the names among the columns."""
CALLED_NAMES = frozenset(
    {"structure", "structures", "nom", "noms", "organisme", "organismes", "organisation", "raison_sociale",
     "denomination", "nom_de_la_structure", "nom_de_l_association", "nom_de_l_organisme", "nom_structure"}
)  # fmt: skip
"""Keys of the titles under which lists keep their names."""
_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|\Z)')


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted text gives, and what of it is not used."""

    rows: tuple[Structure, ...] = ()
    is_titled: bool = False
    """True when the first line was read as titles."""
    columns: tuple[str, ...] = ()
    """Columns of the table that something was read for."""
    aside: tuple[str, ...] = ()
    """What columns that are not used are called."""
    unread: tuple[tuple[int, str, str], ...] = ()
    """Cells that were not understood: the row, the column of the table, the text."""

    @property
    def is_plain(self) -> bool:
        """True for names and nothing else."""
        return not (self.is_titled or self.columns or self.aside or self.unread)


def pasted(base: Base, text: str, *, skips_first: bool = False) -> Pasted:
    """The rows of a pasted text. ``skips_first``: its first line holds titles, whatever they are called.

    Without titles, cells after the name count only where each of them can be read in the order of the table: a guess
    would be an answer that nobody gave.
    """
    lines = [line for line in _lines(text) if any(line)]
    if not lines:
        return Pasted()
    titles = lines[0]
    places = _places(base, titles)
    is_titled = bool(places) or skips_first
    if is_titled:
        lines = lines[1:]
        if NAME not in places.values():
            free = next((index for index in range(len(titles)) if index not in places), None)
            places |= {} if free is None else {free: NAME}
    else:
        titles, places = [], _in_order(base, lines)
    rows: list[Structure] = []
    unread: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines, 1):
        name, cells = "", {}
        for index, column in places.items():
            told = line[index] if index < len(line) else ""
            if column == NAME:
                name = told
            elif told and key(told) not in UNKNOWN_KEYS:
                cell = _cell(base, column, told)
                if cell is None:
                    unread.append((number, column, told))
                else:
                    cells[column] = cell
        rows.append(Structure(name, cells))
    used = {column for row in rows for column in row.cells}
    return Pasted(
        tuple(row for row in rows if row.name or row.cells),
        is_titled,
        tuple(column for column in base.logic.columns if column in used),
        tuple(_aside(lines, titles, places)),
        tuple(unread),
    )


def without_doubles(rows: Iterable[Structure], there: Iterable[Structure]) -> tuple[Structure, ...]:
    """The rows whose name is not in the table yet, each name once; all that have no name."""
    seen = {fold(row.name) for row in there}
    kept = []
    for row in rows:
        name = fold(row.name)
        if not name or name not in seen:
            kept.append(row)
        seen.add(name)
    return tuple(kept)


def _lines(text: str) -> list[list[str]]:
    """Cells, as a spreadsheet copies them: one that holds a line end or a quote stands between quotes.

    A quote that is never closed is a sign like another; without any tab, so is every quote.
    """
    text = "\n".join(text.splitlines())
    if BETWEEN not in text:
        return [[line.strip()] for line in text.split("\n")]
    lines: list[list[str]] = [[]]
    for quoted, bare, end in _CELL.findall(text):
        lines[-1].append(unguarded(" ".join((quoted.replace('""', '"') or bare).split())))
        if end == "\n":
            lines.append([])
    return lines


def _places(base: Base, titles: Sequence[str]) -> dict[int, str]:
    """What each title designates, the first one where two say the same; none where the line holds no title."""
    names = structure_columns(base)
    found: dict[int, str] = {}
    for index, title in enumerate(titles):
        column = NAME if key(title) in CALLED_NAMES else named(names, title) if title else None
        if column is not None and column not in found.values():
            found[index] = column
    return found


def _in_order(base: Base, lines: Sequence[Sequence[str]]) -> dict[int, str]:
    """The name, then the columns of the table in their order, if every cell can be read so."""
    columns = tuple(base.logic.columns)
    after = [[cell for cell in line[1:]] for line in lines]
    can = all(
        len(cells) <= len(columns)
        and all(not told or _cell(base, column, told) is not None for column, told in zip(columns, cells, strict=False))
        for cells in after
    )
    return {0: NAME} | ({number: column for number, column in enumerate(columns, 1)} if can else {})


def _cell(base: Base, column: str, told: str) -> Cell | None:
    match base.logic.columns[column].type:
        case "texte":
            return told
        case "nombre":
            number = number_in(told)
            return number if number is not None and number >= 0 else None
        case _:
            return named(cell_names(base, column), told)


def _aside(lines: Sequence[Sequence[str]], titles: Sequence[str], places: Mapping[int, str]) -> list[str]:
    """Names of the columns that hold something and are not used; by their letter without a title."""
    width = max((len(line) for line in (*lines, titles)), default=0)
    filled = [i for i in range(width) if i not in places and any(i < len(line) and line[i] for line in lines)]
    return [titles[i] if i < len(titles) and titles[i] else f"colonne {letters(i)}" for i in filled]
