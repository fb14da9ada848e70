"""A paper as plain lines for a terminal or a pipe: no colour, no escape sequence, tables told row by row."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from conseil_dla.ground.french import NBSP
from conseil_dla.papers.blocks import Ballot, Block, Bullets, CompassPicture, Grid, Heading, Paper, Paragraph

WIDTH = 80
MARGIN = "   "


def write(paper: Paper, width: int = WIDTH) -> str:
    """The whole text, ending with a line end."""
    lines = [*_wrapped(f"{paper.title} · {paper.subtitle}", width), "═" * width]
    for block in paper.blocks:
        lines += _block(block, width)
    return "\n".join(lines) + "\n"


def _block(block: Block, width: int) -> Iterable[str]:
    match block:
        case Heading(text, level):
            return ["", f"── {text} ".ljust(width, "─") if level == 1 else text]
        case Paragraph(text):
            return _wrapped(text, width)
        case Bullets(items, boxes):
            mark = "☐ " if boxes else "• "
            return [line for item in items for line in _wrapped(item, width, mark, "  ")]
        case Grid(titles, rows):
            return [line for row in rows for line in _row(titles, row, width)]
        case Ballot(question, note, options):
            asked = f"{question} ({note})" if note else question
            return [*_wrapped(asked, width), *(one for text in options for one in _wrapped(text, width, "☐ ", "  "))]
        case CompassPicture():
            return _wrapped(block.told, width)


def _row(titles: tuple[str, ...], row: tuple[str, ...], width: int) -> Iterable[str]:
    """The first cell heads; the others stand under it, each with the title of its column."""
    yield from _wrapped(row[0], width)
    for title, cell in zip(titles[1:], row[1:], strict=True):
        if cell:
            yield from _wrapped(f"{title}{NBSP}: {cell}" if title else cell, width, MARGIN, MARGIN * 2)


def _wrapped(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    ) or [""]  # fmt: skip
