"""Views crossed, as a paper for the next meeting: what differs first, then what is to be said together, then the rest.

It is made of what those who consent agreed to show, and holds nothing internal: it may be handed to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from conseil_dla.comparison.crossed_text import APART, FOLDED, LEAD, TITLE, TITLES, TO_SAY, CrossedWords
from conseil_dla.ground.french import day_text
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned

FOOTER = "Pour les personnes nommées ici, qui l’ont accepté"
TOGETHER = "À dire ensemble"


def write(words: CrossedWords, title: str, today: date) -> Paper:
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
