"""What one keeps of a dossier beside its answers: its title and texts, « Mon avis », the territory profile."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.message import Message

from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import NBSP, counted
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.questionnaire import Profile
from conseil_dla.panes import shelf
from conseil_dla.panes.saving import SavingScreen
from conseil_dla.rules.model import Answers, Opinion
from conseil_dla.screens.new_dossier import Wanted
from conseil_dla.screens.opinion import OpinionPage
from conseil_dla.screens.project_texts import ProjectTextsPage
from conseil_dla.toolkit.keys import key
from conseil_dla.wording.disk_text import PROFILE_UNREADABLE

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader


CHANGED_ELSEWHERE = "il a été changé ailleurs depuis"


class KeptTextsScreen(SavingScreen):
    """Opens the pages where these are written, and keeps what they give back."""

    reader: Reader
    state: interview.Interview
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+k", "opinion", "mon avis", "Écrire l’avis que vous retenez.", show=False),
        key("ctrl+d", "texts", "titre et demande", "Changer le titre, et les deux textes de la demande.", show=False),
        key(
            "ctrl+r",
            "territory",
            "profil du territoire",
            "Garder les réponses sur le territoire, pour les prochains dossiers.",
            show=False,
        ),
    ]

    class Profiled(Message):
        """The territory profile was kept, with so many answers, over the one found there; or why it was not."""

        def __init__(self, number: int, failure: str = "", pair: tuple[Profile, Profile] | None = None) -> None:
            super().__init__()
            self.number = number
            self.failure = failure
            self.pair = pair

    @abstractmethod
    def keep_beside(self, **written: Any) -> None:
        """Change what the dossier keeps beside its answers, as a step that can be undone."""

    def action_territory(self) -> None:
        """Keep what is known of the territory for the dossiers to come."""
        self.run_worker(partial(self._keep_profile, dict(self.dossier.answers)), thread=True, group="saving")

    def _keep_profile(self, answers: Answers) -> None:
        try:
            number, found, kept = shelf.keep_profile(self.reader.base, answers)
            self.post_message(self.Profiled(number, pair=(found, kept)))
        except (OSError, ValueError) as error:
            self.post_message(self.Profiled(0, shelf.failure(error)))
        except Unusable:
            self.post_message(self.Profiled(0, PROFILE_UNREADABLE))

    def change_profile(self, found: Profile, wanted: Profile) -> None:
        """Write the profile of another step, unless it has become something else meanwhile."""
        self.run_worker(partial(self._change_profile, found, wanted), thread=True, group="saving")

    def _change_profile(self, found: Profile, wanted: Profile) -> None:
        try:
            failure = "" if shelf.change_profile(self.reader.base, found, wanted) else CHANGED_ELSEWHERE
        except OSError as error:
            failure = shelf.failure(error)
        except (Unusable, ValueError):
            failure = PROFILE_UNREADABLE
        if failure:
            self.post_message(self.Profiled(0, failure))

    def on_kept_texts_screen_profiled(self, event: Profiled) -> None:
        """Say what was kept."""
        if event.failure:
            self.notify(f"Profil non enregistré{NBSP}: {event.failure}.", severity="error", markup=False)
        elif event.number:
            if event.pair is not None:
                self.state = interview.keep_profile(self.state, *event.pair)
                self.refresh_bindings()
            kept = counted(event.number, "réponse gardée", "réponses gardées")
            self.notify(f"Profil du territoire{NBSP}: {kept}. Les prochains dossiers partiront de là.", markup=False)
        else:
            self.notify(f"Rien à garder{NBSP}: aucune réponse ne porte encore sur le territoire.", markup=False)

    def action_opinion(self) -> None:
        """What one keeps oneself, whatever the reading says."""
        self.app.push_screen(OpinionPage(self.reader.base, self.dossier.opinion), self._keep_opinion)

    def _keep_opinion(self, opinion: Opinion | None) -> None:
        if opinion is not None:
            self.keep_beside(opinion=opinion)

    def action_texts(self) -> None:
        """The title and the two texts that every paper opens with."""
        dossier = self.dossier
        self.app.push_screen(ProjectTextsPage(Wanted(dossier.title, dossier.demand, dossier.heard)), self._keep_texts)

    def _keep_texts(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self.keep_beside(title=wanted.title, demand=wanted.demand, heard=wanted.heard)
            self.show_titles()
