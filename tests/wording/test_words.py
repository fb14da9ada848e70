"""What users read: French, well set, plain, never judging, and the same words wherever they are shown."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from conseil_dla.dossiers.store import load
from conseil_dla.ground.french import harmless, listed, lowered, sentence, spaced
from conseil_dla.reading.values import Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import KINDS, Dossier
from conseil_dla.wording.glance import glance
from conseil_dla.wording.lines import Line
from conseil_dla.wording.outline import outline
from conseil_dla.wording.plain_text import reading_text
from conseil_dla.wording.prospects import at_a_glance
from conseil_dla.wording.reading_sentences import next_reason, why
from shipped import CASES, random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
JUDGING = ("opportunis", "immatur", "incompéten", "précarité des acteurs", "facteurs manquants", "score", "%")


@cache
def readings() -> tuple[Reading, ...]:
    chance = random.Random(3)
    shares = (0.0, 0.2, 0.5, 0.8, 1.0)
    answers = [random_dossier(BASE.logic, chance, share) for share in shares for _ in range(6)]
    answers += [dict(load(path, BASE).answers) for path in CASES]
    return tuple(READER.read(each) for each in answers)


@cache
def shown() -> tuple[str, ...]:
    """Everything that the random readings and the cases show, explanations of every conclusion included."""
    texts: list[str] = []
    asking = Dossier("", "", {}, demand="un poste", heard="autre chose")
    for n, reading in enumerate(readings()):
        ahead = READER.prospects(reading)
        for section in outline(Whole(BASE, reading, asking, ahead)):
            texts += [section.title, *(line.text for line in section.lines)]
        look = glance(BASE, reading)
        texts += at_a_glance(BASE, ahead)
        texts += [look.headline, look.unless, look.posture, look.remaining, *(line.text for line in look.vigilances)]
        if reading.next_question:
            texts.append(next_reason(BASE, reading))
        for kind, id in list(BASE.texts)[n % 3 :: 3]:
            if kind in KINDS:
                texts += why(BASE, reading, READER.explain(reading, kind, id))  # type: ignore[arg-type]
    return tuple(texts)


def test_no_id_is_shown() -> None:
    for text in shown():
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", text), text


def test_french_spaces_and_apostrophes_are_right() -> None:
    for text in shown():
        assert not re.search(r"\w [;:?!»]|« \w", text), text
        assert not re.search(r"\w'\w", text), text
        assert "  " not in text, text


def test_double_stops_and_unfinished_sentences_are_not_shown() -> None:
    for text in shown():
        assert not re.search(r"[^.]\.\.(?!\.)|[?!]\.|\.\s*;|None|\(\)|« »", text), text


def test_nobody_is_judged() -> None:
    for text in shown():
        assert not any(word in text.lower() for word in JUDGING), text


def test_no_english_is_shown() -> None:
    english = re.compile(r"\b(the|and|with|question is|none|true|false|why|unless|possible formats)\b")
    for text in shown():
        assert not english.search(text), text


def test_every_line_that_speaks_of_a_conclusion_can_be_explained() -> None:
    for reading in readings():
        lines: list[Line] = [line for s in outline(Whole(BASE, reading)) for line in s.lines]
        assert any(line.target for line in lines)
        for line in lines:
            if line.target:
                assert why(BASE, reading, READER.explain(reading, *line.target))
            if line.question:
                assert line.question in BASE.logic.questions


def test_a_certain_conclusion_gives_its_reason_its_answers_and_its_source() -> None:
    explained = 0
    for path in CASES:
        reading = READER.read(load(path, BASE).answers)
        for drawn in reading.drawn:
            if drawn.certainty != "certaine" or drawn.kind == "tension":
                continue
            told = " ".join(why(BASE, reading, READER.explain(reading, drawn.kind, drawn.id)))
            rule = drawn.rules[0]
            assert BASE.entry("regle", rule).texts["parce_que"].rstrip(".") in told
            assert "D’après vos réponses" in told
            assert all(claim in told for claim in BASE.entry("regle", rule).sources)
            explained += 1
    assert explained > 5


def test_what_is_not_drawn_says_what_was_missing() -> None:
    missing = 0
    for reading in readings()[-10:]:
        listed_ids = {(d.kind, d.id) for d in reading.drawn}
        for id in BASE.logic.ids("vigilance"):
            if ("vigilance", id) not in listed_ids:
                told = " ".join(why(BASE, reading, READER.explain(reading, "vigilance", id)))
                assert "les réponses n’y conduisent pas" in told
                assert "il faudrait" in told.lower() or "sans objet" in told, told
                missing += 1
    assert missing


def test_a_format_behind_says_at_which_force_and_by_which_reasons() -> None:
    for path in CASES:
        reading = READER.read(load(path, BASE).answers)
        for id in BASE.logic.formats:
            told = " ".join(why(BASE, reading, READER.explain(reading, "format", id)))
            if id not in reading.format.possible:
                assert "passe devant" in told or "Écarté en l’état, par définition" in told, (id, told)


def test_untrusted_text_is_harmless() -> None:
    hostile = "\x1b[31mrouge\x07\u202e [bold]x[/bold]"
    dossier = load(CASES[0], BASE)
    from dataclasses import replace  # noqa: PLC0415

    text = reading_text(Whole(BASE, readings()[0], replace(dossier, title=hostile, demand=hostile, heard=hostile)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert "[bold]x[/bold]" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un poste", "un poste"),
        ("DRAC et Ville", "DRAC et Ville"),
        ("À deux", "à deux"),
        ("", ""),
        ("C’est dit", "c’est dit"),
    ],
)
def test_a_title_follows_in_a_sentence(text: str, expected: str) -> None:
    assert lowered(text) == expected


def test_small_grammar() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "ou") == "a, b ou c"
    assert sentence("à deux") == "À deux."
    assert sentence("vraiment ?") == "Vraiment ?"
    assert spaced("« a » : b ?") == "«\u00a0a\u00a0»\u00a0: b\u00a0?"
    assert harmless("a\nb") == "a b"
    assert harmless("a\nb", keep_lines=True) == "a\nb"
