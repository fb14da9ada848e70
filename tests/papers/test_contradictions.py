"""No two sentences of a paper contradict each other: what cannot stand together is declared, and looked for."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers.store import load
from conseil_dla.papers.proposals import method_text, methods
from conseil_dla.papers.wall import outward
from conseil_dla.papers.writing import write
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier
from conseil_dla.rules.paper_fields import METHODS
from papers.making import OUTWARD, kept_sentences, material, of, texts
from shipped import CASES, ROOT, random_dossier, shipped_reader

BASE = shipped_reader().base
EVERY = tuple(f"{kind}:{id}" for kind, id in BASE.texts if method_text(BASE, f"{kind}:{id}"))


def words_of(name: str) -> str:
    """The sentence that a name of ``ne_va_pas_avec`` stands for."""
    question, _, answer = name.partition(".")
    return (
        method_text(BASE, name) if ":" in name else BASE.entry("question", question).texts.get(f"phrases.{answer}", "")
    )


PAIRS = tuple(
    (words_of(key), words_of(other))
    for key in EVERY
    for other in BASE.texts[(key.partition(":")[0], key.partition(":")[2])].apart
    if words_of(other)
)
"""Sentences that cannot stand together; an answer that papers do not tell keeps a way from being kept, no more."""


def all_kept(whole: Whole, keys: Iterable[str]) -> Whole:
    rows = tuple({"facon": key, "choix": "gardee"} for key in keys)
    return replace(
        whole, dossier=replace(whole.dossier, paper={**({METHODS: rows} if rows else {}), **kept_sentences(whole)})
    )


def contradictions(whole: Whole) -> Iterator[tuple[str, str]]:
    for model in OUTWARD:
        said = " ".join(texts(write(whole, model).blocks))
        yield from ((one, other) for one, other in PAIRS if one in said and other in said)


def test_each_sentence_that_is_declared_is_one_that_papers_say() -> None:
    """A pair with a sentence that no paper prints would guard nothing."""
    assert len(PAIRS) > 20
    assert all(one and other for one, other in PAIRS)


@pytest.mark.parametrize(
    "paths", [CASES, pytest.param(sorted((ROOT / "knowledge" / "essais").glob("*.yaml")), marks=pytest.mark.lent)]
)
def test_no_paper_of_a_case_or_a_trial_contradicts_itself_whatever_is_kept(paths: Iterable[Path]) -> None:
    for path in paths:
        whole = material(path) if path in CASES else of(load(path, BASE))
        assert not [*contradictions(all_kept(whole, EVERY))], path.stem


@pytest.mark.parametrize("number", [10, pytest.param(300, marks=pytest.mark.lent)])
def test_no_paper_of_a_random_dossier_contradicts_itself_whatever_is_kept(number: int) -> None:
    chance = random.Random(number)
    met = 0
    for _ in range(number):
        whole = of(Dossier("", "x", random_dossier(BASE.logic, chance, chance.choice((0.5, 0.8, 1.0)))))
        kept = all_kept(whole, chance.sample(EVERY, chance.randrange(1, len(EVERY))))
        assert not [*contradictions(kept)]
        written = {way.text for way in outward(kept).ways}
        refused = {
            method_text(BASE, row["facon"]) for row in kept.dossier.paper[METHODS] if isinstance(row, dict)
        } - written
        sheet = " ".join(texts(write(kept, "a-regler").blocks))
        assert all(text in sheet for text in refused), "what papers leave out is told to the officer"
        met += len(refused)
    assert met > number / 2


def test_what_would_contradict_is_not_proposed() -> None:
    for path in CASES:
        whole = material(path)
        proposed = [each.key for each in methods(whole)]
        assert [way.text for way in outward(all_kept(whole, proposed)).ways] == [each.text for each in methods(whole)]
