"""Two sides compared, as a paper (what moved, why, then everything), as tables and as JSON (what is possible too)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from conseil_dla.ground.characters import json_line
from conseil_dla.ground.french import counted, day_text, few, listed, lowered, quoted, sentence
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.papers.documents.sheets import Sheet
from conseil_dla.papers.writing import ALONE_FOOTER
from conseil_dla.reading.conclusions import Name
from conseil_dla.reading.differences import Differences
from conseil_dla.rules.answertext import as_written
from conseil_dla.rules.model import Base
from conseil_dla.wording.clauses import question_name
from conseil_dla.wording.differences import (
    ALONE,
    GROUPS,
    answer_of,
    because,
    grouped,
    headlines,
    is_shown,
    made_by,
    name_of,
    said,
    side_names,
    state_of,
)
from conseil_dla.wording.json_text import state_object

TITLE = "Deux lectures côte à côte"
MOST_NAMED = 5
"""How many conclusions of one answer are named before the others are counted."""


def differences_paper(base: Base, differences: Differences, today: date) -> Paper:
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
    shown = [quoted(lowered(name_of(base, name))) for name in names]
    return listed(few(shown, MOST_NAMED, "autre conclusion", "autres conclusions"))


# --- as tables and as JSON -------------------------------------------------------------------------------------------


def differences_sheets(base: Base, differences: Differences) -> tuple[Sheet, ...]:
    """Answers, conclusions, and one row for each set of answers that makes a conclusion differ."""
    sides = side_names(differences.first.label, differences.second.label)
    idle = set(differences.idle)
    answers = tuple(
        (
            base.entry("question", c.question).texts.get("theme", ""),
            base.title("question", c.question),
            *(answer_of(base, c.question, value) for value in (c.before, c.after)),
            said(c),
            "non" if c.question in idle else "oui",
        )
        for c in differences.answers
    )
    conclusions = tuple(
        (
            _kind(c.name[0]),
            name_of(base, c.name),
            *(state_of(base, c.name, state) for state in (c.before, c.after)),
            "oui" if any(state.internal for state in (c.before, c.after) if state) else "non",
        )
        for c in differences.conclusions
    )
    made = tuple(
        (name_of(base, c.name), str(number), base.title("question", question))
        for c in differences.conclusions
        for number, each in enumerate(c.made_by, 1)
        for question in each
    )
    return (
        Sheet("Réponses", ("Thème", "Question", *sides, "Différence", "Change une conclusion"), answers),
        Sheet("Conclusions", ("Sorte", "Conclusion", *sides, "Interne"), conclusions),
        Sheet("Ce qui a fait quoi", ("Conclusion", "Groupe de réponses", "Question"), made),
    )


def _kind(kind: str) -> str:
    return "Lecture" if kind in ALONE else GROUPS[kind]


def differences_json(differences: Differences, first: str, second: str) -> str:
    """One object on one line, without line end. ``first`` and ``second`` are the sides as the user named them."""
    found = {
        "premier": first,
        "second": second,
        "regles": differences.first.reading.digest,
        "reponses": [
            {"question": c.question, "premier": as_written(c.before), "second": as_written(c.after), "sorte": c.how}
            for c in differences.answers
        ],
        "conclusions": [
            {
                "conclusion": ":".join(c.name),
                "premier": state_object(c.before),
                "second": state_object(c.after),
                "interne": any(state.internal for state in (c.before, c.after) if state),
                "a_cause_de": [list(each) for each in c.made_by],
            }
            for c in differences.conclusions
        ],
        "sans_effet": list(differences.idle),
    }
    return json_line(found)
