"""From a dossier and its reading to a paper: one model, for one audience, named or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from conseil_dla.papers import appel, cadrage, cahier_des_charges, comite
from conseil_dla.papers import internal as internal_papers
from conseil_dla.papers.blocks import Block, Paper
from conseil_dla.papers.cleaning import cleaned
from conseil_dla.papers.models import Model
from conseil_dla.papers.parts import TO_COMPLETE, dated
from conseil_dla.papers.wall import Outward, outward
from conseil_dla.reading.whole import Whole
from conseil_dla.wording.discretion import anonymous_dossier

OUTWARD: Mapping[Model, tuple[str, Callable[[Outward], list[Block]]]] = MappingProxyType(
    {
        "cadrage": (cadrage.KIND, cadrage.blocks),
        "cahier-des-charges": (cahier_des_charges.KIND, cahier_des_charges.blocks),
        "comite": (comite.KIND, comite.blocks),
    }
)
"""What each outward model is called, and what writes it: from what may go out alone."""
ALONE_FOOTER = "Pour vous seul·e : ne se transmet pas"


def write(whole: Whole, model: Model, *, internal: bool = False, anonymous: bool = False) -> Paper:
    """The paper. It decides nothing: everything in it was read, answered or written by somebody.

    Outward (``internal`` false, any model but ``appel``), it holds nothing internal. ``anonymous`` leaves out every
    name and every free text. It is never signed.
    """
    if anonymous:
        whole = replace(whole, dossier=anonymous_dossier(whole.base, whole.dossier), nearest=None)
    title = whole.dossier.title or f"Titre : {TO_COMPLETE}"
    if model not in OUTWARD:
        return cleaned(Paper(title, dated(appel.KIND, whole.day), tuple(appel.blocks(whole)), ALONE_FOOTER))
    kind, blocks = OUTWARD[model]
    body = tuple(blocks(outward(whole)))
    if internal:
        own = (*body, *internal_papers.annex(whole))
        return cleaned(Paper(title, dated(f"{kind}, avec vos pages", whole.day), own, ALONE_FOOTER))
    return cleaned(Paper(title, dated(kind, whole.day), body, kind))
