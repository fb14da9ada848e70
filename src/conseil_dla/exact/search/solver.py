"""Who proves: python-sat's Glucose where it is installed, else a plain search, slower, with the same answers.

python-sat (MIT) is the maintained door to the solvers that competitions keep honest; it has wheels for the systems
that the project names, but for Windows on ARM, and none for a Python that has just come out.

The plain search watches two literals of each clause, learns from conflicts (first unique implication point) and decides
variables of recent conflicts first. Source: N. Eén, N. Sörensson, "An Extensible SAT-solver", SAT 2003.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Protocol

SLICE = 200
"""Conflicts between two looks at whether to go on: a call holds every other thread meanwhile."""
Clause = list[int]
RESTART = 64
"""Conflicts between two fresh starts, to begin with; each is a tenth longer."""
DECAY = 1.05
LARGEST = 1e100


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
        """Does a literal hold in what was last found? A variable made since does not."""

    def blamed(self) -> Sequence[int]:
        """Of what was assumed when the last answer was no, some that already cannot hold together."""


class Glucose:
    """python-sat's Glucose 4. Making one raises ``ImportError`` where it is not installed."""

    name = "glucose"

    def __init__(self) -> None:
        from pysat.solvers import Glucose4  # noqa: PLC0415 - for large rules alone

        self._solver = Glucose4()
        self.count = 0
        self.conflicts = 0
        self._model: Sequence[int] | None = ()
        """None where it is still to be fetched: it is long, and seldom read."""

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
                self._model = None if answer else ()
                return answer
            spent += SLICE
        return None

    def holds(self, literal: int) -> bool:
        """As ``Solver`` says."""
        if self._model is None:
            self._model = self._solver.get_model() or ()
        index = abs(literal) - 1
        value = self._model[index] if index < len(self._model) else -abs(literal)
        return value == literal

    def blamed(self) -> Sequence[int]:
        """As ``Solver`` says."""
        return self._solver.get_core() or ()


