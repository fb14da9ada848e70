"""Sheets for what comes after a cahier des charges: the offers side by side, then what became of the accompaniment.

Each is a paper, filled by hand, or a workbook, filled on a screen; ``read_back`` takes what a workbook holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from conseil_dla.dossiers.table_cells import letters
from conseil_dla.ground.words import fold
from conseil_dla.papers.blocks import TO_COMPLETE, Block, Bullets, Grid, Heading, Paragraph, plain
from conseil_dla.papers.documents.sheets import Cell, Formula, Sheet
from conseil_dla.papers.fields import followed, summed, table, told
from conseil_dla.papers.proposals import kept_rows, method_text
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Base, Dossier, PaperField
from conseil_dla.rules.paper_fields import PaperColumn, number, rows

# --- the offers -------------------------------------------------------------------------------------------------------

FEWEST_OFFERS = 3
RATERS = ("Les structures", "Le DLA")
"""Who gives marks, in the order of the sheet."""
BEST = 10
"""The highest mark."""
FULL = 100
"""The highest total."""
BLANK_ROWS = 5
HOW = (
    f"Notez chaque offre de 0 à {BEST}. Les structures notent sur leur feuille, le DLA sur la sienne ; comparez "
    f"ensuite. Le total, sur {FULL}, compte chaque note selon le poids du critère."
)
BY, CRITERION, WEIGHT, WHY, TOTAL = "Qui note", "Critère", "Poids", "Pourquoi", f"Total sur {FULL}"
"""Titles of the workbook, and of its lines of totals."""


def alike(text: str) -> str:
    """What a text and its printed form have in common: a workbook holds texts as papers print them."""
    return fold(plain(text))


def marks_field(base: Base) -> PaperField | None:
    """The table of the offers; None where the rules have none."""
    return next((each for each in base.fields.values() if mark_column(each) is not None), None)


def mark_column(field: PaperField) -> int | None:
    """Where the marks stand among its columns."""
    return next((n for n, column in enumerate(field.columns) if column.counts == "note"), None)


@dataclass(frozen=True, slots=True)
class Offers:
    """Criteria by offers, as they stand in a dossier."""

    criteria: Mapping[str, str]
    """Each with its weight, empty where none is written."""
    names: tuple[str, ...]
    raters: tuple[str, ...]
    marks: Mapping[tuple[str, str, str], tuple[str, str]]
    """By rater, criterion and offer (``fold``): the mark and why, as typed."""

    def mark(self, rater: str, criterion: str, offer: str) -> tuple[str, str]:
        """Both empty where nothing is written."""
        return self.marks.get((alike(rater), alike(criterion), alike(offer)), ("", ""))

    def total(self, rater: str, offer: str) -> Decimal | None:
        """Out of ``FULL``, over the criteria that this rater marks: not all are for everybody.

        None until each of them has its weight, and its mark for this offer.
        """
        marked = [each for each in self.criteria if any(self.mark(rater, each, name)[0] for name in self.names)]
        weights = [number(self.criteria[each]) for each in marked]
        marks = [number(self.mark(rater, each, offer)[0]) for each in marked]
        if None in weights or None in marks or not sum(weight or 0 for weight in weights):
            return None
        weighted = sum((w or 0) * (mark or 0) for w, mark in zip(weights, marks, strict=True))
        return Decimal(weighted) / sum(weight or 0 for weight in weights) * FULL / BEST


def offers_of(base: Base, dossier: Dossier) -> Offers:
    """Those written in a dossier, and blank ones up to ``FEWEST_OFFERS``."""
    field = marks_field(base)
    written = rows(dossier.paper.get(field.id)) if field else ()
    offer, criterion, by, mark, why = (column.id for column in field.columns[:5]) if field else ("",) * 5
    criteria = dict(_criteria(base, dossier))
    known = {alike(each) for each in criteria}
    more = (row[criterion] for row in written if row.get(criterion) and alike(row[criterion]) not in known)
    names = tuple(dict.fromkeys(row[offer] for row in written if row.get(offer)))
    blank = (f"Offre {n}" for n in range(1, 100) if f"Offre {n}" not in names)
    names += tuple(next(blank) for _ in range(FEWEST_OFFERS - len(names)))
    others = (row[by] for row in written if row.get(by) and alike(row[by]) not in map(alike, RATERS))
    return Offers(
        criteria | dict.fromkeys(more, ""),
        names,
        (*RATERS, *dict.fromkeys(others)),
        {
            (alike(row.get(by, "")), alike(row.get(criterion, "")), alike(row.get(offer, ""))): (
                row.get(mark, ""),
                row.get(why, ""),
            )
            for row in written
        },
    )


def _criteria(base: Base, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Those of every table that counts weights."""
    for field in base.fields.values():
        weight = next((column.id for column in field.columns if column.counts == "poids"), None)
        if weight is not None:
            name = field.columns[0].id
            yield from ((row[name], row.get(weight, "")) for row in rows(dossier.paper.get(field.id)) if row.get(name))


