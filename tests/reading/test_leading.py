"""From a conclusion to the question that it hangs on."""

from __future__ import annotations

import random

from conseil_dla.reading.explanations import leading_question
from conseil_dla.rules.model import KINDS
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base


def test_it_is_one_that_could_change_it_else_one_whose_answer_it_comes_from() -> None:
    chance = random.Random(5)
    seen = {"open": 0, "answered": 0, "none": 0}
    for share in (0.2, 0.5, 0.8, 1.0):
        reading = READER.read(random_dossier(BASE.logic, chance, share))
        for kind, id in BASE.texts:
            if kind not in KINDS:
                continue
            explanation = READER.explain(reading, kind, id)  # type: ignore[arg-type]
            question = READER.question_of(reading, kind, id)  # type: ignore[arg-type]
            assert (question is None) == (leading_question(explanation) is None)
            if question is None:
                seen["none"] += 1
            elif explanation.could_change:
                assert question in explanation.could_change
                assert question not in reading.answers
                surely_asked = set(reading.open_questions).intersection(explanation.could_change)
                assert not surely_asked or question in surely_asked
                useful = [asked.question for asked in reading.to_ask if asked.question in explanation.could_change]
                assert question == next(iter(useful), question)
                seen["open"] += 1
            else:
                accounts = [*explanation.accounts, *explanation.ruled_out_by]
                accounts += [a for along in explanation.axes.values() for a in along]
                atoms = [c.atom for a in accounts for c in (*a.met, *a.unmet, *a.open)]
                assert question in {getattr(atom, "question", None) for atom in atoms}
                seen["answered"] += 1
    assert seen["open"] > 50
    assert seen["answered"] > 50


def test_what_is_certain_leads_to_an_answer_that_was_given() -> None:
    chance = random.Random(6)
    reading = READER.read(random_dossier(BASE.logic, chance))
    certain = [d for d in reading.drawn if d.certainty == "certaine"]
    assert certain
    for drawn in certain:
        question = READER.question_of(reading, drawn.kind, drawn.id)
        assert question in reading.answers or question in reading.not_applicable
