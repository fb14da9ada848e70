"""Formats compared by search: the same answers as charts give, and as every completion gives."""

from __future__ import annotations

import random
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.authoring.proofs import findings
from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.exact.atlas import FORMAT, Atlas
from conseil_dla.exact.outcomes import conjunction
from conseil_dla.exact.search import apart, formats
from conseil_dla.exact.search.circuit import Circuit
from conseil_dla.exact.search.drawing import Coherence, drawn, prior
from conseil_dla.exact.search.draws import Draws, one_cell
from conseil_dla.exact.search.solver import Glucose, Plain
from conseil_dla.exact.search.standing import sampled
from conseil_dla.exact.shares import counts, decisions, sizes_of, weighed
from conseil_dla.exact.space import Space
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    Argue,
    Format,
    Incoherence,
    Is,
    Logic,
    Ordinary,
    Question,
    Rule,
)
from conseil_dla.rules.truth import incoherences
from reading_checks import check
from searched import larger, searching
from shipped import random_dossier, shipped_reader
from strategies import logics
from worlds import base_of, calm, drawn_case, reader_of

RANKED = ("next_question", "to_ask")
"""What is ranked by an estimate where formats are searched."""
LEFT_OPEN = ("without_effect", "without_effect_on_advice", "without_effect_on_outcome")
"""What a search may leave open, and never says of more questions than is true."""


def same(told: Reading, searched: Reading, *, whole: bool = False) -> None:
    """Everything that is said is the same; nothing is without effect that charts say has one.

    ``whole``: nor has anything one that they say has none.
    """
    for each in fields(told):
        one, other = getattr(told, each.name), getattr(searched, each.name)
        if each.name in LEFT_OPEN:
            assert set(other) <= set(one), each.name
            assert not whole or set(other) == set(one), each.name
        elif each.name not in RANKED:
            assert one == other, each.name
    assert {asked.question for asked in told.to_ask} <= {asked.question for asked in searched.to_ask}
    assert (told.next_question is None) == (searched.next_question is None)


def check_shipped(number: int, seed: int, solver: Any = None) -> None:
    by_chart = shipped_reader()
    by_search = searching(by_chart, solver)
    chance = random.Random(seed)
    open_more = questions = 0
    for _ in range(number):
        answers = random_dossier(by_chart.base.logic, chance, chance.random())
        one, other = by_chart.read(answers), by_search.read(answers)
        same(one, other)
        assert by_chart.prospects(one) == by_search.prospects(other)
        open_more += sum(len(getattr(one, name)) - len(getattr(other, name)) for name in LEFT_OPEN)
        questions += len(one.without_effect_on_outcome)
    assert open_more <= questions / 10, "more is left open than one question in ten: those that bear by coherence alone"


def test_the_shipped_base_is_read_the_same_by_search() -> None:
    check_shipped(5, 1)


@pytest.mark.lent
def test_the_shipped_base_is_read_the_same_by_search_at_length() -> None:
    check_shipped(24, 2)


@pytest.mark.lent
def test_the_shipped_base_is_read_the_same_by_the_plain_solver() -> None:
    check_shipped(2, 3, Plain)


