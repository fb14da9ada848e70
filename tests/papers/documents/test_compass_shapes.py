"""The compass drawn: each shape stands where what it says stands."""

from __future__ import annotations

import pytest

from conseil_dla.papers.blocks import CompassPicture, Stretch
from conseil_dla.papers.documents.compass_shapes import LEFT, SIDE, THINNEST, TOP, Box, shapes


@pytest.mark.parametrize("low", [-1.0, -0.5, 0.0, 0.25, 0.75])
@pytest.mark.parametrize("high", [0.0, 0.01, 0.2, 1.0])
def test_what_can_be_reached_is_drawn_around_its_middle_however_thin(low: float, high: float) -> None:
    high = min(1.0, low + high)
    whole = Stretch("", "", -1.0, 1.0)
    thin = Stretch("", "", low, high)
    for across, up in ((thin, whole), (whole, thin)):
        drawn = shapes(CompassPicture(across, up, ("a", "b", "c", "d"), "dit"))
        (box,) = (shape for shape in drawn if isinstance(shape, Box) and shape.hatched)
        assert box.x + box.wide / 2 == pytest.approx(LEFT + SIDE * (across.low + across.high + 2) / 4)
        assert box.y + box.tall / 2 == pytest.approx(TOP + SIDE * (2 - up.low - up.high) / 4)
        assert box.wide == pytest.approx(max(THINNEST, SIDE * (across.high - across.low) / 2))
        assert box.tall == pytest.approx(max(THINNEST, SIDE * (up.high - up.low) / 2))
