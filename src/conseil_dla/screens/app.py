"""The application: opens the rules after the first paint, then goes from screen to screen.

Only home is imported with it; the other screens are, with ``opening``, in a worker once home is painted.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual._styles_cache import StylesCache
from textual.app import SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.constants import DRIVER
from textual.driver import Driver
from textual.screen import Screen

from conseil_dla.ground.files import PLACE_VARIABLE
from conseil_dla.ground.french import spaced
from conseil_dla.panes.comfort import DraftingApp
from conseil_dla.screens.home import HomeScreen
from conseil_dla.screens.terminal_driver import TerminalDriver
from conseil_dla.toolkit.keys import key, key_name

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader
    from conseil_dla.screens.coming_back import Rereading
    from conseil_dla.screens.dossier_opening import Opening
    from conseil_dla.screens.new_dossier import NewDossierPage
    from conseil_dla.screens.reading import ReadingScreen
    from conseil_dla.workshop.screens.scenarios import ScenariosScreen
    from conseil_dla.workshop.screens.stage import Turn
    from conseil_dla.workshop.screens.stages import Workshops

SELDOM = 10_000
"""Objects made between two searches for garbage: at Python's 700, a quarter of a reading is spent in forty of them."""
OFTENER = 4
"""Such searches between two among older objects: at Python's 10, one of those stopped the screen for 30 to 50 ms."""
STUCK = 2
"""The exit code when what was answered last may not be on disk."""
LAST_WAIT = 5.0
"""Seconds that each of the last writings may take once one leaves."""
BESIDE = 110
"""Columns from which the reading stands beside the question."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the screens open on, home being behind."""

    dossier: Path | None = None
    is_workshop: bool = False
    """Open on the workshop; ``dossier`` is then a scenario, or a folder of scenarios."""


HOME = Start()
"""Home alone."""


def run(opener: Callable[[], Reader], start: Start, stamp: Callable[[], Hashable] | None = None) -> int:
    """Run the screens until the user leaves; gives the exit code.

    ``stamp`` tells when the rules were last written, for rules that somebody edits meanwhile.
    """
    app = ConseilApp(opener, start, stamp)
    app.when_stuck = partial(os._exit, STUCK)
    return app.run() or app.return_code or 0


