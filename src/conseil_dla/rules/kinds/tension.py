"""Tensions: pairs that the note leaves open, shown when both poles hold. No rule draws them."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import Key, KindSpec, Words

TENSION = KindSpec(
    "tension",
    "la tension",
    (Key("poles", "many", "sens", "Les deux côtés : exactement deux, chacun avec titre, quand et source.",
         needed=True),),
    Words(
        "Tension",
        "Deux choses que la note dit à la fois, montrées sans trancher.",
        heading="Ce dont la note dit les deux",
        section="La note dit les deux",
        help={
            "": (
                "La note dit les deux",
                "Deux choses que la note dit à la fois : elle ne tranche pas, et la lecture non plus. « Pourquoi » dit "
                "d’où vient chacune.",
            )
        },
        page=(
            "Ce dont la note dit les deux (tensions)",
            "Là où la note dit deux choses à la fois. Quand les deux côtés se présentent, la lecture les montre "
            "ensemble, sans trancher.",
            "Toutes les tensions",
        ),
    ),
    concluded="condition",
    on_paper="never",
    section="tensions",
)  # fmt: skip
