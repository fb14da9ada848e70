"""What decides between formats, as a circuit over the cells of questions: shared parts are one gate.

Both who draws dossiers and who proves read the same gates; how they compare sums is their own business, so that a
fault of one is seen by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from conseil_dla.exact.outcomes import inside
from conseil_dla.exact.space import Space
from conseil_dla.rules.coherence import groups, with_conditions_of_asking
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import (
    FORCES,
    AllOf,
    AnyOf,
    Argue,
    AtLeast,
    Conclude,
    Condition,
    Draw,
    Found,
    Is,
    Logic,
    NoneOf,
    RuleOut,
    Side,
    Ticks,
    Within,
)

Literal = int
"""A gate, by its number; negative: its contrary. ``TRUE`` is gate 1."""
TRUE, FALSE = 1, -1


@dataclass(frozen=True, slots=True)
class Cell:
    """A question takes this cell; for a ``plusieurs``, this class of options is ticked."""

    level: int
    number: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part."""

    parts: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """At least so many parts."""

    count: int
    parts: tuple[Literal, ...]


Gate = Cell | All | Several


@dataclass(frozen=True, slots=True)
class Contender:
    """What makes a format: where it is out, and at each force of ``FORCES`` the reasons on either side."""

    format: str
    preparatory: bool
    out: Literal
    pros: tuple[tuple[Literal, ...], ...]
    cons: tuple[tuple[Literal, ...], ...]