class Plain:
    """As ``solver.Solver`` says."""

    name = "plain"

    def __init__(self) -> None:
        self.count = 0
        self.conflicts = 0
        self._values: list[int] = [0]
        """By variable: 1 where it holds, -1 where its contrary does, 0 while neither."""
        self._levels: list[int] = [0]
        self._reasons: list[Clause | None] = [None]
        self._phases: list[int] = [-1]
        self._activity: list[float] = [0.0]
        self._waiting: list[tuple[float, int]] = []
        """Variables by how active they were when they were put there, the most active first."""
        self._watches: dict[int, list[Clause]] = {}
        self._trail: list[int] = []
        self._starts: list[int] = []
        """Where each decision begins on the trail."""
        self._done = 0
        """What of the trail has been followed."""
        self._bump = 1.0
        self._impossible = False
        self._model: list[int] = []
        self._blamed: Sequence[int] = ()

    def variable(self) -> int:
        """As ``Solver`` says."""
        self.count += 1
        for kept, value in ((self._values, 0), (self._levels, 0), (self._phases, -1)):
            kept.append(value)
        self._reasons.append(None)
        self._activity.append(0.0)
        heappush(self._waiting, (0.0, self.count))
        self._watches[self.count] = []
        self._watches[-self.count] = []
        return self.count

    def add(self, clause: Sequence[int]) -> None:
        """As ``Solver`` says."""
        self._back_to(0)
        kept = list(dict.fromkeys(part for part in clause if self._value(part) >= 0))
        if any(self._value(part) > 0 or -part in kept for part in kept):
            return
        if not kept:
            self._impossible = True
        elif len(kept) == 1:
            self._set(kept[0], None)
        else:
            self._watch(kept)

    def solve(self, assumed: Sequence[int], most: int | None = None) -> bool | None:
        """As ``Solver`` says."""
        conflicts, pause = 0, float(RESTART)
        restart = pause
        while not self._impossible:
            broken = self._follow()
            if broken is not None:
                conflicts += 1
                self.conflicts += 1
                if not self._starts:
                    self._impossible = True
                    break
                self._learn(broken)
                if most is not None and conflicts >= most:
                    self._back_to(0)
                    return None
                if conflicts >= restart:
                    pause *= 1.1
                    restart += pause
                    self._back_to(0)
                continue
            literal = self._next(assumed)
            if literal is None:
                self._model = list(self._values)
                self._back_to(0)
                return True
            if self._value(literal) < 0:
                self._blamed = assumed[: len(self._starts) + 1]
                self._back_to(0)
                return False
            self._starts.append(len(self._trail))
            if self._value(literal) == 0:
                self._set(literal, None)
        self._blamed = ()
        return False

    def holds(self, literal: int) -> bool:
        """As ``Solver`` says."""
        variable = abs(literal)
        value = self._model[variable] if variable < len(self._model) else -1
        return value == (1 if literal > 0 else -1)

    def blamed(self) -> Sequence[int]:
        """As ``Solver`` says: all that was assumed until the one that cannot be."""
        return self._blamed

    # --- deciding -------------------------------------------------------------------------------------------------

    def _next(self, assumed: Sequence[int]) -> int | None:
        """The next literal to decide: what is assumed first; None when all are settled."""
        if len(self._starts) < len(assumed):
            return assumed[len(self._starts)]
        while self._waiting:
            variable = heappop(self._waiting)[1]
            if not self._values[variable]:
                return variable * self._phases[variable]
        return None

    def _value(self, literal: int) -> int:
        return self._values[literal] if literal > 0 else -self._values[-literal]

    def _set(self, literal: int, reason: Clause | None) -> None:
        variable = abs(literal)
        self._values[variable] = 1 if literal > 0 else -1
        self._levels[variable] = len(self._starts)
        self._reasons[variable] = reason
        self._trail.append(literal)

    def _back_to(self, level: int) -> None:
        if len(self._starts) <= level:
            return
        start = self._starts[level]
        for literal in self._trail[start:]:
            variable = abs(literal)
            self._phases[variable] = 1 if literal > 0 else -1
            self._values[variable] = 0
            self._reasons[variable] = None
            heappush(self._waiting, (-self._activity[variable], variable))
        del self._trail[start:]
        del self._starts[level:]
        self._done = min(self._done, start)

    # --- following and learning -------------------------------------------------------------------------------------

    def _watch(self, clause: Clause) -> None:
        """The first two literals are watched: each clause is looked at when one of them is false."""
        self._watches[-clause[0]].append(clause)
        self._watches[-clause[1]].append(clause)

    def _follow(self) -> Clause | None:
        """Set whatever follows; a clause of which every literal is false, where there is one."""
        values = self._values
        while self._done < len(self._trail):
            literal = self._trail[self._done]
            self._done += 1
            watching, self._watches[literal] = self._watches[literal], []
            kept = self._watches[literal]
            for n, clause in enumerate(watching):
                if clause[0] == -literal:
                    clause[0], clause[1] = clause[1], clause[0]
                first = clause[0]
                value = values[first] if first > 0 else -values[-first]
                if value > 0:
                    kept.append(clause)
                    continue
                for k in range(2, len(clause)):
                    other = clause[k]
                    if (values[other] if other > 0 else -values[-other]) >= 0:
                        clause[1], clause[k] = other, clause[1]
                        self._watches[-other].append(clause)
                        break
                else:
                    kept.append(clause)
                    if value < 0:
                        kept += watching[n + 1 :]
                        return clause
                    self._set(first, clause)
        return None

    def _learn(self, broken: Clause) -> None:
        """A clause that keeps from the same conflict; back to where it says something, and say it."""
        level, seen = len(self._starts), set[int]()
        learned: Clause = []
        open_ones, place, clause = 0, len(self._trail), broken
        while True:
            for part in clause:
                variable = abs(part)
                if variable in seen or not self._levels[variable]:
                    continue
                seen.add(variable)
                self._heat(variable)
                if self._levels[variable] == level:
                    open_ones += 1
                else:
                    learned.append(part)
            while True:
                place -= 1
                if abs(self._trail[place]) in seen:
                    break
            literal = self._trail[place]
            open_ones -= 1
            if not open_ones:
                break
            reason = self._reasons[abs(literal)]
            assert reason is not None
            clause = [part for part in reason if part != literal]
        learned.sort(key=lambda part: -self._levels[abs(part)])
        learned.insert(0, -literal)
        self._bump *= DECAY
        self._back_to(self._levels[abs(learned[1])] if len(learned) > 1 else 0)
        if len(learned) > 1:
            self._watch(learned)
        self._set(learned[0], learned if len(learned) > 1 else None)

    def _heat(self, variable: int) -> None:
        self._activity[variable] += self._bump
        if self._activity[variable] > LARGEST:
            self._activity = [each / LARGEST for each in self._activity]
            self._bump /= LARGEST
            self._waiting = [(-self._activity[each], each) for _, each in self._waiting]
            heapify(self._waiting)


def solver() -> Solver:
    """The best that this machine has."""
    try:
        return Glucose()
    except ImportError:
        return Plain()
