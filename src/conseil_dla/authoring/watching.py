"""A rules folder looked at again each time a file of it is saved: what an author is told while writing.

Three readings are held: the one that the watch began with, the last one without mistake, and the one just saved. A
folder with mistakes replaces none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conseil_dla.authoring.trials.run import Trial, load_trials, run_dossier, trial_paths
from conseil_dla.authoring.versions.versions import VersionDifference, compare_versions
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.version_items import ItemChange, changed_items
from conseil_dla.rules.loading.stamps import Stamp, changed, stamp
from conseil_dla.rules.model import Base

PASSING = frozenset({"DLA017"})
"""Mistakes that may go by themselves: another program holds the file for a moment while it saves."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one look found. ``base`` is None where the folder cannot be read as it stands."""

    saved: tuple[str, ...]
    """Files that came, went or were written since the last look."""
    base: Base | None
    diagnostics: tuple[Diagnostic, ...]
    is_gone: bool = False
    """The folder is no longer there."""
    items: tuple[ItemChange, ...] = ()
    """Since the last reading without mistake."""
    difference: VersionDifference | None = None
    """From the version that the watch began with; None at the first look, and where it cannot be told."""
    broken: tuple[Trial, ...] = ()
    """Cases and trials that moved, or that were just saved, and are not as they expect."""
    is_too_large: bool = False
    """Both versions are too different, or too large, for their difference to be told."""


class Watch:
    """Looks when asked. ``look`` gives nothing while no file was saved."""

    def __init__(self, folder: Path, opened: Callable[[Path], Reader]) -> None:
        self.folder = folder
        self._opened = opened
        self._stamp: Stamp | None = None
        self._refused: tuple[Diagnostic, ...] = ()
        """Mistakes of the last look, where a file could not even be opened: it is tried again without being saved."""
        self._first: Reader | None = None
        self._last: Reader | None = None
        self._told: tuple[Diagnostic, ...] = ()
        """What is not read, as it was last told: said again only once it changed."""

    def look(self) -> Round | None:
        """The folder as it stands, if it was written since the last look. Never raises on what it holds."""
        now = stamp(self.folder)
        before, self._stamp = self._stamp, now
        if now == before and not self._refused:
            return None
        saved = () if before is None else changed(before, now)
        if not self.folder.is_dir():
            return Round(saved, None, (), is_gone=True)
        try:
            reader = self._opened(self.folder)
        except Unusable as error:
            told, self._refused = self._refused, ()
            if any(one.code in PASSING for one in error.diagnostics):
                self._refused = error.diagnostics
            return None if now == before and error.diagnostics == told else Round(saved, None, error.diagnostics)
        self._refused = ()
        return self._read(reader, saved)

    def _read(self, reader: Reader, saved: tuple[str, ...]) -> Round:
        former, self._last = self._last, reader
        self._first = self._first or reader
        dossiers, unread = load_trials(trial_paths(self.folder), reader.base)
        refused = (*self._aside(reader), *unread)
        items = changed_items(former.base, reader.base) if former is not None else ()
        if self._first is reader:
            return Round(saved, reader.base, refused)
        try:
            difference = compare_versions(self._first, reader, dossiers)
        except TooLarge:
            return Round(saved, reader.base, refused, items=items, is_too_large=True)
        moved = {dossier.path for dossier in difference.moved} | {str(self.folder / name) for name in saved}
        trials = (run_dossier(reader, dossier) for dossier in dossiers if dossier.path in moved)
        return Round(
            saved, reader.base, refused, False, items, difference, tuple(trial for trial in trials if trial.failures)
        )

    def _aside(self, reader: Reader) -> tuple[Diagnostic, ...]:
        """What lies in the folder and is not read, where that changed."""
        before, self._told = self._told, reader.unread
        return self._told if self._told != before else ()


def open_reader(folder: Path) -> Reader:
    """The reader of a folder. Raises ``Unusable`` with every mistake."""
    opened = open_rules(folder)
    return Reader(opened.base, opened.engine, opened.unread)
