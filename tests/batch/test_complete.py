"""Complete dossiers concluded together are told word for word as the exact reader has them."""

from __future__ import annotations

import json
import operator
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conseil_dla.batch import work
from conseil_dla.batch.concluding import ENGINE, Alone, Concluder, ControlFailed, Together
from conseil_dla.batch.result_rows import COLUMNS
from conseil_dla.batch.sources import Given
from conseil_dla.batch.summary import Counts
from conseil_dla.batch.work import CellForm, JsonForm
from conseil_dla.engine.outcome import Fired
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Answers
from conseil_dla.rules.truth import incoherences
from conseil_dla.wording.json_text import concluded_object
from shipped import random_dossier, shipped_reader
from strategies import completions, logics, partial_answers
from worlds import base_of


def as_object(answers: Answers) -> dict[str, Any]:
    return {"reponses": {id: sorted(v) if isinstance(v, frozenset) else v for id, v in answers.items()}}


def givens(objects: Sequence[Mapping[str, Any]]) -> list[Given]:
    return [Given(f"f:{line}", "f", line, row=data) for line, data in enumerate(objects, 1)]


def concluder(reader: Reader, **options: Any) -> Concluder:
    return Concluder(reader, JsonForm(reader), 7, **options)


def told_together(reader: Reader, given: Sequence[Given]) -> dict[int, bytes]:
    head = work.head_of(ENGINE, reader.base.digest)
    results = concluder(reader).each(given)
    return {
        number: work.object_line(head, result.concluded, result.given.label)
        for number, result in enumerate(results)
        if isinstance(result, Together)
    }


def exactly(reader: Reader, given: Given) -> bytes:
    dossier = given.read(reader.base)
    told = concluded_object(reader.base, reader.read_dossier(dossier), given.label)
    return work.encoded(told | {"moteur": ENGINE})


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_on_any_base_every_complete_dossier_is_told_as_the_exact_reader_tells_it(data: st.DataObject) -> None:
    logic = data.draw(logics())
    base = base_of(logic)
    reader = Reader(base, ReferenceEngine(logic))
    every = list(completions(logic, {}))
    chosen = [data.draw(st.sampled_from(every)) for _ in range(12)]
    # answers to questions that do not apply are ignored, and said so
    loose = [{**data.draw(partial_answers(logic, 3)), **answers} for answers in chosen[:4]]
    given = givens([as_object(a) for a in (*chosen, *loose) if not incoherences(logic, a)])
    together = told_together(reader, given)
    assert len(together) == len(given)
    for number, told in together.items():
        assert told == exactly(reader, given[number])


def test_the_shipped_rules_say_the_same_together_and_one_by_one() -> None:
    reader, chance = shipped_reader(), random.Random(1)
    given = givens([as_object(random_dossier(reader.base.logic, chance)) for _ in range(60)])
    together = told_together(reader, given)
    assert len(together) == 60
    for index, told in together.items():
        assert told == exactly(reader, given[index])


def test_what_is_counted_is_what_is_said() -> None:
    reader, chance = shipped_reader(), random.Random(3)
    base = reader.base
    shares = (1.0, 1.0, 0.6, 0.9)
    objects = [as_object(random_dossier(base.logic, chance, share)) for share in shares for _ in range(6)]
    quick, apart = concluder(reader), concluder(reader, apart=True)
    assert {type(result) for result in quick.each(givens(objects))} == {Together}
    assert {type(result) for result in apart.each(givens(objects))} == {Alone}
    mine, theirs = quick.counts, apart.counts
    assert mine.together == mine.read > mine.complete > theirs.together == 0
    mine.together = mine.checked = 0
    mine.engines = theirs.engines = Counter()
    mine.least = theirs.least = {}
    for each in (mine, theirs):
        each.vigilances, each.vigilances_possible, each.unanswered = map(
            operator.pos, (each.vigilances, each.vigilances_possible, each.unanswered)
        )
    assert mine == theirs
    assert mine.read == len(objects)
    both = Counts()
    both.more(mine)
    both.more(theirs)
    assert both.formats == {shown: 2 * number for shown, number in mine.formats.items()}


