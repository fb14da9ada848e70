"""Where one was, opened again: under rules edited meanwhile, or in a tab whose page is loaded again.

The rules that were last read without mistake stay in use until better ones are there. What is being typed is never
taken away: new rules wait until one is back at the question. What a tab has open is told while it lives, as a text that
nobody but this module reads: the server keeps it, and gives it back to the next screens of the tab.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from conseil_dla.comparison.screens.alone import AloneScreen, HeldScreen
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.french import NBSP, counted
from conseil_dla.panes import shelf
from conseil_dla.panes.in_hand import Holding
from conseil_dla.panes.notice import go_home_unsaved, not_with_these_rules, rules_in_fault, tell_unread
from conseil_dla.rules.model import Dossier
from conseil_dla.screens.home import HomeScreen
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.screens.reading import ReadingScreen
from conseil_dla.toolkit.sheets import ModalScreen
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stages import STAGES

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Answers
    from conseil_dla.screens.dossier_opening import Made, Opening
    from conseil_dla.workshop.screens.stages import Workshops

Stamp = Callable[[], Hashable]
"""When the rules were last written; may be slow, and never raises."""
EVERY = 0.7
"""Seconds between two looks at the folder."""
SAME = f"Règles relues{NBSP}: elles n’ont pas changé."
TAKEN = f"Règles relues{NBSP}: c’est avec elles que l’on continue."
AFTER_WORKSHOP = f"Les règles ont changé{NBSP}: elles seront reprises quand l’atelier sera fini."
LATER = f"Les règles ont changé{NBSP}: elles seront reprises quand vous reviendrez à la question."


@dataclass(frozen=True, slots=True)
class Left:
    """Where one was in a dossier that is about to be opened again."""

    path: Path
    question: str | None
    is_reading: bool
    """The whole reading was on screen."""
    opened_with: Answers
    """What was known when the dossier was first opened: whether anything was answered since is judged by it."""


class Rereading:
    """Belongs to one application. ``stamp`` is None where the rules are nobody's to edit: only the key reads again."""

    def __init__(self, app: App[int], opening: Opening, opener: Callable[[], Reader], stamp: Stamp | None) -> None:
        self._app = app
        self._opening = opening
        self._opener = opener
        self._stamp = stamp
        self._seen: Hashable = None
        self._fresh: Reader | None = None
        """Rules that were read and wait for a moment to be taken."""
        self._is_reading = False
        self._is_in_fault = False
        """The folder could not be read when it was last looked at."""
        self._unread: tuple[Diagnostic, ...] | None = None
        """Files that are not read, as they were last told; None while the rules are those one began with."""

    def begin(self) -> None:
        """From now on, look at the folder."""
        if self._stamp is not None:
            self._app.set_interval(EVERY, self._look)

    def ask(self) -> None:
        """Read the rules again now, and say what was found."""
        self._start(is_asked=True)

    def _look(self) -> None:
        if self._fresh is not None:
            self._take()
        self._start(is_asked=False)

    def _start(self, *, is_asked: bool) -> None:
        if not self._is_reading and self._opening.reader is not None:
            self._is_reading = True
            self._app.run_worker(partial(self._read, is_asked), thread=True)

    # --- in a worker ---

    def _read(self, is_asked: bool) -> None:
        try:
            seen = self._stamp() if self._stamp is not None else None
            is_first = self._seen is None
            is_same, self._seen = seen == self._seen, seen
            if not is_asked and (is_same or is_first):
                self._tell(lambda: None)
                return
            reader = self._opener()
        except Unusable as error:
            self._tell(partial(self._refused, error.diagnostics, is_asked))
        else:
            self._tell(partial(self._changed, reader, is_asked))
            present = self._opening.reader
            before = present.unread if self._unread is None and present is not None else self._unread
            self._unread = reader.unread
            if is_asked or reader.unread != before:
                self._tell(partial(tell_unread, self._app, reader))

    def _tell(self, then: Callable[[], None]) -> None:
        def told() -> None:
            self._is_reading = False
            then()

        if self._app.is_running:
            self._app.call_from_thread(told)

    # --- on the screen's thread ---

    def _refused(self, diagnostics: tuple[Diagnostic, ...], is_asked: bool) -> None:
        """The last good rules stay; the mistakes are read on a page if one asked, else their number is told."""
        self._fresh = None
        self._is_in_fault = True
        if is_asked:
            reader = self._opening.reader
            self._app.push_screen(rules_in_fault(diagnostics, Path(reader.base.origin if reader else "")))
            return
        wrong = [one for one in diagnostics if one.is_error]
        where = f"{Path(wrong[0].place.file).name}, ligne {wrong[0].place.line}" if wrong else ""
        told = f"{counted(len(wrong), 'erreur')} dans les règles ({where})"
        kept = "les dernières règles sans erreur restent en usage. F5 pour tout lire."
        self._app.notify(f"{told}{NBSP}: {kept}", severity="error", timeout=12, markup=False)

    def _changed(self, reader: Reader, is_asked: bool) -> None:
        is_mended, self._is_in_fault = self._is_in_fault, False
        present = self._fresh or self._opening.reader
        if present is not None and _is_same(reader, present):
            if is_asked or is_mended:
                self._app.notify(SAME, markup=False)
            return
        self._fresh = reader
        if not self._take():
            is_playing = any(isinstance(screen, WorkshopScreen) for screen in self._app.screen_stack)
            self._app.notify(AFTER_WORKSHOP if is_playing else LATER, timeout=8, markup=False)

    def _take(self) -> bool:
        """Go on with the rules that wait, unless a page stands over the question."""
        fresh, stack = self._fresh, self._app.screen_stack
        if fresh is None:
            return True
        if any(isinstance(screen, ModalScreen) or not _can_go(screen) for screen in stack[1:]):
            return False
        self._fresh = None
        question = next((screen for screen in stack if isinstance(screen, QuestionScreen)), None)
        if question is not None:
            question.hand.saving.leave(partial(self._swap, fresh, question), go_home_unsaved)
        else:
            self._swap(fresh, None)
        return True

    def _swap(self, fresh: Reader, question: QuestionScreen | None) -> None:
        """Back to the same question, or the same experience, with the new rules."""
        former, top = self._opening.reader, self._app.screen
        read = top if isinstance(top, ReadingScreen) and question is None else None
        while not isinstance(self._app.screen, HomeScreen):
            self._app.pop_screen()
        self._opening.use(fresh)
        if question is not None and former is not None:
            where, current = Path(question.dossier.path), question.state.current
            left = Left(where, current, isinstance(top, ReadingScreen), question.driver.opened_with)
            self._take_again(former, left)
        elif read is not None and read.is_case:
            self._opening.resume(Path(read.dossier.path), is_case=True)
        elif read is not None:
            self._opening.read(Path(read.dossier.path))
        self._app.notify(TAKEN, markup=False)

    def _take_again(self, former: Reader, left: Left) -> None:
        """The dossier that was in hand, under the rules now in use; under the former ones where these do not read it.

        ``former`` are then in use again.
        """

        def make(reader: Reader) -> Made:
            return shelf.open_to_write(left.path, reader.base)

        def made(reader: Reader, dossier: Made) -> None:
            assert not isinstance(dossier, Dossier)
            page = QuestionScreen(reader, dossier)
            page.back_to, page.driver.opened_with = (left.question, left.is_reading), left.opened_with
            self._app.push_screen(page, lambda _: self._opening.in_thread(self._opening.leave))

        def refused(diagnostics: tuple[Diagnostic, ...], error: OSError | ValueError | None) -> None:
            page = not_with_these_rules(diagnostics, shelf.failure(error) if error else "")
            is_over = self._opening.reader is former
            self._opening.use(former)
            self._app.push_screen(page, None if is_over else lambda _: self._take_again(former, left))

        self._opening.make(make, made, refused)


