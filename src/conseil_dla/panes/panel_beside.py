"""A screen whose panel stands beside the page where there is room, and takes its place on a key where there is not."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import on
from textual.events import Resize
from textual.screen import Screen

from conseil_dla.panes.compass import Compass
from conseil_dla.panes.why import posture_page
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Dossier
from conseil_dla.toolkit.sheets import InTurns

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader
    from conseil_dla.reading.whole import Whole

Given = TypeVar("Given")


class GlancingScreen(InTurns, Screen[Given], Generic[Given]):
    """Narrow: one or the other. Wide: both."""

    reader: Reader
    whole: Whole | None = None
    """What is known of the dossier by now, its reading first."""

    @property
    @abstractmethod
    def dossier(self) -> Dossier:
        """As it stands."""

    @property
    def reading(self) -> Reading | None:
        """None until it is ready."""
        return self.whole.reading if self.whole else None

    @property
    def is_narrow(self) -> bool:
        """True where page and panel do not fit side by side."""
        return self.has_class("-narrow")

    @property
    def is_at_glance(self) -> bool:
        """True while the panel hides the page."""
        return self.is_narrow and self.has_class("-glance")

    @abstractmethod
    def focus_panel(self) -> None:
        """Give the keys to the panel."""

    @abstractmethod
    def focus_page(self) -> None:
        """Give the keys to the page."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """To the panel beside where it is beside, and to the one instead of the page where it is not."""
        return self.is_narrow == (action == "glance") if action in ("glance", "focus_panel") else True

    def action_focus_panel(self) -> None:
        """To the panel beside."""
        self.focus_panel()

    def action_focus_page(self) -> None:
        """From the panel back to the page."""
        if self.is_at_glance:
            self.action_glance()
        else:
            self.focus_page()

    def action_glance(self) -> None:
        """Where there is no room, the panel instead of the page, and back."""
        self.toggle_class("-glance")
        if self.is_at_glance:
            self.focus_panel()
        else:
            self.focus_page()
        self.refresh_bindings()

    @on(Compass.Opened)
    def _posture_opened(self, event: Compass.Opened) -> None:
        event.stop()
        self.app.push_screen(posture_page(self.reader, self.reading, event.posture))

    def on_resize(self, event: Resize) -> None:
        """The keys change with the width; so does what is hidden."""
        self.call_after_refresh(self._fitted)

    def _fitted(self) -> None:
        if self.has_class("-glance") and not self.is_narrow:
            self.action_glance()
        self.refresh_bindings()
