"""What the shipped knowledge owes to the note and to its readers: every claim used, every word weighed."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pytest

from conseil_dla.authoring.trials.mutation import try_mutants
from conseil_dla.authoring.trials.run import trial_paths
from conseil_dla.dossiers.store import load
from conseil_dla.exact.atlas import FORMAT, Atlas
from conseil_dla.exact.diagram import MOST_NODES
from conseil_dla.exact.difference import Beside
from conseil_dla.rules.deciding import Profile, profile
from conseil_dla.rules.model import Answers, Argue, Dossier, RuleOut
from conseil_dla.rules.truth import incoherences
from shipped import ROOT, random_dossier, shipped_reader, told

CLAIMS = {
    "A": range(1, 11), "B": range(1, 5), "C": range(1, 9), "D": range(1, 22), "E": range(1, 11), "F": range(1, 30),
    "G": range(10), "H": range(1, 6), "S": range(1, 19),
}  # fmt: skip
"""The claims of the note, by chapter."""
ORDINARY_WORDS = 9
"""So many words in a row shared with the note would be a quotation."""


@cache
def dossiers() -> tuple[Dossier, ...]:
    return tuple(load(path, shipped_reader().base) for path in trial_paths(ROOT))


# --- claims ---------------------------------------------------------------------------------------------------------


def test_every_claim_of_the_note_is_there_and_none_else() -> None:
    wanted = {f"{chapter}{number}" for chapter, numbers in CLAIMS.items() for number in numbers}
    assert {id for kind, id in shipped_reader().base.texts if kind == "affirmation"} == wanted


def test_every_claim_is_used_and_those_that_must_change_something_by_a_rule() -> None:
    base = shipped_reader().base
    cited: dict[str, set[str]] = {}
    for (kind, _), entry in base.texts.items():
        for claim in (*entry.sources, *(c for pole in entry.pole_sources for c in pole)):
            cited.setdefault(claim, set()).add(kind)
    for dossier in dossiers():
        for claim in dossier.sources:
            cited.setdefault(claim, set()).add("cas")
    claims = {id: entry for (kind, id), entry in base.texts.items() if kind == "affirmation"}
    assert set(cited) == set(claims)
    for id, entry in claims.items():
        if entry.texts["nature"] == "regle":
            assert "regle" in cited[id], id
        if entry.texts["nature"] == "cas":
            assert "cas" in cited[id], id


def test_every_rule_claim_shows_in_a_dossier_and_is_absent_from_another() -> None:
    """A rule that rests on the claim fires in one of the cases and trials, and none does in another."""
    reader = shipped_reader()
    base = reader.base
    fired = [reader.fire(dossier.answers) for dossier in dossiers()]
    resting: dict[str, set[str]] = {}
    for rule in base.logic.rules:
        for claim in base.entry("regle", rule.id).sources:
            resting.setdefault(claim, set()).add(rule.id)
    for claim, rules in resting.items():
        assert any(rules & each for each in fired), claim
        assert any(not rules & each for each in fired), claim


# --- rules and questions ---------------------------------------------------------------------------------------------


@pytest.mark.lent
def test_no_small_fault_goes_unnoticed() -> None:
    """One rule in forty here; ``regles essayer --mutations`` tries them all."""
    base = shipped_reader().base
    some = sorted(rule.id for rule in base.logic.rules)[::40]
    unnoticed = [one.mutant for one in try_mutants(base, dossiers(), only=some) if one.fate == "inapercu"]
    assert not unnoticed


def test_every_question_moves_something() -> None:
    """In some case or trial, another answer to it changes what is told."""
    reader = shipped_reader()
    base = reader.base
    for id, question in base.logic.questions.items():
        assert any(_moves(dossier, id) for dossier in dossiers() if id in dossier.answers), question.id


def _moves(dossier: Dossier, id: str) -> bool:
    reader = shipped_reader()
    question = reader.base.logic.questions[id]
    others: tuple[object, ...] = question.answers
    if question.type == "nombre":
        others = question.bounds or ()
    elif question.type == "plusieurs":
        others = (frozenset(), *(frozenset([answer]) for answer in question.answers))
    before = told(reader, dossier.answers)
    changed: list[Answers] = [{**dossier.answers, id: value} for value in others]  # type: ignore[dict-item]
    return any(told(reader, answers) != before for answers in changed if not incoherences(reader.base.logic, answers))


def test_formats_postures_and_vigilances_all_occur() -> None:
    reader = shipped_reader()
    logic = reader.base.logic
    chance = random.Random(1)
    seen: Counter[tuple[str, str]] = Counter()
    for _ in range(400):
        reading = reader.read(random_dossier(logic, chance))
        seen.update(("format", id) for id in reading.format.shown)
        seen.update(("posture", id) for id in reading.posture.shown)
        seen.update({(drawn.kind, drawn.id) for drawn in reading.drawn})
    assert {id for kind, id in seen if kind == "format"} == set(logic.formats)
    assert {id for kind, id in seen if kind == "posture"} == set(logic.postures)
    assert len({id for kind, id in seen if kind == "vigilance"}) >= 0.9 * len(logic.drawn["vigilance"])


# --- how formats are decided ----------------------------------------------------------------------------------------


def standings(fired: frozenset[str], left_out: Argue | None = None) -> dict[str, Profile]:
    """What each format that is not ruled out is worth, in a dossier where these rules fire."""
    logic = shipped_reader().base.logic
    effects = [effect for rule in logic.rules if rule.id in fired for effect in rule.effects]
    out = {effect.format for effect in effects if isinstance(effect, RuleOut)}
    arguments = [effect for effect in effects if isinstance(effect, Argue) and effect != left_out]
    return {id: profile([a for a in arguments if a.format == id]) for id in logic.formats if id not in out}


def best(standing: dict[str, Profile]) -> frozenset[str]:
    top = max(standing.values())
    return frozenset(id for id, worth in standing.items() if worth == top)


def test_ties_are_few_and_the_highest_force_decides_some() -> None:
    reader = shipped_reader()
    chance = random.Random(2)
    number, ties, highest = 1500, 0, 0
    for _ in range(number):
        standing = standings(reader.fire(random_dossier(reader.base.logic, chance)))
        first = best(standing)
        others = [worth for id, worth in standing.items() if id not in first]
        ties += len(first) > 1
        highest += len(first) == 1 and max(standing.values())[0] != max(others)[0]
    assert ties <= 0.05 * number, "formats between which a careful officer may hesitate, a few as equals"
    assert 0.2 * number <= highest <= 0.6 * number


def test_no_argument_is_without_effect() -> None:
    """Without it, some coherent dossier has another format, or a tie more or less: proved over all of them."""
    logic = shipped_reader().base.logic
    atlas = Atlas(logic)
    for rule in logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Argue):
                fewer = tuple(each for each in rule.effects if each != effect)
                rules = tuple(replace(each, effects=fewer) if each is rule else each for each in logic.rules)
                without = Atlas(replace(logic, rules=rules), MOST_NODES, atlas.ground)
                charts = [name for name, *_ in Beside(atlas, without).charts()]
                assert FORMAT in charts, (rule.id, effect)


# --- words ----------------------------------------------------------------------------------------------------------


def french_texts() -> list[str]:
    """Every text of the shipped files, comments aside."""
    paths = [*(ROOT / "rules").glob("*.yaml"), *(ROOT / "knowledge").rglob("*.yaml")]
    lines = (path.read_text(encoding="utf-8") for path in sorted(paths))
    return ["\n".join(line for line in text.split("\n") if not line.startswith("#")) for text in lines]


def test_every_vigilance_is_a_question_and_something_to_do() -> None:
    base = shipped_reader().base
    for id in base.logic.drawn["vigilance"]:
        entry = base.entry("vigilance", id)
        assert entry.title.endswith("?"), id
        assert re.fullmatch(r"[a-zâéè’]+re?\b[^?.]{,70}", entry.texts["action"]), id


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-zà-ÿœæ0-9]+", text.lower().replace("\u2019", " ").replace("'", " "))


def digest(words: list[str]) -> str:
    return blake2b(" ".join(words).encode(), digest_size=6).hexdigest()


def test_no_sentence_is_taken_from_the_note() -> None:
    """``runs_of_the_note.txt`` holds digests of every run of nine words of the note, which is not ours to copy."""
    listed = set((Path(__file__).parent / "runs_of_the_note.txt").read_text(encoding="ascii").split())
    assert len(listed) > 5000
    for text in french_texts():
        words = words_of(text)
        for start in range(len(words) - ORDINARY_WORDS + 1):
            run = words[start : start + ORDINARY_WORDS]
            assert digest(run) not in listed, " ".join(run)
