"""What becomes of formats and of the moment from one version of the rules to another, where no chart compares them.

Both versions are one circuit, and clauses of one solver: what means the same in both is the same variable. Which ends
go to which is proved; how often is estimated on dossiers drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from random import Random
from typing import Any

from conseil_dla.exact.search.circuit import Circuit, Literal
from conseil_dla.exact.search.drawing import Coherence, drawn
from conseil_dla.exact.search.draws import Draws, one_cell, told_apart
from conseil_dla.exact.search.encoding import Encoding, Variable
from conseil_dla.exact.search.ends import Ends, Ways
from conseil_dla.exact.search.solver import Solver, solver
from conseil_dla.exact.search.standing import DRAWN, margin
from conseil_dla.exact.search.witnesses import Path, first_dossier, spared
from conseil_dla.exact.space import Cube, Space
from conseil_dla.rules.model import Logic

MOST = 60
"""Pairs of ends past which not all are looked for: each needs its witness."""
OFTEN = 24
"""Of those that are too many, the most frequent, which are told."""
ENOUGH = 12
"""Of a change so rare that dossiers drawn show fewer ways, those that are looked for all the same."""
MOST_CONFLICTS = 20_000
"""Past it the proof that no other pair is left is given up: a second or two."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Dossiers of which an end goes to another."""

    before: Any
    after: Any
    share: float
    """Of all combinations of answers, about; 0 where no dossier drawn shows it."""
    margin: float
    """How far the share may be from the truth, nineteen times in twenty."""
    path: Path
    """Answers that make it certain."""


@dataclass(frozen=True, slots=True)
class Passages:
    """All of one conclusion, or some and what they leave."""

    told: tuple[Passage, ...]
    """The most frequent first."""
    rest: tuple[float, float] | None
    """Where others may be, their share and its margin; None where it is proved that there are none."""


@dataclass(frozen=True, slots=True)
class Common:
    """What two versions have in common."""

    space: Space
    both: Coherence
    """What dossiers that both take weigh."""
    alike: bool
    """They take the same."""
    sizes: list[list[int]]
    """By level, how many answers each cell stands for."""
    first: Sequence[Sequence[int]]
    """By level, the order in which cells are tried for a witness."""


class Moving:
    """Two versions, side by side."""

    def __init__(self, before: Logic, after: Logic, common: Common, make: Callable[[], Solver] = solver) -> None:
        former = Circuit(before, common.space)
        self.sides = former, Circuit(after, common.space, former)
        self.common = common
        self.everything: Cube = tuple(tuple(range(len(cells))) for cells in common.space.cells)
        one, other = (frozenset(each.coherent.values()) for each in self.sides)
        self._kept = one | other if common.alike else one & other
        """Coherence without which neither version takes a dossier."""
        self._taking = tuple(sorted(each - self._kept) for each in (one, other))
        """What else each of them asks for."""
        encoding = self.encoding = Encoding(self.sides[1], make(), sorted(self._kept))
        taken = [encoding.all(map(encoding.literal, each)) for each in self._taking]
        self._both, self._either = encoding.all(taken), encoding.any(taken)

    @cached_property
    def _drawn(self) -> tuple[Draws, ...]:
        """The same dossiers, as each version has them; none where nothing is coherent in both."""
        former, circuit = self.sides
        chance = Random(repr(self.everything))
        found = drawn(circuit, self.common.both, self.everything, DRAWN, chance, self.common.sizes)
        return () if found is None else (Draws(former, found.columns, found.number), found)

    def passages(self, ends: Ends, progress: Callable[[int, int], None] = lambda done, whole: None) -> Passages:
        """Every way for an end to become another, with a witness each; ``progress`` counts the witnesses."""
        columns = [column for draws in self._drawn for column in ends.shown(draws)]
        if not columns:
            return Passages((), None)
        half, moved = len(columns) // 2, 0
        for one, other in zip(columns[:half], columns[half:], strict=True):
            moved |= one ^ other
        shown = {tuple(bool(column & some) for column in columns): some for some in told_apart(columns, moved) if some}
        looking = _Looking(self.encoding, [part for side in self.sides for part in ends.told(self.encoding, side)])
        looking.apart = self.encoding.all([self._both, looking.apart])
        levels = self._levels(ends)

        def order(ways: Ways) -> tuple[int, Ways]:
            return -shown.get(ways, 0).bit_count(), ways

        often = sorted(shown, key=order)
        every = looking.every(often)
        chosen = often[:OFTEN] if every is None else sorted(every, key=order)
        if every is None:
            chosen += looking.first(chosen, self.common.first, levels)
        passages = []
        for done, ways in enumerate(chosen):
            progress(done, len(chosen))
            some = shown.get(ways, 0)
            path = self._witness(ends, ways, looking.told, levels)
            passages.append(Passage(ends.end(ways[:half]), ends.end(ways[half:]), *_about(some), path))
            moved &= ~some
        return Passages(tuple(passages), None if every is not None else _about(moved))

    def _levels(self, ends: Ends) -> Sequence[int]:
        """What witnesses answer: all that either version reads, and coherence that bears on it, however far."""
        found = 0
        groups = []
        for circuit in self.sides:
            found |= ends.read(circuit)
            for levels, literal in circuit.coherent.items():
                groups.append(sum(1 << level for level in levels))
                found |= 0 if literal in self._kept else groups[-1]
        before = -1
        while found != before:
            before = found
            for group in groups:
                found |= group if group & found else 0
        return [level for level in range(len(self.everything)) if found >> level & 1]

    def _witness(self, ends: Ends, ways: Ways, told: Sequence[Variable], levels: Sequence[int]) -> Path:
        """Answers with which both versions take the dossier, or neither does, and what is told goes so."""
        encoding = self.encoding
        wanted = encoding.all([self._both, *_held(told, ways)])
        path = first_dossier(encoding, self.common.first, wanted, levels)
        asked, needed = self._played(ends, ways, path)
        return spared(encoding, asked, encoding.any([wanted, -self._either]), needed)

    def _played(self, ends: Ends, ways: Ways, path: Path) -> tuple[Path, frozenset[int]]:
        """What of a dossier some version asks; then levels of which another answer alone already makes it something
        else: these cannot be spared."""
        circuit = self.sides[1]
        flips = [(level, other) for level, cell in path.items() for other in _others(circuit, level, cell)]
        itself = 1 << len(flips)
        full = 2 * itself - 1
        columns = [one_cell(circuit, level, path.get(level, 0), full) for level in range(len(self.everything))]
        for n, (level, other) in enumerate(flips):
            there = one_cell(circuit, level, other, 1 << n)
            columns[level] = [column & ~(1 << n) | bit for column, bit in zip(columns[level], there, strict=True)]
        played = [Draws(side, columns, len(flips) + 1) for side in self.sides]
        asked = {draws.circuit.space.level[id] for draws in played
                 for id, literal in draws.circuit.applies.items() if draws.value(literal) & itself}  # fmt: skip
        same = full
        for column, holds in zip([each for draws in played for each in ends.shown(draws)], ways, strict=True):
            same &= column if holds else ~column

        def taking(literals: Iterable[Literal]) -> int:
            return reduce(and_, map(played[1].value, literals), full)

        one, other = map(taking, self._taking)
        bearing = sum(1 << level for level in path)
        kept = taking(literal for literal in self._kept if circuit.levels[abs(literal)] & bearing)
        other_way = kept & (one | other) & ~(same & one & other)
        needed = frozenset(level for n, (level, _) in enumerate(flips) if other_way & 1 << n)
        return {level: cell for level, cell in path.items() if level in asked}, needed


