"""A whole folder: everything is read, every mistake of every file is told at once, order changes nothing."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import GOOD, MORE_RULES, RULES, spoiled, write_folder
from conseil_dla.rules.loading import Loaded, load
from conseil_dla.rules.loading.meaning import circles
from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Base, Found, Is, NoneOf, Observation, Ordinary, Ticks, Within
from conseil_dla.wording.diagnostic_text import render


def base_of(loaded: Loaded) -> Base:
    assert loaded.base is not None, render(loaded.diagnostics)
    return loaded.base


@pytest.fixture
def good(tmp_path: Path) -> Base:
    loaded = load(write_folder(tmp_path))
    assert loaded.diagnostics == ()
    return base_of(loaded)


def codes(loaded: Loaded) -> list[tuple[str, str, int, int]]:
    return [(one.code, one.place.file, one.place.line, one.place.column) for one in loaded.diagnostics]


# --- what a good folder becomes -------------------------------------------------------------------------------------


def test_questions_become_logic(good: Base) -> None:
    questions = good.logic.questions
    assert questions["envie"].answers == ("aucune_envie", "a_demi_mot", "clairement")
    assert questions["commande"].answers == ("oui", "non")
    assert questions["commande"].in_profile
    assert questions["combien"].bounds == (0, 50)
    assert questions["combien"].ordinary == Ordinary(low=3, high=20)
    assert questions["combien"].asked_if == Is("envie", frozenset({"a_demi_mot", "clairement"}))
    assert questions["sujets"].ordinary == Ordinary(frozenset({"emploi", "gestion"}))
    assert good.entry("question", "commande").labels == {"oui": "Oui", "non": "Non"}


def test_conditions_become_logic(good: Base) -> None:
    rules = {rule.id: rule for rule in good.logic.rules}
    assert rules["groupe_assez_grand"].condition == Within("combien", 5, None)
    assert rules["groupe_mur_et_sujets"].condition == AllOf((
        Found("groupe_mur"),
        AtLeast(2, (
            Ticks("sujets", frozenset({"emploi", "lieux"})),
            Is("envie", frozenset({"clairement"})),
            NoneOf((Is("commande", frozenset({"oui"})),)),
        )),
    ))  # fmt: skip
    assert isinstance(rules["rien_a_partager"].condition, AnyOf)
    assert [rule.stratum for rule in good.logic.rules] == [0, 0, 0, 0, 0, 0, 1]
    assert [rule.id for rule in good.logic.rules][:-1] == sorted(rule.id for rule in good.logic.rules[:-1])


def test_texts_stand_apart(good: Base) -> None:
    entry = good.entry("regle", "groupe_assez_grand")
    assert entry.observation == Observation("Une chargée d’accompagnement", "2024", "Bretagne")
    assert (entry.sources, entry.status) == ((), "reseau")
    assert good.entry("question", "envie").texts["aide"] == "Ce qu’elles ont dit elles-mêmes."
    assert good.entry("tension", "attendre_ou_oser").pole_sources == (("A1",), ("A2",))
    assert good.entry("posture", "passeur").internal
    examples = good.entry("regle", "envie_claire").examples
    assert [(dict(one.answers), one.fires) for one in examples] == [
        ({"envie": "clairement"}, True),
        ({"envie": "aucune_envie", "sujets": frozenset()}, False),
    ]


def test_origin_and_places_are_shown_as_asked(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    assert base_of(load(folder)).origin == str(folder)
    shown = base_of(load(folder, shown_as="chez_moi"))
    assert shown.entry("regle", "envie_claire").place.file == "chez_moi/rules/projet.yaml"


# --- order ----------------------------------------------------------------------------------------------------------


def shuffled(seed: int) -> dict[str, str]:
    """Every item of the folder in another order, spread over other files."""
    draw = random.Random(seed)
    items = [
        item for text in GOOD.values() for item in re.split(r"\n*^(?=- )", text, flags=re.MULTILINE) if "- " in item[:2]
    ]
    draw.shuffle(items)
    cut = draw.randrange(1, len(items))
    return {"rules/z.yaml": "\n\n".join(items[:cut]) + "\n", "knowledge/a.yaml": "\n".join(items[cut:]) + "\n"}


@pytest.mark.parametrize("seed", range(5))
def test_order_and_splitting_change_nothing(seed: int, tmp_path: Path, good: Base) -> None:
    other = base_of(load(write_folder(tmp_path / "autre", shuffled(seed))))
    assert other.digest == good.digest
    assert other.logic.rules == good.logic.rules
    assert dict(other.logic.questions) == dict(good.logic.questions)
    assert set(other.texts) == set(good.texts)


def test_the_digest_follows_content_and_not_layout(tmp_path: Path, good: Base) -> None:
    same = {
        **GOOD,
        "rules/projet.yaml": RULES.replace("parce_que: >-\n    Une envie", "parce_que: Une envie") + "\n# fin\n",
    }
    assert base_of(load(write_folder(tmp_path / "a", same))).digest == good.digest
    moved = RULES.replace("  titre: Pas encore d’envie\n", "").replace(
        "  parce_que: Rien n’est encore dit.\n", "  parce_que: Rien n’est encore dit.\n  titre: Pas encore d’envie\n"
    )
    assert base_of(load(write_folder(tmp_path / "c", {**GOOD, "rules/projet.yaml": moved}))).digest == good.digest
    other = {**GOOD, "rules/projet.yaml": RULES.replace("points: 3", "points: 2")}
    assert base_of(load(write_folder(tmp_path / "b", other))).digest != good.digest
    assert re.fullmatch(r"[0-9a-f]{12}", good.digest)


# --- mistakes -------------------------------------------------------------------------------------------------------


def test_mistakes_of_all_files_are_told_at_once_at_their_place(tmp_path: Path) -> None:
    files = dict(GOOD)
    files["rules/projet.yaml"] = RULES.replace("envie: aucune_envie\n  alors", "envi: aucune_envie\n  alors").replace(
        "force: decisive", "force: forte"
    )
    files["rules/groupe.yaml"] = MORE_RULES.replace(
        "titre: Une commande\n", "titre: Une commande : trop tôt\n"
    ).replace("source: [A2]\n\n- regle: rien", "source: [A3]\n\n- regle: rien")
    files["knowledge/autre.yaml"] = "- motif: Pas_bon\n"
    loaded = load(write_folder(tmp_path, files), shown_as="")
    assert loaded.base is None
    where = {code: (file, line, column) for code, file, line, column in codes(loaded)}
    assert len(loaded.diagnostics) == len(where) == 6
    assert where["DLA104"] == where["DLA106"] == ("knowledge/autre.yaml", 1, 10)
    assert where["DLA007"] == seen(files, "rules/groupe.yaml", "  titre: Une commande : trop tôt", " : trop")
    assert where["DLA112"] == seen(files, "rules/groupe.yaml", "  source: [A3]", "A3")
    assert where["DLA110"] == seen(files, "rules/projet.yaml", "    envi: aucune_envie", "envi")
    assert where["DLA116"] == seen(files, "rules/projet.yaml", "      force: forte", "forte")


def seen(files: dict[str, str], file: str, line: str, part: str) -> tuple[str, int, int]:
    """Where a person finds a part of a line, lines and columns from 1."""
    return file, files[file].split("\n").index(line) + 1, line.index(part) + 1


def test_what_an_unreadable_passage_defines_is_not_said_to_be_unknown(tmp_path: Path) -> None:
    broken = spoiled("rules/projet.yaml", "titre: Un groupe assez grand", "titre: Un groupe : assez grand")
    assert {code for code, *_ in codes(load(write_folder(tmp_path / "a", broken)))} == {"DLA007"}
    broken = spoiled("knowledge/questions.yaml", "titre: Les sujets", "titre: 'Les sujets")
    assert {code for code, *_ in codes(load(write_folder(tmp_path / "b", broken)))} == {"DLA008"}
    unread = {**GOOD, "knowledge/questions.yaml": "x\n"}
    (write_folder(tmp_path / "c", unread) / "knowledge" / "questions.yaml").write_bytes(b"\xe9")
    assert "DLA001" in {code for code, *_ in codes(load(tmp_path / "c"))}


def test_a_broken_question_is_told_once(tmp_path: Path) -> None:
    files = spoiled("knowledge/questions.yaml", "type: plusieurs", "type: plusieur")
    loaded = load(write_folder(tmp_path, files))
    assert [code for code, *_ in codes(loaded)] == ["DLA116"]
    assert loaded.diagnostics[0].help == "vouliez-vous dire « plusieurs » ?"


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "true", "False", "vrai", "FAUX", '"yes"', "'Vrai'"])
def test_only_oui_and_non_are_read(word: str, tmp_path: Path) -> None:
    loaded = load(
        write_folder(
            tmp_path, spoiled("rules/groupe.yaml", "    commande: oui\n  alors", f"    commande: {word}\n  alors")
        )
    )
    assert [code for code, *_ in codes(loaded)] == ["DLA109"]
    assert "« oui » et « non »" in loaded.diagnostics[0].message


def test_such_words_are_welcome_inside_a_text_or_quoted_as_one(tmp_path: Path) -> None:
    files = spoiled("knowledge/questions.yaml", "lieux: Les lieux", 'lieux: "Vrai"')
    files["rules/projet.yaml"] = RULES.replace("Rien n’est encore dit.", "Le vrai et le faux, on off.")
    assert load(write_folder(tmp_path, files)).diagnostics == ()


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("envie: []", "DLA122"), ("{}", "DLA122"), ("[]", "DLA122"), ("envie:", "DLA105"), ("clairement", "DLA115"),
        ("aucune:\n      envie: clairement", "DLA115"), ("entre: [1, 2]", "DLA123"), ("au_plus: 3", "DLA123"),
        ("au_moins:\n      n: 0\n      parmi:\n        - envie: clairement", "DLA124"),
        ("au_moins:\n      n: 1", "DLA104"), ("au_moins:\n      n: 1\n      parmi: []", "DLA122"),
        ("au_moins:\n      n: 1\n      parmi:\n        - envie: clairement\n      sur: 2", "DLA103"),
        ("combien: [3, 4]", "DLA125"), ("combien:\n      plus_de: 3", "DLA125"),
        ("combien:\n      entre: [3]", "DLA126"),
        ("combien:\n      au_moins: 9\n      au_plus: 3", "DLA126"), ("combien:\n      au_moins: 1.5", "DLA117"),
        ("combien:\n      au_moins: +3", "DLA117"), ("combien:\n      au_moins: 99999999999", "DLA117"),
        ("combien:\n      au_plus: -1", "DLA127"), ("envie: sans_objet", "DLA102"), ("posture: guide", "DLA110"),
        ("n: 3", "DLA110"), ("sujets:\n      entre: [1, 2]", "DLA125"), ("constat: [groupe_mur]", "DLA115"),
        ("constat: envie_claire", "DLA201"), ("commande: peut_etre", "DLA102"), ("envie:\n      - - a", "DLA115"),
    ],
)  # fmt: skip
def test_traps_of_conditions(condition: str, code: str, tmp_path: Path) -> None:
    opening = " " if condition in ("{}", "[]", "clairement") else "\n    "
    files = spoiled("rules/projet.yaml", "quand:\n    envie: aucune_envie", f"quand:{opening}{condition}")
    loaded = load(write_folder(tmp_path, files))
    assert code in {one.code for one in loaded.diagnostics}, render(loaded.diagnostics)
    assert loaded.base is None


@pytest.mark.parametrize(
    ("comparison", "told"),
    [
        ("au_moins: 50", False),
        ("au_moins: 51", True),
        ("au_plus: 0", False),
        ("au_moins: 0", False),
        ("au_plus: 50", False),
    ],
)
def test_bounds_include_both_ends_and_a_question_that_may_not_apply_can_be_compared_to_them(
    comparison: str, told: bool, tmp_path: Path
) -> None:
    files = spoiled("rules/projet.yaml", "      au_moins: 5\n", f"      {comparison}\n")
    assert [one.code for one in load(write_folder(tmp_path, files)).diagnostics] == (["DLA127"] if told else [])


@pytest.mark.parametrize("comparison", ["au_moins: 0", "au_plus: 50", "entre: [0, 50]"])
def test_a_comparison_that_always_holds_is_refused(comparison: str, tmp_path: Path) -> None:
    files = spoiled("knowledge/questions.yaml", "  posee_si:\n    envie: [a_demi_mot, clairement]\n", "")
    files["rules/projet.yaml"] = RULES.replace("      au_moins: 5\n", f"      {comparison}\n")
    loaded = load(write_folder(tmp_path, files))
    assert [one.code for one in loaded.diagnostics] == ["DLA127"]
    assert "toujours" in loaded.diagnostics[0].message


@pytest.mark.parametrize("points", ["-3", "3", "-4", "4", "0"])
def test_points_go_from_minus_three_to_three(points: str, tmp_path: Path) -> None:
    files = spoiled("rules/projet.yaml", "points: 3\n", f"points: {points}\n")
    expected = [] if points in ("-3", "3") else ["DLA129"]
    assert [one.code for one in load(write_folder(tmp_path, files)).diagnostics] == expected


@pytest.mark.parametrize("over", [0, 1])
def test_questions_and_options_fit_on_a_projected_screen(over: int, tmp_path: Path) -> None:
    files = spoiled(
        "knowledge/questions.yaml", "libelle: De quels sujets est-il question ?", "libelle: " + "l" * (110 + over)
    )
    files["knowledge/questions.yaml"] = files["knowledge/questions.yaml"].replace("Les lieux", "o" * (60 + over))
    assert [one.code for one in load(write_folder(tmp_path, files)).diagnostics] == ["DLA113"] * 2 * over


@pytest.mark.parametrize("over", [0, 1])
def test_what_is_to_be_done_fits_on_a_line(over: int, tmp_path: Path) -> None:
    files = spoiled("knowledge/vigilance.yaml", "  que_faire:", f"  action: {'a' * (80 + over)}\n  que_faire:")
    found = load(write_folder(tmp_path, files)).diagnostics
    assert [one.code for one in found] == ["DLA113"] * over
    assert all("« que_faire »" in one.help for one in found)


def test_a_question_may_not_feed_two_axes_even_through_a_finding(tmp_path: Path) -> None:
    more = (
        "- regle: par_constat\n  titre: Par un constat\n  quand:\n    constat: groupe_mur\n  alors:\n"
        "    - axe: {}\n      points: 1\n  parce_que: Suite.\n  source: [A1]\n"
        "- regle: du_nombre\n  titre: Du nombre\n  quand:\n    combien:\n      au_moins: 9\n  alors:\n"
        "    - axe: projet\n      points: 1\n  parce_que: Suite.\n  source: [A1]\n"
    )
    same = load(write_folder(tmp_path / "a", {**GOOD, "rules/suite.yaml": more.format("projet")}))
    assert same.diagnostics == ()
    other = load(write_folder(tmp_path / "b", {**GOOD, "rules/suite.yaml": more.format("puissance")}))
    assert [one.code for one in other.diagnostics] == ["DLA205"]
    assert "« combien »" in other.diagnostics[0].message


def test_every_quadrant_has_its_posture(tmp_path: Path) -> None:
    text = GOOD["knowledge/conclusions.yaml"]
    start, end = text.index("- posture: veilleur"), text.index("- format: rencontre")
    files = {**GOOD, "knowledge/conclusions.yaml": text[:start] + text[end:]}
    loaded = load(write_folder(tmp_path, files))
    assert [one.code for one in loaded.diagnostics] == ["DLA206"]
    assert "projet: negatif, puissance: negatif" in loaded.diagnostics[0].message


def test_a_bare_number_is_sent_under_its_question(tmp_path: Path) -> None:
    files = spoiled("rules/projet.yaml", "    envie: aucune_envie\n  alors", "    au_moins: 3\n  alors")
    assert "écrivez-le sous le nom de la question" in load(write_folder(tmp_path, files)).diagnostics[0].help


def test_former_names_are_kept_for_dossiers(tmp_path: Path) -> None:
    files = spoiled(
        "knowledge/questions.yaml",
        "    lieux: Les lieux",
        "    lieux:\n      libelle: Les lieux\n      anciennement: [salles]",
    )
    files["knowledge/questions.yaml"] = files["knowledge/questions.yaml"].replace(
        "  profil: oui\n", "  profil: oui\n  anciennement: [ordre, demande]\n"
    )
    base = base_of(load(write_folder(tmp_path, files)))
    assert base.entry("question", "commande").texts["anciennement"].split() == ["ordre", "demande"]
    assert base.entry("question", "sujets").texts["anciennement.lieux"] == "salles"
    assert base.entry("question", "sujets").labels["lieux"] == "Les lieux"


@pytest.mark.parametrize("missing", ["", "rules", "knowledge"])
def test_missing_folders_are_findings(missing: str, tmp_path: Path) -> None:
    folder = tmp_path / "dla"
    if missing:
        (folder / ("rules" if missing == "knowledge" else "knowledge")).mkdir(parents=True)
    loaded = load(folder)
    assert loaded.base is None
    assert "DLA016" in {one.code for one in loaded.diagnostics}


def test_a_file_in_place_of_the_folder_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x", encoding="utf-8")
    assert [one.code for one in load(tmp_path / "f").diagnostics] == ["DLA016"]


def test_cases_and_trials_are_left_to_others(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    for sub in ("cas", "essais"):
        (folder / "knowledge" / sub).mkdir()
        (folder / "knowledge" / sub / "un.yaml").write_text("titre: un\n", encoding="utf-8")
    assert load(folder).diagnostics == ()


RENAMED = """\
- question: retour
  titre: Le retour
  libelle: Un retour est-il prévu ?
  type: choix
  reponses:
    espere:
      libelle: Espéré
      anciennement: [souhaite]
    prevu: Prévu
  ordinaires: [souhaite]
  modifiable: structures
  murit: [souhaite, prevu]
  dans_les_papiers: progres
  phrases:
    souhaite: Un retour est souhaité.
