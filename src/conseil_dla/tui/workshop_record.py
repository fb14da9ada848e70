"""The record of a workshop, written beside its file. Slow: call it in a worker."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from conseil_dla.reporting.papers.blocks import Paper
from conseil_dla.reporting.workshop.record import record
from conseil_dla.sessions.workshop import replayed, variants
from conseil_dla.tui.paper import new_file
from conseil_dla.tui.playing import Playing


def paper_of(playing: Playing) -> Paper:
    """The record as a paper. Raises ``ReadingFailed``."""
    read = playing.reader.read
    readings = [
        tuple(read(variant.answers, variant.declined) for variant in variants(state))
        for state in replayed(playing.state)
    ]
    return record(playing.base, playing.scenario, playing.state, readings[-1], tuple(pairwise(readings)), playing.day)


def write_record(playing: Playing, suffix: str) -> Path:
    """Write it as a new file, and give its path; no file is ever replaced.

    Raises OSError, ``documents.made.BadTemplate`` and ``ReadingFailed``.
    """
    from conseil_dla.dossiers.workshops import folder, new_path  # noqa: PLC0415 - only when a record is asked for
    from conseil_dla.reporting.documents.templates import styled  # noqa: PLC0415

    data = styled(paper_of(playing), suffix, playing.base.origin).data
    own = playing.path or new_path(playing.scenario.title, playing.day)
    folder().mkdir(parents=True, exist_ok=True)
    return new_file(own.parent, f"{own.stem}-compte-rendu", suffix, data)
