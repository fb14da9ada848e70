"""The dossiers of one piece of work, concluded: the complete ones all together, the others by the exact reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import blake2b
from typing import Any, Generic, Protocol, TypeVar

from conseil_dla.batch.bit_columns import MISSING, Codes, Columns
from conseil_dla.batch.complete import Bulk, Concluded, Conclusion, Looked
from conseil_dla.batch.half_answered import Halves, Opened
from conseil_dla.batch.objects import is_plain
from conseil_dla.batch.open_columns import Row
from conseil_dla.batch.sources import Given, title_of
from conseil_dla.batch.summary import Counts, Kept
from conseil_dla.engine.outcome import EnginesDisagree
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.reading.compose import Reader, ReadingFailed
from conseil_dla.reading.values import Reading
from conseil_dla.rules.counting import answered_by_table, known_answers
from conseil_dla.rules.model import Answers, Dossier

T = TypeVar("T")
TEXTS = ("titre", "demande_dans_leurs_mots", "ce_que_vous_entendez")
"""Keys of an object beside its answers that no rule reads; an object with others is read as a file is."""
CHECKED = 0.01
"""Share of the dossiers concluded together that are read once more, by the inference engine."""
DRAWS = 2**32
ENGINE = "colonnes"
"""What concludes dossiers together, as JSON names it."""


class ControlFailed(Exception):
    """Two engines do not say the same of a dossier: nothing of the batch can be trusted.

    ``only`` holds, by the name of an engine, the rules that it says and the other does not; where it is empty,
    ``parts`` are what differs of what is written. What is raised in another process loses its cause on its way here:
    hence an exception that has everything in itself.
    """

    def __init__(
        self, label: str, answers: Answers, only: Mapping[str, frozenset[str]], parts: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(label, answers, only, parts)
        self.label, self.answers, self.only, self.parts = label, answers, only, parts


@dataclass(frozen=True, slots=True)
class Together(Generic[T]):
    """A dossier concluded with others."""

    given: Given
    title: str
    concluded: Concluded[T]
    remarks: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """A dossier read by the exact reader."""

    given: Given
    dossier: Dossier
    reading: Reading

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What is said of it."""
        return self.dossier.remarks


@dataclass(frozen=True, slots=True)
class Refused:
    """A dossier that cannot be used, with its mistakes."""

    given: Given
    diagnostics: tuple[Diagnostic, ...]


Result = Together[Any] | Alone | Refused


class Form(Protocol):
    """What one kind of file makes of dossiers."""

    nothing: Any
    """The piece where there is nothing to tell."""

    def tell(self, value: Conclusion) -> Any:
        """A piece that dossiers that are alike share."""
        ...

    def line(self, result: Result) -> Any:
        """One dossier: bytes, or a row of texts."""
        ...

    def named(self, line: Any) -> Mapping[str, object]:
        """What a line says, by name."""
        ...

    def lines(self, lines: Iterable[Any]) -> Any:
        """Some lines as the file takes them: bytes, or rows of texts for a workbook."""
        ...


@dataclass(frozen=True, slots=True)
class _Ready:
    """A dossier that can be concluded with others."""

    row: Row
    title: str
    remarks: tuple[Diagnostic, ...] = ()


