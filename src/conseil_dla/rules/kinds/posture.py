"""Postures: the place that the situation gives to the officer. Where they lie on the axes is code of its own."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import Key, KindSpec, Words, definition

POSTURE = KindSpec(
    "posture",
    "la posture",
    (
        Key("axes", "sides", "montre", "Le côté de chaque axe : positif ou negatif. Une posture par combinaison.",
            needed=True),
        definition("Où vous êtes"),
        Key("risque", "prose", "mots", "Ce que l’on risque à cette place. Va avec parade.", "Ce que vous risquez"),
        Key("parade", "prose", "mots", "Ce que l’on peut faire contre ce risque.", "Ce que vous pouvez faire"),
        Key("phrase", "prose", "mots", "Une phrase à dire au rendez-vous.", "Une phrase pour le rendez-vous"),
        Key("hors_note_si", "condition", "sens", "Le coin de cette posture dont la note ne parle pas."),
    ),
    Words(
        "Posture",
        "La place que la situation donne à la personne qui accompagne.",
        heading="Places",
        help={
            "": (
                "Votre place",
                "Où la situation vous place, entre les structures et les pouvoirs publics. Une place vient avec son "
                "risque et une façon d’y parer ; elle n’est destinée qu’à vous.",
            )
        },
    ),
    concluded="verdict",
    on_paper="never",
    section="place",
)  # fmt: skip
