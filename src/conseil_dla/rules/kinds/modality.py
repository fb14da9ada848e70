"""Modalités: ways of going about it, under the formats where they make sense."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import APART, FORMATS, METHOD, PART, Key, KindSpec, Words, definition

MODALITY = KindSpec(
    "modalite",
    "la modalité",
    (
        FORMATS,
        Key("deja_prevu_si", "condition", "sens", "Quand dire « déjà prévu » plutôt que « à prévoir »."),
        definition("Comment faire"),
        METHOD,
        PART,
        APART,
    ),
    Words(
        "Modalité",
        "Une façon de s’y prendre.",
        heading="Façons de faire",
        noun="façon de faire",
        section="Comment s’y prendre",
        help={
            "": (
                "Une façon de s’y prendre",
                "Elle va avec le format montré, ou avec tous. « Déjà prévu » ou « à prévoir » : ce que les réponses en "
                "disent.",
            )
        },
        page=(
            "Les façons de faire",
            "Des façons de s’y prendre, proposées par des règles. Chacune n’est listée que sous les formats où elle a "
            "un sens ; rien n’oblige à les prendre toutes.",
            "Toutes les façons de faire",
        ),
        drawn_by="Proposée par",
        effect="Propose cette façon de s’y prendre.",
    ),
    on_paper="method",
    section="ways",
)
