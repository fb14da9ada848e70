"""The templates of papers: those of a rules folder, those of the program, or one that is named.

A file named by a user is never opened as it is: ``word_letterhead`` and ``odt_letterhead`` take from it what shows.
"""

from __future__ import annotations

from pathlib import Path

from conseil_dla.ground.files import content_of, packaged_rules
from conseil_dla.papers.blocks import Paper
from conseil_dla.papers.documents.document import BadTemplate, Made
from conseil_dla.papers.documents.kinds import STYLED, written

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

    Raises ``BadTemplate``, and OSError when the template cannot be read.
    """
    return written(paper, suffix, read(named or usual(origin, suffix)) if suffix in STYLED else b"")


def read(path: Path) -> bytes:
    """The bytes of a template. Raises ``BadTemplate`` with the reason in French, and OSError."""
    data = content_of(path, MOST + 1)
    if len(data) > MOST:
        raise BadTemplate("il est trop gros")
    return data
