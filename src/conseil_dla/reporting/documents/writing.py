"""The door: a paper and the end of a file's name in, the bytes of the file out.

Each kind of file is a module of this package with a ``write``; it is imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from conseil_dla.reporting.papers.blocks import Paper

TEXTS: Mapping[str, str] = MappingProxyType({".html": "html", ".md": "markdown"})
"""Ends of names, as they are told to users, and the modules whose ``write(paper) -> str`` makes the file."""


def written(paper: Paper, suffix: str) -> bytes:
    """The file's bytes; ``suffix`` is one of ``TEXTS``. Raises KeyError for any other."""
    module = import_module(f"{__package__}.{TEXTS[suffix]}")
    text: str = module.write(paper)
    return text.encode("utf-8")
