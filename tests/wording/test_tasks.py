"""What is to be done is said as something to do where it is listed as such, and as its question elsewhere."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from conseil_dla.authoring.trials.run import trial_paths
from conseil_dla.batch.result_rows import COLUMNS, Rows
from conseil_dla.dossiers.store import load
from conseil_dla.ground.french import NBSP, lowered, quoted
from conseil_dla.papers.blocks import Paragraph
from conseil_dla.papers.writing import write
from conseil_dla.reading.since import recorded, since
from conseil_dla.reading.values import Prospects
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.model import Base, Entry
from conseil_dla.wording.advice import advised_lines
from conseil_dla.wording.outline import outline
from conseil_dla.wording.outline_sections import since_lines
from shipped import ROOT, random_dossier, shipped_reader

READER = shipped_reader()
AHEAD = Prospects((), ())
THEN, TODAY = date(2026, 3, 12), date(2026, 11, 25)


def without_actions(base: Base) -> Base:
    """Rules written before anybody could say an action."""

    def of(entry: Entry) -> Entry:
        return replace(entry, texts={key: text for key, text in entry.texts.items() if key != "action"})

    return replace(base, texts={name: of(entry) for name, entry in base.texts.items()})


def raised(text: str) -> str:
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize("written", [True, False])
def test_a_list_of_things_to_do_has_actions_and_other_lists_their_questions(written: bool) -> None:
    """Without any action written, titles stand everywhere."""
    base = READER.base if written else without_actions(READER.base)
    chance = random.Random(5)
    told = {"before": 0, "during": 0, "mind": 0, "check": 0}
    for _ in range(15):
        reading = READER.read(random_dossier(base.logic, chance, 0.7))
        for section in outline(Whole(base, reading)):
            for line in section.lines if section.key in told else ():
                if line.target is None or line.target[0] != "vigilance" or line.indent or line.main:
                    continue
                entry = base.entry(*line.target)
                action = entry.texts["action"] if written else entry.title
                if section.key in ("mind", "check"):
                    assert line.text == entry.title
                else:
                    lead, _, rest = line.text.rpartition(f"{NBSP}: ")
                    assert line.text == (f"{lead}{NBSP}: {lowered(action)}" if lead and rest else raised(action))
                told[section.key] += 1
    assert all(told.values()), told


def test_the_officers_pages_and_the_table_of_many_dossiers_say_what_is_to_be_done_first() -> None:
    base, chance = READER.base, random.Random(6)
    number = 0
    for _ in range(4):
        reading = READER.read(random_dossier(base.logic, chance, 0.7))
        blocks = write(Whole(base, reading), "cadrage", internal=True).blocks
        cells = dict(zip(COLUMNS, Rows(base).read("x", "t", reading, base.logic.questions), strict=True))
        for each in (d for d in reading.drawn if d.certainty == "certaine" and d.level == "avant"):
            action = base.entry(each.kind, each.id).texts["action"]
            assert Paragraph(raised(action), "lead") in blocks
            assert action in cells["à régler avant, en clair"]
            number += 1
    assert number


def test_the_path_begins_with_what_is_to_be_done() -> None:
    base = READER.base
    for path in trial_paths(ROOT):
        reading = READER.read(known_answers(base.logic, load(path, base)))
        alone = [each for each in reading.to_settle if each.kind == "vigilance" and len(reading.to_settle) == 1]
        if alone and reading.format.shown and not reading.format.after:
            path_text = next(line.text for line in advised_lines(base, reading, AHEAD) if "ensuite" in line.text)
            action = base.entry("vigilance", alone[0].id).texts["action"]
            assert path_text.startswith(f"D’abord{NBSP}: {action} · ensuite{NBSP}: ")
            return
    raise AssertionError("no trial has one point alone to settle")


def test_what_remains_since_a_dated_reading_is_something_to_do() -> None:
    base, chance = READER.base, random.Random(9)
    for _ in range(10):
        reading = READER.read(random_dossier(base.logic, chance, 0.7))
        found = since(base, READER.read, (recorded(reading, THEN),), reading, TODAY)
        assert found is not None
        if any(kind == "vigilance" for kind, _ in found.remaining[:4]):
            lines = [line.text for line in since_lines(base, found)]
            kind, id = next(name for name in found.remaining if name[0] == "vigilance")
            assert any(quoted(lowered(base.task(kind, id))) in line for line in lines)
            return
    raise AssertionError("no dossier has anything left to settle")
