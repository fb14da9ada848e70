"""What each paper holds, in which order and voice."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.cli.commands.workshop_papers import PRINTED
from conseil_dla.ground.french import lowered
from conseil_dla.papers import catalogue
from conseil_dla.papers.blocks import (
    BLANK,
    TO_COMPLETE,
    TO_FILL,
    CompassPicture,
    Grid,
    Heading,
    Paper,
    Paragraph,
    plain,
)
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.papers.outward_parts import shape
from conseil_dla.papers.own_sheets import TURNS
from conseil_dla.papers.sentences import sentences
from conseil_dla.papers.wall import outward
from conseil_dla.papers.writing import Model, write
from conseil_dla.rules.model import Dossier, Opinion
from conseil_dla.rules.paper_fields import LEFT_OUT
from conseil_dla.rules.tables import Structure
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.prospects import MOST_ALONE, MOST_ASKED
from conseil_dla.workshop.screens.closing import ORDER
from papers.making import DOSSIERS, OUTWARD, files, kept_sentences, material, of, papers, texts, unwritten
from shipped import shipped_reader

BASE = shipped_reader().base
NOTE_DE_CADRAGE = [
    "D’où vient la demande", "Ce que les structures en disent", "Ce que l’on cherche", "Ce que ce n’est pas",
    "Le groupe", "La forme envisagée", "La méthode", "Le prestataire", "Les partenaires et le cofinancement",
    "Ce qui comptera comme un progrès", "Après l’accompagnement", "L’avis du DLA",
]  # fmt: skip
CAHIER_DES_CHARGES = [
    "Le contexte", "Les structures", "Le besoin", "Les objectifs", "Ce qui n’est pas attendu", "Le déroulement",
    "Le pilotage et la restitution", "Le calendrier", "Le budget", "Les livrables", "Ce qui comptera comme un progrès",
    "Les qualités attendues du prestataire", "Le choix du prestataire", "Les pièces à fournir",
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


@pytest.mark.parametrize(("model", "order"), [("cadrage", NOTE_DE_CADRAGE), ("cahier-des-charges", CAHIER_DES_CHARGES)])
def test_a_paper_follows_the_order_of_the_trade(model: Model, order: list[str]) -> None:
    """A part that has nothing to say is left out; those that are there never come in another order."""
    seen: set[str] = set()
    for path in DOSSIERS:
        found = titles(write(unwritten(path), model))
        assert found == [title for title in order if title in found]
        seen |= {*found}
    assert len(seen) > len(order) / 2


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


def test_of_an_opinion_only_what_is_written_for_papers_goes_out_and_no_cahier_des_charges_holds_it() -> None:
    format, posture = next(iter(BASE.logic.formats)), next(iter(BASE.logic.postures))
    mine = Opinion(format, posture, "parce que le groupe tient", "d’y passer du temps", "Le groupe est prêt.")
    held = of(replace(unwritten(DOSSIERS[0]).dossier, opinion=mine))
    silent = of(replace(held.dossier, opinion=replace(mine, for_papers="")))
    for model in OUTWARD:
        out, inner = said(write(held, model)), said(write(held, model, internal=True))
        assert ("Le groupe est prêt." in out) == (model != "cahier-des-charges")
        for own in ("parce que le groupe tient", "d’y passer du temps", "Je retiens"):
            assert own not in out
            assert own in inner
        assert "L’avis du DLA" not in said(write(silent, model)), "no title over a blank"
        kept = [text for text in texts(write(held, model).blocks) if text.startswith("La forme proposée")]
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
    assert all(lowered(BASE.title("format", id)) in told[0] for id in out.formats), told
    for id, text in zip(out.formats, sentences(out, "definition"), strict=True):
        assert text.startswith(f"{BASE.title('format', id)} : ") == (number > 1)


def test_what_answers_say_is_printed_once_it_is_kept_and_as_it_was_changed() -> None:
    printed = 0
    for path in DOSSIERS:
        whole = of(replace(unwritten(path).dossier, paper={}))
        kept = kept_sentences(whole)
        every_one = {" ".join(plain(str(text)).split()) for texts_ in kept.values() for text in texts_}
        sentences = {text for text in every_one if not BLANK.search(text)}
        ours = replace(whole, dossier=replace(whole.dossier, paper=kept))
        changed = {id: tuple(f"{text} Autrement." for text in texts_) for id, texts_ in kept.items()}
        theirs = replace(whole, dossier=replace(whole.dossier, paper=changed))
        for model in OUTWARD:
            assert not [text for text in sentences if text in said(write(whole, model))], "nothing was kept"
            there = {text for text in sentences if text in said(write(ours, model))}
            printed += len(there)
            assert all(f"{text} Autrement." in said(write(theirs, model)) for text in there)
        every = " ".join(said(write(ours, model)) for model in OUTWARD)
        assert [text for text in sentences if text not in every] == [], "what is kept is printed"
    assert printed > 5 * len(DOSSIERS)


def test_a_part_that_is_left_out_is_left_out_whole() -> None:
    blanks = {"demande": "D’où vient la demande", "besoin": "Ce que les structures cherchent ensemble",
              "partenaires": "Partenaires et cofinanceurs", "progres": "Progrès attendus"}  # fmt: skip
    whole = of(replace(unwritten(DOSSIERS[0]).dossier, paper={}))
    out = replace(whole, dossier=replace(whole.dossier, paper={LEFT_OUT: (*blanks, "groupe")}))
    before, after = (" ".join(said(write(each, model)) for model in OUTWARD) for each in (whole, out))
    assert [part for part, blank in blanks.items() if f"{blank} :" in before] == list(blanks)
    assert [part for part, blank in blanks.items() if f"{blank} :" in after] == []
    for model in OUTWARD:
        blocks = write(out, model).blocks
        for one, following in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(one, Heading):
                is_empty = following is None or (isinstance(following, Heading) and following.level <= one.level)
                assert not is_empty, f"nothing under « {one.text} »"


def test_every_blank_of_the_papers_is_named_on_the_officers_sheet() -> None:
    for path in DOSSIERS:
        for whole in (unwritten(path), of(replace(unwritten(path).dossier, paper={}))):
            sheet = said(write(whole, "a-regler"))
            for model in OUTWARD:
                for block in write(whole, model).blocks:
                    for text in texts((block,)) if isinstance(block, Paragraph) else ():
                        for sentence in re.split(r"(?<=[.!?])\s+", text):
                            if TO_COMPLETE in sentence.replace("\u00a0", " "):
                                named = re.split(r"\[à", sentence)[0].strip("\u00a0 :(")
                                assert named.casefold() in sheet.casefold(), (model, sentence)


def test_structures_stand_in_a_table_with_a_line_for_each_ones_aim() -> None:
    column, labels = next((id, BASE.entry("colonne", id).labels) for id, c in BASE.logic.columns.items() if c.answers)
    rows = (Structure("La Filature", {column: next(iter(labels))}), Structure("Le Hangar"))
    paper = write(of(replace(unwritten(DOSSIERS[0]).dossier, structures=rows)), "cadrage")
    tables = [block for block in paper.blocks if isinstance(block, Grid)]
    assert any(("La Filature", labels[next(iter(labels))]) in table.rows for table in tables)
    assert any(("Le Hangar", TO_COMPLETE) in table.rows for table in tables)


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_the_guide_of_a_meeting_asks_each_person_in_the_order_of_the_questionnaire(path: Path) -> None:
    whole = material(path)
    order = [question_text(BASE, id) for id in BASE.logic.questions]
    there = {question_text(BASE, one.question) for one in whole.reading.to_ask}
    asked = [[re.sub(re.escape(TURNS), "", row[0]) for row in block.rows] for block in write(whole, "appel").blocks
             if isinstance(block, Grid)]  # fmt: skip
    assert all(met == sorted(met, key=order.index) for met in asked)
    every = [question for met in asked for question in met]
    assert set(every) <= there
    assert len(every) == len({*every}) <= MOST_ASKED + MOST_ALONE
    assert len(every) == len(there) or len(every) >= MOST_ALONE


def test_offers_are_compared_on_the_criteria_that_were_written_and_a_follow_up_has_a_row_a_structure() -> None:
    criteria = ({"critere": "Méthode", "poids": "60", "qui_note": "DLA"}, {"critere": "Prix", "poids": "40"})
    done = ({"structure": "Le Hangar", "fait": "Un plan d’action voté"},)
    rows = (Structure("La Filature"), Structure("Le Hangar"))
    paper = {"criteres": criteria, "suivi_a_6_mois": done}
    held = of(replace(unwritten(DOSSIERS[0]).dossier, structures=rows, paper=paper))
    for grid in (block for block in write(held, "offres").blocks if isinstance(block, Grid)):
        assert [row[:2] for row in grid.rows] == [("Méthode", "60"), ("Prix", "40"), ("Total sur 100", "100")]
        assert grid.titles[-3:] == ("Offre 1", "Offre 2", "Offre 3")
    first, second = (block for block in write(held, "suivi").blocks if isinstance(block, Grid))
    assert [row[0] for row in first.rows] == ["Le Hangar", "La Filature"]
    assert "Un plan d’action voté" in first.rows[0]
    assert [row[0] for row in second.rows] == ["La Filature", "Le Hangar"]


def test_every_kind_of_file_is_offered_wherever_one_is_chosen() -> None:
    """Each place has its own order, the likeliest first; none forgets a kind."""
    assert set(catalogue.FILE_KINDS) == set(ORDER) == {f".{kind}" for kind in PRINTED} == set(SUFFIXES)
