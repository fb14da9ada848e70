"""``conseil-dla comparer DOSSIER --croiser``: the views of all who answered alone and agree to it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.output import made_of, put, tell_written
from conseil_dla.cli.parser import DONE
from conseil_dla.cli.steps import Waiting

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader


def told(path: str, reader: Reader, target: Path | None, *, as_json: bool) -> int:
    """Cross them; on stdout, or into a file. With too few people, what is missing is the result."""
    from conseil_dla.cli.desk import read_dossier  # noqa: PLC0415
    from conseil_dla.comparison.crossed import cross  # noqa: PLC0415
    from conseil_dla.comparison.crossed_paper import write  # noqa: PLC0415
    from conseil_dla.comparison.crossed_text import CrossedWords  # noqa: PLC0415
    from conseil_dla.papers.documents.plain import write as plainly  # noqa: PLC0415

    dossier, _ = read_dossier(path, reader)
    with Waiting("Réponses croisées"):
        words = CrossedWords(reader.base, cross(reader.base, reader.conclude, dossier.respondents.values()))
    paper = write(words, dossier.title, date.today())
    if target is not None:
        made = made_of(paper, target.suffix.lower(), reader.base.origin)
        put(target, made.data)
        tell_written(target, made)
    elif as_json:
        from conseil_dla.comparison.crossed_json import crossed_json  # noqa: PLC0415

        print(crossed_json(words, path))
    else:
        sys.stdout.write(plainly(paper))
    return DONE
