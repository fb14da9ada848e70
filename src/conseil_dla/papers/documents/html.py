"""A paper as one HTML file: nothing fetched, nothing run, made to be read on a screen and printed on A4.

Texts are escaped where they are put in, and a policy in the file forbids scripts and anything from elsewhere, should
something ever slip through.
"""

from __future__ import annotations

from html import escape
from itertools import chain

from conseil_dla.papers.blocks import Ballot, Block, Bullets, CompassPicture, Grid, Heading, Paper, Paragraph
from conseil_dla.papers.documents.compass_svg import drawn
from conseil_dla.papers.documents.style import STYLE

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
ROOM = 2.5
"""Height of a line of handwriting, in letters."""
SHORT = 6
"""Rows of a table that is never cut by the end of a page."""


def write(paper: Paper) -> str:
    """The whole file, ending with a line end."""
    footer = [f"<footer>{escape(paper.footer)}</footer>"] if paper.footer else []
    lines = [
        "<!DOCTYPE html>",
        '<html lang="fr">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(paper.title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<header><p class="kind">{escape(paper.subtitle)}</p><h1>{escape(paper.title)}</h1></header>',
        *chain.from_iterable(_block(block) for block in paper.blocks),
        "</main>",
        *footer,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> list[str]:
    match block:
        case Heading(text, level, apart):
            opening = f'h{level + 1} class="apart"' if apart else f"h{level + 1}"
            return [f"<{opening}>{escape(text)}</h{level + 1}>"]
        case Paragraph(text, "quote"):
            return [f"<blockquote><p>{escape(text)}</p></blockquote>"]
        case Paragraph(text, tone):
            return [f'<p class="{tone}">{escape(text)}</p>']
        case Bullets(items, boxes):
            opening = '<ul class="boxes">' if boxes else "<ul>"
            return [opening, *(f"<li>{escape(item)}</li>" for item in items), "</ul>"]
        case Grid():
            return _table(block)
        case Ballot():
            return _ballot(block)
        case CompassPicture():
            return ['<figure class="compass">', drawn(block), f"<figcaption>{escape(block.told)}</figcaption>",
                    "</figure>"]  # fmt: skip


def _ballot(ballot: Ballot) -> list[str]:
    """A question with its boxes, each with a small frame for a number of hands."""
    note = f' <span class="note">{escape(ballot.note)}</span>' if ballot.note else ""
    options = (f'<li>{escape(option)} <span class="hands"></span></li>' for option in ballot.options)
    return ['<section class="ballot">', f"<p>{escape(ballot.question)}{note}</p>", '<ul class="boxes">', *options,
            "</ul>", "</section>"]  # fmt: skip


def _table(grid: Grid) -> list[str]:
    """A table; its first column heads the rows. Rows with an empty last cell leave room to write."""
    shares = grid.shares or (1,) * len(grid.titles)
    whole = sum(shares)
    columns = [f'<col style="width: {100 * share / whole:.2f}%">' for share in shares]
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in grid.titles)
    rows = []
    for first, *others in grid.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        room = f' class="room" style="height: {ROOM * grid.room:g}em"' if others and not any(others) else ""
        rows.append(f'<tr{room}><th scope="row">{escape(first)}</th>{cells}</tr>')
    opening = '<table class="short">' if len(rows) <= SHORT else "<table>"
    return [opening, "<colgroup>", *columns, "</colgroup>", f"<thead><tr>{titles}</tr></thead>", "<tbody>", *rows,
            "</tbody>", "</table>"]  # fmt: skip
