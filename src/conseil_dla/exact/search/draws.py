"""Dossiers drawn by the thousand, and what becomes of all of them at once: a column is one integer, a bit a dossier.

What some drawn dossier shows is possible, with that dossier for a witness. What none shows may be possible all the
same: only a solver can tell. Sums of reasons are counters of whole columns (carry-save, bit by bit), formats are
compared by striking out, from the heaviest bit down, those that lack what another has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, reduce
from itertools import accumulate
from math import log, log2
from operator import or_

from conseil_dla.exact.search.circuit import All, Cell, Circuit, Contender, Literal
from conseil_dla.exact.space import Cube, always_and_ever
from conseil_dla.rules.model import FORCES

Columns = list[list[int]]
"""By level, by cell (by class of options for a ``plusieurs``): the dossiers that have it."""


class Shown:
    """What becomes of the formats, by their rank among contenders: the dossiers of which each is true.

    Worked out as it is asked for: mostly the best formats alone are.
    """

    def __init__(self, tallies: _Tallies, worth: Sequence[Sequence[int]], standing: Sequence[int]) -> None:
        self._tallies = tallies
        self._worth = worth
        self._standing = standing
        self.best, self._heaviest = _best(worth, standing)

    @cached_property
    def then(self) -> Sequence[int]:
        """Best among those that are not preparatory, where one that is wins or ties."""
        waits, contenders = self.waits, self._tallies.circuit.contenders
        if not waits:
            return [0] * len(contenders)
        others = [0 if each.preparatory else one for each, one in zip(contenders, self._standing, strict=True)]
        return [column & waits for column in _best(self._worth, others)[0]]

    @cached_property
    def stands_out(self) -> int:
        """The best are worth more than no reason at all."""
        return self._tallies.above(self._heaviest) & ~self.nothing

    @property
    def waits(self) -> int:
        """A preparatory format is among the best."""
        contenders = self._tallies.circuit.contenders
        return _either(best for each, best in zip(contenders, self.best, strict=True) if each.preparatory)

    @property
    def nothing(self) -> int:
        """Every format is out."""
        return self._tallies.full & ~_either(self._standing)


class Draws:
    """Some dossiers, and what the circuit makes of them. Those drawn are coherent; changes played may not be."""

    def __init__(self, circuit: Circuit, columns: Columns, number: int) -> None:
        self.circuit = circuit
        self.columns = columns
        self.number = number
        self.full = (1 << number) - 1
        self.values = [self.full] * circuit.size
        for gate in range(2, circuit.size):
            self.values[gate] = self._valued(gate, self.values, columns)
        self._tallies = _Tallies(circuit, self.full, circuit.contenders)
        self._worth = [self._tallies.worth(each, self.value) for each in circuit.contenders]
        self.shown = Shown(self._tallies, self._worth, [self.value(-each.out) for each in circuit.contenders])

    def value(self, literal: Literal) -> int:
        """The dossiers in which a literal holds."""
        for gate in range(len(self.values), abs(literal) + 1):
            self.values.append(self._valued(gate, self.values, self.columns))
        return self.values[literal] if literal > 0 else self.full ^ self.values[-literal]

    def cells(self, position: int) -> tuple[int, ...]:
        """One dossier, as its cell at each level."""
        bit = 1 << position
        found = []
        for level, columns in enumerate(self.columns):
            held = [n for n, column in enumerate(columns) if column & bit]
            found.append(sum(1 << n for n in held) if self.circuit.is_ticked(level) else held[0])
        return tuple(found)

    def within(self, cube: Cube) -> int:
        """Those that are in a cube."""
        found = self.full
        for level, allowed in enumerate(cube):
            if not found:
                break
            if len(allowed) < len(self.circuit.space.cells[level]):
                found &= self.having(level, allowed)
        return found

    def having(self, level: int, allowed: Sequence[int]) -> int:
        """Those that have one of these cells at a level."""
        columns = self.columns[level]
        if not self.circuit.is_ticked(level):
            return _either(columns[cell] for cell in allowed)
        found = self.full
        always, ever = always_and_ever(allowed)
        for n, column in enumerate(columns):
            if always >> n & 1:
                found &= column
            elif not ever >> n & 1:
                found &= ~column
        return found

    def changed(self, level: int, cell: int) -> tuple[Shown, int]:
        """What becomes of the formats when every dossier takes another cell; the dossiers that stay coherent."""
        circuit, values = self.circuit, list(self.values)
        columns = list(self.columns)
        columns[level] = one_cell(circuit, level, cell, self.full)
        for gate in circuit.cone(level):
            values[gate] = self._valued(gate, values, columns)

        def value(literal: Literal) -> int:
            return values[literal] if literal > 0 else self.full ^ values[-literal]

        worth = list(self._worth)
        for n, rank, part in circuit.reasons(level):
            before, after = self.value(part), value(part)
            if before != after:
                worth[n] = self._tallies.moved(worth[n], rank, after & ~before, before & ~after)
        kept = self.full
        for levels, coherent in circuit.coherent.items():
            if level in levels:
                kept &= value(coherent)
        return Shown(self._tallies, worth, [value(-each.out) for each in circuit.contenders]), kept

    def order(self, one: Contender, other: Contender) -> tuple[int, int]:
        """The dossiers in which one is worth more than the other, and less; what is out is not looked at."""
        more, less = 0, 0
        tallies = _Tallies(self.circuit, self.full, (one, other))
        for a, b in zip(*(tallies.worth(each, self.value) for each in (one, other)), strict=True):
            equal = self.full & ~(more | less)
            more, less = more | equal & a & ~b, less | equal & b & ~a
        return more, less

    @property
    def decided(self) -> tuple[int, ...]:
        """For each force of ``FORCES``, the dossiers in which it leaves the best format before the second.

        A format that stands alone is told with the first force; a tie with none.
        """
        circuit, best = self.circuit, self.shown.best
        standing = [self.full ^ self.value(each.out) for each in circuit.contenders]
        once = twice = 0
        for column in best:
            once, twice = once | column, twice | once & column
        others = [column & ~first for column, first in zip(standing, best, strict=True)]
        heaviest = _best(self._worth, standing)[1]
        second = _best(self._worth, others)[1]
        some = 0
        for column in others:
            some |= column
        left = once & ~twice
        found = []
        place = 0
        for rank, width in enumerate(self._tallies.widths):
            apart = left & ~some if rank == 0 else 0
            for n in range(place, place + width):
                apart |= left & (heaviest[n] ^ second[n])
            place += width
            found.append(apart)
            left &= ~apart
        return tuple(found)

    def _valued(self, gate: int, values: list[int], columns: Columns) -> int:
        full = self.full
        match self.circuit.gates[gate]:
            case Cell(level, number):
                return columns[level][number]
            case All(parts):
                found = full
                for part in parts:
                    found &= values[part] if part > 0 else full ^ values[-part]
                    if not found:
                        break
                return found
            case several:
                reached = [full, *([0] * several.count)]
                for part in several.parts:
                    value = values[part] if part > 0 else full ^ values[-part]
                    for n in range(several.count, 0, -1):
                        reached[n] |= reached[n - 1] & value
                return reached[-1]


def _best(worth: Sequence[Sequence[int]], standing: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where each is among the heaviest of those that stand, and the bits of the heaviest."""
    left = list(standing)
    heaviest = []
    for bits in zip(*worth, strict=True):
        some = 0
        for column, bit in zip(left, bits, strict=True):
            some |= column & bit
        heaviest.append(some)
        left = [column & (bit | ~some) for column, bit in zip(left, bits, strict=True)]
    return left, heaviest


