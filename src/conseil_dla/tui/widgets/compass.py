"""The compass: two axes, four postures, and where the answers so far can still lead.

The reachable rectangle is shaded; once both axes are settled a single point stands. Nothing is said by colour alone.
The two axes and what they mean come from the knowledge files; the drawing is a reading of ours.
"""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.model import Base
from conseil_dla.reading.values import PostureReading
from conseil_dla.tui.typography import padded, shortened, wrapped

SHADE = "░"
SETTLED = "▒"
"""Shade once one axis is settled: what is left is a stretch, not a surface."""
POINT = "●"
CAPTION = "Boussole : votre place"
LEAST = (30, 11)


class Compass(Widget):
    """Position on the two axes; at least 30 cells by 11."""

    DEFAULT_CSS = "Compass { width: 1fr; height: 15; min-height: 11; }"

    def __init__(self, base: Base, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._base = base
        self._posture: PostureReading | None = None

    def show(self, posture: PostureReading) -> None:
        """Move to another position."""
        self._posture = posture
        self.refresh()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as it may be."""
        return container.width

    def render(self) -> VisualType:
        """The drawing at the present size."""
        return Content("\n").join([Content.styled(line, "$foreground") for line in self.lines(*self.content_size)])

    def lines(self, width: int, height: int) -> list[str]:
        """The drawing in text lines; none when there are not two axes or no room."""
        if len(self._base.logic.axes) != 2 or width < LEAST[0] or height < LEAST[1]:
            return []
        across, up = self._base.logic.axes
        width = min(width, 3 * height + 13)
        left, right = self._ends(across)
        bottom, top = self._ends(up)
        half = (width - 2) // 2
        below = _beside(wrapped(f"← {left}", half), wrapped(f"{right} →", half), width)
        if height < LEAST[1] - 1 + len(below):
            below = _beside([shortened(f"← {left}", half)], [f"{shortened(right, half - 2)} →"], width)
        inner = (width - 3) // 2, max(2, (height - 6 - len(below)) // 2)
        return [
            shortened(f"↑ {top}", width).center(width).rstrip(),
            *self._box(*inner),
            shortened(f"↓ {bottom}", width).center(width).rstrip(),
            *below,
            CAPTION,
        ]

    def _ends(self, axis: str) -> tuple[str, str]:
        texts = self._base.entry("axe", axis).texts
        return texts.get("negatif", ""), texts.get("positif", "")

    def _box(self, columns: int, rows: int) -> list[str]:
        """The frame: ``columns`` cells on each side of the middle line, ``rows`` lines above and below it."""
        grid = self._shaded(columns, rows)
        for posture in self._base.logic.postures.values():
            self._write_name(grid, posture.id, columns, rows)
        if point := self._point(columns, rows):
            grid[point[1]][point[0]] = POINT
        edge = "─" * columns
        return [
            f"┌{edge}┬{edge}┐",
            *(f"{'├' if y == rows else '│'}{''.join(line)}{'┤' if y == rows else '│'}" for y, line in enumerate(grid)),
            f"└{edge}┴{edge}┘",
        ]

    def _shaded(self, columns: int, rows: int) -> list[list[str]]:
        spots = self._spots(columns, rows)
        shade = SETTLED if spots and (spots[0] == spots[1] or spots[2] == spots[3]) else SHADE
        grid = []
        for y in range(2 * rows + 1):
            line = []
            for x in range(2 * columns + 1):
                axes = "┼" if (x, y) == (columns, rows) else "│" if x == columns else "─" if y == rows else " "
                inside = spots is not None and spots[0] <= x <= spots[1] and spots[2] <= y <= spots[3]
                line.append(shade if inside and axes == " " else axes)
            grid.append(line)
        return grid

    def _spots(self, columns: int, rows: int) -> tuple[int, int, int, int] | None:
        """First and last column, first and last line (counted from the top) of what can be reached."""
        if self._posture is None:
            return None
        across, up = self._base.logic.axes
        low, high = self._posture.position.get(across, (-1.0, 1.0))
        bottom, top = self._posture.position.get(up, (-1.0, 1.0))
        return _cell(low, columns), _cell(high, columns), 2 * rows - _cell(top, rows), 2 * rows - _cell(bottom, rows)

    def _write_name(self, grid: list[list[str]], id: str, columns: int, rows: int) -> None:
        """Write a posture's name in the middle of its quadrant, a line aside when the point stands there."""
        across, up = self._base.logic.axes
        signs = self._base.logic.postures[id].signs
        name = shortened(self._base.title("posture", id), columns - 1)
        shown = self._posture is not None and id in self._posture.shown
        name = f"[{name}]" if shown and len(name) + 2 <= columns else name
        name = f" {name} " if len(name) + 2 <= columns else name[:columns]
        start = (columns + 1 if signs[across] > 0 else 0) + (columns - len(name)) // 2
        first = 0 if signs[up] > 0 else rows + 1
        place = first + rows // 2
        if self._point(columns, rows) in [(start + number, place) for number in range(len(name))]:
            place += -1 if place > first else 1
        grid[place][start : start + len(name)] = list(name)

    def _point(self, columns: int, rows: int) -> tuple[int, int] | None:
        """Column and line of the point; none while an axis is open."""
        spots = self._spots(columns, rows)
        if self._posture is None or spots is None:
            return None
        settled = all(low == high for low, high in self._posture.position.values())
        return (spots[0], spots[2]) if settled else None


def _cell(position: float, half: int) -> int:
    """From [-1, 1] to 0 .. 2 * half."""
    return round((position + 1) * half)


def _beside(left: list[str], right: list[str], width: int) -> list[str]:
    """Two columns, the second against the right edge."""
    count = max(len(left), len(right))
    pairs = zip(left + [""] * (count - len(left)), right + [""] * (count - len(right)), strict=True)
    return [padded(a, width - cell_len(b)) + b for a, b in pairs]
