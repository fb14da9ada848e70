"""What formats can come to in some dossiers: drawn dossiers say *yes*, the solver says *yes* or *no*.

One ``Search`` serves a base; a ``Comparison`` is what it knows of the dossiers of one cube. Whatever a solver could not
settle within its budget is told as still open, never the reverse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from conseil_dla.exact.search.draws import Draws, Shown, told_apart
from conseil_dla.exact.search.encoding import Variable
from conseil_dla.exact.search.played import About, Played
from conseil_dla.exact.search.searching import Search
from conseil_dla.exact.space import Cube

DRAWN = 512
"""Dossiers drawn in a cube: few outcomes escape them, and they cost a few milliseconds."""
REMEMBERED = 48
"""Cubes of which what was found is kept."""
MOST_MORE = 12
"""Ways in which formats go together that are found one by one beyond those that dossiers drawn show."""
MOST_CONFLICTS = 2_000
"""Past it, finding them is given up: a tenth of a second or so."""
Way = tuple[bool, ...]
"""Of the best formats, or of all that is said of formats, what holds together."""


@dataclass(frozen=True, slots=True)
class Known:
    """Dossiers already at hand that are in a cube, and what becomes of formats in them."""

    shown: Shown
    kept: int


def compared(search: Search, cube: Cube) -> Comparison:
    """What formats can come to in the coherent dossiers of a cube; what was found of it before serves again."""
    with search.lock:
        found = search.known.pop(cube, None) or Comparison(search, cube)
        search.known[cube] = found
        if len(search.known) > REMEMBERED:
            del search.known[next(iter(search.known))]
        return found


class Comparison:
    """One cube. ``at_hand`` are dossiers of it that somebody has drawn already; without, some are."""

    def __init__(self, search: Search, cube: Cube, at_hand: Known | None = None) -> None:
        self.search = search
        self.cube = cube
        self._at_hand = at_hand
        self._narrower: dict[tuple[int, int], Comparison] = {}
        self._ways: dict[About, frozenset[Way] | None] = {}
        """None where they are too many, or too long to find."""
        self.told: dict[tuple[int, About], bool] = {}
        """By level, whether its question still changes something: what ``apart`` has found."""

    @cached_property
    def draws(self) -> Draws | None:
        """Dossiers drawn in the cube; None where nothing is coherent."""
        return self.search.draw(self.cube, DRAWN)

    @cached_property
    def drawn(self) -> Played | None:
        """The dossiers drawn, kept for the cubes to come."""
        return self.search.kept(None if self.draws is None else Played(self.draws, self.draws.full))

    @cached_property
    def remembered(self) -> Played | None:
        """The dossiers that a solver found, for whatever cube, with the answers of this one."""
        draws = self.draws
        return None if draws is None else self.search.kept(self.search.remembered(self.cube, draws))

    @property
    def _seen(self) -> Known:
        if self._at_hand is not None:
            return self._at_hand
        draws = self.draws or self.search.none
        return Known(draws.shown, draws.full)

    def _can(self, wanted: Variable, seen: int) -> bool:
        """Is there such a dossier? One of those drawn, or one that the solver finds."""
        if seen & self._seen.kept:
            return True
        with self.search.lock:
            found = self.search.solve(self.cube, [wanted])
            if found:
                self.search.remember(self.search.encoding.dossier(self.cube))
            return found

    @cached_property
    def possible(self) -> frozenset[str]:
        """Formats that are among the best somewhere."""
        seen = self._seen.shown.best
        return self.search.named(n for n, best in enumerate(self.search.best) if self._can(best, seen[n]))

    @cached_property
    def best(self) -> frozenset[str] | None:
        """The set of best formats when it is the same everywhere; None otherwise, and where nothing is coherent."""
        seen, kept = self._seen.shown.best, self._seen.kept
        if any(0 < column & kept < kept for column in seen):
            return None
        for n, best in enumerate(self.search.best):
            is_possible = self.search.contenders[n].format in self.possible
            if is_possible and self._can(-best, kept & ~seen[n]):
                return None
        return self.possible if self.possible or self._is_coherent else None

    @cached_property
    def _is_coherent(self) -> bool:
        return self._can(self.search.encoding.true, self._seen.kept)

    @cached_property
    def may_stand_out(self) -> bool:
        """Are the best worth more than no reason at all somewhere?"""
        with self.search.lock:
            wanted = self.search.encoding.stands_out(self.search.contenders)
        return self._can(wanted, self._seen.shown.stands_out)

    @cached_property
    def then(self) -> frozenset[str]:
        """What follows a preparatory format, wherever one is among the best."""
        with self.search.lock:
            wanted = [self.search.encoding.then(self.search.contenders, n) for n in range(len(self.search.contenders))]
        return self.search.named(
            n for n, (then, seen) in enumerate(zip(wanted, self._seen.shown.then, strict=True)) if self._can(then, seen)
        )

    @cached_property
    def moments(self) -> frozenset[str]:
        """Every moment to launch that can be."""
        encoding, contenders = self.search.encoding, self.search.contenders
        with self.search.lock:
            nothing, waits = encoding.nothing(contenders), encoding.waits(contenders)
            blocked = encoding.literal(self.search.circuit.blocked)
        shown, kept = self._seen.shown, self._seen.kept
        going = kept & ~shown.nothing & ~shown.waits if self._at_hand is None else 0
        held = self.draws.value(self.search.circuit.blocked) if going and self.draws else 0
        told = {
            "": (nothing, shown.nothing),
            "pas_tel_quel": (waits, shown.waits),
            "a_preparer": (encoding.all([-nothing, -waits, blocked]), going & held),
            "pret": (encoding.all([-nothing, -waits, -blocked]), going & ~held),
        }
        return frozenset(moment for moment, (wanted, seen) in told.items() if self._can(wanted, seen))

    def narrowed(self, level: int, cell: int) -> Comparison:
        """The dossiers of the cube in which a question has one cell; what is drawn here serves there."""
        cube = (*self.cube[:level], (cell,), *self.cube[level + 1 :])
        if cube == self.cube:
            return self
        if (level, cell) not in self._narrower:
            at_hand = Known(*self.draws.changed(level, cell)) if self.draws else None
            self._narrower[level, cell] = Comparison(self.search, cube, at_hand)
        return self._narrower[level, cell]

    def ends(self, about: Collection[About]) -> list[object]:
        """What can be, one by one, to be held against the ends of other dossiers."""
        told: list[object] = [self.possible, self.best]
        if "format" in about:
            told += [self.may_stand_out, self.then]
        return [*told, self.moments] if "moment" in about else told

    def are_ways_told(self, about: About) -> bool:
        """Are ``ways`` at hand, or found to be out of reach?"""
        return about in self._ways

    def ways(self, about: About) -> frozenset[Way] | None:
        """The ways in which the best formats, or all that is said of them, go together.

        None where there are too many, or where they are too long to find.
        """
        if about not in self._ways:
            with self.search.lock:
                self._ways[about] = self._found_ways(about)
        return self._ways[about]

    def _found_ways(self, about: About) -> frozenset[Way] | None:
        encoding, solver = self.search.encoding, self.search.encoding.solver
        told = self._told(about)
        seen = self._seen_ways(about)
        if sum(dossiers.bit_count() == 1 for dossiers in seen.values()) > MOST_MORE:
            return None
        found, spent, left = set(seen), solver.conflicts, MOST_CONFLICTS
        looking = solver.variable()
        for way in found:
            solver.add([-looking, *_otherwise(told, way)])
        more: bool | None = True
        while more and len(found) <= len(seen) + MOST_MORE:
            more = encoding.solve(self.cube, [looking], left) if left > 0 else None
            if more:
                way = tuple(map(solver.holds, told))
                found.add(way)
                self.search.remember(encoding.dossier(self.cube))
                solver.add([-looking, *_otherwise(told, way)])
            left = MOST_CONFLICTS - (solver.conflicts - spent)
        solver.add([-looking])
        return None if more is not False else frozenset(found)

    def has_ways(self, about: About, ways: Iterable[Way]) -> bool:
        """Is each of these surely possible?"""
        with self.search.lock:
            told, seen = self._told(about), self._seen_ways(about)
            return all(
                way in seen or self.search.encoding.solve(self.cube, _held(told, way), MOST_CONFLICTS) for way in ways
            )

    def _told(self, about: About) -> list[Variable]:
        encoding, contenders = self.search.encoding, self.search.contenders
        if about == "best":
            return list(self.search.best)
        then = [encoding.then(contenders, n) for n in range(len(contenders))]
        return [*self.search.best, *then, encoding.stands_out(contenders)]

    def _seen_ways(self, about: About) -> Mapping[Way, int]:
        """Those of the dossiers at hand, with the dossiers."""
        shown, kept = self._seen.shown, self._seen.kept
        columns = shown.best if about == "best" else (*shown.best, *shown.then, shown.stands_out)
        groups = told_apart(columns, kept) if kept else ()
        return {tuple(bool(column & dossiers) for column in columns): dossiers for dossiers in groups}


def _held(variables: list[Variable], way: Way) -> list[Variable]:
    return [variable if holds else -variable for variable, holds in zip(variables, way, strict=True)]


def _otherwise(variables: list[Variable], way: Way) -> list[Variable]:
    """What is not so together."""
    return [-variable for variable in _held(variables, way)]
