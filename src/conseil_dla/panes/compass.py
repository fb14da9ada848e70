"""The compass: two axes, four postures, where the answers so far can still lead, and where they could before the last.

This widget only chooses what is to be seen and paints the roles of ``compass_drawing``; nothing is said by colour
alone. The two axes and what they mean come from the knowledge files; the drawing is a reading of ours. Where there is
no room for it, format and place are said in half a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.events import Blur, Click, Focus
from textual.geometry import Size
from textual.message import Message
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.ground.french import NBSP, listed, lowered
from conseil_dla.ground.topic import Topic
from conseil_dla.reading.values import PostureReading, Reading
from conseil_dla.rules.model import Base, Kind
from conseil_dla.toolkit.compass_drawing import LEAST, Drawing, Name, Scene, Signs, drawn
from conseil_dla.toolkit.compass_raster import Reach, Role
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.typography import shortened
from conseil_dla.wording.changes import movement
from conseil_dla.wording.help_text import compass_topic

MOST_NAMED = 2
"""How many postures still open are named; beyond, they are counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A few words, and whether the last answer changed them."""

    text: str
    has_moved: bool = False


def brief(base: Base, reading: Reading) -> tuple[str, str]:
    """Where format and place stand, in words made to follow a colon."""
    return _format(base, reading), place_words(base, reading.posture)


def compared(now: tuple[str, ...], before: tuple[str, ...]) -> tuple[Part, ...]:
    """The words of now, those that differ from before being marked."""
    return tuple(Part(text, text != then) for text, then in zip(now, before, strict=True))


def _format(base: Base, reading: Reading) -> str:
    shown, possible = reading.format.shown, reading.format.possible
    if shown:
        return _named(base, "format", shown, "ou")
    if len(possible) == len(base.logic.formats):
        return "rien n’est tranché"
    return f"{len(possible)} formats ouverts"


def place_words(base: Base, posture: PostureReading) -> str:
    """« place : facilitateur », « place : à voir »."""
    return f"place{NBSP}: {_place(base, posture)}"


def _place(base: Base, posture: PostureReading) -> str:
    shown, possible = posture.shown, posture.possible
    if len(shown) > 1:
        return f"entre {_named(base, 'posture', shown, 'et')}"
    if shown:
        return _named(base, "posture", shown, "ou")
    if len(possible) <= MOST_NAMED:
        return _named(base, "posture", possible, "ou")
    return "à voir" if len(possible) == len(base.logic.postures) else f"{len(possible)} possibles"


def _named(base: Base, kind: Kind, ids: tuple[str, ...], last: str) -> str:
    return listed([lowered(base.title(kind, id)) for id in ids], last)


# --- the picture ------------------------------------------------------------------------------------------------------

STYLES: dict[Role, str] = {
    "blank": "$foreground",
    "frame": "$border",
    "end": "$quiet",
    "line": "$quiet",
    "region": "$primary",
    "gained": "$primary",
    "before": "$quiet",
    "stretch": "bold $accent",
    "point": "bold $accent",
    "name": "$foreground",
    "shown": "bold $foreground",
    "chosen": "$cursor-style $cursor-text on $cursor-ground",
    "caption": "$foreground",
    "cloud": "bold $foreground",
}
NO_HANDS: Mapping[str, int] = MappingProxyType({})
LEAST_HEIGHT = 15
SHARE = 45
"""Percents of the terminal's height that the compass takes among other things to read."""


