"""Scenarios and workshops as the screens see them: found, opened, kept. Each function may be slow: use a worker."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.reporting import disk_text
from conseil_dla.sessions.workshop_data import from_plain, plain
from conseil_dla.tui.playing import Playing

if TYPE_CHECKING:
    from conseil_dla.dossiers.workshops import Kept
    from conseil_dla.model import Base, Dossier
    from conseil_dla.reading.compose import Reader
    from conseil_dla.sessions.workshop import Workshop

failure = disk_text.failure
GROUPS = ("Des fictions, pour commencer", "Des expériences de la note", "Ceux de votre dossier")
"""Titles over the scenarios: invented, reported, brought."""


def scenarios(base: Base, brought: Path | None) -> tuple[tuple[str, tuple[Dossier, ...]], ...]:
    """What a room can play, group by group; of one's own dossiers, nothing."""
    from conseil_dla.dossiers import store, workshops  # noqa: PLC0415 - after the first paint

    theirs = workshops.load_folder(brought, base) if brought is not None and not workshops.is_own(brought) else ()
    groups = zip(GROUPS, (store.load_scenarios(base), store.load_cases(base), theirs), strict=True)
    return tuple((title, found) for title, found in groups if found)


def load(path: Path, base: Base) -> Dossier:
    """A scenario. Raises ``Unusable``."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load(path, base)


def latest() -> Kept | None:
    """The workshop to resume; None where there is none, or where the disk refuses."""
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    try:
        return workshops.newest()
    except OSError:
        return None


def resumed(kept: Kept, reader: Reader) -> Playing:
    """The workshop as it was left. Raises ``Unusable``, OSError, and ValueError where these rules no longer read it."""
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    scenario = workshops.scenario_of(kept, reader.base)
    try:
        state = from_plain(reader.base.logic, kept.state)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("these rules no longer read it") from error
    plan = next((plan for plan in reader.base.plans if plan.id == kept.plan), None)
    day = date.fromisoformat(kept.day)
    return Playing(reader, scenario, plan, state, kept.path, day)


def keep(playing: Playing, state: Workshop) -> Path:
    """Write a workshop; gives its file. Raises OSError."""
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    path = playing.path or workshops.new_path(playing.scenario.title, playing.day)
    plan = playing.plan.id if playing.plan else ""
    where = workshops.place_of(playing.scenario, playing.base)
    workshops.save(workshops.Kept(path, where, playing.scenario.title, playing.day.isoformat(), plan, plain(state)))
    return path
