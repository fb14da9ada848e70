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
        "Deux choses dites à la fois, montrées sans trancher.",
        heading="Deux choses à tenir ensemble",
        section="Deux choses à tenir ensemble",
        help={
            "": (
                "Deux choses à tenir ensemble",
                "Deux choses dites à la fois, souvent par la note elle-même : la lecture ne tranche pas. « Pourquoi » "
                "dit d’où vient chacune.",
            )
        },
        page=(
            "Deux choses à tenir ensemble (tensions)",
            "Là où deux choses sont dites à la fois. Quand les deux côtés se présentent, la lecture les montre "
            "ensemble, sans trancher.",
            "Toutes les tensions",
        ),
    ),
    concluded="condition",
    on_paper="never",
    section="tensions",
)  # fmt: skip
