"""From a dossier and its reading to a paper: each model for one audience, named or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, get_args

from conseil_dla.papers import after, consultation, own_sheets
from conseil_dla.papers import outward_parts as parts
from conseil_dla.papers.blocks import TO_COMPLETE, Block, Heading, Paper, cleaned
from conseil_dla.papers.internal import annex
from conseil_dla.papers.wall import Outward, outward
from conseil_dla.reading.whole import Whole
from conseil_dla.wording.discretion import anonymous_dossier

Model = Literal["appel", "a-regler", "cadrage", "cahier-des-charges", "comite", "offres", "suivi"]
MODELS: tuple[Model, ...] = get_args(Model)
"""Names of the models, as they are typed."""
ALONE_FOOTER = "Pour vous seul·e : ne se transmet pas"


def write(whole: Whole, model: Model, *, internal: bool = False, anonymous: bool = False) -> Paper:
    """The paper. It decides nothing: everything in it was read, answered, kept or written by somebody.

    Outward (``internal`` false, any model of ``OUTWARD``), it holds nothing internal. ``anonymous`` leaves out every
    name and every free text. It is never signed.
    """
    if anonymous:
        whole = replace(whole, dossier=anonymous_dossier(whole.base, whole.dossier), nearest=None)
    title = whole.dossier.title or f"Titre : {TO_COMPLETE}"
    if model in OWN:
        kind, sheet = OWN[model]
        footer = ALONE_FOOTER if model in ALONE else kind
        return cleaned(Paper(title, parts.dated(kind, whole.day), tuple(sheet(whole)), footer))
    kind, blocks = OUTWARD[model]
    out = outward(whole)
    title, body = out.written("titre") or title, tuple(blocks(out))
    if internal:
        own = (*body, *annex(whole))
        return cleaned(Paper(title, parts.dated(f"{kind}, avec vos pages", whole.day), own, ALONE_FOOTER))
    return cleaned(Paper(title, parts.dated(kind, whole.day), body, kind))


def _cadrage(out: Outward) -> list[Block]:
    """What a request is, before anything is written to a provider, as the trade tells it: two pages."""
    said = parts.running(out.told("paroles"))
    return [
        *parts.part("D’où vient la demande", parts.origin(out)),
        *parts.part("Ce que les structures en disent", said or parts.running((f"{TO_COMPLETE}.",))),
        Heading("Ce que l’on cherche"),
        Heading("Pour l’ensemble des structures", 2),
        *consultation.aim(out),
        Heading("Pour chaque structure", 2),
        *parts.each_ones_aim(out),
        *parts.part("Ce que ce n’est pas", parts.not_that(out)),
        *parts.part("Le groupe", parts.group(out)),
        *parts.part("La forme envisagée", parts.shape(out), consultation.why_together(out), consultation.effort(out)),
        *parts.part("La méthode", parts.ways(out.done("forme"))),
        *parts.part("Le prestataire", parts.ways(out.done("qualites"))),
        *parts.part("Les partenaires et le cofinancement", consultation.partners(out)),
        *parts.part("Ce qui comptera comme un progrès", parts.progress(out)),
        *parts.part("Après l’accompagnement", parts.ways(out.done("suivi"))),
        *parts.opinion(out),
    ]


OUTWARD: Mapping[Model, tuple[str, Callable[[Outward], list[Block]]]] = MappingProxyType(
    {
        "cadrage": ("Note de cadrage", _cadrage),
        "cahier-des-charges": ("Cahier des charges", consultation.cahier_des_charges),
        "comite": ("Pour le comité d’appui", consultation.comite),
    }
)
"""What each outward model is called, and what writes it: from what may go out alone."""
OWN: Mapping[Model, tuple[str, Callable[[Whole], list[Block]]]] = MappingProxyType(
    {
        "appel": ("Pour le prochain rendez-vous", own_sheets.meeting),
        "a-regler": ("À régler avant l’envoi", own_sheets.before_sending),
        "offres": ("Comparer les offres", after.offers),
        "suivi": ("Fiche de suivi", after.follow_up),
    }
)
"""The same of what is for the officer alone."""
ALONE: frozenset[Model] = frozenset(OWN) - {"offres"}
"""Sheets that nobody else fills in."""
