"""The circuit of a base, its clauses, and what is remembered of its dossiers: one ``Search`` serves a base."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from random import Random
from threading import RLock
from typing import Any

from conseil_dla.exact.search.circuit import Circuit
from conseil_dla.exact.search.drawing import Coherence, drawn, prior
from conseil_dla.exact.search.draws import Draws, one_cell
from conseil_dla.exact.search.encoding import Encoding, Variable
from conseil_dla.exact.search.played import About, Found, Played
from conseil_dla.exact.search.solver import Solver, solver
from conseil_dla.exact.space import Cube

MOST_VARIABLES = 60_000
"""Of clauses that see a question from several answers, before they are made anew."""
EARLIER = 12
"""Bundles of dossiers that are kept from one cube to the next."""
Proves = Callable[[], bool]
"""May a proof be begun now? What none is begun of stays open: told to count still, and proved later."""


def at_once() -> bool:
    """Every proof is begun as it is needed."""
    return True


def is_within(cells: tuple[int, ...], larger: tuple[int, ...]) -> bool:
    """Is every cell one of those?"""
    return cells is larger or all(cell in larger for cell in cells)


class Search:
    """The circuit of a base, its clauses, and what was found of the cubes last looked at. One thread at a time."""

    def __init__(self, circuit: Circuit, coherence: Coherence, make: Callable[[], Solver] = solver) -> None:
        self.circuit = circuit
        self.coherence = coherence
        self.contenders = self.circuit.contenders
        self._prior = prior(circuit.space)
        self._make = make
        self.none = Draws(circuit, [one_cell(circuit, level, 0, 0) for level in range(len(circuit.space.cells))], 0)
        """No dossier at all."""
        self.lock = RLock()
        self.encoding = Encoding(circuit, make())
        self._pairs: Encoding | None = None
        self.best = tuple(self.encoding.best(self.contenders, n) for n in range(len(self.contenders)))
        self.known: dict[Cube, Any] = {}
        """What was found of the cubes last looked at; who compares formats keeps it."""
        self.never: dict[tuple[int, About], list[Cube]] = {}
        """By level, the cubes in which its question was proved to change nothing, the latest first."""
        self.played: deque[Played] = deque(maxlen=EARLIER)
        self._found = Found(circuit)
        self.bearing: frozenset[int] | None = None
        """Levels that formats depend on; None until ``apart.bearing`` has looked."""

    @property
    def pairs(self) -> Encoding:
        """The clauses of dossiers seen from several answers to a question: apart, since they would slow the others.

        Made anew when there are many: each question adds some.
        """
        if self._pairs is None or self._pairs.solver.count > MOST_VARIABLES:
            self._pairs = self.fresh()
        return self._pairs

    def fresh(self) -> Encoding:
        """Clauses of one's own."""
        return Encoding(self.circuit, self._make())

    def draw(self, cube: Cube, number: int) -> Draws | None:
        """So many coherent dossiers of a cube by their prior, the same ones for the same cube; None without any."""
        return drawn(self.circuit, self.coherence, cube, number, Random(repr(cube)), self._prior)

    def named(self, ranks: Iterable[int]) -> frozenset[str]:
        """Formats by their rank."""
        return frozenset(self.contenders[n].format for n in ranks)

    def remember(self, dossier: Sequence[int]) -> None:
        """A dossier that the solver found, as its cell at each level: what it shows may serve in other cubes."""
        self._found.add(dossier)

    def kept(self, played: Played | None) -> Played | None:
        """The same, for the cubes to come."""
        if played is not None:
            self.played.appendleft(played)
        return played

    def remembered(self, cube: Cube, others: Draws) -> Played | None:
        """Those found, with the answers of a cube."""
        return self._found.moved(cube, others)

    def one(self, cube: Cube) -> frozenset[str] | None:
        """The best formats of some coherent dossier of a cube; None where there is none."""
        if not self.solve(cube, []):
            return None
        return self.named(n for n, best in enumerate(self.best) if self.encoding.solver.holds(best))

    def always(self, cube: Cube, formats: frozenset[str]) -> bool:
        """Are these the best formats in every coherent dossier of a cube?"""
        told = zip(self.contenders, self.best, strict=True)
        these = self.encoding.all(best if each.format in formats else -best for each, best in told)
        return not self.solve(cube, [-these])

    def shows(self, usual: Cube, general: Cube, formats: frozenset[str]) -> bool:
        """Are these the best in all usual dossiers? In all of them, where none is usual."""
        with self.lock:
            return self.always(usual if self.solve(usual, []) else general, formats)

    def solve(self, cube: Cube, wanted: Iterable[Variable]) -> bool:
        """Does some coherent dossier of a cube have all these?"""
        return bool(self.encoding.solve(cube, wanted))
