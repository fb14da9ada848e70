"""Half-answered dossiers concluded together are told word for word as the exact reader tells them, one by one."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batch.test_complete import Dropping, as_object, givens
from conseil_dla.batch import concluding, half_answered
from conseil_dla.batch.concluding import ENGINE, Alone, Concluder, ControlFailed, Form, Together
from conseil_dla.batch.half_answered import _Gained
from conseil_dla.batch.sources import Given
from conseil_dla.batch.work import CellForm, JsonForm
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.exact import sweep
from conseil_dla.exact.atlas import FORMAT, POSTURE, Atlas
from conseil_dla.exact.region import Region
from conseil_dla.exact.relevance import Relevance
from conseil_dla.reading.asking import gained_by_asking
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.answertext import UNKNOWN
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.model import (
    FORCES,
    AllOf,
    Argue,
    Collected,
    Draw,
    Factor,
    Format,
    Incoherence,
    Is,
    Kind,
    Logic,
    Ordinary,
    Question,
    Rule,
)
from searched import searching
from shipped import CASES, random_dossier, shipped_reader
from strategies import logics, partial_answers, wanting_first
from worlds import base_of


def engine_left_out(read: Alone) -> Alone:
    return replace(read, reading=replace(read.reading, engine=ENGINE))


def held_to_the_exact_reader(reader: Reader, given: Sequence[Given]) -> int:
    """How many are concluded together, each line of it and each row being the exact reader's own."""
    forms: list[Form] = [JsonForm(reader), CellForm(reader, csv=False)]
    results = list(Concluder(reader, forms[0], 7, apart=True).each(given))
    alone = [engine_left_out(one) for one in results if isinstance(one, Alone)]
    assert len(alone) == len(given)
    for form in forms:
        quick = Concluder(reader, form, 7)
        assert [form.line(one) for one in quick.each(given)] == [form.line(one) for one in alone]
    return quick.counts.together


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_on_any_base_every_half_answered_dossier_is_told_as_the_exact_reader_tells_it(data: st.DataObject) -> None:
    logic = wanting_first(data.draw, data.draw(logics()))
    reader = Reader(base_of(logic), ReferenceEngine(logic))
    some = [data.draw(partial_answers(logic, share)) for share in (0, 1, 1, 1, 2, 2, 2, 3)]
    objects = [as_object(answers) for answers in some if not offending(logic, answers)]
    for object in objects:
        object["reponses"] |= {id: UNKNOWN for id in sorted(logic.questions.keys() - object["reponses"].keys())[::2]}
    given = givens(objects)
    assert held_to_the_exact_reader(reader, given) == len(given)


@pytest.mark.parametrize("number", [8, pytest.param(160, marks=pytest.mark.lent)])
def test_the_shipped_rules_say_the_same_of_half_answered_dossiers_together_and_one_by_one(number: int) -> None:
    reader, chance = shipped_reader(), random.Random(8)
    some = [random_dossier(reader.base.logic, chance, chance.random()) for _ in range(number)]
    assert held_to_the_exact_reader(reader, givens([as_object(answers) for answers in some])) == number


def small() -> Reader:
    """Three questions: an answer to the second leaves the first one an exceptional answer alone."""
    usually = Ordinary(frozenset(["non"]))
    asked = {id: Question(id, "oui_non", ("oui", "non"), ordinary=usually) for id in ("a", "b", "c")}
    never = Incoherence("i", AllOf((Is("a", frozenset(["non"])), Is("b", frozenset(["oui"])))))
    rules = (
        Rule("r", Is("c", frozenset(["non"])), (Draw("vigilance", "v", "avant"),)),
        Rule("s", Is("c", frozenset(["non"])), (Argue("f", "pour", FORCES[0], "m"),)),
    )
    drawn: Mapping[Kind, Mapping[str, Collected]] = {"vigilance": {"v": Collected("v")}}
    factors = {"p": Factor("p", Is("b", frozenset(["oui"])))}
    formats = {id: Format(id) for id in ("f", "g")}
    logic = Logic(asked, rules, (never,), formats=formats, drawn=drawn, factors=factors)
    return Reader(base_of(logic), ReferenceEngine(logic))


TWO = givens([{"reponses": {"b": "oui"}}, {"reponses": {"c": "non"}}])
"""Of the first, no coherent dossier is ordinary."""


def test_where_no_coherent_dossier_is_ordinary_what_holds_usually_is_what_holds_in_general() -> None:
    """An answer leaves an exceptional one to another question: ordinary answers to a third one prove nothing then."""
    assert held_to_the_exact_reader(small(), TWO) == 2


