"""Views crossed, as a paper for the next meeting and as one JSON object: what differs first, then what is to be said.

They are made of what those who consent agreed to show, and hold nothing internal: the paper may be handed to them. The
object is the contract for other tools: keys are French, names are ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from conseil_dla.comparison.crossed import QuestionViews, Seen
from conseil_dla.comparison.crossed_text import (
    APART,
    COMPARED,
    FOLDED,
    FORMAT,
    LEAD,
    PLACE,
    TITLE,
    TITLES,
    TO_SAY,
    CrossedWords,
)
from conseil_dla.ground.characters import json_line
from conseil_dla.ground.french import day_text
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.reading.conclusions import Name
from conseil_dla.rules.answertext import UNKNOWN, as_written
from conseil_dla.rules.model import Value

FOOTER = "Pour les personnes nommées ici, qui l’ont accepté"
TOGETHER = "À dire ensemble"


def crossed_paper(words: CrossedWords, title: str, today: date) -> Paper:
    """The whole of it; what is missing, where there is nothing to cross yet."""
    day = day_text(today.isoformat())
    blocks: list[Block] = [
        Paragraph(LEAD, "quiet"),
        *(Paragraph(line, "lead") for line in words.missing or words.headlines),
    ]
    if not words.missing:
        blocks += [*_apart(words), *_together(words), *_rest(words)]
    return cleaned(Paper(title or TITLE, f"{TITLE}, {day}" if title else day, tuple(blocks), FOOTER))


def _apart(words: CrossedWords) -> Iterable[Block]:
    """Where views differ, question by question."""
    for group in APART:
        themes = words.group(group)
        if themes:
            yield Heading(TITLES[group])
        for theme in themes:
            yield Heading(theme.title, 2)
            for one in theme.questions:
                yield Paragraph(words.question(one), "lead")
                yield Bullets(words.views(one))
                yield from (Paragraph(effect) for effect in words.effects(one))


def _together(words: CrossedWords) -> Iterable[Block]:
    if words.to_say:
        yield Heading(TOGETHER)
        yield Paragraph(TO_SAY)
        yield Bullets(words.to_say, boxes=True)


def _rest(words: CrossedWords) -> Iterable[Block]:
    for group in FOLDED:
        themes = words.group(group)
        if themes:
            yield Heading(TITLES[group])
        for theme in themes:
            yield Heading(theme.title, 2)
            if group == "unheard":
                yield Bullets(tuple(words.title(one) for one in theme.questions))
            else:
                rows = tuple((words.title(one), *words.heard(one)) for one in theme.questions)
                yield Grid(("Question", "Réponse", "Qui"), rows, (3, 4, 2))


# --- as one JSON object ----------------------------------------------------------------------------------------------


def crossed_json(words: CrossedWords, path: str) -> str:
    """One object on one line, without line end. What is internal is neither in it nor counted by name."""
    crossed = words.crossed
    found = {
        "dossier": path,
        "regles": words.base.digest,
        "personnes": list(crossed.names),
        "manque": " ".join(words.missing) or None,
        "en_bref": list(words.headlines) if crossed.is_enough else [],
        "reponses_communes_possibles": crossed.is_grounded,
        "questions": [_question(words, one) for one in crossed.questions],
        "ensemble": [{"personne": one.name, **_seen(words, one.seen)} for one in crossed.wholes],
    }
    return json_line(found)


def _question(words: CrossedWords, one: QuestionViews) -> dict[str, Any]:
    named = [":".join(name) for name in sorted(one.moved) if name == FORMAT or words.may_name(name)]
    return {
        "question": one.question,
        "theme": words.base.entry("question", one.question).texts.get("theme", ""),
        "etat": STANDINGS[one.standing],
        "regards": [
            {"reponse": _value(view.value), "personnes": list(view.names), **_seen(words, view.seen)}
            for view in one.views
        ],
        "change": named,
        "change_interne": sorted({_kind(name) for name in one.moved if name == PLACE or _is_hidden(words, name)}),
    }


STANDINGS = {"shared": "partage", "differing": "differe", "alone": "une_seule_personne", "unheard": "sans_reponse"}


def _kind(name: Name) -> str:
    """What an internal conclusion is called, where it may not be named."""
    return "place" if name == PLACE else name[0]


def _is_hidden(words: CrossedWords, name: Name) -> bool:
    return name[0] in COMPARED and not words.may_name(name)


def _seen(words: CrossedWords, seen: Seen | None) -> dict[str, Any]:
    """What is concluded, as far as it may be named; nothing where it was not tried."""
    if seen is None:
        return {}
    format = seen.get(FORMAT)
    formats = {"montre": [], "possibles": list(format.ids)} if format and format.certainty else {
        "montre": list(format.ids) if format else [], "possibles": []}  # fmt: skip
    drawn = {":".join(name): state.detail or None for name, state in seen.items() if words.may_name(name)}
    return {"format": formats, "points": drawn}


def _value(value: Value | None) -> Any:
    return UNKNOWN if value is None else as_written(value)
