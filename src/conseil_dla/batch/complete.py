"""Complete dossiers by the thousand: columns tell which conditions hold, parts make of it what is concluded.

What a part concludes is handed to ``tell``, which makes of it what the output wants (a piece of JSON, a cell): values
of ``reading.values``, or ids. Only complete and coherent dossiers are concluded here; the others are for the
exact reader, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from conseil_dla.batch.bit_columns import Bits, Columns
from conseil_dla.batch.complete_dossier import (
    FEW,
    MOST_KEPT,
    Part,
    Spread,
    blocks,
    compare,
    held,
    settle_drawn,
    settle_factor,
    settle_format,
    settle_moment,
    settle_posture,
    settle_tension,
)
from conseil_dla.batch.summary import Counts
from conseil_dla.exact.outcomes import FormatOutcome
from conseil_dla.reading.values import Argument, Drawn, FactorReading, FormatReading, PostureReading
from conseil_dla.rules.deciding import Profile, profile
from conseil_dla.rules.model import COLLECTED, Argue, Base, Draw, Kind, Push, Rule, RuleOut, Tension

T = TypeVar("T")
Piece = Argument | Drawn | FactorReading | str
"""One line of a list; an id in lists of ids."""
Conclusion = FormatReading | PostureReading | Sequence[Piece]
FIRED, NOT_APPLICABLE, IGNORED = "fired", "not_applicable", "ignored"
"""Lists of ids: rules that fired, questions that do not apply, answers given to those."""
ARGUMENTS = "arguments"
Item = tuple[Sequence[int], Callable[[str], Piece | None]]
"""Steps, and what their signs make: one line of a list, or nothing."""
Lines = Sequence[Part[T]]
"""A list in a few parts."""


@dataclass(frozen=True, slots=True)
class Concluded(Generic[T]):
    """What one dossier concludes, in pieces that ``tell`` made; a piece is empty where there is nothing to tell."""

    format: T
    posture: T
    moment: str
    """The empty word where no format is left to launch."""
    lists: Mapping[str, tuple[T, ...]]
    """Arguments, what is drawn by kind (tensions and factors too), rules that fired… each in the order of ids."""


class Bulk(Generic[T]):
    """A base made ready to conclude complete dossiers. ``scales`` are the largest sums of the axes.

    Raises ``OverflowError`` as ``Columns`` does.
    """

    def __init__(self, base: Base, scales: Mapping[str, int], tell: Callable[[Conclusion], T], nothing: T) -> None:
        self.base = base
        self.columns = columns = Columns(base.logic)
        self._scales, self._tell, self._nothing = scales, tell, nothing
        logic, step = base.logic, columns.step
        sometimes = sorted(id for id, question in logic.questions.items() if question.asked_if)
        self._fires = {rule.id: step(rule.condition) for rule in logic.rules}
        self._standing = {id: self._standings(id) for id in sorted(logic.formats)}
        self._sums = [self._axis(axis) for axis in logic.axes]
        marked = {posture.id: posture.off_note_if for posture in logic.postures.values() if posture.off_note_if}
        self._off_note = Part([step(condition) for condition in marked.values()], partial(held, tuple(marked)))
        self._lists: dict[str, Lines[T]] = {
            ARGUMENTS: self._lines(self._arguing()),
            **{kind: self._lines(self._drawing(kind)) for kind in COLLECTED},
            "tension": self._lines(self._tension(tension) for tension in sorted(logic.tensions, key=lambda t: t.id)),
            "facteur": self._lines(self._factor(id) for id in sorted(logic.factors)),
            FIRED: self._lines(self._named(id, step) for id, step in sorted(self._fires.items())),
            NOT_APPLICABLE: self._lines(self._named(id, columns.not_applicable(id)) for id in sometimes),
            IGNORED: self._lines(self._named(id, columns.ignored(id)) for id in sometimes),
        }
        self._outcomes: dict[tuple[Profile | None, ...], FormatOutcome] = {}
        self._formats: dict[FormatOutcome, tuple[T, tuple[str, ...]]] = {}
        self._postures: dict[tuple[tuple[int, ...], tuple[str, ...]], tuple[T, PostureReading]] = {}
        self._broken = [step(rule.never) for rule in logic.incoherences]
        self._open = [columns.missing(id) for id in logic.questions]

    def settled(self, rows: Sequence[bytes]) -> tuple[int, ...]:
        """Which of these dossiers are complete and coherent, each given by the codes of its answers."""
        if not rows:
            return ()
        bits = self.columns.run(rows)
        apart = _either(bits, (*self._broken, *self._open))
        return tuple(number for number, sign in enumerate(format(apart, f"0{len(rows)}b")) if sign == "0")

    def look(self, rows: Sequence[bytes]) -> Looked[T]:
        """What holds of dossiers that are all settled."""
        bits = self.columns.run(rows)
        return Looked(self, bits, Spread(bits, len(rows)))

    def concluded(self, bits: Sequence[Bits], spread: Spread, counts: Counts) -> Iterator[Concluded[T]]:
        """What settled dossiers conclude, in order. Each is counted as it comes."""
        for id, there in self._vigilances(bits).items():
            counts.vigilances[id] += there.bit_count()
        profiles = _side_by_side(self._standing.values(), spread)
        sums = _side_by_side(self._sums, spread)
        blocked = Spread([_either(bits, self._blocking())], spread.count).signs(0)
        lists = {name: _side_by_side(parts, spread) for name, parts in self._lists.items()}
        for number, off_note in enumerate(self._off_note.of(spread)):
            outcome = self._outcome(profiles[number])
            format, shown = self._format(outcome)
            posture, place = self._posture(sums[number], off_note)
            moment = settle_moment(self.base.logic, outcome, blocked=bool(blocked[number])) or ""
            counts.read += 1
            counts.complete += 1
            counts.together += 1
            counts.formats[shown] += 1
            counts.moments[moment] += 1
            if place.off_note:
                counts.off_note += 1
            else:
                counts.postures[place.shown] += 1
            yield Concluded(format, posture, moment, {name: rows[number] for name, rows in lists.items()})

    def fired(self, bits: Sequence[Bits], number: int, count: int) -> frozenset[str]:
        """Rules that hold of one of so many dossiers."""
        mask = 1 << (count - 1 - number)
        return frozenset(id for id, step in self._fires.items() if bits[step] & mask)

    def _vigilances(self, bits: Sequence[Bits]) -> dict[str, Bits]:
        """Where each is drawn."""
        found: dict[str, Bits] = {}
        for rule in self.base.logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Draw) and effect.kind == "vigilance":
                    found[effect.id] = found.get(effect.id, 0) | bits[self._fires[rule.id]]
        return found

    def _blocking(self) -> list[int]:
        """Rules that draw something to be settled before launching."""
        rules = self.base.logic.rules
        return [self._fires[r.id] for r in rules if any(isinstance(e, Draw) and blocks(e) for e in r.effects)]

    def _outcome(self, profiles: tuple[Profile | None, ...]) -> FormatOutcome:
        if profiles not in self._outcomes:
            if len(self._outcomes) >= MOST_KEPT:
                self._outcomes.clear()
            self._outcomes[profiles] = compare(self.base.logic, dict(zip(self._standing, profiles, strict=True)))
        return self._outcomes[profiles]

    def _format(self, outcome: FormatOutcome) -> tuple[T, tuple[str, ...]]:
        if outcome not in self._formats:
            reading = settle_format(self.base.logic, outcome)
            self._formats[outcome] = self._tell(reading), reading.shown
        return self._formats[outcome]

    def _posture(self, sums: tuple[int, ...], off_note: tuple[str, ...]) -> tuple[T, PostureReading]:
        if (sums, off_note) not in self._postures:
            logic = self.base.logic
            reading = settle_posture(logic, self._scales, dict(zip(logic.axes, sums, strict=True)), off_note)
            self._postures[sums, off_note] = self._tell(reading), reading
        return self._postures[sums, off_note]

    # --- parts --------------------------------------------------------------------------------------------------

    def _standings(self, format: str) -> Part[Profile | None]:
        """What a format is worth."""
        found = [(r, e) for r in self.base.logic.rules for e in r.effects
                 if isinstance(e, Argue | RuleOut) and e.format == format]  # fmt: skip

        def make(signs: str) -> Profile | None:
            effects = [effect for _, effect in held(found, signs)]
            out = any(isinstance(effect, RuleOut) for effect in effects)
            return None if out else profile(effect for effect in effects if isinstance(effect, Argue))

        return Part([self._fires[rule.id] for rule, _ in found], make)

    def _axis(self, axis: str) -> Part[int]:
        found = [(r, e) for r in self.base.logic.rules for e in r.effects if isinstance(e, Push) and e.axis == axis]
        return Part(
            [self._fires[rule.id] for rule, _ in found],
            lambda signs: sum(effect.points for _, effect in held(found, signs)),
        )

    def _lines(self, items: Iterable[Item]) -> Lines[T]:
        """A list, a few conditions to a part: as few parts as may be, none with too many keys."""
        groups: list[list[Item]] = []
        for item in items:
            if not groups or sum(len(steps) for steps, _ in groups[-1]) + len(item[0]) > FEW:
                groups.append([])
            groups[-1].append(item)
        return [self._together(group) for group in groups]

    def _together(self, group: Sequence[Item]) -> Part[T]:
        def make(signs: str) -> T:
            pieces, start = [], 0
            for steps, piece in group:
                pieces.append(piece(signs[start : start + len(steps)]))
                start += len(steps)
            there = tuple(piece for piece in pieces if piece is not None)
            return self._tell(there) if there else self._nothing

        return Part([step for steps, _ in group for step in steps], make)

    def _arguing(self) -> Iterator[Item]:
        found = (Argument(e.format, e.side, e.force, e.motif, rule.id, "certaine", "declenchee")
                 for rule in self.base.logic.rules for e in rule.effects if isinstance(e, Argue))  # fmt: skip
        for argument in sorted(found, key=lambda a: (a.format, a.side, a.force, a.motif, a.rule)):
            yield [self._fires[argument.rule]], partial(_if_held, argument)

    def _drawing(self, kind: Kind) -> Iterator[Item]:
        drawing: dict[str, list[Rule]] = {}
        for rule in self.base.logic.rules:
            for id in {e.id for e in rule.effects if isinstance(e, Draw) and e.kind == kind}:
                drawing.setdefault(id, []).append(rule)
        for id in sorted(drawing):
            foreseen_if = self.base.logic.drawn[kind][id].foreseen_if
            steps = [self._fires[rule.id] for rule in drawing[id]]
            steps += [self.columns.step(foreseen_if)] if foreseen_if else []
            yield steps, partial(self._draw, kind, id, drawing[id])

    def _draw(self, kind: Kind, id: str, rules: Sequence[Rule], signs: str) -> Drawn | None:
        """The sign after those of the rules, where there is one, says whether it is foreseen."""
        foreseen = signs[-1] == "1" if len(signs) > len(rules) else None
        return settle_drawn(self.base, kind, id, held(rules, signs[: len(rules)]), foreseen)

    def _tension(self, tension: Tension) -> Item:
        steps = [self.columns.step(pole) for pole in tension.poles]
        return steps, partial(_if_held, settle_tension(self.base, tension))

    def _factor(self, id: str) -> Item:
        present_if = self.base.logic.factors[id].present_if
        return [self.columns.step(present_if)], partial(_if_held, settle_factor(self.base, id))

    def _named(self, id: str, step: int) -> Item:
        return [step], partial(_if_held, id)


@dataclass(frozen=True, slots=True)
class Looked(Generic[T]):
    """Some settled dossiers, looked at together."""

    _bulk: Bulk[T]
    _bits: Sequence[Bits]
    _spread: Spread

    def concluded(self, counts: Counts) -> Iterator[Concluded[T]]:
        """What each concludes, in order. They are counted as they come."""
        return self._bulk.concluded(self._bits, self._spread, counts)

    def fired(self, number: int) -> frozenset[str]:
        """Rules that hold of one dossier."""
        return self._bulk.fired(self._bits, number, self._spread.count)


def _side_by_side(parts: Iterable[Part[T]], spread: Spread) -> list[tuple[T, ...]]:
    """For each dossier what every part makes of it."""
    made = [part.of(spread) for part in parts]
    return list(zip(*made, strict=True)) if made else [()] * spread.count


def _either(bits: Sequence[Bits], steps: Iterable[int]) -> Bits:
    found = 0
    for step in steps:
        found |= bits[step]
    return found


def _if_held(piece: Piece, signs: str) -> Piece | None:
    """The piece where every condition of it holds."""
    return piece if "0" not in signs else None
