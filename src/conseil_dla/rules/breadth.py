"""How wide a condition is: into how many flat conjunctions it expands, counted without expanding it.

The inference engine matches conjunctions, so loading refuses a rule that would become too many of them, and the
encoder relies on that. Counted before any simplification, so that a rule under the limit never compiles to more.
"""

from __future__ import annotations

from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Condition, Found, Is, NoneOf, Ticks, Within

MOST_ALTERNATIVES = 64
"""The widest condition that a rule may have."""


def alternatives(condition: Condition) -> int:
    """How many alternatives the condition expands to at most, without building them.

    Before any simplification, so a rule counted under ``MOST_ALTERNATIVES`` never compiles to more.
    """
    return _count(condition, True)


def _count(condition: Condition, wanted: bool) -> int:
    match condition:
        case Is() | Found():
            return 1
        case Ticks(_, options):
            return len(options) if wanted else 1
        case Within(_, low, high):
            return 1 if wanted else 1 + (low is not None) + (high is not None)
        case AllOf(parts):
            return _count_at_least(len(parts) if wanted else 1, parts, wanted)
        case AnyOf(parts):
            return _count_at_least(1 if wanted else len(parts), parts, wanted)
        case NoneOf(parts):
            return _count(AnyOf(parts), not wanted)
        case AtLeast(count, parts):
            return _count_at_least(count if wanted else len(parts) - count + 1, parts, wanted)


def _count_at_least(count: int, parts: tuple[Condition, ...], wanted: bool) -> int:
    """Sum, over the ways to choose ``count`` parts, of the product of their counts; one part at a time."""
    if count <= 0:
        return 1
    ways = [1] + [0] * count
    for part in parts:
        own = _count(part, wanted)
        for chosen in range(count, 0, -1):
            ways[chosen] += ways[chosen - 1] * own
    return ways[count]
