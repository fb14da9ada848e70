"""The real experience that is nearest to a dossier: something to read beside it, and no model to follow.

Nearness is never shown as a figure. It only chooses what is read: most answers in common, fewest that differ, those
behind format and posture first. What cannot be compared, because one of the two does not say, is listed as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conseil_dla.reading.values import Reading
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.deciding import bearing
from conseil_dla.rules.model import Answers, Base, Dossier, Logic, Value, Within
from conseil_dla.rules.truth import atoms

FEWEST_IN_COMMON = 2
"""Answers that a case must share: one alone is chance."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A case beside a dossier. Question ids, those behind format and posture first, then in file order."""

    case: Dossier
    answers: Answers
    """What the case answers, its table included."""
    alike: tuple[str, ...]
    """Answered alike: the same answer, a common option, or numbers that no rule tells apart."""
    apart: tuple[str, ...]
    """Answered otherwise."""
    unknown_here: tuple[str, ...]
    """Told of the case and not known yet of the dossier: worth asking."""
    unknown_there: tuple[str, ...]
    """Known of the dossier, and left unsaid by the source of the case."""


def nearest(base: Base, reading: Reading, cases: Iterable[Dossier]) -> Nearest | None:
    """The nearest of the cases, the first of equals; None when none shares enough, or shares more than it differs."""
    if reading.reported:
        return None
    first = bearing(base.logic)
    best, best_rank = None, (0, 0, 0)
    for case in cases:
        found = beside(base, reading, case, first)
        shared, different = len(found.alike), len(found.apart)
        if shared < FEWEST_IN_COMMON or shared <= different:
            continue
        counts = [len(first.intersection(ids)) for ids in (found.alike, found.apart)]
        rank = (counts[0] - counts[1], shared - different, shared)
        if best is None or rank > best_rank:
            best, best_rank = found, rank
    return best


def beside(base: Base, reading: Reading, case: Dossier, first: frozenset[str] | None = None) -> Nearest:
    """One case beside a dossier, question by question; those that are sans objet here are left aside."""
    first = bearing(base.logic) if first is None else first
    theirs = known_answers(base.logic, case)
    order = sorted(base.logic.questions, key=lambda id: id not in first)
    asked = [id for id in order if id not in reading.not_applicable]
    both = [id for id in asked if id in reading.answers and id in theirs]
    alike = tuple(id for id in both if are_alike(base.logic, id, reading.answers[id], theirs[id]))
    return Nearest(
        case,
        theirs,
        alike,
        tuple(id for id in both if id not in alike),
        tuple(id for id in asked if id in theirs and id not in reading.answers),
        tuple(id for id in asked if id in reading.answers and id not in theirs),
    )


def are_alike(logic: Logic, question: str, one: Value, other: Value) -> bool:
    """Do two answers to a question say the same, as far as the rules can tell?"""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return bool(one & other) or one == other
    if isinstance(one, int) and isinstance(other, int):
        return all(_holds(stretch, one) == _holds(stretch, other) for stretch in _stretches(logic, question))
    return one == other


def _stretches(logic: Logic, question: str) -> list[Within]:
    """Every stretch of numbers that a rule looks for."""
    found = (atom for rule in logic.rules for atom in atoms(rule.condition))
    return [atom for atom in found if isinstance(atom, Within) and atom.question == question]


def _holds(stretch: Within, number: int) -> bool:
    low, high = stretch.low, stretch.high
    return (low is None or number >= low) and (high is None or number <= high)
