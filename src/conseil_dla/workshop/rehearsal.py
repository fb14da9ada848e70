"""What a facilitator knows before the room does: which questions will come, and which other answers would turn what.

Everything is concluded afresh for each answer tried; nothing is guessed. Answers that would not stand beside the others
are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Conclusions, Reading
from conseil_dla.rules.coherence import cells, offending
from conseil_dla.rules.model import Answers, Base, Value
from conseil_dla.rules.truth import incoherences


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Other answers to one question that would all show the same other format, or place, or both."""

    question: str
    values: tuple[Value, ...]
    """Each as the whole answer would be. A number stands for its whole stretch."""
    formats: tuple[str, ...] | None
    """Formats then shown, none when the choice would stay open; None when they stay what they are."""
    postures: tuple[str, ...] | None
    """The same for the place."""

    @property
    def turns_both(self) -> bool:
        """Do format and place both change?"""
        return self.formats is not None and self.postures is not None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One dossier, seen from the workshop that plays it."""

    asked: tuple[str, ...]
    """Questions of l'essentiel that would be put one after the other if the room answered as the dossier does."""
    otherwise: tuple[Otherwise, ...]
    """What turns most first, then in the order of the questions."""


def rehearse(reader: Reader, reading: Reading, questions: Sequence[str], most: int) -> Rehearsal:
    """The questions to come, at most so many, and what other answers to them and to ``questions`` would turn.

    Raises ``ReadingFailed``.
    """
    asked = tuple(_path(reader, reading.answers, most))
    tried = [id for id in dict.fromkeys((*questions, *asked)) if id not in reading.not_applicable]
    found = [one for id in tried for one in _turns(reader, reading, id)]
    return Rehearsal(asked, tuple(sorted(found, key=lambda one: not one.turns_both)))


def _path(reader: Reader, answers: Answers, most: int) -> Iterator[str]:
    """L'essentiel, answered as the dossier answers; what it does not say is put off, as a room would."""
    known: dict[str, Value] = {}
    declined: set[str] = set()
    while len(known) + len(declined) < most:
        question = reader.read(known, frozenset(declined)).next_question
        if question is None or not question.is_essential:
            return
        yield question.question
        if question.question in answers:
            known[question.question] = answers[question.question]
        else:
            declined.add(question.question)


def _turns(reader: Reader, reading: Reading, question: str) -> Iterator[Otherwise]:
    was = _shown(reading)
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Value]] = {}
    for value in _others(reader.base, reading.answers, question):
        answers = {**reading.answers, question: value}
        if not incoherences(reader.base.logic, answers) and not offending(reader.base.logic, answers):
            now = _shown(reader.conclude(answers))
            if now != was:
                groups.setdefault(now, []).append(value)
    for (formats, postures), values in groups.items():
        yield Otherwise(question, tuple(values), None if formats == was[0] else formats,
                        None if postures == was[1] else postures)  # fmt: skip


def _shown(found: Reading | Conclusions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return found.format.shown, found.posture.shown


def _others(base: Base, answers: Answers, question: str) -> Iterator[Value]:
    """Other answers to try: every other choice, one box more or less, another stretch of a number."""
    asked = base.logic.questions[question]
    now = answers.get(question)
    if asked.type == "plusieurs":
        ticked = now if isinstance(now, frozenset) else frozenset()
        yield from (ticked ^ {option} for option in asked.answers)
    elif asked.type == "nombre":
        for cell in cells(base.logic, asked):
            if not isinstance(now, int) or not cell.scope.low <= now <= cell.scope.high:
                yield cell.value
    else:
        yield from (answer for answer in asked.answers if answer != now)
