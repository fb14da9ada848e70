"""The forms that a batch is written in: what each makes of one dossier, in the process that concludes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from conseil_dla.batch import json as batch_json
from conseil_dla.batch import result_rows
from conseil_dla.batch.complete import Conclusion
from conseil_dla.batch.concluding import ENGINE, Alone, Refused, Together
from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.french import harmless
from conseil_dla.papers.documents.sheets import csv_lines
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier
from conseil_dla.wording.json_text import concluded_object, reading_object

Result = Together[Any] | Alone | Refused
SUFFIXES = (".jsonl", ".csv", ".xlsx")


class Form(Protocol):
    """What one kind of file makes of dossiers."""

    nothing: Any
    """The piece where there is nothing to tell."""

    def tell(self, value: Conclusion) -> Any:
        """A piece that dossiers that are alike share."""
        ...

    def lines(self, results: Iterable[Result]) -> Any:
        """Some dossiers as the file takes them: bytes, or rows of texts for a workbook."""
        ...


class JsonForm:
    """One object a line. With ``whole``, everything that ``diagnostiquer`` says, beside these experiences."""

    nothing = b""

    def __init__(self, reader: Reader, experiences: Sequence[Dossier] = (), *, whole: bool = False) -> None:
        self._reader, self._experiences, self._whole = reader, experiences, whole
        self._head = batch_json.head_of(ENGINE, reader.base.digest)
        self.tell = batch_json.Pieces(reader.base).tell

    def lines(self, results: Iterable[Result]) -> bytes:
        """Lines in UTF-8, each with its end."""
        return b"".join(self._line(result) + b"\n" for result in results)

    def _line(self, result: Result) -> bytes:
        label = result.given.label
        match result:
            case Together(_, _, concluded):
                return batch_json.line(self._head, concluded, label)
            case Refused(_, diagnostics):
                return batch_json.refused_line(label, reason(diagnostics))
            case Alone(_, dossier, reading):
                base = self._reader.base
                if not self._whole:
                    return batch_json.encoded(concluded_object(base, reading, label))
                begun = Whole(base, reading, dossier)
                whole = self._reader.completed(begun, date.today(), self._experiences)
                return batch_json.encoded(reading_object(whole, label))


class CellForm:
    """One row a dossier: for a workbook, or as lines of .csv."""

    def __init__(self, reader: Reader, *, csv: bool) -> None:
        self._rows = result_rows.Rows(reader.base)
        self.nothing: result_rows.Cells = {}
        self._questions, self._csv = tuple(reader.base.logic.questions), csv
        self.tell = self._rows.tell

    def lines(self, results: Iterable[Result]) -> bytes | list[tuple[str, ...]]:
        """Lines of .csv without the titles, or rows."""
        rows = [self._row(result) for result in results]
        return csv_lines(rows) if self._csv else rows

    def _row(self, result: Result) -> tuple[str, ...]:
        given = result.given
        match result:
            case Together(_, title, concluded):
                return self._rows.concluded(given.label, title, ENGINE, concluded)
            case Refused(_, diagnostics):
                return result_rows.refused(given.label, given.title, reason(diagnostics))
            case Alone(_, dossier, reading):
                return self._rows.read(given.label, dossier.title, reading, self._questions)


def reason(diagnostics: Iterable[Diagnostic]) -> str:
    """Why a dossier could not be used, on one line, the help of its first mistake last."""
    wrong = [found for found in diagnostics if found.is_error]
    said = " ; ".join(f"{found.message} ({found.code})" for found in wrong)
    return harmless(f"{said} — {wrong[0].help}" if wrong and wrong[0].help else said)
