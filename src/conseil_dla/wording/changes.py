"""What the last answer changed, in a few short lines: beside a question, and in the questionnaire in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, sentence, spaced
from conseil_dla.reading.moves import Moves, Named, moves
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base
from conseil_dla.wording.outline import LEVEL_TITLES, moment_text

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
    for ids, verb, verbs in ((found.closed, "se ferme", "se ferment"), (found.opened, "s’ouvre", "s’ouvrent")):
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
        (found.went, "N’est plus là", "Ne sont plus là"),
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
    shown = [quoted(lowered(base.title(*name))) for name in names[:MOST_NAMED]]
    more = len(names) - MOST_NAMED
    return [*shown, counted(more, "autre point", "autres points")] if more > 0 else shown
