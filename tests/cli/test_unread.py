"""What a rules folder holds and does not use is told on stderr by every command that opens it, once."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from builders import GOOD, write_folder
from conseil_dla.cli.desk import MOST_TOLD
from conseil_dla.cli.main import run
from conseil_dla.ground.files import packaged_rules
from conseil_dla.ground.french import NBSP
from conseil_dla.rules.loading import set_aside

DOSSIER = "version: 1\ntitre: Un projet\nreponses:\n  envie: clairement\n  commande: oui\n"
COMMANDS = {
    "diagnostiquer": ("diagnostiquer", "un.yaml"),
    "diagnostiquer en json": ("diagnostiquer", "un.yaml", "--format", "json"),
    "rapport": ("rapport", "un.yaml", "--modele", "cadrage", "-o", "un.md"),
    "expliquer": ("expliquer", "un.yaml", "format:rencontre"),
    "comparer": ("comparer", "un.yaml", "un.yaml"),
    "lot": ("lot", "un.yaml", "-o", "lu.jsonl"),
    "lot, un tableau vide": ("lot", "--tableau", "a-remplir.csv"),
    "entretien": ("entretien", "un.yaml"),
    "papiers": ("papiers", "questionnaire", "-o", "vide.md"),
    "regles essayer": ("regles", "essayer"),
    "regles documenter": ("regles", "documenter", "-o", "site"),
    "regles schema": ("regles", "schema"),
    "version": ("--version",),
}


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "un.yaml").write_text(DOSSIER, encoding="utf-8")
    return write_folder(tmp_path / "regles")


def spoilt(folder: Path) -> Path:
    """A rule under another name, one in a folder inside, a file emptied."""
    (folder / "rules" / "vieux").mkdir()
    for name in ("mienne.yml", "vieux/autre.yaml"):
        (folder / "rules" / name).write_text(GOOD["rules/groupe.yaml"], encoding="utf-8")
    (folder / "rules" / "vide.yaml").write_text("# à écrire\n", encoding="utf-8")
    return folder


def told(text: str) -> list[str]:
    """The files that a text says are not read, in order."""
    return [line.split("  ")[0] for line in text.splitlines() if line.endswith(("(DLA018)", "(DLA022)"))]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_tells_what_it_did_not_read_and_answers_the_same(
    command: tuple[str, ...], rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    assert run(["--regles", "regles", *command]) == 0
    out, err = capsys.readouterr()
    assert told(out + err) == []
    spoilt(rules)
    again = ("--remplacer",) if "-o" in command or "--tableau" in command else ()
    assert run(["--regles", "regles", *command, *again]) == 0
    same, err = capsys.readouterr()
    assert same == out
    assert told(err) == ["regles/rules/mienne.yml", "regles/rules/vieux", "regles/rules/vide.yaml"]
    if "json" in command:
        assert json.loads(same)["dossier"] == "un.yaml"


def test_of_two_versions_each_says_what_it_did_not_read(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(rules.with_name("avant"))
    (rules.with_name("avant") / "rules" / "plus.yml").write_text("- regle: plus\n", encoding="utf-8")
    spoilt(rules)
    assert run(["regles", "differences", "avant", "regles", "--dossiers", "aucun", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)
    wanted = ["avant/rules/plus.yml", "regles/rules/mienne.yml", "regles/rules/vieux", "regles/rules/vide.yaml"]
    assert told(err) == wanted


def test_verifier_tells_each_once_where_its_findings_go(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt(rules)
    run(["regles", "verifier", "regles"])
    out, err = capsys.readouterr()
    assert (sorted(told(out)), told(err)) == (
        ["regles/rules/mienne.yml", "regles/rules/vide.yaml", "regles/rules/vieux"],
        [],
    )


def test_remarks_on_the_writing_are_for_who_verifies(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A claim that nothing uses, or a text cut by a comment, is no file that one believes in use."""
    lonely = "- vigilance: seule\n  titre: Seule # et coupée\n  signes: Un.\n  que_faire: Deux.\n  ne_dit_pas: Rien.\n"
    (rules / "knowledge" / "seule.yaml").write_text(lonely, encoding="utf-8")
    run(["regles", "verifier", "regles"])
    assert "(DLA208)" in capsys.readouterr().out
    run(["--regles", "regles", "diagnostiquer", "un.yaml"])
    assert capsys.readouterr().err == ""


def test_many_files_are_told_up_to_a_point_and_then_counted(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(MOST_TOLD + 2):
        (rules / "rules" / f"regle-{number}.yml").write_text("- regle: x\n", encoding="utf-8")
    assert run(["--regles", "regles", "--version"]) == 0
    err = capsys.readouterr().err
    assert len(told(err)) == MOST_TOLD
    assert f"et 2 autres fichiers ne sont pas lus{NBSP}:" in err


def test_the_rules_of_the_program_have_nothing_aside(capsys: pytest.CaptureFixture[str]) -> None:
    assert set_aside(packaged_rules()) == []
    assert run(["--version"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "command",
    [("diagnostiquer", "un.yaml"), ("rapport", "un.yaml", "--modele", "appel", "-o", "un.md"),
     ("lot", "un.yaml", "--complet", "-o", "lu.jsonl"), ("papiers", "fiche", "bon", "-o", "bon.md")],
    ids=lambda command: command[0],
)  # fmt: skip
def test_an_experience_or_a_trial_that_cannot_be_read_is_told_by_what_would_have_used_it(
    command: tuple[str, ...], rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("cas", "essais"):
        (rules / "knowledge" / kind).mkdir()
        (rules / "knowledge" / kind / "faux.yaml").write_text(DOSSIER + "  envies: oui\n", encoding="utf-8")
        (rules / "knowledge" / kind / "bon.yaml").write_text(DOSSIER, encoding="utf-8")
    assert run(["--regles", "regles", *command]) == 0
    err = capsys.readouterr().err
    kind = "essais" if command[0] == "papiers" else "cas"
    assert err.count(f"regles/knowledge/{kind}/faux.yaml:6:3") == 1
    assert err.count("Ces cas ou essais sont laissés de côté.") == 1
