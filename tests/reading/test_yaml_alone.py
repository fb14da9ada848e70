"""A question, a rule and a vigilance added in YAML alone are asked, concluded, explained and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.cli.main import run
from shipped import ROOT, shipped_reader

QUESTION = """
- question: salle_a_soi
  titre: Une salle à elles
  theme: Le groupe
  libelle: Ont-elles une salle où se retrouver ?
  type: choix
  reponses:
    oui_une_salle: Oui, une salle où elles se retrouvent
    nulle_part: Non, nulle part
  source: [{claim}]
"""
VIGILANCE = """
- vigilance: nulle_part_ou_se_voir
  titre: Où ce groupe peut-il se retrouver ?
  signes: Chaque rendez-vous commence par la recherche d’un lieu.
  que_faire: Cherchez avec elles une salle qui ne coûte rien.
  ne_dit_pas: Que le groupe n’a pas envie de se voir.
  en_methode: Prévoir un lieu.
  source: [{claim}]
"""
RULE = """
- regle: sans_salle
  titre: Pas de salle
  quand:
    salle_a_soi: nulle_part
  alors:
    - vigilance: nulle_part_ou_se_voir
      niveau: avant
  parce_que: Un lieu partagé aide à travailler ensemble.
  source: [{claim}]
  statut: note
"""


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    folder = tmp_path / "regles"
    assert run(["regles", "initier", str(folder)]) == 0
    claim = next(id for kind, id in shipped_reader().base.texts if kind == "affirmation")
    for name, text in (
        ("knowledge/questions.yaml", QUESTION),
        ("knowledge/vigilance.yaml", VIGILANCE),
        ("rules/les_miennes.yaml", RULE),
    ):
        path = folder / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(before + text.format(claim=claim), encoding="utf-8")
    return folder


def test_it_is_concluded_explained_and_shown(edited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regles", "verifier", str(edited)]) == 0
    dossier = tmp_path / "d.yaml"
    dossier.write_text("titre: Essai\nreponses:\n  salle_a_soi: nulle_part\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["diagnostiquer", str(dossier), "--regles", str(edited)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Où ce groupe peut-il se retrouver ?" in shown
    assert "Cherchez avec elles une salle" in shown
    assert run(["expliquer", str(dossier), "nulle_part_ou_se_voir", "--regles", str(edited)]) == 0
    why = " ".join(capsys.readouterr().out.split())
    assert "Un lieu partagé aide à travailler ensemble." in why
    assert "Non, nulle part" in why
    dossier.write_text("titre: Essai\nreponses:\n  salle_a_soi: oui_une_salle\n", encoding="utf-8")
    assert run(["expliquer", str(dossier), "nulle_part_ou_se_voir", "--regles", str(edited)]) == 0
    why_not = " ".join(capsys.readouterr().out.split())
    assert "les réponses n’y conduisent pas" in why_not
    assert "Oui, une salle où elles se retrouvent" in why_not


def test_it_is_asked(edited: Path) -> None:
    """Following the suggested questions to the end, the new one comes."""
    from conseil_dla.reading.compose import Reader  # noqa: PLC0415
    from conseil_dla.reading.opening import open_rules  # noqa: PLC0415

    opened = open_rules(edited)
    reader = Reader(opened.base, opened.engine)
    answers: dict[str, object] = {}
    asked = []
    while question := reader.read(answers).next_question:  # type: ignore[arg-type]
        asked.append(question.question)
        one = reader.base.logic.questions[question.question]
        answers[one.id] = one.bounds[0] if one.bounds else (
            frozenset() if one.type == "plusieurs" else one.answers[0])  # fmt: skip
    assert "salle_a_soi" in asked
    assert len(asked) == len(set(asked))


def test_shipped_rules_are_left_alone(edited: Path) -> None:
    assert not (ROOT / "rules" / "les_miennes.yaml").exists()
    assert edited != ROOT
