"""What could ripen, and what the advice rests on: exactly what trying every change by hand finds."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.rules.model import Logic, Value
from worlds import World, agreed, calm, drawn_case, exceptional, ordinary_worlds, reader_of, tipping_sets, worlds

QUICK, LONG = 60, 200


def check_prospects(logic: Logic, answers: dict[str, Value], general: list[World]) -> None:
    reader = reader_of(logic)
    reading = reader.read(answers)
    prospects = reader.prospects(reading)
    usual = ordinary_worlds(logic, answers, general)
    if usual is general or (len(usual) == len(general) and any(exceptional(logic, answers, w) for w in usual)):
        assert not prospects.ripenings
        return
    for kind, named, shown in (("format", lambda w: w.best, reading.format.shown),
                               ("posture", lambda w: w.postures, reading.posture.shown)):  # fmt: skip

        def tips(changed: dict[str, Value], named: Any = named, shown: Any = frozenset(shown)) -> bool:
            outcome = agreed(named(w) for w in _usual(logic, changed))
            return outcome is not None and outcome != shown

        expected = tipping_sets(logic, answers, tips) if shown else set()
        assert _expanded(logic, answers, prospects, kind, "") == expected, kind
        for ripening in prospects.ripenings:
            if ripening.kind == kind:
                changed = {**answers, **{c.question: c.value for c in ripening.changes}}
                assert agreed(named(w) for w in _usual(logic, changed)) == frozenset(ripening.then)
    for drawn in reading.drawn:
        if drawn.kind in ("vigilance", "prealable") and drawn.certainty != "possible":

            def lifts(changed: dict[str, Value], drawn: Any = drawn) -> bool:
                after = _usual(logic, changed)
                return bool(after) and not any(w.levels(drawn.kind, drawn.id) for w in after)

            assert _expanded(logic, answers, prospects, drawn.kind, drawn.id) == tipping_sets(logic, answers, lifts)


def _usual(logic: Logic, answers: dict[str, Value]) -> list[World]:
    """Ordinary completions, none where there is none."""
    return [w for w in worlds(logic, answers) if not exceptional(logic, answers, w)]


def _expanded(logic: Logic, answers: dict[str, Value], prospects: Any, kind: str, id: str) -> set[frozenset[Any]]:
    """Every set of changes announced, one answer for each change."""
    found = set()
    for ripening in prospects.ripenings:
        if ripening.kind == kind and (not id or ripening.then == (id,)):
            for choice in product(*([(c.question, v) for v in _values(logic, answers, c)] for c in ripening.changes)):
                found.add(frozenset(choice))
    return found


def _values(logic: Logic, answers: dict[str, Value], change: Any) -> list[Value]:
    now = answers[change.question]
    if isinstance(now, frozenset):
        return [now ^ {option} for option in change.answers]
    if isinstance(now, int):
        return [v for name in change.answers for v in range(int(name.split("..")[0]), int(name.split("..")[1]) + 1)]
    return list(change.answers)


@pytest.mark.lent
@settings(calm, max_examples=LONG)
@given(st.data())
def test_what_could_ripen_at_length(data: st.DataObject) -> None:
    check_prospects(*drawn_case(data, ripening=True))


def check_footings(logic: Logic, answers: dict[str, Value], general: list[World]) -> None:
    reader = reader_of(logic)
    reading = reader.read(answers)
    prospects = reader.prospects(reading)
    for kind, named, shown in (("format", lambda w: w.best, reading.format.shown),
                               ("posture", lambda w: w.postures, reading.posture.shown)):  # fmt: skip

        def shows(kept: dict[str, Value], named: Any = named, shown: Any = frozenset(shown)) -> bool:
            found = worlds(logic, kept)
            return bool(shown) and agreed(named(w) for w in ordinary_worlds(logic, kept, found)) == shown

        def rests(some: frozenset[str], shows: Any = shows) -> bool:
            alone = {id: v for id, v in answers.items() if id in some}
            without = {id: v for id, v in answers.items() if id not in some}
            return bool(shows(alone) and not shows(without))

        expected: set[frozenset[str]] = set()
        for size in (1, 2):
            for some in map(frozenset, combinations(answers, size)):
                if not any(smaller < some for smaller in expected) and rests(some):
                    expected.add(some)
        told = [f for f in prospects.footings if f.kind == kind]
        assert {frozenset(f.questions) for f in told if len(f.questions) < 3} >= expected, kind
        assert all(rests(frozenset(f.questions)) for f in told)
        theirs = frozenset(id for id in answers if logic.questions[id].modifiable == "collectivite")
        assert any(f.funder for f in told) == (bool(theirs) and rests(theirs))


@settings(calm, max_examples=QUICK)
@given(st.data())
def test_footings_show_it_alone_and_are_missed_when_gone(data: st.DataObject) -> None:
    check_footings(*drawn_case(data))
