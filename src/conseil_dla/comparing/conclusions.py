"""The conclusions of a reading as names and states: what two readings are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conseil_dla.model import FORCES, Base
from conseil_dla.reading.values import Conclusions, Reading

Name = tuple[str, ...]
"""What is concluded: its kind, then an id where there is one; an argument is ``("argument", format, side, motif)``."""


@dataclass(frozen=True, slots=True)
class State:
    """How a conclusion stands. Two readings that say the same have equal states."""

    ids: tuple[str, ...] = ()
    """Formats or postures shown, or those still open."""
    certainty: str = ""
    """``certaine``, ``sauf_exception``, ``possible``; for a factor, its state."""
    detail: str = ""
    """Level of a vigilance, whether a modalité is foreseen, force of an argument, the moment."""
    internal: bool = field(default=False, compare=False)


def conclusions(base: Base, reading: Reading | Conclusions) -> Mapping[Name, State]:
    """Everything concluded, in the order in which a reading is read. Arguments are those of the formats shown."""
    format, posture = reading.format, reading.posture
    found: dict[Name, State] = {("format",): State(format.shown or format.possible, format.certainty)}
    if format.after:
        found["ensuite",] = State(format.after)
    detail = "hors_note" if posture.is_off_note else ""
    found["posture",] = State(posture.shown or posture.possible, posture.certainty, detail, internal=True)
    if reading.moment:
        found["moment",] = State(detail=reading.moment)
    for drawn in reading.drawn:
        detail = drawn.level or drawn.foreseen or ""
        found[drawn.kind, drawn.id] = State((), drawn.certainty, detail, drawn.internal)
    for factor in reading.factors:
        if factor.state != "inconnu":
            found["facteur", factor.id] = State((), factor.state)
    for argument in format.arguments:
        if argument.certainty == "certaine" and argument.format in format.shown:
            internal = base.entry("motif", argument.motif).internal or base.entry("regle", argument.rule).internal
            name = ("argument", argument.format, argument.side, argument.motif)
            held = found.get(name)
            if held is None or FORCES.index(argument.force) < FORCES.index(held.detail):
                found[name] = State((), argument.certainty, argument.force, internal)
    return found
