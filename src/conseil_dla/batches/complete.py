"""Complete dossiers by the thousand: columns tell which conditions hold, parts make of it what is concluded.

What a part concludes is handed to ``tell``, which makes of it what the output wants (a piece of JSON, a cell): values
of ``reading.values``, and ``Listed``. Only complete and coherent dossiers are concluded here; the others are for the
exact reader, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, Literal, TypeVar

from conseil_dla.analysis.outcomes import FormatOutcome
from conseil_dla.batches.counts import Counts
from conseil_dla.batches.parts import FEW, Layout, Part, Rows, held
from conseil_dla.deciding import Profile, profile
from conseil_dla.inference.columns import Bits, Columns
from conseil_dla.model import COLLECTED, Argue, Base, Draw, Kind, Push, Rule, RuleOut, Tension
from conseil_dla.reading.settled import (
    blocks,
    compare,
    settle_drawn,
    settle_factor,
    settle_format,
    settle_moment,
    settle_posture,
    settle_tension,
)
from conseil_dla.reading.values import Argument, Drawn, FactorReading, FormatReading, PostureReading

T = TypeVar("T")
Piece = Argument | Drawn | FactorReading | str
"""One line of a list; an id in the lists of ``Names``."""
Told = FormatReading | PostureReading | Sequence[Piece]
Names = Literal["fired", "not_applicable", "ignored"]
"""Rules that fired, questions that do not apply, answers given to those."""
Item = tuple[Sequence[int], Callable[[str], Piece | None]]
"""Steps, and what their signs make: one line of a list, or nothing."""
Lines = list[Part[tuple[T, bool]]]
"""A list in a few parts; each also tells whether something in it is to be settled before launching."""


@dataclass(slots=True)
class Concluded(Generic[T]):
    """What one dossier concludes, in pieces that ``tell`` made; a piece is empty where there is nothing to tell."""

    format: T
    posture: T
    arguments: list[T]
    """In the order of the arguments' values."""
    drawn: Mapping[str, list[T]]
    """By kind, tensions included, each in the order of ids."""
    factors: list[T]
    moment: str
    """The empty word where no format is left to launch."""
    listed: Mapping[Names, list[T]]


