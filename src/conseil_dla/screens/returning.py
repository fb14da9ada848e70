"""What a tab had open, told while it lives, and opened again when its page is loaded again.

Told as a text that nobody but this module reads: the server keeps it, and gives it back to the next screens of the tab.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from conseil_dla.comparison.screens.alone import AloneScreen
from conseil_dla.comparison.screens.held import HeldScreen
from conseil_dla.panes.in_hand import Holding
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stages import STAGES

if TYPE_CHECKING:
    from conseil_dla.screens.opening import Opening
    from conseil_dla.workshop.screens.stages import Workshops

HELD, DOSSIER, WORKSHOP, SCENARIO = "tenu", "dossier", "atelier", "scenario"


def place_of(stack: Sequence[Screen[Any]]) -> str:
    """What these screens have open; empty where there is nothing to come back to.

    Who answers alone, or has just, comes back to the screen that hides the dossier: a page is loaded again by anybody.
    """
    for screen in reversed(stack):
        if isinstance(screen, AloneScreen | HeldScreen):
            return _told(HELD, screen.path)
        if isinstance(screen, WorkshopScreen):
            stage = next((name for name, kind in STAGES.items() if kind is type(screen)), "")
            file = screen.playing.path
            return _told(WORKSHOP, str(file), stage) if file else _told(SCENARIO, screen.playing.scenario.path)
        if isinstance(screen, Holding):
            return _told(DOSSIER, screen.hand.dossier.path)
    return ""


def back_to(place: str, app: App[int], opening: Opening, workshops: Workshops) -> None:
    """Open it again, home being there; what cannot be is told as usual, and a text that is none is nothing."""
    with suppress(ValueError, RecursionError):
        match json.loads(place):
            case [str(kind), str(path), *stage] if kind == HELD:
                app.push_screen(HeldScreen(path), lambda _: opening.resume(Path(path)))
            case [str(kind), str(path), *stage] if kind == DOSSIER:
                opening.resume(Path(path))
            case [str(kind), str(path), *stage] if kind == SCENARIO:
                workshops.open(scenario=Path(path))
            case [str(kind), str(path), str(stage)] if kind == WORKSHOP:
                workshops.reopen(Path(path), stage)


def _told(*parts: str) -> str:
    return json.dumps(parts)
