"""The advice itself: the format and the posture, certain, sauf exception or still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from conseil_dla.exact.atlas import FORMAT, POSTURE
from conseil_dla.exact.exceptions import openings
from conseil_dla.exact.outlook import Outlook
from conseil_dla.reading.held import Held
from conseil_dla.reading.values import (
    Argument,
    FormatReading,
    PostureReading,
    Unless,
    UsualFormat,
    UsualPosture,
)
from conseil_dla.rules.model import Argue, Base, RuleOut


def read_format(base: Base, general: Outlook, usual: Outlook, now: Held | None) -> FormatReading:
    """The format by Lexi: what is certain, what holds but for exceptions, and every argument for and against.

    Without what holds ``now``, arguments and what is ruled out are left empty: they are most of the time that it takes.
    """
    best = general.formats.best
    usually = best if best is not None else usual.formats.best
    possible = general.formats.possible
    unless: tuple[Unless, ...] = ()
    several: tuple[str, ...] = ()
    if best is None and usually is not None:
        unless = _unless(openings(general, usual, FORMAT, usually))
        opened = {id for exception in unless for id in exception.then}
        several = tuple(sorted(possible - usually - opened))
    found = FormatReading(
        retained=_single(best),
        possible=tuple(sorted(possible)),
        tied=_several(best),
        nothing_stands_out=bool(best) and not general.formats.may_stand_out,
        then=_then(general),
        usual=UsualFormat(_single(usually), _several(usually), unless, several),
        arguments=tuple(_arguments(base, usual, now)) if now else (),
        ruled_out=_ruled_out(base, general, now) if now else {},
    )
    first = (id for id in found.shown or found.possible if base.logic.formats[id].preparatory)
    return replace(found, first=tuple(first))


def read_posture(base: Base, general: Outlook, usual: Outlook) -> PostureReading:
    """The posture: quadrant, balance, corner that the note does not describe, and what each axis can reach."""
    outcome = general.placed
    usually = outcome if outcome is not None else usual.placed
    off_note = bool(general.postures) and outcome is not None and all(end.off_note for end in general.postures)
    usual_off = usually is not None and bool(usual.postures) and all(end.off_note for end in usual.postures)
    unless: tuple[Unless, ...] = ()
    if outcome is None and usually is not None:
        unless = _unless(openings(general, usual, POSTURE, usually))
    single, usual_single = _single(outcome), _single(usually)
    return PostureReading(
        retained=None if off_note else single,
        possible=tuple(sorted(general.possible_postures)),
        between=_several(outcome),
        off_note=off_note,
        off_note_possible=not off_note and any(end.off_note for end in general.postures),
        nearest=single if off_note else None,
        usual=UsualPosture(
            retained=None if usual_off else usual_single,
            between=_several(usually),
            off_note=usual_off,
            nearest=usual_single if usual_off else None,
            unless=unless,
        ),
        position={axis: _stretch(general, axis) for axis in base.logic.axes},
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


def _then(general: Outlook) -> tuple[str, ...] | None:
    """What follows a preparatory format, over all completions in which one wins or ties."""
    return tuple(sorted(general.formats.then)) or None


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


def _stretch(outlook: Outlook, axis: str) -> tuple[float, float]:
    """The reachable stretch of an axis; the whole axis where nothing coherent is left to reach."""
    scale, sums = outlook.atlas.scales[axis], outlook.sums(axis)
    low, high = (min(sums), max(sums)) if sums else (-scale, scale)
    return round(low / scale, 4), round(high / scale, 4)


def _single(ids: frozenset[str] | None) -> str | None:
    return next(iter(ids)) if ids is not None and len(ids) == 1 else None


def _several(ids: frozenset[str] | None) -> tuple[str, ...]:
    return tuple(sorted(ids)) if ids is not None and len(ids) > 1 else ()
