"""The papers by which an accompaniment is put out and decided: the cahier des charges, the committee’s page."""

from __future__ import annotations

from conseil_dla.papers import fields
from conseil_dla.papers import outward_parts as parts
from conseil_dla.papers.blocks import TO_COMPLETE, TO_FILL, Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.wall import Outward
from conseil_dla.rules.paper_fields import FieldType, Part, rows

WHY = "Ce qui conduit à cette forme"
WHY_TOGETHER = "Ce que le collectif apporte, et que des accompagnements individuels n’apporteraient pas"
MOST_STEPS = 6
"""How many ways of going about it the committee’s page bears."""


def cahier_des_charges(out: Outward) -> list[Block]:
    """What a provider is asked to answer to, in the order of a consultation. It holds nobody’s opinion."""
    return [
        *fields.sheet(out, "en_tete"),
        *parts.part("Le contexte", parts.origin(out), fields.running(out, "territoire"),
                    fields.running(out, "contexte"), fields.running(out, "individuel")),
        *parts.part("Les structures", parts.group(out), parts.running(out.kept("paroles"))),
        *parts.part("Le besoin", aim(out), why_together(out)),
        *parts.part("Les objectifs", fields.running(out, "objectifs"), for_each(out)),
        *parts.part("Ce qui n’est pas attendu", parts.items(out.kept("limites"))),
        *_part(out, "deroulement", "Le déroulement", parts.shape(out), parts.ways(out.done("forme", "avant"))),
        *_part(out, "pilotage", "Le pilotage et la restitution", parts.ways(out.done("partenaires"))),
        *_part(out, "echeancier", "Le calendrier", parts.running(out.kept("forme"))),
        *_budget(out),
        *_part(out, "livrables", "Les livrables"),
        *parts.part("Ce qui comptera comme un progrès", parts.progress(out)),
        *_part(out, "prestataire", "Les qualités attendues du prestataire", parts.ways(out.done("qualites"))),
        *_part(out, "choix", "Le choix du prestataire"),
        *_part(out, "pieces", "Les pièces à fournir"),
    ]  # fmt: skip


def _part(out: Outward, part: Part, title: str, *blocks: list[Block]) -> list[Block]:
    """What is known of a part, then its fields; nothing of one that the officer leaves out."""
    return parts.part(title, *blocks, fields.running(out, part)) if out.prints(part) else []


def aim(out: Outward) -> list[Block]:
    """What is looked for together: what answers say of it, and the ways that were kept."""
    if not out.prints("besoin"):
        return []
    told = [*parts.running(out.kept("but")), *parts.ways(out.done("but"))]
    return told or [Paragraph(f"Ce que les structures cherchent ensemble : {TO_COMPLETE}.")]


def why_together(out: Outward) -> list[Block]:
    """Why this form; of a collective one, rather than the same support structure by structure."""
    if len(out.formats) != 1 or not out.prints("besoin"):
        return []
    is_alone = out.base.logic.formats[out.formats[0]].preparatory
    title = "Pourquoi cette forme" if is_alone else "Pourquoi cette forme, plutôt que des accompagnements individuels"
    blank = WHY if is_alone else WHY_TOGETHER
    return [Heading(title, 2), *(parts.items(out.kept("raisons")) or [Paragraph(f"{blank} : {TO_COMPLETE}.")])]


def for_each(out: Outward) -> list[Block]:
    """What each structure looks for."""
    return [Heading("Pour chaque structure", 2), *parts.each_ones_aim(out)] if out.prints("objectifs") else []


def _budget(out: Outward) -> list[Block]:
    if not out.prints("budget"):
        return []
    return parts.part("Le budget", fields.sheet(out, "budget", *_reckoned(out), tables=False))


def _reckoned(out: Outward) -> list[tuple[str, str]]:
    """What follows from the figures that were typed."""
    days = fields.days(out)
    return [("Jours d’intervention", days)] if days else []


def effort(out: Outward) -> list[Block]:
    """Days, dates and cost, as far as they are known."""
    dates, kept = filled(out, "echeancier"), " ".join(out.kept("forme"))
    is_asked = out.prints("echeancier") and (kept or not dates)
    when = [("Calendrier", kept or TO_COMPLETE)] if is_asked else []
    rows = [*when, ("Jours d’intervention", fields.days(out) or TO_FILL), ("Coût", fields.cost(out) or TO_FILL)]
    return [Grid(("", ""), tuple(rows), (2, 5)), *dates]


