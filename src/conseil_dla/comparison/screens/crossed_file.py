"""Views crossed, written beside their dossier, from the screens. Slow: call it in a worker."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.panes.paper_writing import new_file

if TYPE_CHECKING:
    from conseil_dla.comparison.crossed_text import CrossedWords
    from conseil_dla.rules.model import Base, Dossier


def write_crossed_beside(base: Base, dossier: Dossier, words: CrossedWords, suffix: str) -> Path:
    """Write them as a new file, and give its path; no file is ever replaced.

    Raises OSError when the disk refuses, and ``documents.document.BadTemplate``.
    """
    from conseil_dla.comparison.crossed_paper import write  # noqa: PLC0415
    from conseil_dla.papers.documents.templates import styled  # noqa: PLC0415 - only when a paper is asked for

    today = date.today()
    data = styled(write(words, dossier.title, today), suffix, base.origin).data
    own = Path(dossier.path)
    return new_file(own.parent, f"{own.stem}-regards-croises-{today:%Y-%m-%d}", suffix, data)
