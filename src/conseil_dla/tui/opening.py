"""Opening, off the screen's thread: the rules, the list of dossiers, one dossier."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from conseil_dla.diagnostics import Diagnostic, Unusable
from conseil_dla.model import Dossier
from conseil_dla.tui import shelf
from conseil_dla.tui.screens.home import HomeScreen
from conseil_dla.tui.screens.notice import could_not_open, rules_unusable
from conseil_dla.tui.screens.question import QuestionScreen
from conseil_dla.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

UNUSABLE = 2
"""Exit code when the rules, or the dossier asked for, cannot be used."""


class Opening:
    """Opens the rules once; a wish made before they are open is granted as soon as they are."""

    def __init__(self, app: App[int], opener: Callable[[], Reader]) -> None:
        self._app = app
        self._opener = opener
        self._reader: Reader | None = None
        self._wish: Callable[[Reader], None] | None = None

    @property
    def _home(self) -> HomeScreen:
        home = self._app.screen_stack[0]
        assert isinstance(home, HomeScreen)
        return home

    def begin(self) -> None:
        """After the first paint."""
        self._in_thread(self._open_rules)
        self.list_saved()

    def list_saved(self) -> None:
        """Look for saved dossiers again."""
        self._in_thread(lambda: self._on_screen(self._home.list_saved, shelf.saved()))

    def resume(self, path: Path, *, is_case: bool = False, is_asked: bool = False) -> None:
        """Open a dossier, or read a case; one asked for on the command line that cannot be opened ends the program."""

        def make(reader: Reader) -> Dossier:
            return shelf.load(path, reader.base)

        self._make(make, is_case=is_case, is_asked=is_asked)

    def create(self, title: str, demand: str, heard: str) -> None:
        """Begin a dossier."""
        self._make(lambda reader: shelf.create(reader.base, title, demand, heard))

    def copy(self, case: Dossier) -> None:
        """Begin a dossier from a case."""
        self._make(lambda reader: shelf.copy(reader.base, case))

    # --- in workers ---

    def _in_thread(self, work: Callable[[], None]) -> None:
        self._app.run_worker(work, thread=True)

    def _on_screen(self, callback: Callable[..., None], *values: object) -> None:
        """Hand a result over; nobody waits for it once the program is closing."""
        if self._app.is_running:
            self._app.call_from_thread(callback, *values)

    def _open_rules(self) -> None:
        try:
            reader = self._opener()
        except Unusable as error:
            self._on_screen(self._unusable, error.diagnostics)
            return
        self._on_screen(self._opened, reader)
        self._on_screen(self._home.list_cases, shelf.cases(reader.base))

    def _make(self, make: Callable[[Reader], Dossier], *, is_case: bool = False, is_asked: bool = False) -> None:
        def work(reader: Reader) -> None:
            try:
                dossier = make(reader)
            except Unusable as error:
                self._on_screen(self._refused, error.diagnostics, "", is_asked)
            except (OSError, ValueError) as error:
                self._on_screen(self._refused, (), shelf.failure(error), is_asked)
            else:
                self._on_screen(self._enter, reader, dossier, is_case)

        self._once_open(lambda reader: self._in_thread(partial(work, reader)))

    # --- on the screen's thread ---

    def _once_open(self, wish: Callable[[Reader], None]) -> None:
        if self._reader is not None:
            wish(self._reader)
        else:
            self._wish = wish

    def _opened(self, reader: Reader) -> None:
        self._reader = reader
        self._home.say("")
        wish, self._wish = self._wish, None
        if wish is not None:
            wish(reader)

    def _unusable(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self._home.say("")
        self._app.push_screen(rules_unusable(diagnostics), lambda _: self._app.exit(UNUSABLE))

    def _refused(self, diagnostics: tuple[Diagnostic, ...], failure: str, is_asked: bool) -> None:
        after = (lambda _: self._app.exit(UNUSABLE)) if is_asked else None
        self._app.push_screen(could_not_open(diagnostics, failure), after)

    def _enter(self, reader: Reader, dossier: Dossier, is_case: bool) -> None:
        if is_case:
            self._app.push_screen(ReadingScreen(reader, None, dossier, is_case=True))
        else:
            self._app.push_screen(QuestionScreen(reader, dossier), lambda _: self.list_saved())
