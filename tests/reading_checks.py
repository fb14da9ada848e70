"""What a reading must say of a small dossier, held against every coherent completion of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Reading, Unless
from conseil_dla.rules.model import Answers, Draw, Logic, Value
from worlds import KINDS, World, agreed, certainty, earliest, ordinary_worlds, unless, worlds


def expected_format(logic: Logic, answers: Answers, general: list[World]) -> dict[str, Any]:
    usual = ordinary_worlds(logic, answers, general)
    best, usually = agreed(w.best for w in general), agreed(w.best for w in usual)
    shown = best if best is not None else usually
    possible = frozenset().union(*(w.best for w in general))
    sauf_si = unless(logic, answers, general, shown, lambda w: w.best) if best is None and shown else set()
    opened = {id for _, _, then in sauf_si for id in then}
    return {
        "certain": best,
        "possible": possible,
        "nothing": bool(best) and not any(w.stands_out for w in general),
        "then": frozenset().union(*(w.then for w in general)),
        "usual": shown,
        "unless": sauf_si,
        "several": possible - shown - opened if best is None and shown else set(),
    }


def told_format(reading: Reading) -> dict[str, Any]:
    format = reading.format
    certain = frozenset({format.retained} if format.retained else format.tied)
    usual = frozenset({format.usual.retained} if format.usual.retained else format.usual.tied)
    return {
        "certain": certain or None,
        "possible": frozenset(format.possible),
        "nothing": format.nothing_stands_out,
        "then": frozenset(format.then or ()),
        "usual": usual or None,
        "unless": told_unless(format.usual.unless),
        "several": set(format.usual.several),
    }


def told_unless(found: tuple[Unless, ...]) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return {(u.question, u.answers, u.then) for u in found}


def expected_posture(logic: Logic, answers: Answers, general: list[World]) -> dict[str, Any]:
    usual = ordinary_worlds(logic, answers, general)
    where, usually = agreed(w.postures for w in general), agreed(w.postures for w in usual)
    shown = where if where is not None else usually
    off = where is not None and all(w.off_note for w in general)
    everywhere = worlds(logic, {})
    scales = [max([1, *(abs(w.sums[n]) for w in everywhere)]) for n in range(len(logic.axes))]
    return {
        "certain": where,
        "possible": frozenset().union(*(w.postures for w in general)),
        "off": off,
        "off_possible": not off and any(w.off_note for w in general),
        "usual": shown,
        "usual_off": shown is not None and all(w.off_note for w in usual),
        "unless": unless(logic, answers, general, shown, lambda w: w.postures) if where is None and shown else set(),
        "position": {
            axis: (round(min(w.sums[n] for w in general) / scales[n], 4),
                   round(max(w.sums[n] for w in general) / scales[n], 4))
            for n, axis in enumerate(logic.axes)
        },
    }  # fmt: skip


def told_posture(reading: Reading) -> dict[str, Any]:
    posture, usual = reading.posture, reading.posture.usual
    one, usual_one = posture.retained or posture.nearest, usual.retained or usual.nearest
    assert posture.off_note == (posture.nearest is not None)
    assert usual.off_note == (usual.nearest is not None)
    return {
        "certain": frozenset({one} if one else posture.between) or None,
        "possible": frozenset(posture.possible),
        "off": posture.off_note,
        "off_possible": posture.off_note_possible,
        "usual": frozenset({usual_one} if usual_one else usual.between) or None,
        "usual_off": usual.off_note,
        "unless": told_unless(usual.unless),
        "position": dict(posture.position),
    }


def check_collected(logic: Logic, answers: Answers, reading: Reading, general: list[World]) -> None:
    usual = ordinary_worlds(logic, answers, general)

    def strength(holds: Callable[[World], bool]) -> str | None:
        return certainty([holds(w) for w in general], [holds(w) for w in usual])

    expected: dict[tuple[str, str], Any] = {}
    for kind in KINDS:
        for id in {i for w in general for k, i, _ in w.drawn if k == kind}:
            sure = strength(lambda w, kind=kind, id=id: bool(w.levels(kind, id)))  # type: ignore[misc]
            expected[kind, id] = (sure, earliest(general, kind, id))
    for tension in logic.tensions:
        if sure := strength(lambda w, id=tension.id: ("tension", id) in w.true):  # type: ignore[misc]
            expected["tension", tension.id] = (sure, None)
    assert {(d.kind, d.id): (d.certainty, d.level) for d in reading.drawn} == expected
    for drawn in reading.drawn:
        if drawn.kind == "modalite" and logic.drawn["modalite"][drawn.id].foreseen_if:
            state = agreed(("prevu", drawn.id) in w.true for w in general)
            assert drawn.foreseen == {None: "inconnu", True: "deja_prevu", False: "a_prevoir"}[state]
    factors = {f.id: f.state for f in reading.factors}
    for id in logic.factors:
        state = agreed(("facteur", id) in w.true for w in general)
        assert factors.get(id) in {True: ("present",), False: (None,), None: ("possible", "inconnu")}[state]


def check_proofs(logic: Logic, answers: dict[str, Value], reading: Reading) -> None:
    """What fired is what the reference fires. What follows from it is marked so; the rest of what is certain is not."""
    fired = ReferenceEngine(logic).fire(answers).rules
    assert (reading.fired, reading.rules_by_cases) == (fired, reading.holding - fired)
    effects = [effect for rule in logic.rules if rule.id in fired for effect in rule.effects]
    drawn_now = {(effect.kind, effect.id) for effect in effects if isinstance(effect, Draw)}
    for drawn in reading.drawn:
        by_rules = drawn.certainty == "certaine" and drawn.kind != "tension"
        held = "declenchee" if (drawn.kind, drawn.id) in drawn_now else "par_cas"
        assert drawn.proof == (held if by_rules else None)
    assert drawn_now <= {(drawn.kind, drawn.id) for drawn in reading.drawn}
    for argument in reading.format.arguments:
        held = "declenchee" if argument.rule in fired else "par_cas"
        assert argument.proof == (held if argument.certainty == "certaine" else None)


def check(reader: Reader, logic: Logic, answers: dict[str, Value], general: list[World]) -> None:
    """A reader says of a small dossier exactly what all its completions say."""
    reading = reader.read(answers)
    assert told_format(reading) == expected_format(logic, answers, general)
    assert told_posture(reading) == expected_posture(logic, answers, general)
    check_collected(logic, answers, reading, general)
    states = {rule.id: agreed(rule.id in w.rules for w in general) for rule in logic.rules}
    assert dict(reading.states) == states
    assert reading.holding == {id for id, state in states.items() if state}
    check_proofs(logic, answers, reading)
    usual = ordinary_worlds(logic, answers, general)
    for argument in reading.format.arguments:
        held = [[argument.rule in w.rules for w in some] for some in (general, usual)]
        assert argument.certainty == certainty(*held)
    assert reading.moment == agreed(w.moment for w in general)
    assert reading.not_applicable == {id for id in logic.questions if all(id not in w.answers for w in general)}
    surely = {id for id in logic.questions if id not in answers and all(id in w.answers for w in general)}
    assert set(reading.open_questions) == surely
    assert (reading.next_question is None) == (not surely)
    assert {reading.next_question.question if reading.next_question else None} <= surely | {None}
    assert {asked.question for asked in reading.to_ask} <= surely
