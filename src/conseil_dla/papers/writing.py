"""From a dossier and its reading to a paper: four models, each for one audience, named or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, get_args

from conseil_dla.ground.french import counted
from conseil_dla.papers import outward_parts as parts
from conseil_dla.papers.blocks import TO_FILL, Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.papers.internal import about, annex
from conseil_dla.papers.wall import Outward, outward
from conseil_dla.reading.whole import Whole
from conseil_dla.wording.advice import advised_lines, asked_lines, opinion_words, request_words
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.discretion import anonymous_dossier
from conseil_dla.wording.outline import posture_line
from conseil_dla.wording.prospects import call_sheet, left_out

Model = Literal["appel", "cadrage", "cahier-des-charges", "comite"]
MODELS: tuple[Model, ...] = get_args(Model)
"""Names of the models, as they are typed."""
ALONE_FOOTER = "Pour vous seul·e : ne se transmet pas"


def write(whole: Whole, model: Model, *, internal: bool = False, anonymous: bool = False) -> Paper:
    """The paper. It decides nothing: everything in it was read, answered or written by somebody.

    Outward (``internal`` false, any model but ``appel``), it holds nothing internal. ``anonymous`` leaves out every
    name and every free text. It is never signed.
    """
    if anonymous:
        whole = replace(whole, dossier=anonymous_dossier(whole.base, whole.dossier), nearest=None)
    title = whole.dossier.title or f"Titre : {parts.TO_COMPLETE}"
    if model not in OUTWARD:
        return cleaned(Paper(title, parts.dated(CALL_SHEET, whole.day), tuple(_call_sheet(whole)), ALONE_FOOTER))
    kind, blocks = OUTWARD[model]
    body = tuple(blocks(outward(whole)))
    if internal:
        own = (*body, *annex(whole))
        return cleaned(Paper(title, parts.dated(f"{kind}, avec vos pages", whole.day), own, ALONE_FOOTER))
    return cleaned(Paper(title, parts.dated(kind, whole.day), body, kind))


def _cadrage(out: Outward) -> list[Block]:
    """What a request is, before anything is written to a provider, as the trade tells it: two pages."""
    said = parts.running(out.told("paroles"))
    return [
        *parts.opinion(out),
        *parts.part("D’où vient la demande", parts.origin(out)),
        *parts.part("Ce que les structures en disent", said or parts.running((parts.TO_COMPLETE,))),
        Heading("Ce que l’on cherche"),
        Heading("Pour l’ensemble des structures", 2),
        *(parts.running(out.told("but"), out.done("but")) or parts.running((parts.TO_COMPLETE,))),
        Heading("Pour chaque structure", 2),
        *parts.each_ones_aim(out),
        *parts.part("Ce que ce n’est pas", parts.not_that(out)),
        *parts.part("Le groupe", parts.group(out)),
        *parts.part("La forme envisagée", parts.shape(out), parts.reasons(out), parts.frame(out)),
        *([Heading("Comment s’y prendre", 2), *parts.steps(out)]),
        *parts.part("Le prestataire", parts.qualities(out)),
        *parts.part("Les partenaires et le cofinancement", parts.partners(out)),
        *parts.part("Ce qui comptera comme un progrès", parts.progress(out), parts.later(out)),
        *parts.part("À éclaircir avant le comité d’appui", parts.to_clear(out)),
        *parts.sources(out),
    ]


PROPOSAL = (
    "Ce qu’il comprend de la demande, et les questions qu’elle soulève.",
    "La démarche proposée, et ce qui pourrait y changer après la première rencontre.",
    "Les temps collectifs et les temps individuels, avec le nombre de jours de chaque sorte.",
    "Les personnes qui interviendraient, et une expérience comparable menée avec un groupe.",
    "Les livrables remis aux structures, et à quelles dates.",
    "Le prix par jour d’intervention, frais de déplacement compris.",
)
"""What is asked of any proposal, whatever its subject."""


def _cahier_des_charges(out: Outward) -> list[Block]:
    """What a provider is asked to answer to, in the order of a consultation; sent after light editing."""
    return [
        *parts.opinion(out),
        *parts.part("Le contexte", parts.running(out.told("origine")), parts.group(out)),
        *parts.part("La demande", _quote(out), parts.running(out.told("paroles"))),
        Heading("Ce qui est attendu"),
        *(parts.running(out.told("but"), out.done("but")) or parts.running((parts.TO_COMPLETE,))),
        *parts.each_ones_aim(out),
        *parts.part("Ce qui n’est pas attendu", parts.not_that(out)),
        *parts.part("Le déroulement et la forme", parts.shape(out), parts.steps(out)),
        *parts.part("Les qualités attendues du prestataire", parts.qualities(out)),
        *parts.part("Le cadre", parts.frame(out), parts.partners(out, names=False)),
        *parts.part("Ce qui comptera comme un progrès", parts.progress(out)),
        *parts.part("Ce que le prestataire indique dans sa proposition", [Bullets(PROPOSAL)]),
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
        ("Critères de choix", blank),
    )
    return Grid(("Pour répondre", "À compléter avant l’envoi"), rows, (1, 4))


MOST_STEPS = 6
"""How many ways of going about it a page bears."""


def _comite(out: Outward) -> list[Block]:
    """A case put to those who decide, the funder among them: what is asked, by whom, how; two pages at most."""
    return [
        *parts.opinion(out),
        *parts.part("La demande", parts.origin(out), parts.running(out.told("but"))),
        *parts.part("Le groupe", parts.group(out)),
        *parts.part("La forme envisagée", parts.shape(out), parts.reasons(out), parts.frame(out)),
        Heading("Comment s’y prendre", 2),
        *parts.steps(out, MOST_STEPS),
        *parts.part("Ce qui aide déjà", parts.supports(out)),
        *parts.part("Les partenaires et le cofinancement", parts.partners(out)),
        *parts.part("Ce qui comptera comme un progrès", parts.progress(out)),
        *parts.part("À éclaircir", parts.to_clear(out)),
        *parts.part("Ce qui est demandé au comité", [Bullets(_asked(out), boxes=True)]),
        *parts.sources(out),
    ]


def _asked(out: Outward) -> tuple[str, ...]:
    what = "la forme retenue" if out.is_kept else "la forme envisagée"
    return (
        f"Un avis sur {what}.",
        f"Un accord sur le budget : {TO_FILL}.",
        f"Un avis sur les points à éclaircir, et le nom de qui peut y aider : {parts.TO_COMPLETE}.",
    )


CALL_SHEET = "Pour le prochain rendez-vous"
EXCEPTION = " (une réponse inhabituelle changerait le conseil)"


def _call_sheet(whole: Whole) -> list[Block]:
    """One page for the next meeting: where things stand, then the questions, whom to ask and room to write."""
    base, reading, dossier = whole.base, whole.reading, whole.dossier
    mine = [line.text for line in opinion_words(base, dossier.opinion)]
    words = [line.text for line in request_words(dossier.demand, dossier.heard)]
    stand = [*asked_lines(base, reading), *advised_lines(base, reading, whole.prospects)]
    where = [line.text for line in stand if line.main]
    return [
        Heading("Mon avis"),
        Paragraph(" ".join(mine) or f"Je retiens : {parts.TO_COMPLETE}. Pourquoi : {parts.TO_COMPLETE}."),
        Heading("La demande et les réponses à ce jour"),
        *(Paragraph(text) for text in words),
        Bullets((*where, posture_line(base, reading))),
        *_sentence(whole),
        *_questions(whole),
        *about(whole)[1:],
    ]


def _sentence(whole: Whole) -> list[Block]:
    """A sentence to say, where one place is shown."""
    shown = whole.reading.posture.shown
    said = whole.base.entry("posture", shown[0]).texts.get("phrase", "") if len(shown) == 1 else ""
    return [Paragraph(f"Une phrase pour le rendez-vous : {said}", "quote")] if said else []


def _questions(whole: Whole) -> list[Block]:
    base, reading = whole.base, whole.reading
    blocks: list[Block] = []
    for title, asked_there in call_sheet(base, reading):
        rows = tuple(
            (f"{question_text(base, asked.question)}{EXCEPTION if asked.purpose == 'exception' else ''}", "")
            for asked in asked_there
        )
        blocks.append(Grid((title, "Réponse"), rows, (3, 2)))
    if more := left_out(reading):
        left = counted(more, "autre question, moins pressante", "autres questions, moins pressantes")
        blocks.append(Paragraph(f"Et {left}.", "quiet"))
    blocks.append(Paragraph(f"Prochain rendez-vous (avec qui, quand) : {parts.TO_COMPLETE}"))
    return blocks


OUTWARD: Mapping[Model, tuple[str, Callable[[Outward], list[Block]]]] = MappingProxyType(
    {
        "cadrage": ("Note de cadrage", _cadrage),
        "cahier-des-charges": ("Cahier des charges", _cahier_des_charges),
        "comite": ("Pour le comité d’appui", _comite),
    }
)
"""What each outward model is called, and what writes it: from what may go out alone."""