class Compass(Widget, can_focus=True, inherit_bindings=False):
    """A picture from 30 cells by 11, one line of words under that; each quadrant opens."""

    FOCUS_ON_CLICK = False
    DEFAULT_CSS = "Compass { width: 1fr; height: auto; text-wrap: nowrap; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "go(0, 1)", "autre place"),
        key("down", "go(0, -1)", "autre place"),
        key("left", "go(-1, 0)", "autre place"),
        key("right", "go(1, 0)", "autre place"),
        key("enter", "open", "ouvrir", "Lire ce qu’est cette place, son risque, et comment y parer."),
        key("tab", "screen.focus_page", "retour", "Sortir de la boussole."),
        key("escape", "screen.focus_page", "retour"),
    ]

    class Opened(Message):
        """What a posture is, and why, is wanted."""

        def __init__(self, posture: str) -> None:
            super().__init__()
            self.posture = posture

    def __init__(self, base: Base, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._base = base
        self._posture: PostureReading | None = None
        self._before: PostureReading | None = None
        self._chosen: Signs | None = None
        self._cloud: Mapping[str, int] = {}

    def show(
        self, posture: PostureReading, before: PostureReading | None = None, cloud: Mapping[str, int] = NO_HANDS
    ) -> None:
        """Move to another position; ``before`` is the one that an answer has just moved, ``cloud`` a room's feeling."""
        if (posture, before, cloud) != (self._posture, self._before, self._cloud):
            self._posture, self._before, self._cloud = posture, before, cloud
            self.refresh()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as it may be."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Its share of the terminal; one line where there is no room for a picture."""
        if width < LEAST[0] or not self._has_two_axes:
            return 1
        return max(LEAST_HEIGHT, viewport.height * SHARE // 100)

    @property
    def _has_two_axes(self) -> bool:
        return len(self._base.logic.axes) == 2

    def help_topic(self) -> Topic:
        """What its lines are."""
        return compass_topic(self._base)

    @property
    def caption(self) -> tuple[str, ...]:
        """What happened, in words."""
        return movement(self._base, self._before, self._posture) if self._posture else ()

    @property
    def words(self) -> str:
        """All that stands where there is no room."""
        return f"Boussole, {place_words(self._base, self._posture)}" if self._posture else ""

    def drawing(self, width: int, height: int) -> Drawing | None:
        """The picture at a size; none when there is no room, or when there are not two axes."""
        if not self._has_two_axes:
            return None
        across, up = self._base.logic.axes
        ends = *self._ends(across), *self._ends(up)
        cloud = tuple((signs, self._cloud[id]) for signs, id in self._quadrants().items() if self._cloud.get(id))
        places = self._place(self._posture), self._place(self._before)
        scene = Scene(*places, self._names(), ends, self.caption, cloud)
        return drawn(scene, width, height)

    def is_whole(self, width: int, height: int) -> bool:
        """Would the picture hold every word at that size?"""
        picture = self.drawing(width, height)
        return picture is not None and "…" not in picture.text

    def render(self) -> VisualType:
        """The picture at the present size."""
        width, height = self.content_size
        picture = self.drawing(width, height)
        if picture is None:
            return Content(shortened(self.words, width))
        lines = (Content.assemble(*((text, STYLES[role]) for text, role in line)) for line in picture.lines)
        return Content("\n").join(lines)

    def _ends(self, axis: str) -> tuple[str, str]:
        texts = self._base.entry("axe", axis).texts
        return texts.get("negatif", ""), texts.get("positif", "")

    def _place(self, posture: PostureReading | None) -> Reach | None:
        if posture is None:
            return None
        across, up = (posture.position.get(axis, (-1.0, 1.0)) for axis in self._base.logic.axes)
        return Reach(across, up)

    def _quadrants(self) -> dict[Signs, str]:
        """Posture ids by the side of each axis."""
        across, up = self._base.logic.axes
        return {(p.signs[across], p.signs[up]): p.id for p in self._base.logic.postures.values()}

    def _names(self) -> tuple[Name, ...]:
        shown = self._posture.shown if self._posture else ()
        chosen = self._chosen if self.has_focus else None
        return tuple(
            Name(
                self._base.title("posture", id),
                signs,
                "chosen" if signs == chosen else "shown" if id in shown else "name",
            )
            for signs, id in self._quadrants().items()
        )

    # --- choosing and opening a quadrant ---

    def on_focus(self, event: Focus) -> None:
        """The quadrant chosen first is the one that the reading shows."""
        if self._chosen is None and self._has_two_axes:
            shown = self._posture.shown if self._posture else ()
            quadrants = self._quadrants()
            self._chosen = next((signs for signs, id in quadrants.items() if id in shown), next(iter(quadrants), None))
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """The brackets go."""
        self.refresh()

    def action_go(self, across: int, up: int) -> None:
        """To the quadrant on that side, if there is one."""
        if self._chosen is not None:
            signs = (across or self._chosen[0]), (up or self._chosen[1])
            if signs in self._quadrants():
                self._chosen = signs
                self.refresh()

    def action_open(self) -> None:
        """What the chosen quadrant means."""
        if self._chosen is not None:
            self.post_message(self.Opened(self._quadrants()[self._chosen]))

    def on_click(self, event: Click) -> None:
        """The quadrant under the mouse; the keys stay where they were."""
        offset = event.get_content_offset(self)
        picture = self.drawing(*self.content_size)
        if offset is None or picture is None:
            return
        posture = self._quadrants().get(picture.plot.signs_at(offset.x, offset.y) or (0, 0))
        if posture is not None:
            self.post_message(self.Opened(posture))