class Dropping:
    """An engine that forgets one firing."""

    name = "oublieux"

    def __init__(self, engine: ReferenceEngine) -> None:
        self._engine = engine

    def fire(self, answers: Answers) -> Fired:
        fired = self._engine.fire(answers)
        return Fired(frozenset(sorted(fired.rules)[1:]), fired.findings, fired.trace, self.name)

    def close(self) -> None:
        pass


def test_an_engine_that_forgets_a_firing_stops_the_batch() -> None:
    base = shipped_reader().base
    forgetful = Reader(base, Dropping(ReferenceEngine(base.logic)))
    chance = random.Random(4)
    given = givens([as_object(random_dossier(base.logic, chance)) for _ in range(400)])
    with pytest.raises(ControlFailed) as caught:
        list(concluder(forgetful).each(given))
    assert {name: len(rules) for name, rules in caught.value.only.items()} == {ENGINE: 1, Dropping.name: 0}
    checked = concluder(shipped_reader())
    assert len(list(checked.each(given))) == 400
    assert 0 < checked.counts.checked < 40


@pytest.mark.parametrize("answer", [True, 3.0, None, ["a", ["b"]], {"a": 1}, "x", 10**30, float("nan"), []])
def test_an_answer_that_a_dictionary_might_take_for_another_is_left_to_the_reader(answer: object) -> None:
    """``True`` is 1 for a dictionary, and 3.0 is 3: what ``diagnostiquer`` refuses is refused here, once seen too."""
    reader = shipped_reader()
    dossier = as_object(random_dossier(reader.base.logic, random.Random(5)))
    number = next(q for q in reader.base.logic.questions.values() if q.type == "nombre")
    low = (number.bounds or (0))[0]
    good = [{"reponses": dossier["reponses"] | {number.id: n}} for n in range(low, low + 5)]
    for id in (number.id, next(q.id for q in reader.base.logic.questions.values() if q.type == "choix")):
        bad = {"reponses": dossier["reponses"] | {id: answer}}
        results = list(concluder(reader).each(givens([*good, bad])))
        assert not isinstance(results[-1], Together)
        assert not isinstance(results[-1], Alone)


def test_rows_say_what_json_says() -> None:
    reader, chance = shipped_reader(), random.Random(6)
    objects = [as_object(random_dossier(reader.base.logic, chance, share)) for share in (1.0, 1.0, 0.5)]
    json_form, cell_form = JsonForm(reader), CellForm(reader, csv=False)
    told, rows = (
        [form.line(result) for result in Concluder(reader, form, 7).each(givens(objects))]
        for form in (json_form, cell_form)
    )
    for line, row in zip(told, rows, strict=True):
        found, cells = json.loads(line), dict(zip(COLUMNS, row, strict=True))
        shown = found["format"]["sauf_exception"]
        assert cells["format"].split(" ; ") == [shown["retenu"]] if shown["retenu"] else shown["ex_aequo"] or [""]
        assert cells["formats_possibles"].split(" ; ") == found["format"]["possibles"]
        assert cells["moment"] == (found["moment"] or "")
        surely = [v for v in found["vigilances"] if v["certitude"] != "possible"]
        for level in ("avant", "pendant", "en_tete"):
            ids = [v["id"] for v in surely if v["niveau"] == level]
            assert cells[f"vigilances_{level}"].split(" ; ") == (ids or [""])
        for column in ("modalites", "partenaires", "prealables", "tensions"):
            ids = [each["id"] for each in found[column] if each["certitude"] != "possible"]
            assert cells[column].split(" ; ") == (ids or [""])
        assert cells["dossier"] == found["dossier"]
        assert cells["moteur"] == found["moteur"]
