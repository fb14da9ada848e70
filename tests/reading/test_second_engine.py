"""The shipped base, read by a second engine that shares no code with the analysis: the two agree on everything."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.model import Answers, Argue, Logic, RuleOut
from second_engine import BEST, PLACE, SecondEngine
from shipped import random_dossier, shipped_reader
from strategies import values
from worlds import agreed, calm, certainty, drawn_case, reader_of

Ends = frozenset[Any]


@cache
def shipped_engine() -> SecondEngine:
    return SecondEngine(shipped_reader().base.logic)


def partial_dossiers(number: int, seed: int) -> Iterable[Answers]:
    """Coherent dossiers of the shipped base, from nearly empty to complete."""
    chance = random.Random(seed)
    logic = shipped_reader().base.logic
    return [random_dossier(logic, chance, share=chance.random()) for _ in range(number)]


# --- what a reading says --------------------------------------------------------------------------------------------


def check(reader: Reader, second: SecondEngine, answers: Answers) -> None:
    reading = reader.read(answers)
    region, usual = second.region(answers), second.usual(answers)
    if not usual.satisfiable():
        usual = region

    def ends(part: Hashable) -> tuple[Ends, Ends]:
        return second.ends(part, region), second.ends(part, usual)

    check_format(second.logic, reading, *ends("format"))
    check_posture(second, reading, *ends("posture"))
    check_position(second, reading, answers)
    check_collected(second, reading, {part: ends(part) for part in second.parts})
    assert {("regle", id): state for id, state in reading.states.items()} == {
        part: agreed(second.ends(part, region))
        for part in second.parts
        if part[:1] == ("regle",)  # type: ignore[index]
    }
    assert reading.moment == agreed(second.ends("moment", region))
    applies = {id: (region & when).satisfiable() for id, when in second.applies.items()}
    surely = {id: not (region & ~when).satisfiable() for id, when in second.applies.items()}
    assert reading.not_applicable == {id for id, may in applies.items() if not may}
    assert set(reading.open_questions) == {id for id, must in surely.items() if must and id not in answers}


def check_format(logic: Logic, reading: Reading, general: Ends, usual: Ends) -> None:
    format = reading.format
    best, usually = agreed(e[0] for e in general), agreed(e[0] for e in usual)
    assert frozenset({format.retained} if format.retained else format.tied) == (best or frozenset())
    assert frozenset(format.possible) == frozenset().union(*(e[0] for e in general))
    assert format.nothing_stands_out == (bool(best) and not any(e[1] for e in general))
    assert frozenset(format.then or ()) == frozenset().union(*(e[2] for e in general))
    assert frozenset(format.shown) == ((best if best is not None else usually) or frozenset())


def check_posture(second: SecondEngine, reading: Reading, general: Ends, usual: Ends) -> None:
    posture = reading.posture
    where, usually = agreed(e[0] for e in general), agreed(e[0] for e in usual)
    assert frozenset(posture.possible) == frozenset().union(*(e[0] for e in general))
    assert frozenset(posture.shown) == ((where if where is not None else usually) or frozenset())
    single = next(iter(where)) if where is not None and len(where) == 1 else None
    assert posture.off_note == all(e[1] for e in general)
    assert (posture.retained, posture.nearest) == ((None, single) if posture.off_note else (single, None))
    assert posture.off_note_possible == (not posture.off_note and any(e[1] for e in general))


def check_position(second: SecondEngine, reading: Reading, answers: Answers) -> None:
    region = second.region(answers)
    for axis in second.logic.axes:
        reached: list[Any] = sorted(second.ends(axis, region))  # type: ignore[type-var]
        scale = max([1, *(abs(n) for n in second.sums[axis])])  # type: ignore[arg-type]
        assert reading.posture.position[axis] == (round(reached[0] / scale, 4), round(reached[-1] / scale, 4))


def check_collected(second: SecondEngine, reading: Reading, ends: dict[Any, tuple[Ends, Ends]]) -> None:
    expected: dict[Any, Any] = {}
    for part, (general, usual) in ends.items():
        if part[0] in ("vigilance", "modalite", "partenaire", "prealable", "tension") and (
            sure := certainty([bool(e) for e in general], [bool(e) for e in usual])
        ):
            expected[part] = sure
    assert {(d.kind, d.id): d.certainty for d in reading.drawn} == expected
    foreseen = {None: "inconnu", True: "deja_prevu", False: "a_prevoir"}
    for drawn in reading.drawn:
        if ("prevu", drawn.id) in ends:
            assert drawn.foreseen == foreseen[agreed(ends["prevu", drawn.id][0])]
    told = {f.id: f.state for f in reading.factors}
    for id in second.logic.factors:
        state = agreed(ends["facteur", id][0])
        assert told.get(id) in {True: ("present",), False: (None,), None: ("possible", "inconnu")}[state]


@pytest.mark.lent
def test_the_second_engine_reads_100_dossiers_alike() -> None:
    for answers in partial_dossiers(100, seed=4):
        check(shipped_reader(), shipped_engine(), answers)


@settings(calm, max_examples=40)
@given(st.data())
def test_the_second_engine_reads_small_bases_alike(data: st.DataObject) -> None:
    """What makes it a witness: it is held to brute force's own cases, through the readings that were."""
    logic, answers, _ = drawn_case(data)
    check(reader_of(logic), SecondEngine(logic), answers)


