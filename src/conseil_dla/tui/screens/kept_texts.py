"""What one writes of a dossier beside its answers, and no rule reads: its title, the two texts, « Mon avis »."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from conseil_dla.model import Opinion
from conseil_dla.tui.keys import key
from conseil_dla.tui.screens.new_dossier import Wanted
from conseil_dla.tui.screens.opinion import OpinionPage
from conseil_dla.tui.screens.project_texts import ProjectTextsPage
from conseil_dla.tui.screens.saving import SavingScreen
from conseil_dla.tui.widgets.bars import TitleBar

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader


class KeptTextsScreen(SavingScreen):
    """Opens the pages where these are written, and keeps what they give back."""

    reader: Reader
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f5", "opinion", "mon avis", "Écrire l’avis que vous retenez.", show=False),
        key("ctrl+t", "texts", "titre et demande", "Changer le titre, et les deux textes de la demande.", show=False),
    ]

    def action_opinion(self) -> None:
        """What one keeps oneself, whatever the reading says."""
        self.app.push_screen(OpinionPage(self.reader.base, self.dossier.opinion), self._keep_opinion)

    def _keep_opinion(self, opinion: Opinion | None) -> None:
        if opinion is not None:
            self.keep(replace(self.dossier, opinion=opinion))

    def action_texts(self) -> None:
        """The title and the two texts that every paper opens with."""
        dossier = self.dossier
        self.app.push_screen(ProjectTextsPage(Wanted(dossier.title, dossier.demand, dossier.heard)), self._keep_texts)

    def _keep_texts(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self.keep(replace(self.dossier, title=wanted.title, demand=wanted.demand, heard=wanted.heard))
            self.query_one(TitleBar).rename(wanted.title)
