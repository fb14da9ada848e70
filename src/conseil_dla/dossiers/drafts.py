"""Text that is being typed, kept until it is saved: a window that closes, a machine that stops, lose none of it.

Apart from dossiers, in a folder of this machine that its owner alone may open: a draft is of one person, may be about
others, and is in no list, no paper, no synchronised folder. One JSON file for each window and each page where something
is being written; a window that is there holds a lock, as for a dossier, so that its drafts are offered to no other.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from conseil_dla.dossiers import lock
from conseil_dla.ground.files import drafts_folder, make_private, write_atomically

CHOICES = "choix"
"""The page of what is ticked or typed for a question and not validated; ``item`` tells who answers, and which one."""
MOST_BYTES = 2_000_000
"""A file beyond this is no draft of ours."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a text is typed for."""

    page: str
    """Name of the page."""
    dossier: str = ""
    """Path of the dossier, or of the workshop; empty for one that is not there yet."""
    item: str = ""
    """Which one, where a dossier has several."""

    @property
    def digest(self) -> str:
        """In the name of a file: tells nothing."""
        return hashlib.sha256("\0".join((self.page, self.dossier, self.item)).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and not saved."""

    path: Path
    place: Purpose
    name: str
    """What it is, in French: « la note de… »."""
    since: datetime
    texts: Mapping[str, str]
    """What each field held, by its name."""


class Drafts:
    """The drafts of one window. No failure reaches who types: ``failure`` tells the last one."""

    def __init__(self) -> None:
        self._window = uuid.uuid4().hex[:16]
        self._lock: lock.Lock | None = None
        self._turn = Lock()
        self._waiting: dict[Purpose, tuple[str, dict[str, str]] | None] = {}
        """What is to be written; None for what is to be removed."""
        self._on_disk: set[Purpose] = set()
        self._handed_over: set[Purpose] = set()
        """Texts on their way to where they are saved."""
        self.failure: OSError | None = None

    # --- on the screen's thread ---

    def hold(self, place: Purpose, name: str, texts: Mapping[str, str]) -> None:
        """Keep this at the next ``write``; ``name`` says what it is, in French."""
        self._handed_over.discard(place)
        self._waiting[place] = (name, dict(texts))

    def let_go(self, place: Purpose) -> None:
        """It was given up, or nothing is left of it: remove it at the next ``write``."""
        self._handed_over.discard(place)
        self._waiting[place] = None

    def hand_over(self, place: Purpose) -> None:
        """It is about to be saved."""
        self._handed_over.add(place)

    def settle(self) -> None:
        """All that was handed over is saved: remove it at the next ``write``."""
        for place in tuple(self._handed_over):
            self.let_go(place)

    def give_up(self) -> None:
        """What is being typed in this window is not wanted; what waits to be validated is not that."""
        for place in {*self._waiting, *self._on_disk} - self._handed_over:
            if place.page != CHOICES:
                self.let_go(place)

    # --- in workers ---

    def write(self) -> None:
        """Write what waits."""
        with self._turn:
            self.failure = None
            while self._waiting:
                place, wanted = self._waiting.popitem()
                try:
                    if wanted is not None:
                        self._write(place, *wanted)
                    elif place in self._on_disk:
                        self._path(place).unlink(missing_ok=True)
                        self._on_disk.discard(place)
                except OSError as error:
                    self.failure = error

    def take_up(self, draft: Draft) -> None:
        """It is being written again, here: keep it as such, and the former one no more."""
        self.write()
        if self.failure is None and draft.path != self._path(draft.place):
            forget(draft)

    def close(self) -> None:
        """Write what waits; what is not saved by now is offered by the next window."""
        self.write()
        with self._turn:
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def _path(self, place: Purpose) -> Path:
        return drafts_folder() / f"{self._window}-{place.digest}.json"

    def _write(self, place: Purpose, name: str, texts: Mapping[str, str]) -> None:
        make_private(drafts_folder())
        if self._lock is None:
            self._lock = lock.take(drafts_folder() / self._window)
        record = {"page": place.page, "dossier": place.dossier, "partie": place.item, "nom": name,
                  "depuis": datetime.now().astimezone().isoformat(timespec="seconds"), "textes": texts}  # fmt: skip
        write_atomically(self._path(place), json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        self._on_disk.add(place)

    # --- what others left ---

    def found(self, place: Purpose) -> Draft | None:
        """The newest text typed for that place that no other window is typing."""
        return max(self._left(f"*-{place.digest}.json"), key=lambda draft: draft.since, default=None)

    def left(self, dossier: str) -> tuple[Draft, ...]:
        """Every text of a dossier that waits, the newest first; with an empty path, of dossiers that are not there.

        What is being typed in this window is not among them.
        """
        others = (draft for draft in self._left("*-*.json") if not draft.path.name.startswith(f"{self._window}-"))
        found = (draft for draft in others if draft.place.dossier == dossier)
        return tuple(sorted(found, key=lambda draft: draft.since, reverse=True))

    def _left(self, pattern: str) -> Iterator[Draft]:
        folder = drafts_folder()
        with suppress(OSError):
            for path in sorted(folder.glob(pattern)):
                window = path.name.partition("-")[0]
                if window == self._window or lock.holder(folder / window) is None:
                    draft = _read(path)
                    if draft is not None:
                        yield draft


def forget(draft: Draft) -> None:
    """It is not wanted, or its text stands already. May be slow; never fails."""
    with suppress(OSError):
        draft.path.unlink(missing_ok=True)
        window = draft.path.name.partition("-")[0]
        if not any(draft.path.parent.glob(f"{window}-*.json")):
            lock.marker_of(draft.path.with_name(window)).unlink(missing_ok=True)


def _read(path: Path) -> Draft | None:
    """None for what is spoilt, or no draft."""
    try:
        with path.open("rb") as file:
            record = json.loads(file.read(MOST_BYTES))
        place = Purpose(*(str(record[key]) for key in ("page", "dossier", "partie")))
        texts = {str(name): str(text) for name, text in record["textes"].items()}
        return Draft(path, place, str(record["nom"]), datetime.fromisoformat(record["depuis"]).astimezone(), texts)
    except (OSError, ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError):
        return None