class _Tallies:
    """Reasons for minus reasons against, force by force, as one number of several bits, the heaviest first."""

    def __init__(self, circuit: Circuit, full: int, contenders: Sequence[Contender]) -> None:
        self.circuit = circuit
        self.full = full
        self.shift = [max((len(each.cons[rank]) for each in contenders), default=0) for rank in range(len(FORCES))]
        """What is added at each force, so that no number is negative."""
        most = [max((len(each.pros[rank]) for each in contenders), default=0) for rank in range(len(FORCES))]
        self.widths = [(some + shift).bit_length() for some, shift in zip(most, self.shift, strict=True)]
        self._ends = list(accumulate(self.widths))

    def worth(self, contender: Contender, value: Callable[[Literal], int]) -> list[int]:
        found: list[int] = []
        for rank, width in enumerate(self.widths):
            pros, cons = contender.pros[rank], contender.cons[rank]
            start = self.shift[rank] - len(cons)
            bits = [self.full if start >> n & 1 else 0 for n in range(width)]
            for part in (*pros, *(-part for part in cons)):
                carried = value(part)
                for n in range(width):
                    if not carried:
                        break
                    bits[n], carried = bits[n] ^ carried, bits[n] & carried
            found += reversed(bits)
        return found

    def moved(self, worth: Sequence[int], rank: int, more: int, fewer: int) -> list[int]:
        """With a reason more at a force in some dossiers, and a reason fewer in others."""
        found = list(worth)
        for n in range(self._ends[rank] - 1, self._ends[rank] - self.widths[rank] - 1, -1):
            if not more | fewer:
                break
            bit = found[n]
            found[n], more, fewer = bit ^ more ^ fewer, bit & more, fewer & ~bit
        return found

    def above(self, heaviest: Sequence[int]) -> int:
        """Where a number is more than no reason at all."""
        nothing = [shift >> n & 1 for shift, width in zip(self.shift, self.widths, strict=True)
                   for n in reversed(range(width))]  # fmt: skip
        more, equal = 0, self.full
        for bit, wanted in zip(heaviest, nothing, strict=True):
            if wanted:
                equal &= bit
            else:
                more |= equal & bit
                equal &= ~bit
        return more


