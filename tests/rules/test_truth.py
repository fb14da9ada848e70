"""Three-valued truth: sound on every way of completing what is unknown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Is, Logic, NoneOf, Ordinary, Question, Ticks, Within
from conseil_dla.rules.truth import incoherences, scopes_of, truth
from strategies import completions, holds, logics, partial_answers

YES_NO = Question("q", "oui_non", ("oui", "non"))
SHADES = Question("s", "choix", ("a", "b", "c"), ordinary=Ordinary(frozenset({"a", "b"})))
TICKED = Question("t", "plusieurs", ("x", "y", "z"), ordinary=Ordinary(frozenset({"x", "y"})))
COUNT = Question("n", "nombre", (), bounds=(0, 60), ordinary=Ordinary(low=3, high=14))
LOGIC = Logic({q.id: q for q in (YES_NO, SHADES, TICKED, COUNT)}, ())


def is_(question: str, *answers: str) -> Is:
    return Is(question, frozenset(answers))


def test_an_unknown_answer_leaves_atoms_open_and_tautologies_too() -> None:
    scopes = scopes_of(LOGIC, {})
    assert truth(is_("q", "oui"), scopes, {}) is None
    assert truth(NoneOf((is_("q", "oui"),)), scopes, {}) is None
    assert truth(is_("q", "oui", "non"), scopes, {}) is True


def test_connectives_follow_kleene() -> None:
    scopes = scopes_of(LOGIC, {"q": "oui", "s": "c"})
    yes, no, open_ = is_("q", "oui"), is_("s", "a"), Within("n", 5, None)
    assert truth(AllOf((yes, open_)), scopes, {}) is None
    assert truth(AllOf((no, open_)), scopes, {}) is False
    assert truth(AnyOf((yes, open_)), scopes, {}) is True
    assert truth(NoneOf((no, open_)), scopes, {}) is None
    assert truth(AtLeast(2, (yes, no, open_)), scopes, {}) is None
    assert truth(AtLeast(1, (yes, no, open_)), scopes, {}) is True
    assert truth(AtLeast(3, (yes, no, open_)), scopes, {}) is False


def test_a_question_that_does_not_apply_makes_its_atoms_false() -> None:
    asked = Question("d", "nombre", (), bounds=(0, 9), asked_if=is_("q", "oui"))
    logic = Logic({"d": asked, "q": YES_NO}, ())
    scopes = scopes_of(logic, {"q": "non", "d": 3})
    assert truth(Within("d", 3, 3), scopes, {}) is False
    assert truth(NoneOf((Within("d", 3, 3),)), scopes, {}) is True


def test_an_answer_whose_question_may_not_apply_is_never_surely_true() -> None:
    asked = Question("d", "oui_non", ("oui", "non"), asked_if=is_("q", "oui"))
    logic = Logic({"d": asked, "q": YES_NO}, ())
    scopes = scopes_of(logic, {"d": "oui"})
    assert truth(is_("d", "oui"), scopes, {}) is None
    assert truth(is_("d", "non"), scopes, {}) is False


def test_ordinary_scopes_keep_ordinary_answers_only() -> None:
    scopes = scopes_of(LOGIC, {}, ordinary=frozenset(LOGIC.questions))
    assert truth(is_("s", "c"), scopes, {}) is False
    assert truth(is_("s", "a", "b"), scopes, {}) is True
    assert truth(Ticks("t", frozenset({"z"})), scopes, {}) is False
    assert truth(Ticks("t", frozenset({"x"})), scopes, {}) is None
    assert truth(Within("n", 3, 14), scopes, {}) is True
    assert truth(Within("n", 15, None), scopes, {}) is False


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_what_is_settled_holds_in_every_coherent_completion(data: st.DataObject) -> None:
    logic = data.draw(logics(small=True))
    answers = data.draw(partial_answers(logic))
    if incoherences(logic, answers):
        return
    scopes = scopes_of(logic, answers)
    plain = [rule for rule in logic.rules if rule.stratum == 0]
    for completion in completions(logic, answers):
        for rule in plain:
            state = truth(rule.condition, scopes, {})
            if state is not None:
                assert holds(rule.condition, completion, {}) is state
