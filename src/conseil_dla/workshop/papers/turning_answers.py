"""What another answer of the room would turn, in a line each, and where the room is likely to disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import FORCES, Base, Force, Side, Value
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.reading_sentences import titles
from conseil_dla.wording.reasons import REASONS_THAT
from conseil_dla.workshop.rehearsal import Otherwise

MOST = 7
"""Lines: what a facilitator can keep in mind."""


def chosen(found: Sequence[Otherwise]) -> tuple[Otherwise, ...]:
    """Those that are told: one of each question before a second, in the order in which they were found."""
    seen: dict[str, int] = {}
    turn: dict[Otherwise, int] = {}
    for one in found:
        turn[one] = seen[one.question] = seen.get(one.question, -1) + 1
    kept = sorted(found, key=lambda one: (not one.turns_both, turn[one]))[:MOST]
    return tuple(one for one in found if one in kept)


def turn_text(base: Base, reading: Reading, one: Otherwise) -> str:
    """« À « La date », « cherchée sans succès » : le format serait plutôt « … » ; la place, « … ». »"""
    name = quoted(base.title("question", one.question))
    answers = listed([_answer(base, reading, one.question, value) for value in one.values], "ou")
    return f"À {name}, {answers}{NBSP}: {f'{NBSP}; '.join(_outcomes(base, one))}."


def _answer(base: Base, reading: Reading, question: str, value: Value) -> str:
    """An answer of the room, as it would be given instead; of boxes, the one that makes the difference."""
    if isinstance(value, int):
        return f"par exemple {quoted(answer_text(base, question, value))}"
    if not isinstance(value, frozenset):
        return quoted(answer_text(base, question, value))
    labels = base.entry("question", question).labels
    now = reading.answers.get(question)
    now = now if isinstance(now, frozenset) else frozenset()
    (option,) = value ^ now
    return f"{'avec' if option in value else 'sans'} {quoted(labels[option])}"


def _outcomes(base: Base, one: Otherwise) -> Iterator[str]:
    if one.formats is not None:
        yield _format(base, one.formats)
    if one.postures is not None:
        yield _place(base, one.postures)


def _format(base: Base, formats: tuple[str, ...]) -> str:
    if not formats:
        return "le choix du format resterait ouvert"
    names = listed([lowered(base.title("format", id)) for id in formats])
    return f"le format proposé serait plutôt{', à égalité,' if len(formats) > 1 else ''} {names}"


def _place(base: Base, postures: tuple[str, ...]) -> str:
    if not postures:
        return "la place resterait ouverte"
    names = titles(base, "posture", postures)
    return f"la place serait {f'entre {names}' if len(postures) > 1 else names}"


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