class Circuit:
    """The gates of a base. ``contenders`` are its formats by id; ``blocked``: something is to be settled before.

    ``beside`` is the circuit of another version over the same space, before it: equal parts of both are one gate.
    """

    def __init__(self, logic: Logic, space: Space, beside: Circuit | None = None) -> None:
        self.logic = logic
        self.space = space
        self.gates: list[Gate] = beside.gates if beside else [All(()), All(())]
        """By number; the first is never used."""
        self.levels: list[int] = beside.levels if beside else [0, 0]
        """The levels that each gate draws on, as a set of bits."""
        self._numbers: dict[Gate, Literal] = beside._numbers if beside else {All(()): TRUE}
        self._conditions: dict[Condition, Literal] = {}
        self.applies: dict[str, Literal] = {}
        """Where each question applies."""
        self._findings: dict[str, Literal] = {}
        self._seen: dict[tuple[int, int, int], Literal] = {}
        self._cones: dict[int, tuple[int, ...]] = {}
        self._reasons: dict[int, tuple[tuple[int, int, Literal], ...]] = {}
        for id in logic.questions:
            self._asked(id)
        self.rules: dict[str, Literal] = {}
        self._add_rules()
        self.coherent: Mapping[frozenset[int], Literal] = {
            frozenset(space.level[id] for id in read): self.none(self._holds(rule.never) for rule in rules)
            for rules, read in groups(logic)
        }
        """Where no coherence rule is broken, by the levels that each group of them draws on."""
        self.contenders = tuple(self.contender(id) for id in sorted(logic.formats))
        self.blocked = self.any(
            self.rules[rule.id]
            for rule in logic.rules
            for effect in rule.effects
            if isinstance(effect, Draw) and effect.kind in SETTLED_BEFORE and effect.level in (None, "avant")
        )

        self.size = len(self.gates)
        """Gates of whole dossiers; those that come after see them from one cell of a question."""

    # --- gates ----------------------------------------------------------------------------------------------------

    def _gate(self, gate: Gate) -> Literal:
        found = self._numbers.get(gate)
        if found is None:
            found = self._numbers[gate] = len(self.gates)
            self.gates.append(gate)
            if isinstance(gate, Cell):
                levels = 1 << gate.level
            else:
                levels = 0
                for part in gate.parts:
                    levels |= self.levels[abs(part)]
            self.levels.append(levels)
        return found

    def all(self, parts: Iterable[Literal]) -> Literal:
        """Where every part holds."""
        kept = frozenset(parts) - {TRUE}
        if FALSE in kept or any(-part in kept for part in kept):
            return FALSE
        if len(kept) < 2:
            return next(iter(kept), TRUE)
        return self._gate(All(tuple(sorted(kept))))

    def any(self, parts: Iterable[Literal]) -> Literal:
        """Where some part holds."""
        return -self.all(-part for part in parts)

    def none(self, parts: Iterable[Literal]) -> Literal:
        """Where no part holds."""
        return self.all(-part for part in parts)

    def several(self, count: int, parts: Iterable[Literal]) -> Literal:
        """Where at least so many parts hold."""
        kept = tuple(sorted(part for part in parts if abs(part) != TRUE or part == TRUE))
        count -= kept.count(TRUE)
        kept = tuple(part for part in kept if part != TRUE)
        if count <= 0:
            return TRUE
        if count > len(kept):
            return FALSE
        return self.any(kept) if count == 1 else self._gate(Several(count, kept))

    # --- conditions and rules -------------------------------------------------------------------------------------

    def _asked(self, id: str) -> Literal:
        if id not in self.applies:
            asked_if = self.logic.questions[id].asked_if
            for read in with_conditions_of_asking(self.logic, [id]) if asked_if else ():
                if read != id:
                    self._asked(read)
            self.applies[id] = self._holds(asked_if) if asked_if else TRUE
        return self.applies[id]

    def _holds(self, condition: Condition) -> Literal:
        if condition not in self._conditions:
            self._conditions[condition] = self._compile(condition)
        return self._conditions[condition]

    def _compile(self, condition: Condition) -> Literal:
        match condition:
            case Found(finding):
                return self._findings.get(finding, FALSE)
            case AllOf(parts):
                return self.all(map(self._holds, parts))
            case AnyOf(parts):
                return self.any(map(self._holds, parts))
            case NoneOf(parts):
                return self.none(map(self._holds, parts))
            case AtLeast(count, parts):
                return self.several(count, map(self._holds, parts))
            case Ticks(question, options):
                level = self.space.level[question]
                classes = enumerate(self.space.classes(question))
                ticked = [self._gate(Cell(level, n)) for n, ids in classes if not options.isdisjoint(ids)]
                return self.all([self._asked(question), self.any(ticked)])
            case Is(question, answers):
                return self._one_of(question, lambda names: names[0] in answers)
            case Within(question, low, high):
                return self._one_of(question, lambda names: inside(names[0], low, high))

    def _one_of(self, question: str, chosen: Callable[[tuple[str, ...]], bool]) -> Literal:
        level, cells = self.space.level[question], self.space.cells_of(question)
        numbers = [n for n, cell in enumerate(cells) if chosen(cell.names)]
        if len(numbers) == len(cells):
            return self._asked(question)
        return self.all([self._asked(question), self.any(self._gate(Cell(level, n)) for n in numbers)])

    def _add_rules(self) -> None:
        """Rules stratum by stratum, each stratum seeing the findings of those below."""
        stratum = 0
        for rule in self.logic.rules:
            if rule.stratum > stratum:
                stratum = rule.stratum
                self._settle()
            self.rules[rule.id] = self._holds(rule.condition)

    def _settle(self) -> None:
        concluding: dict[str, list[Literal]] = {}
        for rule in self.logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Conclude) and rule.id in self.rules:
                    concluding.setdefault(effect.finding, []).append(self.rules[rule.id])
        self._findings.update((finding, self.any(rules)) for finding, rules in concluding.items())

    def contender(self, id: str, without: tuple[str, Argue] | None = None) -> Contender:
        """A format. A motif counts once on each side, at the highest force at which some rule gives it.

        ``without`` leaves out one argument of one rule, as if it were not written.
        """
        given: dict[tuple[Side, str], list[list[Literal]]] = {}
        for rule in self.logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Argue) and effect.format == id and (rule.id, effect) != without:
                    by_force = given.setdefault((effect.side, effect.motif), [[] for _ in FORCES])
                    by_force[FORCES.index(effect.force)].append(self.rules[rule.id])
        sides: dict[Side, list[list[Literal]]] = {side: [[] for _ in FORCES] for side in ("pour", "contre")}
        for (side, _), by_force in sorted(given.items()):
            higher: list[Literal] = []
            for rank, rules in enumerate(by_force):
                reason = self.all([self.any(rules), *(-each for each in higher)])
                if reason != FALSE:
                    sides[side][rank].append(reason)
                higher.append(self.any(rules))
        return Contender(
            id,
            self.logic.formats[id].preparatory,
            self.any(self.rules[rule.id] for rule in self.logic.rules if RuleOut(id) in rule.effects),
            tuple(map(tuple, sides["pour"])),
            tuple(map(tuple, sides["contre"])),
        )

    def restricted(self, contender: Contender, level: int, cell: int) -> Contender:
        """A format as it stands where a question has one of its cells; sums keep their order, constants included."""

        def seen(literal: Literal) -> Literal:
            return self.seen_from(literal, level, cell)

        def each(forces: tuple[tuple[Literal, ...], ...]) -> tuple[tuple[Literal, ...], ...]:
            return tuple(tuple(map(seen, parts)) for parts in forces)

        return Contender(
            contender.format, contender.preparatory, seen(contender.out), each(contender.pros), each(contender.cons)
        )

    def seen_from(self, literal: Literal, level: int, cell: int) -> Literal:
        """A literal where a question has one of its cells."""
        gate = abs(literal)
        if not self.levels[gate] >> level & 1:
            return literal
        key = gate, level, cell
        if key not in self._seen:
            self._seen[key] = self._from(self.gates[gate], level, cell)
        return self._seen[key] if literal > 0 else -self._seen[key]

    def _from(self, gate: Gate, level: int, cell: int) -> Literal:
        match gate:
            case Cell(_, number):
                return TRUE if (cell >> number & 1 if self.is_ticked(level) else cell == number) else FALSE
            case All(parts):
                return self.all(self.seen_from(part, level, cell) for part in parts)
            case Several(count, parts):
                return self.several(count, (self.seen_from(part, level, cell) for part in parts))

    def is_ticked(self, level: int) -> bool:
        """Is the question of a level a ``plusieurs``? Its cells are then sets of classes, a bit each."""
        return self.space.logic.questions[self.space.order[level]].type == "plusieurs"

    # --- what depends on what -------------------------------------------------------------------------------------

    def reads(self, level: int) -> bool:
        """Do formats, as they are written, draw on a level, or coherence that bears on them?"""
        return bool(self.read >> level & 1)

    @cached_property
    def read(self) -> int:
        """The levels that ``reads`` says, as a set of bits."""
        found = 0
        for each in self.contenders:
            for part in (each.out, *(part for force in (*each.pros, *each.cons) for part in force)):
                found |= self.levels[abs(part)]
        for levels in self.coherent:
            group = sum(1 << level for level in levels)
            found |= group if group & found else 0
        return found

    def reasons(self, level: int) -> tuple[tuple[int, int, Literal], ...]:
        """What counts for a format and draws on a level: its rank among contenders, the force's, what counts there."""
        if level not in self._reasons:
            self._reasons[level] = tuple(
                (n, rank, part)
                for n, each in enumerate(self.contenders)
                for rank in range(len(FORCES))
                for part in (*each.pros[rank], *(-part for part in each.cons[rank]))
                if self.levels[abs(part)] >> level & 1
            )
        return self._reasons[level]

    def cone(self, level: int) -> tuple[int, ...]:
        """Of the gates of dossiers, those that draw on a level, what is read before what reads it."""
        if level not in self._cones:
            bit = 1 << level
            self._cones[level] = tuple(n for n in range(self.size) if self.levels[n] & bit)
        return self._cones[level]
