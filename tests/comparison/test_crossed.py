"""Views crossed, held against the same told naively: every mixture read anew, every list made by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from conseil_dla.comparison.crossed import Crossed, Seen, cross
from conseil_dla.reading.since import fits
from conseil_dla.rules.model import Answers, Respondent, Value
from crossing import BASE, LOGIC, NAMES, several
from shipped import applies, shipped_reader

READER = shipped_reader()
OUTER = [id for id in LOGIC.questions if not BASE.entry("question", id).internal]


def crossed(people: list[Respondent]) -> Crossed:
    return cross(BASE, READER.conclude, people)


def concluded(answers: Answers) -> Seen | None:
    """What a full reading shows, said in another way than the module does; None where the answers clash."""
    if not fits(BASE, answers):
        return None
    reading = READER.read(answers)
    seen: dict[tuple[str, ...], object] = {
        ("format",): reading.format.shown or ("open", *reading.format.possible),
        ("posture",): (reading.posture.shown or ("open", *reading.posture.possible), reading.posture.off_note),
    }
    for kind in ("vigilance", "prealable"):
        for drawn in reading.drawn_of(kind):
            if drawn.certainty != "possible":
                seen[kind, drawn.id] = drawn.level or "drawn"
    return seen  # type: ignore[return-value]


def naively_moved(mixtures: list[Answers]) -> set[tuple[str, ...]]:
    read = [seen for answers in mixtures if (seen := concluded(answers)) is not None]
    return {name for seen in read for name in seen if any(other.get(name) != seen[name] for other in read)}


def said_by(one: Respondent) -> dict[str, Value | None]:
    own = {id: value for id, value in one.answers.items() if id in OUTER}
    said: dict[str, Value | None] = {id: value for id, value in own.items() if applies(LOGIC, own, id)}
    return said | {id: None for id in one.declined if id in OUTER and applies(LOGIC, own, id)}


@pytest.mark.parametrize("seed", range(3))
def test_what_differs_and_what_it_changes_is_what_brute_force_finds(seed: int) -> None:
    people = several(random.Random(seed), 2 + seed)
    found = crossed(people)
    said = {one.name: said_by(one) for one in people}
    views = {id: {name: answers[id] for name, answers in said.items() if id in answers} for id in OUTER}
    shared = {id for id, each in views.items() if len(each) > 1 and len(set(each.values())) == 1}
    apart = {id for id, each in views.items() if len(set(each.values())) > 1}
    ground = {id: value for id in shared if (value := next(iter(views[id].values()))) is not None}
    assert found.is_grounded == fits(BASE, ground)
    assert [one.question for one in found.questions] == OUTER
    assert {one.question for one in found.standing("shared")} == shared
    assert {one.question for one in found.standing("differing")} == apart
    assert {one.question for one in found.standing("alone")} == {id for id, each in views.items() if len(each) == 1}
    assert apart
    for one in found.questions:
        assert {name: view.value for view in one.views for name in view.names} == views[one.question]
    for one in found.standing("differing"):
        beside = [{**ground, one.question: v} if v is not None else ground for v in set(views[one.question].values())]
        assert one.moved == (naively_moved(beside) if found.is_grounded else set()), one.question
    wholes = [{**ground, **{id: v for id in apart if (v := each.get(id)) is not None}} for each in said.values()]
    assert found.moved == (naively_moved(wholes) if found.is_grounded else set())


def test_somebody_whose_answers_clash_with_what_is_shared_is_set_apart_and_said() -> None:
    """Two answers that a coherence rule forbids together: one shared, the other said by one of three."""
    pair = clashing()
    assert pair is not None
    (first, a), (second, b) = pair
    other = next(v for v in LOGIC.questions[second].answers if fits(BASE, {first: a, second: v}))
    people = [
        Respondent(NAMES[0], {first: a, second: other}, consents=True),
        Respondent(NAMES[1], {first: a, second: other}, consents=True),
        Respondent(NAMES[2], {second: b}, consents=True),
    ]
    found = crossed(people)
    one = next(each for each in found.questions if each.question == second)
    assert [view.seen is None for view in one.views].count(True) == 1
    assert len(one.tried) == 1
    assert one.moved == frozenset()
    assert [whole.name for whole in found.wholes if whole.seen is None] == [NAMES[2]]


@cache
def clashing() -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Two answers that cannot go together."""
    plain = (LOGIC.questions[id] for id in OUTER)
    questions = [q for q in plain if q.type in ("choix", "oui_non") and not q.asked_if]
    for first in questions:
        for second in questions:
            if first.id >= second.id:
                continue
            for a in first.answers:
                for b in second.answers:
                    if not fits(BASE, {first.id: a, second.id: b}):
                        return (first.id, a), (second.id, b)
    return None


def test_shared_answers_that_exclude_each_other_are_not_read() -> None:
    pair = clashing()
    assert pair is not None
    (first, a), (second, b) = pair
    people = [Respondent(name, {first: a}, consents=True) for name in NAMES[:2]]
    people += [Respondent(name, {second: b}, consents=True) for name in NAMES[2:4]]
    found = crossed(people)
    assert not found.is_grounded
    assert found.ground == {}
    assert len(found.common) == 2


def test_not_knowing_is_a_view() -> None:
    id = OUTER[0]
    answer = LOGIC.questions[id].answers[0]
    people = [Respondent(NAMES[0], {id: answer}, consents=True), Respondent(NAMES[1], {}, frozenset({id}), "", True)]
    one = crossed(people).questions[0]
    assert one.standing == "differing"
    assert one.is_partly_known
    assert [view.value for view in one.views] == [answer, None]
    both = [Respondent(name, {}, frozenset({id}), "", True) for name in NAMES[:2]]
    assert crossed(both).questions[0].standing == "shared"
    assert crossed(both).common == ()
    assert crossed(both).ground["format",].certainty == "possible", "open, and not a tie of all"


def test_who_does_not_consent_changes_nothing() -> None:
    people = several(random.Random(3), 4)
    silent = replace(people[3], consents=False)
    assert crossed([*people[:3], silent]) == crossed(people[:3])
    assert crossed(people) != crossed(people[:3])


def test_internal_answers_change_nothing() -> None:
    people = several(random.Random(4), 4)
    bare = [replace(one, answers={id: v for id, v in one.answers.items() if id in OUTER},
                    declined=one.declined & set(OUTER)) for one in people]  # fmt: skip
    assert any(one != other for one, other in zip(people, bare, strict=True))
    assert crossed(people) == crossed(bare)


@pytest.mark.parametrize("number", [0, 1])
def test_fewer_than_two_cross_nothing(number: int) -> None:
    people = several(random.Random(1))
    found = crossed([*people[:number], *(replace(one, consents=False) for one in people[number:])])
    assert not found.is_enough
    assert len(found.names) == number
    assert found.questions == ()


def test_somebody_of_whom_only_internal_answers_are_known_is_not_there() -> None:
    internal = next(q for q in LOGIC.questions.values() if q.id not in OUTER and q.type == "choix")
    secret = Respondent(NAMES[0], {internal.id: internal.answers[0]}, frozenset(), "dla", True)
    assert crossed([secret, *several(random.Random(1))[1:2]]).names == (NAMES[1],)
