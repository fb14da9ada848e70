"""Answers counted from the table of structures, exactly: an answer is given only when nothing unknown can change it.

What is written by hand wins, « inconnu » included. The table is taken for the whole group, unless the number of
structures is answered by hand and is larger: the structures that are not listed are then as many unknown rows; unless
it is answered « inconnu », or the table is too short to be a group: then any number of them may be missing.

A cell of a column with known values (``valeurs``) is recognised however it is written: by its code, its name, both, or
a postcode. What is not recognised means nothing: it stays as it was typed, and is never taken for one more value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from conseil_dla.ground.words import fold
from conseil_dla.rules.model import Answers, Base, Dossier, Logic, Question, Value
from conseil_dla.rules.tables import Cell, Column, Structure, Tally
from conseil_dla.rules.truth import scopes_of

Missing = range
"""How many structures may be missing from the table."""


def answers_of_table(
    logic: Logic, structures: Collection[Structure], answers: Answers, declined: Collection[str] = ()
) -> dict[str, Value]:
    """What the table answers, by question id, to questions that apply or may, and that nobody answered by hand."""
    if not structures:
        return {}
    asked = [q for q in logic.questions.values() if q.tally and q.id not in answers and q.id not in declined]
    missing = _missing(logic, len(structures), answers, declined)
    found = {q.id: value for q in asked if (value := count(q, structures, missing, logic.columns)) is not None}
    scopes = scopes_of(logic, {**found, **answers})
    return {id: value for id, value in found.items() if scopes[id].applies is not False}


def known_answers(logic: Logic, dossier: Dossier) -> dict[str, Value]:
    """Everything that a dossier answers: what the table counts, then what is written by hand."""
    return {**answers_of_table(logic, dossier.structures, dossier.answers, dossier.declined), **dossier.answers}


def differing(
    logic: Logic, structures: Collection[Structure], answers: Answers, declined: Collection[str] = ()
) -> dict[str, Value]:
    """What the table alone would answer to questions that are answered otherwise by hand, « inconnu » included."""
    alone = answers_of_table(
        logic, structures, {id: v for id, v in answers.items() if logic.questions[id].tally is None}
    )
    by_hand = answers.keys() | set(declined)
    return {id: value for id, value in alone.items() if id in by_hand and answers.get(id) != value}


def count(
    question: Question,
    structures: Collection[Structure],
    missing: Missing,
    columns: Mapping[str, Column] = MappingProxyType({}),
) -> Value | None:
    """The one answer that every way to fill the unknown cells gives; None when there are several, or none.

    A cell that is none of the known values of its column is an unknown one.
    """
    tally = question.tally
    if tally is None:
        return None
    given = {_answer(question, tally, number, total) for number, total in _counts(tally, structures, missing, columns)}
    return given.pop() if len(given) == 1 else None


def _answer(question: Question, tally: Tally, number: int, total: int) -> Value | None:
    if question.type == "nombre":
        low, high = question.bounds or (0, 0)
        return number if low <= number <= high else None
    return next((id for id, share in tally.shares if share.holds(number, total)), None)


def _missing(logic: Logic, rows: int, answers: Answers, declined: Collection[str]) -> Missing:
    whole = next((q for q in logic.questions.values() if q.tally and q.tally.column is None), None)
    if whole is None:
        return range(1)
    told = answers.get(whole.id)
    if isinstance(told, int):
        return range(max(0, told - rows), max(0, told - rows) + 1)
    low, high = whole.bounds or (0, 0)
    if whole.id in declined or rows < low:
        return range(max(0, low - rows), max(0, high - rows) + 1)
    return range(1)


def _counts(
    tally: Tally, structures: Collection[Structure], missing: Missing, columns: Mapping[str, Column]
) -> Iterator[tuple[int, int]]:
    """Every (count, number of rows) that the unknown cells and the missing rows allow."""
    if tally.column is None:
        yield from ((len(structures) + more, len(structures) + more) for more in missing)
        return
    cells = [s.cells[tally.column] for s in structures if tally.column in s.cells]
    column = columns.get(tally.column)
    if column is not None and column.listed:
        cells = [code for cell in cells if (code := recognised(column, cell)) is not None]
    unknown = len(structures) - len(cells)
    sure = len({fold(str(cell)) for cell in cells}) if tally.distinct else sum(map(tally.takes, cells))
    for more in missing:
        total = len(structures) + more
        least = max(sure, 1) if tally.distinct else sure
        yield from ((number, total) for number in range(least, sure + unknown + more + 1))


def answered_by_table(known: Mapping[str, Value], by_hand: Collection[str]) -> frozenset[str]:
    """Questions whose answer comes from the table."""
    return frozenset(known.keys() - set(by_hand))


# --- what a cell means -----------------------------------------------------------------------------------------------

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
