"""How many alternatives a condition has once written as *or* of flat conjunctions, counted without building them.

An engine of production rules matches conjunctions; a rule that expands further than ``MOST_ALTERNATIVES`` slows it and
blurs its trace. Each answer of an atom counts for one; so do a finding and the negation of answers; the negation of an
interval counts for three (below, above, without object).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from conseil_dla.model import AllOf, AnyOf, AtLeast, Condition, Found, Is, NoneOf, Ticks, Within

MOST_ALTERNATIVES = 64


def alternatives(condition: Condition) -> int:
    """Number of alternatives of the condition."""
    match condition:
        case Is(_, answers):
            return len(answers)
        case Ticks(_, options):
            return len(options)
        case Within() | Found():
            return 1
        case AllOf(parts):
            return prod(alternatives(part) for part in parts)
        case AnyOf(parts):
            return sum(alternatives(part) for part in parts)
        case NoneOf(parts):
            return prod(_negated(part) for part in parts)
        case AtLeast(count, parts):
            return combined(count, [alternatives(part) for part in parts])


def _negated(condition: Condition) -> int:
    match condition:
        case Is() | Ticks() | Found():
            return 1
        case Within():
            return 3
        case AllOf(parts):
            return sum(_negated(part) for part in parts)
        case AnyOf(parts):
            return prod(_negated(part) for part in parts)
        case NoneOf(parts):
            return sum(alternatives(part) for part in parts)
        case AtLeast(count, parts):
            return combined(len(parts) - count + 1, [_negated(part) for part in parts])


def combined(count: int, sizes: Iterable[int]) -> int:
    """Sum, over every choice of ``count`` of the sizes, of their product (the elementary symmetric polynomial)."""
    sums = [1] + [0] * count
    for size in sizes:
        for rank in range(count, 0, -1):
            sums[rank] += sums[rank - 1] * size
    return sums[count]
