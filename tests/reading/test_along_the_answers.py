"""As answers come in, what is certain stays certain and what is excluded never returns."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Value
from shipped import random_dossier, shipped_reader
from strategies import completions, logics
from worlds import calm, reader_of


@settings(calm, max_examples=60)
@given(st.data())
def test_along_the_answers_certain_stays_certain_and_excluded_never_returns(data: st.DataObject) -> None:
    logic = data.draw(logics(small=True))
    world = data.draw(st.sampled_from(list(completions(logic, {}))))
    reader = reader_of(logic)
    answers: dict[str, Value] = {}
    before = reader.read(answers)
    for id in data.draw(st.permutations(sorted(world))):
        answers[id] = world[id]
        after = reader.read(answers)
        assert set(after.format.possible) <= set(before.format.possible)
        assert set(after.posture.possible) <= set(before.posture.possible)
        sure = {(d.kind, d.id) for d in before.drawn if d.certainty == "certaine"}
        assert sure <= {(d.kind, d.id) for d in after.drawn if d.certainty == "certaine"}
        assert {(d.kind, d.id) for d in after.drawn} <= {(d.kind, d.id) for d in before.drawn}
        before = after
    assert not before.open_questions
    assert before.format.retained or before.format.tied


def excluded_and_certain(reading: Reading) -> tuple[set[object], set[object]]:
    """Everything that can still be said, and everything that is settled."""
    open_still: set[object] = {("format", id) for id in reading.format.possible}
    open_still |= {("posture", id) for id in reading.posture.possible}
    open_still |= {(d.kind, d.id) for d in reading.drawn} | {id for id, s in reading.states.items() if s is not False}
    settled: set[object] = {(d.kind, d.id) for d in reading.drawn if d.certainty == "certaine"} | set(reading.fired)
    settled |= {("format", reading.format.retained or reading.format.tied)} - {("format", ())}
    posture = reading.posture
    settled |= {("posture", posture.retained or posture.nearest or posture.between)} - {("posture", ())}
    return open_still, settled


def follow(orders: int, seed: int) -> None:
    reader, chance = shipped_reader(), random.Random(seed)
    for _ in range(orders):
        complete = random_dossier(reader.base.logic, chance)
        order = chance.sample(sorted(complete), len(complete))
        answers: dict[str, Value] = {}
        before = excluded_and_certain(reader.read(answers))
        for id in order:
            answers[id] = complete[id]
            after = excluded_and_certain(reader.read(answers))
            assert after[0] <= before[0]
            assert after[1] >= before[1]
            before = after


@pytest.mark.lent
@pytest.mark.parametrize("seed", [2, 12])
def test_along_24_answer_orders_of_the_shipped_base(seed: int) -> None:
    """Half of them each, so that they share the cores."""
    follow(12, seed)
