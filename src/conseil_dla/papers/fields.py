"""What officers write for papers as blocks: lines, lists and tables, their sums, and blanks where nothing is written.

Figures are reckoned with only where they were typed; a sum says nothing of rows that have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from conseil_dla.papers.blocks import TO_COMPLETE, TO_FILL, Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.sentences import sentences
from conseil_dla.papers.wall import Outward, outward
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Base, Dossier, PaperField, Proposal
from conseil_dla.rules.paper_fields import OWN_TEXTS, Counts, PaperColumn, Part, Row, Taken, number, rows
from conseil_dla.rules.truth import scopes_of, truth


def proposals(whole: Whole, field: str) -> tuple[Proposal, ...]:
    """What a field proposes, under these answers and the formats in play, what the dossier says first."""
    opinion = whole.dossier.opinion.format
    playing = {opinion} if opinion else {*whole.reading.format.shown}
    scopes = scopes_of(whole.base.logic, whole.reading.answers)
    return (*(Proposal(text) for text in _taken(whole, whole.base.fields[field].takes) if text.strip()), *(
        each
        for each in whole.base.fields[field].proposals
        if (not each.formats or each.formats & playing)
        and (each.condition is None or truth(each.condition, scopes, {}) is True)
    ))  # fmt: skip


def _taken(whole: Whole, what: Taken | Literal[""]) -> tuple[str, ...]:
    match what:
        case "":
            return ()
        case "titre":
            return (whole.dossier.title,)
        case "demande":
            return (whole.dossier.demand,)
        case _:
            return sentences(outward(whole), what)


TOTAL = "Total"
SO_FAR = "Total provisoire"
"""Where some row has no number yet."""
FEWEST_FOR_TOTAL = 2
"""A table of one row is its own sum."""


def sheet(out: Outward, part: Part, *more: tuple[str, str], tables: bool = True) -> list[Block]:
    """A part as a table of two columns; ``more`` are lines that come last. Its lists, and ``tables``, stand below."""
    rows = [(out.base.title("rubrique", each.id), line(out, each)) for each in out.fields(part) if _is_line(each)]
    grid: list[Block] = [Grid(("", ""), (*rows, *more), (2, 5))] if rows or more else []
    below = (each for each in out.fields(part) if each.type == "liste" or (tables and each.type == "tableau"))
    return [*grid, *(block for each in below for block in titled(out, each))]


def running(out: Outward, part: Part) -> list[Block]:
    """A part field after field, each under its title; what is kept of answers stands elsewhere."""
    apart = each_ones(out.base)
    own = (each for each in out.fields(part) if is_own(each) and each is not apart)
    return [block for each in own for block in titled(out, each)]


def is_own(field: PaperField) -> bool:
    """False of what is kept of the program's own sentences."""
    return not field.takes or field.takes in OWN_TEXTS


def each_ones(base: Base) -> PaperField | None:
    """The table of what each structure looks for: that of the objectives."""
    return next((each for each in base.fields.values() if each.part == "objectifs" and each.type == "tableau"), None)


def followed(field: PaperField, dossier: Dossier) -> tuple[Row, ...]:
    """The rows written in a table of structures, then one for each structure that has none."""
    first = field.columns[0].id
    there = rows(dossier.paper.get(field.id))
    named = {row.get(first) for row in there}
    return (*there, *({first: one.name} for one in dossier.structures if one.name not in named))


def _is_line(field: PaperField) -> bool:
    return field.type in ("texte", "nombre")


def titled(out: Outward, field: PaperField) -> list[Block]:
    """A field under its title."""
    title = out.base.title("rubrique", field.id)
    value = out.dossier.paper.get(field.id)
    if field.type == "liste" and value:
        return [Heading(title, 2), Bullets(tuple(str(text) for text in value))]
    if field.type == "tableau" and value:
        return [Heading(title, 2), table(field.columns, rows(value))]
    if field.type == "tableau":
        return [Heading(title, 2), table(field.columns, ())]
    return [Heading(title, 2), Paragraph(line(out, field))]


def line(out: Outward, field: PaperField) -> str:
    """What is written under a field, or a blank."""
    value = out.dossier.paper.get(field.id)
    if isinstance(value, str):
        unit = out.base.entry("rubrique", field.id).texts.get("unite", "")
        return f"{value} {unit}".strip() if field.type == "nombre" else value
    return TO_FILL if field.type == "nombre" else TO_COMPLETE


