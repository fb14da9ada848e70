"""Views crossed, in words: what each sentence says, and the walls of paper, plain lines and JSON."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from conseil_dla.comparison import crossed_text
from conseil_dla.comparison.crossed import Crossed, QuestionViews, View, WholeView, cross
from conseil_dla.comparison.crossed_files import crossed_json, crossed_paper
from conseil_dla.comparison.crossed_text import FORMAT, PLACE, CrossedWords
from conseil_dla.papers.documents.plain import write as plainly
from conseil_dla.reading.conclusions import State
from conseil_dla.rules.kinds.precondition import PRECONDITION
from conseil_dla.rules.kinds.vigilance import VIGILANCE
from conseil_dla.rules.model import Base, Respondent
from crossing import BASE, LOGIC, NAMES, SILENT, several
from papers import test_wall
from papers.making import documents, files
from shipped import shipped_reader

READER = shipped_reader()
DAY = date(2026, 11, 26)
CHOICE = next(q for q in LOGIC.questions.values() if q.type == "choix" and not BASE.entry("question", q.id).internal)
LABELS = BASE.entry("question", CHOICE.id).labels
FORMATS = tuple(LOGIC.formats)
OUTER, INNER = (
    next(("vigilance", id) for id in LOGIC.ids("vigilance") if BASE.entry("vigilance", id).internal is internal)
    for internal in (False, True)
)


def seen(
    *formats: str, place: str = "", points: dict[tuple[str, ...], str] | None = None
) -> dict[tuple[str, ...], State]:
    """Formats shown, or open where there are several."""
    drawn = {name: State(detail=level) for name, level in (points or {}).items()}
    return {FORMAT: State(formats, "possible" if len(formats) > 1 else ""), PLACE: State((place,)), **drawn}


THEMES = {test_wall.bare(BASE.entry("question", id).texts["theme"]) for id in LOGIC.questions}


def leaks(text: str) -> list[str]:
    """Internal words, but for the themes under which questions that are not internal stand too."""
    return [words for words in test_wall.leaks(text) if words not in THEMES]


def words(*views: View, is_grounded: bool = True, base: Base = BASE) -> tuple[CrossedWords, QuestionViews]:
    one = QuestionViews(CHOICE.id, "differing", views)
    wholes = tuple(WholeView(name, view.seen) for view in views for name in view.names)
    names = tuple(name for view in views for name in view.names)
    return CrossedWords(base, Crossed(names, (one,), wholes, is_grounded, {})), one


def plain(*lines: str) -> str:
    return "\n".join(lines).replace("\u00a0", " ")


def title(format: str) -> str:
    text = BASE.title("format", format)
    return text[:1].lower() + text[1:]


def test_a_difference_that_moves_the_format_says_which_answer_gives_which() -> None:
    first, second = CHOICE.answers[:2]
    told, one = words(View(first, NAMES[:2], seen(FORMATS[0])), View(second, NAMES[2:3], seen(FORMATS[1])))
    assert plain(*told.views(one)).splitlines() == [
        f"« {LABELS[first]} » : {NAMES[0]} et {NAMES[1]}",
        f"« {LABELS[second]} » : {NAMES[2]}",
    ]
    assert plain(*told.effects(one)) == (
        f"Selon la réponse retenue, le format : avec « {LABELS[first]} », {title(FORMATS[0])} ; "
        f"avec « {LABELS[second]} », {title(FORMATS[1])}."
    )
    assert told.moves(one) == "le format"
    assert f"{title(FORMATS[0])} ({NAMES[0]} et {NAMES[1]})" in plain(*told.headlines)
    assert told.to_say == (told.question(one),)


def test_a_difference_without_effect_says_that_nothing_changes() -> None:
    told, one = words(*(View(answer, (name,), seen(FORMATS[0], place="x"))
                        for answer, name in zip(CHOICE.answers[:2], NAMES, strict=False)))  # fmt: skip
    assert plain(*told.effects(one)) == (
        f"Quelle que soit la réponse retenue, le format reste {title(FORMATS[0])}, et les autres points comparés ne "
        "changent pas."
    )
    assert told.moves(one) == ""
    assert told.to_say == ()
    assert [theme.questions for theme in told.group("differing")] == [(one,)]
    assert told.group("moving") == ()


def test_what_is_internal_is_told_by_its_kind_and_never_named() -> None:
    first, second = CHOICE.answers[:2]
    told, one = words(
        View(first, NAMES[:1], seen(FORMATS[0], place="a", points={OUTER: "avant", INNER: "pendant"})),
        View(second, NAMES[1:2], seen(FORMATS[0], place="b")),
    )
    text = plain(*told.effects(one))
    assert "La place du DLA et un point de vigilance interne en dépendent." in text
    assert plain(f"Point de vigilance « {BASE.title(*OUTER)} » : avec « {LABELS[first]} », à régler avant ; ") in text
    assert f"avec « {LABELS[second]} », pas établi." in text
    assert BASE.title(*INNER) not in text
    assert told.moves(one) == "la place du DLA et 2 vigilances"
    assert not leaks(text)


def test_one_of_a_kind_is_counted_in_the_gender_of_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    views = (View(CHOICE.answers[0], NAMES[:1], seen(FORMATS[0], points={INNER: "avant"})),
             View(CHOICE.answers[1], NAMES[1:2], seen(FORMATS[0])))  # fmt: skip
    whole = replace(VIGILANCE, words=replace(VIGILANCE.words, point=""))
    elided = replace(whole, the="l’échéance", feminine=True)
    for kind, said in (
        (VIGILANCE, "Un point de vigilance interne"),
        (whole, "Une vigilance interne"),
        (elided, "Une échéance interne"),
        (PRECONDITION, "Un préalable interne"),
    ):
        monkeypatch.setattr(crossed_text, "COMPARED", {"vigilance": kind})
        told, one = words(*views)
        assert f"{said} en dépend." in told.effects(one)


def test_an_internal_conclusion_is_not_named_even_where_rules_that_are_not_internal_draw_it() -> None:
    hidden = {**BASE.texts, OUTER: replace(BASE.entry(*OUTER), internal=True)}
    views = (View(CHOICE.answers[0], NAMES[:1], seen(FORMATS[0], points={OUTER: "avant"})),
             View(CHOICE.answers[1], NAMES[1:2], seen(FORMATS[0])))  # fmt: skip
    for base, is_named in ((BASE, True), (replace(BASE, texts=hidden), False)):
        told, one = words(*views, base=base)
        assert (BASE.title(*OUTER) in "".join(told.effects(one))) is is_named
        assert ("Un point de vigilance interne en dépend." in told.effects(one)) is not is_named


def test_an_answer_that_does_not_go_with_what_is_shared_is_said() -> None:
    first, second = CHOICE.answers[:2]
    told, one = words(View(first, NAMES[:1], seen(FORMATS[0])), View(second, NAMES[1:2], None))
    text = plain(*told.effects(one))
    assert f"« {LABELS[second]} » ne va pas avec les réponses communes : ce n’est pas essayé." in text
    assert f"Tout ce que dit {NAMES[1]} ne va pas avec les réponses communes" in plain(*told.headlines)
    told, one = words(View(first, NAMES[:1]), View(second, NAMES[1:2]), is_grounded=False)
    assert "aucune situation possible" in plain(*told.effects(one))
    assert "aucune situation possible" in plain(*told.headlines)


def test_who_does_not_know_is_told_apart_from_who_says_otherwise() -> None:
    first = CHOICE.answers[0]
    told, one = words(View(first, NAMES[:1], seen(FORMATS[0])), View(None, NAMES[1:2], seen(*FORMATS[:3])))
    assert [theme.questions for theme in told.group("partly")] == [(one,)]
    text = plain(*told.effects(one))
    assert f"avec « {LABELS[first]} », {title(FORMATS[0])} ; tant qu’on ne sait pas, encore ouvert entre " in text
    assert plain(*told.views(one)).splitlines()[1] == f"Ne sait pas encore : {NAMES[1]}"


@pytest.mark.parametrize(("number", "there"), [(0, "il n’y en a pas"), (1, NAMES[0])])
def test_what_is_missing_is_said(number: int, there: str) -> None:
    told = CrossedWords(BASE, Crossed(NAMES[:number], (), (), True, {}))
    assert "au moins deux personnes" in told.missing[0]
    assert there in told.missing[1]
    text = plainly(crossed_paper(told, "Un projet", DAY))
    assert "au moins deux personnes" in text
    assert json.loads(crossed_json(told, "x"))["manque"]


def test_with_names_hidden_people_have_a_number() -> None:
    crossed = cross(BASE, READER.conclude, several(random.Random(2)))
    hidden = CrossedWords(BASE, crossed, hides_names=True)
    text = plainly(crossed_paper(hidden, "", DAY))
    assert not [name for name in NAMES if name in text]
    assert all(f"Répondant·e {number}" in text for number in (1, 2, 3))


# --- walls ----------------------------------------------------------------------------------------------------------


@cache
def people(seed: int) -> tuple[Respondent, ...]:
    """Five who consent, one of the DLA among them, and one who does not."""
    return (*several(random.Random(seed), 5), SILENT)


@cache
def crossed(seed: int) -> CrossedWords:
    return CrossedWords(BASE, cross(BASE, READER.conclude, people(seed)))


SEEDS = range(3)


def test_there_is_something_behind_the_walls() -> None:
    """Internal answers were given, internal conclusions move, and there is much to look through."""
    for seed in SEEDS:
        internal = {id for one in people(seed) for id in one.answers if BASE.entry("question", id).internal}
        assert internal
    moved = {name for seed in SEEDS for one in crossed(seed).crossed.questions for name in one.moved}
    assert PLACE in moved
    assert any(name in BASE.texts and BASE.entry(*name).internal for name in moved)
    assert leaks(BASE.title(*INNER)), "a leak would be seen"


@pytest.mark.parametrize("seed", SEEDS)
def test_no_file_holds_an_internal_word_nor_who_does_not_consent(seed: int) -> None:
    made = crossed_paper(crossed(seed), "Un projet", DAY)
    text = files(made) + plainly(made) + (documents(made) if seed == 0 else "")
    assert leaks(text) == []
    assert SILENT.name.split()[1] not in text
    assert all(one.name in text for one in people(seed)[:-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_json_holds_no_internal_word_nor_id_nor_who_does_not_consent(seed: int) -> None:
    text = crossed_json(crossed(seed), "x")
    assert leaks(text) == []
    assert SILENT.name.split()[1] not in text
    ids = {id for (_, id), entry in BASE.texts.items() if entry.internal}
    strings = set(_strings(json.loads(text)))
    assert not [each for each in strings if ids & set(each.split(":"))]
    assert {one.question for one in crossed(seed).crossed.questions} <= strings


def _strings(data: object) -> list[str]:
    if isinstance(data, dict):
        return [*data, *(text for value in data.values() for text in _strings(value))]
    if isinstance(data, list):
        return [text for value in data for text in _strings(value)]
    return [data] if isinstance(data, str) else []


def test_a_name_obeys_nothing_and_becomes_no_markup() -> None:
    wild = "[b]Zoé\x1b[31m</p><script>\u202e"
    some = [replace(one, name=wild if not number else one.name) for number, one in enumerate(several(random.Random(1)))]
    made = crossed_paper(CrossedWords(BASE, cross(BASE, READER.conclude, some)), "", DAY)
    text = files(made) + plainly(made)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "<script>" not in files(made).split("</style>")[-1].split("\n#")[0]
