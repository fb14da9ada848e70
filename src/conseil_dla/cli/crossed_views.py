"""``conseil-dla comparer DOSSIER --croiser``: the views of all who answered alone and agree to it.

In a file of its own: ``comparer`` is two commands, and each has a paper, a text and a JSON object of its own.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.desk import read_dossier
from conseil_dla.cli.output import made_of, put, tell_written
from conseil_dla.cli.parser import DONE
from conseil_dla.cli.steps import Waiting
from conseil_dla.comparison.crossed import cross
from conseil_dla.comparison.crossed_json import crossed_json
from conseil_dla.comparison.crossed_paper import write
from conseil_dla.comparison.crossed_text import CrossedWords
from conseil_dla.papers.documents.plain import write as plainly

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader


def told(path: str, reader: Reader, target: Path | None, *, as_json: bool) -> int:
    """Cross them; on stdout, or into a file. With too few people, what is missing is the result."""
    dossier, _ = read_dossier(path, reader)
    with Waiting("Réponses croisées"):
        words = CrossedWords(reader.base, cross(reader.base, reader.conclude, dossier.respondents.values()))
    paper = write(words, dossier.title, date.today())
    if target is not None:
        made = made_of(paper, target.suffix.lower(), reader.base.origin)
        put(target, made.data)
        tell_written(target, made)
    elif as_json:
        print(crossed_json(words, path))
    else:
        sys.stdout.write(plainly(paper))
    return DONE
