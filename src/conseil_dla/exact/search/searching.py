"""The circuit of a base, its clauses, and what is remembered of its dossiers: one ``Search`` serves a base."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from threading import RLock
from typing import Any
from typing import Literal as Word

from conseil_dla.exact.search.circuit import Circuit
from conseil_dla.exact.search.drawing import Coherence, drawn, prior
from conseil_dla.exact.search.draws import Draws
from conseil_dla.exact.search.encoding import Encoding, Variable
from conseil_dla.exact.search.solver import Solver, solver
from conseil_dla.exact.space import Cube

MOST_VARIABLES = 60_000
"""Of clauses that see a question from several answers, before they are made anew."""
About = Word["best", "format", "moment"]
"""Of two dossiers, what is compared: the best formats alone, all that is said of them, the moment."""


@dataclass(slots=True)
class Apart:
    """What was found of one question: whether its answer changes what is said of formats."""

    dossier: list[tuple[int, ...]] | None = None
    """One whose formats change with it: its cells, both of them at the level of the question."""
    never: list[Cube] = field(default_factory=list)
    """Cubes in which it changes nothing, the latest first."""
    left: tuple[Cube, int] | None = None
    """A cube in which the proof was given up, and how many of its levels were open."""


def is_within(cells: tuple[int, ...], larger: tuple[int, ...]) -> bool:
    """Is every cell one of those?"""
    return cells is larger or all(cell in larger for cell in cells)


class Search:
    """The circuit of a base, its clauses, and what was found of the cubes last looked at. One thread at a time."""

    def __init__(self, circuit: Circuit, coherence: Coherence, make: Callable[[], Solver] = solver) -> None:
        self.circuit = circuit
        self._coherence = coherence
        self.contenders = self.circuit.contenders
        self._prior = prior(circuit.space)
        self._make = make
        self.lock = RLock()
        self.encoding = Encoding(circuit, make())
        self._pairs: Encoding | None = None
        self.best = tuple(self.encoding.best(self.contenders, n) for n in range(len(self.contenders)))
        self.known: dict[Cube, Any] = {}
        """What was found of the cubes last looked at; who compares formats keeps it."""
        self.apart: dict[tuple[int, About], Apart] = {}

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
        return drawn(self.circuit, self._coherence, cube, number, Random(repr(cube)), self._prior)

    def named(self, ranks: Iterable[int]) -> frozenset[str]:
        """Formats by their rank."""
        return frozenset(self.contenders[n].format for n in ranks)

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
