"""Formats: forms of support, that rules argue for or against. How they are compared is code of its own."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import METHOD, Key, KindSpec, Words, definition

FORMAT = KindSpec(
    "format",
    "le format",
    (
        Key("preparatoire", "yes_no", "montre",
            "oui : ce format prépare, et la lecture montre ce qui viendrait ensuite."),
        definition("Ce que c’est"),
        Key("duree", "text", "mots", "Combien de temps cela prend.", "Combien de temps"),
        Key("qui_paie", "prose", "mots", "Qui paie.", "Qui paie"),
        Key("n_est_pas", "prose", "mots", "Ce que ce format n’est pas."),
        METHOD,
    ),
    Words(
        "Format",
        "Une forme d’accompagnement, que des règles proposent ou écartent.",
        heading="Formats",
        help={
            "": (
                "Un format",
                "Une forme d’accompagnement, et ce qui parle pour (+) ou contre (−). On compare d’abord les raisons "
                "qui emportent la décision ; à égalité, celles qui pèsent fort ; puis les autres. Rien n’est "
                "additionné d’une force à l’autre.",
            )
        },
    ),
    concluded="verdict",
    section="formats",
)  # fmt: skip
