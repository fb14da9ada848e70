"""Formats with their reasons for and against side by side, and what is listed under those that are in play."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import lowered
from conseil_dla.reading.showing import formats_of, in_play, place_of
from conseil_dla.reading.values import Argument, Drawn, Reading
from conseil_dla.rules.kinds.spec import KindSpec
from conseil_dla.rules.model import Base, Side
from conseil_dla.wording.format_reasons import FORCE_WORDS, RULED_OUT
from conseil_dla.wording.lines import Line

FORESEEN = {"deja_prevu": " (déjà prévu)", "a_prevoir": " (à prévoir)"}


def format_lines(base: Base, reading: Reading) -> Iterable[Line]:
    """What is shown first, then what is still open, then the others, each in the order of the knowledge."""
    format = reading.format
    for id in sorted(base.logic.formats, key=lambda id: (id not in format.shown, id not in format.possible)):
        title = base.title("format", id)
        if rules := format.ruled_out.get(id):
            against = tuple(lowered(base.title("regle", rule)) for rule in rules)
            yield Line(f"{title} ({RULED_OUT})", target=("format", id), sides=((), against))
            continue
        arguments = [a for a in format.arguments if a.format == id and a.certainty != "possible"]
        if arguments:
            out = "" if id in format.possible else " (derrière, d’après les réponses)"
            sides = (_reasons(base, arguments, "pour"), _reasons(base, arguments, "contre"))
            yield Line(f"{title}{out}", target=("format", id), main=id in format.shown, sides=sides)


def _reasons(base: Base, arguments: list[Argument], side: Side) -> tuple[str, ...]:
    """One text a reason, the heaviest first: the same motif on one side counts once, at its highest force."""
    order = list(FORCE_WORDS)
    highest: dict[str, Argument] = {}
    for argument in sorted((a for a in arguments if a.side == side), key=lambda a: (order.index(a.force), a.motif)):
        highest.setdefault(argument.motif, argument)
    return tuple(f"{lowered(base.title('motif', a.motif))} ({FORCE_WORDS[a.force]})" for a in highest.values())


def listed_lines(base: Base, reading: Reading, kind: KindSpec) -> Iterable[Line]:
    """What surely holds, under each format in play; first what goes with every one of them."""
    playing = in_play(reading)
    drawn = [d for d in reading.drawn_of(kind.word) if place_of(base, reading, d) == kind.section]
    of = {d.id: formats_of(base, d) for d in drawn}
    whatever = [d for d in drawn if not of[d.id] or of[d.id].issuperset(playing)]
    for each in whatever:
        yield from _listed(base, each, kind.words.detail, 0)
    for format in playing:
        own = [d for d in drawn if d not in whatever and format in of[d.id]]
        if own:
            yield Line(f"Pour {lowered(base.title('format', format))}", target=("format", format), main=True)
        for each in own:
            yield from _listed(base, each, kind.words.detail, 1)


def _listed(base: Base, drawn: Drawn, detail: str, indent: int) -> Iterable[Line]:
    """What it is, unless it is already planned."""
    target = (drawn.kind, drawn.id)
    entry = base.entry(*target)
    yield Line(f"{entry.title}{FORESEEN.get(drawn.foreseen or '', '')}", target, indent=indent)
    if drawn.foreseen != "deja_prevu" and (text := entry.texts.get(detail)):
        yield Line(text, target, indent=indent + 1)
