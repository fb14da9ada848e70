"""Papers for the officer alone: the guide of the next meeting, and what is to be settled before a paper is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, sentence
from conseil_dla.papers import fields
from conseil_dla.papers.blocks import BLANK, TO_COMPLETE, Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.internal import about
from conseil_dla.papers.proposals import at_odds, entry_of, kept_rows, method_text, methods
from conseil_dla.papers.wall import outward
from conseil_dla.reading.confidentiality import NEVER_OUT
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.kinds import SPECS
from conseil_dla.rules.model import Base
from conseil_dla.rules.paper_fields import METHODS, rows
from conseil_dla.wording.advice import advised_lines, asked_lines, opinion_words, request_words
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.outline import posture_line
from conseil_dla.wording.prospects import ALONE, whom
from conseil_dla.wording.prospects import meeting as meeting_order

MOST_SETTLED = 6
TURNS = " (peut changer le conseil)"
BOX = "☐"
SENTENCES = re.compile(r"(?<=[.!?])\s+")


# --- the next meeting -------------------------------------------------------------------------------------------------


def meeting(whole: Whole) -> list[Block]:
    """Where things stand, what to come back with, then one guide for each person or body to be met."""
    base, reading, dossier = whole.base, whole.reading, whole.dossier
    words = [line.text for line in request_words(dossier.demand, dossier.heard)]
    mine = [line.text for line in opinion_words(base, dossier.opinion)]
    stand = [*asked_lines(base, reading), *advised_lines(base, reading, whole.prospects)]
    where = [line.text for line in stand if line.main]
    return [
        Heading("Où vous en êtes"),
        *(Paragraph(text) for text in words),
        Bullets((*where, posture_line(base, reading), *mine)),
        *_to_settle(whole),
        *_tipping(whole),
        *_guides(whole),
        *_sentence(whole),
        Paragraph(f"Prochain rendez-vous (avec qui, quand) : {TO_COMPLETE}"),
        *about(whole)[1:],
    ]


def _to_settle(whole: Whole) -> list[Block]:
    """What is to be settled or had before launching, as things to do."""
    tasks = [sentence(whole.base.task(each.kind, each.id)) for each in whole.reading.to_settle][:MOST_SETTLED]
    return [Heading("À régler avant de lancer"), Bullets(tuple(tasks), boxes=True)] if tasks else []


def _tipping(whole: Whole) -> list[Block]:
    """In a tie, or while several formats stand, what would part them."""
    base, reading = whole.base, whole.reading
    if len(reading.format.shown) == 1 and reading.format.certainty == "certaine":
        return []
    turning = [id for id in reading.standing.turning if whom(base, id) != ALONE][:3]
    names = [question_text(base, id) for id in turning]
    lead = "Ce qui départagerait les formats encore ouverts, ou votre place :"
    return [Paragraph(lead), Bullets(tuple(names))] if names else []


def _guides(whole: Whole) -> Iterator[Block]:
    """By person or body met. Answers are ticked there, then typed in the same order (« entretien », « guide »)."""
    base, reading = whole.base, whole.reading
    turning = set(reading.standing.turning)
    left = len(reading.to_ask)
    for title, questions in meeting_order(base, reading):
        left -= len(questions)
        rows = tuple(
            (f"{question_text(base, id)}{TURNS if id in turning else ''}", _choices(base, id)) for id in questions
        )
        yield Heading(title)
        yield Grid(("Question", "Réponse"), rows, (1, 1))
    if left > 0:
        yield Paragraph(f"Et {counted(left, 'autre question, moins pressante', 'autres questions, moins pressantes')}.",
                        "quiet")  # fmt: skip


def _choices(base: Base, question: str) -> str:
    """The answers to tick, as the questionnaire words them, so that they are typed as they were heard."""
    labels = base.entry("question", question).labels
    if labels:
        return "  ".join(f"{BOX}{NBSP}{label}" for label in labels.values())
    unit = base.entry("question", question).texts.get("unite", "")
    if base.logic.questions[question].type == "oui_non":
        return f"{BOX}{NBSP}oui  {BOX}{NBSP}non"
    return f"… {unit}".strip()


def _sentence(whole: Whole) -> list[Block]:
    """A sentence to say, where one place is shown."""
    shown = whole.reading.posture.shown
    said = whole.base.entry("posture", shown[0]).texts.get("phrase", "") if len(shown) == 1 else ""
    return [Paragraph(f"Une phrase pour le rendez-vous : {said}", "quote")] if said else []


# --- before sending ---------------------------------------------------------------------------------------------------


def before_sending(whole: Whole, papers: Mapping[str, Sequence[Block]]) -> list[Block]:
    """What papers leave blank, what is not decided, what is to be checked, and what no paper says.

    ``papers`` are the outward ones, by what each is called.
    """
    return [
        *_listed("À vérifier de votre côté", _checks(whole)),
        *_listed("À remplir dans les papiers", _blanks(papers)),
        *_listed("Façons de faire à proposer de vive voix", _aloud(whole)),
        *_listed("Façons de faire à décider", _undecided(whole)),
        *_listed("Façons de faire gardées que les papiers n’écrivent pas", _refused(whole)),
        *_listed("Ce que les chiffres disent", _figures(whole)),
        *_listed("Ce que vos papiers ne disent pas, et qui se dit de vive voix", _unsaid(whole)),
        *_listed("Ce que d’autres liront tel que vous l’avez écrit", _verbatim(whole)),
        *about(whole)[1:],
    ]


def _listed(title: str, items: Iterable[str]) -> list[Block]:
    there = tuple(items)
    return [Heading(title), Bullets(there, boxes=True)] if there else []


def _checks(whole: Whole) -> Iterator[str]:
    for each in whole.reading.to_settle:
        texts = whole.base.entry(each.kind, each.id).texts
        how = texts.get(SPECS[each.kind].words.detail, "")
        yield f"{sentence(whole.base.task(each.kind, each.id))} {how}".strip()


def _blanks(papers: Mapping[str, Sequence[Block]]) -> Iterator[str]:
    """What is to be filled, each once, under the part that asks for it first, with the papers that ask for it."""
    parts: dict[str, str] = {}
    kinds: dict[str, list[str]] = {}
    for kind, blocks in papers.items():
        part = ""
        for block in blocks:
            part = block.text if isinstance(block, Heading) else part
            for name in _blank_names(block):
                parts.setdefault(name or part, part)
                asking = kinds.setdefault(name or part, [])
                asking += [lowered(kind)] if lowered(kind) not in asking else []
    together: dict[tuple[str, str], list[str]] = {}
    for name, part in parts.items():
        together.setdefault((part, listed(kinds[name])), []).append(name)
    for (part, asking_papers), names in together.items():
        told = " ; ".join(lowered(name) for name in names if name != part)
        yield f"{part or 'En tête'} ({asking_papers}){f' : {told}' if told else ''}"


def _blank_names(block: Block) -> Iterator[str]:
    """What each blank of a block is called: the text before it, the name of its row, or nothing."""
    match block:
        case Paragraph(text):
            yield from (_before_blank(each) for each in SENTENCES.split(text) if BLANK.search(each))
        case Bullets(items):
            yield from (_before_blank(each) for each in items if BLANK.search(each))
        case Grid():
            yield from _blank_cells(block)


def _blank_cells(grid: Grid) -> Iterator[str]:
    """The names of rows; under a title that all may lack, that title, and of how many rows."""
    lacking: dict[str, list[str]] = {}
    for row in grid.rows:
        named = _before_blank(row[0])
        if BLANK.search(row[0]):
            yield named
        for title, cell in zip(grid.titles[1:], row[1:], strict=True):
            if BLANK.search(cell):
                lacking.setdefault(lowered(title), []).append(named)
    for title, names in lacking.items():
        if not title:
            yield from names
        elif len(names) > 1:
            yield f"{title} ({counted(len(names), 'ligne')})"
        else:
            yield f"{title}{f', {names[0]}' if names[0] else ''}"


def _before_blank(text: str) -> str:
    return BLANK.split(text)[0].strip(" :(").strip()


def _aloud(whole: Whole) -> Iterator[str]:
    yield from (
        text
        for row in kept_rows(whole.dossier, "a_proposer")
        if (text := row.get("texte") or method_text(whole.base, row["facon"]))
    )


def _undecided(whole: Whole) -> Iterator[str]:
    decided = {row["facon"] for row in rows(whole.dossier.paper.get(METHODS))}
    yield from (each.text for each in methods(whole) if each.key not in decided)


def _refused(whole: Whole) -> Iterator[str]:
    base, dossier = whole.base, whole.dossier
    for row in kept_rows(dossier):
        key = row["facon"]
        if entry_of(base, key) is None:
            yield f"{quoted(key)} : elle n’est plus dans les connaissances."
        elif not (row.get("texte") or method_text(base, key)):
            yield f"{quoted(base.title(*key.split(':', 1)))} : les connaissances n’ont pas de phrase pour les papiers."
        elif other := at_odds(base, dossier, whole.reading.answers, key):
            yield f"{quoted(method_text(base, key))} contredit {quoted(other)}."


def _figures(whole: Whole) -> Iterator[str]:
    out = outward(whole)
    if left := fields.still_to_find(out):
        yield f"Il reste {left} à financer."
    weights = fields.total(out.base, out.dossier, "poids")
    if weights is not None and weights != Decimal(100):
        yield f"Les poids des critères font {fields.told(weights)} au total, pas 100."
    ceiling = fields.total(out.base, out.dossier, "plafond")
    cost = fields.reckoned_cost(out)
    if ceiling is not None and cost is not None and cost > ceiling:
        yield f"Les jours prévus coûtent {fields.told(cost)} €, plus que le plafond."


def _unsaid(whole: Whole) -> Iterator[str]:
    base = whole.base
    for each in whole.reading.drawn:
        if each.certainty == "certaine" and each.kind not in NEVER_OUT and base.entry(each.kind, each.id).internal:
            yield sentence(base.task(each.kind, each.id))
    for field in base.fields.values():
        value = whole.dossier.paper.get(field.id)
        if field.is_own and field.type == "texte" and isinstance(value, str):
            yield value


def _verbatim(whole: Whole) -> Iterator[str]:
    dossier = whole.dossier
    if dossier.title.strip() and not any(each.part == "titre" and each.id in dossier.paper
                                         for each in whole.base.fields.values()):  # fmt: skip
        yield f"Le titre du dossier : {dossier.title.strip()}"
    if dossier.opinion.for_papers:
        yield f"Votre avis : {dossier.opinion.for_papers}"
