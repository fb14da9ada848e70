"""Two versions held against each other by search: the moves that charts find, with answers that make each certain."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from authoring.test_difference import charts, dossiers, plain, takes, versions
from conseil_dla.exact.atlas import FORMAT, MOMENT
from conseil_dla.exact.difference import Versions
from conseil_dla.exact.moves import Difference, Move
from conseil_dla.exact.search import moving
from conseil_dla.exact.search.solver import Glucose, Plain, Solver
from conseil_dla.rules.model import FORCES, Argue, Logic, RuleOut, Side
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
    return before, after


def by_search(before: Logic, after: Logic, solver: type[Solver] = Glucose) -> Versions:
    """Two versions of which no chart compares formats."""
    return Versions(before, after, compared=0, solver=solver)


def of(found: Difference, name: tuple[str, ...]) -> dict[tuple[Any, Any], Move]:
    """The moves of one conclusion, by their ends."""
    return {(move.before, move.after): move for move in found.moves if move.name == name}


def check(before: Logic, after: Logic, drawn: int) -> None:
    """Both solvers say what charts say, and with the same answers; numbers are within their margins."""
    told = Versions(before, after).difference()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(moving, "DRAWN", drawn)
        patched.setattr(moving, "MOST", 10_000)
        found = [by_search(before, after, solver).difference() for solver in (Glucose, Plain)]
    assert found[0] == found[1]
    searched = found[0]
    assert (searched.total, searched.refused, searched.admitted) == (told.total, told.refused, told.admitted)
    assert [m for m in searched.moves if m.name not in SEARCHED] == [m for m in told.moves if m.name not in SEARCHED]
    assert not searched.rest
    for name in SEARCHED:
        exact, estimated = of(told, name), of(searched, name)
        assert estimated.keys() == exact.keys()
        for ends, move in estimated.items():
            assert move.margin > 0
            assert abs(move.number - exact[ends].number) / told.total < 2 * move.margin
            make_sure(before, after, move)


def make_sure(before: Logic, after: Logic, move: Move) -> None:
    """Every completion of the witness moves so, and it has no answer to spare."""
    assert moves_so(before, after, move, move.witness)
    for spared in move.witness:
        fewer = {id: value for id, value in move.witness.items() if id != spared}
        assert not moves_so(before, after, move, fewer), spared


def moves_so(before: Logic, after: Logic, move: Move, answers: Any) -> bool:
    known = [(one, other) for one, other in dossiers(before, after)
             if all({**one, **other}.get(id, value) == value for id, value in answers.items())]  # fmt: skip
    alike = all(takes(before, one) == takes(after, other) for one, other in dossiers(before, after))
    for one, other in known:
        if not (takes(before, one) and takes(after, other)):
            if not alike and (takes(before, one) or takes(after, other)):
                return False
            continue
        ends = [plain(charts(logic, judge(logic, each))[move.name]) for logic, each in ((before, one), (after, other))]
        if ends != [plain(move.before), plain(move.after)]:
            return False
    return bool(known)


@settings(calm, max_examples=25)
@given(pair=pairs(), drawn=st.sampled_from((1, 64, 1024)))
def test_a_search_finds_the_moves_that_charts_find(pair: tuple[Logic, Logic], drawn: int) -> None:
    before, after = pair
    assume(any(takes(before, one) and takes(after, other) for one, other in dossiers(before, after)))
    check(*pair, drawn)
