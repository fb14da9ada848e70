"""Dossiers drawn at random: coherent ones, each cell by its weight, a column at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from conseil_dla.exact.diagram import Diagrams
from conseil_dla.exact.search.circuit import Circuit
from conseil_dla.exact.search.draws import Columns, Draws, one_cell
from conseil_dla.exact.space import Cube, Space

ONE = ord("1")
FEW = 40
"""Cells up to which dossiers are shared out column by column; past it, one by one is quicker."""


@dataclass(frozen=True, slots=True)
class Coherence:
    """Diagrams of what is coherent, with the levels that each draws on.

    Instead of yes and no, ends may be what such dossiers weigh.
    """

    diagrams: Diagrams
    roots: Mapping[int, frozenset[int]]


Weights = Sequence[Sequence[float]]
"""By level, what each cell weighs."""


def prior(space: Space) -> Weights:
    """Cells by their share of the question's prior."""
    return [[cell.weight for cell in cells] for cells in space.cells]


def drawn(
    circuit: Circuit, coherence: Coherence, cube: Cube, number: int, chance: Random, weights: Weights
) -> Draws | None:
    """So many coherent dossiers of a cube, each cell by its weight among those allowed; None where there is none."""
    columns: Columns = [[] for _ in cube]
    bound: set[int] = set()
    for root, levels in coherence.roots.items():
        found = _coherent(coherence.diagrams, weights, cube, root, number, chance)
        if found is None:
            return None
        bound |= levels & found.keys()
        for level, cells in found.items():
            columns[level] = _columns(circuit, level, cells)
    full = (1 << number) - 1
    for level, allowed in enumerate(cube):
        if level in bound:
            continue
        if len(allowed) == 1:
            columns[level] = one_cell(circuit, level, allowed[0], full)
            continue
        shares = [weights[level][cell] for cell in allowed]
        if len(allowed) > FEW:
            columns[level] = _columns(circuit, level, chance.choices(allowed, shares, k=number))
        else:
            held = dict(zip(allowed, _shared_out(shares, number, chance), strict=True))
            columns[level] = _by_cell(circuit, level, held)
    return Draws(circuit, columns, number)


def _coherent(
    diagrams: Diagrams, weights: Weights, cube: Cube, root: int, number: int, chance: Random
) -> dict[int, list[int]] | None:
    """Cells drawn at the levels that a group of coherence rules looks at; None where nothing is coherent."""
    known: dict[int, float] = {}

    def mass(node: int) -> float:
        """The share of what is coherent below a node."""
        if diagrams.bits[node]:
            return float(diagrams.values[node])
        if node not in known:
            level = diagrams.levels[node]
            total = sum(weights[level][cell] for cell in cube[level])
            parts = (weights[level][cell] * mass(diagrams.children[node][cell]) for cell in cube[level])
            known[node] = sum(parts) / total
        return known[node]

    if not mass(root):
        return None
    found: dict[int, list[int]] = {}
    waiting = [(root, list(range(number)))]
    while waiting:
        node, places = waiting.pop()
        if diagrams.bits[node]:
            continue
        level = diagrams.levels[node]
        shares = [weights[level][cell] * mass(diagrams.children[node][cell]) for cell in cube[level]]
        below: dict[int, list[int]] = {}
        at_level = found.setdefault(level, [-1] * number)
        for place, cell in zip(places, chance.choices(cube[level], shares, k=len(places)), strict=True):
            at_level[place] = cell
            below.setdefault(diagrams.children[node][cell], []).append(place)
        waiting += below.items()
    for level, drawn_cells in found.items():
        shares = [weights[level][cell] for cell in cube[level]]
        free = [place for place, cell in enumerate(drawn_cells) if cell < 0]
        for place, cell in zip(free, chance.choices(cube[level], shares, k=len(free)), strict=True):
            drawn_cells[place] = cell
    return found


def _columns(circuit: Circuit, level: int, cells: Sequence[int]) -> list[int]:
    """The columns of a level, out of the cell of each dossier."""
    marks: dict[int, bytearray] = {}
    for place, cell in enumerate(reversed(cells)):
        if cell not in marks:
            marks[cell] = bytearray(b"0" * len(cells))
        marks[cell][place] = ONE
    return _by_cell(circuit, level, {cell: int(told, 2) for cell, told in marks.items()})


def _by_cell(circuit: Circuit, level: int, held: Mapping[int, int]) -> list[int]:
    """The columns of a level, out of the dossiers that have each cell."""
    if not circuit.is_ticked(level):
        return [held.get(n, 0) for n in range(len(circuit.space.cells[level]))]
    columns = [0] * len(circuit.space.classes(circuit.space.order[level]))
    for cell, dossiers in held.items():
        for n in range(len(columns)):
            if cell >> n & 1:
                columns[n] |= dossiers
    return columns


def _shared_out(weights: Sequence[float], number: int, chance: Random) -> Iterator[int]:
    """For each weight the dossiers that get its cell, every dossier getting one."""
    left, whole = (1 << number) - 1, sum(weights)
    for n, weight in enumerate(weights):
        share = 1.0 if n == len(weights) - 1 or whole <= 0 else min(1.0, weight / whole)
        taken = left & _some(share, number, chance)
        yield taken
        left &= ~taken
        whole -= weight


def _some(share: float, number: int, chance: Random) -> int:
    """Dossiers each drawn with this chance, rounded to a fraction of one dossier."""
    places = number.bit_length()
    digits = round(share * (1 << places))
    if digits >= 1 << places:
        return (1 << number) - 1
    found = 0
    for n in range(places):
        drawn_bits = chance.getrandbits(number)
        found = found | drawn_bits if digits >> n & 1 else found & drawn_bits
    return found
