"""From an open dossier to those who answer it alone."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from conseil_dla.comparison.screens.respondents import RespondentsScreen
from conseil_dla.screens.questionnaire_table import TabledScreen
from conseil_dla.toolkit.keys import key


class CrossingScreen(TabledScreen):
    """Opens their list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "ctrl+x",
            "cross",
            "croiser les regards",
            "Croiser les regards : faire répondre plusieurs personnes, chacune seule.".replace(" :", "\u00a0:"),
            show=False,
            priority=True,  # the field of a number would cut its text
        ),
    ]

    def action_cross(self) -> None:
        """Who answers alone."""
        self.app.push_screen(RespondentsScreen(self.reader, lambda: self.dossier, self.keep))
