"""What a large base costs is told, with the conclusion to look at, and it opens; formats never make it so."""

from __future__ import annotations

import gc
import random

import pytest

from conseil_dla.cli.desk import make_reader, open_reader
from conseil_dla.cli.main import run
from conseil_dla.cli.parser import WRONG
from conseil_dla.exact.atlas_in_parts import AtlasInParts
from conseil_dla.exact.relevance import Relevance
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import compiled, costs_of, told_in_parts
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT, random_dossier, shipped_reader


def test_what_a_large_base_costs_is_told_and_it_opens_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    base = shipped_reader().base
    assert costs_of(base, 300_000) == ()
    (told,) = costs_of(base, 1_800_000)
    assert not told.is_error
    said = plain((told,))
    assert "comptez environ 800 Mo de mémoire, et 15 secondes ou plus à l’ouverture" in said
    assert names_what_reads_most(base, said)
    monkeypatch.setattr("conseil_dla.reading.compose.costs_of", lambda base, nodes: costs_of(base, nodes, costly=100))
    reader = Reader(base, shipped_reader()._engine)
    assert [each.code for each in reader.costs] == ["DLA401"]
    assert reader.read({}) == shipped_reader().read({})
    assert shipped_reader().costs == ()


def test_commands_and_who_verifies_are_told_it_and_screens_are_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("reading.compose", "authoring.proofs"):
        monkeypatch.setattr(f"conseil_dla.{module}.costs_of", lambda base, nodes: costs_of(base, nodes, costly=100))
    assert open_reader(str(ROOT)).base.logic == shipped_reader().base.logic
    assert "DLA401" in capsys.readouterr().err
    make_reader(str(ROOT))
    assert "DLA401" not in capsys.readouterr().err
    monkeypatch.setattr("conseil_dla.authoring.proofs.findings", lambda evidence, progress: iter(()))
    assert run(["regles", "verifier", str(ROOT)]) == WRONG
    said = capsys.readouterr().out
    assert "DLA401" in said
    assert "1 avertissement." in said


def test_what_memory_would_not_hold_opens_in_parts_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AtlasInParts.__init__, "__defaults__", (None, 1))
    shipped = shipped_reader()
    whole = len(compiled(shipped.base, compared=0).diagrams.levels)
    assert not compiled(shipped.base, most=whole, compared=0).parts
    atlas = compiled(shipped.base, most=whole - 1, compared=0)
    (told,) = told_in_parts(shipped.base, atlas)
    assert not told.is_error
    assert names_what_reads_most(shipped.base, plain((told,)))
    assert all(f"« {axis} »" in plain((told,)) for axis in shipped.base.logic.axes)
    assert told_in_parts(shipped.base, shipped.atlas) == ()
    assert gc.isenabled()


def test_only_conditions_that_no_memory_would_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    base = shipped_reader().base
    monkeypatch.setattr("conseil_dla.reading.opening.MOST_HELD", 100)
    with pytest.raises(Unusable) as refused:
        compiled(base, most=100)
    told = plain(refused.value.diagnostics)
    assert "DLA401" in told
    assert all(each.is_error for each in refused.value.diagnostics)
    assert names_what_reads_most(base, told)
    assert gc.isenabled()


def test_questions_axis_by_axis_change_nothing_of_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = shipped_reader()
    monkeypatch.setattr("conseil_dla.reading.opening.COSTLY", 100)
    other, chance = Reader(shipped.base, shipped._engine), random.Random(5)
    other.atlas = compiled(shipped.base)  # tests share what a reader compiles
    other.relevance = Relevance(other.atlas)
    assert other.atlas.space.order != shipped.atlas.space.order
    assert sorted(other.atlas.space.order) == sorted(shipped.atlas.space.order)
    for share in (0, 0.2, 0.5, 0.8):
        answers = random_dossier(shipped.base.logic, chance, share)
        assert other.read(answers) == shipped.read(answers)


def plain(diagnostics: tuple[Diagnostic, ...]) -> str:
    return render(diagnostics).replace("\u00a0", " ").replace("\u202f", " ")


def names_what_reads_most(base: Base, told: str) -> bool:
    named = [("axe", id) for id in base.logic.axes] + [(kind, each.id) for kind, each in base.logic.collected]
    return any(f"ce qui conclut « {id} » lit " in told for _, id in named)


def test_formats_alone_never_make_a_base_too_large() -> None:
    base = shipped_reader().base
    charted, searched = compiled(base), compiled(base, compared=0)
    assert charted.search is None
    assert searched.search is not None
    assert compiled(base, compared=100).search is not None


def test_its_code_has_an_entry() -> None:
    assert "### DLA401" in (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")


def test_the_shipped_base_is_far_from_costing_much() -> None:
    """What is not about formats may grow fifteenfold before anything is told."""
    assert len(compiled(shipped_reader().base).diagrams.levels) * 15 < 300_000
