"""The advice itself: the format and the posture, certain, sauf exception or still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from conseil_dla.analysis.outlook import Outlook, Survey
from conseil_dla.analysis.questions import Relevance
from conseil_dla.deciding import nothing_stands_out
from conseil_dla.model import Answers, Argue, Base, Logic, RuleOut
from conseil_dla.reading.values import (
    Argument,
    Certainty,
    FormatReading,
    PostureReading,
    Unless,
    UsualFormat,
    UsualPosture,
)
from conseil_dla.truth import exceptional_scopes, incoherences

Possible = Callable[[Outlook], frozenset[str]]
"""Formats (or postures) that an outlook leaves possible."""


def read_format(
    base: Base, survey: Survey, relevance: Relevance, answers: Answers, general: Outlook, usual: Outlook
) -> FormatReading:
    """The format by Lexi: what is certain, what holds but for exceptions, and every argument for and against."""
    best = general.formats.best
    usually = best if best is not None else usual.formats.best
    possible = general.formats.possible
    unless: tuple[Unless, ...] = ()
    several: tuple[str, ...] = ()
    if best is None and usually is not None:
        moving = relevance.moving_advice(general, format_settled=False, posture_settled=True)
        unless = _unless(survey, answers, general, moving, lambda outlook: outlook.formats.possible, usually)
        opened = {id for exception in unless for id in exception.then}
        several = tuple(sorted(possible - usually - opened))
    then, then_settled = _then(base, survey, general)
    return FormatReading(
        retained=_single(best),
        possible=tuple(sorted(possible)),
        tied=_several(best),
        nothing_stands_out=bool(best) and all(nothing_stands_out(general.standings[id]) for id in best or ()),
        then=then,
        then_settled=then_settled,
        usual=UsualFormat(_single(usually), _several(usually), unless, several),
        arguments=tuple(_arguments(base, general, usual)),
        ruled_out=_ruled_out(base, general),
    )


def read_posture(
    base: Base, survey: Survey, relevance: Relevance, answers: Answers, general: Outlook, usual: Outlook
) -> PostureReading:
    """The posture: quadrant, balance, corner that the note does not describe, and what each axis can reach."""
    outcome = _only(general.postures)
    usually = outcome if outcome is not None else _only(usual.postures)
    possible = general.possible_postures
    off = {id: _off_note(base, general, id) for id in possible}
    off_note = outcome is not None and len(outcome) == 1 and all(off.values())
    usual_off = usually is not None and len(usually) == 1 and all(_off_note(base, usual, id) for id in usually)
    unless: tuple[Unless, ...] = ()
    if outcome is None and usually is not None:
        moving = relevance.moving_advice(general, format_settled=True, posture_settled=False)
        unless = _unless(survey, answers, general, moving, lambda outlook: outlook.possible_postures, usually)
    single, usual_single = _single(outcome), _single(usually)
    return PostureReading(
        retained=None if off_note else single,
        possible=tuple(sorted(possible)),
        between=_several(outcome),
        off_note=off_note,
        off_note_possible=not off_note and any(value is not False for value in off.values()),
        nearest=single if off_note else None,
        usual=UsualPosture(
            retained=None if usual_off else usual_single,
            between=_several(usually),
            off_note=usual_off,
            nearest=usual_single if usual_off else None,
            unless=unless,
        ),
        position=_position(survey, general),
    )


def _unless(
    survey: Survey,
    answers: Answers,
    general: Outlook,
    moving: frozenset[str],
    possible: Possible,
    shown: frozenset[str],
) -> tuple[Unless, ...]:
    """For each unknown question: what its exceptional answers open while every other stays ordinary."""
    logic = survey.logic
    found: list[Unless] = []
    unknown = [id for id, s in general.scopes.items() if not s.known and s.applies is not False]
    ordinary = frozenset(id for id in unknown if logic.questions[id].ordinary is not None)
    for id in sorted(ordinary & moving):
        groups: dict[tuple[str, ...], list[str]] = {}
        for name, scope in exceptional_scopes(logic.questions[id]).items():
            if name in logic.questions[id].answers and incoherences(logic, {**answers, id: _given(logic, id, name)}):
                continue
            outlook = survey.outlook(answers, ordinary=ordinary - {id}, forced={id: scope})
            if opened := tuple(sorted(possible(outlook) - shown)):
                groups.setdefault(opened, []).append(name)
        found += [Unless(id, tuple(sorted(names)), opened) for opened, names in groups.items()]
    return tuple(sorted(found, key=lambda u: (u.question, u.then)))


def _given(logic: Logic, id: str, name: str) -> str | frozenset[str]:
    question = logic.questions[id]
    return frozenset({name}) if question.type == "plusieurs" else name


def _then(base: Base, survey: Survey, general: Outlook) -> tuple[tuple[str, ...] | None, bool]:
    """What follows a preparatory format (the best of the others, or those still possible), and is it settled?"""
    preparatory = {id for id, format in base.logic.formats.items() if format.preparatory}
    if not general.formats.possible & preparatory:
        return None, True
    others = survey.best_among(general, frozenset(base.logic.formats) - preparatory)
    follows = tuple(sorted(others.best if others.best is not None else others.possible))
    settled = others.best is not None and all(general.standings[id].out is False for id in others.best)
    return follows or None, settled


def _ruled_out(base: Base, general: Outlook) -> Mapping[str, tuple[str, ...]]:
    held = [rule for rule in base.logic.rules if general.states[rule.id]]
    return {
        id: tuple(sorted(rule.id for rule in held if RuleOut(id) in rule.effects))
        for id, standing in general.standings.items()
        if standing.out
    }


def _arguments(base: Base, general: Outlook, usual: Outlook) -> Iterable[Argument]:
    for rule in sorted(base.logic.rules, key=lambda rule: rule.id):
        certainty = certainty_of(general.states[rule.id], usual.states[rule.id])
        if certainty is None:
            continue
        for effect in rule.effects:
            if isinstance(effect, Argue):
                yield Argument(effect.format, effect.side, effect.force, effect.motif, rule.id, certainty)


def certainty_of(general: bool | None, usual: bool | None) -> Certainty | None:
    """The strength of something that holds generally, usually, or may hold; None when it cannot hold."""
    if general is True:
        return "certaine"
    if general is False:
        return None
    return "sauf_exception" if usual is True else "possible"


def _off_note(base: Base, outlook: Outlook, id: str) -> bool | None:
    condition = base.logic.postures[id].off_note_if
    return False if condition is None else outlook.holds(condition)


def _position(survey: Survey, outlook: Outlook) -> Mapping[str, tuple[float, float]]:
    """The reachable stretch of each axis; the whole axis where nothing coherent is left to reach."""
    found: dict[str, tuple[float, float]] = {}
    for axis, sums in outlook.sums.items():
        scale = survey.tables[axis].scale
        ends = (min(sums), max(sums)) if sums else (-scale, scale)
        found[axis] = (round(ends[0] / scale, 4), round(ends[1] / scale, 4))
    return found


def _only(outcomes: frozenset[frozenset[str]]) -> frozenset[str] | None:
    return next(iter(outcomes)) if len(outcomes) == 1 else None


def _single(ids: frozenset[str] | None) -> str | None:
    return next(iter(ids)) if ids is not None and len(ids) == 1 else None


def _several(ids: frozenset[str] | None) -> tuple[str, ...]:
    return tuple(sorted(ids)) if ids is not None and len(ids) > 1 else ()
