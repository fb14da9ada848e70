"""Two versions held against each other by search: the moves that charts find, with answers that make each certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from authoring.test_difference import charts, dossiers, plain, takes, versions
from conseil_dla.exact.atlas import FORMAT, MOMENT, Atlas
from conseil_dla.exact.difference import Versions
from conseil_dla.exact.moves import Difference, Move
from conseil_dla.exact.search import moving
from conseil_dla.exact.search.formats import compared
from conseil_dla.exact.search.solver import Glucose, Plain
from conseil_dla.rules.model import (
    FORCES,
    Answers,
    Argue,
    Format,
    Incoherence,
    Is,
    Logic,
    Question,
    Rule,
    RuleOut,
    Side,
)
from searched import larger
from shipped import shipped_reader
from strategies import values
from worlds import calm, judge

SEARCHED = (FORMAT, MOMENT)
SIDES: tuple[Side, ...] = ("pour", "contre")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Logic, Logic]:
    """Two versions between which reasons and formats change, and at times what is coherent or asked."""
    before, after = draw(versions())
    rules = list(after.rules)
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.integers(0, len(rules) - 1))
        kept = tuple(effect for effect in rules[index].effects if not isinstance(effect, Argue | RuleOut))
        format, side, force = (draw(st.sampled_from(some)) for some in (sorted(after.formats), SIDES, FORCES))
        given = Argue(format, side, force, draw(st.sampled_from(("mo0", "mo1", "autre"))))
        changed = RuleOut(format) if draw(st.integers(0, 5)) == 0 else given
        rules[index] = replace(rules[index], effects=tuple(dict.fromkeys((*kept, changed))))
    after = replace(after, rules=tuple(rules))
    if draw(st.integers(0, 3)) == 0:
        some = draw(st.sampled_from(sorted(after.formats)))
        turned = replace(after.formats[some], preparatory=not after.formats[some].preparatory)
        after = replace(after, formats={**after.formats, some: turned})
    if draw(st.integers(0, 3)) == 0:
        after = replace(after, incoherences=before.incoherences[1:])
    if len(after.formats) > 2 and draw(st.integers(0, 3)) == 0:
        after = _without(after, max(after.formats))
    return (after, before) if draw(st.booleans()) else (before, after)


def _without(logic: Logic, format: str) -> Logic:
    """The same without a format, nor what is said of it."""
    rules = (replace(rule, effects=tuple(e for e in rule.effects if getattr(e, "format", "") != format))
             for rule in logic.rules)  # fmt: skip
    return replace(logic, rules=tuple(rules), formats={id: f for id, f in logic.formats.items() if id != format})


def of(found: Difference, name: tuple[str, ...]) -> dict[tuple[Any, Any], Move]:
    """The moves of one conclusion, by their ends."""
    return {(move.before, move.after): move for move in found.moves if move.name == name}


def check(before: Logic, after: Logic, drawn: int, compared: int) -> None:
    """Both solvers say what charts say, and with the same answers; numbers are within their margins."""
    told = Versions(before, after).difference()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(moving, "DRAWN", drawn)
        patched.setattr(moving, "MOST", 10_000)
        every = [Versions(before, after, compared=compared, solver=each) for each in (Glucose, Plain)]
        searched, again = (each.difference() for each in every)
    assert searched == again
    assert (searched.total, searched.refused, searched.admitted) == (told.total, told.refused, told.admitted)
    assert not searched.rest
    kept = [name for name in SEARCHED if name not in every[0].uncharted]
    assert [m for m in searched.moves if m.name not in SEARCHED or m.name in kept] == [
        m for m in told.moves if m.name not in SEARCHED or m.name in kept
    ]
    for name in every[0].uncharted:
        exact, estimated = of(told, name), of(searched, name)
        assert estimated.keys() == exact.keys()
        numbers = [move.number for move in estimated.values()]
        assert numbers == sorted(numbers, reverse=True)
        for ends, move in estimated.items():
            assert move.margin > 0
            assert abs(move.number - exact[ends].number) / told.total < 2 * move.margin
            make_sure(before, after, move)


def make_sure(before: Logic, after: Logic, move: Move) -> None:
    """Every completion that a version takes is taken by both and moves so; the witness has no answer to spare."""
    every = list(dossiers(before, after))
    ends = [plain(move.before), plain(move.after)]

    def moves_so(one: Answers, other: Answers) -> bool:
        if not (takes(before, one) or takes(after, other)):
            return True
        if not (takes(before, one) and takes(after, other)):
            return False
        judged = ((logic, judge(logic, answers)) for logic, answers in ((before, one), (after, other)))
        return [plain(charts(logic, world)[move.name]) for logic, world in judged] == ends

    def suffices(answers: Answers) -> bool:
        return all(
            moves_so(one, other) for one, other in every
            if all({**one, **other}.get(id, value) == value for id, value in answers.items())
        )  # fmt: skip

    assert any(takes(before, one) and takes(after, other) and {**one, **other}.items() >= move.witness.items()
               for one, other in every)  # fmt: skip
    assert suffices(move.witness)
    for spared in move.witness:
        assert not suffices({id: value for id, value in move.witness.items() if id != spared}), spared


some_drawn = st.sampled_from((1, 64, 1024))
some_nodes = st.sampled_from((0, 0, 12, 40))
"""None: everything is searched; a few: at times both versions have a chart, and a pair of them is too large."""


def are_comparable(before: Logic, after: Logic) -> bool:
    return any(takes(before, one) and takes(after, other) for one, other in dossiers(before, after))


@settings(calm, max_examples=35)
@given(pair=pairs(), drawn=some_drawn, compared=some_nodes)
def test_a_search_finds_the_moves_that_charts_find(pair: tuple[Logic, Logic], drawn: int, compared: int) -> None:
    assume(are_comparable(*pair))
    check(*pair, drawn, compared)


@pytest.mark.lent
@settings(calm, max_examples=100)
@given(pair=pairs(), drawn=some_drawn, compared=some_nodes)
def test_a_search_finds_the_moves_that_charts_find_at_length(
    pair: tuple[Logic, Logic], drawn: int, compared: int
) -> None:
    assume(are_comparable(*pair))
    check(*pair, drawn, compared)


@settings(calm, max_examples=30)
@given(pair=pairs(), data=st.data())
def test_a_dossier_that_may_not_move_does_not_though_no_chart_says_it(
    pair: tuple[Logic, Logic], data: st.DataObject
) -> None:
    before, after = pair
    some = {id: data.draw(st.sampled_from(values(q))) for id, q in before.questions.items() if data.draw(st.booleans())}
    searched, charted = (Versions(before, after, compared=each) for each in (0, 10_000))
    assert searched.may_move(searched.cube(some)) or not charted.may_move(charted.cube(some))


@settings(calm, max_examples=8)
@given(pair=pairs())
def test_past_the_bound_some_are_told_the_same_by_both_solvers(pair: tuple[Logic, Logic]) -> None:
    """Whatever is told is true, and what is left is said to be possible."""
    assume(are_comparable(*pair))
    exact = of(Versions(*pair).difference(), FORMAT)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (("DRAWN", 16), ("MOST", 2), ("OFTEN", 2), ("ENOUGH", 2)):
            patched.setattr(moving, name, value)
        found = [Versions(*pair, compared=0, solver=each).difference() for each in (Glucose, Plain)]
    assert found[0] == found[1]
    told = of(found[0], FORMAT)
    assert told.keys() <= exact.keys()
    assert len(told) == min(2, len(exact))
    assert (("format",) in [rest.name for rest in found[0].rest]) == (len(exact) > 2)
    for move in told.values():
        make_sure(*pair, move)


class Tired(Glucose):
    """Gives up whatever it may give up."""

    def solve(self, assumed: Sequence[int], most: int | None = None) -> bool | None:
        return super().solve(assumed) if most is None else None


def two_formats() -> Logic:
    questions = {id: Question(id, "oui_non", ("oui", "non")) for id in ("a", "b")}
    rules = tuple(Rule(f"r{n}", Is(id, frozenset({"oui"})), (Argue(f"f{n}", "pour", "nette", f"m{n}"),))
                  for n, id in enumerate(questions))  # fmt: skip
    return Logic(questions, rules, formats={id: Format(id) for id in ("f0", "f1")})


def test_a_proof_given_up_says_that_there_may_be_others() -> None:
    before = two_formats()
    after = replace(before, rules=before.rules[:1])
    found = Versions(before, after, compared=0, solver=Tired).difference()
    assert len(of(found, FORMAT)) == 2
    assert {rest.name: rest.number for rest in found.rest} == {FORMAT: 0, MOMENT: 0}


def test_a_format_that_becomes_preparatory_moves_though_no_reason_does() -> None:
    before = two_formats()
    after = replace(before, formats={**before.formats, "f0": Format("f0", preparatory=True)})
    versions_ = Versions(before, after, compared=0)
    assert versions_.may_move(versions_.cube({"a": "oui", "b": "non"}))
    moves = of(versions_.difference(), MOMENT)
    assert list(moves) == [("pret", "pas_tel_quel")]
    check(before, after, 64, 0)


def test_no_question_that_is_sans_objet_is_in_a_witness() -> None:
    """``b`` is only asked where ``a`` is yes, and cannot then be x: to answer x to it would say that ``a`` is no."""
    yes = frozenset({"oui"})
    questions = {
        "a": Question("a", "oui_non", ("oui", "non")),
        "b": Question("b", "choix", ("x", "y"), asked_if=Is("a", yes)),
        "c": Question("c", "oui_non", ("oui", "non")),
    }
    rules = (
        Rule("r0", Is("c", yes), (Argue("f0", "pour", "nette", "m0"),)),
        Rule("r1", Is("b", frozenset({"y"})), (Argue("f1", "pour", "decisive", "m1"),)),
        Rule("r2", Is("b", frozenset({"y"})), (Argue("f1", "pour", "legere", "m2"),)),
    )
    never = (Incoherence("i", Is("b", frozenset({"x"}))),)
    before = Logic(questions, rules, never, formats={id: Format(id) for id in ("f0", "f1", "f2")})
    after = replace(before, rules=(replace(rules[0], effects=(Argue("f2", "pour", "nette", "m0"),)), *rules[1:]))
    found = Versions(before, after, compared=0).difference()
    assert [move.witness for move in found.moves if move.name == FORMAT] == [{"a": "non", "c": "oui"}]


# --- rules that no chart holds ----------------------------------------------------------------------------------------


def test_versions_that_no_chart_holds_are_compared() -> None:
    shipped = shipped_reader().base.logic
    before = larger(shipped, 24, 12)
    same_again = Versions(before, before).difference()
    assert (same_again.moves, same_again.rest) == ((), ())
    after = replace(before, rules=tuple(rule for rule in before.rules if rule.id != "observee_003"))
    found = Versions(before, after).difference()
    assert {move.name for move in found.moves if len(move.name) == 1} == {FORMAT, MOMENT}
    assert [rest.name for rest in found.rest] == [FORMAT]
    moves = list(of(found, FORMAT).values())
    assert [move.number for move in moves] == sorted((move.number for move in moves), reverse=True)
    assert 0 < sum(move.number for move in moves) < found.total
    for logic, side in ((before, "before"), (after, "after")):
        search, space = (atlas := Atlas(logic, compared=0)).search, atlas.space
        assert search is not None
        for move in moves[:2]:
            end = getattr(move, side)
            assert search.always(space.cube(move.witness), end.best)
            assert compared(search, space.cube(move.witness)).then == end.then


@pytest.mark.lent
def test_both_solvers_tell_the_same_of_rules_that_no_chart_holds() -> None:
    before = larger(shipped_reader().base.logic, 24, 12)
    after = replace(before, rules=tuple(rule for rule in before.rules if rule.id != "observee_007"))
    told = [Versions(before, after, solver=each).difference() for each in (Glucose, Plain)]
    assert told[0] == told[1]
    assert of(told[0], FORMAT)
