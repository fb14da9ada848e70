"""``conseil-dla lot`` as a user types it: every dossier a line, in order, and one file or none."""

from __future__ import annotations

import csv
import errno
import json
import os
import random
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conseil_dla.batch import concluding, sources, work
from conseil_dla.cli.commands import batch
from conseil_dla.cli.main import run
from conseil_dla.engine import choose
from conseil_dla.engine.outcome import Fired
from conseil_dla.rules.model import Answers
from shipped import CASES, ROOT, random_dossier, shipped_reader, told

DEEP = {"a_murir", "repose_sur", "experience_proche", "experience_du_reseau", "depuis"}
"""What ``--complet`` alone says."""


def written(answers: Answers) -> dict[str, Any]:
    return {id: sorted(v) if isinstance(v, frozenset) else v for id, v in answers.items()}


def some_lines(seed: int, *shares: float) -> list[dict[str, Any]]:
    chance, logic = random.Random(seed), shipped_reader().base.logic
    return [{"titre": f"Projet {n}", "reponses": written(random_dossier(logic, chance, share))}
            for n, share in enumerate(shares)]  # fmt: skip


def file_of(path: Path, lines: list[Any]) -> Path:
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def same(found: dict[str, Any], answers: dict[str, Any]) -> None:
    """What ``lot`` says is what ``diagnostiquer`` says, the engine aside."""
    values = {id: frozenset(v) if isinstance(v, list) else v for id, v in answers.items()}
    expected = told(shipped_reader(), values, found["dossier"])
    assert found | {"moteur": ""} == {key: value for key, value in expected.items() if key not in DEEP} | {"moteur": ""}


