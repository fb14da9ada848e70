"""The table of structures as frozen values: its columns, its rows, and what a question counts in it.

Columns are declared in YAML (``colonne``), so that Python knows of no legal form and no département: only that rows
are counted. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

CellType = Literal["texte", "choix", "oui_non", "nombre"]
Cell = str | int
"""A known cell: a text, an answer id of the column, or a whole number, zero or more."""

Word = Literal["aucune", "au_moins_une", "moitie_au_plus", "plus_de_la_moitie", "certaines", "pas_toutes", "toutes"]
WORDS: tuple[Word, ...] = (
    "aucune", "au_moins_une", "moitie_au_plus", "plus_de_la_moitie", "certaines", "pas_toutes", "toutes",
)  # fmt: skip
"""Shares of the rows that have a name; ``Share.holds`` defines each."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing known of each structure, beside its name."""

    id: str
    type: CellType
    answers: tuple[str, ...] = ()
    """Answer ids in file order; empty for a ``texte`` and a ``nombre``."""
    listed: Mapping[str, str] = field(default_factory=dict)
    """Names by code (``valeurs``), for a ``texte`` whose values are known; ``counting`` tells what cells mean."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Codes by folded spelling."""
    postcodes: Mapping[str, str] = field(default_factory=dict)
    """Codes by how a postcode begins, the longest beginning first; an empty code is none of them."""


@dataclass(frozen=True, slots=True)
class Structure:
    """One row. A column that is absent from ``cells`` is unknown: there is no default."""

    name: str
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """When an answer follows from a count: a named share of the rows, or limits of the count (both inclusive)."""

    word: Word | None = None
    low: int | None = None
    high: int | None = None

    def holds(self, count: int, total: int) -> bool:
        """True when ``count`` rows out of ``total`` are such a share."""
        match self.word:
            case "aucune":
                return count == 0
            case "au_moins_une":
                return count >= 1
            case "moitie_au_plus":
                return count >= 1 and 2 * count <= total
            case "plus_de_la_moitie":
                return 2 * count > total
            case "certaines":
                return 1 <= count < total
            case "pas_toutes":
                return count < total
            case "toutes":
                return count == total
        return (self.low is None or count >= self.low) and (self.high is None or count <= self.high)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a question counts in the table (``du_tableau``), and which answer each count gives."""

    column: str | None = None
    """Column looked at; None to count the rows themselves."""
    answers: frozenset[str] = frozenset()
    """Cells of a ``choix`` or ``oui_non`` that count."""
    low: int | None = None
    high: int | None = None
    """Limits of the cells of a ``nombre`` that count, inclusive."""
    distinct: bool = False
    """Count different cells (``differents``) rather than rows."""
    shares: tuple[tuple[str, Share], ...] = ()
    """By answer id; at most one holds for any count. Empty for a ``nombre``, whose answer is the count."""

    def takes(self, cell: Cell) -> bool:
        """True when a known cell counts."""
        if isinstance(cell, int):
            return (self.low is None or cell >= self.low) and (self.high is None or cell <= self.high)
        return cell in self.answers