class ConseilApp(DraftingApp):
    """Screens over one reader."""

    TITLE = "Conseil DLA"
    CSS_PATH = "conseil.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f1", "help_page", "aide", "L’aide sur ce que vous regardez, puis les touches."),
        key("ctrl+p", "all_actions", "toutes les actions", "Chercher parmi tout ce que l’on peut faire ici."),
        key("f5", "reread", "relire les règles", "Relire les règles, si elles viennent d’être modifiées.", show=False),
        key("ctrl+q", "quit", "quitter", "Quitter le programme.", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        opener: Callable[[], Reader],
        start: Start = HOME,
        stamp: Callable[[], Hashable] | None = None,
    ) -> None:
        super().__init__()
        self._stamp = stamp
        self._start = start
        self._opener = opener
        self._is_on_its_way = start != HOME or bool(os.environ.get(PLACE_VARIABLE))
        """What the program was asked to open is not yet sought."""
        self.when_stuck: Callable[[], None] | None = None
        """Ends the program when a disk that does not answer holds its threads, which Python would wait for."""

    def get_default_screen(self) -> Screen[None]:
        """Home is the first thing painted."""
        return HomeScreen(self._is_on_its_way)

    def on_mount(self) -> None:
        """Paint first, open after; a terminal that closes, or a machine that stops, is a way to leave like another."""
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # Windows; another thread
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)
        self.call_after_refresh(self.run_worker, self._prepare, thread=True)

    async def on_unmount(self) -> None:
        """However one leaves, the dossier is let go; the disk is waited for elsewhere than here, and not for ever."""
        if self.when_stuck is not None:
            end = Timer(2 * LAST_WAIT + 1, self.when_stuck)
            end.daemon = True
            end.start()
        closing = self._opening.close if "_opening" in self.__dict__ else None
        for last in (closing, self.close_drafts, self.write_settings):
            if last is not None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.to_thread(last), LAST_WAIT)

    @cached_property
    def _opening(self) -> Opening:
        """Imported by then, except for who is quicker than the worker."""
        from conseil_dla.screens.dossier_opening import Opening  # noqa: PLC0415 - after the first paint

        return Opening(self, self._opener)

    @cached_property
    def _workshops(self) -> Workshops:
        from conseil_dla.workshop.screens.stages import Workshops  # noqa: PLC0415 - after the first paint

        return Workshops(self, self._opening.once_open)

    @cached_property
    def _rereading(self) -> Rereading:
        from conseil_dla.screens.coming_back import Rereading  # noqa: PLC0415 - after the first paint

        return Rereading(self, self._opening, self._opener, self._stamp)

    def _prepare(self) -> None:
        gc.set_threshold(SELDOM, OFTENER)
        gc.enable()
        import conseil_dla.screens.coming_back  # noqa: PLC0415
        import conseil_dla.screens.dossier_opening  # noqa: PLC0415 - after the first paint

        if DRIVER:
            import conseil_dla.screens.coming_back  # noqa: F401, PLC0415

        if self.is_running:
            self.call_from_thread(self._begin)

    def _begin(self) -> None:
        if self._start.is_workshop:
            self._open_workshop(self._start.dossier)
        elif self._start.dossier is not None:
            self._opening.resume(self._start.dossier, is_asked=True)
        elif place := os.environ.get(PLACE_VARIABLE, ""):
            from conseil_dla.screens.coming_back import back_to  # noqa: PLC0415 - after the first paint

            back_to(place, self, self._opening, self._workshops)
        os.environ.pop(PLACE_VARIABLE, None)  # until then the driver tells nothing else
        self._is_on_its_way = False
        if not self.is_turning and isinstance(self.screen, HomeScreen):
            self.screen.show_all()  # a place that is none
        self._opening.begin()
        self._rereading.begin()
        self.run_worker(partial(self.tell_left, ""), thread=True, group="drafts")

    # --- from screen to screen ---

    @property
    def is_turning(self) -> bool:
        """True while a dossier that was asked for is being made or opened."""
        return self._is_on_its_way or ("_opening" in self.__dict__ and self._opening.is_wanted)

    @on(HomeScreen.Wants)
    def _wants(self, event: HomeScreen.Wants) -> None:
        from conseil_dla.screens.new_dossier import NewDossierPage  # noqa: PLC0415 - after the first paint

        if event.path is None:
            self.push_screen(NewDossierPage())
        else:
            self._opening.resume(event.path, is_case=event.is_case)

    @on(HomeScreen.WantsList)
    def _list(self) -> None:
        self._opening.choose()

    @on(HomeScreen.WantsTerritory)
    def _territory(self) -> None:
        self._opening.territory()

    @on(HomeScreen.WantsWorkshop)
    def _open_workshop(self, named: Path | HomeScreen.WantsWorkshop | None = None) -> None:
        path = named if isinstance(named, Path) else None
        is_folder = path is not None and path.is_dir()
        self._workshops.open(path if is_folder else None, None if is_folder else path)

    def on_scenarios_screen_wants(self, event: ScenariosScreen.Wants) -> None:
        """A scenario is to be played."""
        self._workshops.play(event.scenario)

    def on_scenarios_screen_wants_again(self, event: ScenariosScreen.WantsAgain) -> None:
        """Go on with a workshop that was kept."""
        self._workshops.resume(event.kept, event.stage)

    def on_scenarios_screen_wants_papers(self, event: ScenariosScreen.WantsPapers) -> None:
        """What is printed before a workshop."""
        self._workshops.print(event.screen, event.suffix)

    def on_turn(self, event: Turn) -> None:
        """Another stage of the workshop."""
        self._workshops.turn(event)

    def on_new_dossier_page_begin(self, event: NewDossierPage.Begin) -> None:
        """A new dossier is described."""
        self._opening.create(event.page, event.wanted)

    def on_reading_screen_copy(self, event: ReadingScreen.Copy) -> None:
        """A case is wanted as a dossier."""
        self.pop_screen()
        self._opening.copy(event.case)

    def pop_screen(self) -> AwaitComplete:
        """Textual 8.2 keeps in a cache of colours every widget it painted, all its lines included, and the search for
        garbage walks them: at the end of an interview it stopped the screen for 70 ms. They go with their screen.
        """
        StylesCache.get_inner_outer.cache_clear()
        return super().pop_screen()

    # --- everywhere ---

    def action_help_page(self) -> None:
        """What has the focus, and the keys of this screen."""
        from conseil_dla.screens.help import help_page  # noqa: PLC0415 - after the first paint

        self.push_screen(help_page(self.screen))

    def action_reread(self) -> None:
        """Rules edited meanwhile."""
        self._rereading.ask()

    def action_all_actions(self) -> None:
        """Everything that can be done here."""
        from conseil_dla.screens.help import open_palette  # noqa: PLC0415 - after the first paint

        open_palette(self)

    async def action_quit(self) -> None:
        """Leave; ask first when something typed is kept nowhere, or when the disk refused the last answers."""
        from conseil_dla.comparison.screens.alone import HeldScreen  # noqa: PLC0415 - after the first paint
        from conseil_dla.panes.notice import LEAVE, give_up_writing  # noqa: PLC0415
        from conseil_dla.panes.writing_page import WritingPage  # noqa: PLC0415
        from conseil_dla.toolkit.sheets import Page  # noqa: PLC0415

        if isinstance(self.screen, HeldScreen):
            return  # whoever stands there does not hold the dossier
        if isinstance(self.screen, Page) and any(id == LEAVE for id, _ in self.screen.buttons):
            return
        if any(isinstance(screen, WritingPage) and screen.has_typed for screen in self.screen_stack):
            self.push_screen(give_up_writing(), self._given_up)
        else:
            self._quit_saved()

    def _given_up(self, chosen: str | None) -> None:
        from conseil_dla.panes.notice import LEAVE  # noqa: PLC0415 - after the first paint

        if chosen == LEAVE:
            self.drafts.give_up()
            self._quit_saved()

    def _quit_saved(self) -> None:
        from conseil_dla.panes.in_hand import hand_of  # noqa: PLC0415
        from conseil_dla.panes.notice import quit_unsaved  # noqa: PLC0415 - after the first paint

        if (hand := hand_of(self.screen_stack)) is not None:
            hand.leave(self.exit, quit_unsaved)
        else:
            self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies; who wanted to leave is told how."""
        self.notify(spaced(f"Pour quitter : {key_name('ctrl+q')}."), markup=False)

    # --- Textual's own words ---

    def get_driver_class(self) -> type[Driver]:
        """Ours in a terminal; in a browser, the one that ``servir`` names."""
        return super().get_driver_class() if DRIVER else TerminalDriver

    def get_key_display(self, binding: Binding) -> str:
        """Keys by their French names."""
        return key_name(binding.key)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's own: the palette is ours."""
        return ()