class Bulk(Generic[T]):
    """A base made ready to conclude complete dossiers. ``scales`` are the largest sums of the axes.

    Raises ``OverflowError`` as ``Columns`` does.
    """

    def __init__(self, base: Base, scales: Mapping[str, int], tell: Callable[[Told], T], nothing: T) -> None:
        self.base = base
        self.columns = Columns(base.logic)
        self._scales, self._tell, self._nothing = scales, tell, nothing
        self._layout = Layout()
        logic, columns, step = base.logic, self.columns, self.columns.step
        sometimes = sorted(id for id, question in logic.questions.items() if question.asked_if)
        part = self._layout.part
        self._fires = {rule.id: step(rule.condition) for rule in logic.rules}
        self._standing = {id: self._standings(id) for id in sorted(logic.formats)}
        self._arguments = self._lines(self._arguing())
        self._sums = {axis: self._axis(axis) for axis in logic.axes}
        marked = {posture.id: posture.off_note_if for posture in logic.postures.values() if posture.off_note_if}
        self._off_note = part([step(condition) for condition in marked.values()], partial(held, tuple(marked)))
        self._drawn = {kind: self._lines(self._drawing(kind)) for kind in COLLECTED}
        self._tensions = self._lines(self._tension(tension) for tension in sorted(logic.tensions, key=lambda t: t.id))
        self._factors = self._lines(self._factor(id) for id in sorted(logic.factors))
        self._listed: dict[Names, Lines[T]] = {
            "fired": self._lines(self._named(id, step) for id, step in sorted(self._fires.items())),
            "not_applicable": self._lines(self._named(id, columns.not_applicable(id)) for id in sometimes),
            "ignored": self._lines(self._named(id, columns.ignored(id)) for id in sometimes),
        }
        self._formats: dict[FormatOutcome, tuple[T, tuple[str, ...]]] = {}
        self._postures: dict[tuple[tuple[int, ...], tuple[str, ...]], tuple[T, PostureReading]] = {}
        self._broken = [step(rule.never) for rule in logic.incoherences]
        self._open = [self.columns.missing(id) for id in logic.questions]

    def look(self, rows: Sequence[bytes]) -> Looked[T]:
        """What holds of these dossiers, each given by the codes of its answers."""
        bits = self.columns.run(rows)
        apart = 0
        for step in (*self._broken, *self._open):
            apart |= bits[step]
        settled = ((1 << len(rows)) - 1) & ~apart
        return Looked(self, bits, self._layout.rows(bits, len(rows)), _numbers(settled, len(rows)), settled)

    def conclude(self, row: str, counts: Counts) -> Concluded[T]:
        """What one settled dossier concludes, given by its row of signs; it is counted too."""
        profiles = {id: part.made[row[part.cut]] for id, part in self._standing.items()}
        outcome = compare(self.base.logic, profiles)
        format, shown = self._format(outcome)
        sums = tuple(part.made[row[part.cut]] for part in self._sums.values())
        posture, place = self._posture(sums, self._off_note.made[row[self._off_note.cut]])
        drawn: dict[str, list[T]] = {}
        blocked = False
        for kind, parts in self._drawn.items():
            pairs = [part.made[row[part.cut]] for part in parts]
            drawn[kind] = [told for told, _ in pairs]
            blocked = blocked or any([blocks for _, blocks in pairs])
        drawn["tension"] = _told(self._tensions, row)
        moment = settle_moment(self.base.logic, outcome, blocked=blocked) or ""
        counts.read += 1
        counts.complete += 1
        counts.together += 1
        counts.formats[shown] += 1
        counts.moments[moment] += 1
        if place.off_note:
            counts.off_note += 1
        else:
            counts.postures[place.shown] += 1
        return Concluded(
            format=format,
            posture=posture,
            arguments=_told(self._arguments, row),
            drawn=drawn,
            factors=_told(self._factors, row),
            moment=moment,
            listed={name: _told(parts, row) for name, parts in self._listed.items()},
        )

    def drawn_bits(self, bits: Sequence[Bits]) -> dict[str, Bits]:
        """Where each vigilance is drawn."""
        found: dict[str, Bits] = {}
        for rule in self.base.logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Draw) and effect.kind == "vigilance":
                    found[effect.id] = found.get(effect.id, 0) | bits[self._fires[rule.id]]
        return found

    def fired(self, bits: Sequence[Bits], number: int, count: int) -> frozenset[str]:
        """Rules that hold of one of so many dossiers."""
        mask = 1 << (count - 1 - number)
        return frozenset(id for id, step in self._fires.items() if bits[step] & mask)

    def _format(self, outcome: FormatOutcome) -> tuple[T, tuple[str, ...]]:
        if outcome not in self._formats:
            reading = settle_format(outcome)
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

        def make(key: str) -> Profile | None:
            effects = [effect for _, effect in held(found, key)]
            out = any(isinstance(effect, RuleOut) for effect in effects)
            return None if out else profile(effect for effect in effects if isinstance(effect, Argue))

        return self._layout.part([self._fires[rule.id] for rule, _ in found], make)

    def _lines(self, items: Iterable[Item]) -> Lines[T]:
        """A list, a few conditions to a part: as few parts as may be, none with too many keys."""
        parts: Lines[T] = []
        group: list[Item] = []
        for item in items:
            if group and sum(len(steps) for steps, _ in group) + len(item[0]) > FEW:
                parts.append(self._together(group))
                group = []
            group.append(item)
        return [*parts, self._together(group)] if group else parts

    def _together(self, group: Sequence[Item]) -> Part[tuple[T, bool]]:
        def make(key: str) -> tuple[T, bool]:
            pieces, start = [], 0
            for steps, piece in group:
                pieces.append(piece(key[start : start + len(steps)]))
                start += len(steps)
            there = tuple(piece for piece in pieces if piece is not None)
            blocking = any(isinstance(piece, Drawn) and blocks(piece) for piece in there)
            return (self._tell(there) if there else self._nothing), blocking

        return self._layout.part([step for steps, _ in group for step in steps], make)

    def _arguing(self) -> Iterator[Item]:
        found = (Argument(e.format, e.side, e.force, e.motif, rule.id, "certaine")
                 for rule in self.base.logic.rules for e in rule.effects if isinstance(e, Argue))  # fmt: skip
        for argument in sorted(found, key=lambda a: (a.format, a.side, a.force, a.motif, a.rule)):
            yield [self._fires[argument.rule]], partial(_if_held, argument)

    def _axis(self, axis: str) -> Part[int]:
        found = [(r, e) for r in self.base.logic.rules for e in r.effects if isinstance(e, Push) and e.axis == axis]
        return self._layout.part(
            [self._fires[rule.id] for rule, _ in found],
            lambda key: sum(effect.points for _, effect in held(found, key)),
        )

    def _drawing(self, kind: Kind) -> Iterator[Item]:
        drawing: dict[str, list[Rule]] = {}
        for rule in self.base.logic.rules:
            for id in {e.id for e in rule.effects if isinstance(e, Draw) and e.kind == kind}:
                drawing.setdefault(id, []).append(rule)
        for id in sorted(drawing):
            foreseen_if = self.base.logic.modalities[id].foreseen_if if kind == "modalite" else None
            steps = [self._fires[rule.id] for rule in drawing[id]]
            steps += [self.columns.step(foreseen_if)] if foreseen_if else []
            yield steps, partial(self._draw, kind, id, drawing[id])

    def _draw(self, kind: Kind, id: str, rules: Sequence[Rule], key: str) -> Drawn | None:
        """The sign after those of the rules, where there is one, says whether it is foreseen."""
        foreseen = key[-1] == "1" if len(key) > len(rules) else None
        return settle_drawn(self.base, kind, id, held(rules, key[: len(rules)]), foreseen)

    def _tension(self, tension: Tension) -> Item:
        steps = [self.columns.step(pole) for pole in tension.poles]
        return steps, partial(_if_held, settle_tension(self.base, tension))

    def _factor(self, id: str) -> Item:
        return [self.columns.step(self.base.logic.factors[id].present_if)], partial(
            _if_held, settle_factor(self.base, id)
        )

    def _named(self, id: str, step: int) -> Item:
        return [step], partial(_if_held, id)


