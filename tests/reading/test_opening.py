"""A base that would be too large to compile is refused, with the format to look at."""

from __future__ import annotations

import pytest

from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.reading.opening import compiled
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT, shipped_reader


def test_too_many_nodes_are_refused_where_splitting_helps() -> None:
    base = shipped_reader().base
    whole = len(compiled(base).diagrams.levels)
    assert len(compiled(base, most=whole).diagrams.levels) == whole
    with pytest.raises(Unusable) as refused:
        compiled(base, most=whole - 1)
    told = render(refused.value.diagnostics)
    assert "DLA401" in told
    assert "formats.yaml" in told
    assert any(f"« {id} » lisent" in told.replace("\u00a0", " ").replace("\u202f", " ") for id in base.logic.formats)


def test_its_code_has_an_entry() -> None:
    assert "### DLA401" in (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")


def test_the_limit_is_far_from_the_shipped_base() -> None:
    """Ten times the rules of today still open."""
    assert len(compiled(shipped_reader().base).diagrams.levels) * 20 < 300_000
