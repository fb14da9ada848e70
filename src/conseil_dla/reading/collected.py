"""Collected conclusions: vigilances, modalités, partners, préalables, tensions and factors, each with its certainty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Literal

from conseil_dla.exact.outlook import Outlook
from conseil_dla.reading.clauses import is_grounded
from conseil_dla.reading.held import Held, certainty_of
from conseil_dla.reading.values import Certainty, Drawn, FactorReading, Foreseen, Proof
from conseil_dla.rules.kinds import SPECS
from conseil_dla.rules.model import COLLECTED, LEVELS, Base, Kind, Level, Observation, Rule
from conseil_dla.rules.truth import questions_read

Levels = frozenset[frozenset[str]]
"""The sets of levels at which a conclusion may be drawn; one of them is empty where it may not be drawn."""
STRENGTHS: tuple[Certainty, ...] = ("certaine", "sauf_exception", "possible")
"""From the strongest: the order in which conclusions of one level are read."""


def draw_all(base: Base, general: Outlook, usual: Outlook, now: Held) -> tuple[Drawn, ...]:
    """Every collected conclusion that is not excluded, and the tensions, in reading order.

    What is drawn ``now`` by a rule that fired is certain for that; the outlooks say of all else how sure it is.
    """
    each = (_draw(base, general, usual, now, *named, rules) for named, rules in general.atlas.drawing.items())
    drawn = [found for found in each if found]
    return (*sorted(drawn, key=_order), *_tensions(base, general, usual))


def read_factors(base: Base, general: Outlook) -> tuple[FactorReading, ...]:
    """Success factors: present, still possible (one of their questions is answered), or not known."""
    factors = []
    for factor in base.logic.factors.values():
        holds = general.state(("facteur", factor.id))
        if holds is not False:
            answered = not general.answers.keys().isdisjoint(questions_read(factor.present_if))
            factors.append(factor_read(base, factor.id, holds, answered=answered))
    return tuple(sorted(factors, key=lambda f: f.id))


def factor_read(base: Base, id: str, holds: Literal[True] | None, *, answered: bool) -> FactorReading:
    """A factor that holds or may; is one of its questions ``answered``?"""
    state: Literal["present", "possible", "inconnu"] = "present" if holds else "possible" if answered else "inconnu"
    entry = base.entry("facteur", id)
    return FactorReading(id, state, entry.sources, _observations(entry.observation))


def _order(drawn: Drawn) -> tuple[int, int, int, str]:
    level = LEVELS.index(drawn.level) if drawn.level else len(LEVELS)
    return (COLLECTED.index(drawn.kind), level, STRENGTHS.index(drawn.certainty), drawn.id)


def _draw(
    base: Base, general: Outlook, usual: Outlook, now: Held, kind: Kind, id: str, rules: tuple[Rule, ...]
) -> Drawn | None:
    fired, levels = now.levels.get((kind, id), frozenset()), general.levels(kind, id)
    if not fired and not any(levels):
        return None
    usually = levels if fired or all(levels) else usual.levels(kind, id)
    states = [(rule, now.states[rule.id]) for rule in rules]
    return drawn_from(
        base, (kind, id), states, fired, (levels, usually),
        _foreseen(general, id) if SPECS[kind].can_be_foreseen else None,
        grounded=bool(fired) or any(is_grounded(general, rule) for rule, state in states if state is not False),
    )  # fmt: skip


def drawn_from(
    base: Base,
    named: tuple[Kind, str],
    rules: Sequence[tuple[Rule, bool | None]],
    fired: frozenset[str],
    levels: tuple[Levels, Levels],
    foreseen: Foreseen | None,
    *,
    grounded: bool = False,
) -> Drawn | None:
    """The same from its rules with their states, the levels ``fired``, and those it can have, generally and usually.

    Grounded where it fired; whether it is where it did not, is for who calls to look at.
    """
    general, usual = levels
    if not fired and not any(general):
        return None
    certainty: Certainty = "possible"
    proof: Proof | None = None
    if fired:
        certainty, proof = "certaine", "declenchee"
    elif all(general):
        certainty, proof = "certaine", "par_cas"
    elif all(usual):
        certainty = "sauf_exception"
    alive = [rule for rule, state in rules if state is not False]
    proven = [rule for rule, state in rules if state]
    bearing = proven if certainty == "certaine" and proven else alive
    kind, id = named
    entry = base.entry(kind, id)
    told = [entry, *(base.entry("regle", rule.id) for rule in bearing)]
    return Drawn(
        kind=kind,
        id=id,
        certainty=certainty,
        level=_earliest(frozenset.intersection(*general) | fired) or _earliest(frozenset.union(*general)),
        internal=entry.internal,
        rules=tuple(sorted(rule.id for rule in bearing)),
        sources=tuple(sorted({source for each in told for source in each.sources})),
        observations=_observations(*(each.observation for each in told)),
        grounded=grounded or bool(fired),
        foreseen=foreseen,
        proof=proof,
    )


def _earliest(levels: frozenset[str]) -> Level | None:
    return next((level for level in LEVELS if level in levels), None)


def _foreseen(general: Outlook, id: str) -> Foreseen:
    """What no condition foresees is still to be foreseen."""
    if ("prevu", id) not in general.atlas.charts:
        return "a_prevoir"
    holds = general.state(("prevu", id))
    return "inconnu" if holds is None else ("deja_prevu" if holds else "a_prevoir")


def _tensions(base: Base, general: Outlook, usual: Outlook) -> Iterable[Drawn]:
    for tension in sorted(base.logic.tensions, key=lambda t: t.id):
        strength = certainty_of(general.state(("tension", tension.id)), usual.state(("tension", tension.id)))
        if strength is not None:
            grounded = any(general.state(("pole", tension.id, str(n))) for n in range(len(tension.poles)))
            yield tension_drawn(base, tension.id, strength, grounded=grounded)


def tension_drawn(base: Base, id: str, strength: Certainty, *, grounded: bool) -> Drawn:
    """A tension, so strong."""
    entry = base.entry("tension", id)
    sources = {s for pole in entry.pole_sources for s in pole} | set(entry.sources)
    seen = _observations(entry.observation, *entry.pole_observations)
    return Drawn("tension", id, strength, None, entry.internal, (), tuple(sorted(sources)), seen, grounded)


def _observations(*seen: Observation | None) -> tuple[Observation, ...]:
    return tuple(sorted({one for one in seen if one is not None}, key=lambda one: (one.account, astuple(one))))
