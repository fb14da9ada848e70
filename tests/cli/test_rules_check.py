"""``regles verifier`` on the shipped rules, and on copies of them where one fault was planted."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conseil_dla.authoring.trials.trial_text import checked_text
from conseil_dla.cli.main import run
from conseil_dla.dossiers.store import load
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from shipped import ROOT, shipped_reader

Verified = Callable[..., tuple[int, str]]

DEAD = """
- regle: plantee
  titre: Une règle plantée
  quand:
    etat_du_groupe: constitue
    toutes:
      - etat_du_groupe: [a_reunir, en_formation]
      - calendrier: echeance_trop_courte
  alors:
    - vigilance: rythme
      niveau: avant
  parce_que: Pour l’essai.
  source: [E8]
  statut: interpretation
"""
GAP = "".join(
    f"""
- regle: plantee_{format}
  titre: Une règle plantée
  quand:
    etat_du_groupe: a_reunir
  alors:
    - ecarte: {format}
  parce_que: Pour l’essai.
  source: [E8]
"""
    for format in (
        "information",
        "orientation_formation",
        "formation",
        "thematique",
        "par_etapes",
        "individuel_d_abord",
    )
)
CONTRADICTION = """
- motif: plante_pour
  titre: une raison plantée
- motif: plante_contre
  titre: une autre raison plantée
- regle: plantee_pour
  titre: Une règle plantée
  quand:
    calendrier: echeance_trop_courte
  alors:
    - pour: thematique
      force: legere
      motif: plante_pour
  parce_que: Pour l’essai.
  source: [E8]
- regle: plantee_contre
  titre: Une règle plantée
  quand:
    aucune:
      - aucune:
          - calendrier: echeance_trop_courte
  alors:
    - contre: thematique
      force: legere
      motif: plante_contre
  parce_que: Pour l’essai.
  source: [E8]
"""
UNREACHABLE = """
- vigilance: plantee
  titre: Une vigilance plantée
- regle: plantee
  titre: Une règle plantée
  quand:
    nombre_de_structures:
      au_moins: 12
    toutes:
      - nombre_de_structures:
          au_plus: 11
  alors:
    - vigilance: plantee
      niveau: avant
  parce_que: Pour l’essai.
  source: [E8]
"""
NOBODY = """
- vigilance: plantee
  titre: Une vigilance plantée
"""
CYCLE = """
- regle: plantee_un
  titre: Une règle plantée
  quand:
    constat: plante_deux
  alors:
    - constat: plante_un
  parce_que: Pour l’essai.
  source: [E8]
- regle: plantee_deux
  titre: Une règle plantée
  quand:
    constat: plante_un
  alors:
    - constat: plante_deux
  parce_que: Pour l’essai.
  source: [E8]
"""
IDLE = """
- question: plantee
  titre: Une question plantée
  theme: Le groupe
  libelle: Une question plantée ?
  type: oui_non
- regle: plantee
  titre: Une règle plantée
  quand:
    plantee: oui
    toutes:
      - une_de:
          - plantee: non
  alors:
    - constat: plante
  parce_que: Pour l’essai.
  source: [E8]
- regle: plantee_lue
  titre: Une règle plantée
  quand:
    une_de:
      - constat: plante
      - toutes:
          - calendrier: echeance_trop_courte
          - etat_du_groupe: a_reunir
  alors:
    - vigilance: rythme
      niveau: pendant
  parce_que: Pour l’essai.
  source: [E8]
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, tmp_path / "copie" / part)
    return tmp_path / "copie"


@pytest.fixture
def verified(copy: Path, capsys: pytest.CaptureFixture[str]) -> Verified:
    def verify(planted: str = "", *options: str) -> tuple[int, str]:
        if planted:
            (copy / "rules" / "plantees.yaml").write_text(planted, encoding="utf-8")
        code = run(["regles", "verifier", str(copy), *options])
        return code, capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")

    return verify


def witnesses(copy: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted((copy / "temoins").glob("*.yaml"))}


def reader_of(copy: Path) -> Reader:
    opened = open_rules(copy)
    return Reader(opened.base, opened.engine)


def test_the_shipped_rules_are_clean(verified: Verified) -> None:
    code, out = verified()
    assert code == 0
    assert "Rien à corriger" in out
    assert "erreur" not in out
    assert "avertissement" not in out
    assert "combinaisons de réponses, pas projets réels" in out
    assert not re.search(r" = |\d(?:\s?\d){9}", out)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((), "Rien à redire, pour ce que la relecture peut voir."),
        ((Severity.INFORMATION,), "1 remarque. Rien à corriger, pour ce que la relecture peut voir."),
        ((Severity.WARNING, Severity.INFORMATION, Severity.INFORMATION), "1 avertissement et 2 remarques."),
        ((Severity.ERROR, Severity.WARNING), "1 erreur et 1 avertissement."),
    ],
)
def test_the_last_word_counts_remarks_and_says_what_was_not_replayed(found: tuple[Severity, ...], told: str) -> None:
    diagnostics = [Diagnostic("DLA101", one, Place("x.yaml", 1, 1), "une chose", "") for one in found]
    _, said, replay = checked_text(diagnostics, shipped_reader().base, "mes-regles").splitlines()
    assert said == told
    assert "ne sont pas rejoués ici" in replay
    assert "regles essayer" in replay
    assert "rejoués" not in checked_text(diagnostics, None, "mes-regles"), "nothing could be replayed"


