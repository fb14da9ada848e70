"""Keys at the left edge of a dossier: a slip is refused with the word that mends it, one's own keys stay."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conseil_dla.authoring.schema import dossier_document
from conseil_dla.batch.objects import read_object
from conseil_dla.dossiers.content import KEYS, read_dossier
from conseil_dla.reading.opening import rules_folder
from conseil_dla.rules.loading import load_words
from shipped import shipped_reader

BASE = shipped_reader().base
QUESTION = next(q for q in BASE.logic.questions.values() if q.type == "choix" and q.asked_if is None)
GOOD = f"titre: Essai\nreponses:\n  {QUESTION.id}: {QUESTION.answers[0]}\n"
ACCENTED = str.maketrans("eai", "éàî")


def wrong_letter(word: str, at: int) -> str:
    return word[:at] + "w" + word[at + 1 :]


SLIPS: tuple[Callable[[str, int], str], ...] = (
    lambda word, at: word[:at] + word[at + 1 :],
    lambda word, at: word[:at] + "w" + word[at:],
    lambda word, at: word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    lambda word, at: word.translate(ACCENTED),
    lambda word, at: word.upper(),
    lambda word, at: word.rstrip("s") if word.endswith("s") else f"{word}s",
    wrong_letter,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEYS), st.sampled_from(SLIPS), st.integers(0, 30))
@example("reponses", SLIPS[3], 0)
@example("reponses", SLIPS[5], 0)
def test_a_slip_in_a_key_is_refused_and_the_word_proposed_mends_it(
    key: str, slip: Callable[[str, int], str], at: int
) -> None:
    written = slip(key, at % len(key))
    if written in KEYS or not written:
        return
    text = GOOD.replace("reponses:", f"{written}:") if key == "reponses" else f"{GOOD}{written}: x\n"
    dossier, found = read_dossier(text, "essai.yaml", BASE)
    assert dossier is None
    (slipped,) = (one for one in found if one.code in ("DLA316", "DLA317"))
    assert slipped.place.excerpt.startswith(written)
    mended = re.search(r"« (\w+) »", slipped.help)
    assert mended is not None
    assert mended[1] == key
    if key == "reponses":
        again, found = read_dossier(text.replace(f"{written}:", f"{key}:"), "essai.yaml", BASE)
        assert (found, again and again.answers) == ([], {QUESTION.id: QUESTION.answers[0]})


OWN = """
entendu attente attentif attendre tendu étendue dépenses recettes réserves pensées responsable pondéré
devis amies avenue avenir avant services sorties entrée titulaire tirage entité notaire notion noté_par votants
cotisation commune canton région département quartier adresse courriel téléphone contact contacts référent référente
président présidente trésorier secrétaire bureau conseil administration adhérents bénévoles salariés stagiaires équipe
financeur financement subvention subventions montant budget budgets trésorerie charges produits bilan exercice année
mois date dates échéance rendez_vous réunion réunions entretien visite appel appels message relance suivi
étape étapes phase action actions objectif objectifs besoin besoins demande demandeur origine contexte historique
histoire diagnostic analyse synthèse résumé conclusion recommandation décision décisions accord convention contrat
mission intervention consultant consultante prestataire prix coût jours durée lieu salle local locaux
statut statuts forme siège siret ape secteur domaine activité activités public publics habitants usagers familles
jeunes enfants seniors culture sport social environnement insertion emploi formation tourisme santé logement éducation
réseau réseaux partenaires partenariat collectif fédération union groupement coopération mutualisation fusion
territoire village ville métropole agglomération communauté pays bassin commentaire commentaires remarque remarques
observation observations précision précisions mémo idée idées piste pistes question questions priorité
importance classement étiquette étiquettes couleur dossier numéro référence code identifiant fichier pièces annexe
annexes document documents photo carte plan tableau liste type nature catégorie état statistique résultat
résultats impact évaluation mesure indicateur indicateurs témoin ateliers_prévus participants présents absents tension
pension session mission_locale conversion diversité inversion profession journée journaliste ressources essor cours
"""


def test_words_of_the_trade_are_keys_of_one_s_own() -> None:
    refused = [word for word in OWN.split() if read_dossier(f"{GOOD}{word}: x\n", "essai.yaml", BASE)[1]]
    assert refused == []


@given(st.sampled_from(sorted(BASE.logic.questions)))
@settings(max_examples=20, deadline=None)
def test_a_question_out_of_the_answers_is_refused_wherever_it_slid(id: str) -> None:
    for text in (f"titre: Essai\nreponses:\n{id}: x\n", f"{id}: x\n", f"titre: Essai\n{id.upper()}: x\n"):
        dossier, found = read_dossier(text, "essai.yaml", BASE)
        assert (dossier, [one.code for one in found]) == (None, ["DLA316"])
        assert f"« {id}: … »" in found[0].help


@pytest.mark.parametrize("own", ["mon_classement", "commune", "date", "contact", "budget", "projet", "commentaire"])
def test_a_key_of_one_s_own_is_left_alone(own: str) -> None:
    dossier, found = read_dossier(f"{GOOD}{own}: x\n", "essai.yaml", BASE)
    assert dossier is not None
    assert found == []


@pytest.mark.parametrize("text", ["{}", "a: b\n", "html:\n  head: x\n  body: y\n", "- a\n", "du texte\n"])
def test_a_file_in_which_nothing_is_known_is_no_dossier(text: str) -> None:
    dossier, found = read_dossier(text, "page.yaml", BASE)
    assert (dossier, [one.code for one in found]) == (None, ["DLA301"])


def test_a_line_of_a_batch_is_held_to_the_same() -> None:
    for key, code in (("réponses", "DLA317"), ("reponse", "DLA317"), (QUESTION.id, "DLA316"), ("x", "DLA321")):
        data = json.loads(json.dumps({"titre": "Essai", key: {QUESTION.id: QUESTION.answers[0]}}))
        dossier, found = read_object(data, "lot.jsonl", 1, BASE)
        assert (dossier, [one.code for one in found]) == (None, [code])


def test_the_schema_for_editors_has_the_same_keys() -> None:
    known, _ = load_words(rules_folder(None))
    properties = dossier_document(known)["properties"]
    assert isinstance(properties, dict)
    assert set(properties) == set(KEYS)
