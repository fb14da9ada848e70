"""What another answer of the room would turn, in a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conseil_dla.ground.french import NBSP, listed, lowered, quoted
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Value
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.reading_sentences import titles
from conseil_dla.workshop.rehearsal import Otherwise

MOST = 7
"""Lines: what a facilitator can keep in mind."""


def chosen(found: Sequence[Otherwise]) -> tuple[Otherwise, ...]:
    """Those that are told: one of each question before a second, in the order in which they were found."""
    seen: dict[str, int] = {}
    turn: dict[Otherwise, int] = {}
    for one in found:
        turn[one] = seen[one.question] = seen.get(one.question, -1) + 1
    kept = sorted(found, key=lambda one: (not one.turns_both, turn[one]))[:MOST]
    return tuple(one for one in found if one in kept)


def turn_text(base: Base, reading: Reading, one: Otherwise) -> str:
    """« À « La date », « cherchée sans succès » : le format serait plutôt « … » ; la place, « … ». »"""
    name = quoted(base.title("question", one.question))
    answers = listed([_answer(base, reading, one.question, value) for value in one.values], "ou")
    return f"À {name}, {answers}{NBSP}: {f'{NBSP}; '.join(_outcomes(base, one))}."


def _answer(base: Base, reading: Reading, question: str, value: Value) -> str:
    """An answer of the room, as it would be given instead; of boxes, the one that makes the difference."""
    if isinstance(value, int):
        return f"par exemple {quoted(answer_text(base, question, value))}"
    if not isinstance(value, frozenset):
        return quoted(answer_text(base, question, value))
    labels = base.entry("question", question).labels
    now = reading.answers.get(question)
    now = now if isinstance(now, frozenset) else frozenset()
    (option,) = value ^ now
    return f"{'avec' if option in value else 'sans'} {quoted(labels[option])}"


def _outcomes(base: Base, one: Otherwise) -> Iterator[str]:
    if one.formats is not None:
        yield _format(base, one.formats)
    if one.postures is not None:
        yield _place(base, one.postures)


def _format(base: Base, formats: tuple[str, ...]) -> str:
    if not formats:
        return "le choix du format resterait ouvert"
    names = listed([lowered(base.title("format", id)) for id in formats])
    return f"le format proposé serait plutôt{', à égalité,' if len(formats) > 1 else ''} {names}"


def _place(base: Base, postures: tuple[str, ...]) -> str:
    if not postures:
        return "la place resterait ouverte"
    names = titles(base, "posture", postures)
    return f"la place serait {f'entre {names}' if len(postures) > 1 else names}"
