"""Nothing internal goes out: neither ids nor words, and what is named outside hangs on no internal answer."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from conseil_dla.ground.words import fold
from conseil_dla.papers import wall, writing
from conseil_dla.papers.proposals import method_text, methods
from conseil_dla.papers.wall import Inner, outward
from conseil_dla.papers.writing import write
from conseil_dla.reading.values import FactorReading
from conseil_dla.rules.model import Answers, Base, Dossier, Opinion
from conseil_dla.rules.paper_fields import METHODS
from papers.making import DOSSIERS, OUTWARD, documents, files, of, papers, texts, unwritten
from shipped import random_dossier, shipped_reader

BASE = shipped_reader().base
LETS_OUT = {"en_methode", "source", "type", "theme", "modifiable", "a_demander", "profil", "interne", "a_relire"}
"""Keys of an internal item that are no words of it, and the one wording that is made to go out."""
OF_POSTURES = ("facilitateur", "aiguilleur", "revelateur", "en empathie", "posture", "empathie")
SHORTEST = 2
"""Words that a wording needs, to be told from ordinary French."""


def bare(text: str) -> str:
    """Words alone, folded, with a space on both sides."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text).replace('_', ' ')))} "


@cache
def internal_words(base: Base = BASE) -> tuple[str, ...]:
    """Every id and wording of internal items, but for those that an item which may go out has too."""
    inner, outer = set(), []
    for (kind, id), entry in base.texts.items():
        said = {entry.title, *entry.labels.values(), *entry.pole_titles}
        said |= {text for key, text in entry.texts.items() if key not in LETS_OUT}
        hidden = entry.internal or kind in wall.NEVER_OUT
        if hidden:
            inner |= {bare(part) for text in said for part in (text, *re.split(r"[.;:?«»]", text))}
            inner |= {bare(id)} if "_" in id else set()
            inner |= {bare(label) for label in entry.labels if "_" in label}
        else:
            outer += [*said, entry.texts.get("en_methode", "")]
        outer += [entry.texts.get("en_methode", "")]
    there = " ".join(map(bare, outer))
    kept = {words for words in inner if len(words.split()) >= SHORTEST and words not in there}
    return tuple(sorted(kept | set(map(bare, OF_POSTURES))))


def leaks(text: str) -> list[str]:
    found = bare(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))
    return [words for words in internal_words() if words in found]


def test_there_is_much_to_look_for() -> None:
    assert len(internal_words()) > 250
    assert any("aide depend de cette solution" in words for words in internal_words())


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_no_outward_paper_holds_an_internal_word(path: Path) -> None:
    for paper in papers(unwritten(path)):
        assert leaks(files(paper)) == [], paper.subtitle


FULL = [path for path in DOSSIERS if not path.stem.startswith("limite_")]
"""Trials at the limits of rules answer so little that their internal papers may hold nothing to be found."""


@pytest.mark.parametrize(
    "path", [*FULL[:2], *(pytest.param(path, marks=pytest.mark.lent) for path in FULL[2:])],
    ids=lambda path: path.stem,
)  # fmt: skip
def test_no_outward_document_holds_an_internal_word(path: Path) -> None:
    """Word and ODT: texts, attributes, names of parts and what the file says of itself; and no picture."""
    for paper in papers(unwritten(path)):
        said = documents(paper)
        assert leaks(said) == [], paper.subtitle
        assert not re.search(r"\.png|conseil.dla|docx\b|odfdo|LibreOffice", said, re.IGNORECASE), paper.subtitle


@pytest.mark.parametrize("path", FULL[:2], ids=lambda path: path.stem)
def test_the_same_search_finds_what_internal_documents_hold(path: Path) -> None:
    for model in OUTWARD:
        assert leaks(documents(write(unwritten(path), model, internal=True))), model


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_the_same_search_finds_what_internal_papers_hold(path: Path) -> None:
    """The search is no blind one: each internal version of the same papers is full of what it looks for."""
    for model in OUTWARD:
        assert leaks(files(write(unwritten(path), model, internal=True))), model


def test_what_the_officer_hears_notes_and_accepts_stays_inside() -> None:
    """Each of these texts stands in the internal version, and in no outward one."""
    inner = {"heard": "Alizarine", "notes": {"": "Bistre", next(iter(BASE.logic.questions)): "Cinabre"},
             "opinion": Opinion(accepts="Garance", why="Ponceau"), "experience": "Vermeil"}  # fmt: skip
    held = of(replace(unwritten(DOSSIERS[0]).dossier, **inner))  # type: ignore[arg-type]
    for paper in papers(held):
        assert not re.search("Alizarine|Bistre|Cinabre|Garance|Ponceau|Vermeil", files(paper))
    for model in OUTWARD:
        said = files(write(held, model, internal=True))
        assert all(word in said for word in ("Alizarine", "Bistre", "Cinabre", "Garance", "Ponceau"))


def test_the_texts_of_the_officer_are_cut_out_rather_than_left_unprinted() -> None:
    texts_of = {"heard": "Alizarine", "notes": {"": "Bistre"}, "opinion": Opinion(posture="Cinabre", accepts="Garance")}
    held = of(replace(unwritten(DOSSIERS[0]).dossier, path="Vermeil", **texts_of))  # type: ignore[arg-type]
    assert not re.search("Alizarine|Bistre|Cinabre|Garance|Vermeil", repr(outward(held).dossier))


