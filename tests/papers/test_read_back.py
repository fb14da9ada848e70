"""Workbooks that are filled and read back: the offers of providers, and what became of the accompaniment."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from conseil_dla.dossiers.table_xlsx import rows as sheet_rows
from conseil_dla.papers.after import RATERS, TOTAL, alike, offers_of
from conseil_dla.papers.read_back import NotOurs, ReadBack, read_back, read_back_lines
from conseil_dla.papers.writing import workbook
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier
from conseil_dla.rules.paper_fields import PaperValue
from conseil_dla.rules.tables import Structure
from papers.making import of
from shipped import shipped_reader

BASE = shipped_reader().base
MARKS = "notes_des_offres"
CRITERIA = (
    {"critere": "Méthode", "poids": "60"}, {"critere": "Prix", "poids": "40"}, {"critere": "=1+1", "poids": "5"}
)  # fmt: skip
EMPTY = of(Dossier("", "Un projet", {}, structures=(Structure("La Filature"), Structure("Le Hangar"))))


def holding(paper: dict[str, PaperValue]) -> Whole:
    return replace(EMPTY, dossier=replace(EMPTY.dossier, paper=paper))


def put(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "rempli.xlsx"
    path.write_bytes(data)
    return path


def taken(whole: Whole, path: Path) -> ReadBack:
    return read_back(whole, sheet_rows(path))


def filled(path: Path, cells: dict[str, object]) -> Path:
    book = load_workbook(path)
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)
    return path


WORDS = st.text("abcé =+-@'’\"", min_size=1, max_size=8).map(str.strip).filter(lambda text: text.strip("'"))
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique_by=alike).filter(lambda names: all(map(alike, names)))


@st.composite
def offers(draw: st.DrawFn) -> tuple[dict[str, str], ...]:
    written = []
    for name in draw(NAMES):
        for criterion in ("Méthode", "Prix", "=1+1"):
            for rater in (*RATERS, "Cie B"):
                mark = draw(st.sampled_from(["", "0", "7", "7,5", "10"]))
                why = draw(st.sampled_from(["", "bien vu", "=HYPERLINK(1)", "+3"]))
                if mark or why:
                    row = {"offre": name, "critere": criterion, "qui": rater, "note": mark, "pourquoi": why}
                    written.append({key: text for key, text in row.items() if text})
    return tuple(written)


@settings(max_examples=40)
@given(offers())
def test_what_is_written_as_a_workbook_is_read_back_whole_and_once(
    tmp_path_factory: pytest.TempPathFactory, written: tuple[dict[str, str], ...]
) -> None:
    tmp_path = tmp_path_factory.mktemp("classeur")
    whole = holding({"criteres": CRITERIA, **({MARKS: written} if written else {})})
    path = put(tmp_path, workbook(whole, "offres"))
    again = taken(whole, path)
    assert (again.paper, again.added, again.replaced, again.left) == (whole.dossier.paper, 0, [], [])
    anew = taken(holding({"criteres": CRITERIA}), path)
    assert offers_of(BASE, replace(EMPTY.dossier, paper=anew.paper)).marks == offers_of(BASE, whole.dossier).marks
    assert anew.added == sum(("note" in row) + ("pourquoi" in row) for row in written)
    for row in load_workbook(path).active.iter_rows():
        for cell in row:
            assert cell.data_type != "f" or row[1].value == TOTAL, "no text of anybody is a formula"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.lent
def test_a_spreadsheet_reckons_the_totals_that_papers_print(tmp_path: Path) -> None:
    marks = {(by, criterion, offer): str((len(by) * 3 + len(criterion) + n) % 11)
             for by in RATERS for criterion in ("Méthode", "Prix", "=1+1") for n, offer in enumerate(("A", "B"))
             if (by, criterion) != (RATERS[0], "Prix") and (criterion, offer) != ("=1+1", "B")}  # fmt: skip
    written = tuple({"offre": o, "critere": c, "qui": by, "note": mark} for (by, c, o), mark in marks.items())
    whole = holding({"criteres": CRITERIA, MARKS: written})
    path = put(tmp_path, workbook(whole, "offres"))
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "lu"), str(path)],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    found = offers_of(BASE, whole.dossier)
    lines = [[*cells] for _, cells in sheet_rows(tmp_path / "lu" / path.name)]
    totals = {cells[0]: cells for cells in lines if cells[1] == TOTAL}
    for rater in RATERS:
        for number, offer in enumerate(found.names):
            total, told = found.total(rater, offer), totals[rater][3 + 2 * number]
            assert (total is None) == (told == ""), (rater, offer, told)
            assert total is None or abs(total - Decimal(told)) < Decimal("0.01")
    assert found.total(RATERS[0], "A") is not None, "a criterion that a rater does not mark is not counted"
    assert found.total(RATERS[0], "B") is None, "an offer that lacks a mark has no total"


def test_what_is_typed_over_a_title_names_the_offer_and_blank_cells_say_nothing(tmp_path: Path) -> None:
    before = ({"offre": "Cabinet Dupont", "critere": "Prix", "qui": "Le DLA", "note": "4", "pourquoi": "Cher."},)
    cells = {"D1": "Cabinet Dupont", "D2": 8.5, "E2": "clair", "D3": "douze" * 400, "D4": 11, "J2": "perdu"}
    path = filled(put(tmp_path, workbook(holding({"criteres": CRITERIA}), "offres")), cells)
    found = taken(holding({"criteres": CRITERIA, MARKS: before}), path)
    assert found.paper[MARKS] == (
        *before,
        {"offre": "Cabinet Dupont", "critere": "Méthode", "qui": "Les structures", "note": "8,5", "pourquoi": "clair"},
    )
    assert len(found.left) == 3
    told = read_back_lines(found)
    assert told[0] == "2 cases reprises dans le dossier."
    assert any("douze" in line for line in told)
    assert any("colonne J" in line for line in told)
    assert max(map(len, told)) < 200, "no cell is said again whole, however long"


def test_a_follow_up_goes_to_the_table_of_its_date_and_says_what_it_changes(tmp_path: Path) -> None:
    before: dict[str, PaperValue] = {"suivi_a_6_mois": ({"structure": "Le Hangar", "fait": "L'emploi est créé"},)}
    path = put(tmp_path, workbook(holding(before), "suivi"))
    assert taken(holding(before), path).paper == before, "typography is no change"
    book = load_workbook(path)
    page = book.active
    titles = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        when, who = page.cell(row, 1).value, page.cell(row, titles["Structure"]).value
        if (when, who) == ("Suivi à 6 mois", "Le Hangar"):
            page.cell(row, titles["Ce qui est fait"], "L’emploi a cessé")
        if (when, who) == ("Suivi à 12 mois", "La Filature"):
            page.cell(row, titles["Ce que la structure garde"], "=1+1").data_type = "s"
    page.append(["Suivi à 3 mois", "Le Hangar", "x"])
    page.append(["Suivi à 6 mois", None, "x"])
    page.append(["Suivi à 12 mois", "La Passerelle", "un poste"])
    book.save(path)
    found = taken(holding(before), path)
    assert found.paper["suivi_a_6_mois"] == ({"structure": "Le Hangar", "fait": "L’emploi a cessé"},)
    assert found.paper["suivi_a_12_mois"] == (
        {"structure": "La Filature", "garde": "=1+1"},
        {"structure": "La Passerelle", "prevu": "un poste"},
    )
    assert (found.added, len(found.replaced), len(found.left)) == (2, 1, 2)
    assert "L'emploi est créé" in found.replaced[0]


def test_a_second_line_about_the_same_is_told_and_not_taken(tmp_path: Path) -> None:
    cells = {"D2": 7, "B3": "MÉTHODE", "D3": 2}
    path = filled(put(tmp_path, workbook(holding({"criteres": CRITERIA}), "offres")), cells)
    found = taken(holding({"criteres": CRITERIA}), path)
    assert [row["note"] for row in found.paper[MARKS] if isinstance(row, dict)] == ["7"]
    assert any("seconde ligne" in told for told in found.left)
    again = taken(holding(found.paper), path)
    assert (again.added, again.replaced) == (0, [])


def test_a_follow_up_with_two_columns_of_one_title_is_refused(tmp_path: Path) -> None:
    path = filled(put(tmp_path, workbook(holding({}), "suivi")), {"E1": "Ce qui est fait", "D2": "un", "E2": "deux"})
    with pytest.raises(NotOurs):
        taken(holding({}), path)


def test_a_formula_that_nothing_reckoned_is_no_text(tmp_path: Path) -> None:
    path = filled(put(tmp_path, workbook(holding({"criteres": CRITERIA}), "offres")), {"E2": "=1+1", "D2": 5})
    (row,) = taken(holding({"criteres": CRITERIA}), path).paper[MARKS]
    assert row == {"offre": "Offre 1", "critere": "Méthode", "qui": "Les structures", "note": "5"}


@pytest.mark.parametrize(
    "cells",
    [
        {"A1": "Nom"},
        {"A1": None},
        {"B1": "Autre"},
        {"D1": "X", "F1": "x"},
        {"D1": "Pourquoi"},
        {"E1": "Cab B", "F1": "Pourquoi"},
    ],
)
def test_another_sheet_or_names_that_are_alike_are_refused(tmp_path: Path, cells: dict[str, object]) -> None:
    path = filled(put(tmp_path, workbook(holding({"criteres": CRITERIA}), "offres")), {**cells, "D2": 5})
    with pytest.raises(NotOurs):
        taken(holding({"criteres": CRITERIA}), path)


def test_a_workbook_has_no_formula_but_the_programs_own() -> None:
    data = workbook(holding({"criteres": ({"critere": "=1+1", "poids": "=2"},)}), "offres")
    cells = [cell for row in load_workbook(BytesIO(data)).active.iter_rows() for cell in row]
    assert all(cell.row in (3, 5) for cell in cells if cell.data_type == "f")
