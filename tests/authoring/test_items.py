"""Whatever key is changed in whatever item, ``differences`` names both, and says what it bears on."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from builders import GOOD, write_folder
from conseil_dla.authoring.versions.paper import SAME, WORDS_ALONE, summary_lines
from conseil_dla.authoring.versions.paper import write as paper_of
from conseil_dla.authoring.versions.versions import compare_versions
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.version_items import changed_items, is_same_folder, outside
from conseil_dla.reading.version_names import names_between
from conseil_dla.rules.loading import load
from conseil_dla.rules.loading.bearings import BEARINGS, ITEM_KEYS, PART_KEYS, Bearing, bearing
from conseil_dla.rules.loading.part_shapes import (
    EFFECTS,
    CountShape,
    ExampleShape,
    NetworkShape,
    PaperColumnShape,
    PoleShape,
    ProposalShape,
    StepShape,
)
from conseil_dla.rules.loading.shapes import ITEMS, Shape, TallyShape, WordingShape
from conseil_dla.rules.loading.shapes import Item as AnyItem
from conseil_dla.rules.model import Base
from rewriting import Folder, Item, as_texts, kind_and_id, other_values, read_folder, texts_of, with_key
from shipped import ROOT, shipped_reader

UNREACHED = {
    ("posture", "axes"): "two postures have to change places",
    ("format", "interne"): "papers name the format that they propose",
    ("deroulement", "minutes"): "they are the sum of those of its times",
    ("colonne", "valeurs"): "a mapping of names: see the test of its own",
    ("colonne", "codes_postaux"): "the same",
    ("question", "a_poser_en_premier_si"): "a condition: held where what is asked first is",
    ("vigilance", "ne_va_pas_avec"): "names of others: held where papers are",
    ("modalite", "ne_va_pas_avec"): "the same",
    ("partenaire", "ne_va_pas_avec"): "the same",
    ("rubrique", "colonnes"): "a mapping of names, as those of a column",
    ("rubrique", "type"): "what stands under its other keys goes with it",
}
"""Keys that cannot be changed alone in a folder that loads."""
MORE = """\
- colonne: ville
  titre: Ville
  type: texte
- colonne: forme
  titre: Forme
  type: choix
  reponses:
    association: Association
    scop: Coopérative
- question: salaires
  titre: Des salariés
  theme: Le groupe
  libelle: Combien y a-t-il d’associations ?
  type: choix
  reponses:
    une: Une seule
    plusieurs: Plusieurs
    aucune_ici: Aucune
  ordinaires: [une, plusieurs]
  modifiable: structures
  murit: [aucune_ici, une, plusieurs]
  dans_les_papiers: groupe
  phrases:
    une: Une association est du groupe.
  du_tableau:
    compte:
      forme: association
    reponses:
      aucune_ici: aucune
- question: moyens
  titre: Les moyens
  libelle: Avec quels moyens ?
  type: plusieurs
  reponses:
    salle: Une salle
    outil: Un outil
  dans_les_papiers: forme
  phrase: Le groupe dispose de …
  phrases:
    salle: une salle
- question: libre
  titre: Une question que rien ne lit
  libelle: Qui ouvre la réunion ?
  type: choix
  reponses:
    personne: Personne
    quelqu_un: Quelqu’un
- rubrique: salles
  titre: Les salles
  partie: budget
  type: nombre
  aide: Louées.
  unite: salles
  compte: montant
- rubrique: visites
  titre: Les visites
  partie: deroulement
  type: texte
  reprend: demande
  propositions:
    - Une visite.
- rappel: a_six_mois
  titre: À six mois
  apres_mois: 6
  que_regarder: Ce qui tient.
  en_methode: Un point sera fait.
- deroulement: court
  titre: Un temps court
  minutes: 4
  a_preparer:
    - Une salle.
  temps:
    - moment: accueil
      titre: Lire
      minutes: 2
      que_faire: Lisez.
    - moment: traces
      titre: Garder
      minutes: 2
      que_faire: Notez.
      a_dire: « Alors ? »
