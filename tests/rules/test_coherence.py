"""Whether anything coherent is left, held against every completion; and the smallest culprit."""

from __future__ import annotations

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conseil_dla.rules.coherence import cells, offending
from conseil_dla.rules.model import AllOf, AnyOf, Incoherence, Is, Logic, Question, Rule, Ticks, Within
from strategies import completions, logics, partial_answers


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_offending_set_is_found_exactly_when_nothing_is_left_and_is_smallest(data: st.DataObject) -> None:
    logic = data.draw(logics(small=True))
    answers = data.draw(partial_answers(logic))
    possible = next(completions(logic, answers), None) is not None
    found = offending(logic, answers)
    assert bool(found) is not possible
    if found and len(found) < 4:
        assert next(completions(logic, {id: answers[id] for id in found}), None) is None
        for smaller in combinations(found, len(found) - 1):
            assert next(completions(logic, {id: answers[id] for id in smaller}), None) is not None


def yes_no(id: str) -> Question:
    return Question(id, "oui_non", ("oui", "non"))


def is_(question: str, answer: str) -> Is:
    return Is(question, frozenset({answer}))


def test_two_rules_that_leave_nothing_name_the_answers_behind_them() -> None:
    logic = Logic(
        {id: yes_no(id) for id in ("a", "b", "c", "d")},
        (),
        (
            Incoherence("x", AllOf((is_("a", "oui"), is_("c", "oui")))),
            Incoherence("y", AllOf((is_("b", "oui"), is_("c", "non")))),
        ),
    )
    assert offending(logic, {"a": "oui", "b": "oui", "d": "non"}) == ("a", "b")
    assert offending(logic, {"a": "oui", "d": "oui"}) == ()


def test_a_number_is_cut_where_conditions_cut_it() -> None:
    number = Question("n", "nombre", (), bounds=(0, 100))
    logic = Logic({"n": number}, (Rule("r", Within("n", 3, 14), ()), Rule("s", Within("n", None, 50), ())))
    assert [(cell.scope.low, cell.scope.high) for cell in cells(logic, number)] == [
        (0, 2),
        (3, 14),
        (15, 50),
        (51, 100),
    ]


def test_answers_and_options_that_nothing_tells_apart_stand_together() -> None:
    choice = Question("q", "choix", ("a", "b", "c", "d"))
    ticked = Question("t", "plusieurs", ("x", "y", "z"))
    condition = AnyOf((Is("q", frozenset("ab")), Ticks("t", frozenset("x"))))
    logic = Logic({"q": choice, "t": ticked}, (Rule("r", condition, ()),))
    assert [cell.scope.answers for cell in cells(logic, choice)] == [frozenset("ab"), frozenset("cd")]
    assert [cell.value for cell in cells(logic, ticked)] == [frozenset(), frozenset("x")]
