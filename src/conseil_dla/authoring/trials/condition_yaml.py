"""A condition as an author writes it, on one line: what messages about rules quote."""

from __future__ import annotations

from conseil_dla.rules.model import (
    AllOf,
    AnyOf,
    Argue,
    AtLeast,
    Conclude,
    Condition,
    Draw,
    Effect,
    Found,
    Is,
    NoneOf,
    Push,
    RuleOut,
    Ticks,
    Within,
)


def condition_yaml(condition: Condition) -> str:
    """« calendrier: echeance », « constat: x », « une_de (a: b ; c: d) »: the words of the grammar."""
    match condition:
        case Is(question, answers) | Ticks(question, answers):
            return f"{question}: {_one_or_list(answers)}"
        case Within(question, low, high):
            return f"{question}: {_bounds(low, high)}"
        case Found(finding):
            return f"constat: {finding}"
        case AllOf(parts):
            return f"toutes ({_inside(parts)})"
        case AnyOf(parts):
            return f"une_de ({_inside(parts)})"
        case NoneOf(parts):
            return f"aucune ({_inside(parts)})"
        case AtLeast(count, parts):
            return f"au_moins {count} parmi ({_inside(parts)})"


def effect_yaml(effect: Effect) -> str:
    """« pour: sur_mesure, force: nette, motif: x »."""
    match effect:
        case Conclude(finding):
            return f"constat: {finding}"
        case Push(axis, points):
            return f"axe: {axis}, points: {points}"
        case Argue(format, side, force, motif):
            return f"{side}: {format}, force: {force}, motif: {motif}"
        case RuleOut(format):
            return f"ecarte: {format}"
        case Draw(kind, id, level):
            return f"{kind}: {id}" + (f", niveau: {level}" if level else "")


def _inside(parts: tuple[Condition, ...]) -> str:
    return " ; ".join(map(condition_yaml, parts))


def _one_or_list(ids: frozenset[str]) -> str:
    named = sorted(ids)
    return named[0] if len(named) == 1 else f"[{', '.join(named)}]"


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"entre: [{low}, {high}]"
    return f"au_plus: {high}" if low is None else f"au_moins: {low}"
