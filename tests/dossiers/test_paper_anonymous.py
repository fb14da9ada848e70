"""An anonymous copy keeps a number of a paper only where one is asked for."""

from __future__ import annotations

from conseil_dla.dossiers.content import read_dossier
from conseil_dla.wording.discretion import NOT_TAKEN, anonymous_dossier
from shipped import shipped_reader

BASE = shipped_reader().base
WAY = next(f"{kind}:{id}" for kind, id in BASE.texts if kind == "modalite")
TEXT = f"""\
titre: Essai
reponses: {{}}
papiers:
  contact: 06 12 34 56 78
  plafond: 9 000
  pieces: ["83012345600017"]
  cofinanceurs:
    - cofinanceur: "0612345678"
      montant: 500
  facons_de_faire:
    - facon: {WAY}
      choix: gardee
      quand: "2027"
    - facon: 'dit par: Nour'
      choix: laissee
"""


def test_a_number_stays_only_where_one_is_asked_for() -> None:
    dossier, _ = read_dossier(TEXT, "d.yaml", BASE)
    assert dossier is not None
    paper = anonymous_dossier(BASE, dossier).paper
    assert paper == {
        "contact": NOT_TAKEN,
        "plafond": "9 000",
        "pieces": (NOT_TAKEN,),
        "cofinanceurs": ({"cofinanceur": NOT_TAKEN, "montant": "500"},),
        "facons_de_faire": ({"facon": WAY, "choix": "gardee", "quand": NOT_TAKEN},),
    }
