"""Both engines say the same, and what they say is true of every way of completing the dossier."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conseil_dla.engine.alternatives import expand
from conseil_dla.engine.durable_engine import DurableEngine
from conseil_dla.engine.outcome import Fired
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.rules.breadth import MOST_ALTERNATIVES, alternatives
from conseil_dla.rules.model import Answers, Is, Logic, NoneOf
from strategies import completions, fired, holds, logics, partial_answers

pytest.importorskip("durable_rules_engine")

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(QUICK, max_examples=250)


def said(result: Fired) -> tuple[object, ...]:
    """Rules, findings, and the alternatives by which each rule fired: one at least."""
    assert result.trace.keys() == result.rules
    assert all(result.trace.values())
    return result.rules, dict(result.findings), {id: [one.name for one in by] for id, by in result.trace.items()}


def same_on_some_dossiers(data: st.DataObject, *, small: bool) -> None:
    logic = data.draw(logics(small=small))
    with closing(DurableEngine(logic)) as durable:
        reference = ReferenceEngine(logic)
        for share in (0, 1, 2, 2, 3, 3):
            answers = data.draw(partial_answers(logic, share))
            assert said(durable.fire(answers)) == said(reference.fire(answers))


@pytest.mark.lent
@LONG
@given(st.data(), st.booleans())
def test_durable_and_reference_fire_the_same_rules_at_length(data: st.DataObject, small: bool) -> None:
    same_on_some_dossiers(data, small=small)


def every_completion_agrees(logic: Logic, answers: Answers) -> None:
    reference = ReferenceEngine(logic)
    said, states = reference.fire(answers), reference.states(answers)
    assert said.rules == {id for id, state in states.items() if state}
    for completion in completions(logic, answers):
        rules, findings = fired(logic, completion)
        assert said.rules <= rules
        assert all((id in rules) is state for id, state in states.items() if state is not None)
        assert all((id in findings) is state for id, state in said.findings.items() if state is not None)


@pytest.mark.lent
@LONG
@given(st.data())
def test_what_the_reference_fires_holds_in_every_coherent_completion_at_length(data: st.DataObject) -> None:
    logic = data.draw(logics())
    every_completion_agrees(logic, data.draw(partial_answers(logic)))


@QUICK
@given(st.data())
def test_on_complete_dossiers_exactly_what_holds_fires(data: st.DataObject) -> None:
    logic = data.draw(logics())
    for completion in list(completions(logic, data.draw(partial_answers(logic))))[:20]:
        said = ReferenceEngine(logic).fire(completion)
        rules, findings = fired(logic, completion)
        assert said.rules == rules
        assert said.findings == {id: id in findings for id in said.findings}


@QUICK
@given(st.data())
def test_one_more_answer_takes_nothing_back(data: st.DataObject) -> None:
    logic = data.draw(logics())
    reference = ReferenceEngine(logic)
    answers = data.draw(partial_answers(logic, 3))
    fewer = {id: value for id, value in answers.items() if data.draw(st.booleans(), label=id)}
    assert reference.fire(fewer).rules <= reference.fire(answers).rules


@QUICK
@given(st.data())
def test_the_count_of_alternatives_is_never_exceeded(data: st.DataObject) -> None:
    logic = data.draw(logics(small=False))
    for rule in logic.rules:
        assert len(expand(rule.condition, logic.questions)) <= alternatives(rule.condition) <= MOST_ALTERNATIVES


def test_the_oracle_judges_sans_objet_as_false() -> None:
    assert not holds(Is("q", frozenset({"a"})), {})
    assert holds(NoneOf((Is("q", frozenset({"a"})),)), {})
