"""A base that would be too large to compile is refused, with the conclusion to look at; formats never make it so."""

from __future__ import annotations

import pytest

from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.reading.opening import compiled
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT, shipped_reader


def test_too_many_nodes_are_refused_where_splitting_helps() -> None:
    base = shipped_reader().base
    whole = len(compiled(base, compared=0).diagrams.levels)
    assert len(compiled(base, most=whole, compared=0).diagrams.levels) == whole
    with pytest.raises(Unusable) as refused:
        compiled(base, most=whole - 1, compared=0)
    told = render(refused.value.diagnostics).replace("\u00a0", " ").replace("\u202f", " ")
    assert "DLA401" in told
    named = [("axe", id) for id in base.logic.axes] + [(kind, each.id) for kind, each in base.logic.collected]
    assert any(f"ce qui conclut « {id} » lit " in told for _, id in named)


def test_formats_alone_never_make_a_base_too_large() -> None:
    base = shipped_reader().base
    charted, searched = compiled(base), compiled(base, compared=0)
    assert charted.search is None
    assert searched.search is not None
    assert compiled(base, compared=100).search is not None


def test_its_code_has_an_entry() -> None:
    assert "### DLA401" in (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")


def test_the_limit_is_far_from_the_shipped_base() -> None:
    """What is not about formats may grow twentyfold."""
    assert len(compiled(shipped_reader().base).diagrams.levels) * 20 < 300_000
