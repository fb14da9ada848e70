"""What is known of one dossier serves the next, and changes nothing of what is said of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Answers
from shipped import random_dossier, shipped_reader
from worlds import calm, drawn_case, reader_of, worlds


def check_along(reader: Reader, wholes: list[Answers], chance: random.Random, steps: int) -> None:
    """Answers given, changed and taken back one by one: each time as if nothing had been looked at before."""
    answers: dict[str, object] = {}
    whole = wholes[0]
    for _ in range(steps):
        if chance.random() < 0.1:
            whole = chance.choice(wholes)
            answers = {id: value for id, value in answers.items() if whole.get(id) == value}
        left = [id for id in whole if id not in answers]
        if not left or (answers and chance.random() < 0.2):
            del answers[chance.choice(sorted(answers))]
        else:
            id = chance.choice(left)
            answers[id] = whole[id]
        found, known = reader.read(answers), dict(reader.atlas.latest)  # type: ignore[arg-type]
        reader.atlas.latest.clear()
        assert reader.read(answers) == found  # type: ignore[arg-type]
        reader.atlas.latest.update(known)


@settings(calm, max_examples=8)
@given(st.data())
def test_what_was_known_of_the_dossier_before_serves_the_next(data: st.DataObject) -> None:
    logic, _, _ = drawn_case(data)
    wholes = [world.answers for world in worlds(logic, {})]
    check_along(reader_of(logic), wholes, random.Random(len(wholes)), 8)


@pytest.mark.lent
@settings(calm, max_examples=80)
@given(st.data())
def test_what_was_known_serves_the_next_at_length(data: st.DataObject) -> None:
    logic, _, _ = drawn_case(data)
    wholes = [world.answers for world in worlds(logic, {})]
    check_along(reader_of(logic), wholes, random.Random(len(wholes)), 25)


def test_it_serves_on_the_shipped_base() -> None:
    reader, chance = shipped_reader(), random.Random(3)
    wholes = [random_dossier(reader.base.logic, chance) for _ in range(4)]
    check_along(reader, wholes, chance, 20)
