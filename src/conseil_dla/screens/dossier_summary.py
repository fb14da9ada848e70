"""How one of one's own dossiers stands, in a few words: said at home and in the list of them all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from conseil_dla.ground.french import NBSP, counted, moment_text

if TYPE_CHECKING:
    from conseil_dla.panes.shelf import BegunDossier

ELSEWHERE = "ouvert ailleurs"
BROKEN = f"à corriger{NBSP}: ouvrez pour voir où"


def standing(saved: BegunDossier) -> str:
    """When it was changed last, how many answers, and what stands in the way of opening it."""
    if saved.is_broken:
        return BROKEN
    now = datetime.now().astimezone()
    told = f"{moment_text(saved.modified.astimezone(), now)} · {counted(saved.answered, 'réponse')}"
    return f"{told} · {ELSEWHERE}" if saved.is_open_elsewhere else told
