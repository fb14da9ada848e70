"""A paper written beside its dossier, from the screens. Slow: call it in a worker."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.ground.files import make_private, write_new
from conseil_dla.panes.shelf import experiences
from conseil_dla.papers.catalogue import PAPERS, file_stem
from conseil_dla.papers.documents.kinds import styled
from conseil_dla.papers.writing import WORKBOOK, workbook, write

if TYPE_CHECKING:
    from conseil_dla.papers.catalogue import Wanted
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Dossier


def write_beside(reader: Reader, dossier: Dossier, wanted: Wanted, suffix: str) -> Path:
    """Write the paper as a new file in the folder of papers, and give its path; no file is ever replaced.

    Raises OSError when the disk refuses, ``documents.document.BadTemplate``, and ``reading.compose.ReadingFailed``.
    """
    today = date.today()
    whole = reader.whole(dossier, today, experiences(reader.base))
    if suffix == WORKBOOK:
        data = workbook(whole, wanted.model, anonymous=wanted.anonymous)
    else:
        paper = write(whole, wanted.model, internal=wanted.internal, anonymous=wanted.anonymous)
        data = styled(paper, suffix, reader.base.origin).data
    own = Path(dossier.path)
    folder = own.parent / PAPERS
    make_private(folder)
    return new_file(folder, file_stem(own.stem, wanted), suffix, data)


def new_file(folder: Path, stem: str, suffix: str, data: bytes) -> Path:
    """Write a file under the first name that is free, and give its path. Raises OSError."""
    for number in count(1):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
        try:
            write_new(path, data)
        except FileExistsError:
            continue
        return path
    raise AssertionError("count has no end")
