"""Where a room may divide: what the note says both ways, reasons of one force on both sides, what is balanced."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import FORCES, Base, Force, Side
from conseil_dla.wording.format_reasons import REASONS_THAT
from conseil_dla.wording.reading_sentences import titles

SIDES: tuple[Side, Side] = ("pour", "contre")
MOST_RIVALS = 3
"""Formats told beside the one proposed."""


def tension_lines(base: Base, reading: Reading) -> Iterator[str]:
    """What the note says both ways, with both poles."""
    for drawn in reading.drawn_of("tension"):
        if drawn.certainty == "certaine":
            entry = base.entry("tension", drawn.id)
            poles = " ".join(sentence(title) for title in entry.pole_titles)
            yield f"La note dit les deux. {sentence(entry.title)} {poles}"


def balance_lines(base: Base, reading: Reading) -> Iterator[str]:
    """Formats that are level, places between which nothing leans, a corner that the note does not describe."""
    formats, postures = reading.format.shown, reading.posture.shown
    if len(formats) > 1:
        yield f"{_capital(titles(base, 'format', formats))} sont à égalité{NBSP}: les règles ne tranchent pas."
    if len(postures) > 1:
        yield f"Entre {titles(base, 'posture', postures)}, les réponses s’équilibrent."
    if reading.posture.off_note or reading.posture.usual.off_note:
        yield f"La note ne décrit pas cette situation{NBSP}: la place montrée est la plus proche."
    if reading.format.nothing_stands_out:
        yield f"Rien ne s’impose vraiment{NBSP}: le format proposé est le moins mal placé."


def reason_lines(base: Base, reading: Reading) -> Iterator[str]:
    """Reasons of one force that speak for and against the same format; then other formats with as strong a reason."""
    shown = reading.format.shown
    for format in shown:
        for force in FORCES:
            pro, con = (_motifs(base, reading, format, force, side) for side in SIDES)
            if pro and con:
                told = f"Pour {quoted(base.title('format', format))}{NBSP}: {listed(pro)}. Contre{NBSP}: {listed(con)}."
                yield f"{told} Des deux côtés, ces raisons {REASONS_THAT[force]}."
    strongest = [force for force in FORCES if any(_motifs(base, reading, id, force, "pour") for id in shown)][:1]
    rivals = [id for id in base.logic.formats if id not in shown and id not in reading.format.ruled_out]
    reasons = {id: _motifs(base, reading, id, force, "pour") for force in strongest for id in rivals}
    for format in [id for id in rivals if reasons.get(id)][:MOST_RIVALS]:
        name = quoted(base.title("format", format))
        yield f"{name} a aussi pour lui une raison de cette force{NBSP}: {listed(reasons[format])}."


def _motifs(base: Base, reading: Reading, format: str, force: Force, side: Side) -> list[str]:
    """Established reasons of one force, each once."""
    found = {a.motif for a in reading.format.arguments
             if (a.format, a.force, a.side) == (format, force, side) and a.certainty == "certaine"}  # fmt: skip
    return [lowered(base.title("motif", motif)) for motif in sorted(found)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
