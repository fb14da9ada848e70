"""The compass as shapes on a sheet, for every kind of picture: readable in black and white."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from conseil_dla.papers.blocks import CompassPicture, Stretch

SIDE, LEFT, TOP = 240.0, 70.0, 34.0
WIDTH, HEIGHT = SIDE + 2 * LEFT, SIDE + 2 * TOP + 10
"""The sheet; distances are counted from its top left corner."""
THINNEST = 5.0
"""What is left of a side that has shrunk to a line."""
LINE_LENGTH = 12
"""Characters of a label at the side before it goes on below."""
LINE_HEIGHT = 12.0
MARGIN = 9.0
"""From the frame to a name along it."""
INK, PAPER, SHADE, HATCH = "#1a1a1a", "#ffffff", "#eeeeee", "#555555"
HATCH_EVERY = 6.0
"""From one hatch to the next, square to them."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, hatched or empty."""

    x: float
    y: float
    wide: float
    tall: float
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Dashes:
    """A dashed line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle: full of ink, or white with an edge."""

    x: float
    y: float
    radius: float
    full: bool


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a line; ``x`` is their start, middle or end, ``y`` their baseline. In bold, a white edge around them."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"
    size: float = 10.0
    bold: bool = False


Shape = Box | Dashes | Disc | Label


def shapes(picture: CompassPicture) -> tuple[Shape, ...]:
    """Everything there is to draw, the lowest first."""
    left, right = _span(picture.across)
    low, high = _span(picture.up)
    x, y = LEFT + left * SIDE, TOP + (1 - high) * SIDE
    wide, tall = (right - left) * SIDE, (high - low) * SIDE
    is_point = max(wide, tall) == 0 and not picture.blank
    return (
        *(() if is_point or picture.blank else (_reach(x, y, wide, tall),)),
        Box(LEFT, TOP, SIDE, SIDE),
        Dashes(LEFT, TOP + SIDE / 2, LEFT + SIDE, TOP + SIDE / 2),
        Dashes(LEFT + SIDE / 2, TOP, LEFT + SIDE / 2, TOP + SIDE),
        *_corners(picture.corners, apart=picture.blank),
        *((Disc(x, y, 7, False), Disc(x, y, 3.5, True)) if is_point else ()),
        *_ends(picture),
    )


def _span(stretch: Stretch) -> tuple[float, float]:
    """The reachable stretch, in shares of a side."""
    return (stretch.low + 1) / 2, (stretch.high + 1) / 2


def _reach(x: float, y: float, wide: float, tall: float) -> Box:
    """What can still be reached; a line keeps some thickness."""
    if wide < THINNEST:
        x, wide = x - (THINNEST - wide) / 2, THINNEST
    if tall < THINNEST:
        y, tall = y - (THINNEST - tall) / 2, THINNEST
    return Box(x, y, wide, tall, hatched=True)


def _corners(names: tuple[str, str, str, str], *, apart: bool) -> tuple[Label, ...]:
    """Names in the middle of their quadrants; ``apart``, along the frame, so that the quadrants are left free."""
    low, high = (SIDE - MARGIN, MARGIN + 8) if apart else (SIDE * 3 / 4 + 4, SIDE / 4 + 4)
    places = ((1, low), (3, low), (1, high), (3, high))
    return tuple(
        Label(LEFT + across * SIDE / 4, TOP + down, name, size=12.5, bold=True)
        for name, (across, down) in zip(names, places, strict=True)
    )


def _ends(picture: CompassPicture) -> tuple[Label, ...]:
    """What each end of the axes means, around the frame."""
    middle, half = LEFT + SIDE / 2, TOP + SIDE / 2
    return (
        Label(middle, TOP - 10, picture.up.positive),
        Label(middle, TOP + SIDE + 20, picture.up.negative),
        *_beside(LEFT - 6, half, picture.across.negative, "end"),
        *_beside(LEFT + SIDE + 6, half, picture.across.positive, "start"),
    )


def _beside(x: float, y: float, text: str, anchor: Literal["start", "end"]) -> tuple[Label, ...]:
    """A label on short lines, one word or two each."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_LENGTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    top = y - (len(lines) - 1) * LINE_HEIGHT / 2
    return tuple(Label(x, top + number * LINE_HEIGHT, line, anchor) for number, line in enumerate(lines))
