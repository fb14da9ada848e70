"""The call sheet: one page for the next meeting, with whom to ask and room to write. For the officer alone."""

from __future__ import annotations

from conseil_dla.ground.french import counted
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.internal import about
from conseil_dla.papers.parts import TO_COMPLETE
from conseil_dla.reading.whole import Whole
from conseil_dla.wording.advice import advised_lines, asked_lines, opinion_words, request_words
from conseil_dla.wording.call_sheet import call_sheet, left_out
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.outline import posture_line

KIND = "Pour le prochain rendez-vous"
EXCEPTION = " (une réponse inhabituelle changerait l’avis)"


def blocks(whole: Whole) -> list[Block]:
    """Where things stand in a few lines, then the questions."""
    base, reading, dossier = whole.base, whole.reading, whole.dossier
    mine = [line.text for line in opinion_words(base, dossier.opinion)]
    words = [line.text for line in request_words(dossier.demand, dossier.heard)]
    stand = [*asked_lines(base, reading), *advised_lines(base, reading, whole.prospects)]
    where = [line.text for line in stand if line.main]
    return [
        Heading("Mon avis"),
        Paragraph(" ".join(mine) or f"Je retiens : {TO_COMPLETE}. Pourquoi : {TO_COMPLETE}."),
        Heading("La demande, et où l’on en est"),
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
        blocks.append(Grid((title, "Ce qui est dit"), rows, (3, 2)))
    if more := left_out(reading):
        left = counted(more, "autre question, moins pressante", "autres questions, moins pressantes")
        blocks.append(Paragraph(f"Et {left}.", "quiet"))
    blocks.append(Paragraph(f"Qui revoir ensuite, et quand : {TO_COMPLETE}"))
    return blocks
