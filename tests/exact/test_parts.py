"""Conclusions in parts: never the reverse of what is, exact once a dossier is complete, and told to who wrote them.

Every rule is a part of its own here, which is the worst that can be: held against brute force and against charts.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.authoring.proofs import findings
from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.trials.mutation import try_mutants
from conseil_dla.exact.atlas import POSTURE, Atlas
from conseil_dla.exact.atlas_in_parts import AtlasInParts
from conseil_dla.exact.diagram import MOST_HELD
from conseil_dla.exact.difference import Versions
from conseil_dla.exact.exceptions import openings
from conseil_dla.exact.outcomes import PostureOutcome
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.region import Region
from conseil_dla.exact.relevance import Relevance
from conseil_dla.exact.tipping import footings, moves, tips
from conseil_dla.rules.model import Answers, Logic, Push
from searched import in_parts, searching
from shipped import random_dossier, shipped_reader
from strategies import logics
from worlds import calm, drawn_case, worlds


def atlases(logic: Logic) -> tuple[Atlas, AtlasInParts]:
    return Atlas(logic), AtlasInParts(logic, MOST_HELD, part=1)


def check_against_worlds(logic: Logic, answers: Answers) -> None:
    outlook = Outlook(AtlasInParts(logic, MOST_HELD, part=1), answers)
    among = worlds(logic, answers)
    is_whole = len(among) == 1
    told = [(frozenset(PostureOutcome(w.postures, w.off_note) for w in among), outlook.postures)]
    told += [(frozenset(w.sums[n] for w in among), outlook.sums(axis)) for n, axis in enumerate(logic.axes)]
    told += [(frozenset(w.levels(kind, id) for w in among), outlook.levels(kind, id))
             for kind in logic.drawn for id in logic.ids(kind)]  # fmt: skip
    for real, said in told:
        assert real <= said
        assert real == said or not is_whole
    assert outlook.formats.possible == frozenset().union(*(w.best for w in among))


def check_against_charts(logic: Logic, answers: Answers) -> None:
    """What is told without effect is, what is told to tip tips, and what one answer may open is all told."""
    whole, parted = atlases(logic)
    one, other = (
        Relevance(atlas).stakes(Outlook(atlas, answers), usual_of(atlas, answers)) for atlas in (whole, parted)
    )
    assert whole.draws_on(POSTURE) <= parted.draws_on(POSTURE)
    assert one.moving() <= other.moving()
    assert one.moving(one.relevance.advice) <= other.moving(other.relevance.advice)
    assert one.moving(one.relevance.outcome) <= other.moving(other.relevance.outcome)
    cube = whole.space.cube(answers, ordinary=True)
    shown = usual_of(whole, answers).placed
    assert usual_of(parted, answers).placed in (None, shown)
    if shown is not None:
        found = tips(parted, cube, POSTURE, moves(parted, answers), lambda end: turned(end, shown))
        for tip in found:
            cells = list(cube)
            for level, cell in tip.changes:
                cells[level] = (cell,)
            ends = Region(whole, tuple(cells)).ends(POSTURE)
            assert {turned(end, shown) for end in ends} == {tip.outcome}
        groups = tuple(frozenset([id]) for id in answers)
        for group in footings(parted, answers, POSTURE, groups, shown):
            kept = {id: value for id, value in answers.items() if id in group}
            assert usual_of(whole, kept).placed == shown
        opened = openings(Outlook(parted, answers), usual_of(parted, answers), POSTURE, shown)
        for id, by_answer in openings(Outlook(whole, answers), usual_of(whole, answers), POSTURE, shown).items():
            for name, places in by_answer.items():
                assert places <= opened[id][name]


def usual_of(atlas: Atlas, answers: Answers) -> Outlook:
    usual = Outlook(atlas, answers, ordinary=True)
    return Outlook(atlas, answers) if usual.region.is_empty() else usual


def turned(end: PostureOutcome, shown: frozenset[str]) -> str | None:
    return None if end.postures == shown else ",".join(sorted(end.postures))


def check_proofs(logic: Logic) -> None:
    whole, parted = atlases(logic)
    every = {(each.code, each.about, each.part) for each in findings(Evidence(whole))}
    assert {(each.code, each.about, each.part) for each in findings(Evidence(parted))} <= every


def check_a_case(data: st.DataObject) -> None:
    logic, answers, _ = drawn_case(data)
    check_against_worlds(logic, answers)
    check_against_charts(logic, answers)


@settings(calm, max_examples=12)
@given(st.data())
def test_what_is_told_of_parts_is_so_in_every_dossier(data: st.DataObject) -> None:
    check_a_case(data)


@pytest.mark.lent
@settings(calm, max_examples=400)
@given(st.data())
def test_what_is_told_of_parts_is_so_at_length(data: st.DataObject) -> None:
    check_a_case(data)


@settings(calm, max_examples=4)
@given(logics())
def test_nothing_is_proved_that_charts_do_not_prove(logic: Logic) -> None:
    check_proofs(logic)


@pytest.mark.lent
@settings(calm, max_examples=100)
@given(logics())
def test_nothing_is_proved_that_charts_do_not_prove_at_length(logic: Logic) -> None:
    check_proofs(logic)


def test_what_fits_in_one_part_is_read_as_by_charts() -> None:
    one, other, chance = searching(shipped_reader()), in_parts(shipped_reader(), 10_000), random.Random(4)
    assert not other.atlas.parts
    for share in (0, 0.3, 0.6, 0.9, 1):
        answers = random_dossier(one.base.logic, chance, share)
        assert other.read(answers) == one.read(answers)


@pytest.mark.parametrize("number", [4, pytest.param(150, marks=pytest.mark.lent)])
def test_a_complete_dossier_is_read_exactly_and_others_stay_open(number: int) -> None:
    one, other, chance = shipped_reader(), in_parts(shipped_reader()), random.Random(5)
    assert POSTURE in other.atlas.parts
    for n in range(number):
        answers = random_dossier(one.base.logic, chance, (1, 0.3, 0.6, 0.9)[n % 4])
        exact, told = one.read(answers), other.read(answers)
        assert told.format == exact.format
        assert told.states == exact.states
        assert set(told.without_effect) <= set(exact.without_effect)
        assert set(told.without_effect_on_outcome) <= set(exact.without_effect_on_outcome)
        assert set(exact.posture.possible) <= set(told.posture.possible)
        assert told.posture.retained in (None, exact.posture.retained)
        certain = {(each.kind, each.id, each.level) for each in exact.drawn if each.certainty == "certaine"}
        assert {(e.kind, e.id, e.level) for e in told.drawn if e.certainty == "certaine"} <= certain
        assert {(e.kind, e.id) for e in exact.drawn} <= {(e.kind, e.id) for e in told.drawn}
        if n % 4 == 0:
            scale = {axis: told.posture.position[axis] for axis in told.posture.position}
            assert replace(exact.posture, position=scale) == told.posture  # drawn against what parts could reach
            assert exact.drawn == told.drawn


def test_no_fault_in_what_parts_hold_is_told_harmless_and_dossiers_are_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(AtlasInParts.__init__, "__defaults__", (None, 1))
    reader = in_parts(shipped_reader())
    logic = reader.base.logic
    pushing = next(rule for rule in logic.rules if isinstance(rule.effects[0], Push))
    tried = list(try_mutants(reader.base, (), only=[pushing.id], in_parts=True))
    assert {each.fate for each in tried} <= {"exemple", "inapercu"}
    assert "inapercu" in {each.fate for each in tried}
    less = replace(pushing, effects=(replace(pushing.effects[0], points=1),))  # type: ignore[arg-type]
    changed = replace(logic, rules=tuple(less if rule is pushing else rule for rule in logic.rules))
    beside = Versions(logic, changed, in_parts=True)
    assert POSTURE in beside.in_parts
    assert beside.may_move(beside.cube({}))
    assert not beside.difference().moves
