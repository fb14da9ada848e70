"""Parts that several outward papers share. Written from what may go out (``wall.Outward``), never from more.

Each gives blocks without a heading, so that a paper chooses its own titles and order. A blank is said as one: nothing
is filled by guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conseil_dla.ground.french import day_text, listed, lowered
from conseil_dla.papers.blocks import TO_COMPLETE, Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.fields import each_ones, followed, table
from conseil_dla.papers.wall import Outward, Way
from conseil_dla.rules.counting import shown
from conseil_dla.rules.model import Base
from conseil_dla.rules.paper_fields import METHOD_COLUMNS, METHOD_DETAILS, rows
from conseil_dla.rules.tables import Cell

MOST_RUNNING = 3
"""Sentences of a paragraph: more of them, on as many facts, are looked up rather than read."""


def dated(kind: str, out_on: str) -> str:
    """What a paper is, and its day in words."""
    return f"{kind} · {day_text(out_on)}"


def opinion(out: Outward) -> list[Block]:
    """What the officer wrote for others to read; nothing where nothing is written."""
    said = out.dossier.opinion.for_papers
    return [Heading("L’avis du DLA"), Paragraph(said)] if said else []


def origin(out: Outward) -> list[Block]:
    """Where the request comes from, in their words first where they may be read."""
    if not out.prints("demande"):
        return []
    cited = out.written("demande")
    told = running(out.kept("origine")) or [Paragraph(f"D’où vient la demande : {TO_COMPLETE}.")]
    return [*([Paragraph(cited, "quote")] if cited else []), *told]


def group(out: Outward) -> list[Block]:
    """Who they are: the table of structures, then what is kept of what answers say."""
    if not out.prints("groupe"):
        return []
    told = running(out.kept("groupe"))
    return [*structures(out), *told] or [Paragraph(f"Les structures concernées : {TO_COMPLETE}.")]


def structures(out: Outward) -> list[Block]:
    """The table of structures, with the sums of its numbers; an unknown cell is to be filled."""
    there = out.dossier.structures
    if not there:
        return []
    logic = out.base.logic
    columns = [id for id in logic.columns if any(id in row.cells for row in there)]
    titles = ("Structure", *(out.base.title("colonne", id) for id in columns))
    cells = [
        (row.name or TO_COMPLETE, *(_cell(out.base, id, row.cells.get(id)) for id in columns)) for row in there
    ]  # fmt: skip
    sums = [counted_in_table(out, id) for id in columns]
    if any(sums) and len(there) > 1:
        cells.append(("Ensemble", *sums))
    return [Grid(titles, tuple(cells), (3, *(2 for _ in columns)))]


def counted_in_table(out: Outward, column: str) -> str:
    """The sum of a column of numbers; empty for another, and where a structure’s number is not known."""
    cells = [row.cells.get(column) for row in out.dossier.structures]
    if out.base.logic.columns[column].type != "nombre" or not cells:
        return ""
    known = [cell for cell in cells if isinstance(cell, int)]
    return str(sum(known)) if len(known) == len(cells) else ""


def _cell(base: Base, column: str, cell: Cell | None) -> str:
    if cell is None:
        return TO_COMPLETE
    return base.entry("colonne", column).labels.get(str(cell)) or shown(base.logic.columns[column], cell)


def each_ones_aim(out: Outward) -> list[Block]:
    """What each structure looks for: what is written of it, else a row to fill for each."""
    told, field = ways(out.done("chacune")), each_ones(out.base)
    written = rows(out.dossier.paper.get(field.id)) if field else ()
    if field is not None and (shown := written or followed(field, out.dossier)):
        return [*told, table(field.columns, shown)]
    return told or [Paragraph(f"Ce que chaque structure attend pour elle-même : {TO_COMPLETE}.")]


def shape(out: Outward) -> list[Block]:
    """The form thought of, and what is kept of what it is."""
    if not out.formats:
        return [Paragraph(f"La forme reste à choisir : {TO_COMPLETE}.", "lead")]
    lead = "La forme proposée" if out.is_kept else "La forme envisagée à ce stade"
    names = listed([lowered(out.base.title("format", id)) for id in out.formats], "ou")
    return [Paragraph(f"{lead} : {names}.", "lead"), *running(out.kept("definition"))]


def items(texts: Sequence[str]) -> list[Block]:
    """Texts one under the other; nothing when there is none."""
    return [Bullets(tuple(texts))] if texts else []


def ways(kept: Sequence[Way], most: int | None = None) -> list[Block]:
    """Ways that are kept; those with a number or a date stand again in a table, under a short name."""
    if not kept:
        return []
    shown = kept[:most] if most else kept
    dated_ones = [{**way.row, "facon": way.text} for way in shown if any(way.row.get(c.id) for c in METHOD_DETAILS)]
    plain = tuple(way.text for way in shown if not any(way.row.get(c.id) for c in METHOD_DETAILS))
    columns = (METHOD_COLUMNS[0], *(c for c in METHOD_DETAILS if any(row.get(c.id) for row in dated_ones)))
    blocks: list[Block] = [Bullets(plain)] if plain else []
    return [*blocks, table(columns, dated_ones, blank="")] if dated_ones else blocks


def progress(out: Outward) -> list[Block]:
    """What will be held to be progress; choosing not to go on, where that is kept: never alone."""
    if not out.prints("progres"):
        return []
    issue = [way.text for way in out.done("issue")]
    told, kept = running(out.kept("progres")), [way.text for way in out.done("progres")]
    blank = [] if told or kept else [f"Progrès attendus : {TO_COMPLETE}."]
    listed = (*blank, *kept, *issue[:1])
    return [*told, Bullets(listed)] if listed else told


def running(*texts: Sequence[str]) -> list[Block]:
    """Sentences as one paragraph, as items where there are many; nothing when there is none."""
    said = [text for some in texts for text in some]
    if len(said) > MOST_RUNNING:
        return [Bullets(tuple(said))]
    return [Paragraph(" ".join(said))] if said else []


def part(title: str, *blocks: Iterable[Block]) -> list[Block]:
    """A part with its title; nothing when it would be empty."""
    inside = [block for some in blocks for block in some]
    return [Heading(title), *inside] if inside else []
