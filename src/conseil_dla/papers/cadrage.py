"""The note de cadrage: what a request is, before anything is written to a provider. Outward; two pages or so.

In a file of its own, as each model is.
"""

from __future__ import annotations

from conseil_dla.papers import parts
from conseil_dla.papers.blocks import Block, Heading
from conseil_dla.papers.wall import Outward

KIND = "Note de cadrage"


def blocks(out: Outward) -> list[Block]:
    """Its points, in the order in which the trade tells them."""
    said = parts.running(out.told("paroles"))
    return [
        *parts.opinion(out),
        *parts.part("D’où vient la demande", parts.origin(out)),
        *parts.part("Ce que les structures en disent", said or parts.running((parts.TO_COMPLETE,))),
        Heading("Ce que l’on cherche"),
        Heading("Ensemble", 2),
        *(parts.running(out.told("but"), out.done("but")) or parts.running((parts.TO_COMPLETE,))),
        Heading("Pour chacune", 2),
        *parts.each_ones_aim(out),
        *parts.part("Ce que ce n’est pas", parts.not_that(out)),
        *parts.part("Le groupe", parts.group(out)),
        *parts.part("La forme envisagée", parts.shape(out), parts.reasons(out), parts.frame(out)),
        *([Heading("Comment s’y prendre", 2), *parts.steps(out)]),
        *parts.part("L’intervenant·e", parts.qualities(out)),
        *parts.part("Les partenaires et le cofinancement", parts.partners(out)),
        *parts.part("Ce que nous tiendrons pour un progrès", parts.progress(out), parts.later(out)),
        *parts.part("À éclaircir avant le comité d’appui", parts.to_clear(out)),
        *parts.sources(out),
    ]
