"""Text in cells: padded, shortened, wrapped; and the paragraphs that are painted of it, never as markup."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.ground.characters import JOINERS
from conseil_dla.ground.french import MOST_MARKS, harmless, typeset

_NO_JOINER = dict.fromkeys(map(ord, JOINERS))
MOST_FOR_A_CELL = 2 * (1 + MOST_MARKS)
"""Characters that are looked at for each cell: a letter with all its marks, and as much again that is not shown."""


def wrapped(text: str, width: int, *, as_typed: bool = False) -> list[str]:
    """The text in lines of at most ``width`` cells; its own line ends are kept. At least one line.

    ``as_typed``: what is to be copied as it stands, such as lines of a file, keeps its quotes and its spaces.
    """
    return list(_wrapped(text, max(1, width), as_typed))


@lru_cache(2048)
def _wrapped(text: str, width: int, as_typed: bool) -> tuple[str, ...]:
    """Kept: a layout asks for the same lines several times, and a page for those of the page before."""
    lines: list[str] = []
    for paragraph in _shown(text, keep_lines=True, as_typed=as_typed).split("\n"):
        line: str | None = None
        for word in (piece for long in paragraph.split(" ") for piece in _pieces(long, width)):
            longer = word if line is None else f"{line} {word}"
            if line is None or cell_len(longer) <= width:
                line = longer
            else:
                lines.append(line.rstrip(" "))
                line = word
        lines.append(line or "")
    return tuple(lines)


def shortened(text: str, width: int) -> str:
    """The text on one line of at most ``width`` cells, ended by « … » when something had to go."""
    start = _shown(text[: MOST_FOR_A_CELL * max(1, width)])
    if len(text) <= MOST_FOR_A_CELL * width and cell_len(start) <= width:
        return start
    return f"{start[: _fitting(start, width - 1)].rstrip()}…" if width > 0 else ""


def _shown(text: str, *, keep_lines: bool = False, as_typed: bool = False) -> str:
    """The one door of what screens show: nothing that a terminal obeys, and the typography of French.

    Emoji stand side by side: few terminals join them, and one that does not would push the line out of its place.
    """
    text = harmless(text, keep_lines=keep_lines).translate(_NO_JOINER)
    return text if as_typed else typeset(text)


def padded(text: str, width: int) -> str:
    """The text filled with spaces up to ``width`` cells."""
    return text + " " * max(0, width - cell_len(text))


def _pieces(word: str, width: int) -> list[str]:
    """A word that is wider than a whole line is cut; any other is left whole."""
    if len(word) <= MOST_FOR_A_CELL * width and cell_len(word) <= width:
        return [word]
    pieces, start = [], 0
    while start < len(word):
        rest = word[start : start + MOST_FOR_A_CELL * width]
        pieces.append(rest[: max(1, _fitting(rest, width))])
        start += len(pieces[-1])
    return pieces


def _fitting(text: str, width: int) -> int:
    """How many of its characters stand in so many cells; a title may have a million."""
    low, high = 0, min(len(text), MOST_FOR_A_CELL * max(0, width))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if cell_len(text[:middle]) <= width else (low, middle - 1)
    return low


# --- paragraphs -------------------------------------------------------------------------------------------------------

Tone = Literal["plain", "strong", "title", "quiet", "accent"]
STYLES: dict[Tone, str] = {
    "plain": "$foreground",
    "strong": "bold $foreground",
    "title": "bold $primary",
    "quiet": "$quiet",
    "accent": "bold $accent",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its text, its tone, and the mark before it; following lines hang under its first word."""

    text: str
    tone: Tone = "plain"
    mark: str = ""
    as_typed: bool = False
    """To be copied as it stands."""


GAP = Block("")
"""An empty line."""


class Paragraphs(Widget):
    """Blocks one under the other, as high as they need; Textual's ``Static`` hangs no line under a mark."""

    DEFAULT_CSS = "Paragraphs { height: auto; width: 1fr; }"

    def __init__(self, *blocks: Block, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.blocks = blocks

    def show(self, *blocks: Block) -> None:
        """Replace the whole text."""
        if blocks != self.blocks:
            self.blocks = blocks
            self.refresh(layout=True)

    @property
    def text(self) -> str:
        """Everything that it says, one block a line."""
        return "\n".join(f"{block.mark}{block.text}" for block in self.blocks)

    def lines(self, width: int) -> list[tuple[str, str]]:
        """Lines of at most ``width`` cells with their style."""
        painted = []
        for block in self.blocks:
            hang = " " * len(block.mark)
            for number, line in enumerate(wrapped(block.text, width - len(block.mark), as_typed=block.as_typed)):
                painted.append(((hang if number else block.mark) + line, STYLES[block.tone]))
        return painted

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as it may be."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as its lines; nothing when it has nothing to say."""
        return len(self.lines(width))

    def render(self) -> VisualType:
        """The lines, already cut to the width."""
        lines = self.lines(self.content_size.width)
        return Content("\n").join([Content.styled(text, style) for text, style in lines])
