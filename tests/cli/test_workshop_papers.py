"""``papiers`` as a user types it: the files, and nothing of the user's own dossiers in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import write_folder
from cli.test_commands import called, without_names
from conseil_dla.dossiers.store import load_scenarios
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.workshop.rehearsal import Rehearsal
from english import english_in
from shipped import CASES, ROOT, shipped_reader

SCENARIO = sorted((ROOT / "knowledge" / "essais").glob("atelier_*.yaml"))[0]


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    own = tmp_path / "mes-dossiers"
    own.mkdir()
    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(own))
    monkeypatch.setattr("conseil_dla.interview.questionnaire.MOST", 2)  # fewer questions, sooner chosen
    monkeypatch.chdir(tmp_path)
    return own


def papers(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code and what is told; stdout stays silent."""
    code, out, err = called(capsys, "papiers", *arguments)
    assert out == ""
    assert english_in(without_names(err), " ".join(arguments)) == set()
    return code, err


@pytest.mark.parametrize("what", [["questionnaire"], ["fiche", SCENARIO.stem], ["deroulement"], ["deroulement", "60"]])
def test_every_paper_is_written_as_its_name_asks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, what: list[str]
) -> None:
    for suffix in SUFFIXES[:2] if what == ["deroulement"] else (".md",):
        target = tmp_path / f"papier{suffix}"
        code, err = papers(capsys, *what, "-o", str(target))
        assert (code, target.exists()) == (0, True)
        assert str(target) in err


def test_a_whole_workshop_goes_into_a_new_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each sheet foresees is looked at elsewhere: here it foresees nothing."""
    monkeypatch.setattr("conseil_dla.workshop.papers.printed.rehearse", lambda *_: Rehearsal((), ()))
    code, _ = papers(capsys, "tout", "-o", "atelier")
    names = {path.name for path in (tmp_path / "atelier").iterdir()}
    base = shipped_reader().base
    expected = {f"fiche-{Path(each.path).stem}.html" for each in load_scenarios(base)}
    expected |= {f"deroulement-{plan.minutes}-minutes.html" for plan in base.plans} | {"questionnaire.html"}
    assert (code, names) == (0, expected)
    code, err = papers(capsys, "tout", "-o", "atelier")
    assert code == 2
    assert "n’est pas vide" in err
    code, _ = papers(capsys, "tout", CASES[0].stem, "--sorte", "md", "-o", "un")
    assert code == 0
    assert f"fiche-{CASES[0].stem}.md" in {path.name for path in (tmp_path / "un").iterdir()}


@pytest.mark.parametrize("what", ["fiche", "tout"])
def test_a_dossier_of_ones_own_is_refused_however_it_is_reached(
    capsys: pytest.CaptureFixture[str], own_folder: Path, tmp_path: Path, what: str
) -> None:
    deeper = own_folder / "anciens"
    deeper.mkdir()
    for place in (own_folder, deeper):
        (place / "projet.yaml").write_bytes(SCENARIO.read_bytes())
    (tmp_path / "lien").symlink_to(own_folder)
    (tmp_path / "copie.yaml").symlink_to(own_folder / "projet.yaml")
    ways = ("mes-dossiers/projet.yaml", "mes-dossiers/anciens/projet.yaml", "lien/projet.yaml", "copie.yaml")
    for given in ways if what == "fiche" else ways[:1]:
        code, err = papers(capsys, what, given, "-o", "sortie.md" if what == "fiche" else "sortie")
        assert code == 2
        assert "ne se distribue pas en atelier" in err
        assert not list(tmp_path.glob("sortie*"))
    if what == "fiche":
        (tmp_path / "ailleurs.yaml").write_bytes(SCENARIO.read_bytes())
        assert papers(capsys, "fiche", "ailleurs.yaml", "-o", "sortie.md")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["questionnaire"], "il manque"),
        (["questionnaire", "un", "-o", "x.md"], "de trop"),
        (["fiche", "-o", "x.md"], "il manque"),
        (["fiche", SCENARIO.stem[:-1], "-o", "x.md"], "vouliez-vous dire"),
        (["fiche", "absent.yaml", "-o", "x.md"], "introuvable"),
        (["deroulement", "45", "-o", "x.md"], "30, 60, 90"),
        (["fich", "-o", "x.md"], "vouliez-vous dire"),
        (["questionnaire", "-o", "x.pdf"], ".docx"),
        (["questionnaire", "-o", "x.md", "--sorte", "odt"], "tout"),
        (["tout", "-o", "x", "--sorte", "pdf"], "html"),
        (["tout", "-o", "x", "--remplacer"], "ne remplace rien"),
        ([], "questionnaire, fiche, deroulement ou tout"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], told: str
) -> None:
    code, err = papers(capsys, *arguments)
    assert code == 2
    assert told in err
    assert not list(tmp_path.glob("x*"))


def test_a_file_that_is_there_stays_unless_it_is_said_otherwise(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "plan.md"
    target.write_text("à moi", encoding="utf-8")
    assert papers(capsys, "deroulement", "30", "-o", str(target))[0] == 2
    assert target.read_text(encoding="utf-8") == "à moi"
    assert papers(capsys, "deroulement", "30", "-o", str(target), "--remplacer")[0] == 0
    assert target.read_text(encoding="utf-8") != "à moi"


def test_rules_without_a_plan_or_a_scenario_say_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rules = str(write_folder(tmp_path / "regles"))
    code, err = papers(capsys, "deroulement", "-o", "x.md", "--regles", rules)
    assert (code, "aucun déroulement" in err) == (2, True)
    assert papers(capsys, "questionnaire", "-o", "x.md", "--regles", rules)[0] == 0
    assert papers(capsys, "tout", "-o", "tout", "--regles", rules)[0] == 0
    assert {path.name for path in (tmp_path / "tout").iterdir()} == {"questionnaire.html"}
