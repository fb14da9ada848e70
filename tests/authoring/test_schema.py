"""What the schemas of ``regles schema`` accept and refuse, held against loading itself on the same files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bad_files import CASES, MENDED, laid_over
from builders import GOOD, write_folder
from conseil_dla.authoring.schema import dossier_document, items, rules_document, wordings
from conseil_dla.authoring.schema.pieces import digits
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence, plain_data
from conseil_dla.ground.yamltext import decode, parse
from conseil_dla.rules.answertext import LARGEST, whole_number
from conseil_dla.rules.loading import load, load_words
from conseil_dla.rules.loading.part_shapes import EFFECTS, ExampleShape, NetworkShape, PoleShape
from conseil_dla.rules.loading.shapes import ITEMS, Item, TallyShape

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent

# --- why a schema cannot refuse what loading refuses ----------------------------------------------------------------

TEXT = "the mistake is in the writing: what the YAML holds is right, or nothing of it can be read"
FOLDER = "the mistake is in the folder, not in a file"
ITEMS_TOGETHER = "several items say it together, perhaps from several files"
ORDER = "mappings of JSON have no order"
OWN_KEYS = "two keys of one item would have to be compared, or two numbers"

BEYOND: dict[str, str] = {
    **dict.fromkeys((
        "DLA001_document_de_traitement_de_texte", "DLA001_utf_16", "DLA001_windows_1252", "DLA002_tabulation",
        "DLA003_ancre", "DLA003_renvoi", "DLA004_point_d_exclamation", "DLA005_deux_documents",
        "DLA006_cle_double", "DLA007_deux_points_anglais", "DLA007_deux_points_dans_un_titre",
        "DLA007_espace_apres_une_cle", "DLA007_espace_fine", "DLA007_guillemets_de_word",
        "DLA007_sous_une_cle_puis_suite", "DLA008_apostrophe", "DLA008_guillemet_ouvert",
        "DLA008_guillemets_melanges", "DLA009_retrait", "DLA009_retrait_trop_court", "DLA010_accent_grave",
        "DLA010_arobase", "DLA010_crochet", "DLA010_deux_points_colle", "DLA010_pour_cent",
        "DLA010_texte_apres_chevron", "DLA010_tiret", "DLA013_retraits_sans_fin", "DLA013_trop_de_niveaux",
        "DLA014_liste_pour_cle", "DLA015_caractere_invisible", "DLA015_caractere_nul",
        "DLA015_marque_au_milieu", "DLA019_apres_le_deux_points", "DLA019_apres_le_tiret",
        "DLA019_dans_le_retrait", "DLA019_devant_la_cle", "DLA020_trop_gros", "DLA140_cle_dans_un_texte",
    ), TEXT),
    **dict.fromkeys(("DLA016_pas_de_dossier_rules", "DLA017_dossier_au_lieu_d_un_fichier"), FOLDER),
    "DLA101_titre_en_premier": ORDER,
    **dict.fromkeys((
        "DLA102_murit_inconnu", "DLA102_phrase_d_une_reponse_inconnue", "DLA119_bornes",
        "DLA126_bornes_croisees", "DLA126_entre_a_l_envers", "DLA134_deux_reponses_pour_un_compte",
        "DLA138_minutes_du_deroulement", "DLA207_trop_de_facons",
    ), OWN_KEYS),
    **dict.fromkeys((
        "DLA021_copie_d_un_fichier", "DLA102_code_postal_inconnu", "DLA108_deja_pris",
        "DLA108_deux_valeurs_pareilles", "DLA203_regles_en_rond", "DLA204_questions_en_rond",
        "DLA204_une_question_sur_elle_meme", "DLA204_premiere_d_apres_elle_meme",
        "DLA205_question_sur_deux_axes", "DLA206_quart_pris_deux_fois",
        "DLA206_quart_sans_posture", "DLA210_aucun_axe",
    ), ITEMS_TOGETHER),
}  # fmt: skip
"""Folders of tests/bad that loading refuses and no schema can, each with its reason."""
SPELLING = "a key that is nearly another may also be one of the author's own"
LOST_BY_EDITORS = {"DLA117_zero_devant"}
"""Refused as a text; an editor reads 07 as 7."""


def as_text(node: Node) -> object:
    """What loading sees: every scalar is a text."""
    return plain_data(node)


def as_edited(node: Node) -> object:
    """What an editor sees: plain scalars have the types of YAML 1.2."""
    if isinstance(node, Sequence):
        return [as_edited(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: as_edited(value) for key, value in node.entries}
    if not node.plain:
        return node.text
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    if node.text.lower() in ("true", "false"):
        return node.text.lower() == "true"
    return None if node.text in ("", "~", "null") else node.text


Form = Callable[[Node], object]
FORMS: list[Form] = [as_text, as_edited]


def read(path: Path, form: Form) -> object:
    text, _ = decode(path.read_bytes(), path.name)
    root, _ = parse(text or "", path.name)
    return None if root is None else form(root)


def rules_of(folder: Path) -> Draft202012Validator:
    return Draft202012Validator(rules_document(load_words(folder)[0]))


def refusals(folder: Path, form: Form, validator: Draft202012Validator | None = None) -> list[str]:
    """What the folder's own schema says of its files."""
    validator = validator or rules_of(folder)
    files = [path for path in sorted(folder.glob("*/*.yaml")) if path.is_file()]
    return [f"{path.name} {one.json_path}" for path in files for one in validator.iter_errors(read(path, form))]


