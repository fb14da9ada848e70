"""What one keeps of a dossier beside its answers: its title and texts, « Mon avis », the territory profile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import NBSP, counted
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.questionnaire import Profile
from conseil_dla.panes import shelf
from conseil_dla.panes.saving import SavingScreen
from conseil_dla.rules.model import Answers, Base, Opinion
from conseil_dla.screens.new_dossier import Wanted
from conseil_dla.screens.opinion import OpinionPage
from conseil_dla.screens.project_texts import ProjectTextsPage
from conseil_dla.toolkit.keys import key
from conseil_dla.wording.disk_text import PROFILE_UNREADABLE

if TYPE_CHECKING:
    from conseil_dla.interview.driver import Driver

CHANGED_ELSEWHERE = "il a été changé ailleurs depuis"
TEXT_KEYS: tuple[Binding, ...] = (
    key("ctrl+k", "opinion", "mon avis", "Écrire l’avis que vous retenez.", show=False),
    key("ctrl+d", "texts", "titre et demande", "Changer le titre, et les deux textes de la demande.", show=False),
    key(
        "ctrl+r",
        "territory",
        "profil du territoire",
        "Garder les réponses sur le territoire, pour les prochains dossiers.",
        show=False,
    ),
)


class KeptTexts:
    """Opens the pages where these are written, over the screen that it belongs to, and keeps what they give back."""

    def __init__(self, screen: SavingScreen, base: Base, driver: Driver, written: Callable[[], None]) -> None:
        """``written`` is called once something beside the answers has changed, as a step that can be undone."""
        self._screen = screen
        self._base = base
        self._driver = driver
        self._written = written

    def write_opinion(self) -> None:
        """What one keeps oneself, whatever the reading says."""
        self._screen.app.push_screen(OpinionPage(self._base, self._screen.dossier.opinion), self._keep_opinion)

    def _keep_opinion(self, opinion: Opinion | None) -> None:
        if opinion is not None:
            self._keep_beside(opinion=opinion)

    def write_texts(self) -> None:
        """The title and the two texts that every paper opens with."""
        dossier = self._screen.dossier
        page = ProjectTextsPage(Wanted(dossier.title, dossier.demand, dossier.heard))
        self._screen.app.push_screen(page, self._keep_texts)

    def _keep_texts(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self._keep_beside(title=wanted.title, demand=wanted.demand, heard=wanted.heard)
            self._screen.show_titles()

    def _keep_beside(self, **written: Any) -> None:
        self._driver.state = interview.keep_beside(self._driver.state, **written)
        self._written()

    # --- the territory profile ---

    def keep_profile(self) -> None:
        """Keep what is known of the territory for the dossiers to come."""
        self._in_worker(partial(self._keep_profile, dict(self._screen.dossier.answers)))

    def _keep_profile(self, answers: Answers) -> None:
        try:
            number, found, kept = shelf.keep_profile(self._base, answers)
            self._tell(number, pair=(found, kept))
        except (OSError, ValueError) as error:
            self._tell(failure=shelf.failure(error))
        except Unusable:
            self._tell(failure=PROFILE_UNREADABLE)

    def change_profile(self, found: Profile, wanted: Profile) -> None:
        """Write the profile of another step, unless it has become something else meanwhile."""
        self._in_worker(partial(self._change_profile, found, wanted))

    def _change_profile(self, found: Profile, wanted: Profile) -> None:
        try:
            failure = "" if shelf.change_profile(self._base, found, wanted) else CHANGED_ELSEWHERE
        except OSError as error:
            failure = shelf.failure(error)
        except (Unusable, ValueError):
            failure = PROFILE_UNREADABLE
        if failure:
            self._tell(failure=failure)

    def _in_worker(self, work: Callable[[], None]) -> None:
        self._screen.run_worker(work, thread=True, group="saving")

    def _tell(self, number: int = 0, failure: str = "", pair: tuple[Profile, Profile] | None = None) -> None:
        self._screen.call_later(self._told, number, failure, pair)

    def _told(self, number: int, failure: str, pair: tuple[Profile, Profile] | None) -> None:
        """The profile was kept, with so many answers, over the one found there; or why it was not."""
        screen = self._screen
        if failure:
            screen.notify(f"Profil non enregistré{NBSP}: {failure}.", severity="error", markup=False)
        elif number:
            if pair is not None:
                self._driver.state = interview.keep_profile(self._driver.state, *pair)
                screen.refresh_bindings()
            kept = counted(number, "réponse gardée", "réponses gardées")
            screen.notify(f"Profil du territoire{NBSP}: {kept}. Les prochains dossiers partiront de là.", markup=False)
        else:
            screen.notify(f"Rien à garder{NBSP}: aucune réponse ne porte encore sur le territoire.", markup=False)
