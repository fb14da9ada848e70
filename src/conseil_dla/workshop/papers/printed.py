"""What is printed before a workshop: a page for each plan, the questionnaire, a sheet for each scenario.

The questionnaire is there for when the projector fails: a room goes on with a pen. It holds no advice at all. Two sides
of one sheet: the questions, then a blank compass and room for what the room keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, spaced
from conseil_dla.interview.questionnaire import MOST
from conseil_dla.papers.blocks import Ballot, Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.papers.internal import blank_compass
from conseil_dla.rules.model import Base, Condition, Dossier, Is
from conseil_dla.rules.plans import MOMENT_NAMES, Plan, PlanStep
from conseil_dla.wording.clauses import if_text, question_text
from conseil_dla.wording.page_parts import Text, plain
from conseil_dla.wording.provenance import claims_text, observed_text
from conseil_dla.wording.questionnaire import UNKNOWN_TEXT
from conseil_dla.workshop.papers.facilitator_sheet import Scenario, sheet
from conseil_dla.workshop.rehearsal import rehearse

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

PLANS = "Déroulements d’atelier"
IN_ORDER = "Le déroulement, temps après temps"
FOR_WHO_LEADS = "Pour l’animation"
OURS = "La façon de conduire un atelier est la nôtre."
OWED = "Ce que celle-ci doit à la note"
PLAN = "deroulement"


def plan(base: Base, chosen: Plan) -> Paper:
    """The paper of one plan."""
    subtitle = f"{IN_ORDER} : {counted(chosen.minutes, 'minute')}"
    return cleaned(Paper(chosen.title, subtitle, tuple(_blocks(base, chosen, 1)), FOR_WHO_LEADS))


def plans(base: Base, several: Sequence[Plan]) -> Paper:
    """Several plans in one paper, each on pages of its own."""
    blocks: list[Block] = []
    for chosen in several:
        blocks += [Heading(chosen.title, apart=bool(blocks)), *_blocks(base, chosen, 2)]
    return cleaned(Paper(PLANS, IN_ORDER, tuple(blocks), FOR_WHO_LEADS))


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
    told += [observed_text((entry.observation,))] if entry.observation else []
    return Paragraph(" ".join(told), "quiet")


# --- the questionnaire ------------------------------------------------------------------------------------------------

BY_PEN = "À remplir au stylo, seul·e ou avec une salle"
BLANK = "Questionnaire d’atelier"
FOR_THE_ROOM = "Pour la salle"
FIRST = "Pour commencer, au verso : une croix sur la boussole. Puis les questions."
HOW = (
    "Une case par question, sauf mention contraire. Avec une salle : écrivez le nombre de mains dans le cadre, cochez "
    "la réponse retenue, ou deux si la salle se partage."
)
AFTERWARDS = (
    "Pour avoir la lecture ensuite : ouvrez un nouveau dossier dans Conseil DLA, et donnez-y les réponses cochées. "
    "« Je ne sais pas encore » est une réponse. Deux réponses cochées font deux dossiers, à comparer."
)
HANDS = "Avant toute question, une croix là où vous vous situeriez. Avec une salle : les mains, quart par quart."
SEVERAL = "Plusieurs cases possibles."
FIGURE = "En chiffres :"
TO_WRITE = "………"
KEPT = ("Nous retenons", "Nous contestons", "Nous demandons")
ROOM_FOR_WORDS = 7
"""Lines of handwriting under each of them."""


def questionnaire(base: Base, essentials: Sequence[str]) -> Paper:
    """The paper; ``essentials`` are the ids of its questions, in order."""
    ballots = [_ballot(base, id, essentials) for id in essentials]
    blocks: list[Block] = [
        Paragraph(FIRST, "lead"),
        Paragraph(HOW),
        *ballots,
        Heading("La boussole", apart=True),
        Paragraph(HANDS),
        *blank_compass(base),
        Heading("Pour finir"),
        Grid(KEPT, (("", "", ""),), room=ROOM_FOR_WORDS),
        Grid(("Scénario", "Lieu et date"), (("", ""),), (3, 2)),
        Paragraph(AFTERWARDS, "quiet"),
    ]
    return cleaned(Paper(BLANK, BY_PEN, tuple(blocks), FOR_THE_ROOM))


def _ballot(base: Base, id: str, essentials: Sequence[str]) -> Ballot:
    """One question: what it is asked with, its options in file order, and « je ne sais pas encore »."""
    question, number = base.logic.questions[id], essentials.index(id) + 1
    notes = [condition_text(base, question.asked_if, essentials), SEVERAL if question.type == "plusieurs" else ""]
    labels = base.entry("question", id).labels
    options = [labels[answer] for answer in question.answers]
    if question.type == "nombre":
        options = [spaced(f"{FIGURE} {TO_WRITE} {base.entry('question', id).texts.get('unite', '')}".rstrip())]
    note = " ".join(part for part in notes if part)
    return Ballot(f"{number}.{NBSP}{question_text(base, id)}", note, (*options, UNKNOWN_TEXT))


def condition_text(base: Base, condition: Condition | None, essentials: Sequence[str]) -> str:
    """« Seulement si l’on a, pour … », by its number where it is on the paper; empty for a question always asked."""
    if condition is None:
        return ""
    if isinstance(condition, Is) and condition.question in essentials:
        labels = base.entry("question", condition.question).labels
        ticked = listed([quoted(text) for answer, text in labels.items() if answer in condition.answers], "ou")
        return f"Seulement si l’on a coché, à la question {essentials.index(condition.question) + 1}, {ticked}."
    return f"Seulement si {_flat(if_text(base, condition))}."


def _flat(text: Text) -> str:
    """A text with the list that it opens, on one line."""
    return f"{plain(text.run)}{_listed(text.inner)}"


def _listed(inner: Iterable[Text]) -> str:
    parts = [_flat(text) for text in inner]
    return f" {f'{NBSP}; '.join(parts)}" if parts else ""


# --- all of them ------------------------------------------------------------------------------------------------------


def sheet_of(reader: Reader, dossier: Dossier, essentials: Sequence[str]) -> Paper:
    """The facilitator's sheet of a scenario. Raises ``ReadingFailed``."""
    reading = reader.read_dossier(dossier)
    rehearsal = rehearse(reader, reading, essentials, MOST)
    return sheet(reader.base, Scenario(dossier, reading, reader.prospects(reading), rehearsal, essentials))


def everything(reader: Reader, scenarios: Iterable[Dossier], essentials: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Each paper with the name of its file, no name twice. Raises ``ReadingFailed``."""
    yield "questionnaire", questionnaire(reader.base, essentials)
    for each in reader.base.plans:
        yield f"deroulement-{each.minutes}-minutes", plan(reader.base, each)
    taken: set[str] = set()
    for scenario in scenarios:
        stem = f"fiche-{Path(scenario.path).stem}"
        name = next(name for name in _names(stem) if name not in taken)
        taken.add(name)
        yield name, sheet_of(reader, scenario, essentials)


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
