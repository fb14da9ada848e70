"""What an editor shows beside each key: one French table, held complete by a test.

Looked up by subject and key, then by key alone. A subject is a kind of item, or the name of a part of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conseil_dla.rules.kinds import ALL, DRAWN

ITEM_WORDS: Mapping[str, tuple[str, str]] = {
    "regle": ("Règle", "Une condition, ce qu’elle fait conclure, pourquoi, et d’où cela vient."),
    "coherence": ("Cohérence", "Des réponses qui ne peuvent pas être vraies ensemble."),
    "question": ("Question", "Une question posée à la personne qui accompagne, avec ses réponses."),
    "motif": ("Motif", "Une raison pour ou contre un format, en groupe nominal. Même motif, même raison : elle compte "
              "une fois."),
    **{kind.word: (kind.words.name, kind.words.what) for kind in ALL},
    "mot": ("Mot", "Un mot d’hier et celui d’aujourd’hui."),
    "rappel": ("Rappel", "Ce qu’il est temps de regarder, des mois après la première lecture."),
    "deroulement": ("Déroulement", "Un atelier avec une salle, temps après temps."),
    "rubrique": ("Rubrique", "Ce que l’on écrit pour les papiers, et que la lecture ne peut pas savoir."),
    "affirmation": ("Affirmation", "Ce que dit la note, une chose à la fois, avec nos mots."),
    "colonne": ("Colonne", "Une colonne du tableau des structures."),
}  # fmt: skip
"""Name of each kind and what it is, for the first key of an item."""

_MANNER = "Comment le dire dans un papier lu par d’autres : ce que l’on fera, à la troisième personne."

KEYS: Mapping[str, str] = {
    "titre": "Quelques mots qui le disent. Obligatoire.",
    "source": "Les affirmations de la note, entre crochets : [E8, E9] ; ou reseau, pour une observation.",
    "statut": "note : la note le dit ; interpretation : c’est notre lecture ; reseau : c’est une observation.",
    "auteur": "Qui l’a écrit.",
    "a_relire": "Le jour où le relire : 2027-11-01.",
    "interne": "oui : pour la personne qui accompagne, seule ; n’entre dans aucun papier.",
    "definition": "Ce que c’est, en une ou deux phrases.",
    "en_methode": _MANNER,
    "pour_formats": "Sous quels formats l’attendre (facteur) ou la montrer (modalité). Sans cette clé : tous.",
    "parce_que": "La raison, en une ou deux phrases : ce que lira un·e collègue.",
    "quand": "La condition, sur des réponses et des constats.",
    "aide": "Comment s’y prendre pour le savoir.",
    "reponses": "Le nom de chaque réponse, puis sa formulation (60 caractères au plus), sans tiret.",
    "n": "Combien, au moins.",
    "parmi": "Les conditions parmi lesquelles compter, une par tiret.",
}
"""Keys that mean the same everywhere."""

_OF: Mapping[str, Mapping[str, str]] = {
    **{kind.word: {key.name: key.told for key in kind.keys if key.told} for kind in ALL},
    "regle": {
        "alors": "Ce que la règle fait conclure : un effet par tiret.",
        "exemples": "Des petits dossiers où la règle s’applique, ou non. Donnez-en au moins deux.",
        "source": "Obligatoire : une à quatre affirmations de la note, entre crochets ; ou reseau.",
    },
    "exemple": {
        "reponses": "Les questions et leurs réponses. Une question absente est inconnue.",
        "conclut": "oui si la règle s’applique à ces réponses, non sinon.",
    },
    "coherence": {
        "jamais": "La condition qui ne peut pas être vraie : sur des réponses seulement.",
        "parce_que": "Pourquoi ces réponses ne vont pas ensemble.",
    },
    "question": {
        "theme": "Sous quel titre la ranger.",
        "libelle": "La question, telle qu’elle est posée : 110 caractères au plus.",
        "pourquoi": "Pourquoi on la pose.",
        "type": "choix : une réponse ; plusieurs : on coche ; nombre ; oui_non.",
        "bornes": "Pour un nombre : le plus petit et le plus grand, [0, 50].",
        "unite": "Pour un nombre : ce que l’on compte.",
        "ordinaires": "Les réponses d’un projet courant ; pour un nombre, au_moins, au_plus ou entre.",
        "posee_si": "Quand la poser, d’après d’autres réponses. Sans cette clé : toujours.",
        "modifiable": "Qui peut faire changer la réponse.",
        "murit": "Ses réponses, de la moins à la plus mûre.",
        "profil": "oui : gardée dans le profil du territoire.",
        "a_demander": "À qui la poser, sur la feuille du prochain rendez-vous.",
        "ouvre_la_lecture": "oui : sa réponse ouvre la lecture.",
        "a_poser_tot": "oui : posée avant les autres thèmes, une fois le format et la place montrés.",
        "a_poser_en_premier_si": "Quand la poser avant toute autre, d’après d’autres réponses.",
        "dans_les_papiers": "La partie d’un papier qui sort où sa réponse se dit.",
        "phrase": "Pour plusieurs et nombre : la phrase entière, avec … à la place des réponses.",
        "phrases": "Pour choix et oui_non : une phrase par réponse. Sans phrase, la réponse ne sort pas.",
        "anciennement": "D’anciens noms de la question, pour les vieux dossiers.",
        "du_tableau": "Comment le tableau des structures y répond.",
    },
    "colonne": {
        "type": "texte, choix, oui_non ou nombre.",
        "aide": "Ce que l’on y écrit.",
        "valeurs": "Pour un texte : ses valeurs connues, un code et un nom par ligne.",
        "une_valeur": "Comment se nomme l’une d’elles : un département.",
        "codes_postaux": "Un début de code postal, et le code de valeurs qu’il désigne ; aucune s’il n’en désigne pas.",
    },
    "du_tableau": {
        "compte": "lignes, ou une colonne et ce qui compte dans cette colonne.",
        "differents": "La colonne dont on compte les valeurs différentes.",
        "reponses": "Chaque réponse, et la part du tableau qui la donne.",
    },
    "reponse": {
        "libelle": "La formulation de cette réponse : 60 caractères au plus.",
        "anciennement": "D’anciens noms de cette réponse, pour les vieux dossiers.",
    },
    "comparaison": {
        "au_moins": "Ce nombre, ou plus.",
        "au_plus": "Ce nombre, ou moins.",
        "entre": "Le plus petit puis le plus grand, compris : [3, 14]. S’emploie seul.",
    },
    "pole": {"quand": "Quand ce côté se fait sentir."},
    "mot": {
        "avant": "Le mot d’avant.",
        "aujourd_hui": "Le mot d’aujourd’hui.",
        "note": "Quand il a changé, et où on l’a vérifié.",
    },
    "motif": {"phrase": "La raison dite dans un papier lu par d’autres, en une phrase. Sans elle, il ne la dit pas."},
    "rappel": {
        "apres_mois": "Combien de mois après la première lecture : de 1 à 120.",
        "que_regarder": "Ce qu’il y a à regarder, en une ou deux phrases.",
    },
    "deroulement": {
        "minutes": "Combien de minutes en tout : la somme de ses temps.",
        "a_preparer": "Ce qui se prépare avant, une chose par tiret.",
        "temps": "Les temps de l’atelier, un par tiret, dans l’ordre.",
    },
    "rubrique": {
        "partie": "Où cela se range dans les papiers.",
        "type": "texte ; nombre ; liste : un texte par ligne ; tableau.",
        "aide": "Ce qu’il faut y mettre, en une ou deux phrases.",
        "unite": "Pour un nombre : ce que l’on compte.",
        "compte": "Pour un nombre : la somme où il entre.",
        "reprend": "Ce qui est proposé en premier : un texte du dossier, ou ce que disent les réponses.",
        "colonnes": "Pour un tableau : le nom de chaque colonne, puis son titre.",
        "propositions": "Ce que l’on propose d’écrire, sans aucun chiffre : un texte, ou une ligne, par tiret.",
        "interne": "oui : pour la personne qui accompagne, seule ; aucun papier remis ne l’écrit.",
    },
    "colonne_de_rubrique": {
        "titre": "Le titre de la colonne.",
        "type": "texte, ou nombre : la dernière ligne en donne la somme.",
        "compte": "La somme où ces nombres entrent.",
    },
    "proposition": {
        "texte": "Ce que l’on propose d’écrire.",
        "ligne": "Pour un tableau : un texte sous le nom de chaque colonne.",
        "pour_formats": "Sous quels formats le proposer. Sans cette clé : tous.",
        "si": "La condition, sur des réponses seulement.",
    },
    "temps": {
        "moment": "Ce que fait la salle : l’écran de l’atelier qui va avec.",
        "minutes": "Combien de minutes.",
        "que_faire": "Ce que fait la personne qui anime.",
        "a_dire": "Une phrase à dire.",
    },
    "affirmation": {
        "nature": "regle : une consigne ou un conseil ; savoir : une information ; cas : une expérience.",
        "voix": "Qui parle.",
        "date": "La date de ce qui est dit.",
    },
    "source": {"reseau": "Une observation : qui l’a faite, quand, où."},
    "reseau": {
        "qui": "Qui l’a vu, sans nommer personne : une chargée d’accompagnement.",
        "quand": "Quand.",
        "ou": "Où.",
        "adresse": "Facultatif : la page publique où c’est raconté, depuis https://.",
    },
    "condition": {
        "toutes": "Toutes ces conditions, une par tiret.",
        "une_de": "L’une de ces conditions au moins.",
        "aucune": "Aucune de ces conditions.",
        "au_moins": "Tant de conditions parmi plusieurs : n et parmi. Pour comparer un nombre, écrivez au_moins sous "
        "le nom de la question.",
        "constat": "Une conclusion d’une autre règle.",
    },
    "effet": {
        "constat": "Une conclusion à laquelle d’autres règles se réfèrent.",
        "axe": "Pousse la posture d’un côté de cet axe.",
        "points": "De -3 à 3, jamais 0.",
        "pour": "Une raison de proposer ce format.",
        "contre": "Une raison de ne pas proposer ce format.",
        "force": "legere : pèse ; nette : pèse fort ; decisive : emporte la décision, très rare.",
        "motif": "La raison : un motif défini par - motif.",
        "ecarte": "Met ce format hors jeu : seulement si c’est vrai par définition.",
        "niveau": "avant : à régler avant de lancer ; pendant : à tenir ; en_tete : à garder en tête.",
        **{kind.word: kind.words.effect for kind in DRAWN},
    },
    "dossier": {
        "version": "Le numéro du format des dossiers : ne le changez pas.",
        "titre": "Ce qui le nomme dans les listes.",
        "demande_dans_leurs_mots": "La demande, telle qu’elle a été dite. Aucune règle ne la lit.",
        "ce_que_vous_entendez": "Ce que vous entendez derrière la demande. Aucune règle ne le lit.",
        "reponses": "Une ligne par question ; inconnu si l’on ne sait pas encore.",
        "notes": "Un seul texte, ou une note par question.",
        "profil": "Le jour du profil de territoire repris.",
        "experience": "Pour un cas : ce qui a été fait, et ce qu’il en est venu.",
        "atelier": "oui : un scénario inventé pour être joué avec une salle.",
        "source": "D’où vient ce cas : des affirmations, ou reseau, pour un récit d’ailleurs.",
        "attendu": "Ce qui doit être conclu : une attente par tiret.",
        "avis": "Ce que retient la personne qui accompagne.",
        "papiers": "Ce que l’on garde et que l’on écrit pour les papiers : une rubrique par ligne.",
        "structures": "Le tableau des structures : une par tiret, avec son nom.",
        "repondants": "Ce que chacun·e a répondu de son côté : un nom, puis ses réponses.",
        "journal": "Les lectures datées. Le programme l’écrit lui-même.",
    },
    "repondant": {
        "role": "D’où cette personne répond : dla, structure, collectivite ou intervenant.",
        "accord": "oui : ses réponses et son nom peuvent être croisés avec ceux des autres. Sans ce mot : non.",
        "reponses": "Ce que cette personne a répondu de son côté ; inconnu si elle ne sait pas.",
        "notes": "Des notes libres : elles restent dans ce fichier, rien ne les montre.",
    },
    "avis": {
        "format": "Le format retenu.",
        "posture": "La place retenue.",
        "pourquoi": "Pourquoi.",
        "ce_que_j_accepte": "Ce que l’on accepte de risquer.",
        "pour_les_papiers": "Ce que d’autres peuvent en lire, écrit pour eux. Le reste ne sort pas.",
    },
    "attendu": {
        "format": "Le format montré, certain ou sauf exception.",
        "format_possible": "Un format qui reste possible.",
        "format_hors": "Un format qui n’est pas celui montré.",
        "posture": "La posture montrée, certaine ou sauf exception.",
        "posture_possible": "Une posture qui reste possible.",
        "posture_hors": "Une posture qui n’est pas celle montrée.",
        "ecarte": "Un format mis hors jeu.",
        "ex_aequo": "Les formats à égalité.",
        "entre": "Les postures que les réponses équilibrent.",
        "certaine": "sorte:nom, qui ne dépend plus des réponses manquantes ; pour une vigilance, au besoin, :niveau.",
        "absente": "sorte:nom, qui est exclu.",
        "argument": "pour:format:motif, et au besoin :force. La raison est établie.",
        "sans_argument": "pour:format:motif. Cette raison ne peut pas être donnée.",
        "position": "La position sur un axe reste entre deux nombres.",
        "moment": "pret, a_preparer ou pas_tel_quel.",
    },
    "position": {
        "axe": "L’axe regardé.",
        "de": "Le plus petit, de -1 à 1.",
        "a": "Le plus grand, de -1 à 1.",
    },
}


def description(subject: str, key: str) -> str:
    """What to say of a key. Raises KeyError when the table has nothing: there is no default text."""
    if subject in ("sorte", key):
        return ITEM_WORDS[key][1]
    return _OF.get(subject, {}).get(key) or KEYS[key]


def worded(subject: str, key: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a key with its description."""
    return {**schema, "description": description(subject, key)}
