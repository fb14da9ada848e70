"""The line under a stage: what is said to the room, what text there is below, the time that is left."""

from __future__ import annotations

from rich.style import Style
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.renderables.digits import Digits
from textual.widget import Widget

from conseil_dla.ground.french import NBSP
from conseil_dla.toolkit.paragraphs import Block, Paragraphs, Tone
from conseil_dla.workshop.playing import Countdown

TALL = 40
"""Lines of a screen from which the time is told in large digits."""
DIGITS = 3
"""Lines of large digits."""


class Room(Horizontal):
    """In sight of everybody."""

    def compose(self) -> ComposeResult:
        """Nothing is said yet."""
        yield Paragraphs(id="room-line")
        more = Paragraphs(id="more")
        more.display = False
        yield more
        yield Clock(id="clock")

    @property
    def clock(self) -> Clock:
        """The time."""
        return self.query_one(Clock)

    def tell(self, text: str, tone: Tone = "plain") -> None:
        """Say something."""
        self.query_one("#room-line", Paragraphs).show(Block(text, tone))

    def tell_more(self, told: str) -> None:
        """Say that there is text out of sight, or nothing."""
        more = self.query_one("#more", Paragraphs)
        more.display = bool(told)
        more.show(Block(told, "accent"))


class Clock(Widget):
    """The time that is left for what the room is doing, in sight of everybody; it only tells, and stops nothing.

    « 03:40 »; past the end, « dépassé de 0:20 ». It can be held. ``Digits`` alone are always three lines high.
    """

    DEFAULT_CSS = "Clock { width: auto; height: auto; padding: 0 1; }"

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

    @property
    def is_large(self) -> bool:
        """In digits three lines high, where the screen is that of a hall."""
        return self.app.size.height >= TALL and not self.countdown.is_held

    @property
    def digits(self) -> str:
        """The time without words."""
        minutes, rest = divmod(abs(round(self.countdown.left)), 60)
        return (
            f"{'-' if self.countdown.left < 0 else ''}{minutes:02}:{rest:02}".rjust(6) if self.countdown.seconds else ""
        )

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Wide enough for the longest."""
        if self.is_large:
            return Digits.get_width("-00:00")
        return len("dépassé de 00:00 (arrêté)") if self.countdown.is_held else len("dépassé de 00:00")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, or those of large digits."""
        return DIGITS if self.is_large else 1

    def render(self) -> RenderResult:
        """At the right."""
        if self.is_large:
            return Digits(self.digits, self.rich_style + Style(bold=True))
        style = "bold $accent" if self.countdown.left < 0 else "bold $foreground"
        return Content.styled(self.text.rjust(self.content_size.width, NBSP), style)
