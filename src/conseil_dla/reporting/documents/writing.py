"""The door: a paper and the end of a file's name in, the bytes of the file out.

Each kind of file is a module of this package with a ``write``; it is imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from conseil_dla.reporting.papers.blocks import Paper

TEXTS: Mapping[str, str] = MappingProxyType({".md": "markdown", ".html": "html"})
"""Kinds that ``write(paper) -> str`` makes."""
PACKAGES: Mapping[str, str] = MappingProxyType({".docx": "word", ".odt": "odt"})
"""Kinds that ``write(paper, template) -> bytes`` makes; the template is a file of the same kind, or None."""
SUFFIXES = (*PACKAGES, *TEXTS)
"""Ends of names, as they are told to users."""


def written(paper: Paper, suffix: str, template: bytes | None = None) -> bytes:
    """The file's bytes. ``suffix`` is one of ``SUFFIXES``; a template is only for those of ``PACKAGES``.

    Raises ImportError when a kind of file is not available here, KeyError for any other end of name.
    """
    names = {**TEXTS, **PACKAGES}
    module = import_module(f"{__package__}.{names[suffix]}")
    if suffix in TEXTS:
        text: str = module.write(paper)
        return text.encode("utf-8")
    data: bytes = module.write(paper, template)
    return data
