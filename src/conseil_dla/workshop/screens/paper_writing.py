"""The papers of a workshop, written beside its file: the record, and what is printed before. Slow: use a worker."""

from __future__ import annotations

from datetime import date
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.dossiers.store import load_scenarios
from conseil_dla.dossiers.workshops import RECORD, folder, new_path
from conseil_dla.ground.files import make_private
from conseil_dla.ground.folders import make_folder
from conseil_dla.interview.questionnaire import MOST
from conseil_dla.panes.paper_writing import new_file
from conseil_dla.papers.blocks import Paper
from conseil_dla.papers.documents.kinds import styled
from conseil_dla.workshop.machine import clash, keep, replayed
from conseil_dla.workshop.papers.printed import everything
from conseil_dla.workshop.papers.record import record
from conseil_dla.workshop.playing import Playing

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader


def paper_of(playing: Playing) -> Paper:
    """The record as a paper. Raises ``ReadingFailed``."""
    states = replayed(playing.state)
    readings = [playing.readings_of(state) for state in states]
    tried = []
    for change, after in dict.fromkeys((each.change, min(each.after, len(states) - 1)) for each in playing.state.tried):
        if not clash(playing.base.logic, states[after], change.question, (change.value,)):
            tried.append((change, readings[after], playing.readings_of(keep(states[after], change))))
    steps_read = tuple(pairwise(readings))
    return record(playing.base, playing.scenario, playing.state, readings[-1], steps_read, playing.began.date(), tried)


def write_record(playing: Playing, suffix: str) -> Path:
    """Write it as a new file, and give its path; no file is ever replaced.

    Raises OSError, ``documents.document.BadTemplate`` and ``ReadingFailed``.
    """
    data = styled(paper_of(playing), suffix, playing.base.origin).data
    own = playing.path or new_path(playing.scenario.title, playing.began)
    make_private(folder())
    return new_file(own.parent, f"{own.stem}{RECORD}", suffix, data)


def write_papers(reader: Reader, suffix: str, day: date) -> Path:
    """Write what a workshop needs on paper as a new folder beside the workshops, and give its path.

    Raises OSError, ``documents.document.BadTemplate`` and ``ReadingFailed``.
    """
    papers = everything(reader, load_scenarios(reader.base), reader.essentials(MOST).ids)
    made = {f"{name}{suffix}": styled(paper, suffix, reader.base.origin).data for name, paper in papers}
    make_private(folder())
    names = (f"{day.isoformat()}-papiers{f'-{number}' if number > 1 else ''}" for number in count(1))
    target = next(path for name in names if not (path := folder() / name).exists())

    def fill(where: Path) -> None:
        for name, data in made.items():
            (where / name).write_bytes(data)

    make_folder(target, fill, is_private=True)
    return target
