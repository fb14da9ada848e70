"""A reading is never wrong: held against every coherent completion of random small dossiers.

Certain means in all of them, excluded in none; « sauf exception » means in all ordinary ones. The readings may be
blunt (possible though it is not); these tests say nothing against that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from conseil_dla.analysis.atlas import Atlas
from conseil_dla.analysis.outlook import Outlook
from conseil_dla.deciding import profile, quadrant
from conseil_dla.diagnostics import Place
from conseil_dla.inference.selection import choose
from conseil_dla.model import Answers, Argue, Base, Draw, Entry, Logic, Push, Question, RuleOut, Value
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Reading
from conseil_dla.truth import incoherences
from strategies import completions, fired, holds, logics, partial_answers, values

QUICK, LONG = 60, 1500


def base_of(logic: Logic) -> Base:
    """A base whose texts are only ids."""
    named = [("question", id) for id in logic.questions] + [("regle", rule.id) for rule in logic.rules]
    named += [("format", id) for id in logic.formats] + [("posture", id) for id in logic.postures]
    named += [("axe", id) for id in logic.axes] + [("facteur", id) for id in logic.factors]
    named += [("vigilance", id) for id in logic.vigilances] + [("modalite", id) for id in logic.modalities]
    named += [("partenaire", id) for id in logic.partners] + [("prealable", id) for id in logic.preconditions]
    named += [("tension", tension.id) for tension in logic.tensions]
    entries = {(kind, id): Entry(kind, id, id, Place(""), pole_sources=((), ())) for kind, id in named}
    return Base(logic, entries, "", "")


def best_formats(logic: Logic, rules: frozenset[str]) -> frozenset[str]:
    effects = [effect for rule in logic.rules if rule.id in rules for effect in rule.effects]
    out = {effect.format for effect in effects if isinstance(effect, RuleOut)}
    worth = {
        id: profile(e for e in effects if isinstance(e, Argue) and e.format == id)
        for id in logic.formats
        if id not in out
    }
    return frozenset(id for id in worth if worth[id] == max(worth.values()))


def sums(logic: Logic, rules: frozenset[str]) -> dict[str, int]:
    pushes = [e for rule in logic.rules if rule.id in rules for e in rule.effects if isinstance(e, Push)]
    return {axis: sum(e.points for e in pushes if e.axis == axis) for axis in logic.axes}


def postures(logic: Logic, rules: frozenset[str]) -> frozenset[str]:
    return quadrant(logic, {axis: (s > 0) - (s < 0) for axis, s in sums(logic, rules).items()})


def is_ordinary(question: Question, value: Value) -> bool:
    usual = question.ordinary
    if usual is None:
        return True
    if isinstance(value, int):
        return (usual.low is None or value >= usual.low) and (usual.high is None or value <= usual.high)
    return value <= usual.answers if isinstance(value, frozenset) else value in usual.answers


def ordinary_only(logic: Logic, answers: Answers, worlds: list[dict[str, Value]]) -> Iterator[dict[str, Value]]:
    for world in worlds:
        if all(id in answers or is_ordinary(logic.questions[id], value) for id, value in world.items()):
            yield world


def check(logic: Logic, answers: dict[str, Value]) -> None:
    worlds = list(completions(logic, answers))
    assume(worlds and not incoherences(logic, answers))
    reading = Reader(base_of(logic), choose(logic, durable=False)).read(answers)
    outcomes = [(world, *fired(logic, world)) for world in worlds]
    check_formats(logic, reading, [best_formats(logic, rules) for _, rules, _ in outcomes])
    check_postures(logic, reading, outcomes)
    check_drawn(logic, reading, [rules for _, rules, _ in outcomes])
    check_factors(logic, reading, outcomes)
    usual = [(world, *fired(logic, world)) for world in ordinary_only(logic, answers, worlds)]
    if usual:
        check_usual(logic, reading, usual)
    assert reading.fired <= frozenset.intersection(*(rules for _, rules, _ in outcomes))
    assert all(id not in world for world in worlds for id in reading.not_applicable)
    if reading.next_question:
        asked = reading.next_question.question
        assert asked not in answers
        assert all(asked in world for world in worlds)


def check_formats(logic: Logic, reading: Reading, bests: list[frozenset[str]]) -> None:
    assert frozenset().union(*bests) <= set(reading.format.possible)
    if reading.format.retained:
        assert set(bests) == {frozenset({reading.format.retained})}
    if reading.format.tied:
        assert set(bests) == {frozenset(reading.format.tied)}
    prepares = {id for id, format in logic.formats.items() if format.preparatory}
    if reading.format.then is None:
        assert not any(best & prepares for best in bests)
    moments = {"pas_tel_quel" if best & prepares else "autre" for best in bests}
    if reading.moment is not None:
        assert moments == ({"pas_tel_quel"} if reading.moment == "pas_tel_quel" else {"autre"})


def check_postures(logic: Logic, reading: Reading, outcomes: list[tuple]) -> None:  # type: ignore[type-arg]
    found = [postures(logic, rules) for _, rules, _ in outcomes]
    posture = reading.posture
    assert frozenset().union(*found) <= set(posture.possible)
    if posture.retained:
        assert set(found) == {frozenset({posture.retained})}
    if posture.between:
        assert set(found) == {frozenset(posture.between)}
    if posture.off_note:
        assert posture.retained is None
        assert posture.nearest is not None
        condition = logic.postures[posture.nearest].off_note_if
        assert condition is not None
        assert all(holds(condition, world, findings) for world, _, findings in outcomes)
    atlas = Atlas(logic)
    for axis in logic.axes:
        stretch = Outlook(atlas, reading.answers).sums(axis)
        assert {sums(logic, rules)[axis] for _, rules, _ in outcomes} <= stretch
        scale = atlas.scales[axis]
        assert stretch
        assert posture.position[axis] == (round(min(stretch) / scale, 4), round(max(stretch) / scale, 4))
        everywhere = [sums(logic, fired(logic, world)[0])[axis] for world in completions(logic, {})]
        assert scale == max(1, *map(abs, everywhere))


def check_drawn(logic: Logic, reading: Reading, fired_rules: list[frozenset[str]]) -> None:
    drawn = {(d.kind, d.id): d for d in reading.drawn if d.kind != "tension"}
    levels: dict[tuple[str, str], list[set[str]]] = {}
    for rules in fired_rules:
        here: dict[tuple[str, str], set[str]] = {}
        for rule in logic.rules:
            for effect in rule.effects if rule.id in rules else ():
                if isinstance(effect, Draw):
                    here.setdefault((effect.kind, effect.id), set()).add(effect.level or "")
        for key, found in here.items():
            levels.setdefault(key, []).append(found)
    assert set(levels) <= set(drawn)
    for key, conclusion in drawn.items():
        if conclusion.certainty == "certaine":
            assert len(levels.get(key, [])) == len(fired_rules)
            assert all((conclusion.level or "") in found for found in levels[key])


def check_factors(logic: Logic, reading: Reading, outcomes: list[tuple]) -> None:  # type: ignore[type-arg]
    states = {f.id: f.state for f in reading.factors}
    for id, factor in logic.factors.items():
        found = [holds(factor.present_if, world, findings) for world, _, findings in outcomes]
        if any(found):
            assert id in states
        if states.get(id) == "present":
            assert all(found)


def check_usual(logic: Logic, reading: Reading, usual: list[tuple]) -> None:  # type: ignore[type-arg]
    bests = {best_formats(logic, rules) for _, rules, _ in usual}
    format, posture = reading.format.usual, reading.posture.usual
    if format.retained:
        assert bests == {frozenset({format.retained})}
    if format.tied:
        assert bests == {frozenset(format.tied)}
    found = {postures(logic, rules) for _, rules, _ in usual}
    if posture.retained or posture.nearest:
        assert found == {frozenset({posture.retained or posture.nearest})}
    if posture.between:
        assert found == {frozenset(posture.between)}
    for drawn in reading.drawn:
        if drawn.certainty == "sauf_exception" and drawn.kind != "tension":
            assert all(_draws(logic, rules, drawn.kind, drawn.id) for _, rules, _ in usual)


def _draws(logic: Logic, rules: frozenset[str], kind: str, id: str) -> bool:
    effects = [e for rule in logic.rules if rule.id in rules for e in rule.effects if isinstance(e, Draw)]
    return any((e.kind, e.id) == (kind, id) for e in effects)


@settings(max_examples=QUICK, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_a_reading_is_never_wrong(data: st.DataObject) -> None:
    logic = data.draw(logics(small=True))
    check(logic, data.draw(partial_answers(logic)))


@pytest.mark.lent
@settings(max_examples=LONG, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_a_reading_is_never_wrong_at_length(data: st.DataObject) -> None:
    logic = data.draw(logics(small=True))
    check(logic, data.draw(partial_answers(logic)))


def facts(reading: Reading) -> tuple[object, ...]:
    """What « sans effet » promises to leave the same."""
    drawn = tuple((d.kind, d.id, d.certainty, d.level, d.foreseen) for d in reading.drawn)
    return (reading.format, reading.posture, drawn, reading.factors, reading.moment)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_a_question_said_to_be_without_effect_changes_nothing(data: st.DataObject) -> None:
    logic = data.draw(logics(small=True))
    answers = data.draw(partial_answers(logic))
    assume(not incoherences(logic, answers) and next(completions(logic, answers), None) is not None)
    reader = Reader(base_of(logic), choose(logic, durable=False))
    before = reader.read(answers)
    for id in before.without_effect:
        for value in values(logic.questions[id]):
            if not incoherences(logic, {**answers, id: value}):
                assert facts(reader.read({**answers, id: value})) == facts(before)
    for id in before.without_effect_on_advice:
        for value in values(logic.questions[id]):
            if not incoherences(logic, {**answers, id: value}):
                after = reader.read({**answers, id: value})
                assert replace(after.format, arguments=(), ruled_out={}) == replace(
                    before.format, arguments=(), ruled_out={}
                )
                assert after.posture == before.posture


@settings(max_examples=QUICK, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_along_the_answers_certain_stays_certain_and_excluded_never_returns(data: st.DataObject) -> None:
    logic = data.draw(logics(small=True))
    worlds = list(completions(logic, {}))
    world = data.draw(st.sampled_from(worlds))
    reader = Reader(base_of(logic), choose(logic, durable=False))
    answers: dict[str, Value] = {}
    before = reader.read(answers)
    for id in data.draw(st.permutations(sorted(world))):
        answers[id] = world[id]
        after = reader.read(answers)
        assert set(after.format.possible) <= set(before.format.possible)
        assert set(after.posture.possible) <= set(before.posture.possible)
        sure = {(d.kind, d.id) for d in before.drawn if d.certainty == "certaine"}
        assert sure <= {(d.kind, d.id) for d in after.drawn if d.certainty == "certaine"}
        assert {(d.kind, d.id) for d in after.drawn} <= {(d.kind, d.id) for d in before.drawn}
        before = after
    assert not before.open_questions
    assert before.format.retained or before.format.tied
