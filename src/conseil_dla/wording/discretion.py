"""What is said of a dossier when its title and its free texts are not to be seen: on a projector."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from conseil_dla.ground.french import MONTHS
from conseil_dla.rules.model import Base, Dossier, Opinion
from conseil_dla.rules.paper_fields import LEFT_OUT, METHOD_COLUMNS, METHODS, PaperColumn, PaperValue, Row, number, rows
from conseil_dla.rules.tables import Structure

HIDDEN_TEXTS = "Vos textes et vos notes sont masqués."
HIDDEN_NOTE = "Votre note est masquée."
HIDDEN_FINDINGS = "Ce qui ne va pas est masqué, comme les titres, car le fichier y est cité."
HIDDEN_NAME = "un fichier dont le nom est masqué, comme les titres"
HIDDEN_PERSON = "cette personne"
DAY_FIRST = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
"""The day on which a dossier was begun, as its file's name tells it."""


def discreet_title(path: str, modified: datetime | None = None) -> str:
    """« dossier du 12 mars »: the day when it was begun, else when it was last changed; never a word of its title."""
    day = _begun(Path(path).name) or (modified.date() if modified else None)
    if day is None:
        return "un de vos dossiers"
    number = "1er" if day.day == 1 else str(day.day)
    year = "" if day.year == date.today().year else f" {day.year}"
    return f"dossier du {number} {MONTHS[day.month - 1]}{year}"


def discreet_row(path: str, modified: datetime) -> str:
    """The same, at the head of a row."""
    title = discreet_title(path, modified)
    return title[:1].upper() + title[1:]


def discreet(dossier: Dossier) -> Dossier:
    """The dossier without its title nor what was written freely; what no one wrote, and every answer, stays."""
    opinion = Opinion(dossier.opinion.format, dossier.opinion.posture)
    title = discreet_title(dossier.path)
    return replace(dossier, title=title, demand="", heard="", notes={}, opinion=opinion, paper={})


def hidden_person(number: int) -> str:
    """« Répondant·e 1 »: what stands for the name of somebody who answers alone."""
    return f"Répondant·e {number}"


NOT_TAKEN = "[texte non repris]"
NO_TITLE = "Projet sans nom"


def anonymous_dossier(base: Base, dossier: Dossier) -> Dossier:
    """The dossier with stand-ins for every name and every text that somebody wrote; answers and counts stay."""

    def hidden(text: str) -> str:
        return NOT_TAKEN if text.strip() else ""

    free = {id for id, column in base.logic.columns.items() if column.type == "texte"}
    opinion = dossier.opinion
    structures = tuple(
        Structure(
            f"Structure {_letter(number)}",
            {id: NOT_TAKEN if id in free else cell for id, cell in row.cells.items()},
        )
        for number, row in enumerate(dossier.structures)
    )
    return Dossier(
        path="",
        title=NO_TITLE,
        answers=dossier.answers,
        declined=dossier.declined,
        demand=hidden(dossier.demand),
        heard=hidden(dossier.heard),
        notes={id: NOT_TAKEN for id, text in dossier.notes.items() if text.strip()},
        structures=structures,
        opinion=Opinion(
            opinion.format, opinion.posture, hidden(opinion.why), hidden(opinion.accepts), hidden(opinion.for_papers)
        ),
        paper=_anonymous_paper(base, dossier),
        experience=hidden(dossier.experience),
    )


WAY, CHOICE = METHOD_COLUMNS[0].id, METHOD_COLUMNS[1].id


def _anonymous_paper(base: Base, dossier: Dossier) -> dict[str, PaperValue]:
    """Choices, parts, what is reckoned with and what was taken from the rules stay; all other text has a stand-in.

    A number in a text is a telephone's, or a SIRET: it stays only where a number is asked for.
    """

    def hidden(text: str, *, is_number: bool, known: Collection[str] = ()) -> str:
        return text if text in known or (is_number and number(text) is not None) else NOT_TAKEN

    def row_hidden(row: Row, columns: Sequence[PaperColumn], known: Collection[str]) -> Row:
        numbers = {column.id for column in columns if column.is_number}
        return {id: hidden(text, is_number=id in numbers, known=known) for id, text in row.items()}

    paper = dossier.paper
    found: dict[str, PaperValue] = {LEFT_OUT: paper[LEFT_OUT]} if LEFT_OUT in paper else {}
    ways = [row for row in rows(paper.get(METHODS)) if tuple(row.get(WAY, "").split(":", 1)) in base.texts]
    if ways:
        found[METHODS] = tuple(row_hidden(row, METHOD_COLUMNS, (row[WAY], row.get(CHOICE, ""))) for row in ways)
    for id, field in base.fields.items():
        if id not in paper or field.part == "titre":
            continue
        known = {text for each in field.proposals for text in (each.text, *each.row.values())}
        value = paper[id]
        if isinstance(value, str):
            found[id] = hidden(value, is_number=field.type == "nombre", known=known)
        elif field.type == "tableau":
            found[id] = tuple(row_hidden(row, field.columns, known) for row in rows(value))
        else:
            found[id] = tuple(hidden(str(text), is_number=False, known=known) for text in value)
    return found


def _letter(number: int) -> str:
    """A, B… Z, then AA, AB…"""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def has_texts(dossier: Dossier) -> bool:
    """True when being discreet leaves something out beside the title."""
    opinion = dossier.opinion
    texts = (dossier.demand.strip(), dossier.heard.strip(), opinion.why, opinion.accepts, opinion.for_papers)
    return any((*texts, dossier.notes, dossier.paper))


def _begun(name: str) -> date | None:
    found = DAY_FIRST.match(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
