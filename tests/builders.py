"""Small worlds for tests: a good rules folder in miniature, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

QUESTIONS = """\
# Quatre questions, une de chaque type.
- question: envie
  titre: Une envie commune
  theme: Le projet
  libelle: Les structures ont-elles dit ce qu’elles voudraient ensemble ?
  aide: >-
    Ce qu’elles ont dit
    elles-mêmes.
  type: choix
  reponses:
    aucune_envie: Non, rien encore
    a_demi_mot: À demi-mot
    clairement: Oui, clairement
  ordinaires: [a_demi_mot, clairement]
  modifiable: structures
  source: [A1]

- question: commande
  titre: Une commande publique
  theme: Les partenaires
  libelle: Une collectivité demande-t-elle une solution précise ?
  type: oui_non
  profil: oui
  source: [A2]

- question: sujets
  titre: Les sujets
  theme: Le projet
  libelle: De quels sujets est-il question ?
  type: plusieurs
  reponses:
    emploi: L’emploi
    lieux: Les lieux
    gestion: La gestion
  ordinaires: [emploi, gestion]

- question: combien
  titre: Le nombre de structures
  theme: Le groupe
  libelle: Combien de structures sont concernées ?
  type: nombre
  bornes: [0, 50]
  unite: structures
  ordinaires:
    entre: [3, 20]
  posee_si:
    envie: [a_demi_mot, clairement]
"""

CONCLUSIONS = """\
- axe: projet
  titre: Le projet
  negatif: à faire naître
  positif: porté par les structures
- axe: puissance
  titre: La puissance publique
  negatif: en retrait
  positif: présente

- posture: passeur
  titre: Passeur
  interne: oui
  axes:
    projet: positif
    puissance: positif
  definition: Vous reliez.
  risque: Être repris.
  parade: Écrire qui veut quoi.
  hors_note_si:
    constat: groupe_mur
    commande: oui
- posture: guide
  titre: Guide
  axes:
    projet: positif
    puissance: negatif
  definition: Vous suivez.
- posture: eclaireur
  titre: Éclaireur
  axes:
    projet: negatif
    puissance: positif
- posture: veilleur
  titre: Veilleur
  axes:
    projet: negatif
    puissance: negatif

- format: rencontre
  titre: Une rencontre
  preparatoire: oui
  duree: Une journée.
- format: chantier
  titre: Un chantier commun
  source: [A1]
- format: parcours
  titre: Un parcours

- motif: groupe_pret
  titre: un groupe prêt
- motif: besoin_a_dire
  titre: un besoin à dire

- modalite: binome
  titre: Travailler à deux
  pour_formats: [chantier, parcours]
  deja_prevu_si:
    sujets: gestion
- partenaire: federation
  titre: La fédération
- prealable: une_date
  titre: Une date commune

- facteur: envie_dite
  titre: Une envie dite
  present_si:
    envie: clairement

- tension: attendre_ou_oser
  titre: Attendre ou oser
  poles:
    - titre: Attendre
      quand:
        envie: aucune_envie
      source: [A1]
    - titre: Oser
      quand:
        commande: oui
      source: [A2]

- mot: accompagnateur
  titre: La personne qui accompagne
  avant: chargé de mission
  aujourd_hui: chargé·e d’accompagnement
"""

VIGILANCES = """\
- vigilance: commande_trop_tot
  titre: La solution vient-elle avant la question ?
  signes: Une solution est nommée dès le premier appel.
  que_faire: Demander l’effet recherché.
  source: [A2]
- vigilance: groupe_fragile
  titre: Le groupe tient-il ?
  signes: Des absences.
  interne: oui

- affirmation: A1
  titre: Une envie dite par les structures porte l’action.
  nature: savoir
  voix: auteurs
- affirmation: A2
  titre: Une commande peut précéder le besoin.
  nature: cas
"""

RULES = """\
- regle: envie_claire
  titre: Une envie claire
  quand:
    envie: clairement
  alors:
    - axe: projet
      points: 3
    - pour: chantier
      force: nette
      motif: groupe_pret
  parce_que: >-
    Une envie dite porte l’action.
  source: [A1]
  statut: note
  exemples:
    - reponses:
        envie: clairement
      conclut: oui
    - reponses:
        envie: aucune_envie
        sujets: []
      conclut: non

- regle: pas_d_envie
  titre: Pas encore d’envie
  quand:
    envie: aucune_envie
  alors:
    - axe: projet
      points: -3
    - pour: rencontre
      force: decisive
      motif: besoin_a_dire
    - vigilance: groupe_fragile
      niveau: avant
  parce_que: Rien n’est encore dit.
  source: [A1]

- regle: groupe_assez_grand
  titre: Un groupe assez grand
  quand:
    combien:
      au_moins: 5
  alors:
    - constat: groupe_mur
  parce_que: Cinq structures suffisent à se parler.
  source:
    reseau:
      qui: Une chargée d’accompagnement
      quand: 2024
      ou: Bretagne
  statut: reseau
"""

MORE_RULES = """\
- regle: groupe_mur_et_sujets
  titre: Un groupe mûr, des sujets à partager
  quand:
    constat: groupe_mur
    au_moins:
      n: 2
      parmi:
        - sujets: [emploi, lieux]
        - envie: clairement
        - aucune:
            - commande: oui
  alors:
    - pour: parcours
      force: legere
      motif: groupe_pret
    - modalite: binome
    - partenaire: federation
  parce_que: Un groupe mûr avance mieux.
  source: [A1]

- regle: commande_presente
  titre: Une commande
  quand:
    commande: oui
  alors:
    - axe: puissance
      points: 2
    - vigilance: commande_trop_tot
      niveau: pendant
    - contre: parcours
      force: nette
      motif: besoin_a_dire
    - prealable: une_date
  parce_que: Une commande peut précéder le besoin.
  source: [A2]

- regle: sans_commande
  titre: Sans commande
  quand:
    commande: non
  alors:
    - axe: puissance
      points: -2
  parce_que: Personne ne demande rien.
  source: [A2]

- regle: rien_a_partager
  titre: Rien à partager
  quand:
    - une_de:
        - sujets: lieux
        - toutes:
            - envie: [aucune_envie, a_demi_mot]
            - commande: non
  alors:
    - ecarte: parcours
  parce_que: Un parcours n’aurait pas d’objet.
  source: [A1]

- coherence: envie_et_nombre
  titre: Une envie claire sans structures
  jamais:
    envie: clairement
    combien:
      au_plus: 0
  parce_que: Une envie dite suppose quelqu’un pour la dire.
"""

GOOD: Mapping[str, str] = {
    "knowledge/conclusions.yaml": CONCLUSIONS,
    "knowledge/questions.yaml": QUESTIONS,
    "knowledge/vigilance.yaml": VIGILANCES,
    "rules/groupe.yaml": MORE_RULES,
    "rules/projet.yaml": RULES,
}
"""A good folder: 4 questions, 2 axes, 4 postures, 3 formats, 7 rules, 2 vigilances, 2 claims."""


def write_folder(folder: Path, files: Mapping[str, str] = GOOD) -> Path:
    """Write a rules folder and give it back. ``files`` maps relative paths to texts."""
    for sub in ("rules", "knowledge"):
        (folder / sub).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def spoiled(file: str, old: str, new: str) -> dict[str, str]:
    """The good folder with one passage changed. Fails when the passage is not there exactly once."""
    assert GOOD[file].count(old) == 1, (file, old, GOOD[file].count(old))
    return {**GOOD, file: GOOD[file].replace(old, new)}
