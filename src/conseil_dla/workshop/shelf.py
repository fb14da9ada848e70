"""Scenarios and workshops as the screens see them: found, opened, kept. Each function may be slow: use a worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.ground.french import day_text, hour_text
from conseil_dla.wording import disk_text
from conseil_dla.workshop.data import from_plain, plain
from conseil_dla.workshop.words.sentences import far_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.workshops import Kept
    from conseil_dla.ground.diagnostics import Diagnostic
    from conseil_dla.rules.model import Base, Dossier
    from conseil_dla.workshop.machine import Workshop

failure = disk_text.failure
GROUPS = ("Des fictions, pour commencer", "Des expériences réelles", "Ceux de votre dossier")
"""Titles over the scenarios: invented, reported, brought."""


def scenarios(base: Base, brought: Path | None) -> tuple[tuple[tuple[str, tuple[Dossier, ...]], ...], tuple[str, ...]]:
    """What a room can play, group by group, and a line for each thing left out; of one's own dossiers, nothing."""
    from conseil_dla.dossiers import store, workshops  # noqa: PLC0415 - after the first paint
    from conseil_dla.wording.diagnostic_text import finding_line  # noqa: PLC0415 - after the first paint

    out: list[Diagnostic] = []
    ours = store.load_scenarios(base, out.extend), store.load_cases(base, out.extend)
    is_theirs = brought is not None and brought.is_dir() and not store.is_personal(brought, base)
    theirs = workshops.load_folder(brought, base, out.extend) if brought is not None and is_theirs else ()
    groups = zip(GROUPS, (*ours, theirs), strict=True)
    lines = tuple(finding_line(one, _named(Path(one.place.file), base)) for one in out)
    return tuple((title, found) for title, found in groups if found), lines


def _named(path: Path, base: Base) -> str:
    """Its name; with the folder it lies in where it is one of the rules."""
    ours = Path(base.origin) / "knowledge"
    return path.relative_to(ours).as_posix() if path.is_relative_to(ours) else path.name


def kept(path: Path) -> Kept:
    """A workshop by its file. Raises OSError, and ValueError when it is none."""
    from conseil_dla.dossiers.workshops import load as load_kept  # noqa: PLC0415 - after the first paint

    return load_kept(path)


def load(path: Path, base: Base) -> Dossier:
    """A scenario. Raises ``Unusable``."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load(path, base)


@dataclass(frozen=True, slots=True)
class Left:
    """A workshop that may be resumed."""

    kept: Kept
    told: str
    """When it began, how far it went, and whether its record is written."""


def left(base: Base) -> tuple[Left, ...]:
    """Workshops that may be resumed, the one played last first; none where the disk refuses."""
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    try:
        return tuple(Left(kept, _told(kept, base, workshops.has_record(kept))) for kept in workshops.every())
    except OSError:
        return ()


def _told(kept: Kept, base: Base, has_record: bool) -> str:
    try:
        far = far_text(from_plain(base.logic, kept.state))
    except (ValueError, LookupError, TypeError, AttributeError):
        far = "ne se lit plus avec ces règles"
    record = ["compte rendu écrit"] if has_record else []
    return " · ".join([f"{day_text(kept.day)}, {hour_text(kept.hour)}", far, *record])


def scenario_of(kept: Kept, base: Base) -> Dossier:
    """The scenario of a kept workshop. Raises ``Unusable``, and ValueError for one's own dossier."""
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    return workshops.scenario_of(kept, base)


def keep(
    place: tuple[Path, bytes] | None, scenario: Dossier, base: Base, plan: str, began: datetime, state: Workshop
) -> tuple[Path, bytes]:
    """Write a workshop; gives its file and what that holds. Raises OSError.

    ``place`` is what the last call gave, None where there is no file yet. Another file is given where another window
    has written in that one.
    """
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    path, seen = place or (workshops.new_path(scenario.title, began), None)
    where = workshops.place_of(scenario, base)
    day, hour = f"{began:%Y-%m-%d}", f"{began:%H:%M}"
    return workshops.save(workshops.Kept(path, where, scenario.title, day, plan, plain(state), hour), seen)
