"""The circuit as clauses: gates by the usual equivalences, sums of reasons as totalizers, formats compared by Lexi.

Sources: G. Tseitin, "On the Complexity of Derivation in Propositional Calculus", 1968; O. Bailleux, Y. Boufkhad,
"Efficient CNF Encoding of Boolean Cardinality Constraints", CP 2003. Equal parts are encoded once, so that a question
seen from two answers adds only what the answers change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from conseil_dla.exact.search.circuit import TRUE, All, Cell, Circuit, Contender, Literal
from conseil_dla.exact.search.solver import Solver
from conseil_dla.exact.space import Cube, always_and_ever
from conseil_dla.rules.model import FORCES

Variable = int
"""A literal of the solver: the number of a variable, negative for its contrary."""


class Encoding:
    """Clauses of one circuit, added to a solver as they are needed. What is not coherent is out from the start.

    ``coherent`` says of what, instead of what the circuit takes for coherent.
    """

    def __init__(self, circuit: Circuit, solver: Solver, coherent: Iterable[Literal] | None = None) -> None:
        self.circuit = circuit
        self.solver = solver
        self.true = solver.variable()
        solver.add([self.true])
        self._gates: dict[int, Variable] = {TRUE: self.true}
        self._all: dict[tuple[Variable, ...], Variable] = {}
        self._totals: dict[tuple[Variable, ...], tuple[Variable, ...]] = {}
        self._scores: dict[tuple[tuple[Literal, ...], tuple[Literal, ...]], tuple[Variable, ...]] = {}
        self._beats: dict[tuple[Contender, Contender], Variable] = {}
        self._cells: dict[int, list[Variable]] = {}

        for kept in circuit.coherent.values() if coherent is None else coherent:
            solver.add([self.literal(kept)])

    # --- gates ----------------------------------------------------------------------------------------------------

    def all(self, parts: Iterable[Variable]) -> Variable:
        """Where every part holds."""
        kept = frozenset(parts) - {self.true}
        if -self.true in kept or any(-part in kept for part in kept):
            return -self.true
        key = tuple(sorted(kept))
        if len(key) < 2:
            return key[0] if key else self.true
        if key not in self._all:
            found = self._all[key] = self.solver.variable()
            for part in key:
                self.solver.add([-found, part])
            self.solver.add([found, *(-part for part in key)])
        return self._all[key]

    def any(self, parts: Iterable[Variable]) -> Variable:
        """Where some part holds."""
        return -self.all(-part for part in parts)

    def literal(self, literal: Literal) -> Variable:
        """A gate of the circuit, encoded with all that it reads."""
        gate = abs(literal)
        if gate not in self._gates:
            self._gates[gate] = self._encoded(gate)
        return self._gates[gate] if literal > 0 else -self._gates[gate]

    def _encoded(self, gate: int) -> Variable:
        match self.circuit.gates[gate]:
            case Cell(level, number):
                return self.cells(level)[number]
            case All(parts):
                return self.all(map(self.literal, parts))
            case several:
                return self.totals(tuple(map(self.literal, several.parts)))[several.count - 1]

    def cells(self, level: int) -> list[Variable]:
        """The variables of a level: one of them holds, but for a ``plusieurs`` whose classes are each ticked or not."""
        if level not in self._cells:
            if self.circuit.is_ticked(level):
                classes = self.circuit.space.classes(self.circuit.space.order[level])
                found = [self.solver.variable() for _ in classes]
            else:
                found = self._one_of(len(self.circuit.space.cells[level]))
            self._cells[level] = found
        return self._cells[level]

    def _one_of(self, number: int) -> list[Variable]:
        if number == 1:
            return [self.true]
        if number == 2:
            first = self.solver.variable()
            return [first, -first]
        found = [self.solver.variable() for _ in range(number)]
        self.solver.add(found)
        for n, one in enumerate(found):
            for other in found[n + 1 :]:
                self.solver.add([-one, -other])
        return found

    def totals(self, parts: tuple[Variable, ...]) -> tuple[Variable, ...]:
        """For each number from 1, whether at least so many parts hold; split in halves, each shared by who has it."""
        if len(parts) < 2:
            return parts
        if parts not in self._totals:
            middle = len(parts) // 2
            self._totals[parts] = self._added(self.totals(parts[:middle]), self.totals(parts[middle:]))
        return self._totals[parts]

    def _added(self, left: tuple[Variable, ...], right: tuple[Variable, ...]) -> tuple[Variable, ...]:
        if len(right) == 1 and abs(right[0]) == self.true:
            left, right = right, left
        if len(left) == 1 and abs(left[0]) == self.true:
            return (self.true, *right) if left[0] > 0 else (*right, -self.true)
        found = tuple(self.solver.variable() for _ in range(len(left) + len(right)))
        ends_left, ends_right = (self.true, *left, -self.true), (self.true, *right, -self.true)
        ends = (self.true, *found, -self.true)
        for a in range(len(left) + 1):
            for b in range(len(right) + 1):
                self._clause([-ends_left[a], -ends_right[b], ends[a + b]])
                self._clause([ends_left[a + 1], ends_right[b + 1], -ends[a + b + 1]])
        return found

    def _clause(self, parts: list[Variable]) -> None:
        if self.true not in parts:
            self.solver.add([part for part in parts if part != -self.true])

    # --- formats --------------------------------------------------------------------------------------------------

    def best(self, contenders: Sequence[Contender], rank: int) -> Variable:
        """Where a format is among the best of some."""
        mine = contenders[rank]
        out = [self.any([self.literal(each.out), -self.beats(each, mine)]) for each in contenders if each is not mine]
        return self.all([-self.literal(mine.out), *out])

    def then(self, contenders: Sequence[Contender], rank: int) -> Variable:
        """Where a format is the best of those that are not preparatory, while one that is wins or ties."""
        if contenders[rank].preparatory:
            return -self.true
        others = [each for each in contenders if not each.preparatory]
        return self.all([self.waits(contenders), self.best(others, others.index(contenders[rank]))])

    def waits(self, contenders: Sequence[Contender]) -> Variable:
        """Where a preparatory format is among the best."""
        return self.any(self.best(contenders, n) for n, each in enumerate(contenders) if each.preparatory)

    def stands_out(self, contenders: Sequence[Contender]) -> Variable:
        """Where the best are worth more than no reason at all."""
        return self.any(self.all([-self.literal(each.out), self._above(each)]) for each in contenders)

    def nothing(self, contenders: Sequence[Contender]) -> Variable:
        """Where every format is out."""
        return self.all(self.literal(each.out) for each in contenders)

    def beats(self, one: Contender, other: Contender) -> Variable:
        """Where one has more reasons at the first force at which the two differ; what is out is not looked at."""
        key = one, other
        if key not in self._beats:
            found = -self.true
            for rank in reversed(range(len(FORCES))):
                more, less = self._more(one, other, rank), self._more(other, one, rank)
                found = self.any([more, self.all([-less, found])])
            self._beats[key] = found
        return self._beats[key]

    def _more(self, one: Contender, other: Contender, rank: int) -> Variable:
        mine, theirs = self._score(one, rank), self._score(other, rank)
        lowest, highest = -len(other.cons[rank]) + 1, len(one.pros[rank])
        return self.any(
            self.all([_at(mine, score + len(one.cons[rank]), self.true),
                      -_at(theirs, score + len(other.cons[rank]), self.true)])
            for score in range(lowest, highest + 1)
        )  # fmt: skip

    def _above(self, contender: Contender) -> Variable:
        found = -self.true
        for rank in reversed(range(len(FORCES))):
            more = self.reaches(contender, rank, 1)
            found = self.any([more, self.all([self.reaches(contender, rank, 0), found])])
        return found

    def reaches(self, contender: Contender, rank: int, score: int) -> Variable:
        """Where reasons for minus reasons against are at least so many at a force."""
        return _at(self._score(contender, rank), score + len(contender.cons[rank]), self.true)

    def _score(self, contender: Contender, rank: int) -> tuple[Variable, ...]:
        """The totals of reasons that hold, and of reasons against that do not."""
        key = contender.pros[rank], contender.cons[rank]
        if key not in self._scores:
            pros, cons = key
            self._scores[key] = self.totals((*map(self.literal, pros), *(-self.literal(part) for part in cons)))
        return self._scores[key]

    # --- dossiers -------------------------------------------------------------------------------------------------

    def solve(self, cube: Cube, wanted: Iterable[Variable], most: int | None = None) -> bool | None:
        """Does some coherent dossier of a cube have all these? None after so many conflicts; never without ``most``."""
        return self.solver.solve([*self.inside(cube), *wanted], most)

    def dossier(self, cube: Cube) -> tuple[int, ...]:
        """What was last found, which was in this cube, as its cell at each level; the first where clauses read none."""
        return tuple(self.found(level) if level in self._cells else cells[0] for level, cells in enumerate(cube))

    def inside(self, cube: Cube) -> Iterator[Variable]:
        """What keeps to a cube, at the levels that clauses read."""
        for level in self._cells:
            yield from self.among(level, cube[level])

    def among(self, level: int, allowed: Sequence[int]) -> Iterator[Variable]:
        """What keeps to some cells of a level."""
        variables = self.cells(level)
        if len(allowed) == len(self.circuit.space.cells[level]):
            return
        if not self.circuit.is_ticked(level):
            if len(allowed) == 1:
                yield variables[allowed[0]]
            else:
                yield from (-each for n, each in enumerate(variables) if n not in allowed)
            return
        always, ever = always_and_ever(allowed)
        assert len(allowed) == 1 << (ever & ~always).bit_count(), "options are allowed one by one"
        for n, variable in enumerate(variables):
            if always >> n & 1:
                yield variable
            elif not ever >> n & 1:
                yield -variable

    def found(self, level: int) -> int:
        """The cell of a level in what was last found; its variables have to be older."""
        held = [n for n, variable in enumerate(self.cells(level)) if self.solver.holds(variable)]
        return sum(1 << n for n in held) if self.circuit.is_ticked(level) else held[0]


def _at(totals: tuple[Variable, ...], number: int, true: Variable) -> Variable:
    """Where a total is at least a number, which may be none at all or more than there are."""
    if number <= 0:
        return true
    return totals[number - 1] if number <= len(totals) else -true
