"""Dossiers as the screens see them: found, opened, created, kept. Every function may be slow: call it in a worker.

``dossiers`` and the model are imported at the first call, so that nothing about files or rules stands before the
first paint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.ground.french import NBSP, counted, moment_text
from conseil_dla.wording import disk_text
from conseil_dla.wording.disk_text import started_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.store import Summary
    from conseil_dla.dossiers.writer import Writer
    from conseil_dla.ground.shelving import Aside
    from conseil_dla.interview.questionnaire import Profile
    from conseil_dla.rules.model import Answers, Base, Dossier

failure = disk_text.failure


@dataclass(frozen=True, slots=True)
class BegunDossier:
    """A dossier already begun."""

    path: Path
    title: str
    modified: datetime
    answered: int
    is_broken: bool = False
    """True when opening it would only show its mistakes."""
    is_open_elsewhere: bool = False
    """True while another window writes in it."""


@dataclass(frozen=True, slots=True)
class Latest:
    """How many dossiers are begun, and the one changed last."""

    number: int = 0
    last: BegunDossier | None = None
    aside: int = 0
    """Copies, and files that are not read for their name or their place."""


@dataclass(frozen=True, slots=True)
class Case:
    """A real experience shipped with the rules."""

    path: Path
    title: str
    seen: str = ""
    """Where, when and by whom it was told, where that is not the note: « Gers, 2024 (l’ADDA du Gers) »."""


def saved(base: Base | None = None) -> tuple[BegunDossier, ...]:
    """Dossiers already begun, newest first; none when the folder cannot be read.

    With the rules at hand, the ones that cannot be opened are told apart.
    """
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    try:
        found = store.listing(store.folder())
    except OSError:
        return ()
    return tuple(_standing(one, base) for one in found)


def one(path: Path, base: Base) -> BegunDossier:
    """One dossier, or a copy of it. Raises OSError."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return _standing(store.summary(path), base)


def aside() -> tuple[Aside, ...]:
    """What lies among the dossiers and seems to be one, without being listed: copies, other names, subfolders."""
    from conseil_dla.dossiers import store, territory, workshops  # noqa: PLC0415 - after the first paint
    from conseil_dla.ground.shelving import contents  # noqa: PLC0415 - after the first paint
    from conseil_dla.wording.diagnostic_text import UNTOLD  # noqa: PLC0415 - after the first paint

    try:
        found = contents(store.folder(), (territory.FOLDER, workshops.FOLDER)).aside
    except OSError:
        return ()
    return tuple(each for each in found if each.sort not in UNTOLD)


def keep(kept: Path, other: Path) -> Path:
    """Keep one of two versions; gives where the other went. Raises OSError and ``OpenElsewhere``."""
    from conseil_dla.dossiers import copies  # noqa: PLC0415 - after the first paint

    return copies.keep(kept, other)[1]


def latest(base: Base | None = None) -> Latest:
    """The same in brief, at the cost of one dossier however many there are."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    try:
        number, last = store.newest(store.folder())
    except OSError:
        return Latest()
    return Latest(number, _standing(last, base) if last else None, len(aside()))


def _standing(one: Summary, base: Base | None) -> BegunDossier:
    from conseil_dla.dossiers import lock  # noqa: PLC0415 - after the first paint

    is_broken = base is not None and _is_broken(one.path, base)
    return BegunDossier(one.path, one.title, one.modified, one.answered, is_broken, lock.holder(one.path) is not None)


def _is_broken(path: Path, base: Base) -> bool:
    from conseil_dla.ground.diagnostics import Unusable  # noqa: PLC0415 - after the first paint

    try:
        load(path, base)
    except (OSError, ValueError, Unusable):
        return True
    return False


def cases(base: Base) -> tuple[tuple[Case, ...], int]:
    """The experiences to read, and how many cannot be."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint
    from conseil_dla.wording.provenance import place_and_time  # noqa: PLC0415 - after the first paint

    read = [
        Case(Path(case.path), case.title, place_and_time(case.observation) if case.observation else "")
        for case in store.load_cases(base)
    ]
    found = tuple(sorted(read, key=lambda case: bool(case.seen)))
    return found, len(store.cases(base)) - len(found)


def experiences(base: Base) -> tuple[Dossier, ...]:
    """The same, read whole."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load_cases(base)


def load(path: Path, base: Base) -> Dossier:
    """A dossier. Raises Unusable, with every finding, or OSError."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load(path, base)