class _Looking:
    """Dossiers of which what is told differs from one version to the other, way by way."""

    def __init__(self, encoding: Encoding, told: Sequence[Variable]) -> None:
        self.encoding, self.told = encoding, told
        half = len(told) // 2
        self.apart = encoding.any(
            encoding.all(pair)
            for one, other in zip(told[:half], told[half:], strict=True)
            for pair in ((one, -other), (-one, other))
        )

    def every(self, shown: Sequence[Ways]) -> set[Ways] | None:
        """All the ways there are; None past ``MOST``, or where the proof was given up."""
        found = set(shown)
        if len(found) > MOST:
            return None
        solver, beyond = self.encoding.solver, self._beyond(shown)
        spent = solver.conflicts
        while len(found) <= MOST and (left := MOST_CONFLICTS - (solver.conflicts - spent)) > 0:
            answer = solver.solve([beyond, self.apart], left)
            if not answer:
                return None if answer is None else found
            found.add(ways := self._seen())
            self._block(beyond, ways)
        return None

    def first(self, shown: Sequence[Ways], first: Sequence[Sequence[int]], levels: Sequence[int]) -> list[Ways]:
        """Beyond these, up to ``ENOUGH`` in all: those of the first dossiers, whatever the solver."""
        solver, beyond = self.encoding.solver, self._beyond(shown)
        found: list[Ways] = []
        while len(shown) + len(found) < ENOUGH and solver.solve([beyond, self.apart], MOST_CONFLICTS):
            wanted = self.encoding.all([beyond, self.apart])
            dossier = first_dossier(self.encoding, first, wanted, levels)
            solver.solve([part for level, cell in dossier.items() for part in self.encoding.among(level, (cell,))])
            found.append(self._seen())
            self._block(beyond, found[-1])
        return found

    def _beyond(self, shown: Sequence[Ways]) -> Variable:
        """Where nothing that is told goes as here."""
        beyond = self.encoding.solver.variable()
        for ways in shown:
            self._block(beyond, ways)
        return beyond

    def _block(self, beyond: Variable, ways: Ways) -> None:
        self.encoding.solver.add([-beyond, *(-part for part in _held(self.told, ways))])

    def _seen(self) -> Ways:
        return tuple(map(self.encoding.solver.holds, self.told))


def _about(dossiers: int) -> tuple[float, float]:
    """Their share and its margin."""
    share = dossiers.bit_count() / DRAWN
    return share, margin(share, DRAWN)


def _held(told: Sequence[Variable], ways: Ways) -> Iterator[Variable]:
    return (part if holds else -part for part, holds in zip(told, ways, strict=True))


def _others(circuit: Circuit, level: int, cell: int) -> Iterator[int]:
    """The other cells of a level; of a ``plusieurs``, those with one class more or less."""
    if circuit.is_ticked(level):
        yield from (cell ^ 1 << n for n in range(len(circuit.space.classes(circuit.space.order[level]))))
    else:
        yield from (other for other in range(len(circuit.space.cells[level])) if other != cell)
