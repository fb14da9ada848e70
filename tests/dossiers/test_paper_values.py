"""What is kept for papers in a dossier's file: nothing of it is lost, whatever is written, changed or unknown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.dossiers.content import read_dossier
from conseil_dla.dossiers.merging import flat, merge
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.diagnostics import Severity
from conseil_dla.rules.model import PaperField
from conseil_dla.rules.paper_fields import CHOICES, LEFT_OUT, METHODS, PAPER_PARTS, PaperValue
from shipped import shipped_reader

BASE = shipped_reader().base
GOOD = "titre: Essai\nreponses: {}\n"
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip
NUMBER = st.sampled_from(["1", "12 000", "3,5", "0", "beaucoup"])


def values_of(field: PaperField) -> st.SearchStrategy[PaperValue]:
    match field.type:
        case "texte":
            return TEXT
        case "nombre":
            return NUMBER
        case "liste":
            return st.lists(TEXT, min_size=1, max_size=3).map(tuple)
    cells = {column.id: NUMBER if column.is_number else TEXT for column in field.columns}
    row = st.fixed_dictionaries({}, optional=cells).filter(bool)
    return st.lists(row, min_size=1, max_size=3).map(tuple)  # type: ignore[return-value]


WAYS = [f"{kind}:{id}" for kind, id in BASE.texts if kind in ("modalite", "vigilance")][:6]
METHOD = st.fixed_dictionaries(
    {"facon": st.sampled_from(WAYS), "choix": st.sampled_from([*CHOICES])}, optional={"jours": NUMBER, "quand": TEXT}
)
PAPER: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({}, optional={
    **{id: values_of(field) for id, field in BASE.fields.items()},
    METHODS: st.lists(METHOD, min_size=1, max_size=3).map(tuple),
    LEFT_OUT: st.lists(st.sampled_from(PAPER_PARTS), min_size=1, max_size=3, unique=True).map(tuple),
})  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(first=PAPER, then=PAPER)
def test_what_is_written_is_read_again_and_changed_again(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, Any], then: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("papiers") / "d.yaml"
    path.write_text(f"{GOOD}# à moi\n", encoding="utf-8")
    for paper in (first, then, {}):
        writer = Writer.at_once(path, BASE)
        writer.save(replace(writer.dossier, paper=paper))
        read = Writer.at_once(path, BASE).dossier
        assert read.paper == paper
        assert not [each for each in read.remarks if each.is_error]
        assert "# à moi" in path.read_text(encoding="utf-8")


@settings(max_examples=40, deadline=None)
@given(was=PAPER, ours=PAPER, theirs=PAPER)
def test_two_hands_lose_nothing_that_only_one_changed(
    was: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    dossier, _ = read_dossier(GOOD, "d.yaml", BASE)
    assert dossier is not None
    before, mine, other = (replace(dossier, paper=paper) for paper in (was, ours, theirs))
    merged = merge(before, mine, other, {}).dossier.paper
    for id in {*was, *ours, *theirs}:
        if ours.get(id) != was.get(id):
            assert merged.get(id) == ours.get(id)
        else:
            assert merged.get(id) == theirs.get(id)
    assert isinstance(hash(frozenset(flat(mine).items())), int)


def test_a_field_that_the_rules_do_not_know_is_remarked_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(f"{GOOD}papiers:\n  rubrique_d_ailleurs:\n    - a: b\n  contac: Nour\n", encoding="utf-8")
    writer = Writer.at_once(path, BASE)
    assert [(each.code, each.severity) for each in writer.dossier.remarks] == [("DLA317", Severity.WARNING)] * 2
    assert "contact" in writer.dossier.remarks[1].help
    writer.save(replace(writer.dossier, paper={**writer.dossier.paper, "contact": "Nour"}))
    text = path.read_text(encoding="utf-8")
    assert "rubrique_d_ailleurs:\n    - a: b\n" in text
    assert "  contac: Nour\n" in text
    assert "  contact: Nour\n" in text


@pytest.mark.parametrize(("written", "told"), [
    ("papiers: oui", "attend une rubrique par ligne"),
    ("papiers:\n  plafond:\n    - 3", "attend un nombre"),
    ("papiers:\n  livrables: un bilan", "attend un texte par tiret"),
    ("papiers:\n  phases:\n    - un texte", "attend une ligne du tableau par tiret"),
    ("papiers:\n  contact:\n    nom: Nour", "ne se lit pas"),
    (f"papiers:\n  {LEFT_OUT}: [bugdet]", "n’est pas une partie"),
    (f"papiers:\n  {METHODS}:\n    - choix: gardee", "ne dit pas laquelle"),
    (f"papiers:\n  {METHODS}:\n    - facon: {WAYS[0]}\n      choix: oui", "choix inconnu"),
    (f"papiers:\n  {METHODS}: tout", "une façon de faire par tiret"),
])  # fmt: skip
def test_what_cannot_be_used_is_told_where_it_stands(written: str, told: str) -> None:
    dossier, found = read_dossier(f"{GOOD}{written}\n", "d.yaml", BASE)
    assert dossier is None
    (one,) = [each for each in found if each.is_error]
    assert told in one.message.replace("\u00a0", " ")
    assert one.help
    assert one.place.line >= 3


def test_a_number_that_is_none_is_kept_and_remarked() -> None:
    dossier, found = read_dossier(f"{GOOD}papiers:\n  plafond: entre 5 et 8\n", "d.yaml", BASE)
    assert dossier is not None
    assert dossier.paper == {"plafond": "entre 5 et 8"}
    assert [each.code for each in found] == ["DLA339"]