# --- what is shipped is accepted, what loading refuses is refused ---------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_what_is_shipped_is_accepted(form: Form) -> None:
    known, _ = load_words(ROOT)
    rules, dossiers = rules_document(known), dossier_document(known)
    for document in (rules, dossiers):
        Draft202012Validator.check_schema(document)
    assert refusals(ROOT, form) == []
    validator = Draft202012Validator(dossiers)
    paths = [path for sub in ("cas", "essais") for path in (ROOT / "knowledge" / sub).glob("*.yaml")]
    assert len(paths) > 30
    for path in paths:
        assert [one.json_path for one in validator.iter_errors(read(path, form))] == [], path.name


@pytest.mark.parametrize("form", FORMS)
def test_the_good_miniature_is_accepted(form: Form, tmp_path: Path) -> None:
    assert refusals(write_folder(tmp_path), form) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_schema_refuses_what_loading_refuses(case: Path, tmp_path: Path) -> None:
    folder = laid_over(case, tmp_path / "dla")
    validator, is_accepted = rules_of(folder), load(folder).base is not None or case.name in BEYOND
    for form in FORMS:
        refused = refusals(folder, form, validator)
        if is_accepted:
            assert refused == []
        elif form is as_text or case.name not in LOST_BY_EDITORS:
            assert refused


@pytest.mark.parametrize("case", [case for case in CASES if (case / MENDED).is_dir()], ids=lambda case: case.name)
def test_a_schema_accepts_the_mended_file(case: Path, tmp_path: Path) -> None:
    folder = laid_over(case / MENDED, tmp_path / "dla")
    validator = rules_of(folder)
    assert [refusals(folder, form, validator) for form in FORMS] == [[], []]


def test_what_is_said_to_be_beyond_a_schema_is_there() -> None:
    assert set(BEYOND) | LOST_BY_EDITORS <= {case.name for case in CASES}


# --- dossiers -------------------------------------------------------------------------------------------------------

BAD_DOSSIERS = sorted((TESTS / "bad_dossiers").glob("*.yaml"))
DOSSIERS_BEYOND = {
    "DLA304_deux_reponses": OWN_KEYS,
    "DLA305_incoherentes": ITEMS_TOGETHER,
    "DLA308_plus_rien_de_possible": ITEMS_TOGETHER,
    "DLA117_nombre_a_zero": "",
    **dict.fromkeys(("DLA316_ancien_nom_sans_reponses", "DLA317_cle_mal_ecrite", "DLA317_note_mal_nommee"), SPELLING),
}


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> Draft202012Validator:
    columns = (
        "- colonne: statut_juridique\n  titre: Forme juridique\n  type: choix\n"
        "  reponses:\n    association: Association\n    autre: Autre\n"
        "- colonne: effectif\n  titre: Personnes employées\n  type: nombre\n"
    )
    files = {**GOOD, "knowledge/structures.yaml": columns}
    files["knowledge/questions.yaml"] = files["knowledge/questions.yaml"].replace(
        "  profil: oui\n", "  profil: oui\n  anciennement: [ordre]\n"
    )
    known, loaded = load_words(write_folder(tmp_path_factory.mktemp("regles"), files))
    assert loaded.base is not None
    return Draft202012Validator(dossier_document(known))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", BAD_DOSSIERS, ids=lambda path: path.stem)
