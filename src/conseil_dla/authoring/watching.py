"""A rules folder looked at again each time a file of it is saved, and what its author is told, most urgent first."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from conseil_dla.authoring.site.rules import rule_lead
from conseil_dla.authoring.trials.run import Trial, load_trials, run_dossier, trial_paths
from conseil_dla.authoring.versions.items_text import item_text
from conseil_dla.authoring.versions.paper import summary_lines
from conseil_dla.authoring.versions.versions import VersionDifference, compare_versions
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.french import NBSP, counted, harmless, listed, quoted
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.version_items import ItemChange, changed_items
from conseil_dla.rules.loading.layout import Stamp, changed, stamp
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render
from conseil_dla.wording.differences import name_of, state_of
from conseil_dla.wording.page_parts import Text, plain

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
        """What lies in the folder and is not read, and what reading it costs, where that changed."""
        before, self._told = self._told, (*reader.unread, *reader.costs)
        return self._told if self._told != before else ()


def open_reader(folder: Path) -> Reader:
    """The reader of a folder. Raises ``Unusable`` with every mistake."""
    opened = open_rules(folder)
    return Reader(opened.base, opened.engine, opened.unread)


BEGUN = "Chaque enregistrement sera relu. Ctrl+C pour arrêter."
GONE = f"Ce dossier de règles n’est plus là{NBSP}: il sera relu s’il revient."
KEPT = "Tant qu’il en reste, rien n’est comparé."
HOW = {"ajoute": "nouvelle", "mots": "reformulée"}
"""How a rule that was saved is called; any other change is a modification."""
SINCE_LAST = f"Depuis la dernière lecture sans erreur{NBSP}:"
SINCE_FIRST = f"Depuis le début de la surveillance{NBSP}:"
NOW = f"À présent{NBSP}:"
TOO_LARGE = "Ces règles sont trop différentes de celles du début, ou trop grandes, pour dire ce que cela change."

# --- what its author is told -----------------------------------------------------------------------------------------

MOST_MOVED = 6
"""Dossiers told one by one."""
MOST_CHANGES = 4
"""Conclusions of a dossier told one by one."""


def round_text(found: Round, folder: Path, at: str, width: int = 80) -> str:
    """Everything that a look has to tell; ``at`` is the time of day, ``width`` the columns of the terminal."""
    saved = listed(list(found.saved[:3]) + ([f"{len(found.saved) - 3} autres"] if len(found.saved) > 3 else []))
    lines = [f"── {at} {saved}".rstrip()]
    lines += [part for line in _lines(found, folder) for part in _wrapped(line, width)]
    return "\n".join(lines).rstrip() + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """A line in as many as it takes, each under the first one's words; messages about files stay as they are."""
    if "\n" in text:
        return [text]
    indent = " " * (len(text) - len(text.lstrip(" –")))
    return textwrap.wrap(text, max(40, width), subsequent_indent=indent, break_on_hyphens=False) or [""]


def _lines(found: Round, folder: Path) -> Iterator[str]:
    if found.is_gone:
        yield GONE
        return
    if found.diagnostics:
        yield render(found.diagnostics, base_dir=folder.parent).rstrip()
        yield ""
    if found.base is None:
        errors = sum(diagnostic.is_error for diagnostic in found.diagnostics)
        yield f"{counted(errors, 'erreur')}. {KEPT}"
        return
    yield from _read_back(found, found.base)
    if found.is_too_large:
        yield TOO_LARGE
        return
    if found.difference is None:
        rules, questions = len(found.base.logic.rules), len(found.base.logic.questions)
        yield f"{counted(rules, 'règle')}, {counted(questions, 'question')}, sans erreur. {BEGUN}"
        return
    yield SINCE_FIRST
    yield from (f"   {line}" for line in summary_lines(found.difference))
    yield from _moved(found.difference)
    if found.broken:
        yield NOW
    for trial in found.broken:
        for failure in trial.failures:
            where = f"   attente qui ne tient pas{NBSP}: {Path(trial.path).name}"
            yield f"{where}, {failure.expected}{NBSP}; {failure.found}"


def _read_back(found: Round, base: Base) -> Iterator[str]:
    """Each rule that changed, as a sentence; other items are only named."""
    if found.items:
        yield SINCE_LAST
    others = []
    for item in found.items:
        if item.kind == "regle" and item.how != "retire":
            keys = f" ({', '.join(key.key for key in item.keys)})" if item.keys else ""
            yield f"   règle {quoted(item.id)}, {HOW.get(item.how, 'modifiée')}{keys}{NBSP}:"
            yield from (f"      {line}" for line in rule_lines(base, item.id))
        else:
            gone = " (retiré)" if item.how == "retire" else ""
            others.append(f"{item_text(item)}{gone}")
    if others:
        also = f"aussi{NBSP}: " if len(others) < len(found.items) else ""
        yield f"   {also}{listed(others)}."


def _moved(difference: VersionDifference) -> Iterator[str]:
    for dossier in difference.moved[:MOST_MOVED]:
        yield f"      {harmless(dossier.title)}"
        for change in dossier.changes[:MOST_CHANGES]:
            base = difference.after if change.after is not None else difference.before
            was = state_of(difference.before, change.name, change.before)
            now = state_of(difference.after, change.name, change.after)
            yield f"         {name_of(base, change.name)}{NBSP}: {was} → {now}"
        left = len(dossier.changes) - MOST_CHANGES
        if left > 0:
            yield f"         et {counted(left, 'autre conclusion', 'autres conclusions')}"
    if len(difference.moved) > MOST_MOVED:
        yield f"      et {counted(len(difference.moved) - MOST_MOVED, 'autre dossier', 'autres dossiers')}"


def rule_lines(base: Base, id: str) -> tuple[str, ...]:
    """« Si l’on a, pour …, alors … », a list one item a line. Raises StopIteration for no rule of that name."""
    rule = next(rule for rule in base.logic.rules if rule.id == id)
    return tuple(_said(rule_lead(base, rule), 0))


def _said(texts: Iterable[Text], depth: int) -> Iterator[str]:
    for text in texts:
        yield f"{'   ' * depth}{'– ' if depth else ''}{plain(text.run)}"
        yield from _said(text.inner, depth + 1)
