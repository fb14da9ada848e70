"""The compass for papers: what a reading can still reach, or nothing yet."""

from __future__ import annotations

from conseil_dla.papers.blocks import CompassPicture, Stretch
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base
from conseil_dla.wording.outline import posture_line

BLANK = "Une boussole vide : chacun·e y met une croix."
NOWHERE = (0.0, 0.0)


def compass(base: Base, reading: Reading) -> list[CompassPicture]:
    """The compass of a reading; nothing where there are not two axes."""
    position = reading.posture.position
    if len(base.logic.axes) != 2 or not position:
        return []
    across, up = (_stretch(base, axis, position[axis]) for axis in base.logic.axes)
    return [CompassPicture(across, up, _corners(base), posture_line(base, reading))]


def blank_compass(base: Base) -> list[CompassPicture]:
    """The compass with its names and nothing on it; nothing where there are not two axes."""
    if len(base.logic.axes) != 2:
        return []
    across, up = (_stretch(base, axis, NOWHERE) for axis in base.logic.axes)
    return [CompassPicture(across, up, _corners(base), BLANK, blank=True)]


def _corners(base: Base) -> tuple[str, str, str, str]:
    across, up = base.logic.axes
    named = {(p.signs[across], p.signs[up]): base.title("posture", p.id) for p in base.logic.postures.values()}
    return (named[-1, -1], named[1, -1], named[-1, 1], named[1, 1])


def _stretch(base: Base, axis: str, reach: tuple[float, float]) -> Stretch:
    texts = base.entry("axe", axis).texts
    return Stretch(texts.get("negatif", ""), texts.get("positif", ""), *reach)
