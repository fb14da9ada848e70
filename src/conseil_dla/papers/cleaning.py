"""Every text of a paper made plain, once and for all kinds of file: no control character, one line, French spaces."""

from __future__ import annotations

import re
from dataclasses import replace

from conseil_dla.ground.french import harmless, spaced
from conseil_dla.papers.blocks import Ballot, Block, Bullets, CompassPicture, Grid, Heading, Paper, Paragraph, Stretch

BREAKS = re.compile(r"[ \t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
"""Runs of spaces and every kind of line end; a no-break space is not among them."""


def plain(text: str) -> str:
    """A text on one line, without what a reader, a terminal or a page would obey."""
    return spaced(harmless(BREAKS.sub(" ", text)).strip())


def cleaned(paper: Paper) -> Paper:
    """The same paper, every text of it plain; blocks that are left empty go."""
    blocks = tuple(block for each in paper.blocks if (block := _cleaned(each)) is not None)
    return Paper(plain(paper.title), plain(paper.subtitle), blocks, plain(paper.footer))


def _cleaned(block: Block) -> Block | None:
    match block:
        case Heading(text, level, apart):
            return Heading(plain(text), level, apart)
        case Paragraph(text, tone):
            return Paragraph(plain(text), tone) if plain(text) else None
        case Bullets(items, boxes):
            kept = tuple(text for item in items if (text := plain(item)))
            return Bullets(kept, boxes) if kept else None
        case Grid(titles, rows):
            return replace(block, titles=_all(titles), rows=tuple(_all(row) for row in rows)) if rows else None
        case Ballot(question, note, options):
            return Ballot(plain(question), plain(note), _all(options))
        case CompassPicture(across, up, corners, told):
            a, b, c, d = _all(corners)
            return replace(block, across=_stretch(across), up=_stretch(up), corners=(a, b, c, d), told=plain(told))
    return None


def _all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(text) for text in texts)


def _stretch(stretch: Stretch) -> Stretch:
    return replace(stretch, negative=plain(stretch.negative), positive=plain(stretch.positive))
