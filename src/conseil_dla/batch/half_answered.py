"""Half-answered dossiers by the thousand: what ``reading.compose`` says of each, made of columns of bits.

Where the exact reader walks the diagrams once for a dossier, ``open_columns`` walks them once for all. What is
concluded from columns is made once for all dossiers that are alike in it (``parts``), by the functions that make the
exact reading. What is left for each dossier is the order of its questions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, Generic, TypeVar

from conseil_dla.batch import open_columns as column
from conseil_dla.batch.complete import (
    ARGUMENTS,
    BY_CASES,
    COUNTED,
    FIRED,
    IDLE,
    IDLE_ADVICE,
    IGNORED,
    NOT_APPLICABLE,
    TO_ASK,
    Concluded,
    Conclusion,
    arguments_of,
)
from conseil_dla.batch.open_columns import Open, OpenColumns, Row
from conseil_dla.batch.parts import MOST_KEPT, Item, Part, Spread, Step, held, if_held, lines_of, side_by_side
from conseil_dla.batch.summary import Counts
from conseil_dla.exact.atlas import FORMAT, MOMENT, POSTURE, Name
from conseil_dla.exact.exceptions import named
from conseil_dla.exact.outlook import ChartedFormats
from conseil_dla.exact.region import Region
from conseil_dla.reading.advice import format_among, posture_among, stretch
from conseil_dla.reading.asking import Asking, gained_by_asking
from conseil_dla.reading.collected import drawn_from, factor_read, tension_drawn
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.held import certainty_of
from conseil_dla.reading.next_questions import Purpose, ToAsk
from conseil_dla.reading.values import Argument, Drawn, FactorReading, Foreseen, FormatReading, PostureReading
from conseil_dla.rules.kinds import SPECS
from conseil_dla.rules.model import COLLECTED, Draw, Kind, Rule

T = TypeVar("T")


class Halves(Generic[T]):
    """A base made ready to conclude half-answered dossiers. Raises ``TooLarge`` as ``OpenColumns`` does."""

    def __init__(self, reader: Reader, tell: Callable[[Conclusion], T], nothing: T) -> None:
        self.base = base = reader.base
        self.columns = columns = OpenColumns(reader.atlas, reader.relevance)
        self.relevance, self._tell, self._atlas = reader.relevance, tell, reader.atlas
        lines = partial(lines_of, tell=tell, nothing=nothing)
        logic = base.logic
        ids = sorted(logic.questions)
        self._format, self._posture = self._formats(), self._postures()
        moments = [(column.GENERAL, MOMENT, end) for end in columns.ends(MOMENT)]
        self._moment = Part(moments, partial(_moment, [end for *_, end in self._values(moments)]))
        self._lists = {
            ARGUMENTS: lines(self._arguing()),
            **{kind: lines(self._drawing(kind)) for kind in COLLECTED},
            "tension": lines(self._tension(tension.id) for tension in sorted(logic.tensions, key=lambda t: t.id)),
            "facteur": lines(self._factor(id) for id in sorted(logic.factors)),
            FIRED: lines(_named(column.RULE_FIRED, rule.id) for rule in sorted(logic.rules, key=lambda r: r.id)),
            BY_CASES: lines(self._cases()),
            NOT_APPLICABLE: lines(_named(column.APART, id) for id in ids),
            IGNORED: lines(([(column.APART, id), (column.KNOWN, id)], partial(if_held, id)) for id in ids),
            IDLE: lines(self._idle(column.MOVING, id) for id in ids),
            IDLE_ADVICE: lines(self._idle(column.MOVING_ADVICE, id) for id in ids),
        }
        self._open, self._moving = (_ids_of(tag, logic.questions) for tag in (column.OPEN, column.MOVING))
        self._left = _ids_of(column.LEFT, ids)
        self._asked: dict[tuple[str, Purpose], T] = {}
        self._gained = _Gained()

    def look(self, rows: Sequence[Row]) -> tuple[tuple[int, ...], Opened[T] | None]:
        """Which of these dossiers are concluded together, by number; the others are for the exact reader to tell."""
        numbers, seen = self.columns.look(rows)
        return numbers, Opened(self, seen) if numbers else None

    def concluded(self, seen: Open, counts: Counts) -> Iterator[Concluded[T]]:
        """What each concludes, in order. Each is counted as it comes."""
        spread = Spread(seen.columns, len(seen.rows))
        self._count(seen, counts)
        formats, postures, moments = self._format.of(spread), self._posture.of(spread), self._moment.of(spread)
        lists = {name: side_by_side(parts, spread) for name, parts in self._lists.items()}
        opens, moving, left = (side_by_side(parts, spread) for parts in (self._open, self._moving, self._left))
        for number, row in enumerate(seen.rows):
            (format, decided), (posture, place) = formats[number], postures[number]
            asking = Asking(
                self.base, self.relevance.stakes(*seen.outlooks(number)), decided, place,
                tuple(chain.from_iterable(opens[number])), frozenset(chain.from_iterable(moving[number])),
                row.first(), self._gained,
            )  # fmt: skip
            order = asking.in_order()
            later = order[0][0] if order else ""
            counts.read += 1
            counts.together += 1
            counts.formats[decided.shown] += 1
            counts.moments[moments[number]] += 1
            if place.off_note or place.usual.off_note:
                counts.off_note += 1
            else:
                counts.postures[place.shown] += 1
            yield Concluded(
                format, posture, moments[number],
                {
                    **{name: rows[number] for name, rows in lists.items()},
                    TO_ASK: tuple(self._to_ask(id, purpose) for id, purpose in order
                                  if id in asking.moving or purpose == "premier"),
                    COUNTED: (self._tell(tuple(sorted(row.counted))),) if row.counted else (),
                },
                next((id for id, *_ in order if id not in row.declined), later),
                tuple(chain.from_iterable(left[number])),
            )  # fmt: skip

    def _count(self, seen: Open, counts: Counts) -> None:
        """What is counted of all of them at once."""
        found, left = seen.columns, 0
        never = self.columns.end(frozenset())
        for id in self.base.logic.questions:
            counts.unanswered[id] += found[column.LEFT, id].bit_count()
            left |= found[column.LEFT, id]
        counts.complete += len(seen.rows) - left.bit_count()
        for kind, id in self._atlas.drawing:
            if kind == "vigilance":
                drawn, open = 0, found[column.USUAL, (kind, id), never]
                for end in self.columns.ends((kind, id)):
                    drawn |= found[column.GENERAL, (kind, id), end] if end != never else 0
                counts.vigilances[id] += (drawn & ~open).bit_count()
                counts.vigilances_possible[id] += (drawn & open).bit_count()

    def _to_ask(self, id: str, purpose: Purpose) -> T:
        if (id, purpose) not in self._asked:
            self._asked[id, purpose] = self._tell((ToAsk(id, purpose),))
        return self._asked[id, purpose]

    # --- parts --------------------------------------------------------------------------------------------------

    def _charted(self, *names: Name, tags: Sequence[str] = (column.GENERAL,)) -> list[tuple[str, Name, int]]:
        return [(tag, name, end) for name in names for tag in tags for end in self.columns.ends(name)]

    def _values(self, steps: Iterable[tuple[str, Name, int]]) -> list[tuple[str, Name, Any]]:
        """The same steps with the values of their ends."""
        return [(tag, name, self._atlas.diagrams.values[end]) for tag, name, end in steps]

    def _opening(self, chart: Name) -> list[tuple[str, Name, str, int, str]]:
        return [(column.OPENS, chart, id, cell, shown)
                for id, cell in self.columns.openings(chart) for shown in self.columns.shown(chart)]  # fmt: skip

    def _formats(self) -> Part[tuple[T, FormatReading]]:
        """The format, without its arguments."""
        steps, opening = self._charted(FORMAT, tags=(column.GENERAL, column.USUAL)), self._opening(FORMAT)
        values = self._values(steps)

        def make(signs: str) -> tuple[T, FormatReading]:
            ends = _by_chart(held(values, signs[: len(values)]))
            general, usual = (ChartedFormats({FORMAT: ends.get((tag, FORMAT), frozenset())}.__getitem__)
                              for tag in (column.GENERAL, column.USUAL))  # fmt: skip
            opens = partial(self._opened, held(opening, signs[len(values) :]))
            reading = format_among(self.base.logic, general, usual, opens)
            return self._tell(reading), reading

        return Part([*steps, *opening], make)

    def _postures(self) -> Part[tuple[T, PostureReading]]:
        axes = [("axe", axis) for axis in self.base.logic.axes]
        steps = [*self._charted(POSTURE, tags=(column.GENERAL, column.USUAL)), *self._charted(*axes)]
        values, opening = self._values(steps), self._opening(POSTURE)

        def make(signs: str) -> tuple[T, PostureReading]:
            ends = _by_chart(held(values, signs[: len(values)]))
            position = {axis: stretch(self._atlas.scales[axis], ends[column.GENERAL, ("axe", axis)])
                        for _, axis in axes}  # fmt: skip
            general, usual = (ends.get((tag, POSTURE), frozenset()) for tag in (column.GENERAL, column.USUAL))
            opens = partial(self._opened, held(opening, signs[len(values) :]))
            reading = posture_among(general, usual, position, opens)
            return self._tell(reading), reading

        return Part([*steps, *opening], make)

    def _opened(
        self, opening: Iterable[tuple[str, Name, str, int, str]], shown: frozenset[str]
    ) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """As ``exact.exceptions.openings`` tells it."""
        by_cell: dict[str, dict[int, frozenset[str]]] = {}
        for _, _, id, cell, opens in opening:
            if opens not in shown:
                cells = by_cell.setdefault(id, {})
                cells[cell] = cells.get(cell, frozenset()) | {opens}
        return {id: named(self._atlas, id, cells) for id, cells in by_cell.items()}

    def _arguing(self) -> Iterator[Item]:
        for argument in arguments_of(self.base.logic):
            steps = [(tag, argument.rule) for tag in (column.SURE, column.USUALLY, column.ALIVE)]
            yield steps, partial(_argue, argument)

    def _drawing(self, kind: Kind) -> Iterator[Item]:
        for named_so, rules in sorted(self._atlas.drawing.items(), key=lambda item: item[0]):
            if named_so[0] == kind:
                yield self._draw(named_so, rules)

    def _draw(self, named_so: tuple[Kind, str], rules: Sequence[Rule]) -> Item:
        tags = (column.RULE_FIRED, column.SURE, column.ALIVE)
        of_rules: list[Step] = [(tag, rule.id) for tag in tags for rule in rules]
        planned = [("prevu", named_so[1])] if ("prevu", named_so[1]) in self._atlas.charts else []
        charted = [*self._charted(named_so, tags=(column.GENERAL, column.USUAL)), *self._charted(*planned)]
        values, number = self._values(charted), len(rules)

        def make(signs: str) -> Drawn | None:
            fired, sure, alive = (held(rules, signs[n * number : (n + 1) * number]) for n in range(3))
            ends = _by_chart(held(values, signs[3 * number :]))
            levels = frozenset(e.level or "" for rule in fired for e in rule.effects
                               if isinstance(e, Draw) and (e.kind, e.id) == named_so)  # fmt: skip
            states = [(rule, True if rule in sure else None if rule in alive else False) for rule in rules]
            general, usual = (ends.get((tag, named_so), frozenset()) for tag in (column.GENERAL, column.USUAL))
            plans = ends.get((column.GENERAL, planned[0]), frozenset()) if planned else frozenset([False])
            foreseen: Foreseen = "inconnu" if len(plans) > 1 else "deja_prevu" if True in plans else "a_prevoir"
            told = foreseen if SPECS[named_so[0]].can_be_foreseen else None
            return drawn_from(self.base, named_so, states, levels, (general, usual), told)

        return [*of_rules, *charted], make

    def _tension(self, id: str) -> Item:
        steps = self._charted(("tension", id), tags=(column.GENERAL, column.USUAL))
        values = self._values(steps)

        def make(signs: str) -> Drawn | None:
            ends = _by_chart(held(values, signs))
            general, usual = (_state(ends.get((tag, ("tension", id)), frozenset()))
                              for tag in (column.GENERAL, column.USUAL))  # fmt: skip
            strength = certainty_of(general, usual)
            return None if strength is None else tension_drawn(self.base, id, strength, grounded=True)

        return steps, make

    def _factor(self, id: str) -> Item:
        steps = self._charted(("facteur", id))
        values = self._values(steps)

        def make(signs: str) -> FactorReading | None:
            holds = _state(frozenset(value for *_, value in held(values, signs[:-1])))
            return None if holds is False else factor_read(self.base, id, holds, answered=signs[-1] == "1")

        return [*steps, (column.ANSWERED, id)], make

    def _cases(self) -> Iterator[Item]:
        names = [("regle", rule.id) for rule in self.base.logic.rules]
        names += [*self._atlas.drawing, *(("ecarte", id) for id in self.base.logic.formats)]
        return ((([(column.BY_CASES, *name)]), partial(if_held, ":".join(name))) for name in sorted(names))

    @staticmethod
    def _idle(tag: str, id: str) -> Item:
        return [(column.LEFT, id), (tag, id)], lambda signs: id if signs == "10" else None


@dataclass(frozen=True, slots=True)
class Opened(Generic[T]):
    """Some half-answered dossiers, looked at together."""

    _halves: Halves[T]
    _seen: Open

    def concluded(self, counts: Counts) -> Iterator[Concluded[T]]:
        """What each concludes, in order. They are counted as they come."""
        return self._halves.concluded(self._seen, counts)

    def fired(self, number: int) -> frozenset[str]:
        """Rules that fire of one dossier."""
        found, mask = self._seen.columns, 1 << (len(self._seen.rows) - 1 - number)
        return frozenset(r.id for r in self._halves.base.logic.rules if found[column.RULE_FIRED, r.id] & mask)


class _Gained:
    """What asking would tell, kept for the dossiers that are alike in what a chart still looks at."""

    def __init__(self) -> None:
        self._known: dict[tuple[Name, int, tuple[tuple[int, ...], ...]], Mapping[int, float]] = {}

    def __call__(self, region: Region, chart: Name) -> Mapping[int, float]:
        diagrams, cube = region.atlas.diagrams, region.cube
        node = region.atlas.charts[chart]
        while not diagrams.bits[node] and len(cube[diagrams.levels[node]]) == 1:
            node = diagrams.children[node][cube[diagrams.levels[node]][0]]
        key = (chart, node, tuple(cube[level] for level in sorted(diagrams.support(node))))
        if key not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = gained_by_asking(region, chart)
        return self._known[key]


def _by_chart(steps: Iterable[tuple[str, Name, Any]]) -> dict[tuple[str, Name], frozenset[Any]]:
    found: dict[tuple[str, Name], set[Any]] = {}
    for tag, name, value in steps:
        found.setdefault((tag, name), set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _state(values: Collection[Any]) -> bool | None:
    """As ``Region.state``."""
    return None if len(values) > 1 else True in values


def _moment(moments: Sequence[str], signs: str) -> str:
    """When to launch, where all completions agree."""
    there = held(moments, signs)
    return there[0] if len(there) == 1 else ""


def _argue(argument: Argument, signs: str) -> Argument | None:
    sure, usually, alive = (sign == "1" for sign in signs)
    certainty = certainty_of(True if sure else None if alive else False, usually)
    return None if certainty is None else replace(argument, certainty=certainty)


def _named(tag: str, id: str) -> Item:
    return [(tag, id)], partial(if_held, id)


def _ids_of(tag: str, ids: Iterable[str]) -> Sequence[Part[tuple[str, ...]]]:
    return lines_of((_named(tag, id) for id in ids), tell=tuple, nothing=())