"""
"""What the good folder has nothing of: every kind of item then stands in it."""
FILES = {**GOOD, "knowledge/plus.yaml": MORE}


def reader_of(folder: Path) -> Reader:
    opened = open_rules(folder)
    return Reader(opened.base, opened.engine)


def changed(
    folder: Folder, kind: str, tmp_path: Path, dice: random.Random, most: int, done: Collection[str] = ()
) -> Iterator[tuple[Item, str, Any, Base]]:
    """Items of a kind with one key changed, each in a folder that loads; keys that are ``done`` are passed over."""
    items = [item for held in folder.values() for item in held if kind_and_id(item)[0] == kind]
    dice.shuffle(items)
    items.sort(key=len, reverse=True)
    wanted = [(item, key) for item in items[:most] for key in ITEMS[kind].model_fields]
    for item, key in wanted:
        if key == kind or key in done:
            continue
        for value in other_values(folder, item, key, dice):
            if value == item.get(key):
                continue
            texts = as_texts(with_key(folder, kind_and_id(item), key, value))
            found = load(write_folder(tmp_path, texts)).base
            if found is not None:
                yield item, key, value, found
                break


def expected(item: Item, key: str, value: Any, before: Base, after: Base) -> Bearing:
    """What the change bears on: of a part, what its title does; of an answer, its wording; first, what goes out."""
    kind, id = kind_and_id(item)
    crossed = outside(before, after, names_between(before, after))
    if key in [word.partition(".")[0] for of, one, word in crossed if (of, one) == (kind, id)]:
        return "sortie"
    if key in PART_KEYS and value is not None:
        return "mots"
    if key == "reponses" and value is not None:
        return "mots"
    return bearing(kind, key)


def check(before: Base, item: Item, key: str, value: Any, after: Base) -> None:
    named = kind_and_id(item)
    found = {(one.kind, one.id): one for one in changed_items(before, after)}
    assert set(found) == {named}, (named, key, value, found)
    told = {one.key: one.bearing for one in found[named].keys}
    assert told.get(key) == expected(item, key, value, before, after), (named, key, value, told)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Reader]:
    folder = read_folder(FILES)
    return folder, reader_of(write_folder(tmp_path_factory.mktemp("avant"), as_texts(folder)))


@pytest.mark.parametrize("kind", ITEMS)
def test_every_key_of_every_kind_is_named_with_what_it_bears_on(
    kind: str, small: tuple[Folder, Reader], tmp_path: Path
) -> None:
    folder, reader = small
    before, reached = reader.base, set[str]()
    for item, key, value, after in changed(folder, kind, tmp_path, random.Random(kind), 9, reached):
        check(before, item, key, value, after)
        reached.add(key)
    missing = set(ITEMS[kind].model_fields) - reached - {kind}
    assert missing == {key for of, key in UNREACHED if of == kind}


def test_the_values_that_a_column_knows_are_named(small: tuple[Folder, Reader], tmp_path: Path) -> None:
    folder, before = small
    item = next(one for held in folder.values() for one in held if kind_and_id(one) == ("colonne", "ville"))
    texts = as_texts(with_key(folder, kind_and_id(item), "valeurs", {"a": "Ici"}))
    after = load(write_folder(tmp_path, texts)).base
    assert after is not None
    check(before.base, item, "valeurs", {"a": "Ici"}, after)


@pytest.mark.lent
@pytest.mark.parametrize("kind", ITEMS)
def test_every_key_of_the_shipped_rules_is_named(kind: str, tmp_path: Path) -> None:
    """Of the keys that all kinds have, a third each; the title always, since papers may say it."""
    folder, number = read_folder(texts_of(ROOT)), list(ITEMS).index(kind)
    done = {key for at, key in enumerate(AnyItem.model_fields) if key != "titre" and (at + number) % 3}
    for item, key, value, after in changed(folder, kind, tmp_path, random.Random(kind), 1, done):
        check(shipped_reader().base, item, key, value, after)


@pytest.mark.parametrize("kind", ["question", "vigilance"])
def test_nothing_is_said_to_be_the_same_that_is_not(kind: str, small: tuple[Folder, Reader], tmp_path: Path) -> None:
    """« Rien ne change » is never said of a key that changed; « Seuls les mots changent », of words alone."""
    folder, before = small
    reached: set[str] = set()
    for item, key, value, _ in changed(folder, kind, tmp_path, random.Random(kind), 9, reached):
        reached.add(key)
        found = compare_versions(before, reader_of(tmp_path), ())
        first = next(summary_lines(found))
        bears = expected(item, key, value, before.base, found.after)
        assert (first == WORDS_ALONE) is (bears == "mots"), (kind_and_id(item), key)
        assert (first == SAME) is (bears == "noms"), (kind_and_id(item), key)
        assert found.is_same is (bears in ("mots", "noms"))
        if bears == "sortie":
            assert "dans un papier" in first or "dans les papiers" in first
        told = str(paper_of(found, "avant", "apres").blocks)
        assert kind_and_id(item)[1] in told
        assert key in told


@pytest.mark.lent
@pytest.mark.parametrize("kind", ITEMS)
def test_nothing_is_said_to_be_the_same_in_any_kind(kind: str, small: tuple[Folder, Reader], tmp_path: Path) -> None:
    test_nothing_is_said_to_be_the_same_that_is_not(kind, small, tmp_path)


def test_every_key_of_every_shape_bears_on_something() -> None:
    """No key is passed over for want of a row, and no row is about a key that is gone."""
    for kind, shape in ITEMS.items():
        assert set(ITEM_KEYS[kind]) == set(shape.model_fields) - set(AnyItem.model_fields) - {kind}, kind
        assert all(bearing(kind, key) in BEARINGS for key in shape.model_fields if key != kind)
    assert set(ITEM_KEYS) == set(ITEMS)
    parts: dict[str, type[Shape]] = {"poles": PoleShape, "temps": StepShape}
    assert {key: set(PART_KEYS[key]) for key in PART_KEYS} == {key: set(s.model_fields) for key, s in parts.items()}
    named = {PaperColumnShape, ProposalShape, TallyShape, WordingShape, ExampleShape, NetworkShape, CountShape}
    whole = {*EFFECTS.values(), *named}
    every = {shape for shape in Shape.__subclasses__() if shape is not AnyItem}
    assert every == {*parts.values(), *whole}, "a part of an item: its keys bear on something, or go with the whole"


def test_another_order_of_what_is_asked_or_shown_is_told(small: tuple[Folder, Reader], tmp_path: Path) -> None:
    folder, before = small
    file = "knowledge/questions.yaml"
    turned = {**folder, file: list(reversed(folder[file]))}
    found = compare_versions(before, reader_of(write_folder(tmp_path, as_texts(turned))), ())
    assert (found.items, found.reordered, found.is_same) == ((), ("question",), False)
    assert "L’ordre change pour les questions." in list(summary_lines(found))
    assert before.base.digest == found.after.digest
    assert not is_same_folder(before.base, found.after)
    assert is_same_folder(before.base, reader_of(write_folder(tmp_path / "encore", as_texts(folder))).base)


def test_a_rule_that_adds_nothing_is_told_since_it_is_a_reason(small: tuple[Folder, Reader], tmp_path: Path) -> None:
    folder, before = small
    file = "rules/projet.yaml"
    again = next(item for item in folder[file] if item.get("regle") == "pas_d_envie")
    twice = {**folder, file: [*folder[file], {**again, "regle": "encore", "alors": again["alors"][2:]}]}
    after = reader_of(write_folder(tmp_path, as_texts(twice)))
    found = compare_versions(before, after, ())
    assert (found.is_moved, found.is_same) == (False, False)
    assert "1 élément est nouveau." in list(summary_lines(found))
    back = list(summary_lines(compare_versions(after, before, ())))
    assert "1 élément est retiré." in back


def test_a_motif_that_no_rule_gives_any_more_is_not_given_by_others(
    small: tuple[Folder, Reader], tmp_path: Path
) -> None:
    folder, before = small
    file = "rules/projet.yaml"
    fewer = {**folder, file: [item for item in folder[file] if item.get("regle") != "envie_claire"]}
    fewer["rules/groupe.yaml"] = [
        {**item, "alors": [each for each in item["alors"] if each.get("motif") != "groupe_pret"]}
        if "regle" in item
        else item
        for item in folder["rules/groupe.yaml"]
    ]
    found = compare_versions(before, reader_of(write_folder(tmp_path, as_texts(fewer))), ())
    assert (found.given_up, found.retold) == (("groupe_pret",), ())
    lines = " ".join(summary_lines(found))
    assert "Plus aucune règle ne donne ces motifs" in lines
    assert "D’autres règles" not in lines
