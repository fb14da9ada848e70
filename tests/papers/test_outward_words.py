"""What is told to go out of a base is what papers say of it: papers are written over marked texts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest

from conseil_dla.ground.words import ANSWERS_PLACE
from conseil_dla.papers.proposals import method_text
from conseil_dla.reading.confidentiality import Word, outward_words
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.model import Base, Dossier, Entry, Opinion, PaperField
from conseil_dla.rules.paper_fields import METHODS
from conseil_dla.rules.tables import Column, Structure
from conseil_dla.rules.truth import incoherences
from papers.making import DOSSIERS, files, kept_sentences, material, of, papers
from shipped import random_dossier, shipped_reader

BASE = shipped_reader().base
CODES = {"dans_les_papiers", "type", "theme", "modifiable", "a_demander", "profil", "interne", "apres_mois", "unite"}
"""Keys that are read for what they mean, not for their words."""
PLACED = {"dans_les_papiers", "apres_mois", "unite", "preparatoire", "reponses"}
"""Keys that papers follow without printing them as they are written."""
EVERY_METHOD = tuple({"facon": f"{kind}:{id}", "choix": "gardee"} for kind, id in BASE.texts
                     if method_text(BASE, f"{kind}:{id}"))  # fmt: skip
MARK = re.compile(r"mq(\d+)zq", re.IGNORECASE)


@cache
def marked() -> tuple[Base, tuple[Word, ...]]:
    """The shipped base with each text replaced by a number, and what each number stands for."""
    words: list[Word] = []

    def mark(kind: str, id: str, key: str) -> str:
        words.append((kind, id, key))
        return f"Mq{len(words) - 1}zq."

    def of_entry(entry: Entry) -> Entry:
        def text(key: str, written: str) -> str:
            there = mark(entry.kind, entry.id, key)
            return f"{ANSWERS_PLACE} {there}" if ANSWERS_PLACE in written else there

        texts = {key: written if key in CODES or not written else text(key, written)
                 for key, written in entry.texts.items()}  # fmt: skip
        under = "colonnes" if entry.kind == "rubrique" else "reponses"
        labels = {one: mark(entry.kind, entry.id, f"{under}.{one}") for one in entry.labels}
        return replace(entry, title=mark(entry.kind, entry.id, "titre"), texts=texts, labels=labels)

    def of_column(column: Column) -> Column:
        return replace(column, listed={code: mark("colonne", column.id, f"valeurs.{code}") for code in column.listed})

    def of_field(field: PaperField, labels: Mapping[str, str]) -> PaperField:
        return replace(field, columns=tuple(replace(one, title=labels[one.id]) for one in field.columns))

    texts = {name: of_entry(entry) for name, entry in BASE.texts.items()}
    fields = {id: of_field(field, texts["rubrique", id].labels) for id, field in BASE.fields.items()}
    columns = {id: of_column(column) for id, column in BASE.logic.columns.items()}
    return replace(BASE, texts=texts, fields=fields, logic=replace(BASE.logic, columns=columns)), tuple(words)


def dossiers(number: int) -> Iterator[Dossier]:
    chance = random.Random(11)
    formats = tuple(BASE.logic.formats)
    found = 0
    while found < number:
        kept = Opinion(format=chance.choice(formats)) if chance.random() < 0.5 else Opinion()
        cells = {id: _cell(column, chance) for id, column in BASE.logic.columns.items()}
        answers = random_dossier(BASE.logic, chance, chance.choice((0.4, 0.8, 1.0)))
        ways = chance.sample(EVERY_METHOD, len(EVERY_METHOD) // 2)
        paper = {METHODS: tuple(ways)}
        dossier = Dossier("", "x", answers, opinion=kept, structures=(Structure("y", cells),), paper=paper)
        if not incoherences(BASE.logic, known_answers(BASE.logic, dossier)):
            found += 1
            yield dossier


def _cell(column: Column, chance: random.Random) -> str | int:
    of = tuple(column.listed) or tuple(BASE.entry("colonne", column.id).labels)
    return chance.choice(of) if of else 3 if column.type == "nombre" else "z"


def said_in(number: int) -> set[Word]:
    base, words = marked()
    held = [*map(of, dossiers(number)), *map(material, DOSSIERS[:12])]
    marked_ones = (replace(each, base=base) for each in held)
    kept = (replace(each, dossier=replace(each.dossier, paper={**each.dossier.paper, **kept_sentences(each)}))
            for each in marked_ones)  # fmt: skip
    told = (files(paper) for each in kept for paper in papers(each))
    return {words[int(found)] for text in told for found in MARK.findall(text)}


@pytest.mark.parametrize("number", [40, pytest.param(200, marks=pytest.mark.lent)])
def test_papers_say_nothing_of_a_base_that_is_not_told_to_go_out(number: int) -> None:
    said, told = said_in(number), outward_words(BASE)
    assert said - set(told) == set()
    printed = {word for word in told if word[2] not in PLACED}
    assert {(kind, key.partition(".")[0]) for kind, _, key in printed} == {
        (kind, key.partition(".")[0]) for kind, _, key in said
    }
    assert len(printed - said) < (0.4 if number > 100 else 0.6) * len(printed)
