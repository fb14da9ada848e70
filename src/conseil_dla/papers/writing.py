"""From a dossier and its reading to a paper: each model for one audience, named or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, get_args

from conseil_dla.papers import after, consultation, fields, own_sheets
from conseil_dla.papers import outward_parts as parts
from conseil_dla.papers.blocks import TO_COMPLETE, Block, Heading, Paper, cleaned
from conseil_dla.papers.documents.sheets import Sheet, written
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
    whole = _anonymous(whole) if anonymous else whole
    own = whole.dossier.title or f"Titre : {TO_COMPLETE}"
    out = outward(whole)
    title = out.written("titre") or own
    if model in OWN:
        kind, sheet = OWN[model]
        title, footer = (own, ALONE_FOOTER) if model in ALONE else (title, kind)
        return cleaned(Paper(title, parts.dated(kind, whole.day), tuple(sheet(whole)), footer))
    kind, blocks = OUTWARD[model]
    body = tuple(blocks(out))
    if internal:
        pages = (*body, *annex(whole))
        return cleaned(Paper(title, parts.dated(f"{kind}, avec vos pages", whole.day), pages, ALONE_FOOTER))
    return cleaned(Paper(title, parts.dated(kind, whole.day), body, kind))


WORKBOOKS: Mapping[Model, Callable[[Whole], tuple[Sheet, ...]]] = MappingProxyType(
    {"offres": after.offers_workbook, "suivi": after.follow_up_workbook}
)
"""Models that are workbooks too: filled on a screen, then read back (``read_back``)."""
WORKBOOK = ".xlsx"


def workbook(whole: Whole, model: Model, *, anonymous: bool = False) -> bytes:
    """The file of a model of ``WORKBOOKS``. Raises ``NotMade``."""
    whole = _anonymous(whole) if anonymous else whole
    return written(WORKBOOKS[model](whole), WORKBOOK)


def _anonymous(whole: Whole) -> Whole:
    """Without names and free texts. A sentence of an answer that is kept as the program wrote it is nobody's."""
    base, dossier = whole.base, anonymous_dossier(whole.base, whole.dossier)
    paper = dict(dossier.paper)
    for field in base.fields.values():
        value = whole.dossier.paper.get(field.id)
        if not fields.is_own(field) and isinstance(value, tuple):
            ours = {each.text for each in fields.proposals(whole, field.id)}
            paper[field.id] = tuple(str(text) for text in value if text in ours) or ()
    dossier = replace(dossier, paper={id: value for id, value in paper.items() if value})
    return replace(whole, dossier=dossier, nearest=None)


def _together(out: Outward) -> list[Block]:
    """What is looked for by all; nothing where the officer leaves it out."""
    inside = [*consultation.aim(out), *consultation.filled(out, "objectifs")]
    return [Heading("Pour l’ensemble des structures", 2), *inside] if inside else []


def _cadrage(out: Outward) -> list[Block]:
    """What a request is, before anything is written to a provider, as the trade tells it: two or three pages."""
    return [
        *parts.part("D’où vient la demande", parts.origin(out)),
        *consultation.filled(out, "territoire"),
        *parts.part("Ce que les structures en disent", parts.running(out.kept("paroles"))),
        *parts.part("Ce que l’on cherche", _together(out), consultation.for_each(out)),
        *parts.part("Ce que ce n’est pas", parts.items(out.kept("limites"))),
        *parts.part("Le groupe", parts.group(out)),
        *parts.part("La forme envisagée", parts.shape(out), consultation.why_together(out), consultation.effort(out)),
        *parts.part("La méthode", parts.ways(out.done("forme"))),
        *parts.part("Le prestataire", parts.ways(out.done("qualites"))),
        *parts.part("Les partenaires et le cofinancement", consultation.partners(out),
                    consultation.funders(out)),
        *parts.part("Ce qui comptera comme un progrès", parts.progress(out)),
        *parts.part("Après l’accompagnement", parts.ways(out.done("suivi"))),
        *parts.opinion(out),
    ]  # fmt: skip


OUTWARD: Mapping[Model, tuple[str, Callable[[Outward], list[Block]]]] = MappingProxyType(
    {
        "cadrage": ("Note de cadrage", _cadrage),
        "cahier-des-charges": ("Cahier des charges", consultation.cahier_des_charges),
        "comite": ("Pour le comité d’appui", consultation.comite),
    }
)
"""What each outward model is called, and what writes it: from what may go out alone."""


def _before_sending(whole: Whole) -> list[Block]:
    """The sheet that names what these papers leave blank, or do not say."""
    out = outward(whole)
    return own_sheets.before_sending(whole, {kind: blocks(out) for kind, blocks in OUTWARD.values()})


OWN: Mapping[Model, tuple[str, Callable[[Whole], list[Block]]]] = MappingProxyType(
    {
        "appel": ("Pour le prochain rendez-vous", own_sheets.meeting),
        "a-regler": ("À régler avant l’envoi", _before_sending),
        "offres": ("Comparer les offres", after.offers),
        "suivi": ("Fiche de suivi", after.follow_up),
    }
)
"""The same of what is for the officer alone."""
ALONE: frozenset[Model] = frozenset(OWN) - {"offres"}
"""Sheets that nobody else fills in."""