@pytest.mark.parametrize("few", [10**6, 0])
def test_every_line_is_what_diagnostiquer_says_of_it_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Half-answered dossiers one by one where there are few, else together."""
    monkeypatch.setattr(batch, "FEW", few)
    lines = some_lines(1, 1.0, 0.5, 1.0, 0.8)
    source, target = file_of(tmp_path / "d.jsonl", [*lines[:2], "", *lines[2:]]), tmp_path / "r.jsonl"
    assert run(["lot", str(source), "-o", str(target)]) == 0
    found = objects(target)
    assert [each["dossier"] for each in found] == [f"{source}:{n}" for n in (1, 2, 4, 5)]
    assert [each["moteur"] for each in found] == ["colonnes", shipped_reader().engine if few else "colonnes"] * 2
    for each, line in zip(found, lines, strict=True):
        same(each, line["reponses"])


@pytest.mark.lent
def test_300_dossiers_on_every_core_are_what_diagnostiquer_says(tmp_path: Path) -> None:
    lines = some_lines(2, *[1.0] * 255, *[0.7] * 45)
    random.Random(3).shuffle(lines)
    source, target = file_of(tmp_path / "d.jsonl", lines), tmp_path / "r.jsonl"
    assert run(["lot", str(source), "-o", str(target), "--processus", "2"]) == 0
    found = objects(target)
    assert [each["dossier"] for each in found] == [f"{source}:{n}" for n in range(1, 301)]
    for each, line in zip(found, lines, strict=True):
        same(each, line["reponses"])


def test_one_process_or_several_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = file_of(tmp_path / "d.jsonl", [*some_lines(4, *[1.0] * 60), "{", *some_lines(5, 0.6, 1.0)] * 12)
    monkeypatch.setattr(batch, "WORTH_IT", 0)
    for count in ("1", "2"):
        target = str(tmp_path / f"r{count}.jsonl")
        assert run(["lot", str(source), "-o", target, "--processus", count, "--graine", "5"]) == 2
    assert (tmp_path / "r1.jsonl").read_bytes() == (tmp_path / "r2.jsonl").read_bytes()
    pages = [(tmp_path / f"r{n}.jsonl-ensemble.html").read_text(encoding="utf-8") for n in (1, 2)]
    assert pages[0] == pages[1]


def test_a_bad_dossier_is_a_line_with_its_reason_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = some_lines(6, 1.0)[0]
    bad: list[Any] = [
        '{"titre": "coupé',
        {"reponses": {"question_inventee": "oui"}},
        "[]",
        '{"reponses": {}, "reponses": {}}',
        "[" * 100_000,
        '{"reponses": {"x": ' + "1" * 5000 + "}}",
        "\ufeff{}\x00",
        "x" * 300,
    ]
    source, target = file_of(tmp_path / "d.jsonl", [good, *bad, good]), tmp_path / "r.jsonl"
    missing = tmp_path / "absent.yaml"
    assert run(["lot", str(source), str(missing), "-o", str(target)]) == 2
    found = objects(target)
    assert [("erreur" in each) for each in found] == [False, *[True] * len(bad), False, True]
    assert all(each.keys() == {"dossier", "erreur"} and "DLA" in each["erreur"] for each in found if "erreur" in each)
    out, err = capsys.readouterr()
    assert out == ""
    assert "question_inventee" in err
    assert f"{source}:3:1" in err
    assert "2 dossiers lus, 9 refusés" in err.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_file_whose_answers_stand_under_a_misspelt_key_is_no_dossier_without_answers(tmp_path: Path) -> None:
    for number, key in enumerate(("reponse", "réponses", "Reponses")):
        (tmp_path / f"{number}.yaml").write_text(f"titre: Un\n{key}:\n  etat_du_groupe: constitue\n", encoding="utf-8")
    target = tmp_path / "r.jsonl"
    assert run(["lot", str(tmp_path), "-o", str(target)]) == 2
    assert ["DLA" in each["erreur"] for each in objects(target)] == [True] * 3


def test_a_character_that_no_file_holds_stops_neither_a_batch_nor_a_comparison(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, answer in (("a", "constitue"), ("b", "en_formation")):
        text = f'titre: "Un\\uffff titre"\nreponses:\n  etat_du_groupe: {answer}\n'
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    one, other = str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")
    for suffix in (".xlsx", ".jsonl"):
        assert run(["lot", one, other, "-o", str(tmp_path / f"r{suffix}")]) == 0
        assert capsys.readouterr().err.count("il est laissé de côté  (DLA023)") == 2
    for suffix in (".docx", ".odt", ".xlsx", ".html", ".md"):
        assert run(["comparer", one, other, "-o", str(tmp_path / f"c{suffix}")]) == 0
    assert all("erreur" not in each for each in objects(tmp_path / "r.jsonl"))


def test_of_many_dossiers_remarked_on_the_first_are_told_and_it_is_said_that_there_are_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(25):
        (tmp_path / f"{number}.yaml").write_text("titre: Un\nreponses: {}\nnotes:\n  jamais_vue: x\n", encoding="utf-8")
    assert run(["lot", str(tmp_path), "-o", str(tmp_path / "r.jsonl")]) == 0
    err = capsys.readouterr().err
    assert err.count("(DLA317)") == 20
    assert "D’autres dossiers appellent une remarque" in err


def test_a_line_that_is_too_long_is_refused_and_the_next_ones_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = some_lines(7, 1.0)[0]
    source, target = tmp_path / "d.jsonl", tmp_path / "r.jsonl"
    monkeypatch.setattr(sources, "MOST_BYTES", 20_000)
    file_of(source, [good, {"titre": "x" * 70_000, "reponses": {}}, good])
    assert run(["lot", str(source), "-o", str(target)]) == 2
    found = objects(target)
    assert [(each["dossier"], "erreur" in each) for each in found] == [
        (f"{source}:1", False), (f"{source}:2", True), (f"{source}:3", False)]  # fmt: skip


def test_folders_files_and_tables_are_read_together(tmp_path: Path) -> None:
    line = some_lines(8, 1.0)[0]
    table = tmp_path / "t.csv"
    cells = {id: "; ".join(v) or "aucune" if isinstance(v, list) else str(v) for id, v in line["reponses"].items()}
    text = StringIO()
    csv.writer(text, delimiter=";").writerows([["titre", *cells], ["Un projet", *cells.values()]])
    table.write_text(text.getvalue(), encoding="utf-8")
    source, target = file_of(tmp_path / "d.jsonl", [line]), tmp_path / "r.jsonl"
    assert run(["lot", str(CASES[0].parent), str(source), str(table), str(CASES[0]), "-o", str(target)]) == 0
    found = objects(target)
    assert [each["dossier"] for each in found] == [*map(str, CASES), f"{source}:1", f"{table}:2", str(CASES[0])]
    same(found[-3], line["reponses"])
    same(found[-2], line["reponses"])


def test_a_spreadsheet_and_a_csv_hold_the_same_texts(tmp_path: Path) -> None:
    lines = some_lines(9, 1.0, 0.5)
    lines[0]["titre"] = "=cmd|'/c calc'!A1"
    lines[1]["titre"] = "\u202e\x1b[31mtitre\x00"
    source = file_of(tmp_path / "d.jsonl", [*lines, "{"])
    for suffix in (".csv", ".xlsx"):
        assert run(["lot", str(source), "-o", str(tmp_path / f"r{suffix}"), "--remplacer"]) == 2
    data = (tmp_path / "r.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(data, newline=""), delimiter=";"))
    sheet = load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None
    cells = list(sheet.iter_rows())
    assert all(cell.data_type != "f" for row in cells for cell in row)
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in cells[0]]
    assert all(len(str(cell.value or "")) <= width for row in cells for cell, width in zip(row, widths, strict=True)
               if width < 60)  # fmt: skip
    assert [[(cell.value or "") for cell in row] for row in cells] == [
        [text.removeprefix("'") if n == 1 else text for text in row] for n, row in enumerate(rows)]  # fmt: skip
    assert rows[1][1].startswith("'=")
    assert not set("\x1b\x00\u202e") & set(data)
    assert rows[0][0].startswith("dossier")
    assert rows[3][-1]


def test_complet_says_everything_that_diagnostiquer_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "r.jsonl"
    assert run(["lot", *map(str, CASES[:3]), "-o", str(target), "--complet"]) == 0
    capsys.readouterr()
    assert run(["diagnostiquer", *map(str, CASES[:3]), "--format", "json"]) == 0
    assert target.read_text(encoding="utf-8") == capsys.readouterr().out
    assert run(["lot", str(CASES[0]), "-o", str(tmp_path / "r.csv"), "--complet"]) == 2


class Dropping:
    """The engine, but for one firing that it forgets."""

    def __init__(self) -> None:
        self._engine = choose(shipped_reader().base.logic)
        self.name = self._engine.name

    def fire(self, answers: Answers) -> Fired:
        fired = self._engine.fire(answers)
        return Fired(frozenset(sorted(fired.rules)[1:]), fired.findings, fired.trace, self.name)

    def close(self) -> None:
        self._engine.close()


def test_when_the_engines_differ_nothing_is_written_and_the_dossier_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "dossiers"
    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(kept))
    monkeypatch.setattr("conseil_dla.batch.work.engine_for", lambda base: Dropping())
    monkeypatch.setattr(concluding, "CHECKED", 1.0)
    source, target = file_of(tmp_path / "d.jsonl", some_lines(10, 1.0)), tmp_path / "r.jsonl"
    assert run(["lot", str(source), "-o", str(target)]) == 2
    assert {path.name for path in tmp_path.iterdir()} <= {"d.jsonl", "dossiers", "reglages"}
    assert "ne concluent pas la même chose" in capsys.readouterr().err
    assert len(list(kept.glob("ecart-des-moteurs-*.yaml"))) == 1


@pytest.mark.lent
def test_what_differs_of_a_half_answered_dossier_that_is_read_again_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(tmp_path / "dossiers"))
    monkeypatch.setattr(concluding, "CHECKED", 1.0)
    monkeypatch.setattr(batch, "FEW", 0)
    monkeypatch.setattr("conseil_dla.batch.half_answered.factor_read", lambda *_, **__: None)
    source, target = file_of(tmp_path / "d.jsonl", some_lines(10, 0.3)), tmp_path / "r.jsonl"
    assert run(["lot", str(source), "-o", str(target)]) == 2
    assert not target.exists()
    assert "ce qui diffère : facteurs\n" in capsys.readouterr().err.replace("\u00a0", " ")
    assert len(list((tmp_path / "dossiers").glob("ecart-des-moteurs-*.yaml"))) == 1


def test_the_dossiers_that_are_read_again_are_drawn_by_the_seed_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = file_of(tmp_path / "d.jsonl", some_lines(11, *[1.0] * 40) * 10)
    said = []
    for seed in ("12", "12", "13"):
        target = str(tmp_path / "r.jsonl")
        assert run(["lot", str(source), "-o", target, "--remplacer", "--graine", seed, "--processus", "1"]) == 0
        said.append(capsys.readouterr().err)
    assert "graine 12" in said[0].replace("\u00a0", " ")
    assert said[0] == said[1] != said[2]


@pytest.mark.parametrize("shares", [(1.0,), pytest.param((1.0, 0.3, 0.3), marks=pytest.mark.lent)])
def test_where_chance_draws_nobody_one_of_each_sort_is_read_again_all_the_same(
    shares: tuple[float, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (concluding, work):
        monkeypatch.setattr(module, "CHECKED", 0.0)
    monkeypatch.setattr(batch, "FEW", 0)
    source, target = file_of(tmp_path / "d.jsonl", some_lines(11, *shares)), str(tmp_path / "r.jsonl")
    said = []
    for seed in ("12", "12"):
        assert run(["lot", str(source), "-o", target, "--remplacer", "--graine", seed, "--processus", "1"]) == 0
        said.append(capsys.readouterr().err.replace("\u00a0", " "))
    drawn = len(set(shares))
    assert f"{drawn} tiré{'s' if drawn > 1 else ''} au hasard et relu" in said[0]
    assert said[0] == said[1]


@pytest.mark.lent
def test_what_only_a_dossier_that_chance_left_would_show_stops_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(tmp_path / "dossiers"))
    for module in (concluding, work):
        monkeypatch.setattr(module, "CHECKED", 0.0)
    monkeypatch.setattr(batch, "FEW", 0)
    monkeypatch.setattr("conseil_dla.batch.half_answered.factor_read", lambda *_, **__: None)
    source, target = file_of(tmp_path / "d.jsonl", some_lines(10, 0.3)), tmp_path / "r.jsonl"
    assert run(["lot", str(source), "-o", str(target)]) == 2
    assert not target.exists()
    assert "ce qui diffère : facteurs\n" in capsys.readouterr().err.replace("\u00a0", " ")


def test_what_stood_there_stands_there_until_the_new_file_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = file_of(tmp_path / "d.jsonl", some_lines(12, 1.0)), tmp_path / "r.jsonl"
    target.write_text("avant", encoding="utf-8")
    assert run(["lot", str(source), "-o", str(target)]) == 2
    assert run(["lot", str(source), "-o", str(source), "--remplacer"]) == 2

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    capsys.readouterr()
    assert run(["lot", str(source), "-o", str(target), "--remplacer"]) == 2
    assert "plein" in capsys.readouterr().err
    monkeypatch.undo()
    assert target.read_text(encoding="utf-8") == "avant"
    assert objects(source)
    assert {path.name for path in tmp_path.iterdir()} <= {"d.jsonl", "r.jsonl", "reglages"}


def test_no_dossier_at_all_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vide").mkdir()
    assert run(["lot", str(tmp_path / "vide"), "-o", str(tmp_path / "r.csv")]) == 2
    assert "aucun dossier" in capsys.readouterr().err
    assert not list(tmp_path.glob("r.csv*"))


def test_what_lies_in_a_folder_and_is_not_read_is_counted_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dossiers"
    (folder / "vieux").mkdir(parents=True)
    for name in ("a.yaml", "a (1).yaml", "._a.yaml", "b.yml", "vieux/c.yaml", "note.docx"):
        (folder / name).write_text("titre: Un projet\nreponses: {}\n", encoding="utf-8")
    assert run(["lot", str(folder), "-o", str(tmp_path / "r.jsonl")]) == 0
    assert [each["dossier"] for each in objects(tmp_path / "r.jsonl")] == [str(folder / "a.yaml")]
    err = capsys.readouterr().err.replace("\u00a0", " ")
    assert "1 dossier lu, 3 ignorés" in err
    for words in ("a (1).yaml : c’est une copie de « a.yaml »", "« b.yaml »", "vieux", "pas un dossier : note.docx"):
        assert words in err
    assert "._a" not in err
    (folder / "a.yaml").unlink()
    (folder / "a (1).yaml").unlink()
    assert run(["lot", str(folder), "-o", str(tmp_path / "s.jsonl")]) == 2
    assert "« b.yaml »" in capsys.readouterr().err.replace("\u00a0", " ")


def test_results_given_for_dossiers_are_refused_and_other_spreadsheets_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line without answers would be read as a dossier of which nothing is known."""
    source = file_of(tmp_path / "d.jsonl", some_lines(14, 1.0))
    assert run(["lot", str(source), "-o", str(tmp_path / "r.jsonl")]) == 0
    (tmp_path / "t.ods").write_bytes(b"PK\x03\x04")
    assert run(["lot", str(tmp_path / "r.jsonl"), str(tmp_path / "t.ods"), "-o", str(tmp_path / "s.jsonl")]) == 2
    first, second = objects(tmp_path / "s.jsonl")
    assert "reponses" in first["erreur"]
    assert ".xlsx" in second["erreur"]
    assert "DLA331" in capsys.readouterr().err


