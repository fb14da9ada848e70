"""Opening, off the screen's thread: the rules, the list of dossiers, one dossier."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.panes import shelf
from conseil_dla.panes.notice import (
    ANYWAY,
    READ,
    UNUSABLE,
    could_not_create,
    could_not_open,
    open_elsewhere,
    rules_unusable,
    tell_unread,
    tell_when_engine_stops,
)
from conseil_dla.rules.model import Base, Dossier
from conseil_dla.screens.dossier_list import Copies, DossiersPicker
from conseil_dla.screens.home import HomeScreen
from conseil_dla.screens.new_dossier import NewDossierPage, Wanted
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.screens.reading import ReadingScreen
from conseil_dla.screens.territory import TerritoryPage

if TYPE_CHECKING:
    from conseil_dla.dossiers.lock import Holder
    from conseil_dla.dossiers.writer import Writer
    from conseil_dla.reading.compose import Reader

    Made = Writer | Dossier  # to write in, or one that is only read

Failure = OSError | ValueError


class Opening:
    """Opens the rules once; a wish made before they are open is granted as soon as they are."""

    def __init__(self, app: App[int], opener: Callable[[], Reader]) -> None:
        self._app = app
        self._opener = opener
        self._reader: Reader | None = None
        self._wish: Callable[[Reader], None] | None = None
        self._asked_lists = 0
        self._shown_list = 0
        self._writer: Writer | None = None
        self._door = Lock()
        """One worker at a time takes a dossier or lets it go."""
        self._is_making = False

    @property
    def _home(self) -> HomeScreen:
        home = self._app.screen_stack[0]
        assert isinstance(home, HomeScreen)
        return home

    @property
    def reader(self) -> Reader | None:
        """The rules in use; None until they are open."""
        return self._reader

    @property
    def is_wanted(self) -> bool:
        """True while what was wished for is not there."""
        return self._is_making or self._wish is not None

    def use(self, reader: Reader) -> None:
        """Other rules from now on; what is open under the former ones is the caller's to close."""
        self._reader = reader
        tell_when_engine_stops(self._app, reader)
        self.list_saved()
        self.in_thread(lambda: self._on_screen(self._home.list_cases, *shelf.cases(reader.base)))

    def begin(self) -> None:
        """After the first paint."""
        self.in_thread(self._open_rules)
        self.list_saved()

    def list_saved(self) -> None:
        """Look again for what there is to resume."""
        self._asked_lists += 1
        base = self._reader.base if self._reader is not None else None
        self.in_thread(partial(self._list, self._asked_lists, base))

    def close(self) -> None:
        """Let the dossier in hand go; may be slow."""
        with self._door:
            self._let_go()

    def resume(self, path: Path, *, is_case: bool = False, is_asked: bool = False, anyway: bool = False) -> None:
        """Open a dossier, or read a case; one asked for on the command line that cannot be opened ends the program.

        What is shipped with the rules is read, by whatever door it comes.
        """

        def make(reader: Reader) -> Made:
            if is_case or shelf.is_shipped(path, reader.base):
                return shelf.load(path, reader.base)
            return shelf.open_to_write(path, reader.base, anyway=anyway)

        after = (lambda _: self._app.exit(UNUSABLE)) if is_asked else None
        self.make(make, self._enter, partial(self._refuse, after))

    def choose(self) -> None:
        """Show every dossier; the one chosen is resumed."""
        page = DossiersPicker()

        def chosen(path: str | None) -> None:
            if path is not None and path in page.copies:
                Copies(self._app, self, Path(path), page.copies[path]).ask()
            elif path is not None:
                self.resume(Path(path))

        self._app.push_screen(page, chosen)
        self.in_thread(partial(self._list_all, page))

    def read(self, path: Path) -> None:
        """Show the reading of a dossier open elsewhere; nothing is taken."""

        def made(reader: Reader, dossier: Made) -> None:
            assert isinstance(dossier, Dossier)
            page = ReadingScreen(reader, dossier, is_elsewhere=True)
            self._app.push_screen(page, lambda _: self.list_saved())

        self.make(lambda reader: shelf.load(path, reader.base), made, partial(self._refuse, None))

    def create(self, page: NewDossierPage, wanted: Wanted) -> None:
        """Begin a dossier; the page where it was described goes only once the dossier is on disk."""
        told: list[str] = []

        def make(reader: Reader) -> Made:
            new = shelf.create(reader.base, wanted.title, wanted.demand, wanted.heard)
            started, said = shelf.with_profile(reader.base, new)
            told.append(said)
            return shelf.open_to_write(Path(started.path), reader.base, anyway=True)

        def made(reader: Reader, new: Made) -> None:
            while self._app.screen is not page:
                self._app.pop_screen()
            page.dismiss(None)
            self._enter(reader, new)
            if any(told):
                self._app.notify(told[-1], timeout=8, markup=False)

        def refused(diagnostics: tuple[Diagnostic, ...], error: Failure | None) -> None:
            page.refuse(could_not_create(diagnostics, shelf.creation_failure(error) if error else ""))

        self.make(make, made, refused)

    def copy(self, case: Dossier) -> None:
        """Begin a dossier from a case."""

        def make(reader: Reader) -> Made:
            return shelf.open_to_write(Path(shelf.copy(reader.base, case).path), reader.base, anyway=True)

        def refused(diagnostics: tuple[Diagnostic, ...], error: Failure | None) -> None:
            failure = shelf.creation_failure(error) if error else ""
            self._app.push_screen(could_not_create(diagnostics, failure, is_copy=True))

        self.make(make, self._enter, refused)

    def territory(self) -> None:
        """Show the territory profile; one that cannot be read is told and left alone."""

        def show(page: Screen[Any]) -> None:
            self._app.push_screen(page)

        def work(reader: Reader) -> None:
            try:
                day, answers = shelf.profile(reader.base)
            except Unusable as error:
                self._on_screen(show, could_not_open(error.diagnostics, ""))
            except OSError as error:
                self._on_screen(show, could_not_open((), shelf.failure(error)))
            else:
                self._on_screen(show, TerritoryPage(reader.base, answers, day))

        self.once_open(lambda reader: self.in_thread(partial(work, reader)))

    # --- in workers ---

    def in_thread(self, work: Callable[[], None]) -> None:
        """Run in a worker."""
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
        gc.freeze()  # the rules stay: looking through them for garbage would stop the screen for 40 ms at a time
        self._on_screen(self._opened, reader)

    def _list(self, number: int, base: Base | None) -> None:
        self._on_screen(self._listed, number, shelf.latest(base))

    def _list_all(self, page: DossiersPicker) -> None:
        """Titles first; then, with the rules at hand, which ones cannot be opened."""
        base = self._reader.base if self._reader is not None else None
        for known in (None,) if base is None else (None, base):
            if page in self._app.screen_stack:
                self._on_screen(page.list_saved, shelf.saved(known), shelf.aside())

    def make(
        self,
        make: Callable[[Reader], Made],
        made: Callable[[Reader, Made], None],
        refused: Callable[[tuple[Diagnostic, ...], Failure | None], None],
    ) -> None:
        """Make a dossier, then ``made`` or ``refused`` on the screen's thread.

        ``make`` alone runs in a worker; while it runs, a second wish (a double click) is not heard.
        """

        def work(reader: Reader) -> None:
            from conseil_dla.dossiers.lock import OpenElsewhere  # noqa: PLC0415 - after the first paint

            try:
                new = self._taken(lambda: make(reader))
            except Unusable as error:
                self._on_screen(self._made, refused, error.diagnostics, None)
            except OpenElsewhere as error:
                title = shelf.title(error.path)
                self._on_screen(self._made, self._refuse_held, title, error.path, error.holder)
            except (OSError, ValueError) as error:
                self._on_screen(self._made, refused, (), error)
            else:
                self._on_screen(self._made, made, reader, new)

        def start(reader: Reader) -> None:
            if not self._is_making:
                self._is_making = True
                self.in_thread(partial(work, reader))

        self.once_open(start)

    def _taken(self, make: Callable[[], Made]) -> Made:
        """What is made, the dossier in hand before being let go first."""
        with self._door:
            self._let_go()
            new = make()
            self._writer = None if isinstance(new, Dossier) else new
            return new

    def _let_go(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def leave(self) -> None:
        """Let the dossier in hand go, in a worker, and list what there is."""
        self.close()
        self._on_screen(self.list_saved)

    # --- on the screen's thread ---

    def once_open(self, wish: Callable[[Reader], None]) -> None:
        """Grant a wish now, or as soon as the rules are open; the last wish counts."""
        if self._reader is not None:
            wish(self._reader)
        else:
            self._wish = wish

    def _opened(self, reader: Reader) -> None:
        self.use(reader)
        tell_unread(self._app, reader)
        self._home.say("")
        for screen in self._app.screen_stack:
            if isinstance(screen, DossiersPicker):
                self.in_thread(partial(self._list_all, screen))
        wish, self._wish = self._wish, None
        if wish is not None:
            wish(reader)

    def _unusable(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self._home.say("")
        self._app.push_screen(rules_unusable(diagnostics), lambda _: self._app.exit(UNUSABLE))

    def _listed(self, number: int, latest: shelf.Latest) -> None:
        """The newest list asked for wins, whichever comes last."""
        if number > self._shown_list:
            self._shown_list = number
            self._home.list_latest(latest)

    def _made(self, then: Callable[..., None], *values: object) -> None:
        self._is_making = False
        then(*values)

    def _enter(self, reader: Reader, new: Made) -> None:
        if isinstance(new, Dossier):
            self._app.push_screen(ReadingScreen(reader, new, is_case=True))
        else:
            self._app.push_screen(QuestionScreen(reader, new), lambda _: self.in_thread(self.leave))

    def _refuse(
        self, after: Callable[[object], None] | None, diagnostics: tuple[Diagnostic, ...], error: Failure | None
    ) -> None:
        self._app.push_screen(could_not_open(diagnostics, shelf.failure(error) if error else ""), after)

    def _refuse_held(self, title: str, path: Path, holder: Holder) -> None:
        """Another window writes there: say so; from there one may read, or open it all the same where that is sane."""

        def chosen(what: str | None) -> None:
            if what == READ:
                self.read(path)
            elif what == ANYWAY:
                self.resume(path, anyway=True)
            else:
                self.list_saved()

        self._app.push_screen(open_elsewhere(title, path, holder), chosen)
