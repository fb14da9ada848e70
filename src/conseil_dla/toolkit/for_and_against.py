"""Reasons for and against as lines: side by side where there is room, one under the other where there is not."""

from __future__ import annotations

from itertools import zip_longest

from conseil_dla.ground.french import MARKS
from conseil_dla.toolkit.typography import padded, wrapped

Sides = tuple[tuple[str, ...], tuple[str, ...]]
LEAST = 26
"""Cells that a column needs to be read at ease."""
BETWEEN = " │ "


def side_lines(sides: Sides, width: int) -> list[str]:
    """Lines of at most ``width`` cells; a side that is empty leaves the whole width to the other."""
    columns = [(mark, reasons) for mark, reasons in zip(MARKS, sides, strict=True) if reasons]
    room = (width - len(BETWEEN)) // 2
    if len(columns) < 2 or room < LEAST:
        return [line for mark, reasons in columns for line in _column(mark, reasons, width)]
    left, right = (_column(mark, reasons, room) for mark, reasons in columns)
    pairs = zip_longest(left, right, fillvalue="")
    return [f"{padded(one, room)}{BETWEEN}{other}".rstrip() for one, other in pairs]


def _column(mark: str, reasons: tuple[str, ...], width: int) -> list[str]:
    """A mark before each reason; its following lines hang under it."""
    lines = []
    for reason in reasons:
        first, *rest = wrapped(reason, width - len(mark) - 1)
        lines += [f"{mark} {first}", *(f"{' ' * len(mark)} {text}" for text in rest)]
    return lines
