"""What happened on the compass, in words: where things stand, and what the last answer moved."""

from __future__ import annotations

from conseil_dla.ground.french import quoted, spaced
from conseil_dla.reading.values import PostureReading
from conseil_dla.rules.model import Base
from conseil_dla.wording.reading_sentences import titles

HATCHED = spaced("Hachures : avant.")


def movement(base: Base, before: PostureReading | None, now: PostureReading) -> tuple[str, ...]:
    """One or two short sentences under the compass; ``before`` is None at the first reading."""
    if before is None:
        return (_standing(base, now),)
    if before.position == now.position:
        return ("La boussole n’a pas bougé.",)
    if _settled(now) == len(now.position):
        stays = before.certainty == "certaine" and before.shown == now.shown
        if _settled(before) == len(before.position):
            changed = "La place reste la même." if stays else spaced(f"La place a changé : {_named(base, now)}.")
            return changed, spaced("Rond vide : avant.")
        return "La boussole se réduit à un point." if stays else _known(base, now), HATCHED
    if _within(now, before):
        only_a_line = " : il reste un trait" if _settled(now) > _settled(before) else ""
        return spaced(f"La boussole s’est resserrée{only_a_line}."), HATCHED
    if _within(before, now):
        return "La boussole s’est rouverte.", _before_within(before, now)
    return "La boussole s’est déplacée.", HATCHED


def _before_within(before: PostureReading, now: PostureReading) -> str:
    """What to look for where what could be reached has grown."""
    if _settled(before) == len(before.position):
        return spaced("Rond vide : avant.")
    return spaced("Tirets : ce qui revient." if _settled(now) else "Plus clair : ce qui revient.")


def _standing(base: Base, now: PostureReading) -> str:
    match len(now.position) - _settled(now):
        case 0:
            return _known(base, now)
        case 1:
            return spaced("Boussole : votre place est sur le trait épais.")
        case _:
            return spaced("Boussole : votre place est dans la zone grisée.")


def _known(base: Base, now: PostureReading) -> str:
    name = _named(base, now)
    return spaced(f"La place est connue : {name}.") if name else "La place est connue."


def _named(base: Base, now: PostureReading) -> str:
    """The place, in words made to follow a colon."""
    if now.retained:
        return quoted(base.title("posture", now.retained))
    if len(now.shown) > 1:
        return f"entre {titles(base, 'posture', now.shown)}"
    return f"au plus près, {titles(base, 'posture', now.shown)}" if now.shown else ""


def _settled(posture: PostureReading) -> int:
    """How many axes are."""
    return sum(low == high for low, high in posture.position.values())


def _within(inner: PostureReading, outer: PostureReading) -> bool:
    return all(
        outer.position[axis][0] <= low and high <= outer.position[axis][1]
        for axis, (low, high) in inner.position.items()
    )
