"""The conclusions of a reading as names and states: what two readings are compared by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from conseil_dla.reading.showing import is_factor_listed, place_of
from conseil_dla.reading.values import Conclusions, Reading
from conseil_dla.rules.model import FORCES, Base

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
    shown: str = ""
    """How a reading shows it, where that is looked at: two that show it alike have equal texts, empty where neither
    does."""


def stated(base: Base, reading: Reading | Conclusions) -> Mapping[Name, State]:
    """Everything that a reading concludes, shown or only counted, and how it is shown; all reasons of all formats."""
    found = {name: state for name, state in conclusions(base, reading).items() if name[0] != "argument"}
    for drawn in reading.drawn:
        place = place_of(base, reading, drawn)
        strength = f" {drawn.certainty} {drawn.grounded}" if place == "before" else ""
        shown = f"{place}{strength} {drawn.foreseen or ''}" if place else ""
        found[drawn.kind, drawn.id] = replace(found[drawn.kind, drawn.id], shown=shown)
    for factor in reading.factors:
        listed = factor.state != "inconnu" and is_factor_listed(base, reading, factor)
        found["facteur", factor.id] = State((), factor.state, shown=factor.state if listed else "")
    out = reading.format.ruled_out
    for argument in reading.format.arguments:
        internal = base.entry("motif", argument.motif).internal or base.entry("regle", argument.rule).internal
        name = ("argument", argument.format, argument.side, argument.motif)
        shown = "" if argument.certainty == "possible" or out.get(argument.format) else argument.force
        state = State((), argument.certainty, argument.force, internal, shown)
        if name not in found or _weight(state) < _weight(found[name]):
            found[name] = state
    return found


def _weight(state: State) -> tuple[bool, int]:
    """What is said before what is only possible, then the heaviest."""
    return not state.shown, [*FORCES].index(state.detail)  # type: ignore[arg-type]


def conclusions(
    base: Base, reading: Reading | Conclusions, formats: Collection[str] | None = None
) -> Mapping[Name, State]:
    """Everything concluded, in the order in which a reading is read. Arguments are those of the formats shown.

    Who compares two readings gives the ``formats`` shown in either: a reason that stands in both has not moved.
    """
    format, posture = reading.format, reading.posture
    argued = format.shown if formats is None else formats
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
        if argument.certainty == "certaine" and argument.format in argued:
            internal = base.entry("motif", argument.motif).internal or base.entry("regle", argument.rule).internal
            name = ("argument", argument.format, argument.side, argument.motif)
            held = found.get(name)
            if held is None or FORCES.index(argument.force) < FORCES.index(held.detail):
                found[name] = State((), argument.certainty, argument.force, internal, argument.force)
    return found
