"""Whatever is printed of one reading, no sentence denies another: read as people read it, and as other tools do."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from conseil_dla.batch import result_rows
from conseil_dla.dossiers.store import load
from conseil_dla.ground.french import lowered, quoted, sentence
from conseil_dla.interview.questionnaire import Interview, progress
from conseil_dla.papers.writing import write
from conseil_dla.reading.moves import moves
from conseil_dla.reading.nearest import Nearest
from conseil_dla.reading.values import Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.model import LEVELS, Answers, Dossier
from conseil_dla.wording.advice import NUMBERS
from conseil_dla.wording.changes import STILL, change_lines
from conseil_dla.wording.glance import glance
from conseil_dla.wording.interview_text import moved_lines
from conseil_dla.wording.json_text import reading_json
from conseil_dla.wording.lines import Line, Section
from conseil_dla.wording.outline import MOMENTS, ONE_AT_LEAST, ONLY_STEPS, moment_text, outline, settled_text
from conseil_dla.wording.plain_text import reading_lines, reading_text
from conseil_dla.wording.prospects import remaining_text
from conseil_dla.wording.questionnaire import OVER, PASSED, progress_text
from conseil_dla.wording.reading_sentences import ASIDE, next_reason, why
from conseil_dla.wording.reasons import RULED_OUT
from conseil_dla.workshop.words.readings import NOTHING, moved_text
from papers.making import DOSSIERS, of, texts
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE, LOGIC = READER.base, READER.base.logic
LONG = 200
SETTLED = "ne dépend plus des réponses manquantes"
TURNING = re.compile(r"(\d+) questions? peu(?:t|vent) encore changer ([^.;]*)\.")
COUNTED = re.compile(
    r"^(?:et (?=\d+ autre)|(?=\d+ points? (?:sans rien d’établi|encore possible|pour d’autres formats)))(\d+)\b"
)
CONCLUDED = frozenset(
    "asked advised before formats place during mind check supports ways partners tensions".split()  # noqa: SIM905
)
"""Sections that tell what is concluded."""


@cache
def whole() -> tuple[Answers, ...]:
    return tuple(known_answers(LOGIC, load(path, BASE)) for path in DOSSIERS)


def dossiers(number: int, seed: int) -> Iterator[tuple[Dossier, random.Random]]:
    """Random ones, and cases and trials with answers taken away; some questions of each may be put off."""
    chance = random.Random(seed)
    for n in range(number):
        kept = chance.random()
        if n % 2:
            answers = random_dossier(LOGIC, chance, kept)
        else:
            answers = {id: value for id, value in chance.choice(whole()).items() if chance.random() < kept}
        off = chance.choice((0.0, 0.0, 0.5, 1.0))
        declined = frozenset(id for id in LOGIC.questions if id not in answers and chance.random() < off)
        yield Dossier("x", "Un projet", answers, declined=declined), chance


@pytest.mark.lent
@pytest.mark.parametrize("seed", range(10, 20))
def test_no_sentence_of_200_readings_denies_another(seed: int) -> None:
    for dossier, chance in dossiers(LONG // 10, seed):
        check(dossier, chance, ahead=True)


def check(dossier: Dossier, chance: random.Random, *, ahead: bool) -> None:
    whole = of(dossier, ahead=ahead)
    reading, near = whole.reading, whole.nearest
    sections = {section.key: section for section in outline(whole)}
    told = flat(reading_text(whole, width=9999))
    assert_questions(reading, dossier, told)
    assert_json(whole)
    assert_cells(reading, dossier)
    assert_formats(reading, sections, told)
    assert_before(reading, sections)
    assert_place(reading, told)
    assert_collected(reading, sections)
    assert_counts(reading, sections, told)
    assert_progress(reading, dossier)
    if near is not None:
        assert_nearest(near, sections["nearest"])
    assert_call_sheet(whole)
    for kind, id in chance.sample([(d.kind, d.id) for d in reading.drawn], min(3, len(reading.drawn))):
        assert_why(reading, kind, id)
    for id in LOGIC.formats:
        assert_why(reading, "format", id)
    if reading.answers:
        fewer = dict(reading.answers)
        del fewer[chance.choice(sorted(fewer))]
        assert_moved(reading, READER.read(fewer))


def flat(text: str) -> str:
    """On one line, every space the same."""
    return " ".join(text.split())


def certain(reading: Reading) -> dict[str, bool]:
    format, posture = reading.format, reading.posture
    return {
        "le format": bool(format.retained or format.tied),
        "votre place": bool(posture.retained or posture.nearest or posture.between),
    }


# --- what is left to ask ----------------------------------------------------------------------------------------------


def assert_questions(reading: Reading, dossier: Dossier, told: str) -> None:
    standing, sure = reading.standing, certain(reading)
    assert bool(standing.turning) != all(sure.values()), "what is certain is turned by nothing, and what is not by some"
    assert sorted((*standing.turning, *standing.refining, *standing.idle)) == sorted(reading.open_questions)
    wanted = {asked.question for asked in reading.to_ask if asked.purpose == "premier"}
    assert {*standing.turning, *standing.refining} | wanted == {asked.question for asked in reading.to_ask}
    found = TURNING.findall(told)
    assert [(int(number), what) for number, what in found] == (
        [(len(standing.turning), " ou ".join(name for name in sure if not sure[name]))] if standing.turning else []
    )
    assert flat(glance(BASE, reading).remaining) in told
    assert ("Plus rien à demander" in told) == (not reading.open_questions)
    assert ("La prochaine question" in told) == bool(reading.open_questions)
    for unless in (*reading.format.usual.unless, *reading.posture.usual.unless):
        assert unless.question in standing.turning or unless.question not in reading.open_questions
    asked = reading.next_question
    if asked is None:
        return
    reason = next_reason(BASE, reading)
    assert flat(reason) in told
    assert asked.question in reading.open_questions
    assert (ASIDE in reason) <= (not (reading.format.shown and reading.posture.shown))
    assert ("la dernière qui reste" in reason) <= (len(reading.open_questions) == 1)
    assert (asked.purpose in ("essentiel", "exception")) <= (asked.question in standing.turning)
    if asked.question in standing.idle:
        assert {one.question for one in reading.to_ask} <= dossier.declined
        assert asked.purpose == "reprise" or "sans plus rien changer à la lecture" in reason


def assert_progress(reading: Reading, dossier: Dossier) -> None:
    now = progress(LOGIC, Interview(dict(dossier.answers), dossier.declined), reading)
    said = progress_text(now)
    shown = bool(reading.format.shown and reading.posture.shown)
    asked = reading.next_question
    assert said.startswith(OVER) == shown
    assert said.startswith(PASSED) == (not shown and (asked is None or not asked.is_essential))
    assert ("rien ne le change plus" in said) <= all(certain(reading).values())


def assert_call_sheet(whole: Whole) -> None:
    """The paper for the meeting: the same headline, place and number of questions."""
    reading = whole.reading
    said = list(texts(tuple(write(whole, "appel").blocks)))
    boxes = sum(text == "Réponse" for text in said)
    asked = {asked.question for asked in reading.to_ask}
    put = [id for id in LOGIC.questions if any(t.startswith(BASE.entry("question", id).texts["libelle"]) for t in said)]
    more = [int(found[1]) for text in said if (found := re.match(r"Et (\d+) autres? questions?, moins", text))]
    assert (len(set(put) & asked) + sum(more)) >= len(asked)
    assert bool(boxes) == bool(asked)
    if SETTLED in " ".join(said):
        assert any(certain(reading).values())


# --- what other tools are told ----------------------------------------------------------------------------------------


def assert_json(whole: Whole) -> None:
    reading, sure = whole.reading, certain(whole.reading)
    found = json.loads(reading_json(whole, "x"))
    format, posture = found["format"], found["posture"]
    assert bool(format["retenu"] or format["ex_aequo"]) == sure["le format"]
    assert bool(posture["retenue"] or posture["entre"] or posture["plus_proche"]) == sure["votre place"]
    for one, several, certainly, possible in (
        ("retenu", "ex_aequo", format, format["possibles"]),
        ("retenue", "entre", posture, posture["possibles"]),
    ):
        usual = certainly["sauf_exception"]
        for each in (certainly, usual):
            assert {each[one]} - {None} | set(each[several]) <= set(possible)
        if certainly[one] or certainly[several]:
            assert not usual["sauf_si"]
        assert {id for unless in usual["sauf_si"] for id in unless["alors"]} <= set(possible)
    asked = {each["question"] for each in found["a_demander"]}
    assert set(reading.standing.turning) <= asked
    wanted = {each["question"] for each in found["a_demander"] if each["raison"] == "premier"}
    assert (asked - wanted).isdisjoint(found["sans_effet"])
    assert set(reading.standing.turning).isdisjoint(found["sans_effet_format_posture"])
    assert asked.isdisjoint({*found["sans_objet"], *reading.answers})


def assert_cells(reading: Reading, dossier: Dossier) -> None:
    cells = dict(zip(result_rows.COLUMNS, result_rows.Rows(BASE).read("x", "t", reading, LOGIC.questions), strict=True))
    shown, then = (set(filter(None, cells[name].split(" ; "))) for name in ("format", "ensuite"))
    sure = certain(reading)
    assert (cells["format_certitude"] == "certaine") == sure["le format"]
    assert (cells["posture_certitude"] == "certaine") == sure["votre place"]
    assert (cells["format_certitude"] == "encore ouvert") == (not shown)
    assert bool(then) <= any(LOGIC.formats[id].preparatory for id in shown)
    assert (cells["posture"] == "hors_note") == reading.posture.is_off_note
    levels = [set(filter(None, cells[f"vigilances_{level}"].split(" ; "))) for level in (*LEVELS, "possibles")]
    assert sum(map(len, levels)) == len(set().union(*levels)), "one vigilance stands in one column"


# --- the reading ------------------------------------------------------------------------------------------------------


def assert_formats(reading: Reading, sections: dict[str, Section], told: str) -> None:
    format = reading.format
    lines = sections["formats"].lines if "formats" in sections else ()
    out = {line.target[1] for line in lines if line.target and RULED_OUT in line.text}
    behind = {line.target[1] for line in lines if line.target and "(derrière" in line.text}
    play = {*format.shown, *format.possible, *format.after}
    assert out.isdisjoint(play)
    assert behind.isdisjoint({*format.shown, *format.possible})
    assert (
        f"choix reste ouvert entre {NUMBERS[len(format.possible)]} formats" in told
        or format.shown
        or (len(format.possible) == len(LOGIC.formats))
    )
    look = glance(BASE, reading)
    assert ("À ce stade" in look.headline) == (bool(format.shown) and not certain(reading)["le format"])
    assert (SETTLED in look.unless) <= certain(reading)["le format"]
    if number := re.match(r"(\d+) formats", look.unless):
        assert int(number[1]) == len(format.possible)
    if path := re.search(r"[Pp]eut-être : ([^·.]*)", told):
        later = {id for id in LOGIC.formats if lowered(BASE.title("format", id)) in path[1]}
        assert later.isdisjoint({*format.shown, *format.after})
        assert ", peut-être" in told, "said of later: what is ruled out today may come by then"


def assert_before(reading: Reading, sections: dict[str, Section]) -> None:
    lines = sections["before"].lines if "before" in sections else ()
    listed = [line for line in lines if line.target and not line.main and not line.indent]
    sure = [line for line in listed if ":" not in line.text or line.text == BASE.title(*line.target)]  # type: ignore[misc]
    first = lines[0].text if lines and lines[0].main else ""
    assert (first == MOMENTS["pret"]) <= (not listed)
    assert (first.startswith("À préparer")) <= bool(listed)
    assert (first == ONE_AT_LEAST) <= (not reading.to_settle)
    assert (first == ONLY_STEPS) <= (not reading.format.shown)
    if first.startswith("À ne pas lancer tel quel") and first != ONLY_STEPS:
        assert reading.format.shown
        named = [id for id in LOGIC.formats if lowered(BASE.title("format", id)) in first]
        assert named
        assert all(LOGIC.formats[id].preparatory and id in reading.format.possible for id in named)
    path = next((line.text for line in sections["advised"].lines if "à régler avant de lancer" in line.text), "")
    if path:
        number = re.search(r"les (\S+) points à régler", path)
        assert number
        assert number[1] in (NUMBERS[len(sure)] if len(sure) < len(NUMBERS) else str(len(sure)))


def assert_place(reading: Reading, told: str) -> None:
    shown, sure = reading.posture.shown, certain(reading)["votre place"]
    line = glance(BASE, reading).posture
    is_told = not reading.posture.is_off_note
    assert ("À ce stade" in line) == (bool(shown) and not sure and is_told)
    assert ("reste" in line) == (not shown)
    assert all(quoted(BASE.title("posture", id)) in line for id in shown)
    settled = [what for what, is_sure in certain(reading).items() if is_sure and (is_told or what != "votre place")]
    assert told.count(f"Cela {SETTLED}") == (len(settled) if reading.open_questions else 0)


def assert_collected(reading: Reading, sections: dict[str, Section]) -> None:
    """One point is certain, or to be checked, and stands under one title."""
    stands: dict[tuple[str, str], str] = {}
    for key in ("before", "during", "mind", "check"):
        for line in unfolded(sections[key].lines) if key in sections else ():
            if line.target and line.target[0] in ("vigilance", "prealable") and not (line.main or line.indent):
                drawn = next(d for d in reading.drawn if (d.kind, d.id) == line.target)
                is_doubted = key == "check" or line.text != settled_text(BASE, drawn)
                assert is_doubted == (drawn.certainty != "certaine")
                assert stands.setdefault(line.target, key) in (key, "before")
    for name, key in stands.items():
        assert key != "check" or next(d for d in reading.drawn if (d.kind, d.id) == name).certainty != "certaine"


def assert_counts(reading: Reading, sections: dict[str, Section], told: str) -> None:
    """What is counted is there."""
    for section in sections.values():
        for line in section.lines:
            if line.folded:
                number = COUNTED.match(line.text)
                assert number
                assert int(number[1]) == len(line.folded)
    told_of = {line.target for section in sections.values() for line in unfolded(section.lines)}
    concluded = {(drawn.kind, drawn.id) for drawn in reading.drawn} | {("facteur", each.id) for each in reading.factors}
    assert concluded <= told_of
    if "ask" in sections:
        lines = sections["ask"].lines
        more = [int(found[1]) for line in lines if (found := COUNTED.match(line.text))]
        assert sum(not line.main and bool(line.question) for line in lines) + sum(more) == len(reading.to_ask)
    assert len(re.findall(rf"{len(reading.answers)} réponse", told)) >= 1


def assert_nearest(near: Nearest, section: Section) -> None:
    """Under « En commun », two numbers are never set against one another as if they differed."""
    lead = ""
    for line in unfolded(section.lines):
        if line.indent == 1:
            lead = line.text
        elif line.indent == 2 and lead.startswith("En commun"):
            assert "chez vous, " not in line.text, line.text


def assert_why(reading: Reading, kind: str, id: str) -> None:
    found = READER.explain(reading, kind, id)  # type: ignore[arg-type]
    told = " ".join(why(BASE, reading, found))
    assert bool(found.could_change) == (found.status in ("possible", "sauf_exception")), (kind, id)
    assert ("Ce qui peut encore changer ce point" in told) == bool(found.could_change)
    if kind == "format":
        assert (sentence(RULED_OUT) in told) <= (id not in reading.format.possible)


# --- what moved -------------------------------------------------------------------------------------------------------


def assert_moved(before: Reading, after: Reading) -> None:
    told, sentence, found = change_lines(BASE, before, after), moved_text(BASE, before, after), moves(before, after)
    assert (told == (STILL,)) == (sentence == NOTHING) == found.is_still
    if found.is_still:
        assert concluded(before) == concluded(after)
        assert not moved_lines(BASE, before, after)
    ways = {id for id in LOGIC.formats if (id in before.format.possible) != (id in after.format.possible)}
    assert {*found.closed, *found.opened} == ways
    if ways:
        assert any("possible" in line for line in told)
    watched = [{(d.kind, d.id) for d in each.drawn if d.kind == "vigilance" and d.certainty == "certaine"}
               for each in (before, after)]  # fmt: skip
    gone = {*found.went, *found.less_sure}
    assert watched[0] - watched[1] <= gone
    assert bool(gone) == any("applique" in line or "plus sûr" in line for line in told)


def concluded(reading: Reading) -> list[str]:
    """Every line of what is concluded; whether an answer is missing at all is no conclusion."""
    sections = outline(Whole(BASE, reading))
    lines = [line for section in sections if section.key in CONCLUDED for line in section.lines if not line.is_count]
    lines = [each for line in lines for each in unfolded((line,))]
    return [line.text for line in lines if SETTLED not in line.text and not line.text.startswith("D’après toutes")]


def unfolded(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield from unfolded(line.folded) if line.folded else (line,)


def test_the_lines_to_be_heard_say_what_the_page_says() -> None:
    for dossier, _ in dossiers(6, seed=9):
        whole = Whole(BASE, of(dossier).reading, dossier)
        heard = " ".join(reading_lines(whole))
        page = reading_text(whole, width=9999)
        assert TURNING.findall(heard) == TURNING.findall(page)


def test_while_formats_are_open_no_one_of_them_is_told_as_the_step_that_comes_first() -> None:
    reading = READER.read({})
    steps = tuple(id for id, format in LOGIC.formats.items() if format.preparatory)
    open_ones = replace(reading.format, possible=steps, first=steps)
    assert moment_text(BASE, replace(reading, format=open_ones, moment="pas_tel_quel")) == ONLY_STEPS


def test_what_is_left_to_ask_is_counted_once_and_agrees() -> None:
    reading = READER.read(random_dossier(LOGIC, random.Random(0), 0.9))
    for open_ones, refining, told in (
        (1, 1, "de la question qui reste ; elle peut encore changer le reste"),
        (5, 5, "des 5 questions qui restent ; elles peuvent encore"),
        (5, 1, "des 5 questions qui restent ; l’une d’elles peut encore"),
        (5, 2, "des 5 questions qui restent ; 2 d’entre elles peuvent encore"),
        (1, 0, "de la question qui reste ; elle garde son intérêt"),
        (3, 0, "des 3 questions qui restent ; elles gardent leur intérêt"),
    ):
        ids = tuple(LOGIC.questions)[:open_ones]
        left = replace(reading, open_questions=ids, without_effect_on_outcome=ids, without_effect=ids[refining:])
        assert told in remaining_text(left).replace("\u00a0", " ")