# --- exceptions, what is without effect, what could ripen ------------------------------------------------------------


def check_unless(second: SecondEngine, reading: Reading, answers: Answers) -> None:
    """Each answer said to open something else does, alone; and nothing else does."""
    for part, shown, sure, told in (
        ("format", reading.format.shown, reading.format.retained or reading.format.tied, reading.format.usual.unless),
        ("posture", reading.posture.shown, reading.posture.retained or reading.posture.nearest
         or reading.posture.between, reading.posture.usual.unless),
    ):  # fmt: skip
        expected = set()
        for id in second.logic.questions if shown and not sure else ():
            others = second.region(answers) & second.all_of(
                second.ordinary(other) for other in second.logic.questions if other not in answers and other != id
            )
            if id not in answers:
                opened = second.ends(part, others & ~second.ordinary(id))
                expected |= {(id, then) for then in frozenset().union(*(e[0] for e in opened)) - set(shown)}
        assert {(u.question, then) for u in told for then in u.then} == expected, part


def check_without_effect(second: SecondEngine, reading: Reading, answers: Answers) -> None:
    region = second.region(answers)
    arguing = [r.id for r in second.logic.rules if any(isinstance(e, Argue | RuleOut) for e in r.effects)]
    advice: set[Hashable] = {"format", "posture", *second.logic.axes} | {("regle", id) for id in arguing}
    unknown = {f.id for f in reading.factors if f.state == "inconnu"}
    for said, parts in (
        (reading.without_effect_on_outcome, [BEST, PLACE]),
        (reading.without_effect_on_advice, [p for p in second.parts if p in advice]),
        (reading.without_effect, list(second.parts)),
    ):
        for id in second.logic.questions:
            if id in answers or id in reading.not_applicable:
                continue
            moves = any(second.depends(part, region, id) for part in parts)
            if id in said:
                assert not moves, id
            elif not moves and not unknown:
                assert changes_what_can_end(second, answers, id, parts), id


def changes_what_can_end(second: SecondEngine, answers: Answers, id: str, parts: list[Hashable]) -> bool:
    def families(answers: Answers) -> list[Ends]:
        region, usual = second.region(answers), second.usual(answers)
        views = (region, usual if usual.satisfiable() else region)
        return [second.ends(part, view) for part in parts for view in views]

    now = families(answers)
    possible = [{**answers, id: value} for value in values(second.logic.questions[id])]
    return any(second.region(more).satisfiable() and families(more) != now for more in possible)


def check_prospects(second: SecondEngine, answers: Answers, prospects: Prospects) -> None:
    """Each ripening turns what it says, and no single change does without being told."""
    for ripening in prospects.ripenings:
        changed = {**answers, **{change.question: change.value for change in ripening.changes}}
        usual = second.usual(changed)
        assert usual.satisfiable()
        if ripening.kind in ("format", "posture"):
            assert {end[0] for end in second.ends(ripening.kind, usual)} == {frozenset(ripening.then)}  # type: ignore[index]
        else:
            assert second.ends((ripening.kind, ripening.then[0]), usual) == {frozenset()}


@pytest.mark.lent
def test_the_second_engine_finds_the_same_on_20_dossiers() -> None:
    asked = [check_queries(answers) for answers in partial_dossiers(20, seed=6)]
    assert all(any(kind) for kind in zip(*asked, strict=True)), "nothing of one kind was looked at"


def check_queries(answers: Answers) -> tuple[int, ...]:
    """How many exceptions, questions without effect and ripenings were looked at."""
    reader, second = shipped_reader(), shipped_engine()
    reading = reader.read(answers)
    check_unless(second, reading, answers)
    check_without_effect(second, reading, answers)
    prospects = reader.prospects(reading)
    check_prospects(second, answers, prospects)
    unless = (*reading.format.usual.unless, *reading.posture.usual.unless)
    idle = reading.without_effect, reading.without_effect_on_advice, reading.without_effect_on_outcome
    return len(unless), *map(len, idle), len(prospects.ripenings)
