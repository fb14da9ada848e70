"""Who proves: python-sat's Glucose where it is installed, else a plain search, slower, with the same answers.

python-sat (MIT) is the maintained door to the solvers that competitions keep honest; it has wheels for the systems
that the project names, but for Windows on ARM, and none for a Python that has just come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from conseil_dla.exact.search.plain import Plain

SLICE = 200
"""Conflicts between two looks at whether to go on: a call holds every other thread meanwhile."""


class Solver(Protocol):
    """Clauses over variables numbered from 1. A literal is a variable, or minus it."""

    name: str
    count: int
    """Variables so far."""
    conflicts: int
    """Of all calls so far: what a search costs, whatever the machine."""

    def variable(self) -> int:
        """A variable more."""

    def add(self, clause: Sequence[int]) -> None:
        """A clause more, for good."""

    def solve(self, assumed: Sequence[int], most: int | None = None) -> bool | None:
        """Is there an assignment in which these literals hold? None after so many conflicts without an answer."""

    def holds(self, literal: int) -> bool:
        """Does a literal hold in what was last found?"""


class Glucose:
    """python-sat's Glucose 4. Making one raises ``ImportError`` where it is not installed."""

    name = "glucose"

    def __init__(self) -> None:
        self._solver = import_module("pysat.solvers").Glucose4()
        self.count = 0
        self.conflicts = 0
        self._model: Sequence[int] = ()

    def variable(self) -> int:
        """As ``Solver`` says."""
        self.count += 1
        return self.count

    def add(self, clause: Sequence[int]) -> None:
        """As ``Solver`` says."""
        self._solver.add_clause(clause)

    def solve(self, assumed: Sequence[int], most: int | None = None) -> bool | None:
        """As ``Solver`` says."""
        spent = 0
        while most is None or spent < most:
            self._solver.conf_budget(SLICE)
            answer: bool | None = self._solver.solve_limited(assumptions=assumed)
            self.conflicts = self._solver.accum_stats()["conflicts"]
            if answer is not None:
                self._model = (self._solver.get_model() or ()) if answer else ()
                return answer
            spent += SLICE
        return None

    def holds(self, literal: int) -> bool:
        """As ``Solver`` says."""
        index = abs(literal) - 1
        value = self._model[index] if index < len(self._model) else -abs(literal)
        return value == literal


def solver() -> Solver:
    """The best that this machine has."""
    try:
        return Glucose()
    except ImportError:
        return Plain()