def test_a_bad_dossier_is_refused(path: Path, form: Form, dossiers: Draft202012Validator) -> None:
    refused = [one.json_path for one in dossiers.iter_errors(read(path, form))]
    zero_seen = path.stem != "DLA117_nombre_a_zero" or form is as_text
    assert bool(refused) is (path.stem not in DOSSIERS_BEYOND or (zero_seen and not DOSSIERS_BEYOND[path.stem]))


@pytest.mark.parametrize(
    "text",
    [
        "titre: Essai\n", "titre: 2024\nreponses:\n", "titre: x\nreponses: {}\nma_cle: [1, 2]\n",
        "reponses:\n  combien: 7\n  sujets: [emploi]\n  envie: inconnu\n", 'reponses:\n  combien: "7"\n',
        "reponses:\n  combien: inconnu\n  sujets: inconnu\n  commande: oui\n", "reponses:\n  ordre: oui\n",
        "structures:\n  - nom: Les Sables\n    effectif:\n    statut_juridique: inconnu\n  - nom: X\n    effectif: 0\n",
        "avis:\n  format: chantier\n  pourquoi: Parce que.\n",
        "repondants:\n  la ville:\n    reponses:\n      envie: clairement\n",
        "attendu:\n  - position:\n      axe: projet\n      de: -1\n      a: 0.5\n  - ex_aequo: [chantier]\n",
        "attendu:\n  - argument: pour:chantier:groupe_pret\n  - certaine: vigilance:groupe_fragile\n",
        "attendu:\n  - ecarte: parcours\n  - certaine: vigilance:groupe_fragile:avant\n",
        "journal:\n  2026-03-01:\n    regles: 0123456789ab\n", "notes: Un texte.\n", "notes:\n  envie: Un texte.\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", FORMS)
def test_a_good_dossier_is_accepted(text: str, form: Form, dossiers: Draft202012Validator) -> None:
    root, found = parse(text, "f.yaml")
    assert root is not None
    assert not found
    assert [one.json_path for one in dossiers.iter_errors(form(root))] == []


# --- one source -----------------------------------------------------------------------------------------------------


def test_every_key_of_every_shape_is_in_the_schema_and_no_other() -> None:
    definitions = rules_document(load_words(ROOT)[0])["$defs"]
    for family, shapes in (("sorte", ITEMS), ("effet", EFFECTS)):
        for word, shape in shapes.items():
            made = definitions[f"{family}_{word}"]
            assert set(made["properties"]) == set(shape.model_fields), word
            needed = {key for key, field in shape.model_fields.items() if field.is_required()}
            assert set(made["required"]) == needed, word
            assert made["additionalProperties"] is False


def test_a_key_added_to_a_shape_needs_words_then_appears(monkeypatch: pytest.MonkeyPatch) -> None:
    class More(Item):
        motif: str
        nuance: str = ""

    known, _ = load_words(ROOT)
    monkeypatch.setitem(items.ITEMS, "motif", More)
    with pytest.raises(KeyError, match="nuance"):
        rules_document(known)
    monkeypatch.setattr(wordings, "KEYS", {**wordings.KEYS, "nuance": "Ce qui la nuance."})
    added = rules_document(known)["$defs"]["sorte_motif"]["properties"]["nuance"]
    assert added["description"] == "Ce qui la nuance."


def test_a_key_that_a_shape_leaves_open_is_never_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    class Open(Item):
        motif: str
        aide: Any = None

    monkeypatch.setitem(items.ITEMS, "motif", Open)
    with pytest.raises(KeyError, match=r"motif\.aide"):
        rules_document(load_words(ROOT)[0])


def test_the_french_table_says_what_is_shown_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[tuple[str, str]] = set()
    real = wordings.description

    def noted(subject: str, key: str) -> str:
        asked.add((subject, key))
        return real(subject, key)

    monkeypatch.setattr(wordings, "description", noted)
    known, _ = load_words(ROOT)
    rules_document(known)
    dossier_document(known)
    written = {(subject, key) for subject, keys in wordings._OF.items() for key in keys}
    assert written <= asked
    assert set(wordings.KEYS) <= {key for subject, key in asked if (subject, key) not in written}
    assert set(wordings.ITEM_WORDS) == set(ITEMS)
    for shape in (ExampleShape, NetworkShape, PoleShape, TallyShape):
        assert set(shape.model_fields) <= {key for _, key in asked}


def properties_in(node: object) -> Iterator[tuple[str, object]]:
    """Named properties that an author may write."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and node.get("additionalProperties") is False:
            yield from node["properties"].items()
        for value in node.values():
            yield from properties_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from properties_in(value)


def test_every_key_has_its_words_in_french() -> None:
    known, _ = load_words(ROOT)
    for document in (rules_document(known), dossier_document(known)):
        for name, schema in properties_in(document):
            assert isinstance(schema, dict)
            assert schema.get("description") or schema.get("title"), name


def test_names_are_proposed_with_their_wordings() -> None:
    known, _ = load_words(ROOT)
    definitions = rules_document(known)["$defs"]
    for id, question in known.questions.items():
        if question.type != "nombre":
            proposed = definitions[f"lit_{id}"]["else"]
            assert proposed["enum"] == list(question.answers)
            assert proposed["enumDescriptions"] == list(known.answers[id].values())
    assert set(definitions["effet_pour"]["properties"]["motif"]["enum"]) == set(known.titles["motif"])


# --- numbers --------------------------------------------------------------------------------------------------------


@given(st.integers(-400, 400), st.integers(0, 500), st.integers(-1200, 1200))
def test_a_pattern_holds_exactly_the_numbers_of_its_range(low: int, width: int, number: int) -> None:
    found = re.fullmatch(digits(low, low + width), str(number)) is not None
    assert found is (low <= number <= low + width)


@pytest.mark.parametrize("text", ["07", "-0", "+1", "1.0", " 1", "12:30", "", "-", "1e3", "2147483648", "10000000000"])
def test_no_other_text_is_a_number(text: str) -> None:
    assert whole_number(text.strip() if text != " 1" else "x") is None
    assert re.fullmatch(digits(-LARGEST, LARGEST), text) is None


@pytest.mark.parametrize("number", [0, 9, 10, 99, 100, 1999, 2000, LARGEST, -1, -LARGEST])
def test_the_widest_range_holds_every_number(number: int) -> None:
    assert re.fullmatch(digits(-LARGEST, LARGEST), str(number))


# --- nothing good is refused ----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["oui", "non", "yes", "7", "07", "0", "-1", "80", "[]", "[oui]", "{}", "inconnu", "envie", "clairement", "emploi",
     "chantier", "A1", "[A1]", "projet", "avant", "nette", "texte", "nombre", "choix", "'2026-01-02'", "…", "Un texte"]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 400), WORDS)
def test_a_schema_refuses_nothing_that_loading_accepts(tmp_path: Path, file: str, number: int, word: str) -> None:
    lines = GOOD[file].split("\n")
    valued = [at for at, line in enumerate(lines) if re.search(r": \S", line)]
    at = valued[number % len(valued)]
    lines[at] = re.sub(r": .*", f": {word}", lines[at])
    folder = write_folder(tmp_path, {**GOOD, file: "\n".join(lines)})
    if load(folder).base is not None:
        assert refusals(folder, as_text) == []
        assert refusals(folder, as_edited) == []


BY_ITSELF = {case.name.split("_")[0] for case in CASES} - {name.split("_")[0] for name in BEYOND} - {"DLA109"}
"""Codes that a schema always refuses (a ``yes`` between quotes is a word, and a schema sees no quotes)."""


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 400), WORDS, st.sampled_from(["value", "key", "line"]))
def test_a_schema_refuses_what_loading_refuses_wherever_it_stands(
    tmp_path: Path, file: str, number: int, word: str, damage: str
) -> None:
    lines = GOOD[file].split("\n")
    keyed = [at for at, line in enumerate(lines) if re.search(r":(?: \S|$)", line)]
    at = keyed[number % len(keyed)]
    if damage == "line":
        del lines[at]
    elif damage == "key":
        lines[at] = re.sub(r"[a-z_]+:", "quand:", lines[at], count=1)
    else:
        lines[at] = re.sub(r":( .*)?$", f": {word}", lines[at])
    folder = write_folder(tmp_path, {**GOOD, file: "\n".join(lines)})
    codes = {one.code for one in load(folder).diagnostics if one.is_error}
    if codes and codes <= BY_ITSELF:
        assert refusals(folder, as_text)


def test_scalars_are_texts_here_too() -> None:
    root, _ = parse("a: 07\n", "f.yaml")
    assert isinstance(root, Mapping)
    assert isinstance(root.get("a"), Scalar)
    assert (as_text(root), as_edited(root)) == ({"a": "07"}, {"a": 7})
    assert json.loads(json.dumps(as_edited(root))) == {"a": 7}
