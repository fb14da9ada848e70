"""The territory profile: kept once, taken over by a new dossier, corrected there without touching the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conseil_dla.dossiers import store, territory
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.panes import shelf
from shipped import put_on_disk, shipped_reader

BASE = shipped_reader().base
HELD = [q for q in BASE.logic.questions.values() if q.in_profile]
CHOICE = next(q for q in HELD if q.type == "choix")
SEVERAL = next(q for q in HELD if q.type == "plusieurs")
OTHER = next(q for q in BASE.logic.questions.values() if not q.in_profile and q.type == "choix")
ANSWERS = {CHOICE.id: CHOICE.answers[0], SEVERAL.id: frozenset(SEVERAL.answers[:2]), OTHER.id: OTHER.answers[0]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(tmp_path))
    return tmp_path


def test_only_what_speaks_of_the_territory_is_kept_and_it_is_dated() -> None:
    assert territory.load(BASE) is None
    territory.keep(BASE, ANSWERS, date(2026, 3, 1))
    kept = territory.load(BASE)
    assert kept == territory.Profile("2026-03-01", {id: ANSWERS[id] for id in (CHOICE.id, SEVERAL.id)})
    assert store.listing(store.folder()) == (), "a profile is no dossier"


def test_a_new_dossier_starts_from_it_and_a_correction_touches_nothing_else() -> None:
    territory.keep(BASE, ANSWERS, date(2026, 3, 1))
    first, told = shelf.with_profile(BASE, shelf.create(BASE, "Un", "", ""))
    assert "1er\u00a0mars\u00a02026" in told
    second, _ = shelf.with_profile(BASE, shelf.create(BASE, "Deux", "", ""))
    put_on_disk(replace(first, answers={**first.answers, CHOICE.id: CHOICE.answers[1]}))
    assert store.load(Path(first.path), BASE).answers[CHOICE.id] == CHOICE.answers[1]
    assert store.load(Path(first.path), BASE).profile == "2026-03-01"
    assert store.load(Path(second.path), BASE).answers[CHOICE.id] == CHOICE.answers[0]
    profile = territory.load(BASE)
    assert profile is not None
    assert profile.answers[CHOICE.id] == CHOICE.answers[0]


def test_a_profile_that_cannot_be_read_is_told_left_alone_and_prevents_nothing() -> None:
    territory.keep(BASE, ANSWERS, date(2026, 3, 1))
    spoiled = territory.path().read_text(encoding="utf-8").replace(CHOICE.answers[0], "n_importe_quoi")
    territory.path().write_text(spoiled, encoding="utf-8")
    with pytest.raises(Unusable):
        territory.keep(BASE, ANSWERS, date(2026, 3, 2))
    dossier, told = shelf.with_profile(BASE, shelf.create(BASE, "Un", "", ""))
    assert dossier.answers == {}
    assert str(territory.path()) in told
    assert territory.path().read_text(encoding="utf-8") == spoiled


def test_what_was_known_stays_where_nothing_new_is_known() -> None:
    territory.keep(BASE, {CHOICE.id: CHOICE.answers[0]}, date(2026, 3, 1))
    territory.keep(BASE, {SEVERAL.id: frozenset()}, date(2026, 4, 2))
    kept = territory.load(BASE)
    assert kept == territory.Profile("2026-04-02", {CHOICE.id: CHOICE.answers[0], SEVERAL.id: frozenset()})


def test_nothing_to_keep_writes_nothing() -> None:
    assert shelf.keep_profile(BASE, {OTHER.id: OTHER.answers[0]})[0] == 0
    assert not territory.path().exists()


def test_an_answer_that_no_profile_holds_is_said_to_stay_behind() -> None:
    territory.write(BASE, ANSWERS, date(2026, 3, 12))
    started, told = shelf.with_profile(BASE, shelf.create(BASE, "Un", "", ""))
    assert set(started.answers) == {CHOICE.id, SEVERAL.id}
    assert f"«\u00a0{OTHER.id}\u00a0»" in told