@dataclass(frozen=True, slots=True)
class Looked(Generic[T]):
    """Some dossiers, looked at together."""

    _bulk: Bulk[T]
    bits: Sequence[Bits]
    _rows: Rows
    settled: tuple[int, ...]
    """Numbers of those that are complete and coherent: what is said of the others is nothing."""
    _settled: Bits

    def conclude(self, counts: Counts) -> Iterator[tuple[int, Concluded[T]]]:
        """Every settled dossier, by number, with what it concludes. They are counted as they come."""
        for id, bits in self._bulk.drawn_bits(self.bits).items():
            counts.vigilances[id] += (bits & self._settled).bit_count()
        for number in self.settled:
            yield number, self._bulk.conclude(self._rows.of(number), counts)

    def fired(self, number: int) -> frozenset[str]:
        """Rules that hold of one dossier."""
        return self._bulk.fired(self.bits, number, self._rows.count)


def _told(parts: Lines[T], row: str) -> list[T]:
    return [part.made[row[part.cut]][0] for part in parts]


def _if_held(piece: Piece, key: str) -> Piece | None:
    """The piece where every condition of it holds."""
    return piece if "0" not in key else None


def _numbers(bits: Bits, count: int) -> tuple[int, ...]:
    return tuple(number for number, sign in enumerate(format(bits, f"0{count}b")) if sign == "1") if count else ()
