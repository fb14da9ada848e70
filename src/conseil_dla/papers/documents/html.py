"""A paper as one HTML file: nothing fetched, nothing run, made to be read on a screen and printed on A4.

In a file of its own, as each kind of document is.
"""

from __future__ import annotations

from conseil_dla.papers.blocks import Grid, Paper
from conseil_dla.papers.documents.compass_svg import drawn
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
        compass=drawn,
    )


def _widths(grid: Grid) -> list[float]:
    """Of each column, in hundredths of the table."""
    shares = grid.shares or (1,) * len(grid.titles)
    return [100 * share / sum(shares) for share in shares]
