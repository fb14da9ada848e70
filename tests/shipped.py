"""The shipped rules folder, opened once for all tests that need it, and random dossiers on it."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from conseil_dla.dossiers.store import load_cases
from conseil_dla.dossiers.writer import Writer
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Answers, Dossier, Logic, Value
from conseil_dla.rules.truth import incoherences, questions_read, scopes_of
from conseil_dla.wording.json_text import reading_object

ROOT = Path(__file__).parents[1]
CASES = tuple(sorted((ROOT / "knowledge" / "cas").glob("*.yaml")))


@cache
def shipped_reader() -> Reader:
    opened = open_rules(ROOT)
    return Reader(opened.base, opened.engine)


@cache
def told_at() -> frozenset[str]:
    """The pages that the shipped rules and real cases name as what they rest on: every address that they hold."""
    base = shipped_reader().base
    seen = [entry.observation for entry in base.texts.values()] + [case.observation for case in load_cases(base)]
    return frozenset(one.address for one in seen if one is not None and one.address)


def put_on_disk(dossier: Dossier) -> None:
    """Make the file of a dossier hold it, as somebody who has just read it there would."""
    Writer.at_once(Path(dossier.path), shipped_reader().base).save(dossier)


def told(reader: Reader, answers: Answers, path: str = "x") -> dict[str, Any]:
    """What ``diagnostiquer`` says of a dossier in JSON, before it is text."""
    reading = reader.read(answers)
    return reading_object(Whole(reader.base, reading, prospects=reader.prospects(reading)), path)


def applies(logic: Logic, answers: Answers, id: str) -> bool:
    """Unless it surely does not. Only the questions that decide it are looked at: all of them take ten times longer."""
    needed = [id]
    for each in needed:
        condition = logic.questions[each].asked_if
        needed += [read for read in (questions_read(condition) if condition else ()) if read not in needed]
    if len(needed) == 1:
        return True
    few = replace(logic, questions={each: logic.questions[each] for each in needed})
    return scopes_of(few, answers)[id].applies is not False


def random_dossier(logic: Logic, chance: random.Random, share: float = 1.0) -> dict[str, Value]:
    """A coherent dossier, complete when ``share`` is 1: drawn again until no coherence rule is broken."""
    while True:
        answers: dict[str, Value] = {}
        for id, question in logic.questions.items():
            if not applies(logic, answers, id) or chance.random() > share:
                continue
            if question.type == "plusieurs":
                answers[id] = frozenset(a for a in question.answers if chance.random() < 0.3)
            elif question.type == "nombre":
                answers[id] = chance.randint(*(question.bounds or (0, 0)))
            else:
                answers[id] = chance.choice(question.answers)
        if not incoherences(logic, answers):
            return answers