def _either(columns: Iterable[int]) -> int:
    return reduce(or_, columns, 0)


def one_cell(circuit: Circuit, level: int, cell: int, full: int) -> list[int]:
    """The columns of a level at which every dossier has the same cell."""
    if circuit.is_ticked(level):
        classes = circuit.space.classes(circuit.space.order[level])
        return [full if cell >> n & 1 else 0 for n in range(len(classes))]
    return [full if n == cell else 0 for n in range(len(circuit.space.cells[level]))]


DECIMALS = 9
"""As for what is exact, so that the order of sums changes nothing."""


def estimated(draws: Draws, cube: Cube) -> Mapping[int, float]:
    """By level, about how much knowing that question tells, in bits, less what chance alone would show.

    Source of the correction: G. Miller, "Note on the bias of information estimates", 1955. Questions that nothing is
    drawn from are left out, and those that tell nothing have 0.
    """
    classes = told_apart(draws.shown.best, draws.full)
    if len(classes) < 2:
        return {}
    return {
        level: _shared(told_apart(draws.columns[level], draws.full), classes, draws.number)
        for level, allowed in enumerate(cube)
        if len(allowed) > 1 and draws.circuit.reads(level)
    }


def told_apart(columns: Iterable[int], full: int) -> list[int]:
    """Dossiers that no column tells apart."""
    found = [full]
    for column in columns:
        found = [part for whole in found for part in (whole & column, whole & ~column) if part]
    return found


def _shared(rows: list[int], columns: list[int], number: int) -> float:
    """What rows tell of columns, in bits, corrected for the size of the sample; never below 0."""
    told, pairs = 0.0, 0
    for row in rows:
        for column in columns:
            both = (row & column).bit_count()
            if both:
                pairs += 1
                told += both / number * log2(both * number / (row.bit_count() * column.bit_count()))
    chance = (pairs - len(rows) - len(columns) + 1) / (2 * number * log(2))
    return round(max(told - chance, 0.0), DECIMALS)
