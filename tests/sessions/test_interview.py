"""The questionnaire as a pure machine: going on, back, undoing, putting off."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.model import Answers
from conseil_dla.sessions.interview import Interview, advance, answer, back, decline, go_to, note, skip, start, undo

ORDER = ("a", "b", "c")


def in_order(answers: Answers, declined: frozenset[str]) -> str | None:
    return next((q for q in ORDER if q not in answers and q not in declined), None)


def test_a_conversation_goes_through_the_ordering_and_ends() -> None:
    state = start({}, frozenset(), {}, in_order)
    for question in ORDER:
        assert state.current == question
        state = advance(answer(state, question, "x"), in_order)
    assert state.current is None
    assert state.answers == dict.fromkeys(ORDER, "x")


def test_putting_a_question_off_withdraws_its_answer_and_is_not_asked_again() -> None:
    state = answer(start({}, frozenset(), {}, in_order), "a", "x")
    state = advance(decline(state, "a"), in_order)
    assert "a" not in state.answers
    assert state.declined == {"a"}
    assert state.current == "b"
    state = answer(state, "a", "y")
    assert state.declined == frozenset()


def test_an_ordering_that_only_offers_what_was_put_off_ends_the_conversation() -> None:
    state = start({}, frozenset({"a"}), {}, lambda answers, declined: "a")
    assert state.current is None


def test_back_returns_to_the_question_before_and_keeps_the_answer() -> None:
    state = advance(answer(start({}, frozenset(), {}, in_order), "a", "x"), in_order)
    state = back(state)
    assert state.current == "a"
    assert state.answers == {"a": "x"}
    assert back(state) == state


def test_undo_restores_answers_and_question_but_not_notes() -> None:
    first = start({}, frozenset(), {}, in_order)
    state = note(advance(answer(first, "a", "x"), in_order), "b", " à demander ")
    undone = undo(state)
    assert undone.answers == {}
    assert undone.current == "a"
    assert undone.notes == {"b": "à demander"}
    assert undo(first) == first


def test_an_empty_note_removes_the_note() -> None:
    state = note(note(Interview(), "a", "x"), "a", "  ")
    assert state.notes == {}


def test_going_to_the_current_question_changes_nothing() -> None:
    state = start({}, frozenset(), {}, in_order)
    assert go_to(state, "a") is state
    assert go_to(state, "c").trail == ("a",)


MOVES = st.lists(st.tuples(st.sampled_from(["answer", "decline", "back", "go"]), st.sampled_from(ORDER)), max_size=20)


@given(MOVES)
def test_undoing_every_change_leads_back_to_the_start(moves: list[tuple[str, str]]) -> None:
    state = start({"a": "given"}, frozenset({"b"}), {}, in_order)
    first = state
    changes = 0
    for move, question in moves:
        match move:
            case "answer":
                state, changes = advance(answer(state, question, "x"), in_order), changes + 1
            case "decline":
                state, changes = advance(decline(state, question), in_order), changes + 1
            case "back":
                state = back(state)
            case _:
                state = go_to(state, question)
        assert not set(state.answers) & state.declined
    for _ in range(changes):
        state = undo(state)
    assert (state.answers, state.declined) == (first.answers, first.declined)


def reading_order(answers: Answers, put_off: frozenset[str]) -> str | None:
    """As a reading does: what was put off comes back once nothing else is left."""
    left = [q for q in ORDER if q not in answers]
    return next((q for q in left if q not in put_off), left[0] if left else None)


def test_what_is_passed_over_is_asked_again_only_when_wanted_and_each_in_turn() -> None:
    state = start({}, frozenset({"b"}), {}, reading_order)
    seen = []
    for _ in range(8):
        seen.append(state.current)
        state = skip(state, reading_order)
    assert seen == ["a", "c", None, "b", None, "a", "c", None]
    assert (state.answers, state.declined) == ({}, {"b"}), "nothing is recorded"


def test_questions_put_off_come_after_those_passed_over() -> None:
    state = start({"a": "x"}, frozenset({"b", "c"}), {}, reading_order)
    seen = []
    for _ in range(6):
        seen.append(state.current)
        state = skip(state, reading_order)
    assert seen == [None, "b", "c", None, "b", "c"]


def test_passing_over_an_answered_question_only_goes_on() -> None:
    state = back(advance(answer(start({}, frozenset(), {}, reading_order), "a", "x"), reading_order))
    moved = skip(state, reading_order)
    assert moved.current == "b"
    assert moved.passed == frozenset()
