"""Préalables: something to have before launching, which is no danger.

In a file of its own, as each kind is.
"""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import METHOD, KindSpec, Words, definition

PRECONDITION = KindSpec(
    "prealable",
    "le préalable",
    (definition("Comment faire"), METHOD),
    Words(
        "Préalable",
        "Une chose à avoir avant de lancer ; ce n’est pas un danger.",
        heading="Préalables",
        help={
            "": (
                "Un préalable",
                "Une chose à avoir avant de lancer ; ce n’est pas un danger. « Pourquoi » dit ce qui la rend "
                "nécessaire, et comment s’y prendre.",
            )
        },
        page=(
            "Les préalables",
            "Ce qu’il faut avoir avant de lancer. Un préalable n’est pas un danger : c’est une chose à réunir.",
            "Tous les préalables",
        ),
        effect="Rappelle cette chose à avoir avant de lancer.",
    ),
    settled_before=True,
    section="before",
)
