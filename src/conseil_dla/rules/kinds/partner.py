"""Partners: with whom.

In a file of its own, as each kind is.
"""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import APART, METHOD, KindSpec, Words, definition

PARTNER = KindSpec(
    "partenaire",
    "le partenaire",
    (definition("De qui il s’agit"), METHOD, APART),
    Words(
        "Partenaire",
        "Avec qui.",
        heading="Partenaires",
        section="Avec qui",
        help={
            "": (
                "Avec qui",
                "Un partenaire que les réponses appellent. « Pourquoi » dit de qui il s’agit, et ce qui le fait venir "
                "ici.",
            )
        },
        page=(
            "Les partenaires",
            "Avec qui : des partenaires que des règles invitent à appeler. Les noms sont ceux d’aujourd’hui.",
            "Tous les partenaires",
        ),
        effect="Propose ce partenaire.",
    ),
    on_paper="partners",
    section="partners",
)
