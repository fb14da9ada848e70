"""What a paper is made of: blocks that each kind of file writes in its own way, every text of them made plain.

Plain: no control character, one line, the typography of French, whatever it comes from; and no text is ever markup, a
field code or a formula. Each writer escapes for its own kind of file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from conseil_dla.ground.french import harmless, typeset

Tone = Literal["body", "lead", "quote", "quiet"]
"""Running text; what the eye should find first; somebody's own words; what is read last (sources, limits)."""
TO_FILL = "[à chiffrer]"
"""Stands where a figure is to be written by hand; never filled by guess."""
TO_COMPLETE = "[à compléter]"
"""Stands where words are to be written by hand."""
BLANK = re.compile(r"\[à[ \u00a0](?:chiffrer|compléter)\]")
"""Either, whatever space typography put there: each kind of file makes it stand out."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a paper; ``level`` is 1 for its parts, 2 below."""

    text: str
    level: Literal[1, 2] = 1
    apart: bool = False
    """Begins a page of its own, where the kind of file has pages: what follows can be taken off."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short items; with ``boxes``, each is to be ticked by hand."""

    items: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under column titles; every row has as many cells as there are titles. Titles that are all empty are not
    shown: such a table is a list of names and what stands for each."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()
    """Width of each column, relative to the others; the same for all when empty."""
    room: int = 1
    """Height of a row that is left to be written in, in lines of handwriting: one with nothing after its first cell."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """A question to be answered with a pen, by one person or by a room whose hands are counted."""

    question: str
    note: str
    """What to know before answering: that several boxes may be ticked, when the question is put; may be empty."""
    options: tuple[str, ...]
    """Each has a box to tick, and room for a number of hands."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One axis of a compass picture: its two ends in words, and the reachable stretch in [-1, 1]."""

    negative: str
    positive: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CompassPicture:
    """The compass, to be drawn: ``across`` from left to right, ``up`` from bottom to top."""

    across: Stretch
    up: Stretch
    corners: tuple[str, str, str, str]
    """Names of the quadrants: bottom left, bottom right, top left, top right."""
    told: str
    """The same in a sentence, for who cannot see it."""
    blank: bool = False
    """Nothing is reached yet: the quadrants are left free, to be written in."""


Block = Heading | Paragraph | Bullets | Grid | Ballot | CompassPicture


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper."""

    title: str
    subtitle: str
    """Under the title: what kind of paper it is, and its date in words."""
    blocks: tuple[Block, ...]
    footer: str = ""
    """At the foot of each page, where the kind of file has pages."""


BREAKS = re.compile(r"[ \t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
"""Runs of spaces and every kind of line end; a no-break space is not among them."""


def with_room(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether room is left after it: under a table or a ballot, not between two ballots.

    Nor before a new page, which room left at the foot of a full one would push away.
    """
    for block, after in zip(blocks, (*blocks[1:], None), strict=False):
        touches = isinstance(block, Ballot) and isinstance(after, Ballot)
        touches = touches or (isinstance(after, Heading) and after.apart)
        yield block, isinstance(block, Grid | Ballot) and not touches


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text cut into what is written and what is blank: each piece, and whether it is a blank."""
    at = 0
    for blank in BLANK.finditer(text):
        if blank.start() > at:
            yield text[at : blank.start()], False
        yield blank[0], True
        at = blank.end()
    if at < len(text):
        yield text[at:], False


def plain(text: str) -> str:
    """A text on one line, without what a reader, a terminal or a page would obey."""
    return typeset(harmless(BREAKS.sub(" ", text)).strip())


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
            return (
                replace(block, titles=_all_plain(titles), rows=tuple(_all_plain(row) for row in rows)) if rows else None
            )
        case Ballot(question, note, options):
            return Ballot(plain(question), plain(note), _all_plain(options))
        case CompassPicture(across, up, corners, told):
            a, b, c, d = _all_plain(corners)
            return replace(
                block, across=_plain_stretch(across), up=_plain_stretch(up), corners=(a, b, c, d), told=plain(told)
            )
    return None


def _all_plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(text) for text in texts)


def _plain_stretch(stretch: Stretch) -> Stretch:
    return replace(stretch, negative=plain(stretch.negative), positive=plain(stretch.positive))
