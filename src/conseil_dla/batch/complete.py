"""Complete dossiers by the thousand: columns tell which conditions hold, parts make of it what is concluded.

What a part concludes is handed to ``tell``, which makes of it what the output wants (a piece of JSON, a cell): values
of ``reading.values``, or ids. Only complete and coherent dossiers are concluded here; the others are for the
exact reader, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from conseil_dla.batch.bit_columns import Columns
from conseil_dla.batch.parts import MOST_KEPT, Item, Lines, Part, Spread, held, if_held, lines_of, side_by_side
from conseil_dla.batch.summary import Counts
from conseil_dla.exact.atlas import FORMAT
from conseil_dla.exact.outcomes import Best, FormatOutcome, PostureOutcome, better, format_outcome
from conseil_dla.exact.outcomes import moment as moment_of
from conseil_dla.exact.outlook import ChartedFormats
from conseil_dla.exact.sweep import Bits
from conseil_dla.reading.advice import format_among, posture_among, stretch
from conseil_dla.reading.collected import drawn_from, factor_read, tension_drawn
from conseil_dla.reading.next_questions import ToAsk
from conseil_dla.reading.values import Argument, Drawn, FactorReading, Foreseen, FormatReading, PostureReading
from conseil_dla.rules.deciding import Profile, profile, quadrant
from conseil_dla.rules.kinds import SETTLED_BEFORE, SPECS
from conseil_dla.rules.model import COLLECTED, Argue, Base, Draw, Kind, Logic, Push, Rule, RuleOut, Tension

T = TypeVar("T")
Piece = Argument | Drawn | FactorReading | ToAsk | str
"""One line of a list; an id in lists of ids."""
Conclusion = FormatReading | PostureReading | Sequence[Piece]
FIRED, NOT_APPLICABLE, IGNORED = "fired", "not_applicable", "ignored"
"""Lists of ids: rules that fired, questions that do not apply, answers given to those."""
ARGUMENTS = "arguments"
BY_CASES, IDLE, IDLE_ADVICE, TO_ASK, COUNTED = "by_cases", "idle", "idle_advice", "to_ask", "counted"
"""What only half-answered dossiers have: what is certain and follows from no rule that fired; questions that change
nothing, or nothing of the advice; what to ask. And answers of the table of structures."""


@dataclass(frozen=True, slots=True)
class Concluded(Generic[T]):
    """What one dossier concludes, in pieces that ``tell`` made; a piece is empty where there is nothing to tell."""

    format: T
    posture: T
    moment: str
    """The empty word where no format is left to launch."""
    lists: Mapping[str, tuple[T, ...]]
    """Arguments, what is drawn by kind (tensions and factors too), rules that fired… each in the order of ids."""
    next_question: str = ""
    left: tuple[str, ...] = ()
    """Questions without an answer that apply or may, in the order of ids."""


class Bulk(Generic[T]):
    """A base made ready to conclude complete dossiers. ``scales`` are the largest sums of the axes."""

    def __init__(
        self, base: Base, columns: Columns, scales: Mapping[str, int], tell: Callable[[Conclusion], T], nothing: T
    ) -> None:
        self.base = base
        self.columns = columns
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
        return Looked(self, bits, Spread(dict(enumerate(bits)), len(rows)))

    def concluded(self, bits: Sequence[Bits], spread: Spread, counts: Counts) -> Iterator[Concluded[T]]:
        """What settled dossiers conclude, in order. Each is counted as it comes."""
        for id, there in self._vigilances(bits).items():
            counts.vigilances[id] += there.bit_count()
        profiles = side_by_side(self._standing.values(), spread)
        sums = side_by_side(self._sums, spread)
        blocked = Spread({0: _either(bits, self._blocking())}, spread.count).signs(0)
        lists = {name: side_by_side(parts, spread) for name, parts in self._lists.items()}
        for number, off_note in enumerate(self._off_note.of(spread)):
            outcome = self._outcome(profiles[number])
            format, shown = self._format(outcome)
            posture, place = self._posture(sums[number], off_note)
            moment = settle_moment(self.base.logic, outcome, blocked=bool(blocked[number]))
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
            formats = ChartedFormats({FORMAT: frozenset([outcome])}.__getitem__)
            reading = format_among(self.base.logic, formats, formats, _nothing_opens)
            self._formats[outcome] = self._tell(reading), reading.shown
        return self._formats[outcome]

    def _posture(self, sums: tuple[int, ...], off_note: tuple[str, ...]) -> tuple[T, PostureReading]:
        if (sums, off_note) not in self._postures:
            position = {
                axis: stretch(self._scales[axis], frozenset([total]))
                for axis, total in zip(self.base.logic.axes, sums, strict=True)
            }
            outcome = frozenset([placed_at(self.base.logic, sums, off_note)])
            reading = posture_among(outcome, outcome, position, _nothing_opens)
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
        return lines_of(items, self._tell, self._nothing)

    def _arguing(self) -> Iterator[Item]:
        for argument in arguments_of(self.base.logic):
            yield [self._fires[argument.rule]], partial(if_held, argument)

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
        fired = held(rules, signs[: len(rules)])
        named = (kind, id)
        levels = frozenset(e.level or "" for r in fired for e in r.effects
                           if isinstance(e, Draw) and (e.kind, e.id) == named)  # fmt: skip
        planned: Foreseen | None = ("deja_prevu" if foreseen else "a_prevoir") if SPECS[kind].can_be_foreseen else None
        surely = frozenset([levels])
        return drawn_from(self.base, named, [(rule, True) for rule in fired], levels, (surely, surely), planned)

    def _tension(self, tension: Tension) -> Item:
        steps = [self.columns.step(pole) for pole in tension.poles]
        return steps, partial(if_held, tension_drawn(self.base, tension.id, "certaine", grounded=True))

    def _factor(self, id: str) -> Item:
        present_if = self.base.logic.factors[id].present_if
        return [self.columns.step(present_if)], partial(if_held, factor_read(self.base, id, True, answered=True))

    def _named(self, id: str, step: int) -> Item:
        return [step], partial(if_held, id)


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


def _either(bits: Sequence[Bits], steps: Iterable[int]) -> Bits:
    found = 0
    for step in steps:
        found |= bits[step]
    return found


def compare(logic: Logic, profiles: Mapping[str, Profile | None]) -> FormatOutcome:
    """Lexi: the best formats, given what each is worth; None where it is ruled out."""
    best: dict[bool, Best] = {False: None, True: None}
    for id, worth in profiles.items():
        if worth is not None:
            preparatory = logic.formats[id].preparatory
            best[preparatory] = better(best[preparatory], (worth, frozenset([id])))
    return format_outcome(best[False], best[True])


def placed_at(logic: Logic, sums: Sequence[int], off_note: Collection[str]) -> PostureOutcome:
    """The posture, from the sum of each axis; ``off_note`` are those whose ``hors_note_si`` holds."""
    signs = {axis: (total > 0) - (total < 0) for axis, total in zip(logic.axes, sums, strict=True)}
    postures = quadrant(logic, signs)
    return PostureOutcome(postures, len(postures) == 1 and not postures.isdisjoint(off_note))


def arguments_of(logic: Logic) -> list[Argument]:
    """Every argument of the rules, as JSON sorts them: as if each were certain."""
    found = (Argument(e.format, e.side, e.force, e.motif, rule.id, "certaine", "declenchee")
             for rule in logic.rules for e in rule.effects if isinstance(e, Argue))  # fmt: skip
    return sorted(found, key=lambda a: (a.format, a.side, a.force, a.motif, a.rule))


def blocks(effect: Draw) -> bool:
    """Is what it draws to be settled before launching: drawn for then, or for no moment in particular?"""
    return effect.kind in SETTLED_BEFORE and effect.level in ("avant", None)


def settle_moment(logic: Logic, outcome: FormatOutcome, *, blocked: bool) -> str:
    """When to launch; the empty word where no format is left to launch."""
    waits = any(logic.formats[id].preparatory for id in outcome.best) if outcome.best else None
    return moment_of(waits, blocked)


def _nothing_opens(shown: frozenset[str]) -> Mapping[str, Mapping[str, frozenset[str]]]:
    return {}
