"""Answers counted from the table of structures, exactly: an answer is given only when nothing unknown can change it.

What is written by hand wins, « inconnu » included. The table is taken for the whole group, unless the number of
structures is answered by hand and is larger: the structures that are not listed are then as many unknown rows; unless
it is answered « inconnu », or the table is too short to be a group: then any number of them may be missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from conseil_dla.ground.words import fold
from conseil_dla.rules.model import Answers, Dossier, Logic, Question, Value
from conseil_dla.rules.recognising import recognised
from conseil_dla.rules.tables import Column, Structure, Tally
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
