"""What a process of ``conseil-dla lot`` does: conclude pieces of work, in the form of the file to write.

Complete dossiers as JSON are the same text as ``json_text`` gives, put together from pieces made once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from conseil_dla.batch import result_rows
from conseil_dla.batch.complete import (
    ARGUMENTS,
    BY_CASES,
    COUNTED,
    FIRED,
    IDLE,
    IDLE_ADVICE,
    IGNORED,
    NOT_APPLICABLE,
    TO_ASK,
    Concluded,
    Conclusion,
    Piece,
)
from conseil_dla.batch.concluding import CHECKED, DRAWS, ENGINE, Alone, Concluder, Form, Refused, Result, Together
from conseil_dla.batch.sources import Chunk, opened
from conseil_dla.batch.summary import Counts
from conseil_dla.dossiers.store import load_cases
from conseil_dla.ground.characters import json_line
from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.french import harmless
from conseil_dla.papers.documents.sheets import csv_lines
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.next_questions import ToAsk
from conseil_dla.reading.opening import engine_for
from conseil_dla.reading.values import Argument, Drawn, FactorReading, FormatReading, PostureReading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.kinds import LISTED
from conseil_dla.rules.model import Base, Dossier
from conseil_dla.wording.diagnostic_text import render
from conseil_dla.wording.json_text import (
    argument_object,
    asked_object,
    concluded_object,
    drawn_object,
    factor_object,
    format_object,
    posture_object,
    reading_object,
)

MOST_TOLD = 20
"""Refused dossiers, and dossiers remarked on, of which the words are sent to be shown."""


@dataclass(frozen=True, slots=True)
class Done:
    """A piece of work that is done."""

    lines: Any
    """Bytes, or rows of texts for a workbook."""
    told: tuple[str, ...]
    """The first dossiers refused, each with its reason as a terminal shows it."""
    remarked: tuple[str, ...]
    """The first dossiers that are read and of which something is not, each with what is said of it; one more than is
    shown, where there are more."""
    counts: Counts
    size: int
    """Bytes of the sources that are done."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every dossier."""

    suffix: str
    """Of the file to write, one of ``SUFFIXES``."""
    seed: int
    """Draws the dossiers that are read once more."""
    whole: bool = False
    """Everything that ``diagnostiquer`` says, in JSON."""
    few: bool = False
    """So few dossiers that only complete ones are worth concluding together."""


def reader_of(base: Base) -> Reader:
    """A reader of a base that is loaded. Raises ``Unusable`` when the base is too large."""
    return Reader(base, engine_for(base))


def get_ready(base: Base, task: Task, reader: Reader | None = None) -> Callable[[Chunk], Done]:
    """A process ready to work, with a reader where it has one already. Raises ``Unusable`` as ``reader_of``."""
    reader = reader or reader_of(base)
    form = _form(reader, task)
    concluder = Concluder(reader, form, task.seed, apart=task.whole, few=task.few)

    def work(chunk: Chunk) -> Done:
        concluder.counts = Counts()
        told: list[str] = []
        remarked: list[str] = []
        results = concluder.each(list(opened(chunk)))
        lines = form.lines(form.line(_told(result, told, remarked)) for result in results)
        return Done(lines, tuple(told), tuple(remarked), concluder.counts, chunk.size)

    return work


def check_least(reader: Reader, task: Task, counts: Counts) -> None:
    """Where none was drawn of the complete dossiers, or of the others, one is all the same; counted as the others are.

    Raises ``ControlFailed`` and ``ReadingFailed``.
    """
    left = [kept for kept in counts.least.values() if kept.draw >= CHECKED * DRAWS]
    concluder = Concluder(reader, _form(reader, task), task.seed, apart=True)
    for kept in left:
        concluder.check(kept)
    counts.checked += concluder.counts.checked
    counts.engines.update(concluder.counts.engines)


def _form(reader: Reader, task: Task) -> Form:
    if task.suffix == ".jsonl":
        return JsonForm(reader, load_cases(reader.base) if task.whole else (), whole=task.whole)
    return CellForm(reader, csv=task.suffix == ".csv")


def _told(result: Result, told: list[str], remarked: list[str]) -> Result:
    """The same, its words kept where it is one of the first that are refused, or remarked on."""
    if isinstance(result, Refused) and len(told) < MOST_TOLD:
        told.append(render(result.diagnostics))
    elif not isinstance(result, Refused) and result.remarks and len(remarked) <= MOST_TOLD:
        remarked.append(render(result.remarks))
    return result


# --- the forms of the file -------------------------------------------------------------------------------------------

SUFFIXES = (".jsonl", ".csv", ".xlsx")


