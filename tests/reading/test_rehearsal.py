"""What a facilitator is told beforehand, held against fresh readings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from conseil_dla.dossiers.store import load
from conseil_dla.interview.questionnaire import MOST
from conseil_dla.reading.values import Conclusions, Reading
from conseil_dla.rules.model import Value
from conseil_dla.rules.truth import incoherences
from conseil_dla.workshop.rehearsal import Rehearsal, rehearse
from shipped import CASES, ROOT, shipped_reader

READER = shipped_reader()
LOGIC = READER.base.logic
PLAYED = (*sorted((ROOT / "knowledge" / "essais").glob("atelier_*.yaml"))[::2], *CASES[::4])
EXTRA = tuple(id for id, question in LOGIC.questions.items() if question.type in ("nombre", "plusieurs"))[:3]


@cache
def rehearsed(path: Path) -> tuple[Reading, Rehearsal]:
    reading = READER.read_dossier(load(path, READER.base))
    return reading, rehearse(READER, reading, EXTRA, MOST)


def shown(found: Reading | Conclusions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return found.format.shown, found.posture.shown


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_every_turn_is_what_a_reading_says(path: Path) -> None:
    reading, found = rehearsed(path)
    formats, postures = shown(reading)
    assert found.otherwise
    for one in found.otherwise:
        assert one.formats != formats
        assert one.postures != postures
        assert one.formats is not None or one.postures is not None
        for value in one.values:
            answers = {**reading.answers, one.question: value}
            assert not incoherences(LOGIC, answers)
            now = shown(READER.read(answers))
            assert now == (one.formats if one.formats is not None else formats,
                           one.postures if one.postures is not None else postures)  # fmt: skip


@pytest.mark.parametrize("path", PLAYED[:2], ids=lambda path: path.stem)
def test_no_turn_is_left_out(path: Path) -> None:
    reading, found = rehearsed(path)
    told = {(one.question, value) for one in found.otherwise for value in one.values}
    for id in found.asked:
        question = LOGIC.questions[id]
        for answer in question.answers if question.type in ("choix", "oui_non") else ():
            answers: dict[str, Value] = {**reading.answers, id: answer}
            if not incoherences(LOGIC, answers) and shown(READER.conclude(answers)) != shown(reading):
                assert (id, answer) in told


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_the_questions_are_those_that_a_room_answering_alike_would_be_asked(path: Path) -> None:
    reading, found = rehearsed(path)
    known: dict[str, Value] = {}
    declined: set[str] = set()
    for id in found.asked:
        question = READER.read(known, frozenset(declined)).next_question
        assert question is not None
        assert (question.question, question.is_essential) == (id, True)
        if id in reading.answers:
            known[id] = reading.answers[id]
        else:
            declined.add(id)
    assert 0 < len(found.asked) <= MOST
    assert len(set(found.asked)) == len(found.asked)


def test_what_turns_both_comes_first() -> None:
    for path in PLAYED:
        both = [one.turns_both for one in rehearsed(path)[1].otherwise]
        assert both == sorted(both, reverse=True)
