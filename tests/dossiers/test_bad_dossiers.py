"""Error texts are public: one bad dossier for each code, with the text that its owner reads.

Read against the good miniature, to which two coherence rules are added that only together exclude something. To write
the expected texts anew, then read them: ``CONSEIL_DLA_ECRIRE_ATTENDUS=1 pytest tests/dossiers``, then
``python tools/diagnostics_page.py``. ``corrige/`` holds each dossier once mended.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from builders import GOOD, write_folder
from conseil_dla.dossiers.content import read_dossier
from conseil_dla.dossiers.store import load
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.rules.loading import load as load_rules
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render

TESTS = Path(__file__).resolve().parents[1]
BAD = sorted((TESTS / "bad_dossiers").glob("*.yaml"))
TOGETHER = """\
- coherence: beaucoup_et_emploi
  titre: Beaucoup de structures, et l’emploi parmi les sujets
  jamais:
    combien:
      au_moins: 30
    sujets: emploi
  parce_que: Exemple.

- coherence: beaucoup_sans_emploi
  titre: Beaucoup de structures, sans l’emploi
  jamais:
    combien:
      au_moins: 30
    commande: non
    aucune:
      - sujets: emploi
  parce_que: Exemple.

- coherence: sans_envie_commandee
  titre: Une commande sans envie
  jamais:
    envie: aucune_envie
    commande: oui
  parce_que: Exemple.
"""

COLUMNS = """\
- colonne: statut_juridique
  titre: Forme juridique
  type: choix
  reponses:
    association: Association
    autre: Autre

- colonne: effectif
  titre: Personnes employées
  type: nombre

- colonne: canton
  titre: Canton
  type: texte
  une_valeur: un canton
  valeurs:
    01: Les Hauts
    02: La Plaine
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    files = {**GOOD, "rules/ensemble.yaml": TOGETHER, "knowledge/structures.yaml": COLUMNS}
    files["knowledge/questions.yaml"] = files["knowledge/questions.yaml"].replace(
        "  profil: oui\n", "  profil: oui\n  anciennement: [ordre]\n"
    )
    loaded = load_rules(write_folder(tmp_path_factory.mktemp("regles"), files))
    assert loaded.base is not None, render(loaded.diagnostics)
    return loaded.base


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_dossier_is_told_as_written(path: Path, base: Base) -> None:
    dossier, found = read_dossier(path.read_text(encoding="utf-8"), path.name, base)
    assert (dossier is None) == any(finding.is_error for finding in found)
    told = render(tuple(found))
    golden = path.with_suffix(".txt")
    if os.environ.get("CONSEIL_DLA_ECRIRE_ATTENDUS") == "1":
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
    assert {finding.code for finding in found} == {path.stem.split("_")[0]}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_mended_dossier_is_without_mistake(path: Path, base: Base) -> None:
    mended = path.parent / "corrige" / path.name
    dossier, found = read_dossier(mended.read_text(encoding="utf-8"), path.name, base)
    assert (dossier is not None, found) == (True, [])


def test_a_dossier_that_is_not_there_is_told(tmp_path: Path, base: Base) -> None:
    with pytest.raises(Unusable) as caught:
        load(tmp_path / "absent.yaml", base)
    assert [finding.code for finding in caught.value.diagnostics] == ["DLA307"]


def test_every_code_of_dossiers_has_a_bad_one() -> None:
    source = TESTS.parent / "src" / "conseil_dla"
    files = [file for room in ("dossiers", "batch") for file in (source / room).glob("*.py")]
    codes = {code for file in files for code in re.findall(r"\bDLA\d{3}\b", file.read_text("utf-8"))}
    tables = (TESTS / "bad_tables").rglob("*.txt")
    assert codes - {"DLA307", "DLA321"} <= {path.stem.split("_")[0] for path in (*BAD, *tables)}
