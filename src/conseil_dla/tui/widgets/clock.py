"""The time that is left for what the room is doing, in sight of everybody; it only tells, and stops nothing."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.reporting.french import NBSP
from conseil_dla.tui.countdown import Countdown


class Clock(Widget):
    """« 03:40 »; past the end, « dépassé de 0:20 ». It can be held."""

    DEFAULT_CSS = "Clock { width: auto; height: 1; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.countdown = Countdown(0)

    def on_mount(self) -> None:
        """Once a second is enough to be read."""
        self.set_interval(1, self.refresh)

    def show(self, countdown: Countdown) -> None:
        """Tell another time."""
        self.countdown = countdown
        self.refresh(layout=True)

    def hold(self) -> None:
        """Stop, or go on."""
        self.countdown.hold()
        self.refresh(layout=True)

    @property
    def text(self) -> str:
        """The time in words short enough for a corner; empty where no time is counted."""
        if not self.countdown.seconds:
            return ""
        seconds = round(self.countdown.left)
        minutes, rest = divmod(abs(seconds), 60)
        told = f"dépassé de {minutes}:{rest:02}" if seconds < 0 else f"{minutes:02}:{rest:02}"
        return f"{told} (arrêté)" if self.countdown.is_held else told

    def get_content_width(self, container: object, viewport: object) -> int:
        """Wide enough for the longest."""
        return len("dépassé de 00:00 (arrêté)") if self.countdown.is_held else len("dépassé de 00:00")

    def render(self) -> VisualType:
        """At the right."""
        style = "bold $accent" if self.countdown.left < 0 else "bold $foreground"
        return Content.styled(self.text.rjust(self.content_size.width, NBSP), style)
