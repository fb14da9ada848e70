"""Half-answered dossiers concluded together are told word for word as the exact reader tells them, one by one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batch.test_complete import as_object, givens
from conseil_dla.batch.concluding import ENGINE, Alone, Concluder, Form
from conseil_dla.batch.sources import Given
from conseil_dla.batch.work import CellForm, JsonForm
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.coherence import offending
from shipped import random_dossier, shipped_reader
from strategies import logics, partial_answers
from worlds import base_of


def held_to_the_exact_reader(reader: Reader, given: Sequence[Given]) -> int:
    """How many are concluded together, each line of it and each row being the exact reader's own."""
    forms: list[Form] = [JsonForm(reader), CellForm(reader, csv=False)]
    for form in forms:
        quick = Concluder(reader, form, 7)
        found = [form.line(result) for result in quick.each(given, 0)]
        apart = [alone_of(reader, each) for each in given]
        assert found == [form.line(each) for each in apart]
    assert quick.counts.read == len(given)
    return quick.counts.together


def alone_of(reader: Reader, given: Given) -> Alone:
    """Read by the exact reader, as if the columns had concluded."""
    result = next(iter(Concluder(reader, JsonForm(reader), 7, apart=True).each([given], 0)))
    assert isinstance(result, Alone)
    return Alone(result.given, result.dossier, replace(result.reading, engine=ENGINE))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_on_any_base_every_half_answered_dossier_is_told_as_the_exact_reader_tells_it(data: st.DataObject) -> None:
    logic = data.draw(logics())
    reader = Reader(base_of(logic), ReferenceEngine(logic))
    some = [data.draw(partial_answers(logic, share)) for share in (1, 1, 2, 2, 2, 3)]
    given = givens([as_object(answers) for answers in some if not offending(logic, answers)])
    assert held_to_the_exact_reader(reader, given) == len(given)


@pytest.mark.parametrize("number", [30, pytest.param(1500, marks=pytest.mark.lent)])
def test_the_shipped_rules_say_the_same_of_half_answered_dossiers_together_and_one_by_one(number: int) -> None:
    reader, chance = shipped_reader(), random.Random(8)
    some = [random_dossier(reader.base.logic, chance, chance.random()) for _ in range(number)]
    assert held_to_the_exact_reader(reader, givens([as_object(answers) for answers in some])) == number
