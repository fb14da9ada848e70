"""From stage to stage of a workshop: which screen comes, and what is opened in workers before it can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import counted, sentence, spaced
from conseil_dla.panes.notice import could_not_open
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.disk_text import creation_failure
from conseil_dla.workshop import kept as workshops
from conseil_dla.workshop.machine import for_question
from conseil_dla.workshop.playing import Playing, resumed
from conseil_dla.workshop.screens.closing import ClosingScreen
from conseil_dla.workshop.screens.intuition import IntuitionScreen
from conseil_dla.workshop.screens.question import WorkshopQuestionScreen
from conseil_dla.workshop.screens.reading import WorkshopReadingScreen
from conseil_dla.workshop.screens.replay import ReplayScreen
from conseil_dla.workshop.screens.scenarios import ScenariosScreen, StoryScreen
from conseil_dla.workshop.screens.stage import WHAT_IF, Turn, WorkshopScreen

if TYPE_CHECKING:
    from conseil_dla.dossiers.workshops import Kept
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Dossier

SCENARIOS = "scenarios"
STAGES: dict[str, Callable[[Playing], WorkshopScreen]] = {
    "story": StoryScreen,
    "intuition": IntuitionScreen,
    "question": WorkshopQuestionScreen,
    "reading": WorkshopReadingScreen,
    "closing": ClosingScreen,
    "replay": ReplayScreen,
}
"""The stages by the names that ``Turn`` gives."""
WRITTEN = spaced("Ils sont dans le dossier des ateliers, à côté de vos dossiers, dans un dossier à eux :")


def papers_written(path: Path) -> Page:
    """Where they are."""
    number = len(list(path.iterdir()))
    after = (GAP, Block(f"{counted(number, 'papier')}. Le questionnaire s’imprime en recto verso.", "quiet"))
    return Page("Les papiers sont écrits", (Block(WRITTEN), GAP, Block(path.name, "strong"), *after))


def papers_refused(why: str) -> Page:
    """Why; nothing is left half written."""
    return Page("Les papiers n’ont pas pu être écrits", (Block(sentence(why)),))


UNREADABLE = spaced(
    "Son fichier ou ses réponses ne se lisent plus avec les règles en usage. Rien n’y a été modifié. Si les règles ont "
    "changé depuis, relancez le programme avec celles d’alors (--regles) ; sinon, commencez un autre atelier."
)


def stage_of(playing: Playing) -> str:
    """Where a workshop was left: at the question that hands are up for, if they are."""
    state = playing.state
    asked = next((id for id in playing.base.logic.questions if for_question(id) in state.counting), None)
    if asked is not None:
        playing.ask(asked)
    elif state.revealed:
        return "closing"
    return "question" if asked is not None or state.moves else "intuition"


class Workshops:
    """Belongs to one application; opens the list of scenarios, then one stage at a time over it."""

    def __init__(self, app: App[int], wait_for_rules: Callable[[Callable[[Reader], None]], None]) -> None:
        self._app = app
        self._wait_for_rules = wait_for_rules

    def open(self, brought: Path | None = None, scenario: Path | None = None) -> None:
        """Show what can be played: also the folder named, or at once the scenario named."""
        screen = ScenariosScreen(brought)
        self._app.push_screen(screen)
        self._wait_for_rules(lambda reader: self._in_thread(partial(self._list, screen, reader, scenario)))

    def play(self, scenario: Dossier) -> None:
        """Begin with a scenario."""
        self._wait_for_rules(lambda reader: self._show(Playing(reader, scenario), "story"))

    def resume(self, kept: Kept, stage: str) -> None:
        """Go on with a workshop, where it was left or at the stage named."""
        self._wait_for_rules(lambda reader: self._in_thread(lambda: self._resume(kept, reader, stage)))

    def reopen(self, path: Path, stage: str) -> None:
        """Go on with the workshop of that file; at a question, with the one that hands are up for."""
        self.open()
        at = stage if stage in STAGES and stage != "question" else ""
        self._wait_for_rules(lambda reader: self._in_thread(lambda: self._reopen(path, reader, at)))

    def print(self, screen: ScenariosScreen, suffix: str) -> None:
        """Write what is printed before a workshop, and say where it is."""
        self._wait_for_rules(lambda reader: self._in_thread(partial(self._print, screen, reader, suffix)))

    def turn(self, turn: Turn) -> None:
        """Another stage in place of the present one."""
        if turn.to == SCENARIOS:
            self._app.pop_screen()
            listed = self._app.screen
            if isinstance(listed, ScenariosScreen):
                self._wait_for_rules(lambda reader: self._in_thread(partial(self._list, listed, reader, None)))
        elif not isinstance(self._app.screen, WorkshopScreen):
            return
        elif turn.to == WHAT_IF:
            from conseil_dla.workshop.screens.what_if import offer_what_if  # noqa: PLC0415 - when it is wanted

            offer_what_if(self._app.screen)
        else:
            stage = STAGES[turn.to](turn.playing)
            stage.at_end = turn.at_end
            self._app.switch_screen(stage)

    def _show(self, playing: Playing, stage: str) -> None:
        self._app.push_screen(STAGES[stage](playing))

    # --- in workers ---

    def _in_thread(self, work: Callable[[], None]) -> None:
        self._app.run_worker(work, thread=True)

    def _on_screen(self, then: Callable[[], None]) -> None:
        if self._app.is_running:
            self._app.call_from_thread(then)

    def _list(self, screen: ScenariosScreen, reader: Reader, scenario: Path | None) -> None:
        groups, left_out = workshops.scenarios(reader.base, screen.brought)
        left = workshops.left(reader.base)
        self._on_screen(lambda: screen.list_scenarios(groups, left, left_out))
        if scenario is not None:
            self._play_named(scenario, reader)

    def _print(self, screen: ScenariosScreen, reader: Reader, suffix: str) -> None:
        from conseil_dla.dossiers.workshops import folder  # noqa: PLC0415 - only when papers are asked for
        from conseil_dla.papers.documents.document import NotMade  # noqa: PLC0415
        from conseil_dla.workshop.screens.paper_writing import write_papers  # noqa: PLC0415

        try:
            page = papers_written(write_papers(reader, suffix, date.today()))
        except OSError as error:
            page = papers_refused(creation_failure(folder(), error))
        except NotMade as error:
            page = papers_refused(error.told)
        self._on_screen(lambda: screen.say(""))
        self._on_screen(lambda: self._open_page(page))

    def _play_named(self, path: Path, reader: Reader) -> None:
        try:
            scenario = workshops.load(path, reader.base)
        except Unusable as error:
            page = could_not_open(error.diagnostics, "")
            self._on_screen(lambda: self._open_page(page))
        else:
            self._on_screen(lambda: self._show(Playing(reader, scenario), "story"))

    def _reopen(self, path: Path, reader: Reader, stage: str) -> None:
        try:
            kept = workshops.kept(path)
        except (OSError, ValueError, RecursionError):
            self._on_screen(lambda: self._open_page(Page("Cet atelier ne peut pas être repris", (Block(UNREADABLE),))))
        else:
            self._resume(kept, reader, stage)

    def _resume(self, kept: Kept, reader: Reader, stage: str) -> None:
        try:
            playing = resumed(kept, reader)
        except (Unusable, OSError, ValueError):
            page = Page("Cet atelier ne peut pas être repris", (Block(UNREADABLE),))
            self._on_screen(lambda: self._open_page(page))
        else:
            self._on_screen(lambda: self._show(playing, stage or stage_of(playing)))

    def _open_page(self, page: Page) -> None:
        self._app.push_screen(page)
