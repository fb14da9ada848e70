"""A paper as Markdown (CommonMark, with tables): plain enough to be read as it is, and no text in it is markup.

Every character that CommonMark or the usual extensions could take for markup is escaped by a backslash, which is
allowed before any ASCII punctuation (CommonMark 0.31, 2.4). HTML, links, images, autolinks, tables, code, emphasis and
formulas all begin with one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from conseil_dla.papers.blocks import Ballot, Block, Bullets, CompassPicture, Grid, Heading, Paper, Paragraph

INLINE = re.compile(r"[\\`*_\[\]<>&|~$#]")
ADDRESS = re.compile(r"(?<=[A-Za-z0-9]):(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)")
"""What makes an address a link without brackets."""
HANDS = "\\[……\\]"
"""Where a number of hands is written."""
AT_THE_START = re.compile(r"^(\d+)([.)])|^([-+=:])")
"""What would make a line an item, a rule, a title or a definition."""


def write(paper: Paper) -> str:
    """The whole text, ending with a line end."""
    parts = [f"# {escaped(paper.title)}", f"*{escaped(paper.subtitle)}*", *map(_block, paper.blocks)]
    parts += ["---", f"*{escaped(paper.footer)}*"] if paper.footer else []
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """A text that reads as it is written wherever it stands on a line."""
    text = INLINE.sub(lambda found: f"\\{found[0]}", text)
    text = ADDRESS.sub(lambda found: f"\\{found[0]}", text)
    return AT_THE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def _block(block: Block) -> str:
    match block:
        case Heading(text, level, apart):
            title = f"{'#' * (level + 1)} {escaped(text)}"
            return f"---\n\n{title}" if apart else title
        case Paragraph(text, tone):
            return {"quote": "> {}", "lead": "**{}**", "quiet": "*{}*", "body": "{}"}[tone].format(escaped(text))
        case Bullets(items, boxes):
            return "\n".join(f"- {'☐ ' if boxes else ''}{escaped(item)}" for item in items)
        case Grid(titles, rows):
            lines = [_row(titles), _row(["---"] * len(titles), raw=True), *map(_row, rows)]
            return "\n".join(lines)
        case Ballot(question, note, options):
            asked = f"**{escaped(question)}**{f' *{escaped(note)}*' if note else ''}"
            return "\n".join([asked, "", *(f"- ☐ {escaped(option)} {HANDS}" for option in options)])
        case CompassPicture(across, up, _, told):
            lead = f"{up.negative} ↔ {up.positive} ; {across.negative} ↔ {across.positive}"
            return f"{escaped(lead)}\n\n{escaped(told)}"


def _row(cells: Iterable[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cell if raw else escaped(cell) for cell in cells)} |"
