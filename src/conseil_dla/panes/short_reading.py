"""A reading in half a line, where there is no room for the panel: the format, and the place."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.ground.french import NBSP, listed, lowered
from conseil_dla.reading.values import PostureReading, Reading
from conseil_dla.rules.model import Base, Kind

MOST_NAMED = 2
"""How many postures still open are named; beyond, they are counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A few words, and whether the last answer changed them."""

    text: str
    has_moved: bool = False


def brief(base: Base, reading: Reading) -> tuple[str, str]:
    """Where format and place stand, in words made to follow a colon."""
    return _format(base, reading), place_words(base, reading.posture)


def compared(now: tuple[str, ...], before: tuple[str, ...]) -> tuple[Part, ...]:
    """The words of now, those that differ from before being marked."""
    return tuple(Part(text, text != then) for text, then in zip(now, before, strict=True))


def _format(base: Base, reading: Reading) -> str:
    shown, possible = reading.format.shown, reading.format.possible
    if shown:
        return _named(base, "format", shown, "ou")
    if len(possible) == len(base.logic.formats):
        return "rien n’est tranché"
    return f"{len(possible)} formats ouverts"


def place_words(base: Base, posture: PostureReading) -> str:
    """« place : facilitateur », « place : à voir »."""
    return f"place{NBSP}: {_place(base, posture)}"


def _place(base: Base, posture: PostureReading) -> str:
    shown, possible = posture.shown, posture.possible
    if len(shown) > 1:
        return f"entre {_named(base, 'posture', shown, 'et')}"
    if shown:
        return _named(base, "posture", shown, "ou")
    if len(possible) <= MOST_NAMED:
        return _named(base, "posture", possible, "ou")
    return "à voir" if len(possible) == len(base.logic.postures) else f"{len(possible)} possibles"


def _named(base: Base, kind: Kind, ids: tuple[str, ...], last: str) -> str:
    return listed([lowered(base.title(kind, id)) for id in ids], last)