def open_to_write(path: Path, base: Base, *, anyway: bool = False) -> Writer:
    """A dossier to write in, until the hand is closed; ``anyway`` is for a lock that is very likely stale.

    Raises Unusable, and ``dossiers.lock.OpenElsewhere`` when another window writes in it.
    """
    from conseil_dla.dossiers.writer import Writer  # noqa: PLC0415 - after the first paint

    return Writer.open(path, base, anyway=anyway)


def title(path: Path) -> str:
    """The title of a dossier, by its file's name when it cannot be read."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.title(path)


def is_shipped(path: Path, base: Base) -> bool:
    """True for a case or a trial of the rules in use, by whatever path or link it is reached."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.is_shipped(path, base)


def create(base: Base, title: str, demand: str, heard: str) -> Dossier:
    """A new dossier, already on disk. Raises OSError."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load(store.create(store.folder(), title, demand, heard), base)


def with_profile(base: Base, dossier: Dossier) -> tuple[Dossier, str]:
    """A new dossier with the answers of the territory profile, written; and what to tell of it, empty without one.

    A profile that cannot be used is told and left alone. Raises OSError when the dossier cannot be written.
    """
    from conseil_dla.dossiers import territory  # noqa: PLC0415 - after the first paint

    started = territory.started(base, dossier)
    return started.dossier, started_text(started, territory.path())


def keep_profile(base: Base, answers: Answers) -> tuple[int, Profile, Profile]:
    """Keep the answers about the territory in its profile; gives how many, the profile found there and the one kept.

    Nothing is written when there is no answer to keep. Raises OSError, and ``Unusable`` when the profile there cannot
    be read.
    """
    from conseil_dla.dossiers import territory  # noqa: PLC0415 - after the first paint

    before = profile(base)
    found = territory.of_profile(base, answers)
    if not found:
        return 0, before, before
    kept = territory.keep(base, found, datetime.now().astimezone().date())
    return len(found), before, (kept.day, kept.answers)


def profile(base: Base) -> Profile:
    """The territory profile and its day; nothing and no day where there is none. Raises ``Unusable`` or OSError."""
    from conseil_dla.dossiers import territory  # noqa: PLC0415 - after the first paint

    kept = territory.load(base)
    return (kept.day, kept.answers) if kept else ("", {})


def write_profile(base: Base, answers: Answers) -> str:
    """Keep these answers as the profile, and give its day. Raises OSError, ValueError and ``Unusable``."""
    from conseil_dla.dossiers import territory  # noqa: PLC0415 - after the first paint

    return territory.write(base, answers, datetime.now().astimezone().date()).day


def change_profile(base: Base, found: Profile, wanted: Profile) -> bool:
    """Put another profile, or none, in the place of the one that is expected there; False when it is not that one.

    Raises ``Unusable`` or OSError.
    """
    from conseil_dla.dossiers import territory  # noqa: PLC0415 - after the first paint

    if profile(base) != found:
        return False
    day, answers = wanted
    if day or answers:
        territory.write(base, answers, date.fromisoformat(day) if day else datetime.now().astimezone().date())
    else:
        territory.path().unlink(missing_ok=True)
    return True


def copy(base: Base, case: Dossier) -> Dossier:
    """A new dossier that starts from a case; the case's own file is left untouched. Raises OSError."""
    from conseil_dla.dossiers.writer import Writer  # noqa: PLC0415 - after the first paint

    made = create(base, f"{case.title} (copie)", case.demand, case.heard)
    made = replace(made, answers=case.answers, declined=case.declined, notes=case.notes)
    Writer.at_once(Path(made.path), base).save(made)
    return made


def creation_failure(error: OSError | ValueError) -> str:
    """Where a new dossier could not be written, and why."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return disk_text.creation_failure(store.folder(), error)


ELSEWHERE = "ouvert ailleurs"
BROKEN = f"à corriger{NBSP}: ouvrez pour voir où"


def standing(saved: BegunDossier) -> str:
    """When it was changed last, how many answers, and what stands in the way of opening it."""
    if saved.is_broken:
        return BROKEN
    now = datetime.now().astimezone()
    told = f"{moment_text(saved.modified.astimezone(), now)} · {counted(saved.answered, 'réponse')}"
    return f"{told} · {ELSEWHERE}" if saved.is_open_elsewhere else told
