"""The dossiers of one piece of work, concluded: the complete ones all together, the others by the exact reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, Generic, Protocol, TypeVar

from conseil_dla.batch.bit_columns import MISSING, Codes, Columns
from conseil_dla.batch.complete import Bulk, Concluded, Conclusion, Looked
from conseil_dla.batch.half_answered import Halves, Opened
from conseil_dla.batch.objects import is_plain
from conseil_dla.batch.open_columns import Row
from conseil_dla.batch.sources import Given, title_of
from conseil_dla.batch.summary import Counts
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
        self._form, self._seed, self._is_whole = form, seed, apart
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
            if self._is_drawn(given):
                if looked and index in complete:
                    self._check(given, looked.fired(complete[index]))
                elif opened:
                    self._check_whole(told, opened.fired(half[index]))
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
        return _Ready(Row(codes, frozenset(id for id in unknown if id in answers)), title_of(data))

    def _read(self, dossier: Dossier) -> _Ready:
        known = known_answers(self.reader.base.logic, dossier)
        counted = answered_by_table(known, dossier.answers)
        return _Ready(Row(self._codes.known(known), dossier.declined, counted), dossier.title, dossier.remarks)

    def _check(self, given: Given, fired: frozenset[str]) -> None:
        answers = known_answers(self.reader.base.logic, given.read(self.reader.base))
        with _told_apart(given):
            again = self.reader.fired(answers).rules
        self._hold(given, answers, fired, again)
        self.counts.checked += 1

    def _check_whole(self, told: Together[Any], fired: frozenset[str]) -> None:
        """Of a half-answered dossier everything is read again, and what is written must be the same."""
        dossier = told.given.read(self.reader.base)
        with _told_apart(told.given):
            reading = self.reader.read_dossier(dossier)
        self._hold(told.given, reading.answers, fired, reading.fired)
        mine = self._form.named(self._form.line(told))
        again = self._form.named(self._form.line(Alone(told.given, dossier, replace(reading, engine=ENGINE))))
        if parts := frozenset(name for name, value in again.items() if mine.get(name) != value):
            raise ControlFailed(told.given.label, reading.answers, {}, parts)
        self.counts.checked += 1

    def _is_drawn(self, given: Given) -> bool:
        """Is it one of those read once more? By its own name: whatever the pieces that the work is cut into."""
        drawn = blake2b(f"{self._seed} {given.label}".encode(errors="replace"), digest_size=4).digest()
        return int.from_bytes(drawn) < CHECKED * 2**32

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
