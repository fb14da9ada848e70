"""A page where one writes: leaving it asks first when something was typed."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Button

from conseil_dla.tui.behind import ModalScreen
from conseil_dla.tui.keys import key
from conseil_dla.tui.screens.notice import LEAVE, give_up_writing

Given = TypeVar("Given")


class WritingPage(ModalScreen[Given | None], Generic[Given]):
    """Gives back None when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f1", "app.help_page", "aide", "L’aide sur ce que vous regardez, puis les touches."),
    ]

    @property
    @abstractmethod
    def has_typed(self) -> bool:
        """True when leaving now would lose something."""

    def action_leave(self) -> None:
        """Give up, after a question when something was typed."""
        if self.has_typed:
            self.app.push_screen(give_up_writing(), self._given_up)
        else:
            self.dismiss(None)

    def _given_up(self, chosen: str | None) -> None:
        if chosen == LEAVE:
            self.dismiss(None)


class KeepingPage(WritingPage[Given]):
    """Two buttons: keep what is written, or leave what was there."""

    before: Given
    """What was there when the page opened."""

    @property
    @abstractmethod
    def given(self) -> Given:
        """What stands on the page."""

    @property
    def has_typed(self) -> bool:
        """True when it differs from what was there."""
        return self.given != self.before

    def action_keep(self) -> None:
        """Give it back."""
        self.dismiss(self.given)

    @on(Button.Pressed, "#keep")
    def _keep_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_keep()

    @on(Button.Pressed, "#leave")
    def _leave_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_leave()
