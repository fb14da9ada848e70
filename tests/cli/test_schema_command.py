"""``regles schema``: what it prints, what it writes, and what it does with a folder that has mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from builders import spoiled, write_folder
from conseil_dla.cli.main import run

ROOT = Path(__file__).parents[2]


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def told(document: object) -> list[str]:
    """Every description and title of a document."""
    if isinstance(document, list):
        return [text for one in document for text in told(one)]
    if not isinstance(document, dict):
        return []
    own = [value for key, value in document.items() if key in ("title", "description") and isinstance(value, str)]
    return own + [text for value in document.values() for text in told(value)]


@pytest.mark.parametrize("option", [[], ["--dossiers"]])
def test_one_document_is_printed_with_french_spaces(capsys: pytest.CaptureFixture[str], option: list[str]) -> None:
    code, out, err = called(capsys, "regles", "schema", *option)
    assert (code, err) == (0, "")
    document = json.loads(out)
    Draft202012Validator.check_schema(document)
    assert document["type"] == ("object" if option else ["array", "null"])
    words = told(document)
    assert len(words) > 60
    assert not [text for text in words if re.search(r" [:;?!»](?:\s|$)|« ", text)]


def test_files_are_written_and_written_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "regles")
    out = tmp_path / "editeur" / "schemas"
    assert called(capsys, "regles", "schema", str(folder), "-o", str(out))[0] == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == ["LISEZ-MOI.txt", "dossiers.schema.json", "regles.schema.json"]
    first = (out / "regles.schema.json").read_text("utf-8")
    assert "besoin_a_dire" in first
    conclusions = folder / "knowledge" / "conclusions.yaml"
    conclusions.write_text(
        conclusions.read_text("utf-8") + "\n- motif: tout_neuf\n  titre: du neuf\n", encoding="utf-8"
    )
    (out / "a_moi.txt").write_text("gardé", encoding="utf-8")
    assert called(capsys, "regles", "schema", str(folder), "-o", str(out))[0] == 0
    assert "tout_neuf" in (out / "regles.schema.json").read_text("utf-8")
    assert sorted(path.name for path in out.iterdir()) == sorted([*names, "a_moi.txt"])
    readme = (out / "LISEZ-MOI.txt").read_text("utf-8")
    assert "yaml.schemas" in readme
    assert all(name in readme for name in names[1:])


def test_the_settings_told_to_an_editor_are_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert called(capsys, "regles", "schema", "-o", str(tmp_path))[0] == 0
    readme = (tmp_path / "LISEZ-MOI.txt").read_text("utf-8")
    settings = json.loads(readme[readme.index("{") : readme.rindex("}") + 1])
    for schema, globs in settings["yaml.schemas"].items():
        assert (tmp_path / Path(schema).name).is_file()
        assert all(list(ROOT.glob(pattern)) for pattern in globs)


def test_a_folder_with_mistakes_still_helps_and_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = write_folder(tmp_path, spoiled("knowledge/conclusions.yaml", "titre: un besoin à dire", "titre:"))
    code, out, err = called(capsys, "regles", "schema", str(folder))
    assert code == 0
    assert "regles verifier" in err
    assert "besoin_a_dire" in out


@pytest.mark.parametrize("arguments", [["absent"], [str(ROOT / "README.md")], ["a", "b"], ["-o"]])
def test_what_cannot_be_done_is_told_with_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = called(capsys, "regles", "schema", *arguments)
    assert (code, out) == (2, "")
    assert err.strip()


def test_a_file_in_place_of_the_folder_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "f").write_text("à moi", encoding="utf-8")
    code, out, err = called(capsys, "regles", "schema", "-o", str(tmp_path / "f"))
    assert (code, out) == (2, "")
    assert "est un fichier" in err
    assert (tmp_path / "f").read_text("utf-8") == "à moi"
