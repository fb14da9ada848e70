"""The advice itself: the format and the posture, certain, sauf exception or still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from conseil_dla.exact.atlas import FORMAT, POSTURE
from conseil_dla.exact.exceptions import openings
from conseil_dla.exact.outcomes import PostureOutcome
from conseil_dla.exact.outlook import ChartedFormats, Outlook, placed
from conseil_dla.exact.search.formats import Comparison
from conseil_dla.reading.held import Held
from conseil_dla.reading.values import (
    Argument,
    FormatReading,
    PostureReading,
    Unless,
    UsualFormat,
    UsualPosture,
)
from conseil_dla.rules.model import Argue, Base, Logic, RuleOut

Formats = ChartedFormats | Comparison
Opens = Callable[[frozenset[str]], Mapping[str, Mapping[str, frozenset[str]]]]
"""What is shown -> by question, by exceptional answer: what it opens beside that."""


def read_format(base: Base, general: Outlook, usual: Outlook, now: Held | None) -> FormatReading:
    """The format by Lexi: what is certain, what holds but for exceptions, and every argument for and against.

    Without what holds ``now``, arguments and what is ruled out are left empty: they are most of the time that it takes.
    """
    found = format_among(base.logic, general.formats, usual.formats, partial(openings, general, usual, FORMAT))
    if now is None:
        return found
    return replace(found, arguments=tuple(_arguments(base, usual, now)), ruled_out=_ruled_out(base, general, now))


def format_among(logic: Logic, general: Formats, usual: Formats, opens: Opens) -> FormatReading:
    """The format alone, from what comparing formats can come to, generally and usually.

    ``opens`` tells, of what is usually shown, the exceptional answers that open something else.
    """
    best, possible = general.best, general.possible
    usually = best if best is not None else usual.best
    unless: tuple[Unless, ...] = ()
    several: tuple[str, ...] = ()
    if best is None and usually is not None:
        unless = _unless(opens(usually))
        opened = {id for exception in unless for id in exception.then}
        several = tuple(sorted(possible - usually - opened))
    found = FormatReading(
        retained=_single(best),
        possible=tuple(sorted(possible)),
        tied=_several(best),
        nothing_stands_out=bool(best) and not general.may_stand_out,
        then=tuple(sorted(general.then)) or None,
        usual=UsualFormat(_single(usually), _several(usually), unless, several),
        arguments=(),
    )
    first = (id for id in found.shown or found.possible if logic.formats[id].preparatory)
    return replace(found, first=tuple(first))


def read_posture(base: Base, general: Outlook, usual: Outlook) -> PostureReading:
    """The posture: quadrant, balance, corner that the note does not describe, and what each axis can reach."""
    position = {axis: stretch(general.atlas.scales[axis], general.sums(axis)) for axis in base.logic.axes}
    return posture_among(general.postures, usual.postures, position, partial(openings, general, usual, POSTURE))


def posture_among(
    general: frozenset[PostureOutcome],
    usual: frozenset[PostureOutcome],
    position: Mapping[str, tuple[float, float]],
    opens: Opens,
) -> PostureReading:
    """The same from what the axes can come to, generally and usually; ``opens`` as for ``format_among``."""
    outcome = placed(general)
    usually = outcome if outcome is not None else placed(usual)
    off_note = bool(general) and all(end.off_note for end in general)
    usual_off = off_note or (bool(usual) and all(end.off_note for end in usual))
    unless: tuple[Unless, ...] = ()
    if outcome is None and usually is not None:
        unless = _unless(opens(usually))
    single, usual_single = _single(outcome), _single(usually)
    return PostureReading(
        retained=None if off_note else single,
        possible=tuple(sorted(frozenset().union(*(end.postures for end in general)))),
        between=_several(outcome),
        off_note=off_note,
        off_note_possible=not off_note and any(end.off_note for end in general),
        nearest=single if off_note else None,
        usual=UsualPosture(
            retained=None if usual_off else usual_single,
            between=_several(usually),
            off_note=usual_off,
            nearest=usual_single if usual_off else None,
            unless=unless,
        ),
        position=position,
    )


def _unless(opened: Mapping[str, Mapping[str, frozenset[str]]]) -> tuple[Unless, ...]:
    """Exceptional answers that open the same, together."""
    found = []
    for question, by_answer in opened.items():
        groups: dict[tuple[str, ...], list[str]] = {}
        for name, fresh in by_answer.items():
            groups.setdefault(tuple(sorted(fresh)), []).append(name)
        found += [Unless(question, tuple(sorted(names)), fresh) for fresh, names in groups.items()]
    return tuple(sorted(found, key=lambda u: (u.question, u.then)))


def _ruled_out(base: Base, general: Outlook, now: Held) -> Mapping[str, tuple[str, ...]]:
    """Formats that are surely out, with the rules that surely put them out (perhaps none is sure by itself)."""
    return {
        id: tuple(sorted(r.id for r in base.logic.rules if RuleOut(id) in r.effects and now.states[r.id]))
        for id in base.logic.formats
        if id in now.ruled_out or general.state(("ecarte", id))
    }


def _arguments(base: Base, usual: Outlook, now: Held) -> Iterable[Argument]:
    for rule in sorted(base.logic.rules, key=lambda rule: rule.id):
        certainty, proof = now.certainty(rule.id, usual)
        if certainty is None:
            continue
        for effect in rule.effects:
            if isinstance(effect, Argue):
                yield Argument(effect.format, effect.side, effect.force, effect.motif, rule.id, certainty, proof)


def stretch(scale: int, sums: frozenset[int]) -> tuple[float, float]:
    """The reachable stretch of an axis; the whole axis where nothing coherent is left to reach."""
    low, high = (min(sums), max(sums)) if sums else (-scale, scale)
    return round(low / scale, 4), round(high / scale, 4)


def _single(ids: frozenset[str] | None) -> str | None:
    return next(iter(ids)) if ids is not None and len(ids) == 1 else None


def _several(ids: frozenset[str] | None) -> tuple[str, ...]:
    return tuple(sorted(ids)) if ids is not None and len(ids) > 1 else ()
