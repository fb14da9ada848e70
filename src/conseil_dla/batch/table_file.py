"""A table of dossiers, one a row (.csv or .xlsx), read as the lines of a .jsonl would be. Laid out by docs/lot.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from conseil_dla.batch import table_csv
from conseil_dla.dossiers import table_xlsx
from conseil_dla.dossiers.table_cells import (
    ASIDE,
    NAMELESS,
    TITLE,
    Cells,
    cells_of,
    column_names,
    letters,
    named,
    unguarded,
)
from conseil_dla.dossiers.table_mistakes import headless, twice, unknown_column, unopened
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.words import nearest
from conseil_dla.rules.model import Base

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")
"""Ends of names, in small letters, of what is read here."""

MOST_TOLD = 30
"""Mistakes of a first line that are worth telling; with more, it is another table altogether."""


@dataclass(frozen=True, slots=True)
class _Columns:
    title: int | None
    questions: tuple[tuple[int, str, Cells], ...]
    aside: frozenset[int]


def read_table(
    path: Path, base: Base, remark: Callable[[Diagnostic], None] = lambda _: None
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each row that holds something: its number, as a spreadsheet shows it, and ``{"titre": …, "reponses": {…}}``.

    A cell that is not understood is handed on as its own text, and what stands in a column without a name under the
    name of that column, for the check of answers to refuse. Memory does not grow with the number of rows. ``remark``
    takes what is worth saying of a table that is read all the same: merged cells, hidden rows, sheets left out.

    Raises ``Unusable`` before the first row when the table cannot be read as a whole. A workbook that turns out
    badly made further on, or a file that goes away meanwhile, raises it then.
    """
    names = column_names(base)
    match path.suffix.lower():
        case ".csv" | ".tsv":
            rows = table_csv.rows(path, lambda cells: _recognised(names, cells), remark)
        case ".xlsx" | ".xlsm":
            rows = table_xlsx.rows(path, remark)
        case _:
            help = "enregistrez-le au format .xlsx ou .csv"
            raise unopened(path, "ce fichier n’est pas un tableau que l’on sait lire", help)
    line, header = next((row for row in rows if any(cell.strip() for cell in row[1])), (1, []))
    columns = _columns(path, base, names, line, tuple(unguarded(name) for name in header))
    return _dossiers(rows, columns)


def _recognised(names: Mapping[str, str], cells: list[str]) -> int:
    return sum(named(names, unguarded(cell)) is not None for cell in cells)


def _columns(path: Path, base: Base, names: Mapping[str, str], line: int, header: tuple[str, ...]) -> _Columns:
    """What each column holds. Raises ``Unusable`` with the mistakes of the first line."""
    places: dict[str, int] = {}
    found: list[Diagnostic] = []
    aside = {index for index, name in enumerate(header) if name.startswith(ASIDE)}
    for index, name in enumerate(header):
        if not name or index in aside:
            continue
        id = named(names, name)
        if id is not None and id not in places:
            places[id] = index
        elif len(found) < MOST_TOLD:
            found.append(
                unknown_column(path, header, index, line, _meant(base, name))
                if id is None
                else twice(path, header, index, places[id], line)
            )
    if not places or (places.keys() == {TITLE} and not found):
        raise headless(path, header, line)
    if found:
        raise Unusable(tuple(found))
    questions = ((index, id, cells_of(base, id)) for id, index in places.items() if id != TITLE)
    return _Columns(places.get(TITLE), tuple(questions), frozenset(aside))


def _meant(base: Base, name: str) -> str | None:
    """The question whose id, wording or title is nearest to a name."""
    questions = base.logic.questions
    wordings = {id: base.entry("question", id).texts.get("libelle", "") for id in questions}
    titles = {id: base.title("question", id) for id in questions}
    return nearest(name, (TITLE, *questions), wordings) or nearest(name, questions, titles)


def _dossiers(rows: Iterator[table_csv.Row], columns: _Columns) -> Iterator[tuple[int, Mapping[str, object]]]:
    taken = {index for index, _, _ in columns.questions} | columns.aside
    if columns.title is not None:
        taken.add(columns.title)
    width = max(taken) + 1
    unnamed = [index for index in range(width) if index not in taken]
    for number, cells in rows:
        answers: dict[str, object] = {}
        for index, id, column in columns.questions:
            if index < len(cells) and cells[index] and (answer := column.answer(cells[index])) is not None:
                answers[id] = answer
        for index in chain(unnamed, range(width, len(cells))):
            if index < len(cells) and (text := cells[index].strip()):
                answers[NAMELESS.format(letters(index))] = text
        has_title = columns.title is not None and columns.title < len(cells)
        title = unguarded(cells[columns.title]) if has_title and columns.title is not None else ""
        if title or answers:
            yield number, {"titre": title, "reponses": answers}