def offers(whole: Whole) -> list[Block]:
    """Criteria by offers, once for each rater, and why."""
    found = offers_of(whole.base, whole.dossier)
    blocks: list[Block] = [Paragraph(HOW)]
    for rater in found.raters:
        blocks += [Heading(f"Notes : {rater[0].lower()}{rater[1:]}" if rater in RATERS else f"Notes : {rater}")]
        blocks += [_graded(found, rater)]
        why = [
            f"{offer}, {criterion} : {told}"
            for offer in found.names for criterion in found.criteria
            if (told := found.mark(rater, criterion, offer)[1])
        ]  # fmt: skip
        blocks += [Bullets(tuple(why))] if why else []
    return [*blocks, Heading("Ce qui est décidé, et pourquoi"), Paragraph(f"{TO_COMPLETE}")]


def _graded(found: Offers, rater: str) -> Grid:
    cells = [
        (criterion, weight, *(found.mark(rater, criterion, offer)[0] for offer in found.names))
        for criterion, weight in found.criteria.items()
    ]
    cells = cells or [("",) * (2 + len(found.names))] * BLANK_ROWS
    weights = summed(PaperColumn(WEIGHT, WEIGHT, is_number=True), [{WEIGHT: each} for each in found.criteria.values()])
    totals = [found.total(rater, offer) for offer in found.names]
    last = (TOTAL, weights, *("" if value is None else told(value.quantize(Decimal("0.1"))) for value in totals))
    shares = (3, 1, *(2 for _ in found.names))
    return Grid((CRITERION, WEIGHT, *found.names), (*cells, last), shares)


def offers_workbook(whole: Whole) -> tuple[Sheet, ...]:
    """The same as one sheet, marks as numbers and totals as formulas; the name of an offer is typed over its title."""
    found = offers_of(whole.base, whole.dossier)
    criteria = dict(found.criteria) or dict.fromkeys((f"Critère {n + 1}" for n in range(BLANK_ROWS)), "")
    titles = (BY, CRITERION, WEIGHT, *(title for offer in found.names for title in (offer, WHY)))
    lines: list[tuple[Cell, ...]] = []
    for rater in found.raters:
        first = len(lines) + 2
        for criterion, weight in criteria.items():
            marks = (found.mark(rater, criterion, offer) for offer in found.names)
            cells = (cell for mark, why in marks for cell in (_number(mark), why))
            lines.append((rater, criterion, _number(weight), *cells))
        last = len(lines) + 1
        places = [f"{letters(3 + 2 * n)}{first}:{letters(3 + 2 * n)}{last}" for n in range(len(found.names))]
        totals = (cell for marks in places for cell in (_weighted(f"C{first}:C{last}", marks, places), ""))
        lines.append((rater, TOTAL, Formula(f"=SUM(C{first}:C{last})"), *totals))
    return (Sheet("Offres", titles, tuple(lines)),)


def _weighted(weights: str, marks: str, places: Sequence[str]) -> Formula:
    """The total of a column of marks, as ``Offers.total`` reckons it; nothing until it can be."""
    marked = "(" + "+".join(f'({place}<>"")' for place in places) + ">0)"
    is_short = f"COUNT({marks})<SUMPRODUCT({marked}*1)"
    has_no_weight = f'SUMPRODUCT({marked}*({weights}=""))>0'
    reckoned = f"SUMPRODUCT({weights},{marks})/SUMPRODUCT({weights}*{marked})*{FULL // BEST}"
    return Formula(f'=IF(COUNT({marks})=0,"",IF({is_short},"",IF({has_no_weight},"",{reckoned})))')


def _number(text: str) -> Cell:
    """A number as one, so that a spreadsheet reckons with it; what is none as it was typed."""
    value = number(text) if text else None
    return text if value is None else value


# --- the follow-up ----------------------------------------------------------------------------------------------------

WHEN = "Échéance"


def follow_up(whole: Whole) -> list[Block]:
    """What was planned, then a table for each later date: what is written there, a row a structure else."""
    base, dossier = whole.base, whole.dossier
    planned = [text for row in kept_rows(dossier) if (text := method_text(base, row["facon"]))]
    blocks: list[Block] = [Heading("Ce qui avait été gardé"), Bullets(tuple(planned))] if planned else []
    for field in follow_up_fields(base):
        blocks += [Heading(base.title("rubrique", field.id)), table(field.columns, followed(field, dossier))]
    return blocks


def follow_up_fields(base: Base) -> Sequence[PaperField]:
    """A table for each later date."""
    return [each for each in base.fields.values() if each.part == "suivi" and each.columns]


def follow_up_workbook(whole: Whole) -> tuple[Sheet, ...]:
    """Every date on one sheet, a line a structure."""
    fields = follow_up_fields(whole.base)
    titles = tuple(dict.fromkeys(column.title for field in fields for column in field.columns))
    lines = []
    for field in fields:
        ids = {column.title: column.id for column in field.columns}
        for row in followed(field, whole.dossier) or ({},):
            cells = (row.get(ids.get(title, ""), "") for title in titles)
            lines.append((whole.base.title("rubrique", field.id), *cells))
    return (Sheet("Suivi", (WHEN, *titles), tuple(lines)),)
