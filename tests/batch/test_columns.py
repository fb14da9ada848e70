"""Many dossiers at once say what one after the other says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conseil_dla.batch.bit_columns import MISSING, Columns
from conseil_dla.batch.three_values import ThreeValues
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.exact.space import Space
from conseil_dla.rules.model import AllOf, Answers, AtLeast, Logic
from conseil_dla.rules.truth import scopes_of
from strategies import holds, logics, partial_answers

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def coded(logic: Logic, columns: Columns, answers: Answers) -> bytes:
    return bytes(columns.space.cell_of(id, answers[id]) if id in answers else MISSING for id in logic.questions)


def signs(bits: int, count: int) -> list[bool]:
    return [sign == "1" for sign in format(bits, f"0{count}b")]


@QUICK
@given(st.data())
def test_columns_hold_what_the_reference_fires_and_tell_what_is_missing(data: st.DataObject) -> None:
    logic = data.draw(logics())
    columns = Columns(Space(logic))
    fires = {rule.id: columns.step(rule.condition) for rule in logic.rules}
    missing = {id: columns.missing(id) for id in logic.questions}
    ignored = {id: columns.ignored(id) for id in logic.questions}
    apart = {id: columns.not_applicable(id) for id in logic.questions}
    dossiers = [data.draw(partial_answers(logic, share)) for share in (1, 2, 2, 3, 3, 3, 3)]
    bits = columns.run([coded(logic, columns, answers) for answers in dossiers])
    reference = ReferenceEngine(logic)
    for number, answers in enumerate(dossiers):
        told = {
            name: {id for id, step in steps.items() if signs(bits[step], len(dossiers))[number]}
            for name, steps in (("missing", missing), ("apart", apart), ("ignored", ignored), ("fires", fires))
        }
        scopes = scopes_of(logic, answers)
        if told["missing"]:
            assert not all(scope.settled for scope in scopes.values())
            continue
        assert told["apart"] == {id for id, scope in scopes.items() if scope.applies is False}
        assert told["ignored"] == told["apart"] & answers.keys()
        assert told["fires"] == reference.fire(answers).rules


@QUICK
@given(st.data())
def test_what_is_known_fires_the_rules_that_the_reference_fires_and_refutes_those_that_it_refutes(
    data: st.DataObject,
) -> None:
    logic = data.draw(logics())
    columns = Columns(Space(logic))
    three = ThreeValues(columns)
    told = {rule.id: three.of(rule.condition) for rule in logic.rules}
    dossiers = [data.draw(partial_answers(logic, share)) for share in (0, 1, 1, 2, 2, 2, 3)]
    bits = columns.run([coded(logic, columns, answers) for answers in dossiers])
    for number, answers in enumerate(dossiers):
        states = ReferenceEngine(logic).states(answers)
        for rule, steps in told.items():
            holds, fails = (signs(bits[step], len(dossiers))[number] for step in steps)
            assert (True if holds else False if fails else None) == states[rule]
            assert not (holds and fails)


@QUICK
@given(st.data())
def test_at_least_n_is_counted_dossier_by_dossier(data: st.DataObject) -> None:
    logic = data.draw(logics())
    conditions = [rule.condition for rule in logic.rules if not rule.stratum]
    several = AtLeast(data.draw(st.integers(1, len(conditions))), tuple(conditions))
    columns = Columns(Space(logic))
    step = columns.step(several)
    complete = [columns.missing(id) for id in logic.questions]
    dossiers = [data.draw(partial_answers(logic, 3)) for _ in range(5)]
    bits = columns.run([coded(logic, columns, answers) for answers in dossiers])
    for number, answers in enumerate(dossiers):
        if not any(signs(bits[each], 5)[number] for each in complete):
            applying = {id: v for id, v in answers.items() if scopes_of(logic, answers)[id].applies}
            assert signs(bits[step], 5)[number] == holds(several, applying)


def test_no_dossier_and_no_condition_are_nothing() -> None:
    columns = Columns(Space(Logic({}, ())))
    step = columns.step(AllOf(()))
    assert columns.run([])[step] == 0
    assert columns.run([b"", b""])[step] == 0b11
