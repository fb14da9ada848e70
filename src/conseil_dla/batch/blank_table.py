"""An empty table to fill with dossiers, one a row: the columns that ``batch.table_file`` reads and proposes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from io import StringIO

from conseil_dla.dossiers.table_cells import (
    ASIDE,
    NONE_WORDING,
    TITLE,
    UNKNOWN_WORDING,
    answer_names,
    column_names,
    named,
)
from conseil_dla.ground.french import NBSP, spaced
from conseil_dla.ground.words import FORMULA_START
from conseil_dla.papers.blocks import plain
from conseil_dla.papers.documents.document import door
from conseil_dla.rules.model import Base

TITLE_HELP = "Le nom du projet, pour le reconnaître dans les résultats. Il peut rester vide."
SEVERAL = f"Plusieurs réponses{NBSP}: séparez-les par un point-virgule."
SUFFIXES = (".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be written in a cell."""

    wording: str
    id: str
    """How it may be written in short."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the table."""

    name: str
    """What stands in the first line."""
    id: str
    asked: str
    """The question whole; how to fill the column of titles."""
    help: str = ""
    choices: tuple[Choice, ...] = ()
    several: bool = False
    """More than one answer may be written in a cell."""
    bounds: tuple[int, int] | None = None
    theme: str = ""


def blank_table(base: Base, suffix: str) -> bytes:
    """The file; in .xlsx with lists to choose from and a second sheet that explains. Raises KeyError for another end.

    What is chosen from the lists is read back by ``batch.table_file.read_table`` without a mistake.
    """
    if suffix not in SUFFIXES:
        raise KeyError(suffix)
    columns = fields(base)
    if suffix == ".xlsx":
        with door():
            data: bytes = import_module("conseil_dla.batch.xlsx_form").write(columns)
        return data
    file = StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerow([column.name for column in columns])
    return file.getvalue().encode("utf-8-sig")


def fields(base: Base) -> tuple[Field, ...]:
    """The column of titles, then one a question in the order of the questions."""
    names = column_names(base)
    return (Field(TITLE, TITLE, TITLE_HELP), *(_field(base, id, names) for id in base.logic.questions))


def _field(base: Base, id: str, names: Mapping[str, str]) -> Field:
    question, entry = base.logic.questions[id], base.entry("question", id)
    known = answer_names(base, id)
    choices = [Choice(_name(entry.labels.get(answer, ""), answer, known), answer) for answer in question.answers]
    several = question.type == "plusieurs"
    if several:
        choices.append(Choice(NONE_WORDING, "aucune"))
    choices.append(Choice(UNKNOWN_WORDING, "inconnu"))
    help = " ".join(part for part in (SEVERAL if several else "", plain(entry.texts.get("aide", ""))) if part)
    asked = plain(entry.texts.get("libelle", entry.title))
    name = _name(entry.title, id, names)
    return Field(name, id, asked, help, tuple(choices), several, question.bounds, plain(entry.texts.get("theme", "")))


def _name(wording: str, id: str, names: Mapping[str, str]) -> str:
    """The wording where it is read back as what it says and starts nothing else; the id otherwise."""
    text = spaced(plain(wording))
    fits = named(names, text) == id and not text.startswith(ASIDE) and not FORMULA_START.match(text)
    return text if fits else id