def check_random(logic: Logic, answers: Answers) -> None:
    """A dossier as its answers come, read by one search: what it remembers serves the next.

    One dossier is drawn at a time, so that nearly everything is left to the solver.
    """
    by_chart = reader_of(logic)
    searches = [searching(by_chart, solver) for solver in (Glucose, Plain)]
    ids = list(answers)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(formats, "DRAWN", 1)
        for known in ({id: answers[id] for id in ids[:n]} for n in sorted({0, len(ids) // 2, len(ids)})):
            one = by_chart.read(known)
            for by_search in searches:
                other = by_search.read(known)
                same(one, other, whole=True)
                assert by_chart.prospects(one) == by_search.prospects(other)


@settings(calm, max_examples=20)
@given(st.data())
def test_random_bases_are_read_the_same_by_search(data: st.DataObject) -> None:
    logic, answers, _ = drawn_case(data, ripening=True)
    check_random(logic, answers)


@pytest.mark.lent
@settings(calm, max_examples=70)
@given(st.data())
def test_random_bases_are_read_the_same_by_search_at_length(data: st.DataObject) -> None:
    logic, answers, _ = drawn_case(data, ripening=True)
    check_random(logic, answers)


def test_a_change_that_leaves_one_way_to_complete_the_dossier_is_told() -> None:
    """Once ``a`` is no, only ``b`` yes is coherent: what other ways of ``b`` would give is not looked at."""
    questions = {
        "a": Question("a", "oui_non", ("oui", "non"), modifiable="structures"),
        "b": Question("b", "choix", ("x", "y", "z", "t")),
    }
    rules = (
        Rule("r0", Is("a", frozenset({"oui"})), (Argue("f0", "pour", "decisive", "m0"),)),
        Rule("r1", Is("b", frozenset({"x"})), (Argue("f1", "pour", "nette", "m1"),)),
        Rule("r2", Is("b", frozenset({"y", "z", "t"})), (Argue("f2", "pour", "nette", "m2"),)),
    )
    never = AllOf((Is("a", frozenset({"non"})), Is("b", frozenset({"y", "z", "t"}))))
    formats = {id: Format(id) for id in ("f0", "f1", "f2")}
    reader = searching(reader_of(Logic(questions, rules, (Incoherence("i", never),), formats=formats)))
    found = reader.prospects(reader.read({"a": "oui"})).ripenings
    assert [(each.changes[0].value, each.then) for each in found] == [("non", ("f1",))]


def test_the_advice_rests_on_no_answer_that_changes_nothing_of_it() -> None:
    """``b`` is read, and says nothing that ``a`` does not."""
    questions = {id: Question(id, "oui_non", ("oui", "non"), modifiable="collectivite") for id in ("a", "b")}
    yes = {id: Is(id, frozenset({"oui"})) for id in questions}
    rules = (
        Rule("r0", AllOf((yes["a"], AnyOf((yes["a"], yes["b"])))), (Argue("f0", "pour", "decisive", "m0"),)),
        Rule("r1", Is("a", frozenset({"non"})), (Argue("f1", "pour", "nette", "m1"),)),
    )
    by_chart = reader_of(Logic(questions, rules, formats={id: Format(id) for id in ("f0", "f1")}))
    for reader in (by_chart, searching(by_chart)):
        found = reader.prospects(reader.read({"a": "oui", "b": "oui"})).footings
        assert [(each.questions, each.funder) for each in found] == [(("a",), True)]


def test_where_nothing_is_ordinary_all_dossiers_say_what_the_advice_rests_on() -> None:
    """The one ordinary answer of ``b`` is broken by ``a``: then, and only then, the others speak."""
    questions = {
        "a": Question("a", "oui_non", ("oui", "non")),
        "b": Question("b", "oui_non", ("oui", "non"), ordinary=Ordinary(frozenset({"oui"}))),
        "c": Question("c", "oui_non", ("oui", "non")),
    }
    rules = (
        Rule("r0", Is("a", frozenset({"oui"})), (Argue("f0", "pour", "nette", "m0"),)),
        Rule("r1", Is("c", frozenset({"oui"})), (Argue("f1", "pour", "decisive", "m1"),)),
    )
    never = AllOf((Is("a", frozenset({"oui"})), Is("b", frozenset({"oui"}))))
    logic = Logic(questions, rules, (Incoherence("i", never),), formats={id: Format(id) for id in ("f0", "f1")})
    by_chart = reader_of(logic)
    by_search = searching(by_chart)
    for answers in ({"a": "oui"}, {"a": "oui", "c": "non"}, {"a": "oui", "c": "oui"}):
        footings = [each.prospects(each.read(answers)).footings for each in (by_chart, by_search)]
        assert footings[0] == footings[1]
    assert footings[1], "nothing is said to rest on anything: the case is badly made"


@pytest.mark.lent
@settings(calm, max_examples=80)
@given(st.data())
def test_a_search_says_exactly_what_all_completions_say(data: st.DataObject) -> None:
    logic, answers, general = drawn_case(data)
    check(searching(reader_of(logic)), logic, answers, general)


def test_what_becomes_of_dossiers_drawn_is_what_the_chart_says() -> None:
    """Sums and Lexi bit by bit, against the diagram: two programs that share neither."""
    atlas = Atlas(shipped_reader().base.logic)
    circuit = Circuit(atlas.logic, atlas.space)
    coherence = Coherence(atlas.diagrams, atlas.coherence)
    number = 400
    found = drawn(circuit, coherence, atlas.space.cube({}), number, random.Random(1), prior(atlas.space))
    assert found is not None
    for position in range(number):
        end = _end(atlas, found.cells(position))
        told = [
            {each.format for n, each in enumerate(circuit.contenders) if columns[n] >> position & 1}
            for columns in (found.shown.best, found.shown.then)
        ]
        assert (end.best, end.then) == tuple(told)
        assert end.stands_out == bool(found.shown.stands_out >> position & 1)


def test_another_answer_given_to_dossiers_drawn_makes_of_them_what_drawing_them_with_it_would() -> None:
    atlas = Atlas(larger(shipped_reader().base.logic, 60, 20), compared=0)
    assert atlas.search is not None
    circuit, before = atlas.search.circuit, atlas.search.draw(atlas.space.cube({}), 200)
    assert before is not None
    for level in filter(circuit.reads, range(len(atlas.space.cells))):
        for cell in range(len(atlas.space.cells[level])):
            shown, _ = before.changed(level, cell)
            columns = list(before.columns)
            columns[level] = one_cell(circuit, level, cell, before.full)
            again = Draws(circuit, columns, before.number).shown
            assert [list(shown.best), list(shown.then)] == [list(again.best), list(again.then)]
            assert (shown.stands_out, shown.waits, shown.nothing) == (again.stands_out, again.waits, again.nothing)


def _end(atlas: Atlas, cells: tuple[int, ...]) -> Any:
    node = atlas.charts[FORMAT]
    while not atlas.diagrams.bits[node]:
        node = atlas.diagrams.children[node][cells[atlas.diagrams.levels[node]]]
    return atlas.diagrams.values[node]


# --- rules that no chart holds ----------------------------------------------------------------------------------------


def grown(rules: int, questions: int) -> Reader:
    base = shipped_reader().base
    logic = larger(base.logic, rules, questions)
    return reader_of(logic)


def test_rules_that_no_chart_holds_are_read() -> None:
    reader = grown(60, 20)
    assert reader.atlas.search is not None
    reading = reader.read({})
    assert len(reading.format.possible) > 1
    chance = random.Random(1)
    whole = random_dossier(reader.base.logic, chance)
    assert len(reader.read(whole).format.shown) >= 1


def test_what_was_read_before_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver that all proofs share gives nearly all of them up."""
    monkeypatch.setattr(apart, "MOST_CONFLICTS", 1)
    reader, whole = searching(shipped_reader()), random_dossier(shipped_reader().base.logic, random.Random(4))
    for number in (0, 2, 3, 1):
        known = dict(list(whole.items())[:number])
        assert reader.read(known) == searching(shipped_reader()).read(known)


@pytest.mark.lent
def test_along_the_answers_nothing_that_is_told_is_taken_back() -> None:
    """What is certain stays, what is excluded stays out, what is without effect stays so and is."""
    reader, chance = grown(120, 30), random.Random(5)
    logic = reader.base.logic
    for _ in range(2):
        whole = random_dossier(logic, chance)
        order = list(whole)
        chance.shuffle(order)
        answers: dict[str, Any] = {}
        before = reader.read(answers)
        for id in order[:12]:
            useless = id in before.without_effect_on_outcome
            answers[id] = whole[id]
            after = reader.read(answers)
            assert set(after.format.possible) <= set(before.format.possible)
            if before.format.certainty == "certaine":
                assert (after.format.retained, after.format.tied) == (before.format.retained, before.format.tied)
            if useless:
                assert after.format.possible == before.format.possible
            gone = set(before.without_effect_on_outcome) - set(after.without_effect_on_outcome) - {id}
            assert not {other for other in gone if other not in after.not_applicable}
            before = after


@pytest.mark.lent
def test_announced_changes_turn_what_is_shown_and_no_smaller_set_does() -> None:
    reader, chance = grown(40, 12), random.Random(6)
    tried = 0
    for _ in range(4):
        answers = random_dossier(reader.base.logic, chance, 0.9)
        reading = reader.read(answers)
        for ripening in reader.prospects(reading).ripenings:
            if ripening.kind == "format" and len(ripening.changes) > 1:
                moved = {change.question: change.value for change in ripening.changes}
                assert set(reader.read({**answers, **moved}).format.shown) == set(ripening.then)
                for spared in moved:
                    fewer = {id: value for id, value in moved.items() if id != spared}
                    if incoherences(reader.base.logic, {**answers, **fewer}):
                        continue
                    shown = reader.read({**answers, **fewer}).format.shown
                    assert not shown or set(shown) == set(reading.format.shown)
                tried += 1
    assert tried, "nothing ripens in these dossiers: they are badly chosen"


def test_order_of_rules_changes_nothing() -> None:
    base = shipped_reader().base
    logic = base_of(larger(base.logic, 20, 10)).logic
    one = Circuit(logic, Space(logic))
    assert [each.format for each in one.contenders] == sorted(logic.formats)


# --- what is proved of a whole base -----------------------------------------------------------------------------------


def check_proofs(logic: Logic) -> None:
    """The same findings about the same items; witnesses may be others."""
    told = [
        [(each.code, each.about, each.other, each.part) for each in findings(Evidence(atlas))]
        for atlas in (Atlas(logic), Atlas(logic, compared=0))
    ]
    assert told[0] == told[1]


@settings(calm, max_examples=12)
@given(logics())
def test_verifying_finds_the_same_by_search(logic: Logic) -> None:
    check_proofs(logic)


@pytest.mark.lent
@settings(calm, max_examples=150)
@given(logics())
def test_verifying_finds_the_same_by_search_at_length(logic: Logic) -> None:
    check_proofs(logic)


def test_a_format_that_never_comes_first_is_shown_where_it_is_worth_most() -> None:
    questions = {id: Question(id, "oui_non", ("oui", "non")) for id in ("a", "b", "c")}
    yes = frozenset({"oui"})
    rules = (
        Rule("r0", AnyOf((Is("a", yes), Is("a", frozenset({"non"})))), (Argue("f0", "pour", "decisive", "m0"),)),
        Rule("r1", Is("b", yes), (Argue("f1", "pour", "nette", "m1"),)),
        Rule("r2", Is("c", yes), (Argue("f1", "contre", "nette", "m2"),)),
    )
    logic = Logic(questions, rules, formats={id: Format(id) for id in ("f0", "f1")})
    for compared in (None, 0):
        found = [each for each in findings(Evidence(Atlas(logic, compared=compared))) if each.code == "DLA505"]
        assert [(each.about, each.witness) for each in found] == [(("format", "f1"), {"b": "oui", "c": "non"})]


def test_shares_are_within_their_margin_and_weigh_questions_that_do_not_apply() -> None:
    by_chart = Atlas(shipped_reader().base.logic)
    by_search = Atlas(by_chart.logic, compared=0)
    search = by_search.search
    assert search is not None
    sizes = sizes_of(by_search.space, by_chart.logic.questions)
    coherent = by_search.diagrams.fold(conjunction, by_search.coherence, True)
    found = sampled(search, by_search.space.cube({}), sizes, weighed(by_search, coherent))
    assert found is not None
    assert found.margin < 0.005
    exact: dict[Any, float] = {}
    for outcome, number in counts(by_chart, by_chart.charts[FORMAT]).items():
        exact[outcome.best] = exact.get(outcome.best, 0) + number
    total = sum(exact.values())
    for best, number in exact.items():
        assert abs(found.best.get(best, 0.0) - number / total) < 2 * found.margin
    force = decisions(by_chart)
    for rank, share in found.decided.items():
        assert abs(share - force.get(rank, 0) / total) < 2 * found.margin


@pytest.mark.lent
def test_the_paper_of_an_essential_is_chosen_by_search_too() -> None:
    """A fixed number of questions, each asked of some ways, as by charts; fewer ways are followed."""
    reader = grown(60, 20)
    chosen = reader.essentials(4)
    assert 0 < len(chosen.ids) <= 4
    assert all(0 < each.share <= 1 for each in chosen.questions)
