"""What opens by a key on an open dossier: one value says the key and its words, what it opens, its help, who shows it.

All of them stand in the table of ``screens.dossier_pages``; keys, bars, help and palette are made from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from textual.binding import Binding
from textual.screen import Screen

from conseil_dla.ground.topic import Topic
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes.in_hand import InHand
from conseil_dla.panes.panel_beside import GlancingScreen
from conseil_dla.reading.values import Reading
from conseil_dla.toolkit.keys import key

Shown = Literal["bar", "listed", ""]
"""In the bar of keys; in the help and the palette alone; nowhere."""
PREFIX = "page "
"""Before the name of a page, where a question could stand; no id holds a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage:
    """Exactly one of ``writes`` and ``shows`` is given.

    What writes needs the dossier in hand: from the reading, one goes back to the questionnaire first, and what is only
    read there does not have it. What shows opens over either, and over a reading alone.
    """

    name: str
    """What tells it from the others; nobody sees it."""
    key: str
    label: str
    """What the bar of keys says, in two words or so."""
    sentence: str
    """What the help and the palette say."""
    writes: Callable[[InHand], object] | None = None
    shows: Callable[[GlancingScreen[Any]], object] | None = None
    on_question: Shown = "listed"
    on_reading: Shown = ""
    screen: type[Screen[Any]] | None = None
    """What it opens, where that is one screen."""
    topic: Topic | None = None
    """The help of that screen, where nothing on it that has the focus explains itself."""
    makes_sense: Callable[[Interview, Reading | None], bool] = lambda state, reading: True
    """Given where the questionnaire stands, and its reading once there is one."""
    before_fields: bool = False
    """The key is not left to the field that has the focus."""

    def bound(self, shown: Shown) -> Binding:
        """Its key, for a screen that shows it so."""
        action = f"open_page('{self.name}')"
        is_shown = shown == "bar"
        return key(self.key, action, self.label, self.sentence, show=is_shown, priority=self.before_fields)
