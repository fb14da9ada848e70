"""The page for a comité d’appui: a case put to those who decide, the funder among them. Outward; two pages at most.

In a file of its own, as each model is.
"""

from __future__ import annotations

from conseil_dla.papers import parts
from conseil_dla.papers.blocks import TO_FILL, Block, Bullets, Heading
from conseil_dla.papers.wall import Outward

KIND = "Pour le comité d’appui"
MOST_STEPS = 6
"""How many ways of going about it a page bears."""


def blocks(out: Outward) -> list[Block]:
    """What is asked, by whom, how it would be gone about, and what the committee is asked for."""
    return [
        *parts.opinion(out),
        *parts.part("La demande", parts.origin(out), parts.running(out.told("but"))),
        *parts.part("Le groupe", parts.group(out)),
        *parts.part("La forme envisagée", parts.shape(out), parts.reasons(out), parts.frame(out)),
        Heading("Comment s’y prendre", 2),
        *parts.steps(out, MOST_STEPS),
        *parts.part("Ce qui aide déjà", parts.supports(out)),
        *parts.part("Les partenaires et le cofinancement", parts.partners(out)),
        *parts.part("Ce que nous tiendrons pour un progrès", parts.progress(out)),
        *parts.part("À éclaircir", parts.to_clear(out)),
        *parts.part("Ce qui est demandé au comité", [Bullets(_asked(out), boxes=True)]),
        *parts.sources(out),
    ]


def _asked(out: Outward) -> tuple[str, ...]:
    what = "la forme retenue" if out.is_kept else "la forme envisagée"
    return (
        f"Un avis sur {what}.",
        f"Un accord sur le budget : {TO_FILL}.",
        f"Un regard sur ce qui reste à éclaircir, et sur qui peut y aider : {parts.TO_COMPLETE}.",
    )
