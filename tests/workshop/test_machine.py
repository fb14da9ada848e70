"""The workshop as a pure machine: votes are values, answers come from the moves, nothing done is ever lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.rules.coherence import offending
from conseil_dla.rules.model import AllOf, Incoherence, Is, Logic, Question, Value
from conseil_dla.rules.truth import incoherences
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.kept import from_plain, plain
from conseil_dla.workshop.machine import UNSURE, Supposed, Voted, Workshop
from shipped import random_dossier, shipped_reader

LOGIC = shipped_reader().base.logic
CHOICES = [question for question in LOGIC.questions.values() if question.type == "choix"]
FIRST, SECOND = CHOICES[0], CHOICES[1]


def values(question: str) -> st.SearchStrategy[Value | None]:
    asked = LOGIC.questions[question]
    if asked.type == "plusieurs":
        return st.none() | st.frozensets(st.sampled_from(asked.answers))
    if asked.type == "nombre":
        low, high = asked.bounds or (0, 0)
        return st.none() | st.integers(low, high)
    return st.none() | st.sampled_from(asked.answers)


@st.composite
def played(draw: st.DrawFn) -> Workshop:
    """A workshop where anything was done, in any order."""
    state = workshop.feel(Workshop(), draw(st.dictionaries(st.sampled_from(list(LOGIC.postures)), st.integers(0, 9))))
    for _ in range(draw(st.integers(0, 8))):
        question = draw(st.sampled_from(list(LOGIC.questions)))
        hands = draw(st.dictionaries(st.sampled_from([*LOGIC.questions[question].answers, UNSURE]), st.integers(0, 12)))
        several = len(workshop.variants(state)) > 1
        match draw(st.integers(0, 7)):
            case 0 if several:
                state = workshop.choose(state, draw(st.integers(0, 1)))
            case 1 if not several:
                state = workshop.vote(state, question, hands, draw(values(question)), draw(values(question)))
            case 2:
                state = workshop.keep(state, Supposed(question, draw(values(question))))
            case 3:
                state = workshop.suppose(state, Supposed(question, draw(values(question))))
            case 4:
                state = workshop.say(state, {"retenons": draw(st.text(max_size=20)), "demandons": ""})
            case 6:
                state = workshop.count(state, workshop.for_question(question), hands)
            case 5:
                state = workshop.reveal(workshop.guess(state, "format", hands), "format")
            case _:
                state = workshop.vote(state, question, hands, draw(values(question)))
    return state


@given(played())
def test_everything_done_is_undone_to_the_beginning_and_given_again_to_the_end(state: Workshop) -> None:
    steps, back = 0, state
    while back.before is not None:
        back, steps = workshop.undo(back), steps + 1
    assert (back.moves, back.intuition, back.said, back.guesses) == ((), {}, {}, {})
    for _ in range(steps):
        back = workshop.redo(back)
    assert plain(back) == plain(state)
    assert workshop.redo(back) is back


@given(played())
def test_what_was_shown_of_the_reading_is_not_hidden_again_by_undoing(state: Workshop) -> None:
    assert workshop.undo(state).revealed == state.revealed


@given(played(), st.sampled_from(list(LOGIC.questions)), st.integers(1, 9))
def test_hands_being_counted_are_no_answer_and_go_once_they_are_kept(state: Workshop, question: str, up: int) -> None:
    what, hands = workshop.for_question(question), {UNSURE: up}
    counting = workshop.count(state, what, hands)
    assert counting.counting[what] == hands
    assert workshop.variants(counting) == workshop.variants(state)
    assert counting.before is state.before
    assert workshop.undo(counting).counting[what] == hands
    voted = workshop.vote(counting, question, hands, None)
    assert what not in voted.counting
    assert what not in workshop.undo(voted).counting


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9)))
def test_a_tie_is_the_most_hands_for_several(hands: dict[str, int]) -> None:
    most = max(hands.values(), default=0)
    assert workshop.is_tied(hands) == (most > 0 and list(hands.values()).count(most) > 1)


@given(played())
def test_a_replay_goes_from_nothing_to_what_is_known_one_move_at_a_time(state: Workshop) -> None:
    states = workshop.replayed(state)
    assert len(states) == len(state.moves) + 1
    assert workshop.variants(states[0]) == (workshop.Variant(),)
    assert workshop.variants(states[-1]) == workshop.variants(state)


@given(played())
def test_a_file_gives_the_same_workshop_back(state: Workshop) -> None:
    """Unless its answers exclude each other, which no screen lets happen: then it is refused."""
    data = json.loads(json.dumps(plain(state)))
    if any(incoherences(LOGIC, variant.answers) for variant in workshop.variants(state)):
        with pytest.raises(ValueError, match="exclude"):
            from_plain(LOGIC, data)
    else:
        again = from_plain(LOGIC, data)
        assert plain(again) == plain(state)
        assert workshop.variants(again) == workshop.variants(state)


@given(played(), st.data())
@settings(max_examples=60)
def test_a_file_spoiled_anywhere_is_refused_or_read_and_never_breaks_otherwise(
    state: Workshop, data: st.DataObject
) -> None:
    spoiled = json.loads(json.dumps(plain(state)))
    key = data.draw(st.sampled_from(sorted(spoiled)))
    spoiled[key] = data.draw(st.sampled_from([None, 3, "x", [], {}, [[]], [{}], [{"question": "x"}], {"x": -1}]))
    try:
        read = from_plain(LOGIC, spoiled)
    except (ValueError, LookupError, TypeError, AttributeError):
        return
    assert isinstance(read, Workshop)


def test_a_divided_room_keeps_two_variants_that_go_on_side_by_side() -> None:
    one, two = FIRST.answers[:2]
    state = workshop.vote(Workshop(), FIRST.id, {one: 5, two: 5}, one, two)
    state = workshop.vote(state, SECOND.id, {}, SECOND.answers[0])
    assert [variant.answers for variant in workshop.variants(state)] == [
        {FIRST.id: one, SECOND.id: SECOND.answers[0]}, {FIRST.id: two, SECOND.id: SECOND.answers[0]},
    ]  # fmt: skip
    with pytest.raises(ValueError, match="two variants"):
        workshop.vote(state, SECOND.id, {}, *SECOND.answers[:2])
    assert [variant.answers[FIRST.id] for variant in workshop.variants(workshop.choose(state, 1))] == [two]
    same_again = workshop.vote(state, FIRST.id, {}, one)
    assert len(workshop.variants(same_again)) == 1


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 20)))
def test_a_vote_is_split_when_the_second_has_two_thirds_of_the_first(hands: dict[str, int]) -> None:
    first, second, *_ = sorted([*hands.values(), 0, 0], reverse=True)
    assert workshop.is_split(hands) == (second > 0 and 3 * second >= 2 * first)
    assert set(workshop.leading(hands)) == {option for option, count in hands.items() if count}


@pytest.mark.parametrize("seed", range(8))
def test_the_sheet_completes_coherently_and_never_against_the_room(seed: int) -> None:
    """Room and sheet are strangers to each other: whatever clashes is left out, and said."""
    import random  # noqa: PLC0415

    chance = random.Random(seed)
    room, sheet = random_dossier(LOGIC, chance, 0.2), random_dossier(LOGIC, chance)
    state = Workshop(moves=tuple(Voted(id, {}, (value,)) for id, value in room.items()))
    move, left_out = workshop.completing(LOGIC, state, sheet)
    (variant,) = workshop.variants(workshop.complete(state, move))
    assert {id: variant.answers[id] for id in room} == room
    assert not incoherences(LOGIC, variant.answers)
    assert not offending(LOGIC, variant.answers)
    assert set(move.given[0]) | set(left_out) | set(room) >= set(sheet)
    assert {id: sheet[id] for id in move.given[0]} == move.given[0]
    for id in left_out:
        wider = {**variant.answers, id: sheet[id]}
        assert incoherences(LOGIC, wider) or offending(LOGIC, wider)


def test_the_sheet_leaves_something_possible_also_where_only_several_rules_together_exclude() -> None:
    """Alone, no rule forbids a and b together; with both, no answer to c is left."""

    def both(one: str, other: str, value: str) -> Incoherence:
        return Incoherence(f"{one}_{other}", AllOf((Is(one, frozenset({"oui"})), Is(other, frozenset({value})))))

    questions = {id: Question(id, "oui_non", ("oui", "non")) for id in "abc"}
    logic = Logic(questions, (), incoherences=(both("a", "c", "oui"), both("b", "c", "non")))
    state = workshop.vote(Workshop(), "a", {}, "oui")
    move, left_out = workshop.completing(logic, state, {"b": "oui"})
    assert (move.given, left_out) == (({},), ("b",))


def test_fewer_than_no_hands_are_no_workshop() -> None:
    data = plain(workshop.vote(Workshop(), FIRST.id, {FIRST.answers[0]: 2}, FIRST.answers[0]))
    spoiled = json.loads(json.dumps(data).replace(": 2", ": -2"))
    with pytest.raises(ValueError, match="hands"):
        from_plain(LOGIC, spoiled)
