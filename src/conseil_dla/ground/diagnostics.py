"""Findings about a file, as values.

A mistake in an author's file is not an exception: every mistake of every file is collected, sorted and shown at once.
A ``Diagnostic`` says what is wrong (French), where (file, line, column) and how to mend it; it does not know what a
rule or a question is. Exceptions are kept for bugs and for the outside world.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from conseil_dla.ground.words import alphabetical


class Severity(Enum):
    """How much a finding weighs; the values are the words shown to authors."""

    ERROR = "erreur"
    WARNING = "avertissement"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of one file. Lines and columns count from 1, columns in characters."""

    file: str
    """Path as the user gave it or can open it; empty when a finding concerns no file."""
    line: int = 1
    column: int = 1
    length: int = 1
    """Number of characters to underline, at least 1."""
    excerpt: str = ""
    """The whole source line, without its line end; empty when there is none to show."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable code, its weight, its place, one sentence, and what to do about it."""

    code: str
    """Stable public code, ``DLA`` and three digits; each has an entry in docs/diagnostics.md."""
    severity: Severity
    place: Place
    message: str
    help: str = ""
    also: Place | None = None
    """The second culprit, where there are two (a duplicate and its first, for instance)."""
    witness: str = ""
    """Path of a dossier that shows it and can be opened; empty where there is none."""

    @property
    def is_error(self) -> bool:
        """True when the finding makes the file unusable."""
        return self.severity is Severity.ERROR


def mistake(code: str, place: Place, message: str, help: str = "", also: Place | None = None) -> Diagnostic:
    """A finding that makes the file unusable."""
    return Diagnostic(code, Severity.ERROR, place, message, help, also)


def in_reading_order(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, line, column and code, each finding once: the order in which an author mends them."""
    unique = dict.fromkeys(diagnostics)
    files = {file: alphabetical(file) for file in {d.place.file for d in unique}}
    return tuple(sorted(unique, key=lambda d: (files[d.place.file], d.place.line, d.place.column, d.code, d.message)))


class Unusable(Exception):
    """Input that cannot be used at all: a rules folder or a dossier with errors. Carries every finding."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(d.message for d in diagnostics if d.is_error))
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type[Unusable], tuple[tuple[Diagnostic, ...]]]:
        """Findings go from one process to another, not their text alone."""
        return Unusable, (self.diagnostics,)
