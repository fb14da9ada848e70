"""The questionnaire as a pure machine: going on, back, undoing, putting off."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.interview.questionnaire import (
    Interview,
    advance,
    answer,
    back,
    decline,
    go_to,
    keep_beside,
    note,
    recount,
    redo,
    skip,
    start,
    undo,
    withdraw,
)
from conseil_dla.rules.model import Answers
from conseil_dla.rules.tables import Structure

ORDER = ("a", "b", "c")


def in_order(answers: Answers, declined: frozenset[str]) -> str | None:
    return next((q for q in ORDER if q not in answers and q not in declined), None)


def test_a_conversation_goes_through_the_ordering_and_ends() -> None:
    state = start(Interview(), in_order)
    for question in ORDER:
        assert state.current == question
        state = advance(answer(state, question, "x"), in_order)
    assert state.current is None
    assert state.answers == dict.fromkeys(ORDER, "x")


def test_putting_a_question_off_withdraws_its_answer_and_is_not_asked_again() -> None:
    state = answer(start(Interview(), in_order), "a", "x")
    state = advance(decline(state, "a"), in_order)
    assert "a" not in state.answers
    assert state.declined == {"a"}
    assert state.current == "b"
    state = answer(state, "a", "y")
    assert state.declined == frozenset()


def test_an_ordering_that_only_offers_what_was_put_off_ends_the_conversation() -> None:
    state = start(Interview(declined=frozenset({"a"})), lambda answers, declined: "a")
    assert state.current is None


def test_back_returns_to_the_question_before_and_keeps_the_answer() -> None:
    state = advance(answer(start(Interview(), in_order), "a", "x"), in_order)
    state = back(state)
    assert state.current == "a"
    assert state.answers == {"a": "x"}
    assert back(state) == state


def test_undo_takes_notes_and_answers_back_one_by_one() -> None:
    first = start(Interview(), in_order)
    state = note(advance(answer(first, "a", "x"), in_order), "b", " à demander ")
    assert state.notes == {"b": "à demander"}
    undone = undo(state)
    assert (undone.notes, undone.answers, undone.current) == ({}, {"a": "x"}, "b")
    undone = undo(undone)
    assert (undone.notes, undone.answers, undone.current) == ({}, {}, "a")
    assert undo(first) == first
    assert redo(first) == first


def test_what_the_table_gives_is_neither_undone_nor_given_again() -> None:
    state = recount(answer(start(Interview(), in_order), "a", "x"), {"c": 3})
    undone = undo(state)
    assert undone.counted == {"c": 3}
    assert redo(recount(undone, {"c": 4})).counted == {"c": 4}


def test_writing_what_is_already_written_is_no_change() -> None:
    state = decline(note(answer(start(Interview(), in_order), "a", "x"), "a", "n"), "b")
    undone = undo(state)
    for same in (answer(undone, "a", "x"), note(undone, "a", " n "), withdraw(undone, ["c"])):
        assert same is undone
    assert decline(state, "b") is state
    assert redo(undone) == state


def test_an_empty_note_removes_the_note() -> None:
    state = note(note(Interview(), "a", "x"), "a", "  ")
    assert state.notes == {}


def test_going_to_the_current_question_changes_nothing() -> None:
    state = start(Interview(), in_order)
    assert go_to(state, "a") is state
    assert go_to(state, "c").trail == ("a",)


MOVES = st.lists(st.tuples(st.sampled_from(["answer", "decline", "back", "go"]), st.sampled_from(ORDER)), max_size=20)


@given(MOVES)
def test_undoing_every_change_leads_back_to_the_start(moves: list[tuple[str, str]]) -> None:
    state = start(Interview({"a": "given"}, frozenset({"b"}), {}), in_order)
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


CHANGED: dict[str, Callable[[Interview, str, str], Interview]] = {
    "answer": answer,
    "decline": lambda state, question, _: decline(state, question),
    "withdraw": lambda state, question, _: withdraw(state, [question]),
    "note": note,
    "title": lambda state, _, value: keep_beside(state, title=value),
    "rows": lambda state, question, value: keep_beside(state, structures=(Structure(question), Structure(value))),
    "go": lambda state, question, _: go_to(state, question),
    "back": lambda state, *_: back(state),
    "advance": lambda state, *_: advance(state, in_order),
    "undo": lambda state, *_: undo(state),
    "redo": lambda state, *_: redo(state),
}
CHANGES = st.lists(
    st.tuples(st.sampled_from(sorted(CHANGED)), st.sampled_from(ORDER), st.sampled_from(["x", "y"])), max_size=20
)


def changed(state: Interview, move: str, question: str, value: str) -> Interview:
    return CHANGED[move](state, question, value)


@given(CHANGES, st.integers(0, 25))
def test_undoing_then_giving_again_as_often_leads_back_to_the_very_same_state(
    moves: list[tuple[str, str, str]], times: int
) -> None:
    state = start(Interview({"a": "given"}, frozenset({"b"}), {"c": "à voir"}), in_order)
    for move in moves:
        state = changed(state, *move)
    undone, done = state, 0
    while done < times and undone.before is not None:
        undone, done = undo(undone), done + 1
    again = undone
    for _ in range(done):
        again = redo(again)
    assert again == state


@given(CHANGES, st.sampled_from(ORDER))
def test_another_answer_forgets_what_was_undone_and_is_the_next_to_be_undone(
    moves: list[tuple[str, str, str]], question: str
) -> None:
    state = start(Interview(), in_order)
    for move in moves:
        state = changed(state, *move)
    moved = answer(undo(state), question, "z")
    assert moved.after is None
    assert redo(moved) is moved
    assert undo(moved).answers == undo(state).answers


def reading_order(answers: Answers, put_off: frozenset[str]) -> str | None:
    """As a reading does: what was put off comes back once nothing else is left."""
    left = [q for q in ORDER if q not in answers]
    return next((q for q in left if q not in put_off), left[0] if left else None)


def test_what_is_passed_over_is_asked_again_only_when_wanted_and_each_in_turn() -> None:
    state = start(Interview(declined=frozenset({"b"})), reading_order)
    seen = []
    for _ in range(8):
        seen.append(state.current)
        state = skip(state, reading_order)
    assert seen == ["a", "c", None, "b", None, "a", "c", None]
    assert (state.answers, state.declined) == ({}, {"b"}), "nothing is recorded"


def test_questions_put_off_come_after_those_passed_over() -> None:
    state = start(Interview({"a": "x"}, frozenset({"b", "c"}), {}), reading_order)
    seen = []
    for _ in range(6):
        seen.append(state.current)
        state = skip(state, reading_order)
    assert seen == [None, "b", "c", None, "b", "c"]


def test_passing_over_an_answered_question_only_goes_on() -> None:
    state = back(advance(answer(start(Interview(), reading_order), "a", "x"), reading_order))
    moved = skip(state, reading_order)
    assert moved.current == "b"
    assert moved.passed == frozenset()
