"""Questions and answers renamed as ``anciennement`` declares are the same ones, in whichever version it was done."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from builders import GOOD, write_folder
from conseil_dla.authoring.versions.paper import SAME, summary_lines
from conseil_dla.authoring.versions.versions import compare_versions
from conseil_dla.dossiers.store import load
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.version_names import brought_forward, names_between
from conseil_dla.rules.model import Dossier
from rewriting import (
    Folder,
    as_texts,
    kind_and_id,
    read_folder,
    renamed_answer,
    renamed_question,
    texts_of,
)
from shipped import ROOT, random_dossier


def reader_of(folder: Path) -> Reader:
    opened = open_rules(folder)
    return Reader(opened.base, opened.engine)


def rename_some(folder: Folder, dice: random.Random, mark: str, often: int) -> Folder:
    """Some questions and answers under another name, the same ones possibly twice."""
    for _ in range(often):
        questions = [item for items in folder.values() for item in items if "question" in item]
        item = dice.choice(questions)
        _, id = kind_and_id(item)
        if item["type"] in ("choix", "plusieurs") and dice.random() < 0.6:
            answer = dice.choice(list(item["reponses"]))
            folder = renamed_answer(folder, id, answer, f"{answer}_{mark}")
        else:
            folder = renamed_question(folder, id, f"{id}_{mark}")
    return folder


def check(versions: tuple[Reader, Reader], dice: random.Random, many: int) -> None:
    """Nothing changes, of the folders nor of any dossier, in either direction."""
    for one, other in (versions, reversed(versions)):
        answers = [random_dossier(other.base.logic, dice, dice.random()) for _ in range(many)]
        found = compare_versions(one, other, [Dossier(str(n), "", each) for n, each in enumerate(answers)])
        assert found.moved == ()
        assert list(summary_lines(found)) == [SAME], list(summary_lines(found))
        assert {item.how for item in found.items} <= {"noms"}
        assert found.is_same
        for each in answers:
            dossier = Dossier("x", "", each)
            there = brought_forward(dossier, other.base, one.base)
            assert there is not None
            back = brought_forward(there, one.base, other.base)
            assert back is not None
            assert back.answers == dict(each)


@pytest.mark.parametrize("seed", range(6))
def test_renamed_in_one_in_the_other_or_in_both(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    folder = read_folder(GOOD)
    shared = rename_some(folder, dice, "commun", seed % 3)
    before = rename_some(shared, dice, "un", dice.randint(0, 3))
    after = rename_some(shared, dice, "deux", dice.randint(1, 3))
    readers = [reader_of(write_folder(tmp_path / name, as_texts(one))) for name, one in (("a", before), ("b", after))]
    check((readers[0], readers[1]), dice, 4)


@pytest.mark.lent
@pytest.mark.parametrize("seed", range(3))
def test_shipped_rules_renamed_in_both(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    folder = read_folder(texts_of(ROOT))
    readers = [reader_of(write_folder(tmp_path / mark, as_texts(rename_some(folder, dice, mark, 8))))
               for mark in ("un", "deux")]  # fmt: skip
    check((readers[0], readers[1]), dice, 30)


def test_an_answer_renamed_in_both_folders_is_read_in_both(tmp_path: Path) -> None:
    """The same folder twice, a rule of it with another effect: a file that uses either name moves for it alone."""
    folder = renamed_answer(read_folder(GOOD), "envie", "aucune_envie", "rien_encore")
    texts = as_texts(folder)
    turned = {name: text.replace('"niveau": "avant"', '"niveau": "pendant"') for name, text in texts.items()}
    before = reader_of(write_folder(tmp_path / "a", texts))
    after = reader_of(write_folder(tmp_path / "b", turned))
    dossiers = []
    for said in ("aucune_envie", "rien_encore"):
        path = tmp_path / f"{said}.yaml"
        path.write_text(f"version: 1\ntitre: Essai\nreponses:\n  envie: {said}\n", encoding="utf-8")
        dossiers.append(load(path, after.base))
    found = compare_versions(before, after, dossiers)
    assert [each.path for each in found.moved] == [each.path for each in dossiers]
    for each in found.moved:
        moved = {change.name: change for change in each.changes}
        state = moved["vigilance", "groupe_fragile"].before
        assert state is not None
        assert (state.certainty, state.detail) == ("certaine", "avant")
        assert ("format",) not in moved
    assert compare_versions(before, before, dossiers).moved == ()


def test_two_answers_made_into_one_are_not_taken_for_it(tmp_path: Path) -> None:
    question = "    aucune_envie: Non, rien encore\n    a_demi_mot: À demi-mot\n"
    one = "    pas_encore:\n      libelle: Pas encore\n      anciennement: [aucune_envie, a_demi_mot]\n"
    texts = {name: text.replace(question, one).replace("[a_demi_mot, clairement]", "[pas_encore, clairement]")
             .replace("[aucune_envie, a_demi_mot]\n            - commande", "[pas_encore]\n            - commande")
             .replace("envie: aucune_envie", "envie: pas_encore") for name, text in GOOD.items()}  # fmt: skip
    readers = [reader_of(write_folder(tmp_path / name, held)) for name, held in (("a", GOOD), ("b", texts))]
    assert names_between(readers[0].base, readers[1].base).answers == {}
    found = compare_versions(readers[0], readers[1], ())
    assert not found.is_same
    item = next(item for item in found.items if item.id == "envie")
    assert {key.key: key.bearing for key in item.keys}["reponses"] == "montre"


def test_a_file_that_only_the_former_folder_reads_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer folder has the older name: the dossier uses a name that it never heard of."""
    from conseil_dla.cli.main import run  # noqa: PLC0415

    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(tmp_path / "aucun"))
    now = write_folder(tmp_path / "b")
    was = write_folder(tmp_path / "a", as_texts(renamed_answer(read_folder(GOOD), "envie", "clairement", "oui_dite")))
    path = tmp_path / "mien.yaml"
    path.write_text("version: 1\ntitre: Le mien\nreponses:\n  envie: oui_dite\n", encoding="utf-8")
    assert run(["regles", "differences", str(was), str(now), "--dossiers", str(path)]) == 0
    told = capsys.readouterr()
    assert "Rien ne change" in told.out
    assert "ne sont pas comparés" not in told.err
    shutil.rmtree(now)
