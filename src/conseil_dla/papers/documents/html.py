"""A paper as one HTML file: nothing fetched, nothing run, made to be read on a screen and printed on A4.

Its compass is a drawing inside the page, told in words to who cannot see it.
"""

from __future__ import annotations

from html import escape

from conseil_dla.papers.blocks import CompassPicture, Grid, Paper, pieces
from conseil_dla.papers.documents.compass_shapes import (
    HATCH,
    HATCH_EVERY,
    HEIGHT,
    INK,
    PAPER,
    SHADE,
    WIDTH,
    Box,
    Dashes,
    Disc,
    Label,
    Shape,
    shapes,
)
from conseil_dla.papers.documents.markup import INSIDE, asset, filled

ROOM = 2.5
"""Height of a line of handwriting, in letters."""
SHORT = 6
"""Rows of a table that is never cut by the end of a page."""


def write(paper: Paper) -> str:
    """The whole file, ending with a line end."""
    return filled(
        "papers/documents/page/paper.html.jinja",
        policy=INSIDE,
        style=asset("papers/documents/page/paper.css"),
        title=paper.title,
        paper=paper,
        short=SHORT,
        kind_of=lambda block: type(block).__name__,
        widths=_widths,
        is_to_fill=lambda row: len(row) > 1 and not any(row[1:]),
        height=lambda grid: f"{ROOM * grid.room:g}",
        compass=_drawn,
        pieces=pieces,
    )


def _widths(grid: Grid) -> list[float]:
    """Of each column, in hundredths of the table."""
    shares = grid.shares or (1,) * len(grid.titles)
    return [100 * share / sum(shares) for share in shares]


# --- the compass -----------------------------------------------------------------------------------------------------


def _drawn(picture: CompassPicture) -> str:
    """An ``<svg>`` with its title and description."""
    every = f'width="{HATCH_EVERY:g}" height="{HATCH_EVERY:g}"'
    return "".join(
        [
            f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-labelledby="compass-t compass-d" fill="{INK}">',
            '<title id="compass-t">Boussole</title>',
            f'<desc id="compass-d">{escape(picture.told)}</desc>',
            f'<defs><pattern id="hatch" {every} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect {every} fill="{SHADE}"/>'
            f'<line x1="0" y1="0" x2="0" y2="{HATCH_EVERY:g}" stroke="{HATCH}" stroke-width="1.4"/></pattern></defs>',
            *map(_shape, shapes(picture)),
            "</svg>",
        ]
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Box(x, y, wide, tall, hatched):
            fill = "url(#hatch)" if hatched else "none"
            return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{fill}" '
                    f'stroke="{INK}"/>')  # fmt: skip
        case Dashes(x1, y1, x2, y2):
            return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{INK}" stroke-dasharray="3 3"/>'
        case Disc(x, y, radius, full):
            edge = "" if full else f' fill="{PAPER}" stroke="{INK}" stroke-width="2"'
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"{edge}/>'
        case Label(x, y, text, anchor, size, bold):
            look = f' font-weight="600" paint-order="stroke" stroke="{PAPER}" stroke-width="4"' if bold else ""
            return (f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size:g}"{look}>'
                    f"{escape(text)}</text>")  # fmt: skip
