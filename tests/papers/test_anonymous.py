"""Anonymised papers hold no name and no free text, whoever they are for."""

from __future__ import annotations

from dataclasses import fields

import pytest

from conseil_dla.rules.model import Dossier
from conseil_dla.wording.discretion import NO_TITLE, NOT_TAKEN, anonymous_dossier
from papers.making import DOSSIERS, documents, files, filled_with, of, papers
from shipped import shipped_reader

MARKER = "Zibeline"
NOT_FREE = {"answers", "declined", "expected", "for_workshops", "remarks", "journal", "everyone"}
"""Fields of a dossier whose words come from the knowledge, or that no paper is given."""


def test_every_free_field_is_looked_at() -> None:
    """A field added to the dossiers is either filled here with the marker, or said not to be free."""
    dossier = filled_with(MARKER)
    for field in fields(Dossier):
        assert field.name in NOT_FREE or MARKER in repr(getattr(dossier, field.name)), field.name


@pytest.mark.parametrize("internal", [False, True])
def test_no_word_that_somebody_wrote_is_left(internal: bool) -> None:
    for path in DOSSIERS[:3]:
        held = of(filled_with(MARKER, path), ahead=True)
        for paper in papers(held, internal=internal, anonymous=True):
            text = files(paper)
            assert MARKER.lower() not in text.lower(), paper.subtitle
            assert NO_TITLE in text
        assert all(MARKER in files(paper) for paper in papers(held, internal=internal)), "named when they may be"


def test_no_word_that_somebody_wrote_is_left_in_documents() -> None:
    held = of(filled_with(MARKER), ahead=True)
    for paper in papers(held, internal=True, anonymous=True):
        assert MARKER.lower() not in documents(paper).lower(), paper.subtitle
    assert all(MARKER in documents(paper) for paper in papers(held, internal=True)), "named when they may be"


def test_stand_ins_say_that_something_stood_there_and_tell_structures_apart() -> None:
    hidden = anonymous_dossier(shipped_reader().base, filled_with(MARKER))
    assert hidden.demand == hidden.opinion.why == NOT_TAKEN
    assert [row.name for row in hidden.structures] == ["Structure A", "Structure B"]
    assert MARKER not in repr(hidden)
