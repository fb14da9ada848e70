"""A reading at a glance: the few lines of the panel beside a question."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.ground.french import NBSP, counted, lowered
from conseil_dla.reading.values import Reading
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import Base
from conseil_dla.wording.advice import headline
from conseil_dla.wording.lines import Line
from conseil_dla.wording.outline import posture_line
from conseil_dla.wording.prospects import remaining_text
from conseil_dla.wording.reading_sentences import settled_words, titles, unless_text

MOST_AT_A_GLANCE = 6
MOST_NAMED = 3
"""How many formats or postures still open are named at a glance; beyond, they are counted."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The reading in a few lines, for the panel beside a question."""

    headline: str
    """« À ce stade » in one line: the format shown, or that nothing stands out yet."""
    unless: str
    """« sauf si … », or why nothing is shown yet; may be empty."""
    posture: str
    vigilances: tuple[Line, ...]
    """The certain ones first (``main``), then a few worth checking."""
    remaining: str
    """How many questions still matter, in words."""


def glance(base: Base, reading: Reading) -> Glance:
    """The reading in a few lines."""
    settled = [d for d in reading.drawn if d.kind in SETTLED_BEFORE]
    certain = [d for d in settled if d.certainty == "certaine"]
    check = [d for d in settled if d.certainty != "certaine"]
    lines = [Line(base.title(d.kind, d.id), (d.kind, d.id), main=True) for d in certain]
    lines += [Line(base.title(d.kind, d.id), (d.kind, d.id)) for d in check if d.grounded]
    return Glance(
        headline=headline(base, reading),
        unless=_glance_unless(base, reading),
        posture=posture_line(base, reading, most=MOST_NAMED),
        vigilances=tuple(lines[:MOST_AT_A_GLANCE]),
        remaining=remaining_text(reading),
    )


def _glance_unless(base: Base, reading: Reading) -> str:
    format = reading.format
    if len(format.possible) > MOST_NAMED and not format.shown:
        return f"{len(format.possible)} formats sont encore ouverts."
    if not format.shown:
        return f"Encore ouverts{NBSP}: {lowered(titles(base, 'format', format.possible))}."
    if format.certainty == "certaine":
        return settled_words(reading)
    if format.usual.unless:
        more = len(format.usual.unless) - 1
        others = f"{NBSP}; et {counted(more, 'autre exception', 'autres exceptions')}" if more else ""
        return f"{unless_text(base, 'format', format.usual.unless[0])}{others}."
    return "Tant que les réponses manquantes sont celles d’un projet courant."