def _is_same(one: Reader, other: Reader) -> bool:
    from conseil_dla.reading.version_items import is_same_folder  # noqa: PLC0415 - only where rules are edited

    return is_same_folder(one.base, other.base)


def _can_go(screen: Screen[object]) -> bool:
    return isinstance(screen, QuestionScreen | ReadingScreen)


# --- a tab whose page is loaded again ---------------------------------------------------------------------------------

HELD, DOSSIER, WORKSHOP, SCENARIO = "tenu", "dossier", "atelier", "scenario"


def place_of(stack: Sequence[Screen[Any]]) -> str:
    """What these screens have open; empty where there is nothing to come back to.

    Who answers alone, or has just, comes back to the screen that hides the dossier: a page is loaded again by anybody.
    """
    for screen in reversed(stack):
        if isinstance(screen, AloneScreen | HeldScreen):
            return _told(HELD, screen.path)
        if isinstance(screen, WorkshopScreen):
            stage = next((name for name, kind in STAGES.items() if kind is type(screen)), "")
            file = screen.playing.path
            return _told(WORKSHOP, str(file), stage) if file else _told(SCENARIO, screen.playing.scenario.path)
        if isinstance(screen, Holding):
            return _told(DOSSIER, screen.hand.dossier.path)
    return ""


def back_to(place: str, app: App[int], opening: Opening, workshops: Workshops) -> None:
    """Open it again, home being there; what cannot be is told as usual, and a text that is none is nothing."""
    with suppress(ValueError, RecursionError):
        match json.loads(place):
            case [str(kind), str(path), *stage] if kind == HELD:
                app.push_screen(HeldScreen(path), lambda _: opening.resume(Path(path)))
            case [str(kind), str(path), *stage] if kind == DOSSIER:
                opening.resume(Path(path))
            case [str(kind), str(path), *stage] if kind == SCENARIO:
                workshops.open(scenario=Path(path))
            case [str(kind), str(path), str(stage)] if kind == WORKSHOP:
                workshops.reopen(Path(path), stage)


def _told(*parts: str) -> str:
    return json.dumps(parts)
