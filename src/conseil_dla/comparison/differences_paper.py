"""Two sides compared, as a paper: what moved, why, then everything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from conseil_dla.ground.french import counted, day_text, listed, lowered, quoted, sentence
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.papers.writing import ALONE_FOOTER
from conseil_dla.reading.conclusions import Name
from conseil_dla.reading.differences import Differences
from conseil_dla.rules.model import Base
from conseil_dla.wording.clauses import question_name
from conseil_dla.wording.differences import (
    answer_of,
    because,
    grouped,
    headlines,
    is_shown,
    made_by,
    name_of,
    side_names,
    state_of,
)

TITLE = "Deux lectures côte à côte"
MOST_NAMED = 5
"""How many conclusions of one answer are named before the others are counted."""


def write(base: Base, differences: Differences, today: date) -> Paper:
    """The whole of it; for the officer alone, internal matters included."""
    first, second = side_names(differences.first.label, differences.second.label)
    blocks = [
        Paragraph(f"D’un côté : {first}. De l’autre : {second}."),
        *(Paragraph(line, "lead") for line in headlines(base, differences)),
        *_answers(base, differences, first, second),
        *_conclusions(base, differences, first, second),
        *_made(base, differences),
    ]
    return cleaned(Paper(TITLE, day_text(today.isoformat()), tuple(blocks), ALONE_FOOTER))


def _answers(base: Base, differences: Differences, first: str, second: str) -> Iterable[Block]:
    if differences.answers:
        yield Heading("Les réponses qui diffèrent")
        rows = [
            (base.title("question", c.question), *(answer_of(base, c.question, v) for v in (c.before, c.after)))
            for c in differences.answers
        ]
        yield Grid(("Question", first, second), tuple(rows), (3, 4, 4))


def _conclusions(base: Base, differences: Differences, first: str, second: str) -> Iterable[Block]:
    groups = list(grouped(differences))
    if groups:
        yield Heading("Les conclusions qui diffèrent")
    for title, changes in groups:
        yield Heading(title, 2)
        rows = [
            (name_of(base, c.name), state_of(base, c.name, c.before), state_of(base, c.name, c.after), because(base, c))
            for c in changes
        ]
        yield Grid(("Ce dont il s’agit", first, second, "À cause de"), tuple(rows), (4, 3, 3, 5))
    left = sum(not is_shown(change) for change in differences.conclusions)
    if left:
        told = counted(left, "autre différence ne se lit pas", "autres différences ne se lisent pas")
        yield Paragraph(
            f"{told} dans les deux lectures : ce qui est seulement possible, non renseigné, ou sûr à un autre degré. "
            "Un tableur (-o FICHIER.xlsx) les donne toutes.",
            "quiet",
        )


def _made(base: Base, differences: Differences) -> Iterable[Block]:
    """Answer by answer, what each makes."""
    told = []
    for change in differences.answers:
        alone, along = made_by(differences, change.question)
        parts = [f"à elle seule, {_named(base, [c.name for c in alone if is_shown(c)])}"] if any(
            is_shown(c) for c in alone) else []  # fmt: skip
        others = sum(is_shown(c) for c in along)
        parts += [f"avec d’autres, {counted(others, 'conclusion')}"] if others else []
        if parts:
            told.append(f"{sentence(question_name(base, change.question))[:-1]} : {' ; '.join(parts)}.")
    if told:
        yield Heading("Ce que chaque réponse change")
        yield Bullets(tuple(told))
    if differences.idle:
        names = listed([quoted(question_name(base, id)) for id in differences.idle])
        yield Paragraph(f"Ne changent rien, dans ce cas : {names}.", "quiet")


def _named(base: Base, names: list[Name]) -> str:
    shown = [quoted(lowered(name_of(base, name))) for name in names[:MOST_NAMED]]
    more = len(names) - MOST_NAMED
    return listed([*shown, counted(more, "autre conclusion", "autres conclusions")] if more > 0 else shown)
