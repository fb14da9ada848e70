"""Sheets for what comes after a cahier des charges: the offers side by side, then what became of the accompaniment."""

from __future__ import annotations

from conseil_dla.papers.blocks import TO_COMPLETE, Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.fields import summed, table
from conseil_dla.papers.proposals import kept_rows, method_text
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import PaperField
from conseil_dla.rules.paper_fields import Row, rows

OFFERS = ("Offre 1", "Offre 2", "Offre 3")
HOW = (
    "Notez chaque offre de 0 à 10. Multipliez chaque note par le poids du critère, puis additionnez. Les structures "
    "notent sur leur feuille, le DLA sur la sienne ; comparez ensuite."
)
WHO_NOTES = ("Notes des structures", "Notes du DLA")
BLANK_ROWS = 5


def offers(whole: Whole) -> list[Block]:
    """Criteria by offers, once for the structures and once for the DLA; to be filled by hand."""
    weighted = [each for each in whole.base.fields.values() if any(column.counts == "poids" for column in each.columns)]
    blocks: list[Block] = [Paragraph(HOW)]
    for title in WHO_NOTES:
        blocks.append(Heading(title))
        blocks += [_offered(whole, field) for field in weighted]
    return [*blocks, Heading("Ce qui est décidé, et pourquoi"), Paragraph(f"{TO_COMPLETE}")]


def _offered(whole: Whole, field: PaperField) -> Grid:
    there = rows(whole.dossier.paper.get(field.id))
    cells = [tuple(row.get(column.id, "") for column in field.columns) for row in there]
    cells = cells or [("",) * len(field.columns)] * BLANK_ROWS
    total = ("Total", *(summed(column, there) for column in field.columns[1:]))
    lines = (*cells, total)
    titles = (*(column.title for column in field.columns), *OFFERS)
    shares = (*(1 if column.is_number else 3 for column in field.columns), *(1 for _ in OFFERS))
    return Grid(titles, tuple((*line, *("" for _ in OFFERS)) for line in lines), shares)


def follow_up(whole: Whole) -> list[Block]:
    """What was planned, then a table for each later date: what is written there, a row a structure else."""
    base, dossier = whole.base, whole.dossier
    planned = [text for row in kept_rows(dossier) if (text := method_text(base, row["facon"]))]
    blocks: list[Block] = [Heading("Ce qui avait été gardé"), Bullets(tuple(planned))] if planned else []
    for field in (each for each in base.fields.values() if each.part == "suivi" and each.columns):
        first = field.columns[0].id
        there = rows(dossier.paper.get(field.id))
        named = {row.get(first) for row in there}
        left: tuple[Row, ...] = tuple({first: one.name} for one in dossier.structures if one.name not in named)
        blocks += [Heading(base.title("rubrique", field.id)), table(field.columns, (*there, *left))]
    return blocks
