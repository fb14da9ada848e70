"""The commands as a user types them: words on stdout, mistakes on stderr, exit codes, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conseil_dla.cli.main import COMMANDS, RULES_COMMANDS, run
from conseil_dla.dossiers.store import load
from conseil_dla.wording.crash_text import UNFORESEEN
from shipped import CASES, ROOT, shipped_reader, told

CASE = str(CASES[0])
ENGLISH = re.compile(
    r"\b(usage|error|argument|arguments|required|invalid|choice|choose|from|expected|unrecognized|options|show|this|help"
    r" message|positional|exit|the|file|not found|traceback|line|column)\b",
    re.IGNORECASE,
)


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def without_names(text: str) -> str:
    """The text without command names, options and paths, which are not prose."""
    return re.sub(r"conseil-dla\S*|--?\w[\w-]*|\S*/\S*|[A-Z_]{4,}", "", text)


def test_a_diagnosis_in_json_is_one_object_a_line_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(path) for path in reversed(CASES)]
    code, out, err = called(capsys, "diagnostiquer", *paths, "--format", "json")
    assert (code, err) == (0, "")
    assert [json.loads(line)["dossier"] for line in out.splitlines()] == paths


def test_a_name_with_a_star_stands_for_every_file_as_where_no_shell_expands_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pattern = str(CASES[0].parent / "*.yaml")
    code, out, err = called(capsys, "diagnostiquer", pattern, "--format", "json")
    assert (code, err) == (0, "")
    assert [json.loads(line)["dossier"] for line in out.splitlines()] == [str(path) for path in CASES]
    code, _, err = called(capsys, "diagnostiquer", str(CASES[0].parent / "*.yml"))
    assert code == 2
    assert "*.yml" in err


CONTRACT = {
    "dossier": str, "moteur": str, "regles": str, "format": dict, "posture": dict, "vigilances": list,
    "facteurs": list, "modalites": list, "partenaires": list, "prealables": list, "tensions": list,
    "moment": (str, type(None)), "prochaine_question": (str, type(None)), "sans_effet": list,
    "sans_effet_format_posture": list, "regles_declenchees": list, "certaines_par_cas": list,
}  # fmt: skip
FORMAT_KEYS = {"retenu", "possibles", "ex_aequo", "rien_ne_s_impose", "ensuite", "sauf_exception", "arguments"}
POSTURE_KEYS = {"retenue", "possibles", "entre", "hors_note", "hors_note_possible", "plus_proche", "sauf_exception",
                "position", "risque", "parade"}  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_json_has_the_shape_that_other_tools_rely_on(path: Path) -> None:
    reader = shipped_reader()
    found = told(reader, load(path, reader.base).answers, str(path))
    for key, type_ in CONTRACT.items():
        assert isinstance(found[key], type_), key
    assert set(found["format"]) == FORMAT_KEYS
    assert set(found["format"]["sauf_exception"]) == {"retenu", "ex_aequo", "sauf_si", "a_plusieurs"}
    assert set(found["posture"]) == POSTURE_KEYS
    assert set(found["posture"]["sauf_exception"]) == {"retenue", "entre", "hors_note", "plus_proche", "sauf_si"}
    for item in found["vigilances"]:
        assert set(item) == {"id", "certitude", "niveau", "interne", "regles", "source", "reseau"}
    for key in ("sans_effet", "regles_declenchees", "certaines_par_cas"):
        assert found[key] == sorted(found[key])
    assert {f"regle:{id}" for id in found["regles_declenchees"]}.isdisjoint(found["certaines_par_cas"])


def test_the_text_is_french_and_names_no_id(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called(capsys, "diagnostiquer", *map(str, CASES))
    assert code == 0
    assert not re.search(r"\b\w+_\w+\b", re.sub(r"https?://\S+", "", out)), "an id is shown where a title should be"
    assert max(len(line) for line in out.splitlines() if "://" not in line) <= 80, "an address is never cut"
    assert "\x1b" not in out


def test_an_unusable_dossier_is_told_and_the_others_are_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "mauvais.yaml"
    bad.write_text("titre: x\nreponses:\n  jamais_vue: oui\n", encoding="utf-8")
    code, out, err = called(capsys, "diagnostiquer", CASE, str(bad), str(CASES[1]), "--format", "json")
    assert code == 2
    assert len(out.splitlines()) == 2
    assert f"{bad}:3:3" in err
    assert "jamais_vue" in err


def test_a_text_cut_by_a_comment_is_told_and_the_dossier_still_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cut = tmp_path / "coupe.yaml"
    cut.write_text("titre: Trois compagnies #et une école\nreponses: {}\n", encoding="utf-8")
    code, out, err = called(capsys, "diagnostiquer", str(cut))
    assert code == 0
    assert "Trois compagnies" in out
    assert "et une école" in err


def test_a_conclusion_is_explained_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    reader = shipped_reader()
    id = next(iter(reader.base.logic.ids("vigilance")))
    code, out, err = called(capsys, "expliquer", CASE, f"vigilance:{id}")
    assert (code, err) == (0, "")
    assert reader.base.title("vigilance", id)[:20] in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_a_bare_name_is_enough_when_it_is_the_only_one(capsys: pytest.CaptureFixture[str]) -> None:
    format = next(iter(shipped_reader().base.logic.formats))
    assert called(capsys, "expliquer", CASE, format)[0] == 0


def test_an_unknown_conclusion_proposes_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    format = next(iter(shipped_reader().base.logic.formats))
    code, _, err = called(capsys, "expliquer", CASE, f"format:{format}x")
    assert code == 2
    assert f"\u00ab\u00a0{format}\u00a0\u00bb" in err
    assert called(capsys, "expliquer", CASE, "chose:rien")[0] == 2


def test_version_names_the_engine_and_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called(capsys, "--version")
    reader = shipped_reader()
    assert code == 0
    assert reader.engine in out
    assert reader.base.digest in out


MISUSES: list[list[str]] = [
    ["diagnostiqer"], ["regles"], ["regles", "verifer"], ["--nimporte"], ["diagnostiquer"], ["expliquer"],
    ["expliquer", CASE], ["diagnostiquer", "--format"], ["diagnostiquer", CASE, "--format", "xml"],
    ["diagnostiquer", CASE, "--regles"], ["diagnostiquer", "absent.yaml"], ["diagnostiquer", CASE, "--quoi"],
    ["regles", "initier"], ["regles", "initier", str(ROOT)], ["regles", "initier", CASE], ["ouvrir", "absent.yaml"],
    ["ouvrir"], ["ouvrir", CASE], [], ["regles", "verifier", "absent"], ["regles", "essayer", "absent"],
    ["diagnostiquer", str(ROOT)], ["--regles", "absent", "--version"], ["regles", "verifier", "a", "b"],
    ["diagnostiquer", CASE, "--regles", "absent"], ["--version=3"], ["entretien", "absent.yaml"], ["entretien", CASE],
    ["entretien", "a", "b"], ["entretien", "--quoi"], ["entretien", str(ROOT)], ["entretien", "--regles"],
    ["entretien", CASE, "--regles", "absent"], ["entretien", "--regles", "absent"], ["entretien", ""],
]  # fmt: skip


@pytest.mark.parametrize("arguments", MISUSES, ids=lambda a: " ".join(Path(w).name for w in a) or "nothing")
def test_misuse_is_told_in_french_with_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = called(capsys, *arguments)
    assert code == 2
    told = out if "verifier" in arguments and "b" not in arguments else err
    assert told.strip()
    found = ENGLISH.search(without_names(out + err))
    assert not found, f"{found}: {out}{err}"


HELPS = [["-h"], ["regles", "-h"], *([c, "-h"] for c in COMMANDS), *(["regles", c, "--aide"] for c in RULES_COMMANDS)]


@pytest.mark.parametrize("arguments", HELPS, ids=" ".join)
def test_every_command_has_french_help(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = called(capsys, *arguments)
    assert (code, err) == (0, "")
    assert "conseil-dla" in out
    assert not ENGLISH.search(without_names(out)), out
    assert max(len(line) for line in out.splitlines()) <= 110


def test_copied_rules_are_the_same_rules_and_are_never_overwritten(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "mes regles"
    assert called(capsys, "regles", "initier", str(target))[0] == 0
    assert sorted(p.name for p in target.iterdir()) == ["LISEZ-MOI.txt", "guide", "knowledge", "modeles", "rules"]
    assert called(capsys, "regles", "verifier", str(target))[0] == 0
    assert called(capsys, "regles", "essayer", str(target))[0] == 0
    _, out, _ = called(capsys, "--regles", str(target), "--version")
    assert shipped_reader().base.digest in out
    assert called(capsys, "regles", "initier", str(target))[0] == 2


def test_rules_in_the_current_directory_are_never_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "piege.yaml").write_text("- regle: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert called(capsys, "diagnostiquer", CASE)[0] == 0


def test_a_broken_rules_folder_is_told_and_left_untouched(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "regles"
    called(capsys, "regles", "initier", str(target))
    victim = next(p for p in (target / "rules").glob("*.yaml") if "\n  quand:" in p.read_text("utf-8"))
    text = victim.read_text(encoding="utf-8").replace("\n  quand:", "\n  quant:", 1)
    victim.write_text(text, encoding="utf-8")
    for arguments in (["regles", "verifier", str(target)], ["diagnostiquer", CASE, "--regles", str(target)],
                      ["regles", "essayer", str(target)], ["--regles", str(target), "--version"]):  # fmt: skip
        code, out, err = called(capsys, *arguments)
        told = out if "verifier" in arguments else err
        assert code == 2
        assert f"{victim}:" in told
        assert "quand" in told
    assert victim.read_text(encoding="utf-8") == text


def test_the_variable_chooses_rules_and_the_option_wins(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSEIL_DLA_REGLES", str(tmp_path / "absent"))
    assert called(capsys, "diagnostiquer", CASE)[0] == 2
    assert called(capsys, "diagnostiquer", CASE, "--regles", str(ROOT))[0] == 0


def test_a_case_that_no_longer_holds_fails_the_trial(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "regles"
    called(capsys, "regles", "initier", str(target))
    case = next(p for p in (target / "knowledge" / "cas").glob("*.yaml") if "- format: " in p.read_text("utf-8"))
    text = case.read_text(encoding="utf-8")
    wanted = re.search(r"- format: (\w+)", text)
    assert wanted
    other = next(f for f in shipped_reader().base.logic.formats if f != wanted[1])
    case.write_text(text.replace(wanted[0], f"- format: {other}"), encoding="utf-8")
    code, out, _ = called(capsys, "regles", "essayer", str(target))
    assert code == 1
    assert case.name in out
    assert "échec" in out


def test_a_rule_example_that_no_longer_holds_fails_the_trial(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "regles"
    called(capsys, "regles", "initier", str(target))
    victim = next(p for p in (target / "rules").glob("*.yaml") if "conclut: oui" in p.read_text("utf-8"))
    victim.write_text(victim.read_text("utf-8").replace("conclut: oui", "conclut: non", 1), encoding="utf-8")
    code, out, _ = called(capsys, "regles", "essayer", str(target))
    assert code == 1
    assert "la règle conclut" in out


def program(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "conseil_dla", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **variables},
                          stdin=subprocess.DEVNULL, encoding="utf-8")  # fmt: skip


def test_accents_survive_a_terminal_that_does_not_speak_them() -> None:
    done = program("diagnostiquer", CASE, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "é" in done.stdout


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m conseil_dla diagnostiquer {' '.join([CASE] * 20)} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_under_control_both_engines_run_and_agree(tmp_path: Path) -> None:
    done = program("diagnostiquer", CASE, "--format", "json", CONSEIL_DLA_CONTROLE="1")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["moteur"] == shipped_reader().engine


DISAGREEING = """
import sys
from conseil_dla import engine
from conseil_dla.engine.reference_engine import ReferenceEngine
real = ReferenceEngine.fire
def fire(self, answers):
    from dataclasses import replace
    fired = real(self, answers)
    return replace(fired, rules=fired.rules | {"une_regle_de_trop"})
