"""Dossiers kept from one cube to the next, and the questions that were seen to change what formats come to in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from random import Random
from typing import Literal as Word

from conseil_dla.exact.search.circuit import Circuit
from conseil_dla.exact.search.draws import Columns, Draws, one_cell
from conseil_dla.exact.space import Cube, always_and_ever

About = Word["best", "format", "moment"]
"""Of two dossiers, what is compared: the best formats alone, all that is said of them, the moment."""
FOUND = 128
"""Dossiers of a solver that are kept, the latest."""
MIXED = 15
"""Times that each is looked at with some answers changed: formats change near it rather than there."""


class Played:
    """Some dossiers, ``kept`` those that are coherent; for each question looked at, those that its answer changes."""

    def __init__(self, draws: Draws, kept: int) -> None:
        self.draws = draws
        self.kept = kept
        self._changing: dict[tuple[int, About], list[tuple[int, int]]] = {}
        """By level, cells that change formats, and the dossiers in which they do."""
        self._fitting: tuple[Cube, int] = ((), 0)

    def look(self, level: int, about: About, cube: Cube) -> bool:
        """Does giving all of them another answer of the cube change formats in one?"""
        before = self.draws.shown
        for cell in cube[level]:
            after, coherent = self.draws.changed(level, cell)
            changed = 0
            for one, other in zip(before.best, after.best, strict=True):
                changed |= one ^ other
            if about == "format":
                for one, other in zip(before.then, after.then, strict=True):
                    changed |= one ^ other
                changed |= before.stands_out ^ after.stands_out
            changed &= coherent & self.kept
            if changed:
                self._changing.setdefault((level, about), []).append((cell, changed))
                return True
        return False

    def shows(self, level: int, about: About, cube: Cube) -> bool:
        """Was a change seen that is also one of this cube?"""
        changing = self._changing.get((level, about))
        if changing is None:
            return False
        if self._fitting[0] is not cube:
            self._fitting = cube, self.kept & self.draws.within(cube)
        fitting = self._fitting[1]
        return bool(fitting) and any(fitting & dossiers and cell in cube[level] for cell, dossiers in changing)


class Found:
    """Dossiers that a solver found, the latest ``FOUND``: few are ever drawn, and formats change near them."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._count = 0
        self._columns: Columns = [one_cell(circuit, level, 0, 0) for level in range(len(circuit.space.cells))]

    def add(self, dossier: Sequence[int]) -> None:
        """One more, as its cell at each level."""
        bit = 1 << self._count % FOUND
        for level, (columns, cell) in enumerate(zip(self._columns, dossier, strict=True)):
            ticked = self.circuit.is_ticked(level)
            for n in range(len(columns)):
                has = cell >> n & 1 if ticked else cell == n
                columns[n] = columns[n] | bit if has else columns[n] & ~bit
        self._count += 1

    def moved(self, cube: Cube, others: Draws) -> Played | None:
        """All of them with the answers of a cube, and ``MIXED`` times more with some answers of others that are in it.

        None where none stays coherent.
        """
        number = min(self._count, FOUND)
        if not number:
            return None
        once, full = (1 << number) - 1, (1 << number * (MIXED + 1)) - 1
        chance = Random(repr(cube))
        columns = []
        for level, allowed in enumerate(cube):
            found = [column * (full // once) for column in self._moved(level, cube, once)]
            if len(allowed) > 1:
                mixed = _one_in_eight(full, chance) & ~once
                found = [
                    column & ~mixed | _repeated(other, others.number, full) & mixed
                    for column, other in zip(found, others.columns[level], strict=True)
                ]
            columns.append(found)
        draws = Draws(self.circuit, columns, number * (MIXED + 1))
        kept = full
        for coherent in self.circuit.coherent.values():
            kept &= draws.value(coherent)
        return Played(draws, kept) if kept else None

    def _moved(self, level: int, cube: Cube, full: int) -> list[int]:
        allowed, columns = cube[level], self._columns[level]
        if len(allowed) == 1:
            return one_cell(self.circuit, level, allowed[0], full)
        if len(allowed) == len(self.circuit.space.cells[level]):
            return list(columns)
        if self.circuit.is_ticked(level):
            always, ever = always_and_ever(allowed)
            return [full if always >> n & 1 else column if ever >> n & 1 else 0 for n, column in enumerate(columns)]
        kept = [column if n in allowed else 0 for n, column in enumerate(columns)]
        kept[allowed[0]] |= full & ~reduce(or_, kept)
        return kept


def _one_in_eight(full: int, chance: Random) -> int:
    bits = full.bit_length()
    return chance.getrandbits(bits) & chance.getrandbits(bits) & chance.getrandbits(bits)


def _repeated(column: int, number: int, full: int) -> int:
    """A column over and over, for more dossiers."""
    while number < full.bit_length():
        column, number = column | column << number, 2 * number
    return column & full
