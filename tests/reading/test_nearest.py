"""The nearest experience: held against a plain count, and never chosen by what it does not share."""

from __future__ import annotations

import random
from dataclasses import replace

from conseil_dla.dossiers.store import load, load_cases
from conseil_dla.reading.nearest import FEWEST_IN_COMMON, are_alike, beside, nearest
from conseil_dla.rules.model import Dossier, Within
from conseil_dla.rules.truth import atoms
from conseil_dla.wording.outline_sections import experience_lines
from shipped import CASES, random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
LOGIC = BASE.logic
SHIPPED = load_cases(BASE)


def test_every_case_is_read_and_is_nearest_to_itself_where_it_says_enough() -> None:
    assert len(SHIPPED) == len(CASES)
    found_itself = 0
    for case in SHIPPED:
        found = nearest(BASE, READER.read(case.answers), SHIPPED)
        if found is not None and found.case.path == case.path:
            found_itself += 1
            assert set(found.alike) == set(case.answers)
            assert not found.apart
            assert not found.unknown_here
            assert not found.unknown_there
    assert found_itself >= len(SHIPPED) - 3


def test_each_question_is_told_once_and_in_its_place() -> None:
    chance = random.Random(11)
    seen = set()
    for _ in range(60):
        reading = READER.read(random_dossier(LOGIC, chance, chance.random()))
        for case in SHIPPED:
            found = beside(BASE, reading, case)
            parts = (found.alike, found.apart, found.unknown_here, found.unknown_there)
            told = [id for part in parts for id in part]
            assert len(told) == len(set(told))
            ours = set(reading.answers) - reading.not_applicable
            theirs = set(case.answers) - reading.not_applicable
            assert set(told) == ours | theirs
            assert set(found.unknown_here) == theirs - ours
            assert set(found.unknown_there) == ours - theirs
            for id in found.alike + found.apart:
                assert are_alike(LOGIC, id, reading.answers[id], case.answers[id]) == (id in found.alike)
            seen.update(name for name, part in zip("abcd", parts, strict=True) if part)
    assert seen == set("abcd")


def test_the_nearest_shares_more_than_it_differs_and_no_case_does_better_on_both_counts() -> None:
    chance = random.Random(12)
    found_some = 0
    for _ in range(80):
        reading = READER.read(random_dossier(LOGIC, chance, 0.5))
        found = nearest(BASE, reading, SHIPPED)
        compared = [beside(BASE, reading, case) for case in SHIPPED]
        enough = [c for c in compared if len(c.alike) >= FEWEST_IN_COMMON and len(c.alike) > len(c.apart)]
        if found is None:
            assert not enough
            continue
        found_some += 1
        assert found in enough
        for other in enough:
            assert not (set(found.alike) < set(other.alike) and set(other.apart) <= set(found.apart))
    assert found_some > 20


def test_a_reported_case_has_none_and_one_answer_in_common_is_too_few() -> None:
    case = SHIPPED[0]
    assert nearest(BASE, replace(READER.read(case.answers), reported="note"), SHIPPED) is None
    id, value = next(iter(case.answers.items()))
    one = READER.read({id: value})
    assert nearest(BASE, one, [replace(case, answers={id: value})]) is None


def test_numbers_that_no_rule_tells_apart_are_alike_and_boxes_share_one() -> None:
    stretches = [a for r in LOGIC.rules for a in atoms(r.condition) if isinstance(a, Within)]
    question = stretches[0].question
    low, high = LOGIC.questions[question].bounds or (0, 0)
    edges = sorted({e for s in stretches if s.question == question for e in (s.low, (s.high or 0) + 1) if e})
    inner = [edge for edge in edges if low < edge <= high]
    assert inner
    for edge in inner:
        assert not are_alike(LOGIC, question, edge - 1, edge)
    for number in range(low, high):
        if number + 1 not in edges:
            assert are_alike(LOGIC, question, number, number + 1)
    boxes = next(q for q in LOGIC.questions.values() if q.type == "plusieurs")
    one, two = boxes.answers[:2]
    assert are_alike(LOGIC, boxes.id, frozenset({one}), frozenset({one, two}))
    assert are_alike(LOGIC, boxes.id, frozenset(), frozenset())
    assert not are_alike(LOGIC, boxes.id, frozenset({one}), frozenset({two}))
    assert not are_alike(LOGIC, boxes.id, frozenset({one}), frozenset())


def test_it_is_told_without_any_figure_of_nearness_and_each_point_leads_to_its_question() -> None:
    chance = random.Random(13)
    told = 0
    for _ in range(40):
        reading = READER.read(random_dossier(LOGIC, chance, 0.4))
        found = nearest(BASE, reading, SHIPPED)
        lines = list(experience_lines(BASE, reading, found))
        assert bool(lines) == (found is not None)
        if found is None:
            continue
        told += 1
        assert lines[0].case == found.case.path
        opened = [inner for line in lines for inner in (*line.folded, line)]
        questions = {line.question for line in opened if line.question and line.indent == 2}
        assert questions == {*found.alike, *found.apart, *found.unknown_here}
        for line in lines:
            own = line.text.replace(found.case.experience, "")
            assert "%" not in own
            assert "score" not in own
    assert told > 10


def test_a_case_with_a_table_is_compared_on_what_the_table_counts() -> None:
    counted_one = next(q for q in LOGIC.questions.values() if q.tally and q.type == "nombre")
    case = load(CASES[0], BASE)
    from conseil_dla.rules.tables import Structure  # noqa: PLC0415 - only here

    table = tuple(Structure(name, {}) for name in ("a", "b", "c"))
    with_table = Dossier("x", "x", {}, structures=table, experience=case.experience)
    found = beside(BASE, READER.read({counted_one.id: 3}), with_table)
    assert counted_one.id in found.alike
