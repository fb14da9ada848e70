"""Texts to be read: wrapped at no-break spaces' expense never, painted in a few tones, never read as markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.toolkit.typography import wrapped

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
            for number, line in enumerate(wrapped(block.text, width - len(block.mark))):
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
