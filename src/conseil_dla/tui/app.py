"""The application: opens the rules after the first paint, then goes from screen to screen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from conseil_dla.reporting.french import spaced
from conseil_dla.tui.comfort import ComfortApp
from conseil_dla.tui.keys import key, key_name
from conseil_dla.tui.opening import Opening
from conseil_dla.tui.palette import open_palette
from conseil_dla.tui.screens.help import help_page
from conseil_dla.tui.screens.home import HomeScreen
from conseil_dla.tui.screens.new_dossier import NewDossierPage
from conseil_dla.tui.screens.notice import LEAVE, give_up_writing, quit_unsaved
from conseil_dla.tui.screens.page import Page
from conseil_dla.tui.screens.reading import ReadingScreen
from conseil_dla.tui.screens.saving import SavingScreen
from conseil_dla.tui.screens.writing import WritingPage

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

BESIDE = 110
"""Columns from which the reading stands beside the question."""


def run(opener: Callable[[], Reader], dossier: Path | None) -> int:
    """Run the screens until the user leaves; gives the exit code."""
    return ConseilApp(opener, dossier).run() or 0


class ConseilApp(ComfortApp):
    """Screens over one reader."""

    TITLE = "Conseil DLA"
    CSS_PATH = "conseil.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f1", "help_page", "aide", "L’aide sur ce que vous regardez, puis les touches."),
        key("ctrl+p", "all_actions", "toutes les actions", "Chercher parmi tout ce que l’on peut faire ici."),
        key("ctrl+q", "quit", "quitter", "Quitter le programme.", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(self, opener: Callable[[], Reader], dossier: Path | None = None) -> None:
        super().__init__()
        self._asked = dossier
        self._opening = Opening(self, opener)

    def get_default_screen(self) -> Screen[None]:
        """Home is the first thing painted."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Paint first, open after; a terminal that closes, or a machine that stops, is a way to leave like another."""
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # Windows; another thread
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)
        if self._asked is not None:
            self._opening.resume(self._asked, is_asked=True)
        self.call_after_refresh(self._opening.begin)

    async def on_unmount(self) -> None:
        """However one leaves, the dossier is let go; the disk is waited for elsewhere than here."""
        await asyncio.to_thread(self._opening.close)
        await asyncio.to_thread(self.write_settings)

    # --- from screen to screen ---

    @on(HomeScreen.Wants)
    def _wants(self, event: HomeScreen.Wants) -> None:
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

    @on(NewDossierPage.Begin)
    def _create(self, event: NewDossierPage.Begin) -> None:
        self._opening.create(event.page, event.wanted)

    @on(ReadingScreen.Copy)
    def _copy(self, event: ReadingScreen.Copy) -> None:
        self.pop_screen()
        self._opening.copy(event.case)

    # --- everywhere ---

    def action_help_page(self) -> None:
        """What has the focus, and the keys of this screen."""
        self.push_screen(help_page(self.screen))

    def action_all_actions(self) -> None:
        """Everything that can be done here."""
        open_palette(self)

    async def action_quit(self) -> None:
        """Leave; ask first when something typed is kept nowhere, or when the disk refused the last answers."""
        if isinstance(self.screen, Page) and any(id == LEAVE for id, _ in self.screen.buttons):
            return
        if any(isinstance(screen, WritingPage) and screen.has_typed for screen in self.screen_stack):
            self.push_screen(give_up_writing(), lambda chosen: self._quit_saved() if chosen == LEAVE else None)
        else:
            self._quit_saved()

    def _quit_saved(self) -> None:
        keeping = next((screen for screen in self.screen_stack if isinstance(screen, SavingScreen)), None)
        if keeping is not None:
            keeping.leave(self.exit, quit_unsaved)
        else:
            self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies; who wanted to leave is told how."""
        self.notify(spaced(f"Pour quitter : {key_name('ctrl+q')}."), markup=False)

    # --- Textual's own words ---

    def get_key_display(self, binding: Binding) -> str:
        """Keys by their French names."""
        return key_name(binding.key)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's own: the palette is ours."""
        return ()
