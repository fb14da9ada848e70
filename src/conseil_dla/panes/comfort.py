"""What makes the screens bearable: colours and discretion, kept from one run to the next; drafts of what is typed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from rich.segment import Segments
from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor
from textual.reactive import var
from textual.worker import WorkerFailed

from conseil_dla.ground import settings
from conseil_dla.ground.characters import kept
from conseil_dla.ground.french import NBSP, taken_out_text
from conseil_dla.toolkit.keys import key, key_name
from conseil_dla.toolkit.themes import DARK, NO_COLOUR, THEMES, AttributesOnly, made_for
from conseil_dla.toolkit.typed import InOrder
from conseil_dla.wording.disk_text import draft_failure, failure, left_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.drafts import Drafts
    from conseil_dla.rules.model import Dossier

HIDE_TITLES = "ctrl+l"


@runtime_checkable
class Naming(Protocol):
    """A screen that shows a dossier's title or its free texts."""

    def show_titles(self) -> None:
        """Show them, or what stands for them, as it is wished now."""


class ComfortApp(InOrder):
    """Colours and discretion. Reads what was kept before the first paint; writes it in a worker."""

    hides_titles = var(False, init=False)
    """True while no title nor free text of one's own dossiers is to be seen."""
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            HIDE_TITLES,
            "hide_titles",
            "masquer les titres",
            "Masquer les titres et les textes de vos dossiers, ou les montrer.",
            show=False,
            priority=True,
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        for theme in made_for(self.console.color_system):
            self.register_theme(theme)
        self._settings = settings.remembered()
        self._to_keep: settings.Settings | None = None
        self._keeping = Lock()
        self._is_told = False
        self.set_reactive(ComfortApp.hides_titles, self._settings.hides_titles)
        self.set_reactive(ComfortApp.theme, self._first_theme())  # watched, it would have every style read twice
        self.stylesheet.set_variables(self.get_css_variables())

    def _first_theme(self) -> str:
        """``NO_COLOR`` (https://no-color.org) comes before what was chosen another day."""
        if os.environ.get("NO_COLOR"):
            return NO_COLOUR.name
        return self._settings.theme if self._settings.theme in THEMES else DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Ours for « sans couleur »; Textual's greys for ``NO_COLOR`` would still be colours.

        Nor does it look for the terminal's own colours in each piece of text: no theme of ours holds any, and that is
        a tenth of a painting.
        """
        if self.theme == NO_COLOUR.name:
            return (ATTRIBUTES_ONLY,)
        return [filter for filter in super().get_line_filters() if not isinstance(filter, NEEDLESS)]

    async def on_event(self, event: events.Event) -> None:
        """What is pasted loses what could not be kept, whatever the field; keys bring nothing of the kind."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event.text, out = kept(event.text)
            if out:
                self.notify(taken_out_text(out), timeout=8, markup=False)
        await super().on_event(event)

    def _fatal_error(self) -> None:
        """A fault of the program closes the screens: Textual would print every value around it, a dossier's texts too.

        The name is Textual 8's.
        """
        from conseil_dla.wording.crash_text import crash_text  # noqa: PLC0415 - seldom needed

        self.bell()
        error = self._exception or sys.exc_info()[1]
        if isinstance(error, WorkerFailed):
            error = error.error
        told = Text(crash_text(error) if error is not None else "")
        self._exit_renderables.append(Segments(self.console.render(told, self.console.options)))
        self._close_messages_no_wait()

    # --- choices ---

    def choose_theme(self, name: str) -> None:
        """Paint with another theme, and keep that."""
        self.theme = name
        self._keep(replace(self._settings, theme=name))

    def action_hide_titles(self) -> None:
        """Hide titles and free texts on every screen, or show them again."""
        self.hides_titles = not self.hides_titles
        for screen in self.screen_stack:
            if isinstance(screen, Naming):
                screen.show_titles()
        if self.hides_titles:
            told = f"Titres et textes masqués. {key_name(HIDE_TITLES)} les montre."
        else:
            told = f"Titres et textes montrés. {key_name(HIDE_TITLES)} les masque."
        self.notify(told, timeout=4, markup=False)
        self._keep(replace(self._settings, hides_titles=self.hides_titles))

    # --- kept ---

    def _keep(self, wanted: settings.Settings) -> None:
        self._settings = self._to_keep = wanted
        self.run_worker(self.write_settings, thread=True, group="settings")

    def write_settings(self) -> None:
        """Keep the newest choices, if any waits; may be slow. What cannot be kept is said once."""
        with self._keeping:
            wanted, self._to_keep = self._to_keep, None
            if wanted is None:
                return
            try:
                settings.keep(wanted)
            except (OSError, RuntimeError) as error:  # the latter: no home folder to be found
                if not self._is_told and self.is_running:
                    self._is_told = True
                    self.call_later(partial(self._tell, error if isinstance(error, OSError) else OSError()))

    def _tell(self, error: OSError) -> None:
        told = f"Ce choix vaut pour cette fois, mais n’a pas pu être retenu{NBSP}: {failure(error)}."
        self.notify(told, severity="warning", timeout=8, markup=False)