def partners(out: Outward) -> list[Block]:
    """Who works and pays with us: what answers say, and the ways that were kept."""
    if not out.prints("partenaires"):
        return []
    told = [*parts.running(out.kept("partenaires")), *parts.ways(out.done("partenaires"))]
    return told or [Paragraph(f"Partenaires et cofinanceurs : {TO_COMPLETE}.")]


def comite(out: Outward) -> list[Block]:
    """A case put to those who decide, the funder among them: what is asked first; two pages at most."""
    return [
        Heading("Ce qui est demandé au comité"),
        *_asked(out),
        Grid(("", ""), tuple(_at_a_glance(out)), (2, 5)),
        *parts.part("La demande", parts.origin(out), parts.running(out.kept("but"))),
        *parts.part("L’objectif", _written(out, "objectifs", "texte")),
        *parts.opinion(out),
        *parts.part("Le groupe", parts.group(out)),
        *parts.part("La forme envisagée", parts.shape(out), why_together(out)),
        *parts.part("La méthode", parts.ways(out.done("forme"), MOST_STEPS)),
        *parts.part("Les partenaires et le cofinancement", partners(out), funders(out)),
        *parts.part("Le lien avec les accompagnements individuels", _written(out, "individuel")),
        *parts.part("Ce qui aide déjà", parts.items(out.kept("appuis"))),
    ]


def filled(out: Outward, part: Part, *types: FieldType) -> list[Block]:
    """The fields of a part, or those of some types, in which something is written, each under its title.

    Not what is kept of answers, nor what each structure looks for: they have a place of their own.
    """
    apart = fields.each_ones(out.base)
    own = (each for each in out.fields(part) if fields.is_own(each) and each is not apart)
    there = [each for each in own if each.id in out.dossier.paper and (not types or each.type in types)]
    return [block for each in there for block in fields.titled(out, each)]


def _written(out: Outward, part: Part, *types: FieldType) -> list[Block]:
    """What is written in a part, or in its fields of some types, without a title; nothing is a fair answer."""
    return [block for block in filled(out, part, *types) if not isinstance(block, Heading)]


def _dates(out: Outward) -> str:
    """Steps with their dates, in one line; empty where none is written."""
    tables = [each for each in out.fields("echeancier") if each.type == "tableau"]
    told = [
        f"{row.get(each.columns[0].id, TO_COMPLETE)} : {row.get(each.columns[1].id, TO_COMPLETE)}"
        for each in tables for row in rows(out.dossier.paper.get(each.id))
    ]  # fmt: skip
    return " ; ".join(told)


def _asked(out: Outward) -> list[Block]:
    """What the officer wrote; else what any committee is asked."""
    if written := _written(out, "comite"):
        return written
    what = "la forme proposée" if out.is_kept else "la forme envisagée"
    return [Bullets((f"Un avis sur {what}.", f"Un accord sur le budget : {fields.cost(out) or TO_FILL}."), boxes=True)]


def _at_a_glance(out: Outward) -> list[tuple[str, str]]:
    lines = [("Structures", out.number)] if out.number else []
    for id in out.base.logic.columns:
        if said := parts.counted_in_table(out, id):
            lines.append((out.base.title("colonne", id), said))
    if dates := _dates(out):
        lines.append(("Calendrier", dates))
    lines += [("Jours d’intervention", fields.days(out) or TO_FILL), ("Coût", fields.cost(out) or TO_FILL)]
    lines[:0] = [(out.base.title("rubrique", each.id), fields.line(out, each)) for each in out.fields("territoire")]
    left = fields.still_to_find(out)
    return [*lines, *([("Reste à financer, cofinancements demandés déduits", left)] if left else [])]


def funders(out: Outward) -> list[Block]:
    """The tables of the budget that are filled."""
    return [
        block
        for each in out.fields("budget")
        if each.type == "tableau" and each.id in out.dossier.paper
        for block in fields.titled(out, each)
    ]
