"""The door: a paper and the end of a file's name in, the bytes of the file out, in a template where its kind has any.

Each kind of file is a module of this package with a ``write``; it is imported only when it is asked for. A template
named by a user is never opened as it is: ``word_letterhead`` and ``odt_letterhead`` take from it what shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from conseil_dla.ground.files import content_of, packaged_rules
from conseil_dla.papers.blocks import Paper
from conseil_dla.papers.documents.document import BadTemplate, Made, door

STYLED: Mapping[str, str] = MappingProxyType({".docx": "word", ".odt": "odt"})
"""Kinds of file that take their look from a template: ``write(paper, template) -> Made``."""
TEMPLATES: Mapping[str, tuple[str, ...]] = MappingProxyType({".docx": (".docx", ".dotx"), ".odt": (".odt", ".ott")})
"""Ends of the names that a template may have."""
TEXTS: Mapping[str, str] = MappingProxyType({".html": "html", ".md": "markdown"})
"""Kinds of file that are made whole here: ``write(paper) -> str``."""
SUFFIXES = (*STYLED, *TEXTS)
"""Ends of names, as they are told to users."""
PDF = ".pdf"
"""A kind that another program makes, from the Word file: ``pdf``."""


def written(paper: Paper, suffix: str, template: bytes = b"") -> Made:
    """The file; ``suffix`` is one of ``SUFFIXES``, and ``template`` the bytes of one where it is of ``STYLED``.

    Raises KeyError for any other suffix, ``document.BadTemplate`` and ``document.NotMade``.
    """
    module = import_module(f"{__package__}.{STYLED.get(suffix) or TEXTS[suffix]}")
    with door():
        if suffix in STYLED:
            made: Made = module.write(paper, template)
            return made
        text: str = module.write(paper)
        return Made(text.encode("utf-8"))


# --- templates -------------------------------------------------------------------------------------------------------

WHERE = ("knowledge", "gabarits")
NAME = "papier"
MOST = 20_000_000
"""Bytes of a template."""


def usual(origin: str, suffix: str) -> Path:
    """The template of a rules folder, else the program's own; ``origin`` is the folder that the rules come from."""
    own = Path(origin).joinpath(*WHERE, NAME + suffix)
    return own if own.is_file() else packaged_rules().joinpath(*WHERE, NAME + suffix)


def styled(paper: Paper, suffix: str, origin: str, named: Path | None = None) -> Made:
    """The file of a paper, in the template named, or in the usual one where its kind of file has any.

    Raises ``BadTemplate``, OSError when the template cannot be read, and ``NotMade`` where no PDF can be made.
    """
    if suffix == PDF:
        made = styled(paper, ".docx", origin, named)
        return replace(made, data=import_module(f"{__package__}.pdf").of(made.data))
    return written(paper, suffix, read(named or usual(origin, suffix)) if suffix in STYLED else b"")


def read(path: Path) -> bytes:
    """The bytes of a template. Raises ``BadTemplate`` with the reason in French, and OSError."""
    data = content_of(path, MOST + 1)
    if len(data) > MOST:
        raise BadTemplate("il est trop gros")
    return data
