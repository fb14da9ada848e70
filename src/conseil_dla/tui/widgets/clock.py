"""The time that is left for what the room is doing, in sight of everybody; it only tells, and stops nothing."""

from __future__ import annotations

from time import monotonic

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.reporting.french import NBSP


class Clock(Widget):
    """« 03:40 »; past the end, « dépassé de 0:20 ». It can be held."""

    DEFAULT_CSS = "Clock { width: auto; height: 1; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = 0.0
        """Seconds left when it was last started or held."""
        self._since: float | None = None
        """When it was started; None while it is held."""

    def on_mount(self) -> None:
        """Once a second is enough to be read."""
        self.set_interval(1, self.refresh)

    def start(self, seconds: float) -> None:
        """Count down from here; no seconds at all shows nothing."""
        self._left, self._since = seconds, monotonic() if seconds else None
        self.refresh(layout=True)

    @property
    def is_held(self) -> bool:
        """True while the time stands still."""
        return self._since is None

    @property
    def left(self) -> float:
        """Seconds left; less than zero once the time is over."""
        return self._left - (monotonic() - self._since if self._since is not None else 0)

    def hold(self) -> None:
        """Stop, or go on."""
        self._left, self._since = self.left, None if self._since is not None else monotonic()
        self.refresh(layout=True)

    @property
    def text(self) -> str:
        """The time in words short enough for a corner."""
        seconds = round(self.left)
        if not seconds and self.is_held:
            return ""
        minutes, rest = divmod(abs(seconds), 60)
        told = f"dépassé de {minutes}:{rest:02}" if seconds < 0 else f"{minutes:02}:{rest:02}"
        return f"{told} (arrêté)" if self.is_held else told

    def get_content_width(self, container: object, viewport: object) -> int:
        """Wide enough for the longest."""
        return len("dépassé de 00:00 (arrêté)") if self.is_held else len("dépassé de 00:00")

    def render(self) -> VisualType:
        """At the right."""
        style = "bold $accent" if self.left < 0 else "bold $foreground"
        return Content.styled(self.text.rjust(self.content_size.width, NBSP), style)
