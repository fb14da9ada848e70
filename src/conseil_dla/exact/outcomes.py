"""Ends of diagrams, and the functions of ends that build them: Lexi, signs of axes, levels, moments.

One plain function for each operation, so that what was combined once is remembered under it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import add
from typing import Any

from conseil_dla.rules.deciding import NOTHING, Profile, quadrant
from conseil_dla.rules.model import FORCES, Logic

INCOHERENT = "incoherent"
"""The end of what no coherent dossier reaches."""


@dataclass(frozen=True, slots=True)
class FormatOutcome:
    """What one complete dossier makes of the formats."""

    best: frozenset[str]
    """Empty when every format is ruled out, which ``verifier`` refuses."""
    stands_out: bool
    then: frozenset[str]
    """The best formats that are not preparatory, where one that is wins or ties; else nothing."""


@dataclass(frozen=True, slots=True)
class PostureOutcome:
    """What one complete dossier makes of the postures."""

    postures: frozenset[str]
    off_note: bool


def shown_of(outcome: FormatOutcome | PostureOutcome) -> frozenset[str]:
    """The formats or the places that it comes to."""
    return outcome.best if isinstance(outcome, FormatOutcome) else outcome.postures


Best = tuple[Profile, frozenset[str]] | None
"""Formats compared so far: the highest profile and those that have it; None when all are ruled out."""


def conjunction(a: bool, b: bool) -> bool:
    """Both."""
    return a and b


def disjunction(a: bool, b: bool) -> bool:
    """Either."""
    return a or b


def negation(a: bool) -> bool:
    """Not."""
    return not a


def positive(points: int) -> bool:
    """On the positive side of an axis."""
    return points > 0


def negative(points: int) -> bool:
    """On the negative side of an axis."""
    return points < 0


def kept_if_coherent(coherent: bool, value: Any) -> Any:
    """The value, where nothing is broken."""
    return value if coherent else INCOHERENT


def inside(stretch: str, low: int | None, high: int | None) -> bool:
    """Does a cell's stretch lie within a condition's bounds? Cells never straddle them."""
    start = int(stretch.split("..", maxsplit=1)[0])
    return (low is None or start >= low) and (high is None or start <= high)


def ranked(rank: int, sign: int) -> Callable[[bool], Profile]:
    """A reason's profile, where its rule holds."""
    profile = tuple(sign if n == rank else 0 for n in range(len(FORCES)))
    return lambda holds: profile if holds else NOTHING


def together(a: Profile, b: Profile) -> Profile:
    """Profiles add up force by force."""
    return tuple(map(add, a, b))


def unless_out(out: bool, profile: Profile) -> Profile | None:
    """None where the format is ruled out."""
    return None if out else profile


def alone(format: str) -> Callable[[Profile | None], Best]:
    """One format, by itself."""
    return lambda profile: None if profile is None else (profile, frozenset([format]))


def better(a: Best, b: Best) -> Best:
    """The higher profile, or both sets when they are equal: Lexi, without a hidden tie-break."""
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        return a[0], a[1] | b[1]
    return max(a, b, key=lambda best: best[0])


def format_outcome(others: Best, preparatory: Best) -> FormatOutcome:
    """The best of all formats, given the best of each sort."""
    best = better(others, preparatory)
    if best is None:
        return FormatOutcome(frozenset(), False, frozenset())
    wins = preparatory is not None and not best[1].isdisjoint(preparatory[1])
    return FormatOutcome(best[1], best[0] > NOTHING, others[1] if wins and others else frozenset())


def side(points: int) -> int:
    """Of an axis, the sign of its sum; 0 between both sides."""
    return (points > 0) - (points < 0)


def signed(signs: tuple[int, ...], points: int) -> tuple[int, ...]:
    """One more axis: its sign."""
    return (*signs, side(points))


def placed(logic: Logic) -> Callable[[tuple[int, ...], int], PostureOutcome]:
    """The last axis, beside the signs of the others: where the dossier stands."""

    def place(signs: tuple[int, ...], points: int) -> PostureOutcome:
        every = (*signs, side(points))[: len(logic.axes)]
        return PostureOutcome(quadrant(logic, dict(zip(logic.axes, every, strict=True))), False)

    return place


def marked_off_note(posture: str) -> Callable[[bool, PostureOutcome], PostureOutcome]:
    """Where the condition holds and the posture is the only one, the note does not describe the place."""

    def mark(there: bool, outcome: PostureOutcome) -> PostureOutcome:
        return PostureOutcome(outcome.postures, True) if there and outcome.postures == {posture} else outcome

    return mark


def at_level(level: str) -> Callable[[bool], frozenset[str]]:
    """The level at which a rule draws its conclusion, where it holds."""
    return lambda holds: frozenset([level]) if holds else frozenset()


def moment(waits: bool | None, blocked: bool) -> str:
    """When to launch; the empty word where no format is left to launch."""
    if waits is None:
        return ""
    return "pas_tel_quel" if waits else "a_preparer" if blocked else "pret"


def counted_as(answers: int) -> Callable[[bool], int]:
    """What a question that may be sans objet counts for: its answers where it applies, one way where it does not.

    Where it does not apply, every one of its cells is met, ``answers`` times in all.
    """
    return lambda applies: answers if applies else 1


Two = tuple[Profile, ...]
"""The highest profiles met so far, at most two, the best first."""


def better_two(best: Two, profile: Profile | None) -> Two:
    """One more format."""
    return best if profile is None else tuple(sorted((*best, profile), reverse=True)[:2])


def decided_at(best: Two) -> int | None:
    """The rank of the first force at which the two best differ; None where they do not, 0 where one stands alone."""
    if len(best) < 2:
        return 0
    return next((rank for rank, (a, b) in enumerate(zip(*best, strict=True)) if a != b), None)
