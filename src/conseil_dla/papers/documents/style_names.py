"""The styles of papers, known by what they are: programs and languages write one style under several names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "body": ("Style normal", "Normal", "Standard"),
        "text": ("Corps de texte", "Text body", "Body Text", "Textbody"),
        "title": ("Titre", "Title", "Titre principal"),
        "subtitle": ("Sous-titre", "Subtitle"),
        "heading": ("Titre", "Heading"),
        "heading 1": ("Titre 1", "Heading 1"),
        "heading 2": ("Titre 2", "Heading 2"),
        "lead": ("Chapeau",),
        "quiet": ("Discret",),
        "quote": ("Citation", "Quote", "Quotations", "Quotation"),
        "strong quote": ("Citation intense", "Intense Quote"),
        "bullet": ("Liste à puces", "List Bullet", "Puce"),
        "list": ("Paragraphe de liste", "List Paragraph", "Liste", "List"),
        "box": ("Case à cocher",),
        "answer": ("Réponse à cocher",),
        "cell": ("Cellule",),
        "cell of others": ("Contenu de tableau", "Table Contents"),
        "column": ("Titre de colonne",),
        "column of others": ("Titre de tableau", "Table Heading"),
        "foot": ("Pied de page", "Footer"),
        "head": ("En-tête", "Header"),
        "table": ("Tableau de papier",),
        "grid": ("Grille du tableau", "Table Grid"),
        "bullets": ("Puces",),
        "boxes": ("Cases",),
    }
)
"""Each with the name that its user sees, then those that programs write, which are believed first."""
NEAREST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": ("body",), "title": ("heading 1",), "heading 1": ("title", "heading"),
        "heading 2": ("heading 1", "heading"), "quiet": ("subtitle",), "quote": ("strong quote",), "bullet": ("list",),
        "box": ("bullet", "list"), "answer": ("box", "bullet", "list"), "cell": ("cell of others",),
        "column": ("column of others", "cell"), "foot": ("head",), "table": ("grid",),
    }
)  # fmt: skip
"""What may stand for a style before the plain one."""
CODED = re.compile(r"_([0-9a-f]{1,4})_", re.IGNORECASE)


def same(name: str) -> str:
    """What two names have in common when they name one style: no case, no accent, no space."""
    bare = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^\w]|_", "", "".join(each for each in bare if not unicodedata.combining(each))).casefold()


def decoded(name: str) -> str:
    """« Heading 1 » for ``Heading_20_1``: how OpenDocument writes what no name may hold."""
    return CODED.sub(lambda found: chr(int(found[1], 16)), name)


def found_by(style: str, known: Iterable[Mapping[str, str]]) -> str:
    """The template's own name of a style; empty when it has none.

    ``known`` are its names as ``same`` gives them, each leading to its own; the first that knows one is asked first.
    """
    shown, *written = NAMES[style]
    wanted = [same(name) for name in (*written, shown)]
    return next((names[name] for names in known for name in wanted if name in names), "")
