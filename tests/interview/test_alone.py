"""Somebody answering alone: which questions come, and that nobody else's answers are touched."""

from __future__ import annotations

import random
from itertools import pairwise

from conseil_dla.interview import alone
from conseil_dla.interview import questionnaire as interview
from conseil_dla.rules.model import ROLES, Dossier, Respondent
from crossing import BASE, LOGIC, several, somebody
from shipped import applies, random_dossier

INTERNAL = {id for id in LOGIC.questions if BASE.entry("question", id).internal}


def interviewed(one: Respondent, chance: random.Random) -> list[str]:
    """Every question that comes, each answered as a random dossier does, or not known."""
    drawn = random_dossier(LOGIC, chance)
    following = alone.ordering(BASE, one.role)
    state = interview.advance(alone.begun(BASE, one), following)
    asked = []
    while state.current is not None:
        id = state.current
        asked.append(id)
        known = id in drawn and chance.random() < 0.8
        state = interview.answer(state, id, drawn[id]) if known else interview.decline(state, id)
        state = interview.advance(state, following)
    assert [id for id in alone.open_to(BASE, one.role, state.answers) if id not in asked] == []
    return asked


def test_internal_questions_are_put_to_the_dla_alone() -> None:
    for number, role in enumerate((*ROLES, "")):
        asked = interviewed(Respondent("Zoé", role=role), random.Random(number))
        assert len(asked) == len(set(asked)) > 30
        assert bool(INTERNAL & set(asked)) is (role == "dla")


def test_questions_come_theme_by_theme_and_only_where_they_surely_apply() -> None:
    chance = random.Random(5)
    one = somebody("Zoé", "dla", chance)
    themes = [BASE.entry("question", id).texts["theme"] for id in alone.asked_of(BASE, "dla")]
    assert len([a for a, b in pairwise(themes) if a != b]) == len(set(themes)) - 1
    left = alone.open_to(BASE, "dla", one.answers)
    assert all(applies(LOGIC, one.answers, id) for id in left)
    assert set(alone.asked_of(BASE, "dla")) - set(left), "some question does not apply"


def test_a_conversation_resumes_where_it_stopped_and_touches_nobody_else() -> None:
    people = several(random.Random(1))
    dossier = Dossier("x", "t", {"a": "b"}, everyone={one.name: one for one in people})
    one = people[1]
    state = alone.begun(BASE, one)
    assert (state.answers, state.declined) == (one.answers, one.declined)
    id = next(iter(one.answers))
    after = alone.kept(BASE, dossier, one.name, interview.decline(state, id))
    assert id in after.everyone[one.name].declined
    assert after.everyone[people[0].name] == people[0]
    assert list(after.everyone) == list(dossier.everyone)
    assert after.answers == dossier.answers
    assert alone.without(after, one.name).everyone.keys() == {people[0].name, people[2].name}


def test_answers_to_what_is_no_longer_asked_are_neither_shown_nor_lost() -> None:
    """Somebody of the DLA, then said to answer for a structure."""
    one = next(p for s in range(9) if INTERNAL & (p := somebody("Zoé", "dla", random.Random(s))).answers.keys())
    moved = Respondent(one.name, one.answers, one.declined, "structure", one.consents)
    dossier = Dossier("x", "t", {}, everyone={one.name: moved})
    state = alone.begun(BASE, moved)
    assert not INTERNAL & (state.answers.keys() | state.declined)
    assert alone.kept(BASE, dossier, one.name, state).everyone[one.name] == moved
