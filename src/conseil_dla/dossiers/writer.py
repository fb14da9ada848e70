"""The one hand that writes dossiers: its lock, and what it last read or wrote, so that no save hides another's work.

Who shows a dossier hands in its newest state as ``waiting``, and has it written in a worker; older states that were not
written yet are skipped, and one that the disk refuses waits for the next try. Who changes a file in one go takes
``Writer.at_once``.

Locks fail on some shares, a text editor knows of none, and a synchronised folder brings files from elsewhere. So every
save starts from what the file holds now: what this writer changed is put into it, the rest stays. When both changed the
same thing, ours stands in the file and the other's whole text is set aside beside it.

A hard link parts from its other name, which is told: writing in place would leave half a file in both at a power cut,
and the lock is beside one name alone.

A file that is gone, empty, cut in the middle of a line or unreadable says nothing of what anybody wanted: a save then
starts from what was last seen there, which holds what others had written by then.
"""

from __future__ import annotations

import errno
from codecs import BOM_UTF8
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock as Turn
from types import TracebackType

from conseil_dla.dossiers import store
from conseil_dla.dossiers.copies import forget, set_aside
from conseil_dla.dossiers.differing import changes, empty_keys
from conseil_dla.dossiers.lock import Lock, take
from conseil_dla.dossiers.merging import Key, flat, merge
from conseil_dla.dossiers.migration import brought, keep_former
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.files import ReadOnly, content_of, forget_unfinished, write_atomically, write_new
from conseil_dla.ground.yamltext import Edited, decode, edited
from conseil_dla.rules.model import Base, Dossier

NOT_WRITTEN = ".non-enregistre"
"""Ends the name of what is kept beside a read-only dossier."""
TRIES = 5
"""How often a save begins again because the file changed under it."""


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """How a save went."""

    refused: OSError | ValueError | None = None
    """Why nothing was written: the state still waits."""

    joined: bool = False
    """True when the file held changes made elsewhere, which are kept."""
    aside: Path | None = None
    """Where the other's text stands when both could not be kept in one file; a second text has the next number."""
    has_parted: bool = False
    """True when the file had another name (a hard link), under which the text from before this save stays."""
    former: Path | None = None
    """Where the former text stands when a comment of it has no place in the new one."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a save is about to write."""

    made: Edited
    there: Dossier
    """What the file will hold."""
    joined: bool = False
    apart: tuple[bytes, ...] = ()
    """Texts of others to set aside."""

    def bytes_over(self, data: bytes) -> bytes:
        """What to write in place of a file; a byte order mark stays."""
        return (BOM_UTF8 if data.startswith(BOM_UTF8) else b"") + self.made.text.encode()


