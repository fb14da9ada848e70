"""An empty table is read back without a mistake once it is filled from its own lists."""

from __future__ import annotations

import random
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from builders import GOOD, write_folder
from conseil_dla.batch.blank_table import blank_table, fields
from conseil_dla.batch.table_file import read_table
from conseil_dla.ground.files import packaged_rules
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render

HOSTILE = """\
- question: envie
  titre: "#Une envie"
  theme: Le projet
  libelle: Les structures ont-elles dit ce qu’elles voudraient ensemble ?
  type: choix
  reponses:
    aucune_envie: "=1+1"
    a_demi_mot: Pareil
    clairement: "« pareil »"
  ordinaires: [a_demi_mot, clairement]
  modifiable: structures
"""


def loaded(folder: Path, files: dict[str, str]) -> Base:
    result = load(write_folder(folder, files))
    assert result.base is not None, render(result.diagnostics)
    return result.base


@pytest.fixture(scope="module", params=["livrées", "petites", "piégées"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The shipped rules, the miniature, and the miniature with names that a table cannot show as they are."""
    if request.param == "livrées":
        found = load(packaged_rules()).base
        assert found is not None
        return found
    files = dict(GOOD)
    if request.param == "piégées":
        questions = re.sub(r"- question: envie\n.*?\n\n", HOSTILE + "\n", files["knowledge/questions.yaml"], flags=re.S)
        questions = questions.replace("titre: Les sujets", "titre: titre")
        files["knowledge/questions.yaml"] = questions
    return loaded(tmp_path_factory.mktemp("regles"), files)


def test_what_could_be_read_as_another_thing_goes_by_its_id(tmp_path: Path) -> None:
    questions = re.sub(r"- question: envie\n.*?\n\n", HOSTILE + "\n", GOOD["knowledge/questions.yaml"], flags=re.DOTALL)
    questions = questions.replace("titre: Les sujets", "titre: titre").replace(
        "titre: Le nombre de", "titre: commande #"
    )
    columns = fields(loaded(tmp_path, {**GOOD, "knowledge/questions.yaml": questions}))
    assert [column.name for column in columns[:4]] == ["titre", "envie", "Une commande publique", "sujets"]
    assert [choice.wording for choice in columns[1].choices[:3]] == ["aucune_envie", "a_demi_mot", "clairement"]


def test_an_empty_table_holds_no_dossier(base: Base, tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        path = tmp_path / f"t{suffix}"
        path.write_bytes(blank_table(base, suffix))
        assert list(read_table(path, base)) == []
    with pytest.raises(KeyError):
        blank_table(base, ".ods")


def test_every_list_is_read_back(base: Base, tmp_path: Path) -> None:
    """Each row takes an answer of each list at random, until all have been taken."""
    chance = random.Random(3)
    book = openpyxl.load_workbook(BytesIO(blank_table(base, ".xlsx")))
    page, lists = book.worksheets
    heads = [cell.value for cell in page[1]]
    columns = fields(base)
    assert heads == [column.name for column in columns]
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in page.data_validations.dataValidation}
    expected: list[dict[str, object]] = []
    taken: set[tuple[str, str]] = set()
    for row in range(2, 42):
        answers: dict[str, object] = {}
        for index, column in enumerate(columns[1:], 2):
            cell = page.cell(row, index)
            rule = rules[cell.column_letter]
            if rule.type == "whole":
                cell.value = answers[column.id] = chance.randint(int(rule.formula1), int(rule.formula2))
                continue
            area = rule.formula1.split("!")[1].replace("$", "")
            wordings = [line[0].value for line in lists[area]]
            assert wordings == [choice.wording for choice in column.choices]
            choice = chance.choice(column.choices)
            taken.add((column.id, choice.id))
            cell.value, cell.data_type = choice.wording, "s"
            some = [choice.id] if choice.id != "aucune" else []
            answers[column.id] = some if column.several and choice.id != "inconnu" else choice.id
        expected.append({"titre": "", "reponses": answers})
    assert len(taken) > 0.95 * sum(len(column.choices) for column in columns if column.bounds is None)
    path = tmp_path / "rempli.xlsx"
    book.save(path)
    assert list(read_table(path, base)) == list(enumerate(expected, 2))


def test_the_second_sheet_says_everything(base: Base) -> None:
    book = openpyxl.load_workbook(BytesIO(blank_table(base, ".xlsx")))
    page, lists = book.worksheets
    assert page.freeze_panes == lists.freeze_panes == "B2"
    said = [cell.value for row in lists.iter_rows() for cell in row if cell.value]
    for id, question in base.logic.questions.items():
        assert id in said
        assert set(question.answers) <= set(said)
    prompts = [rule.prompt for rule in page.data_validations.dataValidation]
    assert len(prompts) == len(base.logic.questions) + 1
    assert all(prompt and len(prompt) <= 255 for prompt in prompts)
    assert not any(cell.data_type == "f" for each in book.worksheets for row in each.iter_rows() for cell in row)