def test_a_dead_rule_shows_what_cannot_be_together_and_the_dossier_that_comes_nearest(
    verified: Verified, copy: Path
) -> None:
    code, out = verified(DEAD)
    assert code == 1
    assert "la règle « plantee » ne s’applique jamais" in out
    assert "« etat_du_groupe: constitue » et « etat_du_groupe: [a_reunir, en_formation] »" in out
    assert "plantees.yaml:2:10" in out
    dossier = load(witnesses(copy)["DLA503-regle-plantee"], reader_of(copy).base)
    assert dossier.answers["calendrier"] == "echeance_trop_courte"
    assert dossier.answers["etat_du_groupe"] == "constitue"


def test_what_a_coherence_item_forbids_is_told_with_both_places(verified: Verified, copy: Path) -> None:
    forbidden = """
- coherence: plantee
  titre: Une incohérence plantée
  jamais:
    etat_du_groupe: constitue
    nombre_de_structures:
      au_moins: 49
  parce_que: Pour l’essai.
"""
    rule = DEAD.replace("[a_reunir, en_formation]", "constitue").replace(
        "calendrier: echeance_trop_courte", "nombre_de_structures:\n          au_moins: 49"
    )
    code, out = verified(rule + forbidden)
    assert code == 1
    assert "l’incohérence « plantee » refuse" in out
    assert "(DLA504)" in out
    assert "voir aussi" in out
    assert load(witnesses(copy)["DLA504-regle-plantee"], reader_of(copy).base).answers


def test_a_duplicate_is_found_however_it_is_written(verified: Verified, copy: Path) -> None:
    reader = reader_of(copy)
    text = (copy / "rules" / "demande.yaml").read_text(encoding="utf-8")
    start = text.index("- regle: porte_ouverte")
    item = text[start : text.find("\n- ", start + 1)]
    twin = item.replace("porte_ouverte", "plantee", 1).split("  exemples:")[0]
    twin = twin.replace("au_moins: 15", "entre: [15, 500]") if "[15" not in twin else twin
    high = reader.base.logic.questions["nombre_de_structures"].bounds
    assert high is not None
    code, out = verified(twin.replace("500", str(high[1])))
    assert code == 1
    assert "les règles « plantee » et « porte_ouverte » disent la même chose" in out
    reader = reader_of(copy)
    dossier = load(witnesses(copy)["DLA507-regle-plantee"], reader.base)
    assert {"plantee", "porte_ouverte"} <= reader.fire(dossier.answers)


def test_a_gap_shows_a_dossier_without_any_format(verified: Verified, copy: Path) -> None:
    code, out = verified(GAP)
    assert code == 1
    assert "il peut ne rester aucun format" in out
    reader = reader_of(copy)
    name = next(name for name in witnesses(copy) if name.startswith("DLA501"))
    reading = reader.read_dossier(load(witnesses(copy)[name], reader.base))
    assert set(reading.format.ruled_out) == set(reader.base.logic.formats)


def test_a_contradiction_shows_a_dossier_with_both(verified: Verified, copy: Path) -> None:
    code, out = verified(CONTRADICTION)
    assert code == 1
    assert "plaident, pour les mêmes dossiers, pour et contre « thematique »" in out
    reader = reader_of(copy)
    dossier = load(witnesses(copy)["DLA506-regle-plantee_contre"], reader.base)
    assert {"plantee_pour", "plantee_contre"} <= reader.fire(dossier.answers)


def test_an_unreachable_vigilance_is_told_with_the_rule_that_would_draw_it(verified: Verified) -> None:
    code, out = verified(UNREACHABLE)
    assert code == 1
    assert "la vigilance « plantee » n’est jamais conclue : la règle « plantee » ne s’applique jamais  (DLA505)" in out


def test_a_vigilance_that_no_rule_draws_is_an_error_of_verifier_alone(verified: Verified, copy: Path) -> None:
    code, out = verified(NOBODY)
    assert code == 1
    assert "1 erreur" in out
    assert "aucune règle ne conclut la vigilance « plantee »  (DLA208)" in out
    assert reader_of(copy)


def test_a_cycle_cannot_be_read(verified: Verified) -> None:
    code, out = verified(CYCLE)
    assert code == 2
    assert "(DLA203)" in out


def test_a_question_that_never_matters_is_doubtful(verified: Verified) -> None:
    code, out = verified(IDLE)
    assert code == 1
    assert "aucune réponse à la question « plantee » ne change jamais ce qui est montré  (DLA512)" in out


def test_every_witness_opens_and_goes_where_it_is_told(verified: Verified, copy: Path, tmp_path: Path) -> None:
    verified(DEAD + UNREACHABLE.replace("plantee", "autre"), "--temoins", str(tmp_path / "ailleurs"))
    assert not (copy / "temoins").exists()
    reader = reader_of(copy)
    found = sorted((tmp_path / "ailleurs").glob("*.yaml"))
    assert len(found) >= 2
    for path in found:
        assert reader.read_dossier(load(path, reader.base))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_refuses_costs_the_witnesses_alone(verified: Verified, copy: Path) -> None:
    copy.chmod(0o500)
    code, out = verified("", "--temoins", str(copy / "temoins"))
    copy.chmod(0o700)
    assert code == 0
    assert "Rien à corriger" in out


def test_a_full_disk_costs_the_witnesses_alone(
    verified: Verified, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("conseil_dla.authoring.proofs.write_atomically", full)
    code, out = verified(DEAD)
    assert code == 1
    assert "ne s’applique jamais" in out
    assert "dossier témoin :" not in out