ATTRIBUTES_ONLY = AttributesOnly()
NEEDLESS = (Monochrome, NoColor, ANSIToTruecolor)


def hides_titles(app: App[object]) -> bool:
    """True while titles and free texts are not to be seen."""
    return isinstance(app, ComfortApp) and app.hides_titles


def as_shown(app: App[object], dossier: Dossier) -> Dossier:
    """The dossier as it may be seen now."""
    from conseil_dla.wording.discretion import discreet  # noqa: PLC0415 - after the first paint

    return discreet(dossier) if hides_titles(app) else dossier


# --- drafts -----------------------------------------------------------------------------------------------------------

SOON = 0.3
"""Seconds between a key and its draft on disk: what a machine that stops may lose."""


class DraftingApp(ComfortApp):
    """Writes drafts in a worker, a little after each key; at the latest when the screens close."""

    def __init__(self) -> None:
        super().__init__()
        self._is_draft_awaited = False
        self._is_failure_told = False

    @cached_property
    def drafts(self) -> Drafts:
        """Those of this window."""
        from conseil_dla.dossiers.drafts import Drafts  # noqa: PLC0415 - after the first paint

        return Drafts()

    def write_drafts(self, wait: float = 0) -> None:
        """Soon; several keys in a row make one writing, and none waits for the last of them."""
        if not self._is_draft_awaited:
            self._is_draft_awaited = True
            self.set_timer(max(wait, 0.001), self._write_drafts)

    def _write_drafts(self) -> None:
        self._is_draft_awaited = False
        self.run_worker(self._write_and_tell, thread=True, group="drafts")

    def _write_and_tell(self) -> None:
        self.drafts.write()
        if self.drafts.failure is not None and not self._is_failure_told and self.is_running:
            self._is_failure_told = True
            told = draft_failure(self.drafts.failure)
            self.call_later(partial(self.notify, told, severity="warning", timeout=12, markup=False))

    def settle_drafts(self) -> None:
        """What was handed over is saved: its drafts go."""
        if "drafts" in self.__dict__:
            self.drafts.settle()
            self.write_drafts()

    def tell_left(self, dossier: str) -> None:
        """Say which texts of a dossier wait; with an empty path, of dossiers that were never made. In a worker."""
        from conseil_dla.dossiers.drafts import CHOICES  # noqa: PLC0415 - after the first paint

        now = datetime.now().astimezone()
        for draft in self.drafts.left(dossier):
            if draft.place.page == CHOICES:
                continue
            told = left_text(draft.name, draft.since, now)
            if self.is_running:
                self.call_later(partial(self.notify, told, timeout=12, markup=False))

    def close_drafts(self) -> None:
        """The screens close, however that comes; may be slow."""
        if "drafts" in self.__dict__:
            self.drafts.close()
