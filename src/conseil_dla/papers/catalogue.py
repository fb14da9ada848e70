"""The papers that can be asked for without typing a command, and the names of their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from conseil_dla.papers.documents.kinds import PDF
from conseil_dla.papers.documents.pdf import office
from conseil_dla.papers.writing import OUTWARD, OWN, WORKBOOK, WORKBOOKS, Model


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper, for one audience, named or not."""

    model: Model
    internal: bool = False
    anonymous: bool = False


AUDIENCES: Mapping[str, tuple[Wanted, ...]] = MappingProxyType(
    {
        "À transmettre": tuple(Wanted(model) for model in OUTWARD),
        "Pour vous seul·e": (*(Wanted(model) for model in OWN), *(Wanted(model, internal=True) for model in OUTWARD)),
        "Sans aucun nom, à partager": tuple(Wanted(model, anonymous=True) for model in OUTWARD),
    }
)
"""Whom papers are for, and those that are offered to each."""
FILE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        ".docx": "Un document Word, à reprendre",
        ".odt": "Un document LibreOffice, à reprendre",
        ".html": "Une page à imprimer",
        ".md": "Du texte (Markdown)",
    }
)
"""Ends of names, and what each kind of file is for."""


def kinds_of(wanted: Wanted) -> Mapping[str, str]:
    """Those of one paper here: a workbook too where it can be read back, and PDF where something makes it."""
    book = {WORKBOOK: "Un classeur, à remplir puis à reprendre dans le dossier"} if wanted.model in WORKBOOKS else {}
    return {**book, **FILE_KINDS, **({PDF: "Un PDF, fait par LibreOffice"} if office() else {})}


def paper_name(wanted: Wanted) -> str:
    """What a paper is, in a list."""
    kind, _ = (OUTWARD if wanted.model in OUTWARD else OWN)[wanted.model]
    return f"{kind}, avec vos pages" if wanted.internal else kind


PAPERS = "papiers"
"""The folder, beside dossiers, that papers are written in."""


def file_stem(dossier: str, wanted: Wanted) -> str:
    """The name of its file, without the end: the dossier’s, and what it is. Anonymous, the dossier is not named.

    ``dossier`` is the name of the dossier's file, without its end.
    """
    name = f"{wanted.model}-interne" if wanted.internal else wanted.model
    return f"{'sans-nom' if wanted.anonymous else dossier}-{name}"
