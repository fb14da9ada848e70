"""Two sides compared, as texts, papers and tables: what one wants to know first, and no formula ever."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from conseil_dla.comparison.differences_files import differences_json, differences_paper, differences_sheets
from conseil_dla.dossiers.store import load_cases
from conseil_dla.ground.french import typeset
from conseil_dla.papers.documents import plain, sheets
from conseil_dla.papers.documents.sheets import Sheet
from conseil_dla.reading.conclusions import conclusions
from conseil_dla.reading.differences import Differences, Side, compare
from conseil_dla.wording.differences import headlines, is_shown, name_of, side_names, state_of
from english import english_in
from shipped import shipped_reader

READER = shipped_reader()
BASE = READER.base
CASES = load_cases(BASE)
DAY = date(2026, 11, 25)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SOMME(A1)", " =1", "\t=1", "\r=1", "＝1+1", "=cmd|' /C calc'!A0", "-@x",
            '=HYPERLINK("http://exemple.org")')  # fmt: skip
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_a_reason_of_the_format_shown_is_not_said_to_be_of_one_that_is_out() -> None:
    seen = 0
    for case in CASES:
        for name, state in conclusions(BASE, READER.read_dossier(case)).items():
            if name[0] == "argument":
                seen += 1
                assert "écarté" not in state_of(BASE, name, state), name
    assert seen > 10


@cache
def compared(first: int, second: int) -> Differences:
    sides = [Side(CASES[n].title, READER.read_dossier(CASES[n])) for n in (first, second)]
    return compare(BASE, READER.read, *sides)


def beside(number: int) -> Differences:
    """A case and the one after it. Made by the test that looks at it: every process reads this file."""
    return compared(number, number + 1)


PAIRS = range(len(CASES) - 1)


@pytest.mark.parametrize("number", PAIRS, ids=lambda number: CASES[number].title)
def test_the_first_lines_say_the_format_and_the_place(number: int) -> None:
    found = beside(number)
    told = headlines(BASE, found)
    names = {change.name for change in found.conclusions}
    assert ("Le format ne change pas." in told) == (("format",) not in names)
    for change in found.conclusions:
        if change.name in (("format",), ("posture",)):
            (line,) = (line for line in told if line.startswith(name_of(BASE, change.name)))
            shown = [id for state in (change.before, change.after) if state for id in state.ids]
            assert all(BASE.title(change.name[0], id) in line for id in shown)
            assert "À cause de" in line


@pytest.mark.parametrize("number", PAIRS[:4], ids=lambda number: CASES[number].title)
def test_everything_shown_is_in_the_text_and_everything_at_all_in_the_tables(number: int) -> None:
    found = beside(number)
    text = re.sub(r"\s+", " ", plain.write(differences_paper(BASE, found, DAY)))
    answers, conclusions, made = differences_sheets(BASE, found)
    for change in found.answers:
        title = re.sub(r"\s+", " ", BASE.title("question", change.question))
        assert title in text
        assert any(BASE.title("question", change.question) in row for row in answers.rows)
    for moved in found.conclusions:
        name = name_of(BASE, moved.name)
        assert (re.sub(r"\s+", " ", name) in text) or not is_shown(moved)
        assert any(name in row for row in conclusions.rows)
    assert len(made.rows) == sum(len(each) for c in found.conclusions for each in c.made_by)
    assert english_in(text) == set()


def test_no_line_is_wider_than_the_terminal() -> None:
    for found in map(beside, PAIRS[:3]):
        assert max(map(len, plain.write(differences_paper(BASE, found, DAY), 60).splitlines())) <= 60


def test_nothing_differs_is_said_so() -> None:
    reading = READER.read_dossier(CASES[0])
    found = compare(BASE, READER.read, Side("a", reading), Side("b", reading))
    assert "Aucune différence" in plain.write(differences_paper(BASE, found, DAY))


def test_json_has_every_difference_by_id() -> None:
    found = beside(0)
    held = json.loads(differences_json(found, "a.yaml", "b.yaml"))
    assert (held["premier"], held["second"], held["regles"]) == ("a.yaml", "b.yaml", BASE.digest)
    assert [each["question"] for each in held["reponses"]] == [change.question for change in found.answers]
    assert [each["conclusion"] for each in held["conclusions"]] == [":".join(c.name) for c in found.conclusions]
    assert [each["a_cause_de"] for each in held["conclusions"]] == [
        [list(each) for each in c.made_by] for c in found.conclusions
    ]
    internal = {each["conclusion"]: each["interne"] for each in held["conclusions"]}
    assert internal.get("posture", True)


def test_two_sides_of_one_name_are_told_apart() -> None:
    assert len(set(side_names("Un projet", "Un projet"))) == 2
    assert side_names("a", "b") == ("a", "b")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_ever_a_formula(text: str) -> None:
    table = (Sheet("T", (text, "b"), ((text, "-3,5"), ("x", text))),)
    data = sheets.written(table, ".csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(data), delimiter=";"):
        assert all(not re.match(r"\s*[=+@＝]|\s*-(?!\d)", cell) and "\n" not in cell for cell in row), row
    assert ";-3,5" in data, "a number stays one"
    for cell, kind, _ in cells(sheets.written(table, ".xlsx")):
        assert kind in ("s", "inlineStr"), cell


def cells(data: bytes) -> list[tuple[str, str, str]]:
    """Reference, type and formula of each cell, read from the XML itself."""
    with ZipFile(io.BytesIO(data)) as archive:
        found = []
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                root = ET.fromstring(archive.read(name))
                assert not list(root.iter(f"{S}f"))
                found += [(c.get("r", ""), c.get("t", ""), "") for c in root.iter(f"{S}c")]
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
    assert found
    return found


def test_hostile_titles_stay_texts_in_every_kind_of_file() -> None:
    found = replace(beside(0), first=replace(beside(0).first, label="=1+1\x1b[31m\u202e<b>"))
    assert "\x1b" not in plain.write(differences_paper(BASE, found, DAY))
    assert "\u202e" not in plain.write(differences_paper(BASE, found, DAY))
    data = sheets.written(differences_sheets(BASE, found), ".csv").decode("utf-8-sig")
    assert ";'=1+1" in data
    assert cells(sheets.written(differences_sheets(BASE, found), ".xlsx"))


def test_the_workbook_is_the_same_every_time_but_for_its_dates() -> None:
    table = differences_sheets(BASE, beside(0))
    held: list[dict[str, Any]] = []
    for _ in range(2):
        with ZipFile(io.BytesIO(sheets.written(table, ".xlsx"))) as archive:
            held.append({name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"})
            assert b"openpyxl" not in archive.read("docProps/core.xml")
    assert held[0] == held[1]


@pytest.mark.lent
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_libreoffice_reads_the_workbook_as_it_was_written(tmp_path: Path) -> None:
    rows = tuple((text, "été") for text in FORMULAS)
    path = tmp_path / "t.xlsx"
    path.write_bytes(sheets.written((Sheet("T", ("a", "b"), rows),), ".xlsx"))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to",
               "csv:Text - txt - csv (StarCalc):59,34,76", "--outdir", str(tmp_path), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8")), delimiter=";"))
    assert [row[0] for row in read[1:]] == [typeset(text.strip()) for text in FORMULAS]