def test_the_empty_table_is_read_back(tmp_path: Path) -> None:
    table = tmp_path / "vide.csv"
    assert run(["lot", "--tableau", str(table)]) == 0
    assert run(["lot", "--tableau", str(table)]) == 2
    assert run(["lot", str(table), "-o", str(tmp_path / "r.jsonl")]) == 2  # nothing in it yet


@pytest.mark.lent
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the peak of one program is told by Linux alone")
def test_memory_stays_flat_however_many_dossiers(tmp_path: Path) -> None:
    """The peak of 20,000 dossiers is that of 2,000. That of ``getrusage`` would be of whoever started the program."""
    lines = [json.dumps(line) for line in some_lines(13, *[1.0] * 500)]
    program = (
        "import sys; from conseil_dla.cli.main import run; code = run(sys.argv[1:]);"
        "print(*[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')]); sys.exit(code)"
    )
    peaks = []
    for times in (4, 40):
        source = file_of(tmp_path / f"{times}.jsonl", lines * times)
        command = [sys.executable, "-c", program, "lot", str(source), "-o", str(tmp_path / f"r{times}.jsonl"),
                   "--processus", "1"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        peaks.append(int(done.stdout) // 1024)
    assert peaks[1] < peaks[0] + 15, peaks


def test_no_process_at_all_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lot", str(tmp_path), "-o", str(tmp_path / "r.csv"), "--processus", "0"]) == 2
    assert "de 1 à 16" in capsys.readouterr().err.replace("\u00a0", " ")
