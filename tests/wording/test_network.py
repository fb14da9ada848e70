"""What the network saw is never shown as the note's, nor the note's as the network's, whatever rests on what.

Items of the shipped rules are taken at random and made to rest on an account that names them. Every account is at an
address of its own, and every claim has its own name: each one that is shown tells which item it was shown for.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.papers.wall import outward
from conseil_dla.papers.writing import OUTWARD
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.kinds import LISTED
from conseil_dla.rules.model import KINDS, Base, Entry, Observation
from conseil_dla.wording.json_text import reading_object
from conseil_dla.wording.outline import outline
from conseil_dla.wording.questionnaire import why_asked
from conseil_dla.wording.reading_sentences import why
from conseil_dla.wording.reasons import reason_text
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
ADDRESS = re.compile(r"https://vu\.exemple\.fr/(\w+)/(\w+)")
CLAIMS = re.compile(r"\(D’après ([^()]*)\)")
Name = tuple[str, str]
SHOWN = [name for name, entry in BASE.texts.items() if entry.sources or entry.observation or entry.pole_sources]
"""Items that rest on something."""


def account(name: Name) -> Observation:
    return Observation(f"Le récit de {name[1]}", "2031", "Ailleurs", f"https://vu.exemple.fr/{name[0]}/{name[1]}")


def on_the_network(entry: Entry) -> Entry:
    poles = len(entry.pole_sources)
    seen = account((entry.kind, entry.id))
    return replace(entry, sources=(), observation=seen, pole_sources=((),) * poles, pole_observations=(seen,) * poles,
                   status="interpretation" if entry.status == "interpretation" else "reseau")  # fmt: skip


def on_the_note(entry: Entry) -> Entry:
    claims = entry.sources or ("A1",)
    return replace(entry, sources=claims, observation=None, status="note")


def reader_of(seen: Iterable[Name]) -> Reader:
    """The shipped rules, these items resting on the network and every other on the note."""
    seen = frozenset(seen)
    texts = dict(BASE.texts)
    texts |= {name: (on_the_network if name in seen else on_the_note)(BASE.texts[name]) for name in SHOWN}
    reader = copy.copy(READER)
    reader.base = replace(BASE, texts=texts)
    return reader


def claims_in(text: str) -> set[str]:
    return {word for told in CLAIMS.findall(text) for word in re.findall(r"\b[A-HS]\d{1,2}\b", told)}


def accounts_in(text: str) -> set[Name]:
    return {(kind, id) for kind, id in ADDRESS.findall(text)}


def claims_of(base: Base, names: Iterable[Name]) -> set[str]:
    entries = [base.texts[name] for name in names if name in base.texts]
    return {claim for entry in entries for sources in (entry.sources, *entry.pole_sources) for claim in sources}


def seen_of(base: Base, names: Iterable[Name]) -> set[Name]:
    return {name for name in names if base.texts[name].observation is not None}


def rests_on(found: dict[str, Any], kind: str) -> list[Name]:
    """A conclusion and the rules that draw it."""
    return [(kind, found["id"]), *(("regle", rule) for rule in found.get("regles", ()))]


def assert_apart(reader: Reader, answers: dict[str, Any]) -> None:
    base, reading = reader.base, reader.read(answers)
    whole = Whole(base, reading)
    found = reading_object(whole, "x")
    for kind in LISTED:
        for one in found[kind.several]:
            names = rests_on(one, kind.word)
            assert set(one["source"]) == claims_of(base, names), one
            assert {accounts_in(each["adresse"]).pop() for each in one["reseau"]} == seen_of(base, names), one
    for section in outline(whole):
        for line in section.lines:
            assert not claims_in(line.text)
            for name in accounts_in(line.text):
                assert line.target == name or ("regle", "") < name < ("regle", "~"), line
    assert_told_apart(reader, reading)
    assert_asked_apart(base)
    assert_printed_apart(whole)


def assert_told_apart(reader: Reader, reading: Reading) -> None:
    base = reader.base
    for kind, id in [name for name in base.texts if name[0] in KINDS]:
        explanation = reader.explain(reading, kind, id)  # type: ignore[arg-type]
        text = " ".join(why(base, reading, explanation))
        told = {(kind, id), *(("axe", axis) for axis in explanation.axes), *rules_behind(explanation)}
        shown = accounts_in(text)
        assert shown <= seen_of(base, told), (kind, id)
        assert claims_in(text) <= claims_of(base, told - seen_of(base, told)), (kind, id)
        assert base.texts[kind, id].observation is None or (kind, id) in shown, (kind, id)
        assert text.count("d’après un seul récit") == len(ADDRESS.findall(text))
        for rule in rules_behind(explanation):
            if reason_text(base, rule[1]) in text:
                assert rule in shown or rule not in seen_of(base, told), (kind, id, rule)
        if kind == "tension" and (kind, id) in shown:
            assert len(ADDRESS.findall(text)) >= len(base.texts[kind, id].pole_titles), "each pole says its own"


def assert_asked_apart(base: Base) -> None:
    for id in base.logic.questions:
        text = " ".join(why_asked(base, id)[1])
        assert accounts_in(text) == seen_of(base, [("question", id)]), id
        assert bool(accounts_in(text)) is not any(claim in text for claim in claims_of(base, [("question", id)])), id


def assert_printed_apart(whole: Whole) -> None:
    """A paper that goes out cites nobody: neither the note nor the network."""
    for _, blocks in OUTWARD.values():
        said = repr(blocks(outward(whole)))
        assert not accounts_in(said)
        assert not claims_in(said)


def rules_behind(explanation: Any) -> set[Name]:
    axes = [account for some in explanation.axes.values() for account in some]
    accounts = [*explanation.accounts, *explanation.ruled_out_by, *axes]
    return {("regle", rule) for each in accounts for rule in (each.rule, *each.behind) if rule}


@pytest.mark.parametrize(("seed", "share"), [(1, 0.5), (2, 1.0)])
def test_what_rests_on_the_network_is_never_the_note_s(seed: int, share: float) -> None:
    chance = random.Random(seed)
    assert_apart(reader_of(name for name in SHOWN if chance.random() < share), random_dossier(BASE.logic, chance))


@pytest.mark.lent
@given(st.integers(0, 10**6), st.sampled_from((0.0, 0.1, 0.5, 0.9, 1.0)))
@settings(max_examples=20, deadline=None)
def test_the_same_for_many(seed: int, share: float) -> None:
    chance = random.Random(seed)
    reader = reader_of(name for name in SHOWN if chance.random() < share)
    assert_apart(reader, random_dossier(BASE.logic, chance, chance.random()))