def table(columns: Sequence[PaperColumn], rows: Sequence[Row], blank: str | None = None) -> Grid:
    """Rows under titles, what is empty a blank, or left as ``blank`` says, and a last row with the sums."""
    usual = (TO_FILL if column.is_number else TO_COMPLETE for column in columns)
    blanks = tuple(each if blank is None else blank for each in usual)
    cells = [tuple(row.get(c.id) or blank for c, blank in zip(columns, blanks, strict=True)) for row in rows]
    sums = [summed(column, rows) for column in columns]
    if len(rows) >= FEWEST_FOR_TOTAL and any(sums):
        is_whole = all(row.get(column.id) for row in rows for column in columns if column.is_number)
        cells.append((TOTAL if is_whole else SO_FAR, *(sums[1:])))
    shares = tuple(5 if column.is_number else 6 for column in columns)
    return Grid(tuple(column.title for column in columns), tuple(cells) or (blanks,), shares)


def summed(column: PaperColumn, rows: Iterable[Row]) -> str:
    """The sum of a column, as one reads it; empty where nothing in it is reckoned, or where something is no number."""
    texts = [text for row in rows if (text := row.get(column.id, ""))] if column.is_number else []
    found = [value for text in texts if (value := number(text)) is not None]
    return told(sum(found, Decimal(0))) if found and len(found) == len(texts) else ""


def told(value: Decimal) -> str:
    """A number as papers write it: « 1 200 », « 3,5 »."""
    whole = f"{value:,f}".replace(",", "\u202f").replace(".", ",")
    return whole.rstrip("0").rstrip(",") if "," in whole else whole


def total(base: Base, dossier: Dossier, *counts: Counts) -> Decimal | None:
    """The sum of everything that counts as one of these, in numbers and tables; None where nothing is typed."""
    found: list[Decimal] = []
    for field in base.fields.values():
        value = dossier.paper.get(field.id)
        if field.counts in counts and isinstance(value, str):
            found += [known] if (known := number(value)) is not None else []
        for column in field.columns if value else ():
            if column.counts in counts:
                found += [known for row in rows(value) if (known := number(row.get(column.id, ""))) is not None]
    return sum(found, Decimal(0)) if found else None


def days(out: Outward) -> str:
    """Days of intervention, together and structure by structure; empty where none is typed."""
    together = total(out.base, out.dossier, "jours_collectifs")
    apart = total(out.base, out.dossier, "jours_individuels")
    if together is None and apart is None:
        return ""
    kinds = ((together, "en groupe"), (apart, "auprès des structures"))
    said = [f"{told(value)} {what}" for value, what in kinds if value is not None]
    whole = (together or Decimal(0)) + (apart or Decimal(0))
    return f"{told(whole)} jours : {', '.join(said)}" if len(said) > 1 else said[0].replace(" ", " jours ", 1)


def reckoned_cost(out: Outward) -> Decimal | None:
    """What these days cost at the price of a day, in euros; None where either is unknown."""
    counted = total(out.base, out.dossier, "jours_collectifs", "jours_individuels")
    price = total(out.base, out.dossier, "prix_du_jour")
    return counted * price if counted is not None and price is not None else None


def cost(out: Outward) -> str:
    """What it may cost, as papers write it: the ceiling, else these days at their price; empty where it is unknown."""
    if (ceiling := total(out.base, out.dossier, "plafond")) is not None:
        return f"{told(ceiling)} € TTC au plus"
    value = reckoned_cost(out)
    return f"{told(value)} € TTC" if value is not None else ""


def _lacks(out: Outward, counts: Counts) -> bool:
    """Does a row of a table say nothing that can be reckoned, where it should?"""
    return any(
        number(row.get(column.id, "")) is None
        for field in out.base.fields.values() for column in field.columns if column.counts == counts
        for row in rows(out.dossier.paper.get(field.id))
    )  # fmt: skip


def still_to_find(out: Outward) -> str:
    """What of the ceiling nobody pays yet, of the cost where there is no ceiling.

    Empty where nothing is left, and where some amount is not known: one cannot tell.
    """
    if _lacks(out, "montant"):
        return ""
    ceiling = total(out.base, out.dossier, "plafond")
    wanted = ceiling if ceiling is not None else reckoned_cost(out)
    promised = total(out.base, out.dossier, "montant")
    left = wanted - promised if wanted is not None and promised is not None else Decimal(0)
    return f"{told(left)} €" if left > 0 else ""
