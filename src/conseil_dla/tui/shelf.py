"""Dossiers as the screens see them: found, opened, created, kept. Every function may be slow: call it in a worker.

The storing floor is imported at the first call, so that nothing about files stands before the first paint.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from conseil_dla.diagnostics import Unusable
from conseil_dla.model import Base, Dossier
from conseil_dla.reporting.french import NBSP

if TYPE_CHECKING:
    from conseil_dla.dossiers.store import Summary

CAUSES = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre espace disque est plein",
    errno.EACCES: "l’accès à ce dossier du disque est refusé",
    errno.EPERM: "l’accès à ce dossier du disque est refusé",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOENT: "le dossier du disque a disparu",
    errno.ENOTDIR: "le dossier du disque a disparu",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A real experience shipped with the rules."""

    path: Path
    title: str


def saved() -> tuple[Summary, ...]:
    """Dossiers already begun, newest first; none when the folder cannot be read."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    try:
        found = store.listing(store.folder())
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda summary: summary.modified, reverse=True))


def cases(base: Base) -> tuple[Case, ...]:
    """The experiences to read; one that cannot be read is left out (the rules commands report it)."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    found = []
    for path in store.cases(base):
        try:
            found.append(Case(path, store.load(path, base).title))
        except (OSError, Unusable):
            continue
    return tuple(found)


def load(path: Path, base: Base) -> Dossier:
    """A dossier. Raises Unusable, with every finding, or OSError."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load(path, base)


def create(base: Base, title: str, demand: str, heard: str) -> Dossier:
    """A new dossier, already on disk. Raises OSError."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load(store.create(store.folder(), title, demand, heard), base)


def copy(base: Base, case: Dossier) -> Dossier:
    """A new dossier that starts from a case; the case's own file is left untouched. Raises OSError."""
    made = create(base, f"{case.title} (copie)", case.demand, case.heard)
    made = replace(made, answers=case.answers, declined=case.declined, notes=case.notes)
    _write(made)
    return made


def _write(dossier: Dossier) -> None:
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    store.save(dossier)


def failure(error: OSError | ValueError) -> str:
    """Why the disk refused, in French; the system's own words are English."""
    if not isinstance(error, OSError):
        return "le fichier a été remplacé par autre chose qu’un dossier"
    return CAUSES.get(error.errno or 0, f"le système a refusé (erreur{NBSP}{error.errno})")


class Scribe:
    """Keeps the newest state of one dossier on disk; older states that were not written yet are skipped.

    ``keep`` belongs to the screen, ``write`` to a worker. A failed state stays waiting: the next ``write`` retries it.
    """

    def __init__(self) -> None:
        self._waiting: Dossier | None = None
        self._turn = Lock()

    @property
    def is_settled(self) -> bool:
        """True when nothing waits to be written."""
        return self._waiting is None

    def keep(self, dossier: Dossier) -> None:
        """Hand in the newest state."""
        self._waiting = dossier

    def write(self) -> None:
        """Write what waits, one writer at a time. Raises OSError; ValueError when no dossier stands there."""
        with self._turn:
            dossier = self._waiting
            if dossier is None:
                return
            _write(dossier)
            if self._waiting is dossier:
                self._waiting = None
