"""What each paper holds, in which order and voice."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.cli.commands.workshop_papers import PRINTED
from conseil_dla.papers import catalogue
from conseil_dla.papers.blocks import TO_FILL, CompassPicture, Grid, Heading, Paper
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.papers.outward_parts import CHOSEN_NOT_TO, TO_COMPLETE, shape
from conseil_dla.papers.wall import outward
from conseil_dla.papers.writing import MODELS, write
from conseil_dla.rules.model import Dossier, Opinion
from conseil_dla.rules.tables import Structure
from conseil_dla.wording.prospects import MOST_ASKED
from conseil_dla.workshop.screens.closing import ORDER
from papers.making import DOSSIERS, OUTWARD, files, material, of, papers, texts, unwritten
from shipped import shipped_reader

BASE = shipped_reader().base
NOTE_DE_CADRAGE = [
    "Mon avis", "D’où vient la demande", "Ce que les structures en disent", "Ce que l’on cherche",
    "Ce que ce n’est pas", "Le groupe", "La forme envisagée", "Le prestataire", "Les partenaires et le cofinancement",
    "Ce qui comptera comme un progrès", "À éclaircir avant le comité d’appui",
]  # fmt: skip
AVOIDED = re.compile(
    r"opportunis|immatur|précarité|incompéten|manquant|recommand|conseil-dla|durable|score|\d\s*%|\w_\w", re.IGNORECASE
)
SECOND_PERSON = re.compile(r"\b(vous|votre|vos|demandez|écrivez|prévoyez|cherchez|gardez|dites)\b", re.IGNORECASE)


def titles(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]


def said(paper: Paper) -> str:
    return " ".join((paper.title, paper.subtitle, *texts(paper.blocks), paper.footer)).replace("\u00a0", " ")


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_outward_papers_speak_to_partners_plainly(path: Path) -> None:
    """Never to « vous », no word to avoid, no id, no name of this program, no digest, no share."""
    for paper in papers(unwritten(path)):
        text = said(paper)
        assert not SECOND_PERSON.search(text), SECOND_PERSON.search(text)
        assert not AVOIDED.search(text), AVOIDED.search(text)
        assert BASE.digest not in files(paper)
        assert not re.search(r" [:;?!»]|« ", " ".join(texts(paper.blocks))), "an ordinary space where French wants none"


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_the_note_de_cadrage_follows_the_order_of_the_trade(path: Path) -> None:
    assert titles(write(material(path), "cadrage")) == NOTE_DE_CADRAGE


def test_an_empty_dossier_gives_blanks_and_no_fact() -> None:
    """Nothing known: every paper stands, with blanks to be filled by hand and no figure."""
    held = of(Dossier("", "", {}))
    for model in OUTWARD:
        text = said(write(held, model))
        assert text.count(TO_COMPLETE) >= 5
        assert TO_FILL in text
        times = "|".join(rf"{entry.texts['apres_mois']} mois après" for (kind, _), entry in BASE.texts.items()
                         if kind == "rappel")  # fmt: skip
        told = re.sub(rf"25 novembre 2026|A4|{times}", "", text)
        assert not re.search(r"\d", told), told
    assert TO_COMPLETE in write(held, "cadrage").title


def test_my_opinion_comes_first_in_every_paper_and_its_inner_half_stays_inside() -> None:
    format, posture = next(iter(BASE.logic.formats)), next(iter(BASE.logic.postures))
    opinion = Opinion(format, posture, "parce que le groupe tient", "d’y passer du temps")
    held = of(replace(unwritten(DOSSIERS[0]).dossier, opinion=opinion))
    for model in MODELS:
        paper = write(held, model)
        assert titles(paper)[0] == "Mon avis"
        first = list(texts(paper.blocks[:4]))
        assert any("Je retiens" in text for text in first)
        assert any("parce que le groupe tient" in text for text in first)
        assert ("d’y passer du temps" in said(paper)) == (model == "appel")
    for model in OUTWARD:
        assert "d’y passer du temps" in said(write(held, model, internal=True))
        kept = [text for text in texts(write(held, model).blocks) if text.startswith("La forme retenue")]
        assert kept, "the format kept is the one that the paper speaks of"


def test_the_place_and_its_picture_stand_in_internal_papers_alone() -> None:
    for path in DOSSIERS[:6]:
        for model in OUTWARD:
            outer, inner = (write(material(path), model, internal=internal) for internal in (False, True))
            assert not any(isinstance(block, CompassPicture) for block in outer.blocks)
            assert sum(isinstance(block, CompassPicture) for block in inner.blocks) == 1
            assert BASE.digest in said(inner)
            assert inner.blocks[: len(outer.blocks)] == outer.blocks, "the same paper, then one’s own pages"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_forms_thought_of_are_each_named_before_what_they_are_where_there_are_several(number: int) -> None:
    out = replace(outward(material(DOSSIERS[0])), formats=tuple(BASE.logic.formats)[:number])
    told = list(texts(shape(out)))
    for id in out.formats:
        named = [text for text in told if text.startswith(f"{BASE.title('format', id)} : ")]
        assert len(named) == (number > 1), told


def test_choosing_not_to_is_always_among_what_counts() -> None:
    for path in DOSSIERS:
        for model in OUTWARD:
            text = said(write(material(path), model))
            assert any(
                words in text for words in (CHOSEN_NOT_TO, "ne pas prolonger, un emploi", "ne pas aller plus loin")
            )


def test_structures_stand_in_a_table_with_a_line_for_each_ones_aim() -> None:
    column, labels = next((id, BASE.entry("colonne", id).labels) for id, c in BASE.logic.columns.items() if c.answers)
    rows = (Structure("La Filature", {column: next(iter(labels))}), Structure("Le Hangar"))
    paper = write(of(replace(unwritten(DOSSIERS[0]).dossier, structures=rows)), "cadrage")
    tables = [block for block in paper.blocks if isinstance(block, Grid)]
    assert any(("La Filature", labels[next(iter(labels))]) in table.rows for table in tables)
    assert any(("Le Hangar", TO_COMPLETE) in table.rows for table in tables)


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_the_call_sheet_has_room_to_write_and_few_questions(path: Path) -> None:
    paper = write(material(path), "appel")
    rows = [row for block in paper.blocks if isinstance(block, Grid) for row in block.rows]
    assert len(rows) == min(MOST_ASKED, len(material(path).reading.to_ask))
    assert all(row[-1] == "" for row in rows)


def test_every_kind_of_file_is_offered_wherever_one_is_chosen() -> None:
    """Each place has its own order, the likeliest first; none forgets a kind."""
    assert set(catalogue.FILE_KINDS) == set(ORDER) == {f".{kind}" for kind in PRINTED} == set(SUFFIXES)
