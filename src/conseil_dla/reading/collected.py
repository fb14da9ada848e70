"""Collected conclusions: vigilances, modalités, partners, préalables, tensions and factors, each with its certainty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from conseil_dla.analysis.outlook import Outlook
from conseil_dla.model import COLLECTED, LEVELS, Base, Draw, Kind, Level, Rule
from conseil_dla.reading.advice import certainty_of
from conseil_dla.reading.values import Certainty, Drawn, FactorReading
from conseil_dla.reading.why import account_of
from conseil_dla.truth import questions_read

STRENGTHS: tuple[Certainty, ...] = ("certaine", "sauf_exception", "possible")
"""From the strongest: the order in which conclusions of one level are read."""


def draw_all(base: Base, general: Outlook, usual: Outlook) -> tuple[Drawn, ...]:
    """Every collected conclusion that is not excluded, and the tensions, in reading order."""
    drawn = [d for kind in COLLECTED for d in _draw_kind(base, general, usual, kind)]
    return (*sorted(drawn, key=_order), *_tensions(base, general, usual))


def read_factors(base: Base, general: Outlook) -> tuple[FactorReading, ...]:
    """Success factors: present, still possible (one of their questions is answered), or not known."""
    factors = []
    for factor in base.logic.factors.values():
        holds = general.holds(factor.present_if)
        if holds is False:
            continue
        state: Literal["present", "possible", "inconnu"] = "present"
        if holds is None:
            answered = any(general.scopes[id].known for id in questions_read(factor.present_if))
            state = "possible" if answered else "inconnu"
        factors.append(FactorReading(factor.id, state, base.entry("facteur", factor.id).sources))
    return tuple(sorted(factors, key=lambda f: f.id))


def _order(drawn: Drawn) -> tuple[int, int, int, str]:
    level = LEVELS.index(drawn.level) if drawn.level else len(LEVELS)
    return (COLLECTED.index(drawn.kind), level, STRENGTHS.index(drawn.certainty), drawn.id)


def _draw_kind(base: Base, general: Outlook, usual: Outlook, kind: Kind) -> Iterable[Drawn]:
    bearing: dict[str, list[tuple[Rule, Draw]]] = {}
    for rule in base.logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Draw) and effect.kind == kind:
                bearing.setdefault(effect.id, []).append((rule, effect))
    for id, rules in bearing.items():
        if drawn := _draw(base, general, usual, kind, id, rules):
            yield drawn


def _draw(
    base: Base, general: Outlook, usual: Outlook, kind: Kind, id: str, rules: list[tuple[Rule, Draw]]
) -> Drawn | None:
    strengths = {rule.id: certainty_of(general.states[rule.id], usual.states[rule.id]) for rule, _ in rules}
    found = [strength for strength in strengths.values() if strength]
    if not found:
        return None
    certainty = min(found, key=STRENGTHS.index)
    alive = [(rule, effect) for rule, effect in rules if strengths[rule.id]]
    strongest = [(rule, effect) for rule, effect in alive if strengths[rule.id] == certainty]
    entry = base.entry(kind, id)
    bearing = strongest if certainty == "certaine" else alive
    sources = {source for rule, _ in bearing for source in base.entry("regle", rule.id).sources}
    return Drawn(
        kind=kind,
        id=id,
        certainty=certainty,
        level=_earliest(effect.level for _, effect in (strongest if certainty == "certaine" else alive)),
        internal=entry.internal,
        rules=tuple(sorted(rule.id for rule, _ in bearing)),
        sources=tuple(sorted(sources | set(entry.sources))),
        grounded=any(account_of(base, general, rule).met for rule, _ in alive),
        foreseen=_foreseen(base, general, id) if kind == "modalite" else None,
    )


def _earliest(levels: Iterable[Level | None]) -> Level | None:
    return min((level for level in levels if level), key=LEVELS.index, default=None)


def _foreseen(base: Base, general: Outlook, id: str) -> Literal["deja_prevu", "a_prevoir", "inconnu"]:
    condition = base.logic.modalities[id].foreseen_if
    holds = False if condition is None else general.holds(condition)
    return "inconnu" if holds is None else ("deja_prevu" if holds else "a_prevoir")


def _tensions(base: Base, general: Outlook, usual: Outlook) -> Iterable[Drawn]:
    for tension in sorted(base.logic.tensions, key=lambda t: t.id):
        poles = [general.holds(pole) for pole in tension.poles]
        usually = [usual.holds(pole) for pole in tension.poles]
        strength = certainty_of(_both(poles), _both(usually))
        if strength is None:
            continue
        entry = base.entry("tension", tension.id)
        sources = {s for pole in entry.pole_sources for s in pole} | set(entry.sources)
        grounded = True in poles
        yield Drawn("tension", tension.id, strength, None, entry.internal, (), tuple(sorted(sources)), grounded)


def _both(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True
