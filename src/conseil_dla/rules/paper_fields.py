"""What an officer writes for the papers, as frozen values: fields (``rubrique``), proposals for each, what is kept.

Fields are knowledge: Python knows the parts that a paper is made of and what a field may hold, and no field but the two
that every base has: the ways of going about it that are kept, and the parts that are left out. Nothing here decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, get_args

FieldType = Literal["texte", "nombre", "liste", "tableau"]
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)
Part = Literal[
    "titre", "en_tete", "demande", "territoire", "contexte", "individuel", "groupe", "besoin", "objectifs",
    "deroulement", "partenaires", "pilotage", "echeancier", "budget", "livrables", "progres", "prestataire", "choix",
    "pieces", "comite", "suivi",
]  # fmt: skip
"""Where in the papers a field stands."""
PAPER_PARTS: tuple[Part, ...] = get_args(Part)
PART_TITLES: Mapping[Part, str] = MappingProxyType({
    "titre": "Le titre",
    "en_tete": "L’en-tête",
    "demande": "La demande",
    "territoire": "Le territoire",
    "contexte": "Le contexte",
    "individuel": "Les accompagnements individuels",
    "groupe": "Le groupe",
    "besoin": "Le besoin",
    "objectifs": "Les objectifs",
    "deroulement": "Le déroulement",
    "partenaires": "Les partenaires",
    "pilotage": "Le pilotage et la restitution",
    "echeancier": "Le calendrier",
    "budget": "Le budget",
    "livrables": "Les livrables",
    "progres": "Ce qui comptera comme un progrès",
    "prestataire": "Le prestataire",
    "choix": "Le choix du prestataire",
    "pieces": "Les pièces à fournir",
    "comite": "Le comité d’appui",
    "suivi": "Le suivi",
})  # fmt: skip
Counted = Literal["jours_collectifs", "jours_individuels", "prix_du_jour", "plafond", "montant", "poids", "note"]
"""What a number is, where papers reckon with it. A table that counts a ``note`` is that of the offers: the columns
before it are the offer, the criterion and who gives it, the one after it says why.
"""
Counts = Counted | Literal[""]

Taken = Literal[
    "titre", "demande", "origine", "but", "groupe", "paroles", "partenaires", "progres", "forme", "appuis", "raisons",
    "definition", "limites",
]  # fmt: skip
"""What of a dossier a field may propose: what goes out by no other way. Its title, its request; then, for lists, what
answers say under that word of ``dans_les_papiers``, what helps already (``appuis``), why this form (``raisons``), what
it is (``definition``) and what it is not (``limites``).
"""
OWN_TEXTS: tuple[Taken, ...] = ("titre", "demande")
"""Of these, the texts of the dossier itself."""
Row = Mapping[str, str]
"""A row of a ``tableau``: texts by column; an empty cell has no key. Numbers are as they were typed, readable ones."""
PaperValue = str | tuple[str, ...] | tuple[Row, ...]
"""What is kept under a field: a text (a number as it was typed), the texts of a list, the rows of a table. Never empty:
what is empty is absent."""


def rows(value: object) -> tuple[Row, ...]:
    """The rows of a table; none of what is no table, nor of nothing."""
    return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple) else ()


_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def number(text: str) -> Decimal | None:
    """A number as people type it (« 1 200 », « 3,5 »); None where it is none. Never negative."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    return Decimal(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else None


METHODS = "facons_de_faire"
"""The field of the ways of going about it: rows of ``METHOD_COLUMNS``."""
LEFT_OUT = "parties_laissees"
"""The field of the parts that no paper prints: their words."""
Choice = Literal["gardee", "a_proposer", "laissee"]
CHOICES: Mapping[Choice, str] = MappingProxyType({
    "gardee": "gardée : les papiers l’écrivent",
    "a_proposer": "à proposer de vive voix",
    "laissee": "laissée de côté",
})  # fmt: skip
"""What an officer may have made of a way of going about it; one that has no row is not decided."""


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a ``tableau``."""

    id: str
    title: str
    is_number: bool = False
    counts: Counts = ""


METHOD_COLUMNS: tuple[PaperColumn, ...] = (
    PaperColumn("facon", "Façon de faire"),
    PaperColumn("choix", "Choix"),
    PaperColumn("combien", "Combien de fois", is_number=True),
    PaperColumn("jours", "Jours", is_number=True),
    PaperColumn("quand", "Quand"),
    PaperColumn("texte", "Dit autrement"),
)
"""``facon`` is « kind:id »; ``choix`` one of ``CHOICES``; the others are typed, and may be absent."""
METHOD_DETAILS = METHOD_COLUMNS[2:5]
"""How often, how many days, when."""
