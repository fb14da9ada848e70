"""The dossiers of one piece of work, concluded: the complete ones all together, the others by the exact reader."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from conseil_dla.batch.bit_columns import Codes
from conseil_dla.batch.complete import Bulk, Concluded, Conclusion, Looked
from conseil_dla.batch.sources import Given, title_of
from conseil_dla.batch.summary import Counts
from conseil_dla.engine.outcome import EnginesDisagree
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.reading.compose import Reader, ReadingFailed
from conseil_dla.reading.values import Reading
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.model import Answers, Dossier

T = TypeVar("T")
PLAIN = {"titre", "reponses", "notes", "demande_dans_leurs_mots", "ce_que_vous_entendez"}
"""Keys of an object whose answers are all there is to read; an object with others is read as a file is."""
CHECKED = 0.01
"""Share of the dossiers concluded together that the inference engine reads once more."""
ENGINE = "colonnes"
"""What concludes complete dossiers together, as JSON names it."""


class ControlFailed(Exception):
    """Two engines do not say the same of a dossier: nothing of the batch can be trusted.

    ``only`` holds, by the name of an engine, the rules that it says and the other does not. What is raised in another
    process loses its cause on its way here: hence an exception that has everything in itself.
    """

    def __init__(self, label: str, answers: Answers, only: Mapping[str, frozenset[str]]) -> None:
        super().__init__(label, answers, only)
        self.label, self.answers, self.only = label, answers, only


@dataclass(frozen=True, slots=True)
class Together(Generic[T]):
    """A complete dossier, concluded with others."""

    given: Given
    title: str
    concluded: Concluded[T]


@dataclass(frozen=True, slots=True)
class Alone:
    """A dossier read by the exact reader."""

    given: Given
    dossier: Dossier
    reading: Reading


@dataclass(frozen=True, slots=True)
class Refused:
    """A dossier that cannot be used, with its mistakes."""

    given: Given
    diagnostics: tuple[Diagnostic, ...]


class Concluder(Generic[T]):
    """Concludes one piece of work after another, and counts what it concludes.

    ``apart`` has every dossier read by the exact reader, for what only that one tells. ``seed`` draws the dossiers
    that are checked.
    """

    def __init__(
        self, reader: Reader, tell: Callable[[Conclusion], T], nothing: T, seed: int, *, apart: bool = False
    ) -> None:
        self.reader = reader
        self.counts = Counts()
        self._seed = seed
        self._bulk: Bulk[T] | None = None
        if not apart:
            try:
                self._bulk = Bulk(reader.base, reader.scales, tell, nothing)
                self._codes = Codes(reader.base, self._bulk.columns)
            except OverflowError:
                self._bulk = None

    def each(self, givens: Sequence[Given], number: int) -> Iterator[Together[T] | Alone | Refused]:
        """The dossiers of piece number so-and-so, in their order. Raises ``ControlFailed`` and ``ReadingFailed``."""
        chance = random.Random(f"{self._seed} {number}")
        settled, looked, titles = self._looked(givens)
        concluded = looked.concluded(self.counts) if looked else iter(())
        for index, given in enumerate(givens):
            if looked is None or index not in settled:
                yield self._alone(given)
                continue
            if chance.random() < CHECKED:
                self._check(given, looked.fired(settled[index]))
            yield Together(given, titles[index], next(concluded))

    def _looked(self, givens: Sequence[Given]) -> tuple[Mapping[int, int], Looked[T] | None, Mapping[int, str]]:
        """Those that are concluded together: their number among these by their number among all, and what holds.

        Then titles, by number among all.
        """
        if self._bulk is None:
            return {}, None, {}
        rows: dict[int, bytes] = {}
        titles: dict[int, str] = {}
        for index, given in enumerate(givens):
            row, title = self._row(given)
            if row is not None:
                rows[index], titles[index] = row, title
        there = list(rows)
        settled = [there[number] for number in self._bulk.settled(list(rows.values()))]
        looked = self._bulk.look([rows[index] for index in settled]) if settled else None
        return {index: number for number, index in enumerate(settled)}, looked, titles

    def _row(self, given: Given) -> tuple[bytes | None, str]:
        """The codes of its answers, None where the exact reader has to look; its title."""
        try:
            data = given.data()
        except Unusable:
            return None, ""
        if isinstance(data, dict) and data.keys() <= PLAIN and isinstance(answers := data.get("reponses"), dict):
            return self._codes.row(answers), title_of(data)
        return None, ""

    def _check(self, given: Given, fired: frozenset[str]) -> None:
        answers = known_answers(self.reader.base.logic, given.read(self.reader.base))
        with _told_apart(given):
            again = self.reader.fired(answers).rules
        engine = self.reader.engine
        self.counts.engines[engine] += 1
        if fired != again:
            raise ControlFailed(given.label, answers, {ENGINE: fired - again, engine: again - fired})
        self.counts.checked += 1

    def _alone(self, given: Given) -> Alone | Refused:
        try:
            dossier = given.read(self.reader.base)
        except Unusable as error:
            self.counts.refused += 1
            first = next((found.code for found in error.diagnostics if found.is_error), "")
            self.counts.reasons[first] += 1
            return Refused(given, error.diagnostics)
        with _told_apart(given):
            reading = self.reader.read_dossier(dossier)
        self.counts.engines[reading.engine] += 1
        self.counts.add(reading, self.reader.base.logic.questions)
        return Alone(given, dossier, reading)


@contextmanager
def _told_apart(given: Given) -> Iterator[None]:
    """What the engine's own check finds, with the dossier that shows it."""
    try:
        yield
    except ReadingFailed as error:
        cause = error.__cause__
        if isinstance(cause, EnginesDisagree):
            only = {"durable_rules": cause.only_durable, "référence": cause.only_reference}
            raise ControlFailed(given.label, cause.answers, only) from error
        raise
