"""A list of lines with a cursor: the one way in which this house shows things to choose from.

It paints its own lines (forty of Textual's own controls take a second to mount; this repaints in a few milliseconds),
wraps at the width it is given, and marks the cursor with « ▸ » as well as with a colour. A list that has not the focus
shows no cursor, unless another widget moves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from conseil_dla.ground.french import MARKS
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.typography import padded, shortened, wrapped

RowTone = Literal["plain", "strong", "quiet", "header"]
CURSOR = "▸ "
ALWAYS_BESIDE = 16
"""A detail of at most so many cells stands at the right; a longer one goes under a text that leaves it no room."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing listed."""

    text: str
    key: str | None = None
    """What choosing it means; None when it cannot be chosen."""
    detail: str = ""
    """Said at the right of the first line."""
    mark: str = ""
    """A tick box, or a bullet; following lines hang under the text."""
    tone: RowTone = "plain"
    indent: int = 0
    also: str = ""
    """Words that a search finds too, though they are not shown."""
    sides: Sides | None = None
    """Reasons for and against, under the text."""


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    is_first: bool
    text: str
    detail: str = ""
    is_quiet: bool = False
    is_plain: bool = False
    """Never bold, whatever the row's tone."""


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows, of which those with a key can be chosen by cursor or by mouse."""

    DEFAULT_CSS = """
    Rows { height: 1fr; overflow-x: hidden; scrollbar-size: 0 1; scrollbar-gutter: stable; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--plain",
        "rows--strong",
        "rows--quiet",
        "rows--header",
        "rows--cursor",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "move(-1)", "choisir"),
        key("down", "move(1)", "choisir"),
        key("pageup", "page(-1)", "", show=False),
        key("pagedown", "page(1)", "", show=False),
        key("home", "edge(-1)", "", show=False),
        key("end", "edge(1)", "", show=False),
        key("enter", "choose", "valider"),
    ]

    class Chosen(Message):
        """A row was chosen."""

        def __init__(self, rows: Rows, key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> Rows:
            """The list, for selectors."""
            return self.rows

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The list, for selectors."""
            return self.rows

    def __init__(self, rows: Iterable[Row] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = tuple(rows)
        self.cursor = self._first()
        self._lines: list[_Line] = []
        self._width = 0

    # --- content ---

    def show(self, rows: Iterable[Row], at: str | None = None) -> None:
        """Replace the rows; the cursor goes to the row with key ``at``, else to the first that can be chosen."""
        self.rows = tuple(rows)
        self.cursor = self._index(at)
        self._lay_out(self._width)
        self.refresh(layout=True)
        self.call_after_refresh(self._follow)
        self.post_message(self.Moved(self))

    @property
    def current(self) -> str | None:
        """Key under the cursor."""
        return self.rows[self.cursor].key if 0 <= self.cursor < len(self.rows) else None

    @property
    def text(self) -> str:
        """Everything that it lists, one row a line."""
        return "\n".join(f"{row.mark}{row.text}  {row.detail}".rstrip() for row in self.rows)

    def _first(self) -> int:
        return next((number for number, row in enumerate(self.rows) if row.key is not None), -1)

    def _index(self, at: str | None) -> int:
        return next((n for n, row in enumerate(self.rows) if at is not None and row.key == at), self._first())

    # --- moves ---

    def action_move(self, step: int) -> None:
        """To the next row that can be chosen."""
        number = self.cursor + step
        while 0 <= number < len(self.rows) and self.rows[number].key is None:
            number += step
        if 0 <= number < len(self.rows):
            self._go(number)
        else:
            self.scroll_relative(y=step, animate=False)

    def action_page(self, direction: int) -> None:
        """A screenful further: no line is passed over unseen, however many of them a row takes."""
        reach = max(1, self.size.height - 1)
        top = round(self.scroll_y)
        limit = top + reach + reach if direction > 0 else top - reach
        edge: dict[int, int] = {}
        for number, line in enumerate(self._lines):
            if direction > 0 or line.is_first:
                edge[line.row] = number
        there = [n for n, at in edge.items() if self.rows[n].key is not None and (limit - at) * direction >= 0]
        further = [n for n in there if (n - self.cursor) * direction > 0]
        if further:
            self._go(max(further) if direction > 0 else min(further))
        else:
            self.scroll_relative(y=direction * reach, animate=False)

    def action_edge(self, direction: int) -> None:
        """To the first or last row."""
        order = range(len(self.rows)) if direction < 0 else reversed(range(len(self.rows)))
        self._go(next((n for n in order if self.rows[n].key is not None), self.cursor))

    def action_group(self, direction: int) -> None:
        """To the first row that can be chosen under the next title, or under the one before; its title in view."""
        titles = [number for number, row in enumerate(self.rows) if row.tone == "header"]
        firsts = {title: self._after(title) for title in titles}
        here = max((title for title in titles if title < self.cursor), default=-1)
        for title in titles if direction > 0 else reversed(titles):
            first = firsts[title]
            if first is not None and (title > here if direction > 0 else title < here):
                self._go(first)
                self.scroll_to(y=next((n for n, line in enumerate(self._lines) if line.row == title), 0), animate=False)
                return

    def _after(self, title: int) -> int | None:
        """The first row that can be chosen under a title."""
        for number in range(title + 1, len(self.rows)):
            if self.rows[number].tone == "header":
                return None
            if self.rows[number].key is not None:
                return number
        return None

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self, self.current))

    def on_click(self, event: Click) -> None:
        """A click puts the cursor there and chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        y = offset.y + round(self.scroll_y)
        if y < len(self._lines) and self.rows[self._lines[y].row].key is not None:
            self._go(self._lines[y].row)
            self.choose_clicked()

    def choose_clicked(self) -> None:
        """What a click does once the cursor is there."""
        self.action_choose()

    def _go(self, number: int) -> None:
        if number == self.cursor:
            self._follow()
            return
        self.cursor = number
        self.refresh()
        self._follow()
        self.post_message(self.Moved(self))

    def _follow(self) -> None:
        """Scroll to the cursor; the first row brings the titles above it into view too."""
        places = [number for number, line in enumerate(self._lines) if line.row == self.cursor]
        if places:
            top = 0 if self.cursor == self._first() else places[0]
            if self.virtual_size.height > self.size.height:
                self.scroll_to_region(Region(0, top, 1, places[-1] + 1 - top), animate=False, force=True)

    # --- painting ---

    def on_resize(self, event: Resize) -> None:
        """Wrap again at another width."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out(self.scrollable_content_region.width)
            self.call_after_refresh(self._follow)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take at this width."""
        if width != self._width:
            self._lay_out(width)
        return len(self._lines)

    def _lay_out(self, width: int) -> None:
        self._width = width
        if width:
            self._lines = [line for number, row in enumerate(self.rows) for line in self._row_lines(number, row, width)]
            self.virtual_size = Size(width, len(self._lines))
            self.refresh()

    def _row_lines(self, number: int, row: Row, width: int) -> list[_Line]:
        if row.tone == "header":
            rule = f"── {shortened(row.text, width - 6)} "
            return [_Line(number, True, rule + "─" * (width - cell_len(rule)))]
        lead = " " * (2 * row.indent) + row.mark
        room = width - len(CURSOR) - cell_len(lead) - 1
        detail = shortened(row.detail, room)
        taken = cell_len(detail) + 2 if detail else 0
        beside = taken <= ALWAYS_BESIDE or taken + cell_len(row.text) <= room
        texts = wrapped(row.text, room - taken if beside else room)
        lines = [
            _Line(number, not n, (" " * cell_len(lead) if n else lead) + text, detail if beside and not n else "")
            for n, text in enumerate(texts)
        ]
        if detail and not beside:
            under = " " * (cell_len(lead) + 2)
            lines.append(_Line(number, False, under + shortened(detail, room - 2), is_quiet=True))
        if row.sides:
            under = " " * (cell_len(lead) + 2)
            lines += [_Line(number, False, under + text, is_plain=True) for text in side_lines(row.sides, room - 2)]
        return lines

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        y += round(self.scroll_y)
        if y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[y]
        row = self.rows[line.row]
        if row.tone == "header":
            return Strip([Segment(padded(line.text, width), self.get_component_rich_style("rows--header"))])
        tone = "quiet" if line.is_quiet else "plain" if line.is_plain else row.tone
        style = self.get_component_rich_style(f"rows--{tone}")
        at_cursor = line.row == self.cursor and (self.has_focus or not self.can_focus)
        if at_cursor:
            style += self.get_component_rich_style("rows--cursor")
        lead = CURSOR if at_cursor and line.is_first else " " * len(CURSOR)
        body = padded(lead + line.text, width - cell_len(line.detail) - 1)
        segments = [Segment(body, style)]
        if line.detail:
            quiet = style if at_cursor else self.get_component_rich_style("rows--quiet")
            segments.append(Segment(line.detail, quiet))
        return Strip(segments).adjust_cell_length(width, style)


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
