"""The page of a plan: what to prepare, then the times of the workshop, counted from its start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from conseil_dla.ground.french import counted, lowered
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.rules.model import Base
from conseil_dla.rules.plans import MOMENT_NAMES, Plan, PlanStep
from conseil_dla.wording.provenance import claims_text

TITLE = "Déroulements d’atelier"
KIND = "Le déroulement, temps après temps"
FOOTER = "Pour l’animation"
OURS = "La façon de conduire un atelier est la nôtre."
OWED = "Ce que celle-ci doit à la note"
PLAN = "deroulement"


def plan(base: Base, chosen: Plan) -> Paper:
    """The paper of one plan."""
    subtitle = f"{KIND} : {counted(chosen.minutes, 'minute')}"
    return cleaned(Paper(chosen.title, subtitle, tuple(_blocks(base, chosen, 1)), FOOTER))


def plans(base: Base, several: Sequence[Plan]) -> Paper:
    """Several plans in one paper, each on pages of its own."""
    blocks: list[Block] = []
    for chosen in several:
        blocks += [Heading(chosen.title, apart=bool(blocks)), *_blocks(base, chosen, 2)]
    return cleaned(Paper(TITLE, KIND, tuple(blocks), FOOTER))


def _blocks(base: Base, chosen: Plan, level: Literal[1, 2]) -> Iterator[Block]:
    if chosen.prepare:
        yield Heading("À préparer avant", level)
        yield Bullets(chosen.prepare, boxes=True)
    yield Heading("Les temps", level)
    yield Grid(("Minutes", "Le temps", "Ce que vous faites", "À dire"), _rows(chosen), (4, 6, 13, 8))
    yield _sources(base, chosen)


def _rows(chosen: Plan) -> tuple[tuple[str, ...], ...]:
    rows, start = [], 0
    for step in chosen.steps:
        rows.append(_row(step, start))
        start += step.minutes
    return tuple(rows)


def _row(step: PlanStep, start: int) -> tuple[str, ...]:
    """From when to when, which moment, what is done, what is said."""
    name = f"{MOMENT_NAMES[step.moment]} : {step.title}"
    return (f"{start} à {start + step.minutes}", name, step.what, step.say)


def _sources(base: Base, chosen: Plan) -> Paragraph:
    """Where it comes from, and what is ours."""
    entry = base.entry(PLAN, chosen.id)
    claims = lowered(claims_text(base, entry.sources).strip("()"))
    told = [OURS] if entry.status == "interpretation" else []
    told += [f"{OWED} : {claims}"] if claims else []
    return Paragraph(" ".join(told), "quiet")