class JsonForm:
    """One object a line. With ``whole``, everything that ``diagnostiquer`` says, beside these experiences."""

    nothing = b""

    def __init__(self, reader: Reader, experiences: Sequence[Dossier] = (), *, whole: bool = False) -> None:
        self._reader, self._experiences, self._whole = reader, experiences, whole
        self._head = head_of(ENGINE, reader.base.digest)
        self.tell = JsonPieces(reader.base).tell

    def lines(self, lines: Iterable[bytes]) -> bytes:
        """Lines in UTF-8, each with its end."""
        return b"".join(line + b"\n" for line in lines)

    def line(self, result: Result) -> bytes:
        """One object."""
        label = result.given.label
        match result:
            case Together(concluded=concluded):
                return object_line(self._head, concluded, label)
            case Refused(_, diagnostics):
                return refused_line(label, reason(diagnostics))
            case Alone(_, dossier, reading):
                base = self._reader.base
                if not self._whole:
                    return encoded(concluded_object(base, reading, label))
                begun = Whole(base, reading, dossier)
                whole = self._reader.completed(begun, date.today(), self._experiences)
                return encoded(reading_object(whole, label))

    def named(self, line: bytes) -> Mapping[str, object]:
        """By key; what is written must be the same to the letter."""
        found: dict[str, object] = json.loads(line)
        return {name: json.dumps(value) for name, value in found.items()}


class CellForm:
    """One row a dossier: for a workbook, or as lines of .csv."""

    def __init__(self, reader: Reader, *, csv: bool) -> None:
        self._rows = result_rows.Rows(reader.base)
        self.nothing: result_rows.Cells = {}
        self._questions, self._csv = tuple(reader.base.logic.questions), csv
        self.tell = self._rows.tell

    def lines(self, lines: Iterable[tuple[str, ...]]) -> bytes | list[tuple[str, ...]]:
        """Lines of .csv without the titles, or rows."""
        rows = list(lines)
        return csv_lines(rows) if self._csv else rows

    def line(self, result: Result) -> tuple[str, ...]:
        """One row."""
        given = result.given
        match result:
            case Together(title=title, concluded=concluded):
                return self._rows.concluded(given.label, title, ENGINE, concluded)
            case Refused(_, diagnostics):
                return result_rows.refused(given.label, given.title, reason(diagnostics))
            case Alone(_, dossier, reading):
                return self._rows.read(given.label, dossier.title, reading, self._questions)

    def named(self, line: tuple[str, ...]) -> Mapping[str, object]:
        """By column."""
        return dict(zip(result_rows.COLUMNS, line, strict=True))


def reason(diagnostics: Iterable[Diagnostic]) -> str:
    """Why a dossier could not be used, on one line, the help of its first mistake last."""
    wrong = [found for found in diagnostics if found.is_error]
    said = " ; ".join(f"{found.message} ({found.code})" for found in wrong)
    return harmless(f"{said} — {wrong[0].help}" if wrong and wrong[0].help else said)


class JsonPieces:
    """What a batch tells of a base, piece by piece, in UTF-8."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def tell(self, value: Conclusion) -> bytes:
        """One piece. A format is without the end of its arguments; in a list a comma stands before every line."""
        if isinstance(value, FormatReading):
            return encoded(format_object(value)).removesuffix(b"]}")
        if isinstance(value, PostureReading):
            return encoded(posture_object(self._base, value))
        return b"".join(COMMA + encoded(self._object(piece)) for piece in value)

    def _object(self, piece: Piece) -> object:
        match piece:
            case Argument():
                return argument_object(piece)
            case Drawn():
                return drawn_object(piece)
            case FactorReading():
                return factor_object(piece)
            case ToAsk():
                return asked_object(self._base, piece)
            case _:
                return piece


COMMA = b", "


def object_line(head: bytes, concluded: Concluded[bytes], label: str) -> bytes:
    """One dossier, without line end. ``head`` is what all of a batch have in common, as ``head_of`` gives it."""
    found = {name: b"".join(pieces)[len(COMMA) :] for name, pieces in concluded.lists.items()}
    listed = (piece for word, opening in OPENINGS for piece in (opening, found[word]))
    last = (piece for name, opening in ENDINGS for piece in (opening, found.get(name, b"")))
    return b"".join((
        b'{"dossier": ', encoded(label), head, b', "format": ', concluded.format, found[ARGUMENTS],
        b']}, "posture": ', concluded.posture, *listed, b'], "moment": ', _word(concluded.moment),
        b', "prochaine_question": ', _word(concluded.next_question), *last, b"]}",
    ))  # fmt: skip


def _word(word: str) -> bytes:
    return encoded(word) if word else b"null"


OPENINGS = tuple((kind.word, f'{"], " if n else ", "}"{kind.several}": ['.encode()) for n, kind in enumerate(LISTED))
"""What stands before each list."""
ENDINGS = (
    (IDLE, b', "sans_effet": ['),
    (IDLE_ADVICE, b'], "sans_effet_format_posture": ['),
    (TO_ASK, b'], "a_demander": ['),
    (NOT_APPLICABLE, b'], "sans_objet": ['),
    (COUNTED, b'], "tirees_du_tableau": ['),
    (IGNORED, b'], "reponses_ignorees": ['),
    (FIRED, b'], "regles_declenchees": ['),
    (BY_CASES, b'], "certaines_par_cas": ['),
)
"""The same of those that end a line; what a complete dossier does not have is an empty list."""


def head_of(engine: str, digest: str) -> bytes:
    """The engine and the digest of the rules."""
    return b', "moteur": ' + encoded(engine) + b', "regles": ' + encoded(digest)


def refused_line(label: str, why: str) -> bytes:
    """A dossier that could not be used."""
    return encoded({"dossier": label, "erreur": why})


def encoded(value: object) -> bytes:
    """As JSON that a terminal may show."""
    return json_line(value).encode()