def test_what_asking_would_tell_is_kept_under_all_that_it_rests_on() -> None:
    """Dossiers that differ by one answer alone."""
    reader, gained = shipped_reader(), _Gained()
    logic, space = reader.base.logic, reader.atlas.space
    answers = random_dossier(logic, random.Random(9), 0.5)
    for id in logic.questions:
        for value in (None, *(cell.value for cell in space.cells_of(id)[:2])):
            others = {each: known for each, known in answers.items() if each != id}
            cube = space.cube(others if value is None else others | {id: value})
            for chart in (FORMAT, POSTURE):
                assert gained(Region(reader.atlas, cube), chart) == gained_by_asking(Region(reader.atlas, cube), chart)


def test_where_a_search_compares_formats_or_diagrams_would_be_too_large_they_are_read_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shipped = shipped_reader().base
    large = Reader(shipped, ReferenceEngine(shipped.logic))
    large.atlas = Atlas(shipped.logic)  # tests share what is compiled
    large.relevance = Relevance(large.atlas)
    one = givens([{"reponses": {}}])
    for reader, some in ((searching(small()), TWO), (large, one)):
        with monkeypatch.context() as bounded:
            bounded.setattr(sweep, "MOST_DIFFERENCES", 9)
            told = list(Concluder(reader, JsonForm(reader), 7).each(some))
        assert {type(result) for result in told} == {Alone}
    assert held_to_the_exact_reader(large, one) == 1


def test_a_line_read_alone_spares_proofs_that_it_does_not_tell_and_nothing_else() -> None:
    reader = searching(small())
    forms: list[Form] = [JsonForm(reader), CellForm(reader, csv=False)]
    for form in forms:
        for told in Concluder(reader, form, 7).each(TWO):
            assert isinstance(told, Alone)
            whole = replace(told, reading=reader.read_dossier(told.dossier))
            assert form.line(told) == form.line(whole)
            assert told.reading.without_effect_on_outcome == ()


def test_what_is_read_once_more_must_be_the_same_to_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is written of a half-answered dossier is held to the exact reader, and not the rules alone."""
    monkeypatch.setattr(concluding, "CHECKED", 1.0)
    reader = small()
    forms: list[tuple[Form, str]] = [(JsonForm(reader), "facteurs"), (CellForm(reader, csv=False), "sans_reponse")]
    for form, _ in forms:
        quick = Concluder(reader, form, 7)
        assert len(list(quick.each(TWO))) == quick.counts.checked == 2
    monkeypatch.setattr(half_answered, "factor_read", lambda *_, **__: None)
    monkeypatch.setattr(half_answered, "_ids_of", lambda tag, _: half_answered.lines_of((), tuple, ()))
    for form, part in forms:
        with pytest.raises(ControlFailed) as caught:
            list(Concluder(reader, form, 7).each(TWO))
        assert part in caught.value.parts
        assert not caught.value.only
        again = pickle.loads(pickle.dumps(caught.value))
        assert (again.label, again.parts) == (caught.value.label, caught.value.parts)


def test_an_engine_that_forgets_a_firing_stops_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concluding, "CHECKED", 1.0)
    forgetful = Reader(small().base, Dropping(ReferenceEngine(small().base.logic)))
    with pytest.raises(ControlFailed) as caught:
        list(Concluder(forgetful, JsonForm(forgetful), 7).each(TWO))
    assert sum(map(len, caught.value.only.values())) == 1


def test_dossiers_that_are_files_are_concluded_together_with_what_their_table_counts_and_what_is_remarked(
    tmp_path: Path,
) -> None:
    tabled = tmp_path / "tabled.yaml"
    tabled.write_text(
        "version: 1\ntitre: Un groupe\nreponses: {objet_de_la_demande: inconnu}\nnotes: {jamais_vue: x}\n"
        "structures:\n  - {nom: Les Sables, forme_juridique: association}\n  - {nom: Le Quai}\n  - {nom: L’Anse}\n",
        encoding="utf-8",
    )
    reader = shipped_reader()
    given_files = [Given(str(path), str(path)) for path in (tabled, *CASES[:2])]
    assert held_to_the_exact_reader(reader, given_files) == 3
    first, *_ = Concluder(reader, JsonForm(reader), 7).each(given_files)
    assert isinstance(first, Together)
    assert first.remarks
    assert json.loads(JsonForm(reader).line(first))["tirees_du_tableau"]
