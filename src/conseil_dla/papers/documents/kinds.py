"""The door: a paper and the end of a file's name in, the bytes of the file out.

Each kind of file is a module of this package with a ``write``; it is imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from conseil_dla.papers.blocks import Paper
from conseil_dla.papers.documents.document import Made, door

STYLED: Mapping[str, str] = MappingProxyType({".docx": "word", ".odt": "odt"})
"""Kinds of file that take their look from a template: ``write(paper, template) -> Made``."""
TEMPLATES: Mapping[str, tuple[str, ...]] = MappingProxyType({".docx": (".docx", ".dotx"), ".odt": (".odt", ".ott")})
"""Ends of the names that a template may have."""
TEXTS: Mapping[str, str] = MappingProxyType({".html": "html", ".md": "markdown"})
"""Kinds of file that are made whole here: ``write(paper) -> str``."""
SUFFIXES = (*STYLED, *TEXTS)
"""Ends of names, as they are told to users."""


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
