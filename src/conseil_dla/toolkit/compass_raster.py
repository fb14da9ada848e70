"""The raster of the compass: places as rectangles of braille dots, stretches as thick lines, points as marks.

It is finer than a cell: two dots across and four down, which are square where a cell is twice as high as wide. Every
role has glyphs of its own, so that the picture can be read without any colour. No Textual here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "blank", "frame", "end", "line", "region", "gained", "before", "stretch", "point", "name", "shown", "chosen",
    "caption", "cloud",
]  # fmt: skip
Segment = tuple[str, Role]
Stretch = tuple[float, float]
Grid = list[list[Segment]]
Cells = set[tuple[int, int]]

ACROSS, DOWN = 2, 4
"""Dots of one cell."""
FIRST_DOTS = 0x2800
GAINED = "⢕"
BEFORE = "⠌"
"""Whole cells; neither is a rectangle of dots, so that no edge of the region looks like them."""
POINT = "●"
POINT_BEFORE = "○"
HAND = "×"
"""One hand of a room."""
ALONG = {1: "╸", 2: "╺", 3: "━"}
UPRIGHT = {1: "╹", 2: "╻", 3: "┃"}
GAINED_ALONG, GAINED_UPRIGHT = "╍", "╏"
BALANCE_ACROSS, BALANCE_UP, BALANCE_BOTH = "╌", "╎", "┼"


@dataclass(frozen=True, slots=True)
class Reach:
    """What can be reached: a stretch of each axis in [-1, 1], a single value once the axis is settled."""

    across: Stretch
    up: Stretch

    @property
    def is_point(self) -> bool:
        """Both axes are settled."""
        return self.across[0] == self.across[1] and self.up[0] == self.up[1]

    @property
    def is_region(self) -> bool:
        """No axis is settled."""
        return self.across[0] != self.across[1] and self.up[0] != self.up[1]


@dataclass(frozen=True, slots=True)
class Painted:
    """The inside of the frame, and the cells that names should leave in view."""

    grid: Grid
    solid: Cells
    """The point and the stretch."""
    shade: Cells
    """The region."""


def painted(now: Reach | None, before: Reach | None, columns: int, rows: int) -> Painted:
    """Regions, then the balance lines, then marks."""
    grid: Grid = [[(" ", "blank")] * columns for _ in range(rows)]
    _paint_regions(grid, now, before)
    _paint_balance(grid, now)
    solid = _paint_marks(grid, now, before)
    shade = {(x, y) for y, line in enumerate(grid) for x, (_, role) in enumerate(line) if role in ("region", "gained")}
    return Painted(grid, solid, shade)


def dot(position: float, count: int) -> int:
    """From [-1, 1] to one of ``count`` dots. Never decreasing: what is inside stays inside once drawn."""
    return min(count - 1, max(0, round((position + 1) / 2 * (count - 1))))


def dots(place: Reach, columns: int, rows: int) -> tuple[int, int, int, int]:
    """First and last dot across, first and last dot from the top."""
    wide, high = ACROSS * columns, DOWN * rows
    left, right = (dot(value, wide) for value in place.across)
    bottom, top = (dot(value, high) for value in place.up)
    return left, right, high - 1 - top, high - 1 - bottom


def cells(place: Reach, columns: int, rows: int) -> tuple[range, range]:
    """Columns and rows of the cells that hold at least one of its dots."""
    left, right, top, bottom = dots(place, columns, rows)
    return range(left // ACROSS, right // ACROSS + 1), range(top // DOWN, bottom // DOWN + 1)


def _covered(first: int, last: int, cell: int, size: int) -> tuple[int, ...]:
    """Which dots of a cell lie between two dots of the whole, the ends included."""
    return tuple(number for number in range(size) if first <= cell * size + number <= last)


_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def _dotted(across: Iterable[int], down: Iterable[int]) -> str:
    """The braille glyph of a rectangle of dots."""
    down = tuple(down)
    return chr(FIRST_DOTS + sum(_BITS[x][y] for x in across for y in down))


def _paint_regions(grid: Grid, now: Reach | None, before: Reach | None) -> None:
    """What can be reached, with true partial cells at its edges; before it, what could be reached."""
    rows, columns = len(grid), len(grid[0])
    was_columns, was_rows = cells(before, columns, rows) if before else (range(0), range(0))
    if before and not before.is_point:
        for y in was_rows:
            for x in was_columns:
                grid[y][x] = (BEFORE, "before")
    if now is None or not now.is_region:
        return
    left, right, top, bottom = dots(now, columns, rows)
    now_columns, now_rows = cells(now, columns, rows)
    covered = [(x, _covered(left, right, x, ACROSS)) for x in now_columns]
    for y in now_rows:
        down = _covered(top, bottom, y, DOWN)
        for x, across in covered:
            is_whole = len(down) == DOWN and len(across) == ACROSS
            if before and is_whole and (x not in was_columns or y not in was_rows):
                grid[y][x] = (GAINED, "gained")
            else:
                grid[y][x] = (_dotted(across, down), "region")


def _paint_balance(grid: Grid, now: Reach | None) -> None:
    """The two lines on which an axis leans to neither side; a region as thin as they are stays in view."""
    rows, columns = len(grid), len(grid[0])
    now_columns, now_rows = cells(now, columns, rows) if now is not None and now.is_region else (range(0), range(0))
    thin = {(x, y) for y in now_rows for x in now_columns} if 1 in (len(now_columns), len(now_rows)) else set()
    cross = {(x, rows // 2) for x in range(columns)} | {(columns // 2, y) for y in range(rows)}
    for x, y in cross - thin:
        glyph = BALANCE_ACROSS if x != columns // 2 else BALANCE_UP if y != rows // 2 else BALANCE_BOTH
        grid[y][x] = (glyph, "line")


def _paint_marks(grid: Grid, now: Reach | None, before: Reach | None) -> Cells:
    """The point, or the stretch once one axis is settled; gives the cells that a name should leave alone."""
    rows, columns = len(grid), len(grid[0])
    solid: Cells = set()
    if now is not None and not now.is_point and not now.is_region:
        solid |= _paint_stretch(grid, now, before)
    if before is not None and before.is_point:
        (x, *_), (y, *_) = cells(before, columns, rows)
        if solid != {(x, y)}:
            grid[y][x] = (POINT_BEFORE, "before")
            solid.add((x, y))
    if now is not None and now.is_point:
        (x, *_), (y, *_) = cells(now, columns, rows)
        grid[y][x] = (POINT, "point")
        solid.add((x, y))
    return solid


def _paint_stretch(grid: Grid, now: Reach, before: Reach | None) -> Cells:
    """A thick line, with true half cells at its ends; dashed where an answer taken back has given it again."""
    rows, columns = len(grid), len(grid[0])
    was_columns, was_rows = cells(before, columns, rows) if before else (range(columns), range(rows))
    left, right, top, bottom = dots(now, columns, rows)
    is_along = now.up[0] == now.up[1]
    across, down = cells(now, columns, rows)
    for y in down:
        for x in across:
            if is_along:
                halves = {number + 1 for number in _covered(left, right, x, ACROSS)}
            else:
                halves = {number // 2 + 1 for number in _covered(top, bottom, y, DOWN)}
            if len(halves) == 2 and (x not in was_columns or y not in was_rows):
                grid[y][x] = (GAINED_ALONG if is_along else GAINED_UPRIGHT, "gained")
            else:
                grid[y][x] = ((ALONG if is_along else UPRIGHT)[sum(halves)], "stretch")
    return {(x, y) for y in down for x in across}
