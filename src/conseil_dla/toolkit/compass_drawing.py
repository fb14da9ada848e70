"""The compass as a picture: from places, names and a size to lines of segments with a role. No Textual here.

What happened stands above, then the raster in its frame, then the ends of the axis across. Words are never shaded over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Literal

from rich.cells import cell_len

from conseil_dla.toolkit.compass_raster import HAND, Grid, Painted, Reach, Role, Segment, painted
from conseil_dla.toolkit.typography import padded, shortened, wrapped

Signs = tuple[int, int]
"""Side of each axis, across then up: 1 or -1."""

LEAST = (30, 11)
"""Under so many cells there is no picture, only words."""
LEAST_ROWS = 5
CAPTION = 2
"""Lines of the caption."""
MOST_HIDDEN = 3
"""A name may lie over a third of the region, not more, where it can stand aside."""
WIDENING = 2.2
"""Columns for one row where nothing else decides: close to a square, a little wide for the names."""
TALLEST = 0.55
"""Rows for one column, at most."""
STRAY = 0.7548776662466927, 0.5698402909980532
"""Steps across and up from one hand to the next, as parts of a quadrant."""
STREWN = 4
"""Steps tried for each cell: enough for all of them to be reached."""
UNDER_HANDS: tuple[Role, ...] = ("blank", "region", "gained", "before")
SPREAD = 64
"""Cells that the two ends of the axis across may take below, where the frame is narrower."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a quadrant; the chosen one stands in brackets."""

    text: str
    signs: Signs
    role: Literal["name", "shown", "chosen"] = "name"


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is to be seen."""

    now: Reach | None = None
    before: Reach | None = None
    names: tuple[Name, ...] = ()
    ends: tuple[str, str, str, str] = ("", "", "", "")
    """Left, right, bottom, top."""
    caption: tuple[str, ...] = ()
    """Sentences: on one line where they fit, else each on its own."""
    cloud: tuple[tuple[Signs, int], ...] = ()
    """Hands that a room raised, by quadrant."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where the plot stands in the picture, its frame not counted; both sides are odd, the middle is the balance."""

    left: int
    top: int
    columns: int
    rows: int

    def signs_at(self, x: int, y: int) -> Signs | None:
        """The quadrant at a cell of the picture; none on a balance line or outside."""
        across, up = x - self.left - self.columns // 2, self.top + self.rows // 2 - y
        if not across or not up or abs(across) > self.columns // 2 or abs(up) > self.rows // 2:
            return None
        return (1 if across > 0 else -1), (1 if up > 0 else -1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines of exactly the asked width, as many as the asked height."""

    lines: tuple[tuple[Segment, ...], ...]
    plot: Box

    @property
    def text(self) -> str:
        """Without roles."""
        return "\n".join("".join(text for text, _ in line) for line in self.lines)


def drawn(scene: Scene, width: int, height: int) -> Drawing | None:
    """The picture; None where there is no room for one."""
    if width < LEAST[0] or height < LEAST[1]:
        return None
    caption, below = _words(scene, width, height)
    columns, rows = _plot(scene, width, height - 2 - len(below) - len(caption))
    plot = Box((width - columns) // 2, len(caption) + 1, columns, rows)
    picture = painted(scene.now, scene.before, columns, rows)
    for name in scene.names:
        _write_name(picture, name)
    for signs, count in scene.cloud:
        _scatter(picture.grid, signs, count)
    lines = [*caption, *_framed(picture.grid, scene.ends), *below]
    lines += [[(" ", "blank")]] * (height - len(lines))
    return Drawing(tuple(tuple(_merged(_centred(line, width))) for line in lines), plot)


def _write_name(picture: Painted, name: Name) -> None:
    """Write a name as near the middle of its quadrant as point, stretch and a small region let it."""
    grid = picture.grid
    wide, high = len(grid[0]) // 2, len(grid) // 2
    text = shortened(name.text, wide - 2)
    if name.role == "chosen":
        text = f"[{text}]"
    else:
        text = f" {text} " if cell_len(name.text) <= wide - 2 else shortened(name.text, wide)
    size = cell_len(text)
    left, top = (wide + 1 if name.signs[0] > 0 else 0), (0 if name.signs[1] > 0 else high + 1)
    middle = left + (wide - size) // 2, top + high // 2

    def hidden(start: tuple[int, int]) -> int:
        under = {(start[0] + number, start[1]) for number in range(size)}
        shade = len(under & picture.shade)
        return len(under & picture.solid) + (shade if MOST_HIDDEN * shade > len(picture.shade) else 0)

    def aside(start: tuple[int, int]) -> tuple[int, int]:
        return 2 * abs(start[1] - middle[1]) + abs(start[0] - middle[0]), start[1]

    x, y = middle
    if hidden(middle):
        starts = ((x, y) for y in range(top, top + high) for x in range(left, left + wide - size + 1))
        x, y = min(starts, key=lambda start: (hidden(start), aside(start)))
    grid[y][x : x + size] = [(char, name.role) for char in text]


def _scatter(grid: Grid, signs: Signs, count: int) -> None:
    """A hand each, strewn over a quadrant always in the same way; neither names nor what the answers say go under.

    The steps are the first two powers of one over the plastic number (an additive recurrence): no two hands are near.
    """
    wide, high = len(grid[0]) // 2, len(grid) // 2
    left, top = (wide + 1 if signs[0] > 0 else 0), (0 if signs[1] > 0 else high + 1)
    margin = 1 if wide > 2 else 0
    places = [
        (left + margin + int((wide - 2 * margin) * across), top + int(high * down))
        for across, down in (((0.5 + n * STRAY[0]) % 1, (0.5 + n * STRAY[1]) % 1) for n in range(STREWN * wide * high))
    ]
    free = (place for place in dict.fromkeys(places) if grid[place[1]][place[0]][1] in UNDER_HANDS)
    for x, y in islice(free, count):
        grid[y][x] = (HAND, "cloud")


def _framed(grid: Grid, ends: tuple[str, str, str, str]) -> Iterator[list[Segment]]:
    """The frame, the ends of the axis that goes up in its edges."""
    columns, middle = len(grid[0]), len(grid) // 2
    yield [("┌", "frame"), *_edge(f"↑ {ends[3]}", columns), ("┐", "frame")]
    for y, line in enumerate(grid):
        yield [("├" if y == middle else "│", "frame"), *line, ("┤" if y == middle else "│", "frame")]
    yield [("└", "frame"), *_edge(f"↓ {ends[2]}", columns), ("┘", "frame")]


def _edge(text: str, columns: int) -> list[Segment]:
    text = f" {shortened(text, columns - 2)} "
    left = (columns - cell_len(text)) // 2
    return [("─" * left, "frame"), (text, "end"), ("─" * (columns - left - cell_len(text)), "frame")]


def _words(scene: Scene, width: int, height: int) -> tuple[list[list[Segment]], list[list[Segment]]]:
    """The caption above, whose place never changes so that the picture stays still; the ends of the axis below."""
    room = height - 2 - LEAST_ROWS
    whole = " ".join(scene.caption)
    sentences = [whole] if cell_len(whole) <= width else scene.caption
    caption = _cut([line for sentence in sentences for line in wrapped(sentence, width)], CAPTION, width)
    caption += [""] * (CAPTION - len(caption))
    below = beside(scene.ends[0], scene.ends[1], min(width, SPREAD), room - CAPTION)
    return [[(line, "caption")] for line in caption], [[(line, "end")] for line in below]


def beside(left: str, right: str, width: int, most: int) -> list[str]:
    """Two columns, the second against the right edge, shared out so that they take the fewest lines."""
    least, room = width // 4, width - 2 - len("←  →") - 1

    def lines(share: int) -> tuple[list[str], list[str]]:
        return _cut(wrapped(left, share), most, share), _cut(wrapped(right, room - share), most, room - share)

    def cost(share: int) -> tuple[int, int, int]:
        one, two = lines(share)
        kept = min(len(left), cell_len(" ".join(one))) + min(len(right), cell_len(" ".join(two)))
        return -kept, max(len(one), len(two)), abs(2 * share - room)

    one, two = lines(min(range(least, room - least + 1), key=cost))
    one = [f"{'  ' if number else '← '}{line}" for number, line in enumerate(one)]
    two[-1] = f"{two[-1]} →"
    count = max(len(one), len(two))
    pairs = zip(one + [""] * (count - len(one)), two + [""] * (count - len(two)), strict=True)
    return [padded(a, width - cell_len(b)) + b for a, b in pairs]


def _cut(lines: list[str], most: int, width: int) -> list[str]:
    """At most so many lines, the last one ended by « … » when something had to go."""
    return lines if len(lines) <= most else [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width)]


def _plot(scene: Scene, width: int, height: int) -> tuple[int, int]:
    """Columns and rows of the plot, both odd: near a square, wide enough for the words, never taller than wide."""
    longest = max((cell_len(name.text) for name in scene.names), default=0)
    words = max(2 * longest + 5, *(cell_len(end) + 6 for end in scene.ends[2:]))
    columns = _odd(min(width - 2, max(words + 1 - words % 2, round(WIDENING * height))))
    return columns, max(LEAST_ROWS, _odd(min(height, round(TALLEST * columns))))


def _odd(number: int) -> int:
    """The number, or the one before when it is even."""
    return number - 1 + number % 2


def _centred(line: list[Segment], width: int) -> list[Segment]:
    size = sum(cell_len(text) for text, _ in line)
    left = (width - size) // 2
    return [(" " * left, "blank"), *line, (" " * (width - size - left), "blank")]


def _merged(line: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one role in one segment."""
    for role, parts in groupby(line, key=lambda segment: segment[1]):
        if text := "".join(part for part, _ in parts):
            yield text, role
