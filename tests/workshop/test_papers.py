"""The papers of a workshop: made from the rules, giving nothing away to the room, and everything to who leads it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from conseil_dla.dossiers.store import load, load_cases, load_scenarios
from conseil_dla.ground.french import lowered, spaced, typeset
from conseil_dla.interview.questionnaire import MOST
from conseil_dla.papers.blocks import Ballot, Block, Bullets, CompassPicture, Grid, Heading, Paper
from conseil_dla.papers.documents.kinds import STYLED, SUFFIXES, styled, written
from conseil_dla.reading.values import Prospects
from conseil_dla.rules.model import Dossier, Opinion, Value
from conseil_dla.rules.plans import MOMENT_NAMES, MOMENTS
from conseil_dla.rules.truth import questions_read
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.outline import settled_text
from conseil_dla.wording.questionnaire import UNKNOWN_TEXT
from conseil_dla.workshop.papers import facilitator_sheet, printed
from conseil_dla.workshop.papers.facilitator_sheet import (
    FICTION,
    MOST_BEFORE,
    MOST_HELD,
    OWN,
    REPORTED,
    Scenario,
    sheet,
)
from conseil_dla.workshop.papers.printed import plan, plans, questionnaire
from conseil_dla.workshop.rehearsal import Rehearsal, rehearse
from english import english_in
from papers.documents.test_styled_files import words_of
from papers.documents.test_text_files import HOSTILE, kinds, page
from papers.making import filled_with, members, template, texts
from shipped import CASES, ROOT, shipped_reader

READER = shipped_reader()
BASE = READER.base
LOGIC = BASE.logic
FICTIONS = load_scenarios(BASE)
NO_ADVICE = ("format", "vigilance", "facteur", "modalite", "partenaire", "prealable", "tension", "motif")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@cache
def essentials() -> tuple[str, ...]:
    return READER.essentials(MOST).ids


def made(dossier: Dossier) -> Paper:
    return sheet(BASE, scenario(dossier))


def scenario(dossier: Dossier) -> Scenario:
    reading = READER.read_dossier(dossier)
    rehearsal, prospects = ahead(frozenset(dossier.answers.items()))
    return Scenario(dossier, reading, prospects, rehearsal, essentials())


@cache
def ahead(answers: frozenset[tuple[str, Value]]) -> tuple[Rehearsal, Prospects]:
    """Tests play the same answers many times under other words."""
    reading = READER.read(dict(answers))
    return rehearse(READER, reading, essentials(), MOST), READER.prospects(reading)


def said(paper: Paper) -> str:
    return "\n".join((paper.title, paper.subtitle, *texts(paper.blocks), paper.footer))


def part(paper: Paper, title: str) -> tuple[Block, ...]:
    """The blocks under a heading of the first level."""
    found = [n for n, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.level == 1]
    start = next(n for n in found if getattr(paper.blocks[n], "text", "") == spaced(title))
    end = next((n for n in found if n > start), len(paper.blocks))
    return paper.blocks[start + 1 : end]


# --- the questionnaire ----------------------------------------------------------------------------------------------


def test_the_questionnaire_asks_what_the_rules_make_it_ask_with_every_option() -> None:
    ballots = [block for block in questionnaire(BASE, essentials()).blocks if isinstance(block, Ballot)]
    assert len(ballots) == len(essentials()) == MOST
    for number, (id, ballot) in enumerate(zip(essentials(), ballots, strict=True), 1):
        assert ballot.question.replace("\u00a0", " ") == f"{number}. {question_text(BASE, id)}".replace("\u00a0", " ")
        labels = BASE.entry("question", id).labels
        assert ballot.options == (*(spaced(labels[a]) for a in LOGIC.questions[id].answers), UNKNOWN_TEXT)


def test_any_question_can_be_put_on_paper_with_when_and_how_to_answer() -> None:
    order = tuple(LOGIC.questions)
    ballots = [block for block in questionnaire(BASE, order).blocks if isinstance(block, Ballot)]
    conditional = 0
    for id, ballot in zip(LOGIC.questions, ballots, strict=True):
        question = LOGIC.questions[id]
        assert (printed.SEVERAL in ballot.note) is (question.type == "plusieurs")
        if question.type == "nombre":
            assert printed.TO_WRITE in ballot.options[0]
        if question.asked_if is None:
            assert "eulement si" not in ballot.note
            continue
        conditional += 1
        assert ballot.note.startswith("Seulement si ")
        told = ballot.note.replace("\u00a0", " ")
        for read in questions_read(question.asked_if):
            named = lowered(BASE.title("question", read))
            assert named in told or f"à la question {order.index(read) + 1}, « " in told, id
    assert conditional >= 5


def test_the_questionnaire_gives_nothing_away() -> None:
    told = said(questionnaire(BASE, essentials())).replace("\u00a0", " ")
    for (kind, id), entry in BASE.texts.items():
        if kind in NO_ADVICE:
            assert entry.title not in told, (kind, id)
        if kind == "posture":
            assert not any(text in told for text in entry.texts.values() if len(text) > 20), id
    for id in LOGIC.postures:
        assert BASE.title("posture", id) in told, "the blank compass names its quadrants"


def test_the_compass_of_the_questionnaire_is_blank_with_its_names_and_ends() -> None:
    (compass,) = (b for b in questionnaire(BASE, essentials()).blocks if isinstance(b, CompassPicture))
    assert compass.blank
    drawn = written(Paper("t", "s", (compass,)), ".html").data.decode()
    assert "url(#hatch)" not in drawn
    assert "<circle" not in drawn
    for axis in LOGIC.axes:
        ends = BASE.entry("axe", axis).texts
        assert {ends["negatif"], ends["positif"]} <= {compass.up.negative, compass.up.positive,
                                                      compass.across.negative, compass.across.positive}  # fmt: skip
    assert (
        written(Paper("t", "s", (compass,)), ".docx", template(".docx")).data
        != written(Paper("t", "s", (replace(compass, blank=False),)), ".docx", template(".docx")).data
    )


def test_there_is_room_for_words_on_the_second_side() -> None:
    blocks = questionnaire(BASE, essentials()).blocks
    side = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.apart)
    assert all(not isinstance(block, Ballot) for block in blocks[side:])
    rooms = [block for block in blocks[side:] if isinstance(block, Grid)]
    assert rooms[0].titles == printed.KEPT
    assert rooms[0].room > 3
    assert not any(cell for room in rooms for row in room.rows for cell in row)


@pytest.mark.parametrize("suffix", STYLED)
def test_ballots_keep_their_words_in_documents(suffix: str) -> None:
    paper = questionnaire(BASE, essentials())
    data = b"".join(members(paper, suffix).values()).decode("utf-8", "replace")
    text = re.sub(r"<[^>]*>", "\n", data)
    for word in words_of(paper):
        assert word in text.replace("&amp;", "&"), word


# --- the plan -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", BASE.plans, ids=lambda chosen: chosen.id)
def test_a_plan_page_counts_from_its_start_and_says_everything(chosen: object) -> None:
    the_plan = next(each for each in BASE.plans if each is chosen)
    paper = plan(BASE, the_plan)
    (times,) = (block for block in paper.blocks if isinstance(block, Grid))
    ends = [tuple(map(int, row[0].split(" à "))) for row in times.rows]
    assert ends[0][0] == 0
    assert ends[-1][1] == the_plan.minutes
    assert all(before[1] == after[0] for before, after in pairwise(ends))
    for row, step in zip(times.rows, the_plan.steps, strict=True):
        assert (row[2], row[3]) == (typeset(step.what), typeset(step.say))
        assert step.title in row[1]
        assert MOMENT_NAMES[step.moment].rstrip("…") in row[1]
    boxes = [block for block in paper.blocks if isinstance(block, Bullets) and block.boxes]
    assert boxes[0].items == tuple(typeset(text) for text in the_plan.prepare)
    assert "la nôtre" in said(paper)


def test_all_plans_stand_in_one_paper_each_on_its_own_page() -> None:
    paper = plans(BASE, BASE.plans)
    heads = [block for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    assert [head.text for head in heads] == [each.title for each in BASE.plans]
    assert [head.apart for head in heads] == [False, True, True]


def test_every_moment_has_a_name() -> None:
    assert tuple(MOMENT_NAMES) == MOMENTS


# --- the sheet of a scenario ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dossier", [*FICTIONS[::2], *load_cases(BASE)[::5]], ids=lambda dossier: Path(dossier.path).stem
)
def test_a_sheet_says_what_its_reading_says(dossier: Dossier) -> None:
    seen = scenario(dossier)
    paper = sheet(BASE, seen)
    told = said(paper).replace("\u00a0", " ")
    assert english_in(told) == set()
    assert "Pour l’animation" in paper.footer
    assert dossier.title.replace("\u00a0", " ") in told
    (questions,) = (block for block in part(paper, "Les questions") if isinstance(block, Grid))
    asked = dict.fromkeys((*seen.rehearsal.asked, *essentials()))
    assert [row[2].replace("\u00a0", " ") for row in questions.rows] == [
        question_text(BASE, id).replace("\u00a0", " ") for id in asked
    ]
    lines = next((b.items for b in part(paper, "Si la salle répond autrement") if isinstance(b, Bullets)), ())
    assert len(lines) == min(len(seen.rehearsal.otherwise), facilitator_sheet.MOST)
    for line, one in zip(lines, facilitator_sheet.chosen(seen.rehearsal.otherwise), strict=True):
        names = [BASE.title("posture", id) for id in one.postures or ()]
        names += [lowered(BASE.title("format", id)) for id in one.formats or ()]
        assert all(name in line for name in (*names, BASE.title("question", one.question)))
    held = [BASE.entry("tension", drawn.id) for drawn in seen.reading.drawn_of("tension")
            if drawn.certainty == "certaine"]  # fmt: skip
    for number, entry in enumerate(held):
        there = [entry.title in told, *(pole in told for pole in entry.pole_titles)]
        assert there == [number < MOST_HELD] * len(there)
    left = re.search(r"Et (\d+) autres?, à l’écran", told)
    assert (int(left[1]) if left else 0) == max(0, len(held) - MOST_HELD)
    reading = said(Paper("", "", part(paper, "Ce que dit la lecture"))).replace("\u00a0", " ")
    for id in seen.reading.format.shown:
        assert lowered(BASE.title("format", id)) in reading
    off = seen.reading.posture.off_note or seen.reading.posture.usual.off_note
    for id in seen.reading.posture.shown:
        assert BASE.title("posture", id) in reading
        for key in ("risque", "parade"):
            text = lowered(BASE.entry("posture", id).texts[key]).replace("\u00a0", " ")
            assert (text in reading) is not off
    certain = [drawn for drawn in seen.reading.drawn if drawn.certainty == "certaine"]
    before = [drawn for drawn in certain if drawn.kind == "prealable" or drawn.level == "avant"]
    named = [drawn for drawn in before if settled_text(BASE, drawn).replace("\u00a0", " ") in reading]
    left = re.search(r"Et (\d+) autres? points?, à l’écran", reading)
    assert len(before) == len(named) + (int(left[1]) if left else 0)
    assert len(named) >= min(len(before), MOST_BEFORE - 1)


def test_the_seven_lines_are_spread_over_the_questions() -> None:
    for dossier in FICTIONS[:2]:
        found = scenario(dossier).rehearsal.otherwise
        kept = facilitator_sheet.chosen(found)
        questions = dict.fromkeys(one.question for one in found)
        assert len({one.question for one in kept}) == min(len(questions), facilitator_sheet.MOST)
        assert [one for one in found if one in kept] == list(kept)
        assert all(one in kept for one in found if one.turns_both)


def test_what_was_done_comes_last_and_only_there() -> None:
    for path in CASES[:2]:
        case = load(path, BASE)
        paper = made(case)
        last = part(paper, "À dire à la fin, pas avant")
        assert paper.blocks[-len(last) :] == last
        assert last
        done = case.experience.split(".")[0].replace("\u00a0", " ")
        blocks = paper.blocks[: -len(last)]
        assert done in said(Paper("", "", last)).replace("\u00a0", " ")
        assert done not in said(Paper("", "", blocks)).replace("\u00a0", " ")


def test_a_sheet_says_whether_it_is_a_fiction_an_experience_or_ones_own() -> None:
    fiction, case = FICTIONS[0], load(CASES[0], BASE)
    own = replace(fiction, for_workshops=False)
    for dossier, words in ((fiction, FICTION), (case, REPORTED), (own, OWN)):
        told = said(made(dossier))
        found = [each for each in (FICTION, REPORTED, OWN) if all(spaced(part) in told for part in each.split("{}"))]
        assert found == [words]


def test_what_somebody_noted_or_thinks_is_not_on_a_sheet() -> None:
    secret = "zzsecret"
    dossier = replace(
        filled_with(secret, Path(FICTIONS[0].path)), path="", title="Un titre", demand="dit", heard="", experience="",
        opinion=Opinion(next(iter(LOGIC.formats)), "", secret, secret), everyone={secret: {}}, sources=(),
    )  # fmt: skip
    assert secret not in said(made(dossier))


@pytest.mark.parametrize("text", HOSTILE[:5], ids=lambda text: ascii(text)[:30])
def test_a_hostile_scenario_makes_no_markup(text: str) -> None:
    def held(word: str) -> Paper:
        return made(replace(filled_with(word, Path(FICTIONS[0].path)), structures=(), sources=()))

    hostile, innocent = held(text), held("mot")
    assert kinds(hostile) == kinds(innocent)
    assert [tag for tag, _ in page(hostile).tags] == [tag for tag, _ in page(innocent).tags]


# --- on paper -------------------------------------------------------------------------------------------------------


def pages(folder: Path, paper: Paper, suffix: str, command: Sequence[str]) -> int:
    source = folder / f"papier{suffix}"
    source.write_bytes(styled(paper, suffix, str(ROOT)).data)
    subprocess.run([*command, str(source) if suffix != ".html" else source.as_uri()], check=True, capture_output=True,
                   timeout=120)  # fmt: skip
    data = (folder / "papier.pdf").read_bytes()
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))


def printing(folder: Path) -> list[str]:
    return [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder}/profil", "--no-pdf-header-footer",
            f"--print-to-pdf={folder}/papier.pdf"]  # fmt: skip


FONTS = Path("/usr/share/fonts/truetype")


@pytest.mark.lent
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there to print")
@pytest.mark.parametrize("family", ["dejavu", "liberation"])
def test_the_questionnaire_is_two_sides_whatever_the_serif(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one family is all that there is, as on a small system: DejaVu is a fifth wider than Liberation."""
    if not (FONTS / family).is_dir():
        pytest.skip("this family is not there")
    fonts = f"<dir>{FONTS / family}</dir><cachedir>{tmp_path}</cachedir>"
    (tmp_path / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig>{fonts}</fontconfig>', encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    assert pages(tmp_path, questionnaire(BASE, essentials()), ".html", printing(tmp_path)) == 2


@pytest.mark.lent
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there to print")
def test_the_questionnaire_is_two_sides_of_one_sheet_and_a_sheet_two_pages_at_most(tmp_path: Path) -> None:
    command = printing(tmp_path)
    assert pages(tmp_path, questionnaire(BASE, essentials()), ".html", command) == 2
    for the_plan in BASE.plans:
        assert pages(tmp_path, plan(BASE, the_plan), ".html", command) == 1
    for dossier in FICTIONS:
        assert pages(tmp_path, made(dossier), ".html", command) <= 2


@pytest.mark.lent
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("suffix", STYLED)
def test_the_questionnaire_is_two_sides_in_documents_too(suffix: str, tmp_path: Path) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path)]  # fmt: skip
    assert pages(tmp_path, questionnaire(BASE, essentials()), suffix, command) == 2


def test_every_kind_of_file_takes_every_paper() -> None:
    for paper in (questionnaire(BASE, essentials()), plan(BASE, BASE.plans[0]), made(FICTIONS[0])):
        for suffix in SUFFIXES:
            file = styled(paper, suffix, str(ROOT))
            assert file.data
            assert file.missing == ()