- facteur: un_retour
  titre: Un retour
  present_si:
    retour: souhaite
"""


RIPENING = """\
- question: mur
  titre: Une question
  libelle: Que dire ?
  type: oui_non
  modifiable: structures
  murit: [{}, non]
"""


@pytest.mark.parametrize(("written", "code"), [
    ("yes", "DLA109"), ("vrai", "DLA109"), ("[oui]", "DLA115"), ("{a: b}", "DLA115"), ("oiu", "DLA102"),
    ("non", "DLA136"),
])  # fmt: skip
def test_an_order_of_ripening_tells_what_is_no_answer_once_and_at_its_place(
    tmp_path: Path, written: str, code: str
) -> None:
    files = {**GOOD, "knowledge/mur.yaml": RIPENING.format(written)}
    told = [one for one in codes(load(write_folder(tmp_path, files), shown_as="")) if one[0] != "DLA209"]
    assert told == [(code, "knowledge/mur.yaml", 6, 11 if written != "non" else 16)]


def test_an_axis_that_a_posture_misses_is_told_at_its_axes(tmp_path: Path) -> None:
    both = "    projet: negatif\n    puissance: negatif\n"
    files = spoiled("knowledge/conclusions.yaml", both, "    projet: negatif\n")
    loaded = load(write_folder(tmp_path, files), shown_as="")
    line = files["knowledge/conclusions.yaml"].splitlines().index("- posture: veilleur") + 3
    assert codes(loaded) == [("DLA104", "knowledge/conclusions.yaml", line, 3)]


def test_every_place_that_still_names_an_answer_by_its_former_name_is_told_at_once(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {**GOOD, "knowledge/retour.yaml": RENAMED})
    told = [(one.code, one.place.line) for one in load(folder).diagnostics]
    assert told == [("DLA102", line) for line in (10, 12, 15, 19)]
    good = RENAMED.replace("souhaite", "espere").replace("[espere]\n    prevu", "[souhaite]\n    prevu")
    (folder / "knowledge" / "retour.yaml").write_text(good, encoding="utf-8")
    assert load(folder).diagnostics == ()


# --- strata and expansion -------------------------------------------------------------------------------------------


def test_long_chains_have_as_many_strata(tmp_path: Path) -> None:
    chain = "".join(
        f"- regle: maillon_{i}\n  titre: Maillon\n  quand:\n    {f'constat: m{i - 1}' if i else 'envie: clairement'}\n"
        f"  alors:\n    - constat: m{i}\n  parce_que: Suite.\n  source: [A1]\n"
        for i in range(600)
    )
    loaded = load(write_folder(tmp_path, {**GOOD, "rules/chaine.yaml": chain}))
    assert [one.code for one in loaded.diagnostics] == ["DLA202"]
    assert base_of(loaded).logic.rules[-1].stratum == 599


def test_every_circle_is_shown() -> None:
    graph = {
        ("q", "a"): [("q", "b")],
        ("q", "b"): [("q", "a")],
        ("q", "c"): [("q", "c"), ("q", "a")],
        ("q", "d"): [("q", "x")],
    }
    assert circles(graph) == ((("q", "a"), ("q", "b")), (("q", "c"),))


# --- nothing raises -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["envie", "oui", "yes", "07", "au_moins", "{}", "[]", "- ", ": ", " : ", "\n", "  ", "constat: x", "quand:",
     "alors:", "#", "'", '"', "[", "*", "&", "regle: ", "reponses", "titre", "inconnu", "parmi:", "n: 1", "null", "\t",
     "é", "99999999999999"]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(GOOD)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.one_of(WORDS, st.just(""))), min_size=1, max_size=3),
)
def test_no_mutilation_makes_loading_raise(tmp_path: Path, file: str, cuts: list[tuple[float, int, str]]) -> None:
    text = GOOD[file]
    for where, length, word in cuts:
        at = int(where * len(text))
        text = text[:at] + word + text[at + length :]
    loaded = load(write_folder(tmp_path, {**GOOD, file: text}))
    assert (loaded.base is None) == any(one.is_error for one in loaded.diagnostics)
    assert render(loaded.diagnostics) == "" or "(DLA" in render(loaded.diagnostics)
    assert [one.message for one in loaded.diagnostics if one.message.startswith("il manque") and not one.help] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 400), st.sampled_from(["line", "indent", "value"]))
def test_no_damaged_line_makes_loading_raise(tmp_path: Path, file: str, number: int, damage: str) -> None:
    lines = GOOD[file].split("\n")
    number %= len(lines)
    if damage == "line":
        del lines[number]
    elif damage == "indent":
        lines[number] = "  " + lines[number]
    else:
        lines[number] = re.sub(r": .*", ": [x, {y: z}]", lines[number])
    loaded = load(write_folder(tmp_path, {**GOOD, file: "\n".join(lines)}))
    assert (loaded.base is None) == any(one.is_error for one in loaded.diagnostics)
    assert [one.message for one in loaded.diagnostics if one.message.startswith("il manque") and not one.help] == []


def test_what_is_not_read_comes_before_what_misses_it(tmp_path: Path) -> None:
    """Rules that a folder inside hides: the others then read findings that nothing concludes."""
    write_folder(tmp_path)
    hidden = tmp_path / "rules" / "vieux"
    hidden.mkdir()
    for path in (tmp_path / "rules").glob("*.yaml"):
        path.rename(hidden / path.name)
    reading = (
        "- regle: orpheline\n  titre: Une règle\n  quand:\n    constat: cache\n  alors:\n    - prealable: absent\n"
    )
    (tmp_path / "rules" / "a.yaml").write_text(reading, encoding="utf-8")
    found = load(tmp_path).diagnostics
    assert found[0].code == "DLA018"
    assert len(found) > 1
