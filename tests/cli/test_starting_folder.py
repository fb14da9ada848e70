"""What ``regles initier`` gives beside the rules: a page, templates that work, the guide; and never half of it."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conseil_dla.authoring.schema import rules_document
from conseil_dla.cli.commands import rules_copy
from conseil_dla.cli.main import RULES_COMMANDS, run
from conseil_dla.ground.yamltext import parse, plain_data
from conseil_dla.rules.loading import load, load_words
from conseil_dla.rules.loading.part_shapes import EFFECTS
from conseil_dla.rules.loading.shapes import ITEMS
from conseil_dla.wording.diagnostic_text import render

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "docs" / "modeles").glob("*.yaml"))
DOSSIERS = {"cas.yaml": "cas", "essai.yaml": "essais"}
ITEM_TEMPLATES = [path for path in TEMPLATES if path.name not in DOSSIERS]
CLOSED_SETS = {"axe", "posture"}
"""Kinds to which nothing can be added without the rest: their templates are comments."""
UNUSED = {"DLA022", "DLA202", "DLA208", "DLA209"}
"""Warnings: what a template defines is not used yet, or all of it is in comments."""


def offered(text: str) -> str:
    """The template with every optional key taken: lines that hold a key lose their ``# ``, and so does their text."""
    taken: list[str] = []
    block: int | None = None
    for line in text.split("\n"):
        found = re.match(r"^( *)# ( *)(.*)$", line)
        if found is None:
            taken.append(line)
            block = None
            continue
        indent = len(found[1]) + len(found[2])
        inside = block is not None and indent > block
        if inside or re.match(r"(?:- )?[a-z_]+:(?: |$)", found[3]):
            taken.append(found[1] + found[2] + found[3])
            if not inside:
                block = indent if found[3].endswith((">-", ":")) else None
        else:
            taken.append(line)
            block = None
    return "\n".join(taken)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("initier") / "mes-regles"
    assert run(["regles", "initier", str(folder)]) == 0
    return folder


@pytest.fixture
def copied(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "copie"))


def place_of(template: Path, folder: Path) -> Path:
    kinds = {"regle", "regle_du_reseau", "coherence"}
    return folder / ("rules" if template.stem in kinds else "knowledge") / f"modele_{template.name}"


def put_and_load(template: Path, text: str, folder: Path) -> None:
    place_of(template, folder).write_text(text, encoding="utf-8")
    loaded = load(folder)
    assert loaded.base is not None, render(loaded.diagnostics)
    assert {one.code for one in loaded.diagnostics} <= UNUSED, render(loaded.diagnostics)


def test_there_is_a_template_for_each_kind_and_for_dossiers() -> None:
    assert {path.stem for path in TEMPLATES} == {*ITEMS, "regle_du_reseau", "cas", "essai"}


@pytest.mark.parametrize("template", ITEM_TEMPLATES, ids=lambda path: path.stem)
def test_a_template_works_once_copied(template: Path, copied: Path) -> None:
    put_and_load(template, (copied / "modeles" / template.name).read_text(encoding="utf-8"), copied)


@pytest.mark.parametrize("template", ITEM_TEMPLATES, ids=lambda path: path.stem)
def test_every_optional_key_works_once_taken(template: Path, copied: Path) -> None:
    text = template.read_text(encoding="utf-8")
    taken = offered(text)
    assert taken != text or template.stem == "regle_du_reseau"
    if template.stem not in CLOSED_SETS:
        put_and_load(template, taken, copied)
        return
    root, found = parse(taken, template.name)
    assert root is not None
    assert found == []
    assert plain_data(root) != []
    validator = Draft202012Validator(rules_document(load_words(copied)[0]))
    assert [one.json_path for one in validator.iter_errors(plain_data(root))] == []


def keys_of(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        for value in node.values():
            yield from keys_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys_of(value)


@pytest.mark.parametrize("kind", sorted(ITEMS))
def test_a_template_shows_every_key_of_its_kind_and_explains_most(kind: str) -> None:
    text = (ROOT / "docs" / "modeles" / f"{kind}.yaml").read_text(encoding="utf-8")
    root, _ = parse(offered(text), kind)
    assert root is not None
    shown = set(keys_of(plain_data(root)))
    assert set(ITEMS[kind].model_fields) <= shown
    if kind == "regle":
        assert set(EFFECTS) - {"axe"} <= shown
    assert len(re.findall(r"^ *# [A-ZÀÉÊ]", text, re.MULTILINE)) >= 1


@pytest.mark.parametrize("name", sorted(DOSSIERS))
def test_a_dossier_template_holds_what_it_expects(name: str, copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copyfile(copied / "modeles" / name, copied / "knowledge" / DOSSIERS[name] / "modele.yaml")
    assert run(["regles", "essayer", str(copied)]) == 0, capsys.readouterr().out


def test_templates_are_not_read_where_they_lie(fresh: Path) -> None:
    base = load(fresh).base
    assert base is not None
    assert not [id for _, id in base.texts if id.startswith("modele")]


def test_the_page_is_read_by_notepad_and_names_what_is_there(fresh: Path) -> None:
    data = (fresh / "LISEZ-MOI.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("utf-8-sig")
    for named in re.findall(r"^  ([a-z]+/(?:[a-z]+/)?) ", text, re.MULTILINE):
        assert (fresh / named).is_dir(), named
    for named in re.findall(r"conseil-dla regles (\w+)", text):
        assert named in RULES_COMMANDS
    assert len(re.findall(r"^  conseil-dla ", text, re.MULTILINE)) == 7
    assert (fresh / "guide" / "ecrire-une-regle.md").is_file()


def test_the_guide_is_given_as_it_is_here(fresh: Path) -> None:
    for page in rules_copy.PAGES:
        assert (fresh / "guide" / page).read_bytes() == (ROOT / "docs" / page).read_bytes()


# --- all or nothing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_nothing_half_made(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, done = shutil.copyfile, []

    def filling(source: str, target: str, **options: bool) -> str:
        if len(done) > 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        done.append(target)
        return real(source, target, **options)

    monkeypatch.setattr(rules_copy.shutil, "copyfile", filling)
    target = tmp_path / "mes-regles"
    if there:
        target.mkdir()
    assert run(["regles", "initier", str(target)]) == 2
    assert sorted(tmp_path.iterdir()) == ([target] if there else [])
    assert not there or list(target.iterdir()) == []
    assert "copié" in capsys.readouterr().err


def test_an_empty_folder_is_filled_and_one_refused_halfway_is_left_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    real = os.rename

    def refusing(source: Path, target: Path) -> None:
        if Path(target).name == "modeles":
            raise PermissionError(errno.EACCES, "denied", str(target))
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refusing)
        assert run(["regles", "initier", "."]) == 2
    assert list(tmp_path.iterdir()) == []
    assert "refusé" in capsys.readouterr().err
    assert run(["regles", "initier", "."]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "LISEZ-MOI.txt",
        "guide",
        "knowledge",
        "modeles",
        "rules",
    ]


def test_other_rules_are_copied_with_the_same_help(fresh: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(fresh, tmp_path / "autres"))
    (other / "rules" / "a_moi.yaml").write_text("[]\n", encoding="utf-8")
    target = tmp_path / "loin" / "plus loin" / "mes-regles"
    assert run(["--regles", str(other), "regles", "initier", str(target)]) == 0
    assert (target / "rules" / "a_moi.yaml").is_file()
    assert (target / "modeles" / "regle.yaml").is_file()
