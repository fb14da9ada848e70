"""Fields of papers as authors write them: what is read, and what is refused where it stands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from builders import GOOD, write_folder
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Is
from conseil_dla.rules.paper_fields import PAPER_PARTS, PART_TITLES, number

FIELD = """\
- rubrique: phases
  titre: Les phases
  partie: deroulement
  type: tableau
  colonnes:
    phase: Phase
    jours:
      titre: Jours
      compte: jours_collectifs
  propositions:
    - ligne:
        phase: Lancement
      pour_formats: [chantier]
      si:
        commande: oui
- rubrique: secret
  titre: À dire
  partie: comite
  type: texte
  interne: oui
  propositions:
    - Un texte
    - Un autre
"""


def loaded(tmp_path: Path, text: str) -> tuple[object, list[tuple[str, int]]]:
    found = load(write_folder(tmp_path, {**GOOD, "knowledge/papiers.yaml": text}))
    return found.base, [(each.code, each.place.line) for each in found.diagnostics if each.is_error]


def test_a_field_is_what_its_author_wrote(tmp_path: Path) -> None:
    base = load(write_folder(tmp_path, {**GOOD, "knowledge/papiers.yaml": FIELD})).base
    assert base is not None
    phases, secret = base.fields.values()
    assert [(c.id, c.title, c.is_number, c.counts) for c in phases.columns] == [
        ("phase", "Phase", False, ""), ("jours", "Jours", True, "jours_collectifs"),
    ]  # fmt: skip
    (one,) = phases.proposals
    assert (one.row, one.formats, one.condition) == (
        {"phase": "Lancement"}, frozenset({"chantier"}), Is("commande", frozenset({"oui"})),
    )  # fmt: skip
    assert [each.text for each in secret.proposals] == ["Un texte", "Un autre"]
    assert (phases.is_own, secret.is_own) == (False, True)


@pytest.mark.parametrize(("old", "new", "code", "line"), [
    ("rubrique: phases", "rubrique: facons_de_faire", "DLA107", 1),
    ("  type: texte\n", "  type: tableau\n", "DLA118", 16),
    ("  type: tableau\n", "  type: liste\n", "DLA118", 6),
    ("  type: texte\n", "  type: nombre\n", "DLA118", 22),
    ("  interne: oui\n", "  compte: plafond\n", "DLA118", 20),
    ("  interne: oui\n", "  compte: poid\n", "DLA116", 20),
    ("        phase: Lancement\n", "        phas: Lancement\n", "DLA103", 12),
    ("        phase: Lancement\n", "        jours: 3\n", "DLA118", 12),
    ("[chantier]", "[chantie]", "DLA111", 13),
    ("        commande: oui\n", "        commande: peut_etre\n", "DLA102", 15),
    ("        commande: oui\n", "        constat: groupe_pret\n", "DLA128", 15),
    ("partie: comite", "partie: annexe", "DLA116", 18),
])  # fmt: skip
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    assert FIELD.count(old) == 1
    base, found = loaded(tmp_path, FIELD.replace(old, new))
    assert base is None
    assert (code, line) in found, found


@pytest.mark.parametrize(("text", "value"), [
    ("12 000", 12000), ("1\u202f200,50", Decimal("1200.50")), ("3.5", Decimal("3.5")), ("0", 0), ("", None),
    ("-3", None), ("douze", None), ("12 €", None), ("1,2,3", None), ("1e9", None), ("٣", None),
])  # fmt: skip
def test_a_number_is_read_as_it_is_typed(text: str, value: object) -> None:
    assert number(text) == value


def test_every_part_has_a_title() -> None:
    assert list(PART_TITLES) == list(PAPER_PARTS)
