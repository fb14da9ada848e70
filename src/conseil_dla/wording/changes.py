"""What the last answer changed, in a few short lines: beside a question, in plain lines, and under the compass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conseil_dla.ground.french import NBSP, few, listed, lowered, quoted, sentence, spaced
from conseil_dla.reading.moves import Moves, Named, moves
from conseil_dla.reading.values import PostureReading, Reading
from conseil_dla.rules.model import Base
from conseil_dla.wording.outline import LEVEL_TITLES, moment_text
from conseil_dla.wording.reading_sentences import titles

MOST_NAMED = 2
"""How many are named in a line; the others are counted."""
STILL = "Rien n’a bougé dans la lecture."
EXCEPTIONS = spaced("Les exceptions (« sauf si… ») ne sont plus les mêmes.")
ONLY_DETAIL = "Seul le détail de la lecture a changé."
"""Said where reasons or the place on the axes moved, and nothing that has a name."""
QUIET = frozenset({STILL, EXCEPTIONS, ONLY_DETAIL})
"""Lines that tell of nothing that came or went."""


def change_lines(base: Base, before: Reading, after: Reading) -> tuple[str, ...]:
    """What came and what went, one short sentence each; ``STILL`` where nothing that is read moved.

    How format and place stand is not said again: whoever shows these lines shows that beside them.
    """
    found = moves(before, after)
    if found.is_still:
        return (STILL,)
    told = tuple(_lines(base, found, after))
    if told or (before.format.shown, before.posture.shown) != (after.format.shown, after.posture.shown):
        return told
    unless = [(each.format.usual.unless, each.posture.usual.unless) for each in (before, after)]
    return (ONLY_DETAIL,) if unless[0] == unless[1] else (EXCEPTIONS,)


def _lines(base: Base, found: Moves, after: Reading) -> Iterator[str]:
    for ids, verb, verbs in (
        (found.closed, "n’est plus possible", "ne sont plus possibles"),
        (found.opened, "redevient possible", "redeviennent possibles"),
    ):
        if len(ids) > MOST_NAMED:
            yield f"{len(ids)} formats {verbs}."
        elif ids:
            formats = listed([lowered(base.title("format", id)) for id in ids])
            yield sentence(f"{verb if len(ids) == 1 else verbs}{NBSP}: {formats}")
    if found.moment is not None:
        yield moment_text(base, after) or "Le moment de lancer redevient ouvert."
    for names, one, several in (
        (found.came, "Apparaît", "Apparaissent"),
        (found.surer, "Est sûr", "Sont sûrs"),
        (found.went, "Ne s’applique plus", "Ne s’appliquent plus"),
        (found.less_sure, "N’est plus sûr", "Ne sont plus sûrs"),
        (found.to_check, "À vérifier", "À vérifier"),
        (found.cleared, "N’est plus à vérifier", "Ne sont plus à vérifier"),
    ):
        if names:
            yield f"{one if len(names) == 1 else several}{NBSP}: {listed(named(base, names))}."
    for name, level in list(found.levels.items())[:1]:
        yield f"{sentence(base.title(*name))[:-1]}{NBSP}: passe dans {quoted(lowered(LEVEL_TITLES[level]))}."


def named(base: Base, names: Sequence[Named]) -> list[str]:
    """The first by their titles, the others counted."""
    return few([quoted(lowered(base.title(*name))) for name in names], MOST_NAMED, "autre point", "autres points")


# --- on the compass --------------------------------------------------------------------------------------------------

HATCHED = spaced("Hachures : la zone d’avant.")


def movement(base: Base, before: PostureReading | None, now: PostureReading) -> tuple[str, ...]:
    """One or two short sentences under the compass; ``before`` is None at the first reading."""
    if before is None:
        return (_standing(base, now),)
    if before.position == now.position:
        return ("La boussole n’a pas bougé.",)
    if _settled(now) == len(now.position):
        stays = before.certainty == "certaine" and before.shown == now.shown
        if _settled(before) == len(before.position):
            changed = "La place reste la même." if stays else spaced(f"La place a changé : {_place(base, now)}.")
            return changed, spaced("Rond vide : la place d’avant.")
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
        return spaced("Rond vide : la place d’avant.")
    return spaced("Tirets : ce qui revient." if _settled(now) else "Plus clair : ce qui revient.")


def _standing(base: Base, now: PostureReading) -> str:
    match len(now.position) - _settled(now):
        case 0:
            return _known(base, now)
        case 1:
            return spaced("Votre place est quelque part sur le trait.")
        case _:
            return spaced("Votre place est dans la zone grisée.")


def _known(base: Base, now: PostureReading) -> str:
    name = _place(base, now)
    return spaced(f"La place est connue : {name}.") if name else "La place est connue."


def _place(base: Base, now: PostureReading) -> str:
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
