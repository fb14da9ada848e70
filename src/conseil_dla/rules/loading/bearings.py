"""What each key of each kind of item bears on: the one table by which two versions of the rules are compared.

A key that is in a shape and not in this table is a mistake of ours: a test holds both together. What a part holds
(a pole, a time, an answer) has rows of its own where its keys bear on different things; otherwise the part goes with
the key that it stands under.
"""

from __future__ import annotations

from collections.abc import Mapping

from conseil_dla.rules.kinds import ALL
from conseil_dla.rules.kinds.spec import Bearing

BEARINGS: tuple[Bearing, ...] = ("sortie", "montre", "sens", "mots", "noms")
"""From the gravest.

``sortie``: what may go out in a paper read by others, which no key says by itself (``reading.confidentiality``
tells it of both versions); ``montre``: what somebody is shown, asked or told, beyond the
words; ``sens``: what is concluded, which diagrams prove or disprove; ``mots``: the words alone; ``noms``: the names
under which older files are understood.
"""

_ANY: Mapping[str, Bearing] = {
    "titre": "mots",
    "source": "montre",
    "statut": "montre",
    "auteur": "mots",
    "a_relire": "mots",
    "interne": "montre",
}
"""Keys of any item."""

ITEM_KEYS: Mapping[str, Mapping[str, Bearing]] = {
    "regle": {"quand": "sens", "alors": "sens", "parce_que": "mots", "exemples": "mots"},
    "coherence": {"jamais": "sens", "parce_que": "mots"},
    "question": {
        "theme": "montre", "libelle": "mots", "aide": "mots", "pourquoi": "mots", "type": "montre",
        "reponses": "montre", "bornes": "montre", "unite": "mots", "ordinaires": "sens", "posee_si": "sens",
        "modifiable": "montre", "murit": "montre", "profil": "montre", "a_demander": "montre",
        "ouvre_la_lecture": "montre", "a_poser_tot": "montre", "a_poser_en_premier_si": "montre",
        "dans_les_papiers": "montre", "phrase": "mots", "phrases": "mots", "anciennement": "noms",
        "du_tableau": "montre",
    },
    "motif": {"phrase": "mots"},
    "mot": {"avant": "mots", "aujourd_hui": "mots", "note": "mots"},
    "rappel": {"apres_mois": "montre", "que_regarder": "mots", "en_methode": "mots"},
    "deroulement": {"minutes": "montre", "a_preparer": "mots", "temps": "montre"},
    "rubrique": {
        "partie": "montre", "type": "montre", "aide": "mots", "unite": "mots", "compte": "montre",
        "reprend": "montre", "colonnes": "montre", "propositions": "montre",
    },
    "affirmation": {"nature": "montre", "voix": "montre", "date": "montre"},
    "colonne": {
        "type": "montre", "reponses": "montre", "aide": "mots",
        "valeurs": "montre", "codes_postaux": "montre", "une_valeur": "mots",
    },
    **{kind.word: {key.name: key.bearing for key in kind.keys} for kind in ALL},
}  # fmt: skip
"""Keys of each kind beside its first one and those of any item."""

PART_KEYS: Mapping[str, Mapping[str, Bearing]] = {
    "poles": {"titre": "mots", "quand": "sens", "source": "montre"},
    "temps": {"moment": "montre", "titre": "mots", "minutes": "montre", "que_faire": "mots", "a_dire": "mots"},
}
"""Keys of the parts that a list holds, by the key of the list."""

FILE_ORDER = ("question", "colonne", "axe", "format", "posture", "rappel", "rubrique")
"""Kinds whose items are asked or shown in the order in which files have them."""


def bearing(kind: str, key: str) -> Bearing:
    """What a key of an item bears on, papers aside. Raises KeyError for a key that no shape of that kind has."""
    return _ANY[key] if key in _ANY else ITEM_KEYS[kind][key]


def gravest(bearings: tuple[Bearing, ...]) -> Bearing:
    """Of several, the one to be told first."""
    return min(bearings, key=BEARINGS.index)
