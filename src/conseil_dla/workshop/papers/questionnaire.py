"""The questionnaire on paper: when the projector fails, a room goes on with a pen. It holds no advice at all.

Two sides of one sheet: the questions, then a blank compass and room for what the room keeps. Made from the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conseil_dla.ground.french import NBSP, spaced
from conseil_dla.papers.blocks import Ballot, Block, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.papers.internal import blank_compass
from conseil_dla.rules.model import Base, Condition
from conseil_dla.wording.clauses import if_text, question_text
from conseil_dla.wording.page_parts import Text, plain
from conseil_dla.wording.questionnaire import UNKNOWN_TEXT

KIND = "À remplir au stylo, seul·e ou avec une salle"
TITLE = "Questionnaire d’atelier"
FOOTER = "Pour la salle"
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
    ballots = [_ballot(base, id, number) for number, id in enumerate(essentials, 1)]
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
    return cleaned(Paper(TITLE, KIND, tuple(blocks), FOOTER))


def _ballot(base: Base, id: str, number: int) -> Ballot:
    """One question: what it is asked with, its options in file order, and « je ne sais pas encore »."""
    question = base.logic.questions[id]
    notes = [condition_text(base, question.asked_if), SEVERAL if question.type == "plusieurs" else ""]
    labels = base.entry("question", id).labels
    options = [labels[answer] for answer in question.answers]
    if question.type == "nombre":
        options = [spaced(f"{FIGURE} {TO_WRITE} {base.entry('question', id).texts.get('unite', '')}".rstrip())]
    note = " ".join(part for part in notes if part)
    return Ballot(f"{number}.{NBSP}{question_text(base, id)}", note, (*options, UNKNOWN_TEXT))


def condition_text(base: Base, condition: Condition | None) -> str:
    """« Seulement si l’on a, pour … »; empty for a question that is always asked."""
    if condition is None:
        return ""
    return f"Seulement si {_flat(if_text(base, condition))}."


def _flat(text: Text) -> str:
    """A text with the list that it opens, on one line."""
    return f"{plain(text.run)}{_listed(text.inner)}"


def _listed(inner: Iterable[Text]) -> str:
    parts = [_flat(text) for text in inner]
    return f" {f'{NBSP}; '.join(parts)}" if parts else ""
