"""Success factors: what helps, present when its own condition holds. No rule draws them."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import FORMATS, Key, KindSpec, Words

FACTOR = KindSpec(
    "facteur",
    "le facteur",
    (
        Key("present_si", "condition", "sens", "Quand cet appui est là.", needed=True),
        FORMATS,
        Key("dans_les_papiers", "supports", "montre", "appuis : à dire dans les papiers qui sortent."),
    ),
    Words(
        "Appui",
        "Ce qui aide, quand c’est là.",
        heading="Appuis",
        noun="appui",
        section="Appuis",
        help={
            "": (
                "Un appui",
                "Une condition qui aide à réussir : présente, encore possible, ou non renseignée. Celle que les "
                "réponses écartent n’est pas listée.",
            )
        },
        page=(
            "Les appuis (facteurs)",
            "Ce qui aide. Un appui est présent quand sa condition est remplie, encore possible quand une partie en est "
            "répondue, non renseigné sinon. Son absence n’est pas un défaut.",
            "Tous les appuis",
        ),
    ),
    concluded="condition",
    section="supports",
)