def test_a_support_that_rests_on_an_internal_answer_stays_inside_even_when_it_does_not_say_so() -> None:
    inner = Inner(BASE)
    resting = [id for id, factor in BASE.logic.factors.items() if inner.rests_on(factor.present_if)]
    assert resting
    key = ("facteur", resting[0])
    opened = replace(BASE, texts={**BASE.texts, key: replace(BASE.texts[key], internal=False)})
    held = unwritten(DOSSIERS[0])
    reading = replace(held.reading, factors=(FactorReading(resting[0], "present", (), ()),))
    assert outward(replace(held, base=opened, reading=reading)).reading.factors == ()


def test_a_breach_in_the_wall_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the wall open, the same papers leak: what keeps them clean is the wall and nothing else."""
    monkeypatch.setattr(Inner, "without_texts", lambda self: self.base)
    monkeypatch.setattr(wall, "_said", lambda base, id, value: base.title("question", id))
    monkeypatch.setattr(wall, "_reading", lambda inner, reading: reading)
    texts_of = BASE.entry
    monkeypatch.setattr(
        wall.Outward, "told", lambda self, *parts: tuple(texts_of("question", id).title for id in self.reading.answers)
    )
    assert any(leaks(files(paper)) for path in DOSSIERS[:6] for paper in papers(unwritten(path)))


EVERY_METHOD = tuple({"facon": f"{kind}:{id}", "choix": "gardee"} for kind, id in BASE.texts
                     if method_text(BASE, f"{kind}:{id}"))  # fmt: skip


@pytest.mark.parametrize("number", [20, pytest.param(300, marks=pytest.mark.lent)])
def test_internal_answers_change_no_paper(number: int) -> None:
    """With one form kept, papers are the same whatever internal questions are answered, or not answered at all."""
    hidden = Inner(BASE).questions
    chance = random.Random(number)
    said = 0
    for _ in range(number):
        kept = Opinion(format=chance.choice(tuple(BASE.logic.formats)))
        ways = tuple(chance.sample(EVERY_METHOD, chance.randrange(1, len(EVERY_METHOD))))
        answers = random_dossier(BASE.logic, chance, chance.choice((0.5, 0.8, 1.0)))
        bare = {id: value for id, value in answers.items() if id not in hidden}
        others = random_dossier(BASE.logic, chance)
        changed = {**bare, **{id: value for id, value in others.items() if id in hidden}}
        one, *more = (
            _told(outward(of(Dossier("", "x", each, opinion=kept, paper={METHODS: ways}))))
            for each in (bare, answers, changed)
        )
        assert all(other == one for other in more)
        said += sum(map(len, one))  # type: ignore[arg-type]
    assert said > 50 * number


def test_an_internal_answer_alone_changes_no_paper_but_that_of_another_form() -> None:
    """Nothing is kept: each is changed, then taken away; papers differ only where they name another form."""
    hidden = sorted(Inner(BASE).questions)
    chance = random.Random(4)
    alike = 0
    for _ in range(2):
        dossier = Dossier("", "x", random_dossier(BASE.logic, chance, chance.choice((0.8, 1.0))))
        before = outward(of(dossier))
        told = _told(before)
        for id in hidden:
            for changed in _otherwise(dossier.answers, id, chance):
                after = outward(of(replace(dossier, answers=changed)))
                if after.formats == before.formats:
                    assert _told(after) == told, (id, dossier.answers.get(id), changed.get(id))
                    alike += 1
    assert alike > len(hidden)


def _otherwise(answers: Answers, id: str, chance: random.Random) -> Iterator[Answers]:
    question = BASE.logic.questions[id]
    rest = {one: value for one, value in answers.items() if one != id}
    if id in answers:
        yield rest
    if question.type == "plusieurs":
        yield {**rest, id: frozenset({chance.choice(question.answers)})}
    elif question.answers:
        yield {**rest, id: chance.choice([each for each in question.answers if each != answers.get(id)])}


def _told(out: wall.Outward) -> tuple[object, ...]:
    return tuple(tuple(blocks(out)) for _, blocks in writing.OUTWARD.values())


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in BASE.texts} - {"format"}))
def test_an_item_made_internal_stops_no_paper(kind: str) -> None:
    """Whatever is internal is left out. A format cannot be: papers name the one that they propose."""
    for number, name in enumerate(BASE.texts):
        if name[0] == kind and number % 5 == 0:
            entry = replace(BASE.texts[name], internal=True)
            held = replace(
                unwritten(DOSSIERS[number % len(DOSSIERS)]), base=replace(BASE, texts={**BASE.texts, name: entry})
            )
            assert all(paper.blocks for paper in papers(held))


def test_an_internal_vigilance_goes_out_only_as_a_method_that_is_kept_without_its_title() -> None:
    seen = 0
    for path in DOSSIERS:
        held = unwritten(path)
        none = replace(held, dossier=replace(held.dossier, paper={}))
        for each in methods(held):
            kind, _, id = each.key.partition(":")
            if BASE.entry(kind, id).internal:
                with_it, without = (
                    " ".join(" ".join(texts(paper.blocks)) for paper in papers(one)) for one in (held, none)
                )
                assert each.text in with_it, each.key
                assert each.text not in without, each.key
                assert BASE.title(kind, id) not in with_it, each.key
                seen += 1
    assert seen > 10
