"""Who answers alone, on disk: read, saved line by line beside comments, merged with what others write, never lost."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.interview.alone import consenting, with_respondent, without
from conseil_dla.rules.model import Dossier, Respondent
from crossing import BASE, LOGIC, NAMES, saved, several
from shipped import put_on_disk

FIRST, SECOND, THIRD = [q for q in LOGIC.questions.values() if q.type == "choix" and q.asked_if is None][:3]
HAND = f"""\
version: 1
titre: À la main
# Deux voix.
repondants:
  la ville:  # vue le 3
    role: collectivite
    accord: non
    reponses:
      {FIRST.id}: {FIRST.answers[0]}  # dit trois fois
      {SECOND.id}: inconnu
    notes: À rappeler en mai.
  "le phare : bureau":
    reponses:
      {FIRST.id}: {FIRST.answers[1]}
"""


def by_hand(folder: Path) -> Path:
    path = folder / "dossier.yaml"
    path.write_text(HAND, encoding="utf-8")
    return path


def test_what_is_written_by_hand_is_read(tmp_path: Path) -> None:
    people = store.load(by_hand(tmp_path), BASE).everyone
    assert list(people) == ["la ville", "le phare : bureau"]
    ville = people["la ville"]
    assert (ville.role, ville.consents, ville.count) == ("collectivite", False, 2)
    assert ville.answers == {FIRST.id: FIRST.answers[0]}
    assert ville.declined == {SECOND.id}
    assert people["le phare : bureau"] == Respondent("le phare : bureau", {FIRST.id: FIRST.answers[1]})


def test_saving_changes_its_own_lines_only(tmp_path: Path) -> None:
    path = by_hand(tmp_path)
    dossier = store.load(path, BASE)
    put_on_disk(dossier)
    assert path.read_text(encoding="utf-8") == HAND
    ville = replace(dossier.everyone["la ville"], answers={FIRST.id: FIRST.answers[0], SECOND.id: SECOND.answers[0]},
                    declined=frozenset(), consents=True)  # fmt: skip
    put_on_disk(with_respondent(dossier, ville))
    assert path.read_text(encoding="utf-8") == HAND.replace("accord: non", "accord: oui").replace(
        f"{SECOND.id}: inconnu", f"{SECOND.id}: {SECOND.answers[0]}"
    )
    put_on_disk(without(store.load(path, BASE), "la ville"))
    left = path.read_text(encoding="utf-8")
    assert "le phare : bureau" in left
    assert "la ville" not in left


@pytest.mark.parametrize("number", [1, 3, 6])
def test_what_is_saved_is_what_is_read(number: int, tmp_path: Path) -> None:
    people = several(random.Random(number), number)
    named = [replace(one, name=f"{one.name} : « {n} » #{n}") for n, one in enumerate(people)]
    read = store.load(saved(tmp_path, named), BASE).everyone
    assert list(read.values()) == named


@pytest.mark.parametrize("role", ["", "dla"])
def test_somebody_without_an_answer_yet_is_kept(role: str, tmp_path: Path) -> None:
    path = saved(tmp_path, [Respondent("Zoé", role=role)])
    assert store.load(path, BASE).everyone == {"Zoé": Respondent("Zoé", role=role)}


def test_withdrawn_consent_is_written(tmp_path: Path) -> None:
    path = saved(tmp_path, several(random.Random(1), 1))
    dossier = store.load(path, BASE)
    put_on_disk(consenting(dossier, NAMES[0], False))
    assert "accord: non" in path.read_text(encoding="utf-8")
    assert not store.load(path, BASE).everyone[NAMES[0]].consents


# --- two who write --------------------------------------------------------------------------------------------------


def elsewhere(path: Path, change: str) -> None:
    """Another program writes in the file meanwhile."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(*change.split(" => ")), encoding="utf-8")


def answered(dossier: Dossier, name: str, question: str, answer: str) -> Dossier:
    one = dossier.everyone[name]
    return with_respondent(dossier, replace(one, answers={**one.answers, question: answer}, declined=frozenset()))


def test_answers_given_in_two_places_are_joined(tmp_path: Path) -> None:
    path = by_hand(tmp_path)
    with Writer.open(path, BASE) as writer:
        elsewhere(path, f"{FIRST.id}: {FIRST.answers[1]} => {FIRST.id}: {FIRST.answers[2]}")
        kept = writer.save(answered(writer.dossier, "la ville", SECOND.id, SECOND.answers[1]))
    assert (kept.joined, kept.aside) == (True, None)
    people = store.load(path, BASE).everyone
    assert people["la ville"].answers == {FIRST.id: FIRST.answers[0], SECOND.id: SECOND.answers[1]}
    assert people["le phare : bureau"].answers == {FIRST.id: FIRST.answers[2]}


def test_the_same_answer_given_otherwise_elsewhere_is_set_aside_not_lost(tmp_path: Path) -> None:
    path = by_hand(tmp_path)
    with Writer.open(path, BASE) as writer:
        elsewhere(path, f"{FIRST.id}: {FIRST.answers[0]} => {FIRST.id}: {FIRST.answers[2]}")
        kept = writer.save(answered(writer.dossier, "la ville", FIRST.id, FIRST.answers[1]))
    assert kept.aside is not None
    assert f"{FIRST.id}: {FIRST.answers[2]}" in kept.aside.read_text(encoding="utf-8")
    assert store.load(path, BASE).everyone["la ville"].answers[FIRST.id] == FIRST.answers[1]


def test_who_came_elsewhere_stays_and_what_is_answered_while_one_withdraws_is_not_lost(
    tmp_path: Path,
) -> None:
    path = by_hand(tmp_path)
    with Writer.open(path, BASE) as writer:
        path.write_text(HAND + f"  Nour:\n    reponses:\n      {FIRST.id}: {FIRST.answers[0]}\n", encoding="utf-8")
        line = f"      {SECOND.id}: inconnu\n"
        elsewhere(path, f"{line} => {line}      {THIRD.id}: {THIRD.answers[1]}\n")
        writer.save(without(writer.dossier, "la ville"))
    people = store.load(path, BASE).everyone
    assert people["Nour"].answers == {FIRST.id: FIRST.answers[0]}
    assert people["la ville"].answers == {THIRD.id: THIRD.answers[1]}
    assert not people["la ville"].consents


def test_consent_taken_back_elsewhere_stays_taken_back(tmp_path: Path) -> None:
    path = by_hand(tmp_path)
    elsewhere(path, "accord: non => accord: oui")
    with Writer.open(path, BASE) as writer:
        elsewhere(path, "accord: oui => accord: non")
        writer.save(answered(writer.dossier, "la ville", SECOND.id, SECOND.answers[0]))
    assert not store.load(path, BASE).everyone["la ville"].consents
