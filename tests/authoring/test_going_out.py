"""What may go out in a paper with a version of the rules, and did not, or not so, with the one before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from authoring.test_items import FILES, reader_of
from builders import write_folder
from conseil_dla.authoring.versions.items_text import let_out
from conseil_dla.authoring.versions.paper import summary_lines
from conseil_dla.authoring.versions.versions import VersionDifference, compare_versions
from conseil_dla.reading.compose import Reader
from rewriting import Folder, as_texts, kind_and_id, read_folder, with_key

Named = tuple[str, str]
METHOD = "Un temps y est consacré."
WRITTEN: dict[Named, dict[str, Any]] = {
    ("question", "commande"): {"dans_les_papiers": "origine", "phrases": {"oui": "Une collectivité demande."}},
    ("question", "combien"): {"dans_les_papiers": "groupe", "phrase": "Le groupe compte …."},
    ("vigilance", "commande_trop_tot"): {"en_methode": METHOD},
    ("vigilance", "groupe_fragile"): {"en_methode": METHOD},
    ("modalite", "binome"): {"en_methode": METHOD},
    ("partenaire", "federation"): {"en_methode": METHOD},
    ("prealable", "une_date"): {"en_methode": METHOD},
    ("facteur", "envie_dite"): {"dans_les_papiers": "appuis"},
    ("format", "chantier"): {"definition": "Un chantier.", "en_methode": METHOD},
}
"""What is written for papers, beside the questions of ``test_items``."""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Reader]:
    folder = read_folder(FILES)
    for named, keys in WRITTEN.items():
        for key, value in keys.items():
            folder = with_key(folder, named, key, value)
    return folder, reader_of(write_folder(tmp_path_factory.mktemp("avant"), as_texts(folder)))


Spoken = tuple[Folder, Reader]


def rewritten(spoken: Spoken, tmp_path: Path, named: Named, **keys: Any) -> VersionDifference:
    """The difference that new values of some keys of an item make; None takes a key away."""
    folder, before = spoken
    for key, value in keys.items():
        folder = with_key(folder, named, key, value)
    return compare_versions(before, reader_of(write_folder(tmp_path, as_texts(folder))), ())


def told(difference: VersionDifference) -> dict[str, set[tuple[str, str, tuple[str, ...]]]]:
    return {way: set(items) for way, items in let_out(difference)}


@pytest.mark.parametrize(
    ("named", "keys", "way", "words"),
    [
        (("question", "commande"), {"phrases": {"oui": "Une collectivité demande.", "non": "Nul ne demande."}},
         "entre", ("phrases.non",)),
        (("question", "commande"), {"phrases": {"non": "Nul ne demande."}}, "quitte", ("phrases.oui",)),
        (("question", "combien"), {"unite": "associations"}, "change", ("unite",)),
        (("vigilance", "groupe_fragile"), {"en_methode": "Autre chose."}, "change", ("en_methode",)),
        (("vigilance", "commande_trop_tot"), {"dans_les_papiers": "but"}, "change", ("dans_les_papiers",)),
        (("modalite", "binome"), {"pour_formats": ["chantier"]}, "moins", ()),
        (("modalite", "binome"), {"pour_formats": ["chantier", "parcours", "rencontre"]}, "plus", ()),
        (("modalite", "binome"), {"pour_formats": ["rencontre"]}, "ailleurs", ()),
        (("format", "parcours"), {"preparatoire": "oui"}, "change", ("preparatoire",)),
        (("question", "moyens"), {"reponses": {"outil": "Un outil", "salle": "Une salle"}}, "change", ("reponses",)),
        (("partenaire", "federation"), {"en_methode": "Autre chose."}, "change", ("en_methode",)),
        (("motif", "groupe_pret"), {"phrase": "Un groupe est là."}, "entre", ("phrase",)),
        (("facteur", "envie_dite"), {"titre": "Une envie"}, "change", ("titre",)),
        (("format", "chantier"), {"titre": "Un atelier"}, "change", ("titre",)),
        (("rappel", "a_six_mois"), {"apres_mois": 7}, "change", ("apres_mois",)),
        (("colonne", "ville"), {"titre": "Commune"}, "change", ("titre",)),
    ],
)  # fmt: skip
def test_what_papers_say_otherwise_is_told_with_its_key(
    spoken: Spoken, tmp_path: Path, named: Named, keys: dict[str, Any], way: str, words: tuple[str, ...]
) -> None:
    found = rewritten(spoken, tmp_path, named, **keys)
    assert (*named, words) in told(found)[way]
    assert not found.is_same


@pytest.mark.parametrize(
    ("named", "keys"),
    [
        (("format", "chantier"), {"definition": "Autrement dit."}),
        (("modalite", "binome"), {"titre": "À deux"}),
        (("vigilance", "commande_trop_tot"), {"titre": "Autrement dit"}),
        (("prealable", "une_date"), {"titre": "Un jour"}),
        (("question", "envie"), {"titre": "Autrement dit"}),
        (("question", "commande"), {"titre": "Une demande"}),
        (("question", "combien"), {"a_poser_tot": "oui"}),
        (("vigilance", "groupe_fragile"), {"source": ["A1"]}),
        (("vigilance", "commande_trop_tot"), {"source": ["A1"]}),
        (("format", "chantier"), {"source": ["A2"]}),
        (("format", "chantier"), {"duree": "Un an."}),
        (("motif", "groupe_pret"), {"titre": "un groupe là"}),
        (("affirmation", "A1"), {"voix": "d’autres"}),
        (("posture", "guide"), {"phrase": "Autrement dit."}),
    ],
)
def test_what_papers_never_say_is_not_told_to_go_out(
    spoken: Spoken, tmp_path: Path, named: Named, keys: dict[str, Any]
) -> None:
    assert told(rewritten(spoken, tmp_path, named, **keys)) == {}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def with_rule(folder: Folder, id: str, **keys: Any) -> Folder:
    for key, value in keys.items():
        folder = with_key(folder, ("regle", id), key, value)
    return folder


def test_a_question_asked_of_more_dossiers_says_its_sentence_in_more(spoken: Spoken, tmp_path: Path) -> None:
    """An answer that was put aside, since the question did not apply, goes out; what rests on it too."""
    found = rewritten(spoken, tmp_path, ("question", "combien"), posee_si=None)
    what_follows = {("modalite", "binome", ()), ("partenaire", "federation", ())}
    assert told(found)["plus"] == {("question", "combien", ()), *what_follows}
    back = compare_versions(reader_of(tmp_path), spoken[1], ())
    assert told(back)["moins"] == {("question", "combien", ()), *what_follows}


def test_another_level_is_another_place_in_papers(spoken: Spoken, tmp_path: Path) -> None:
    folder, before = spoken
    effects = next(item for held in folder.values() for item in held
                   if kind_and_id(item) == ("regle", "commande_presente"))["alors"]  # fmt: skip
    sooner = [{**each, "niveau": "avant"} if "vigilance" in each else each for each in effects]
    after = reader_of(write_folder(tmp_path, as_texts(with_rule(folder, "commande_presente", alors=sooner))))
    assert told(compare_versions(before, after, ()))["ailleurs"] == {("vigilance", "commande_trop_tot", ())}


def test_a_condition_that_holds_of_more_dossiers_lets_its_methods_out_in_more(spoken: Spoken, tmp_path: Path) -> None:
    folder, before = spoken
    wider = with_rule(folder, "pas_d_envie", quand={"envie": ["aucune_envie", "a_demi_mot"]})
    after = reader_of(write_folder(tmp_path, as_texts(wider)))
    assert told(compare_versions(before, after, ()))["plus"] == {("vigilance", "groupe_fragile", ())}
    assert told(compare_versions(after, before, ()))["moins"] == {("vigilance", "groupe_fragile", ())}


def test_what_an_internal_answer_kept_inside_is_told_to_go_out(spoken: Spoken, tmp_path: Path) -> None:
    """Its sentences may go out once it is no longer internal, and its methods are proposed of other dossiers."""
    folder, now = spoken
    held = with_key(folder, ("question", "commande"), "interne", "oui")
    for key in WRITTEN["question", "commande"]:
        held = with_key(held, ("question", "commande"), key, None)
    was = reader_of(write_folder(tmp_path, as_texts(held)))
    for one, other, way, extent in ((was, now, "entre", "plus"), (now, was, "quitte", "moins")):
        found = compare_versions(one, other, ())
        assert set(told(found)) == {way, extent}
        named = {(kind, id, key) for kind, id, keys in told(found)[way] for key in keys}
        assert ("question", "commande", "phrases.oui") in named
        assert not found.is_same
        assert not found.is_moved


def test_keys_are_said_as_authors_write_them(spoken: Spoken, tmp_path: Path) -> None:
    both = {"oui": "Une collectivité demande.", "non": "Nul ne demande."}
    lines = [plain(line) for line in summary_lines(rewritten(spoken, tmp_path, ("question", "commande"), phrases=both))]
    assert (
        lines[0]
        == "Ceci peut maintenant sortir dans un papier : question « Une commande publique » (phrases de « non »)."
    )


def test_motifs_given_by_the_same_rules_in_other_dossiers_are_said_so(spoken: Spoken, tmp_path: Path) -> None:
    lines = plain(" ".join(summary_lines(rewritten(spoken, tmp_path, ("question", "combien"), posee_si=None))))
    assert "Les mêmes règles donnent ces motifs, dans d’autres dossiers qu’avant : « un groupe prêt »." in lines
    assert "D’autres règles" not in lines


def test_a_rule_under_another_name_is_the_same_rule(spoken: Spoken, tmp_path: Path) -> None:
    folder, before = spoken
    turned = {file: [{**item, "regle": "toute_neuve"} if item.get("regle") == "envie_claire" else item
                     for item in items] for file, items in folder.items()}  # fmt: skip
    found = compare_versions(before, reader_of(write_folder(tmp_path, as_texts(turned))), ())
    assert [(one.kind, one.id, one.how, one.former) for one in found.items] == [
        ("regle", "toute_neuve", "noms", "envie_claire")
    ]
    assert found.is_same
