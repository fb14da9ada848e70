"""What a question still changes in what formats come to: dossiers at hand show it, or the solver proves that none does.

Dossiers drawn for one cube are kept: the next cube is mostly the same with one answer more, and those that fit it show
there what they showed. So do dossiers that a solver found, which no drawing shows: moved into a cube by taking its
answers, they stand near the place where formats change.
"""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.exact.search.circuit import Contender
from conseil_dla.exact.search.encoding import Encoding, Variable
from conseil_dla.exact.search.formats import Comparison, compared
from conseil_dla.exact.search.played import About
from conseil_dla.exact.search.searching import Proves, Search, at_once, is_within

MOST_CONFLICTS = 2_000
"""Past it a proof that a question changes nothing is begun again by a new solver: what the other one has learned since
it was made, on its way to other proofs, may lead it astray, and should decide nothing."""
MOST_AGAIN = 10_000
"""Past it the proof is given up: half a second or so."""
LATEST = 4
"""Of the cubes in which a question was proved to change nothing, those that are remembered."""


def depends(formats: Comparison, level: int, about: About = "format", proves: Proves = at_once) -> bool | None:
    """Are there two coherent dossiers that differ in this answer alone, and of which the formats differ?

    None where only a proof could tell, and none may be begun.
    """
    key = level, about
    if key not in formats.told:
        with formats.search.lock:
            found = _found(formats, level, about, proves)
        if found is None:
            return None
        formats.told[key] = found
    return formats.told[key]


def bearing(search: Search) -> frozenset[int]:
    """Levels whose answer changes what is told of formats in some dossier, and those that coherence ties to them."""
    if search.bearing is None:
        levels = range(len(search.circuit.space.cells))
        whole = compared(search, tuple(tuple(range(len(cells))) for cells in search.circuit.space.cells))
        search.bearing = frozenset(level for level in levels if search.circuit.reads(level) and depends(whole, level))
        for group in map(search.coherence.diagrams.support, search.coherence.roots):
            if not search.bearing.isdisjoint(group):
                search.bearing |= group
    return search.bearing


def _found(formats: Comparison, level: int, about: About, proves: Proves) -> bool | None:
    search, cube = formats.search, formats.cube
    never = search.never.get((level, about), [])
    if any(all(map(is_within, cube, larger)) for larger in never):
        return False
    if about != "moment" and _is_shown(formats, level, about):
        return True
    if not proves():
        return None
    same = _proved_same(formats, level, about, search.pairs, MOST_CONFLICTS)
    if same is None:
        same = _proved_same(formats, level, about, search.fresh(), MOST_AGAIN)
    if same:
        search.never[level, about] = [cube, *never[: LATEST - 1]]
    return not same


def _is_shown(formats: Comparison, level: int, about: About) -> bool:
    """By dossiers that were looked at for earlier cubes, by those drawn for this one, by those that a solver found."""
    if any(earlier.shows(level, about, formats.cube) for earlier in formats.search.played):
        return True
    drawn = formats.drawn
    if drawn is None or drawn.look(level, about, formats.cube):
        return drawn is not None
    found = formats.remembered
    return found is not None and found.look(level, about, formats.cube)


# --- proofs ----------------------------------------------------------------------------------------------------------


def _proved_same(formats: Comparison, level: int, about: About, pairs: Encoding, most: int) -> bool | None:
    """By the solver, cell by cell; None where it takes too long. Nobody is then told that nothing changes."""
    search, cube = formats.search, formats.cube
    circuit = search.circuit
    ends: dict[tuple[Variable, ...], tuple[int, list[Variable]]] = {}
    for cell in cube[level]:
        coherent = [pairs.literal(circuit.seen_from(root, level, cell)) for levels, root in
                    circuit.coherent.items() if level in levels]  # fmt: skip
        ends.setdefault((*_ends(formats, level, cell, about, pairs), *coherent), (cell, coherent))
    found = list(ends.items())
    free = not any(level in levels for levels in circuit.coherent)
    spent = pairs.solver.conflicts
    for n, (one, (cell, is_one)) in enumerate(found[:1] if free else found):
        for other, (_, is_other) in found[n + 1 :]:
            for wanted in _differing(pairs, one, other, [*is_one, *is_other]):
                left = most - (pairs.solver.conflicts - spent)
                answer = pairs.solve(cube, [wanted], left) if left > 0 else None
                if answer:
                    dossier = pairs.dossier(cube)
                    search.remember((*dossier[:level], cell, *dossier[level + 1 :]))
                if answer is not False:
                    return None if answer is None else False
    return True


def _ends(formats: Comparison, level: int, cell: int, about: About, encoding: Encoding) -> tuple[Variable, ...]:
    """What is compared, seen from one cell of a question: one variable for each thing said of formats."""
    search = formats.search
    seen: list[Contender] = [search.circuit.restricted(each, level, cell) for each in search.contenders]
    ranks = [n for n, each in enumerate(search.contenders) if each.format in formats.possible]
    if about == "moment":
        blocked = encoding.literal(search.circuit.seen_from(search.circuit.blocked, level, cell))
        waits, nothing = encoding.waits(seen), encoding.nothing(seen)
        return nothing, waits, encoding.all([-nothing, -waits, blocked])
    found = [encoding.best(seen, n) for n in ranks]
    if about == "format":
        found += [encoding.then(seen, n) for n in range(len(seen))] if formats.then else []
        found.append(encoding.stands_out(seen))
    return tuple(found)


def _differing(
    encoding: Encoding, one: tuple[Variable, ...], other: tuple[Variable, ...], held: list[Variable]
) -> Iterator[Variable]:
    """The ways for two tuples of ends to differ, while these hold."""
    for a, b in zip(one, other, strict=True):
        for pair in ((a, -b), (-a, b)) if a != b else ():
            wanted = encoding.all([*pair, *held])
            if wanted != -encoding.true:
                yield wanted