class Writer:
    """Writes one dossier until closed. One thread hands in, others may ``write``: one of them does, the others wait."""

    def __init__(self, dossier: Dossier, data: bytes, base: Base, lock: Lock, *, keeps_beside: bool = True) -> None:
        """``keeps_beside``: what a read-only file refuses is put beside it, until it is written."""
        self._keeps_beside = keeps_beside
        self.dossier = dossier
        """The dossier as it was read, then as it was last written here."""
        self.waiting: Dossier | None = None
        """The newest state, until it is on disk."""
        self._turn = Turn()
        self._base = base
        self._lock = lock
        self._data = data
        self._there = dossier
        self._own = empty_keys(_text(data))
        """What stood empty there is somebody's: it stays when it is empty again."""
        self._former: dict[Key, list[object | None]] = {}
        """What each thing that this writer changed was, before each change."""
        self._beside: Path | None = None
        """Where what could not be written in a read-only dossier is kept meanwhile."""

    @classmethod
    def open(cls, path: Path, base: Base, *, anyway: bool = False) -> Writer:
        """Lock a dossier and read it. ``anyway`` is for a lock that is very likely stale.

        Raises ``OpenElsewhere`` when another window writes in it, ``Unusable`` when it has mistakes.
        """
        lock = take(path, anyway=anyway)
        try:
            dossier, data = store.read(path, base)
        except BaseException:
            lock.release()
            raise
        forget_unfinished(path.resolve())
        return cls(dossier, data, base, lock)

    @classmethod
    def at_once(cls, path: Path, base: Base) -> Writer:
        """Read a dossier to change it in one go. No window waits for that: it is not locked, and needs no closing.

        What the disk refuses stays with whoever asked: nothing is kept beside. Raises ``Unusable`` for its mistakes.
        """
        return cls(*store.read(path, base), base, Lock(), keeps_beside=False)

    @property
    def there(self) -> Dossier:
        """What the file holds since the last save: what was handed in, and what others changed."""
        return self._there

    @property
    def is_settled(self) -> bool:
        """True when nothing waits to be written."""
        return self.waiting is None

    def adopted(self) -> tuple[Dossier, Dossier] | None:
        """What was handed in last and what the file holds, where others changed it: from now on one starts from that.

        None while something waits to be written, or where both are the same.
        """
        handed = self.dossier
        if self.waiting is not None or self._there is handed:
            return None
        return handed, self.adopt()

    def adopt(self) -> Dossier:
        """What is handed in from now on starts from what the file holds, others' changes included; gives it."""
        was, now = flat(self.dossier), flat(self._there)
        self._former = {key: former for key, former in self._former.items() if was.get(key) == now.get(key)}
        self.dossier = self._there
        return self._there

    def close(self) -> None:
        """Let others write; may be slow."""
        with self._turn:
            self._lock.release()

    def __enter__(self) -> Writer:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def write(self) -> SaveOutcome | None:
        """Write what waits, and say how that went; None where nothing does."""
        with self._turn:
            dossier = self.waiting
            if dossier is None:
                return None
            try:
                saved = self.save(dossier)
            except (OSError, ValueError) as refused:
                return SaveOutcome(refused=refused)
            if self.waiting is dossier:
                self.waiting = None
            return saved

    def save(self, dossier: Dossier) -> SaveOutcome:
        """Write what changed since the last save, wholly or not at all; everything else in the file stays.

        A file of a former format or of former words is kept beside first. Raises OSError when the disk refuses (nothing
        is then replaced; ``ReadOnly`` once it is kept beside), ValueError when the text cannot be edited.
        """
        path = Path(dossier.path)
        for _ in range(TRIES):
            data = _bytes(path)
            plan = self._plan(dossier, data)
            is_same = data is not None and plan.made.text == _text(data)
            former = () if plan.made.is_whole or is_same else _each_once(data or b"")
            asides = set_aside(path, _each_once(*plan.apart, *former))
            if not is_same and data is not None:
                keep_former(path, data, self._base)
            after = data if is_same and data is not None else plan.bytes_over(data or self._data)
            has_parted = not is_same and _has_another_name(path)
            try:
                is_there = is_same or write_atomically(path, after, unless_changed_from=data)
            except OSError as refused:
                forget(asides)
                if isinstance(refused, ReadOnly) and self._keeps_beside:
                    self._keep_beside(path, plan.made.text)
                    refused.is_kept_beside = True
                raise
            if is_there:
                self._forget_beside()
                self._note_changes(dossier)
                self.dossier, self._there, self._data = dossier, plan.there, after
                aside = asides[0] if plan.apart and asides else None
                return SaveOutcome(None, plan.joined, aside, has_parted, asides[-1] if former else None)
            forget(asides)
        raise OSError(errno.EBUSY, "the file changes all the time")

    def _keep_beside(self, path: Path, text: str) -> None:
        """What a dossier that may not be written would hold. Raises OSError."""
        number = 1
        while self._beside is None:
            more = f"-{number}" if number > 1 else ""
            beside, number = path.with_name(f"{path.stem}{NOT_WRITTEN}{more}.txt"), number + 1
            with suppress(FileExistsError):
                write_new(beside, b"")
                self._beside = beside
        write_atomically(self._beside, text)

    def _forget_beside(self) -> None:
        if self._beside is not None:
            with suppress(OSError):
                self._beside.unlink()
            self._beside = None

    def _note_changes(self, dossier: Dossier) -> None:
        was, now = flat(self.dossier), flat(dossier)
        for key in was.keys() | now.keys():
            if was.get(key) != now.get(key):
                self._former.setdefault(key, []).append(was.get(key))

    def _plan(self, dossier: Dossier, data: bytes | None) -> _Plan:
        found = self._now(dossier, data)
        if found is not None and (plan := self._joined(dossier, *found)) is not None:
            has_lost_its_end = data is not None and data != self._data and self._data.startswith(data)
            more = (self._data,) if has_lost_its_end and found[1] is not self._there else ()
            apart = (data or self._data,) if plan.apart else ()
            return replace(plan, joined=flat(found[1]) != flat(self._there), apart=_each_once(*apart, *more))
        seen = _text(self._data)
        if (plan := self._joined(dossier, seen, self._there)) is not None:
            return replace(plan, apart=_each_once(data or b""))
        made = edited(seen, changes(seen, dossier, self._own))
        return _Plan(made, dossier, apart=_each_once(data or b"", self._data))

    def _joined(self, dossier: Dossier, text: str, there: Dossier) -> _Plan | None:
        """What the file held, with what is changed here; None when the two cannot go together."""
        merged = merge(self.dossier, dossier, there, self._former)
        is_ours = flat(merged.dossier) == flat(dossier)
        wanted = dossier if is_ours else merged.dossier
        with suppress(ValueError):
            after = edited(text, changes(text, wanted, self._own))
            if is_ours or self._reads(after.text, dossier):
                return _Plan(after, wanted, apart=(self._data,) if merged.clashes else ())
        return None

    def _now(self, dossier: Dossier, data: bytes | None) -> tuple[str, Dossier] | None:
        """What the file holds; None when it cannot be read, or was cut. A file that is gone counts as unchanged."""
        is_cut = data is not None and not data.endswith(b"\n") and self._data.endswith(b"\n")
        if data is None or data == self._data or not data.strip() or (is_cut and self._data.startswith(data)):
            return _text(self._data), self._there
        try:
            there = store.understand(data, dossier.path, self._base)
        except Unusable:
            return None
        if is_cut and flat(self._there).items() - flat(there).items():
            return None
        return _text(data), there

    def _reads(self, text: str, dossier: Dossier) -> bool:
        """False when the two sides cannot go together, such as answers that exclude each other."""
        try:
            store.understand(text.encode(), dossier.path, self._base)
        except Unusable:
            return False
        return True


def _text(data: bytes) -> str:
    return brought(decode(data, "")[0] or "")


def _bytes(path: Path) -> bytes | None:
    try:
        return content_of(path)
    except FileNotFoundError:
        return None


def _has_another_name(path: Path) -> bool:
    try:
        return path.stat().st_nlink > 1
    except OSError:
        return False


def _each_once(*texts: bytes) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.strip()))
