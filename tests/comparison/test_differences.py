"""Two sides compared: nothing is missed, and what is said to make a difference does, with nothing to spare."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.dossiers.store import load_cases
from conseil_dla.ground.french import lowered
from conseil_dla.reading import differences
from conseil_dla.reading.conclusions import stated
from conseil_dla.reading.differences import Differences, Side, compare
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.model import Answers
from conseil_dla.rules.truth import incoherences
from conseil_dla.wording.differences import grouped
from conseil_dla.wording.outline import SUPPORTS, outline
from conseil_dla.wording.reasons import RULED_OUT
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
LOGIC = BASE.logic
SEEDS = st.integers(0, 10**9)
SHARES = st.sampled_from((0.1, 0.3, 0.6, 1.0))


def side(answers: Answers) -> Side:
    return Side("un côté", READER.read(answers))


def compared(first: Answers, second: Answers) -> Differences:
    return compare(BASE, READER.read, side(first), side(second))


def two(seed: int, share: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """A dossier, and one in which some answers are another dossier's, coherent both."""
    chance = random.Random(seed)
    first = random_dossier(LOGIC, chance, share)
    other = random_dossier(LOGIC, chance, share)
    for _ in range(20):
        taken = {id for id in LOGIC.questions if chance.random() < 0.2}
        second = {id: value for id, value in first.items() if id not in taken}
        second |= {id: other[id] for id in taken if id in other}
        if not incoherences(LOGIC, second) and not offending(LOGIC, second):
            return first, second
    return first, other


@given(SEEDS, SHARES)
@settings(max_examples=15, deadline=None)
def test_a_dossier_does_not_differ_from_itself(seed: int, share: float) -> None:
    answers = random_dossier(LOGIC, random.Random(seed), share)
    assert compared(answers, dict(answers)).is_same


@given(SEEDS, SHARES)
@settings(max_examples=15, deadline=None)
def test_everything_that_differs_is_told_and_nothing_else(seed: int, share: float) -> None:
    """Put in place one by one, the differences make the first side into the second; the other way round they mirror."""
    first, second = two(seed, share)
    found, mirrored = compared(first, second), compared(second, first)
    made: dict[str, Any] = dict(first)
    for change in found.answers:
        assert made.get(change.question) == change.before
        made[change.question] = change.after
    assert {id: value for id, value in made.items() if value is not None} == second
    there = dict(stated(BASE, READER.read(first)))
    for moved in found.conclusions:
        assert there.get(moved.name) == moved.before
        assert moved.before != moved.after
        if moved.after is None:
            del there[moved.name]
        else:
            there[moved.name] = moved.after
    assert there == stated(BASE, READER.read(second))
    turned = {(c.name, c.after, c.before) for c in mirrored.conclusions}
    assert {(c.name, c.before, c.after) for c in found.conclusions} == turned


def read_of(answers: Answers) -> dict[tuple[str, ...], set[str]]:
    """What a reading shows of each reason and collected conclusion, beside what it only counts, by its own lines."""
    found: dict[tuple[str, ...], set[str]] = {}
    reading = READER.read(answers)
    grounded = {(drawn.kind, drawn.id) for drawn in reading.drawn if drawn.grounded}
    for section in outline(Whole(BASE, reading)):
        if section.key in ("advised", "place"):
            continue
        folded = [each for line in section.lines for each in line.folded if each.target in grounded]
        under = ""
        for line in (*section.lines, *(folded if section.key == "check" else ())):
            under = line.text if line.main else under
            if section.key == "formats" and RULED_OUT not in line.text:
                for side, reasons in zip(("pour", "contre"), line.sides or ((), ()), strict=True):
                    for reason in reasons:
                        motif, _, weight = reason.rpartition(" (")
                        found.setdefault((str(line.target), side, motif), set()).add(weight)
            elif section.key != "formats" and line.target and not line.main and under != SUPPORTS["inconnu"]:
                found.setdefault(line.target, set()).add(f"{section.key} {line.text}")
    return found


@given(SEEDS, SHARES)
@settings(max_examples=15, deadline=None)
def test_what_is_listed_is_what_the_two_readings_show_otherwise(seed: int, share: float) -> None:
    first, second = two(seed, share)
    listed = {change.name for _, changes in grouped(compared(first, second)) for change in changes}
    one, other = read_of(first), read_of(second)
    differ = {name for name in {**one, **other} if one.get(name) != other.get(name)}
    assert {name for name in listed if name[0] != "argument"} == {name for name in differ if len(name) == 2}
    reasons = [name for name in listed if name[0] == "argument"]
    assert {
        (str(("format", format)), side, lowered(BASE.title("motif", motif))) for _, format, side, motif in reasons
    } == {name for name in differ if len(name) > 2}


@given(SEEDS, SHARES)
@settings(max_examples=8, deadline=None)
def test_the_answers_named_make_the_difference_and_none_is_to_spare(seed: int, share: float) -> None:
    first, second = two(seed, share)
    found = compared(first, second)
    named = set()
    for change in found.conclusions:
        assert len({len(each) for each in change.made_by}) <= 1
        for questions in change.made_by:
            named |= set(questions)
            assert mixed(first, second, questions).get(change.name) == change.after
            for left in questions:
                fewer = mixed(first, second, [id for id in questions if id != left], may_clash=True)
                assert fewer is None or fewer.get(change.name) != change.after
    answered = {change.question for change in found.answers}
    needed = mixed(first, second, sorted(named), may_clash=True)
    is_enough = needed == stated(BASE, READER.read(second))
    assert set(found.idle) == (answered - named if is_enough else set())


def mixed(first: Answers, second: Answers, questions: Any, *, may_clash: bool = False) -> Any:
    answers = {id: value for id, value in first.items() if id not in questions}
    answers |= {id: second[id] for id in questions if id in second}
    if incoherences(LOGIC, answers) or offending(LOGIC, answers):
        assert may_clash
        return None
    return stated(BASE, READER.read(answers))


def test_every_difference_of_the_cases_is_isolated() -> None:
    """Of what is known of real experiences, no difference is left without its answers: each case is in a pair."""
    cases = load_cases(BASE)
    for case, other in zip(cases[::2], [*cases[1::2], cases[0]], strict=False):
        found = compared(case.answers, other.answers)
        assert found.conclusions
        assert all(change.made_by for change in found.conclusions)


def test_what_was_not_found_is_not_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound, a conclusion that moved is still told, without answers."""
    cases = load_cases(BASE)
    monkeypatch.setattr(differences, "MOST_READINGS", 1)
    found = compared(cases[0].answers, cases[1].answers)
    assert any(not change.made_by for change in found.conclusions)
    assert len(found.conclusions) == len(compared(cases[1].answers, cases[0].answers).conclusions)


def test_every_answer_that_makes_a_difference_alone_is_named_however_many_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(differences, "PAIRED", 2)
    first, second = two(seed=1, share=0.6)
    found = compared(first, second)
    ids = [change.question for change in found.answers]
    assert len(ids) > differences.PAIRED
    alone = {id: mixed(first, second, [id], may_clash=True) for id in ids}
    several = 0
    for change in found.conclusions:
        makers = {(id,) for id in ids if alone[id] is not None and alone[id].get(change.name) == change.after}
        assert not makers or set(change.made_by) == makers
        several += len(makers) > 1
    assert several
