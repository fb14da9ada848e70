"""A dossier of a former format is read as it was meant, saved in the present one, and kept whole beside."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers import migration, store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground import nodes
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.rules.answertext import former_names
from shipped import put_on_disk, shipped_reader

BASE = shipped_reader().base
QUESTION = next(q for q in BASE.logic.questions.values() if q.type == "choix" and q.asked_if is None)
ANSWER = QUESTION.answers[0]
OF_BEFORE = f"""\
# à garder
version: 1
nom: "Trois compagnies"
reponses:
  {QUESTION.id}: [{ANSWER}]   # leur choix
"""
Changes = Mapping[tuple[str | int, ...], object | None]


def named(root: nodes.Mapping) -> Changes:
    """From 1 to 2: « nom » is called « titre »."""
    return {("titre",): root.text("nom"), ("nom",): None}


def single(root: nodes.Mapping) -> Changes:
    """From 2 to 3: an answer is no longer a list of one."""
    answers = root.get("reponses")
    assert isinstance(answers, nodes.Mapping)
    return {
        ("reponses", key.text): item.text
        for key, value in answers.entries
        if isinstance(value, nodes.Sequence)
        for item in value.items
        if isinstance(item, nodes.Scalar)
    }


@pytest.fixture(autouse=True)
def two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "STEPS", (named, single))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projet.yaml"
    path.write_text(OF_BEFORE, encoding="utf-8")
    return path


def test_it_is_read_through_every_step_and_the_file_is_left_alone(path: Path) -> None:
    dossier = store.load(path, BASE)
    assert (dossier.title, dict(dossier.answers)) == ("Trois compagnies", {QUESTION.id: ANSWER})
    assert store.title(path) == "Trois compagnies"
    with Writer.open(path, BASE) as writer:
        writer.save(writer.dossier)
    assert path.read_text(encoding="utf-8") == OF_BEFORE
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("hand", ["at once", "open"])
def test_the_first_save_writes_the_present_format_and_keeps_the_former_file_whole(path: Path, hand: str) -> None:
    for title in ("Quatre compagnies", "Cinq compagnies"):
        if hand == "at once":
            put_on_disk(replace(store.load(path, BASE), title=title))
        else:
            with Writer.open(path, BASE) as writer:
                writer.save(replace(writer.dossier, title=title))
    text = path.read_text(encoding="utf-8")
    assert "version: 3" in text
    assert "# à garder" in text
    assert "# leur choix" in text
    assert "nom:" not in text
    assert (store.load(path, BASE).title, dict(store.load(path, BASE).answers)) == (
        "Cinq compagnies", {QUESTION.id: ANSWER})  # fmt: skip
    beside = path.parent / "projet.version-1.txt"
    assert beside.read_text(encoding="utf-8") == OF_BEFORE
    assert sorted(path.parent.iterdir()) == sorted([path, beside])
    assert len(store.listing(path.parent)) == 1


def test_another_file_of_that_name_is_not_replaced(path: Path) -> None:
    other = path.parent / "projet.version-1.txt"
    other.write_text("à moi", encoding="utf-8")
    put_on_disk(replace(store.load(path, BASE), title="Quatre compagnies"))
    assert other.read_text(encoding="utf-8") == "à moi"
    assert (path.parent / "projet.version-1-2.txt").read_text(encoding="utf-8") == OF_BEFORE


@pytest.mark.parametrize("hand", ["at once", "open"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_where_it_cannot_be_kept_beside_nothing_is_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hand: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    dossier, data = store.read(path, BASE)
    monkeypatch.setattr(migration, "write_new", refuse)
    with Writer.open(path, BASE) as writer, pytest.raises(OSError, match="refused"):
        (put_on_disk if hand == "at once" else writer.save)(replace(dossier, title="Quatre compagnies"))
    assert path.read_bytes() == data


def test_a_later_format_is_refused_and_says_so(path: Path) -> None:
    path.write_text(OF_BEFORE.replace("version: 1", "version: 4"), encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        store.load(path, BASE)
    assert [finding.code for finding in caught.value.diagnostics] == ["DLA302"]
    assert "plus récente" in caught.value.diagnostics[0].message


def test_what_cannot_be_read_is_said_as_ever(path: Path) -> None:
    path.write_text("version: 1\nnom: [\n", encoding="utf-8")
    with pytest.raises(Unusable):
        store.load(path, BASE)


def test_a_file_whose_words_are_of_before_is_kept_beside_and_one_of_today_is_not(tmp_path: Path) -> None:
    """Several answers of before may have become one: what was answered then is not lost by being saved today."""
    base = shipped_reader().base
    _, answers = former_names(base.texts.values())
    assert answers
    for id, was in answers.items():
        for name in (next(iter(was)), next(iter(was.values()))):
            path = tmp_path / f"{id}-{name}.yaml"
            said = f"[{name}]" if base.logic.questions[id].type == "plusieurs" else name
            text = (
                f"version: {migration.current()}\ntitre: Hier\nrepondants:\n  Ada:\n    reponses:\n      {id}: {said}\n"
            )
            path.write_text(text, encoding="utf-8")
            with Writer.open(path, base) as writer:
                writer.save(replace(writer.dossier, title="Aujourd’hui"))
            beside = path.with_name(f"{path.stem}.anciens-mots.txt")
            assert beside.exists() is (name in was)
            assert not beside.exists() or beside.read_text(encoding="utf-8") == text