class Concluder:
    """Concludes one piece of work after another, and counts what it concludes.

    ``apart`` has every dossier read by the exact reader, for what only that one tells; ``few`` those that are not
    complete: getting ready for them takes as long as reading some tens of them. ``seed`` draws those that are checked.
    """

    def __init__(self, reader: Reader, form: Form, seed: int, *, apart: bool = False, few: bool = False) -> None:
        self.reader = reader
        self.counts = Counts()
        self._form, self._seed, self._is_whole, self._first = form, seed, apart, reader.asked_first
        self._one_by_one = few or reader.atlas.search is not None
        self._bulk: Bulk[Any] | None = None
        if not apart:
            with suppress(OverflowError):
                columns = Columns(reader.atlas.space)
                self._bulk = Bulk(reader.base, columns, reader.atlas.scales, form.tell, form.nothing)
                self._codes = Codes(reader.base, columns)

    def each(self, givens: Sequence[Given]) -> Iterator[Result]:
        """The dossiers of a piece of work, in their order. Raises ``ControlFailed`` and ``ReadingFailed``."""
        ready = {index: made for index, given in enumerate(givens) if (made := self._made_ready(given)) is not None}
        complete, looked = self._complete(ready)
        half, opened = self._half({index: made for index, made in ready.items() if index not in complete})
        settled = looked.concluded(self.counts) if looked else iter(())
        open = opened.concluded(self.counts) if opened else iter(())
        for index, given in enumerate(givens):
            if index not in complete and index not in half:
                yield self._alone(given)
                continue
            concluded = next(settled if index in complete else open)
            told = Together(given, ready[index].title, concluded, ready[index].remarks)
            if index in complete:
                self._drawn(told, complete[index], looked)
            else:
                self._drawn(told, half[index], opened)
            yield told

    def _complete(self, ready: Mapping[int, _Ready]) -> tuple[Mapping[int, int], Looked[Any] | None]:
        """Those that are complete: their number among these by their number among all, and what holds."""
        if self._bulk is None or not ready:
            return {}, None
        there = list(ready)
        codes = [made.row.codes for made in ready.values()]
        settled = [number for number in self._bulk.settled(codes) if not ready[there[number]].row.counted]
        looked = self._bulk.look([codes[number] for number in settled]) if settled else None
        return {there[number]: n for n, number in enumerate(settled)}, looked

    def _half(self, ready: Mapping[int, _Ready]) -> tuple[Mapping[int, int], Opened[Any] | None]:
        """The same of those that are not."""
        if not ready or self._one_by_one or self._halves is None:
            return {}, None
        there = list(ready)
        numbers, opened = self._halves.look([made.row for made in ready.values()])
        return {there[number]: n for n, number in enumerate(numbers)}, opened

    @cached_property
    def _halves(self) -> Halves[Any] | None:
        """Made at the first half-answered dossier; None where they are read one by one."""
        try:
            return Halves(self.reader, self._form.tell, self._form.nothing)
        except TooLarge:
            return None

    def _made_ready(self, given: Given) -> _Ready | None:
        """None where the exact reader has to look."""
        if self._bulk is None:
            return None
        try:
            plain = self._plain(given)
            return plain if plain or self._one_by_one else self._read(given.read(self.reader.base))
        except Unusable:
            return None

    def _plain(self, given: Given) -> _Ready | None:
        """The same of an object that has nothing but answers and texts, in a tenth of the time. Raises ``Unusable``."""
        data = given.data()
        if not isinstance(data, dict) or not isinstance(answers := data.get("reponses"), dict):
            return None
        texts = [data.get(name, "") for name in TEXTS if name in data]
        if len(data) > len(texts) + 1 or not all(isinstance(text, str) and is_plain(text) for text in texts):
            return None
        codes = self._codes.row(answers)
        if codes is None:
            return None
        unknown = (id for id, code in zip(self.reader.base.logic.questions, codes, strict=True) if code == MISSING)
        first = partial(self._first_of, answers)
        return _Ready(Row(codes, frozenset(id for id in unknown if id in answers), first=first), title_of(data))

    def _first_of(self, answers: Mapping[str, object]) -> frozenset[str]:
        return self._first.of(self._codes.values(answers, self._first.reads))

    def _read(self, dossier: Dossier) -> _Ready:
        known = known_answers(self.reader.base.logic, dossier)
        counted = answered_by_table(known, dossier.answers)
        row = Row(self._codes.known(known), dossier.declined, counted, partial(self._first.of, known))
        return _Ready(row, dossier.title, dossier.remarks)

    def _drawn(self, told: Together[Any], number: int, found: Looked[Any] | Opened[Any] | None) -> None:
        """Check it if it is drawn; keep it if it is the lowest so far."""
        is_complete = isinstance(found, Looked)
        least, draw = self.counts.least.get(is_complete), self._draw(told.given)
        is_lowest, is_drawn = least is None or draw < least.draw, draw < CHECKED * DRAWS
        if found is None or not (is_lowest or is_drawn):
            return
        named = None if is_complete else self._form.named(self._form.line(told))
        kept = Kept(draw, told.given, found.fired(number), named)
        if is_drawn:
            self.check(kept)
        if is_lowest:
            self.counts.least[is_complete] = kept

    def check(self, kept: Kept) -> None:
        """Read it once more. Of a half-answered one everything is, and what is written must be the same.

        Raises ``ControlFailed`` and ``ReadingFailed``.
        """
        given = kept.given
        dossier = given.read(self.reader.base)
        with _told_apart(given):
            if kept.named is None:
                answers = known_answers(self.reader.base.logic, dossier)
                self._hold(given, answers, kept.fired, self.reader.fired(answers).rules)
            else:
                reading = self.reader.read_dossier(dossier)
                self._hold(given, reading.answers, kept.fired, reading.fired)
                again = self._form.named(self._form.line(Alone(given, dossier, replace(reading, engine=ENGINE))))
                if parts := frozenset(name for name, value in again.items() if kept.named.get(name) != value):
                    raise ControlFailed(given.label, reading.answers, {}, parts)
        self.counts.checked += 1

    def _draw(self, given: Given) -> int:
        """The lowest are read once more. By its own name: whatever the pieces that the work is cut into."""
        return int.from_bytes(blake2b(f"{self._seed} {given.label}".encode(errors="replace"), digest_size=4).digest())

    def _hold(self, given: Given, answers: Answers, fired: frozenset[str], again: frozenset[str]) -> None:
        engine = self.reader.engine
        self.counts.engines[engine] += 1
        if fired != again:
            raise ControlFailed(given.label, answers, {ENGINE: fired - again, engine: again - fired})

    def _alone(self, given: Given) -> Alone | Refused:
        try:
            dossier = given.read(self.reader.base)
        except Unusable as error:
            self.counts.refused += 1
            first = next((found.code for found in error.diagnostics if found.is_error), "")
            self.counts.reasons[first] += 1
            return Refused(given, error.diagnostics)
        with _told_apart(given):
            reading = self.reader.read_dossier(dossier, stands=self._is_whole)
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
