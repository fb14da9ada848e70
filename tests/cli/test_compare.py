"""``comparer`` as a user types it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cli.test_commands import called, without_names
from conseil_dla.dossiers import store
from conseil_dla.ground.files import packaged_rules
from conseil_dla.reading.differences import Side, compare
from conseil_dla.reading.since import dated
from english import english_in
from shipped import CASES, put_on_disk, shipped_reader

READER = shipped_reader()
A, B = map(str, CASES[:2])


def test_the_text_says_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = called(capsys, "comparer", A, B)
    assert (code, err) == (0, "")
    assert "D’un côté" in out
    assert "Les réponses qui diffèrent" in out
    assert english_in(out) == set()


def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called(capsys, "comparer", A, B, "--format", "json")
    assert code == 0
    assert json.loads(out)["premier"] == A


def test_one_of_two_versions_is_kept_at_its_owner_s_word(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, copy = tmp_path / "a.yaml", tmp_path / "a (copie en conflit de X 2026-11-02).yaml"
    path.write_text("titre: Un projet\nreponses: {}\n", encoding="utf-8")
    copy.write_text("titre: Un projet\nreponses:\n", encoding="utf-8")
    code, out, err = called(capsys, "comparer", str(path), str(copy), "--garder", str(copy))
    assert code == 0
    assert "D’un côté" in out
    assert str(tmp_path / "corbeille" / "a.yaml") in err
    assert path.read_text(encoding="utf-8").endswith("reponses:\n")
    assert not copy.exists()
    of_the_rules = [str(packaged_rules() / "knowledge" / "cas" / Path(case).name) for case in (A, B)]
    code, _, err = called(capsys, "comparer", *of_the_rules, "--garder", of_the_rules[0])
    assert code == 2
    assert "ceux des règles" in err


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".docx", ".odt", ".html", ".md"])
def test_every_kind_of_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"c{suffix}"
    code, out, err = called(capsys, "comparer", A, B, "-o", str(target))
    assert (code, out) == (0, "")
    assert str(target) in err
    assert target.stat().st_size > 500
    before = target.read_bytes()
    code, _, err = called(capsys, "comparer", A, B, "-o", str(target))
    assert code == 2
    assert "existe déjà" in err
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "il faut deux dossiers"),
        ((A,), "il faut deux dossiers"),
        ((A, B, A), "il faut deux dossiers"),
        ((A, "absent.yaml"), "introuvable"),
        ((A, B, "-o", "c.pdf"), ".xlsx, .csv, .docx, .odt, .html, .md"),
        ((A, B, "-o", "c.csv", "--format", "json"), "sortie standard"),
        ((A, B, "--format", "xml"), "json"),
        ((A, B, "--depuis", "2026-03-12"), "un seul dossier"),
        ((A, B, "--garder", "c.yaml"), "l’un des deux dossiers"),
        ((A, A, "--garder", A), "l’un des deux dossiers"),
        ((A, B, "--repondants", "Zoé", "Ali"), "un seul dossier"),
        ((A, "--repondants", "Zoé", "Ali"), "qui ait donné son accord"),
        ((A, "--repondants", "Zoé", "Ali", "--depuis", "2026-03-12"), "ne vont pas ensemble"),
        ((A, "--depuis", "hier"), "2026-03-12 ou 12/03/2026"),
        ((A, "--depuis", "2026-02-30"), "n’est pas un jour"),
        ((A, "--depuis", "2026-03-12"), "pas encore de lecture datée"),
    ],
)
def test_misuse_is_told(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = called(capsys, "comparer", *more)
    assert (code, out) == (2, "")
    assert told in err.replace("\u00a0", " ")
    assert english_in(without_names(err), " ".join(more)) == set()


@pytest.fixture
def aged(tmp_path: Path) -> Path:
    """A dossier whose journal has a reading of March, when its last answers were not yet known."""
    path = tmp_path / "projet.yaml"
    path.write_bytes(CASES[0].read_bytes())
    dossier = store.load(path, READER.base)
    fewer = dict(list(dossier.answers.items())[:-2])
    put_on_disk(replace(dossier, journal=dated((), READER.read(fewer), date(2026, 3, 12))))
    return path


@pytest.mark.parametrize("day", ["2026-03-12", "12/03/2026"])
def test_one_dossier_at_two_dates(capsys: pytest.CaptureFixture[str], aged: Path, day: str) -> None:
    code, out, err = called(capsys, "comparer", str(aged), "--depuis", day, "--format", "json")
    assert (code, err) == (0, "")
    dossier = store.load(aged, READER.base)
    added = list(dossier.answers)[-2:]
    assert sorted(change["question"] for change in json.loads(out)["reponses"]) == sorted(added)
    code, out, err = called(capsys, "comparer", str(aged), "--depuis", day)
    assert (code, err) == (0, "")
    assert "12\u00a0mars\u00a02026" in out
    assert "aujourd’hui" in out.lower()
    assert english_in(out) == set()


def test_a_day_without_a_reading_names_those_there_are(capsys: pytest.CaptureFixture[str], aged: Path) -> None:
    code, out, err = called(capsys, "comparer", str(aged), "--depuis", "2026-03-13")
    assert (code, out) == (2, "")
    assert "12\u00a0mars\u00a02026" in err


def test_rules_that_changed_since_are_said(capsys: pytest.CaptureFixture[str], aged: Path) -> None:
    text = aged.read_text(encoding="utf-8")
    assert READER.base.digest in text
    aged.write_text(text.replace(READER.base.digest, "0123456789ab"), encoding="utf-8")
    code, _, err = called(capsys, "comparer", str(aged), "--depuis", "2026-03-12")
    assert code == 0
    assert "Les règles ont changé" in err


def test_nothing_internal_is_concluded_of_two_respondents() -> None:
    """Of two whole dossiers, what is internal differs too: taken as what two people said, none of it is there."""
    base = READER.base
    trials = sorted((CASES[0].parents[1] / "essais").glob("atelier_*.yaml"))[:2]
    one, other = (Side(str(path), READER.read(store.load(path, base).answers)) for path in trials)
    whole, said = compare(base, READER.read, one, other), compare(base, READER.read, one, other, outward=True)
    inner = {c.name for c in whole.conclusions if any(state.internal for state in (c.before, c.after) if state)}
    assert inner
    assert [c.name for c in said.conclusions] == [c.name for c in whole.conclusions if c.name not in inner]


def test_two_respondents_of_one_dossier_without_what_is_internal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What is internal is not said of either, even where they differ on it."""
    base = READER.base
    free = [q for q in base.logic.questions.values() if q.type == "choix" and q.asked_if is None]
    open_one = next(q for q in free if not base.entry("question", q.id).internal)
    inner = next(
        q for q in base.logic.questions.values() if q.type == "choix" and base.entry("question", q.id).internal
    )
    path = tmp_path / "projet.yaml"
    lines = ["version: 1", "titre: Un projet", "repondants:"]
    for name, number in (("la ville", 0), ("les structures", 1)):
        lines += [f"  {name}:", "    accord: oui", "    reponses:"]
        lines += [f"      {q.id}: {q.answers[number]}" for q in (open_one, inner)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, out, err = called(
        capsys, "comparer", str(path), "--repondants", "la ville", "les structures", "--format", "json"
    )
    assert code == 0, err
    assert [change["question"] for change in json.loads(out)["reponses"]] == [open_one.id]
    assert inner.id not in out
    assert "conclusions internes" in err
    code, out, err = called(capsys, "comparer", str(path), "--repondants", "la ville", "le département")
    assert (code, out) == (2, "")
    assert "« les structures »" in err.replace("\u00a0", " ")