if engine.why_reference() is None:
    ReferenceEngine.fire = fire
from conseil_dla.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.skipif(shipped_reader().engine == "référence", reason="there is one engine here")
@pytest.mark.parametrize(
    "command", [["diagnostiquer", CASE], ["expliquer", CASE, "{vigilance}"], ["regles", "essayer"]]
)
def test_engines_that_disagree_fail_loudly_and_the_dossier_is_kept(tmp_path: Path, command: list[str]) -> None:
    variables = {"CONSEIL_DLA_CONTROLE": "1", "CONSEIL_DLA_DOSSIERS": str(tmp_path)}
    reader = shipped_reader()
    words = [word.format(vigilance=next(iter(reader.base.logic.ids("vigilance")))) for word in command]
    done = subprocess.run([sys.executable, "-c", DISAGREEING, *words], capture_output=True, text=True, check=False,
                          env={**os.environ, **variables})  # fmt: skip
    assert done.returncode == 2
    assert "une_regle_de_trop" in done.stderr
    assert "Traceback" not in done.stderr
    assert UNFORESEEN not in done.stderr
    kept = list(tmp_path.glob("*.yaml"))
    assert len(kept) == 1
    assert load(kept[0], reader.base).answers == load(Path(CASE), reader.base).answers


WITHOUT_DURABLE = """
import sys
sys.modules["durable_rules_engine"] = None
from conseil_dla.cli.main import run
code = run(["--version"])
sys.exit(code or run(["diagnostiquer", sys.argv[1], "--format", "json"]))
"""


def test_without_durable_rules_the_reference_serves_and_says_so() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_DURABLE, CASE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *version, line = done.stdout.splitlines()
    found = json.loads(line)
    assert "référence" in found["moteur"]
    assert any("référence" in line for line in version)
    reader = shipped_reader()
    ours = told(reader, load(Path(CASE), reader.base).answers, CASE)
    assert {**found, "moteur": ""} == {**json.loads(json.dumps(ours)), "moteur": ""}


def test_the_copy_is_made_of_plain_readable_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "copie"
    called(capsys, "regles", "initier", str(target))
    assert all(os.access(path, os.W_OK) for path in target.rglob("*.yaml"))
    shutil.rmtree(target)
