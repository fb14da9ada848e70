"""The cahier des charges: what a provider is asked to answer to. Outward; sent after light editing."""

from __future__ import annotations

from conseil_dla.papers import parts
from conseil_dla.papers.blocks import TO_FILL, Block, Bullets, Grid, Heading
from conseil_dla.papers.wall import Outward

KIND = "Cahier des charges"
PROPOSAL = (
    "Ce que l’intervenant·e comprend de la demande, et les questions que cette demande soulève.",
    "La démarche, et ce qui pourrait y changer après la première rencontre.",
    "Les temps ensemble et les temps chez chacune, avec le nombre de jours de chaque sorte.",
    "Les personnes qui interviendraient, et une expérience proche menée avec un groupe.",
    "Ce qui sera remis aux structures, et à quels moments.",
    "Le prix, jour par jour, frais de déplacement compris.",
)
"""What is asked of any proposal, whatever its subject."""


def blocks(out: Outward) -> list[Block]:
    """Its parts, in the order of a consultation."""
    return [
        *parts.opinion(out),
        *parts.part("Le contexte", parts.running(out.told("origine")), parts.group(out)),
        *parts.part("La demande", _quote(out), parts.running(out.told("paroles"))),
        Heading("Ce qui est attendu"),
        *(parts.running(out.told("but"), out.done("but")) or parts.running((parts.TO_COMPLETE,))),
        *parts.each_ones_aim(out),
        *parts.part("Ce qui n’est pas attendu", parts.not_that(out)),
        *parts.part("Le déroulement et la forme", parts.shape(out), parts.steps(out)),
        *parts.part("Les qualités attendues de l’intervenant·e", parts.qualities(out)),
        *parts.part("Le cadre", parts.frame(out), parts.partners(out, names=False)),
        *parts.part("Ce qui comptera comme un progrès", parts.progress(out)),
        *parts.part("Ce que la proposition contient", [Bullets(PROPOSAL)]),
        *parts.part("La réponse", [_answer()]),
        *parts.part("À préciser ensemble", parts.to_clear(out)),
        *parts.sources(out),
    ]


def _quote(out: Outward) -> list[Block]:
    """Their words alone: where the request came from stands under the context."""
    return [block for block in parts.origin(out) if getattr(block, "tone", "") == "quote"]


def _answer() -> Block:
    """Whom to answer, by when, and how proposals are chosen: nobody but the officer knows."""
    blank = parts.TO_COMPLETE
    rows = (
        ("Date limite", blank),
        ("À qui l’envoyer", blank),
        ("Budget maximal", TO_FILL),
        ("Façon de choisir", blank),
    )
    return Grid(("Pour répondre", "À compléter avant l’envoi"), rows, (1, 4))
