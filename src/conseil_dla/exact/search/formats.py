"""What formats can come to in some dossiers: drawn dossiers say *yes*, the solver says *yes* or *no*.

One ``Search`` serves a base; a ``Comparison`` is what it knows of the dossiers of one cube. Whatever a solver could not
settle within its budget is told as still open, never the reverse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from conseil_dla.exact.search.circuit import Contender
from conseil_dla.exact.search.draws import Draws, Shown, told_apart
from conseil_dla.exact.search.encoding import Encoding, Variable
from conseil_dla.exact.search.searching import About, Apart, Search, is_within
from conseil_dla.exact.space import Cube

DRAWN = 512
"""Dossiers drawn in a cube: few outcomes escape them, and they cost a few milliseconds."""
REMEMBERED = 48
"""Cubes of which what was found is kept."""
MOST_CONFLICTS = 2_000
"""Past it a proof that a question changes nothing is given up: a tenth of a second or so."""
ANSWERS_LATER = 4
"""After so many answers more, it is tried again."""
LATEST = 4
"""Of the cubes in which a question was proved to change nothing, those that are remembered."""
MOST_MORE = 12
"""Ways in which formats go together that are found one by one beyond those that dossiers drawn show."""


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
        self._apart: dict[tuple[int, About], bool] = {}

    @cached_property
    def draws(self) -> Draws | None:
        """Dossiers drawn in the cube; None where nothing is coherent."""
        return self.search.draw(self.cube, DRAWN)

    @property
    def _seen(self) -> Known:
        if self._at_hand is not None:
            return self._at_hand
        nobody = (0,) * len(self.search.contenders)
        return Known(self.draws.shown, self.draws.full) if self.draws else Known(Shown(nobody, nobody, 0, 0, 0), 0)

    def _can(self, wanted: Variable, seen: int) -> bool:
        """Is there such a dossier? One of those drawn, or one that the solver finds."""
        if seen & self._seen.kept:
            return True
        with self.search.lock:
            return bool(self.search.solve(self.cube, [wanted]))

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
            going = {
                "": nothing,
                "pas_tel_quel": waits,
                "a_preparer": encoding.all([-nothing, -waits, blocked]),
                "pret": encoding.all([-nothing, -waits, -blocked]),
            }
        return frozenset(moment for moment, wanted in going.items() if self._can(wanted, 0))

    def narrowed(self, level: int, cell: int) -> Comparison:
        """The dossiers of the cube in which a question has one cell; what is drawn here serves there."""
        cube = (*self.cube[:level], (cell,), *self.cube[level + 1 :])
        if cube == self.cube:
            return self
        if (level, cell) not in self._narrower:
            at_hand = Known(*self.draws.changed(level, cell)) if self.draws else None
            self._narrower[level, cell] = Comparison(self.search, cube, at_hand)
        return self._narrower[level, cell]

    def ends(self, about: Iterable[About], together: bool) -> list[object]:
        """What can be, to be held against the ends of other dossiers: one by one, which is quick, or ``together``."""
        if not together:
            return [self.possible, self.best, self.may_stand_out, self.then]
        return [self.moments if each == "moment" else self._together(each) for each in about]

    def _together(self, about: About) -> object:
        """The ways in which the best formats, or all that is said of them, go together.

        Where there are too many, something unlike everything: nobody is then told that nothing changes.
        """
        search, shown = self.search, self._seen.shown
        columns = list(shown.best)
        with search.lock:
            encoding = search.pairs
            told = [encoding.best(search.contenders, n) for n in range(len(search.contenders))]
            if about == "format":
                columns += [*shown.then, shown.stands_out]
                told += [encoding.then(search.contenders, n) for n in range(len(search.contenders))]
                told.append(encoding.stands_out(search.contenders))
            seen = told_apart(columns, self._seen.kept) if self._seen.kept else []
            found = {tuple(bool(column & dossiers) for column in columns) for dossiers in seen}
            most = len(found) + MOST_MORE
            looking = encoding.solver.variable()
            for ways in found:
                encoding.solver.add([-looking, *_otherwise(told, ways)])
            while len(found) <= most and encoding.solve(self.cube, [looking]):
                ways = tuple(map(encoding.solver.holds, told))
                found.add(ways)
                encoding.solver.add([-looking, *_otherwise(told, ways)])
            encoding.solver.add([-looking])
        return object() if len(found) > most else found

    # --- what a question still changes ----------------------------------------------------------------------------

    def depends(self, level: int, about: About = "format") -> bool:
        """Are there two coherent dossiers that differ in this answer alone, and of which the formats differ?"""
        key = level, about
        if key not in self._apart:
            with self.search.lock:
                self._apart[key] = self._found_apart(level, about)
        return self._apart[key]

    def _found_apart(self, level: int, about: About) -> bool:
        """What was found in other cubes serves here: a dossier that is in this one, a proof about a larger one."""
        known = self.search.apart.setdefault((level, about), Apart())
        if known.dossier is not None and all(map(is_within, known.dossier, self.cube)):
            return True
        if any(all(map(is_within, self.cube, larger)) for larger in known.never):
            return False
        if self._seen_apart(level, about, known):
            return True
        if self._is_left(known):
            return True
        same = self._proved_same(level, about)
        if same is None:
            known.left = self.cube, self._open
        elif same:
            known.never = [self.cube, *known.never[: LATEST - 1]]
        return not same

    def _is_left(self, known: Apart) -> bool:
        """Was the proof given up, few answers ago?"""
        if known.left is None or known.left[1] - self._open >= ANSWERS_LATER:
            return False
        return all(map(is_within, self.cube, known.left[0]))

    @cached_property
    def _open(self) -> int:
        return sum(len(allowed) > 1 for allowed in self.cube)

    def _seen_apart(self, level: int, about: About, known: Apart) -> bool:
        """Among those drawn; one of them is remembered."""
        if self.draws is None or about == "moment":
            return False
        before = self.draws.shown
        for cell in self.cube[level]:
            after, kept = self.draws.changed(level, cell)
            pairs = [*zip(before.best, after.best, strict=True)]
            if about == "format":
                pairs += [*zip(before.then, after.then, strict=True), (before.stands_out, after.stands_out)]
            for one, other in pairs:
                if apart := (one ^ other) & kept:
                    dossier = list(self.draws.cells(apart.bit_length() - 1))
                    known.dossier = [(each,) for each in dossier]
                    known.dossier[level] = (dossier[level], cell)
                    return True
        return False

    def _proved_same(self, level: int, about: About) -> bool | None:
        """By the solver, cell by cell; None where it takes too long. Nobody is then told that nothing changes."""
        circuit, pairs = self.search.circuit, self.search.pairs
        ends: dict[tuple[Variable, ...], list[Variable]] = {}
        for cell in self.cube[level]:
            coherent = [pairs.literal(circuit.seen_from(root, level, cell)) for levels, root in
                        circuit.coherent.items() if level in levels]  # fmt: skip
            ends.setdefault((*self._ends(pairs, level, cell, about), *coherent), coherent)
        found = list(ends.items())
        free = not any(level in levels for levels in circuit.coherent)
        spent = pairs.solver.conflicts
        for n, (one, is_one) in enumerate(found[:1] if free else found):
            for other, is_other in found[n + 1 :]:
                for wanted in _apart(pairs, one, other, [*is_one, *is_other]):
                    left = MOST_CONFLICTS - (pairs.solver.conflicts - spent)
                    answer = pairs.solve(self.cube, [wanted], left) if left > 0 else None
                    if answer is not False:
                        return None if answer is None else False
        return True

    def _ends(self, encoding: Encoding, level: int, cell: int, about: About) -> tuple[Variable, ...]:
        """What is compared, seen from one cell of a question: one variable for each thing said of formats."""
        search = self.search
        seen: list[Contender] = [search.circuit.restricted(each, level, cell) for each in search.contenders]
        ranks = [n for n, each in enumerate(search.contenders) if each.format in self.possible]
        if about == "moment":
            blocked = encoding.literal(search.circuit.seen_from(search.circuit.blocked, level, cell))
            waits, nothing = encoding.waits(seen), encoding.nothing(seen)
            return nothing, waits, encoding.all([-nothing, -waits, blocked])
        found = [encoding.best(seen, n) for n in ranks]
        if about == "format":
            found += [encoding.then(seen, n) for n in range(len(seen))] if self.then else []
            found.append(encoding.stands_out(seen))
        return tuple(found)


def _apart(
    encoding: Encoding, one: tuple[Variable, ...], other: tuple[Variable, ...], held: list[Variable]
) -> Iterator[Variable]:
    """The ways for two tuples of ends to differ, while these hold."""
    for a, b in zip(one, other, strict=True):
        for pair in ((a, -b), (-a, b)) if a != b else ():
            wanted = encoding.all([*pair, *held])
            if wanted != -encoding.true:
                yield wanted


def _otherwise(variables: list[Variable], ways: tuple[bool, ...]) -> list[Variable]:
    """What is not so together."""
    return [-variable if holds else variable for variable, holds in zip(variables, ways, strict=True)]
