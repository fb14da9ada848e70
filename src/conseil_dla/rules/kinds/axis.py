"""Axes: what gives each posture its place. Rules push on them, and conclude none."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import Key, KindSpec, Words

AXIS = KindSpec(
    "axe",
    "l’axe",
    (
        Key("negatif", "text", "mots", "Le bout négatif de l’axe, en quelques mots.", needed=True),
        Key("positif", "text", "mots", "Le bout positif de l’axe, en quelques mots.", needed=True),
    ),
    Words("Axe", "L’un des axes qui donnent à chaque posture sa place."),
    concluded="nothing",
    on_paper="never",
)
