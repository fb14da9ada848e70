"""How far l'essentiel is: honest whatever the order of the answers, and the same once the dossier is resumed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from conseil_dla.interview.questionnaire import (
    MOST,
    Interview,
    Progress,
    advance,
    answer,
    back,
    bearing,
    decline,
    go_to,
    progress,
    start,
)
from conseil_dla.reading.values import Reading
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
LOGIC = READER.base.logic


def read(state: Interview) -> Reading:
    return READER.read(state.known, state.put_off)


def how_far(state: Interview) -> Progress:
    return progress(LOGIC, state, read(state))


@pytest.mark.parametrize("seed", range(6))
def test_answering_never_leads_back_and_a_dossier_resumed_stands_where_it_stood(seed: int) -> None:
    chance = random.Random(seed)
    dossier = random_dossier(LOGIC, chance)
    state = Interview()
    done = 0
    for id in chance.sample(sorted(dossier), len(dossier))[:14]:
        state = go_to(state, id)
        state = decline(state, id) if chance.random() < 0.2 else answer(state, id, dossier[id])
        now = how_far(state)
        assert done <= now.done <= min(MOST, len(state.answers) + len(state.declined))
        assert now.done >= done
        done = now.done
        assert how_far(answer(state, id, dossier[id])).done == done, "a question counts once"
        assert how_far(back(state)).done == done
        resumed = start(Interview(state.answers, state.declined), lambda answers, put_off: None)
        assert how_far(resumed) == now


@pytest.mark.parametrize("seed", range(6))
def test_answering_what_is_proposed_ends_l_essentiel_as_soon_as_format_and_place_are_shown(seed: int) -> None:
    dossier = random_dossier(LOGIC, random.Random(seed))
    state = start(Interview(), lambda answers, put_off: None)
    for number in range(len(dossier)):
        reading = read(state)
        now = progress(LOGIC, state, reading)
        shown = bool(reading.format.shown and reading.posture.shown)
        asked = reading.next_question
        assert now.is_over == (shown or asked is None or not asked.is_essential)
        assert now.useful == len(set(reading.open_questions) - set(reading.without_effect_on_outcome))
        assert now.is_shown == shown
        if now.is_over:
            break
        assert now.done == min(number, MOST), "each question proposed counts as one"
        assert asked is not None
        state = answer(state, asked.question, dossier[asked.question])
    assert how_far(state).is_over


def test_what_bears_on_neither_format_nor_place_does_not_count() -> None:
    aside = [id for id in LOGIC.questions if id not in bearing(LOGIC)]
    assert aside
    state = Interview(declined=frozenset(aside))
    assert how_far(state).done == 0
    counted = next(q for q in LOGIC.questions.values() if q.id in bearing(LOGIC) and q.tally and not q.asked_if)
    value = counted.bounds[1] if counted.bounds else counted.answers[0]
    assert how_far(Interview(counted={counted.id: value}, passed=frozenset(aside))).done == 1


def test_when_all_that_is_essential_is_put_off_nothing_essential_is_left() -> None:
    state = Interview(declined=frozenset(LOGIC.questions))
    assert how_far(state).is_over
    assert how_far(state).done == MOST, "never beyond"


def test_useful_questions_are_those_that_the_reading_says_can_still_move_something() -> None:
    reading = READER.read({})
    assert replace(reading, without_effect_on_outcome=reading.open_questions).standing.turning == ()
    assert advance(Interview(), lambda answers, put_off: "a").current == "a"
