"""What half-answered dossiers may still be, many at once: a column of bits for each thing that a reading looks at.

``exact.sweep`` says what each chart can come to, in general and among ordinary completions, and which questions still
move it; ``three_values`` says which rules fire. Columns are named, so that ``half_answered`` asks for them by what they
say. Where one question only narrows others, by coherence, the exact way for one dossier is asked: that is rare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from conseil_dla.batch.bit_columns import MISSING, Columns
from conseil_dla.batch.parts import Step
from conseil_dla.batch.three_values import ThreeValues
from conseil_dla.exact.atlas import FORMAT, POSTURE, Atlas, Name
from conseil_dla.exact.outcomes import shown_of
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.relevance import Relevance, same_whatever
from conseil_dla.exact.sweep import Bits, Cubes, Sweep, Swept
from conseil_dla.rules.model import RuleOut
from conseil_dla.rules.truth import questions_read

GENERAL, USUAL = "general", "usual"
"""A chart can have an end, in general or among ordinary completions: then its name and the end."""
OPENS = "opens"
"""One exceptional answer opens something: then the chart, the question, the cell and what it opens."""
RULE_FIRED, SURE, ALIVE, USUALLY = "fired", "sure", "alive", "usually"
"""A rule fired, holds in all completions, in some, in all ordinary ones."""
BY_CASES = "by cases"
"""Something is certain and follows from no rule that fired: then its kind and id."""
KNOWN, APART, OPEN, LEFT, MOVING = "known", "apart", "open", "left", "moving"
"""A question is answered; does not apply; applies and is not; may apply and is not; still changes something."""
MOVING_ADVICE = "moving advice"
"""It still changes something of what is said of format and posture."""
ANSWERED = "answered"
"""Some question of a factor is answered."""


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier: its answers as codes, in the order of questions."""

    codes: bytes
    declined: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    """Questions that the table of structures answers."""
    first: Callable[[], frozenset[str]] = frozenset
    """Gives the questions that authors want first of its answers, which codes no longer tell apart."""


class Named(dict[Step, Bits]):
    """Columns by name; one that is not there holds of no dossier."""

    def __missing__(self, step: Step) -> Bits:
        """No dossier."""
        return 0


class OpenColumns:
    """A base made ready. Raises ``TooLarge`` where it takes too much, as where a search compares formats."""

    def __init__(self, atlas: Atlas, relevance: Relevance) -> None:
        self.atlas, self.relevance = atlas, relevance
        self._columns = Columns(atlas.space)
        self._logic = atlas.logic
        three, charts = ThreeValues(self._columns), atlas.charts
        self._fires = {rule.id: three.of(rule.condition)[0] for rule in self._logic.rules}
        self._known = {id: self._columns.answered(id) for id in self._logic.questions}
        self._in_cells = [
            [self._columns.in_cell(id, n) for n in range(len(cells))]
            for id, cells in zip(atlas.space.order, atlas.space.cells, strict=True)
        ]
        self._groups = Sweep(atlas.diagrams, atlas.coherence)
        moved = [relevance.roots[name] for name in relevance.read]
        self._general = Sweep(atlas.diagrams, [*charts.values(), *atlas.coherence], moved)
        self._usual = Sweep(atlas.diagrams, charts.values())
        self._advice = frozenset(relevance.advice)
        self._openings = tuple(
            (chart, id, cell)
            for chart in (FORMAT, POSTURE)
            for id, question in self._logic.questions.items()
            if question.ordinary is not None and atlas.space.level[id] in atlas.draws_on(chart)
            for cell, one in enumerate(atlas.space.cells_of(id))
            if not one.ordinary
        )

    def ends(self, name: Name) -> tuple[int, ...]:
        """The coherent ends that a chart has, as nodes."""
        diagrams, sweep = self.atlas.diagrams, self._general
        nodes = sorted(diagrams.nodes(self.atlas.charts[name]))
        return tuple(node for node in nodes if diagrams.bits[node] and node != sweep.incoherent)

    def end(self, value: object) -> int:
        """The node of an end."""
        return self.atlas.diagrams.end(value)

    def shown(self, chart: Name) -> tuple[str, ...]:
        """Every format, or posture, that a chart can come to."""
        return tuple(
            sorted(frozenset().union(*(shown_of(self.atlas.diagrams.values[end]) for end in self.ends(chart))))
        )

    def openings(self, chart: Name) -> Iterator[tuple[str, int]]:
        """Questions and cells of exceptional answers that may open something in a chart."""
        return ((id, cell) for each, id, cell in self._openings if each == chart)

    def look(self, rows: Sequence[Row]) -> tuple[tuple[int, ...], Open]:
        """What these dossiers may be, and which of them, by number: those left out are for the exact reader to tell."""
        bits = self._columns.run([row.codes for row in rows])
        full = (1 << len(rows)) - 1
        cubes = self._cubes(bits, full, 0)
        apart = self._empty(cubes, full)
        general = self._general.over(cubes, full)
        for rule, step in self._fires.items():
            root = self.atlas.charts["regle", rule]
            apart |= bits[step] & (general.can(root, False) | ~general.can(root, True)) & full
        if apart:
            kept = tuple(n for n, sign in enumerate(format(apart, f"0{len(rows)}b")) if sign == "0")
            again, found = self.look([rows[n] for n in kept]) if kept else ((), Open(self, (), Named(), 0))
            return tuple(kept[n] for n in again), found
        strange = self._empty(self._cubes(bits, full, full), full)
        usual = self._cubes(bits, full, full & ~strange)
        return tuple(range(len(rows))), self._found(Open(self, tuple(rows), Named(), strange), bits, general, usual)

    def _cubes(self, bits: Sequence[Bits], full: Bits, ordinary: Bits) -> Cubes:
        """What is allowed; the dossiers of ``ordinary`` keep to ordinary answers where they have none."""
        space = self.atlas.space
        return [
            [bits[step] | (full & ~bits[self._known[id]] & (full if cell.ordinary else ~ordinary))
             for step, cell in zip(steps, cells, strict=True)]
            for id, steps, cells in zip(space.order, self._in_cells, space.cells, strict=True)
        ]  # fmt: skip

    def _empty(self, cubes: Cubes, full: Bits) -> Bits:
        """Where no completion is coherent."""
        swept = self._groups.over(cubes, full)
        return _either(full & ~swept.can(root) for root in self.atlas.coherence)

    def _found(self, opened: Open, bits: Sequence[Bits], general: Swept, cubes: Cubes) -> Open:
        found, full = opened.columns, (1 << len(opened.rows)) - 1
        usual = self._usual.over(cubes, full)
        for tag, swept in ((GENERAL, general), (USUAL, usual)):
            for name, root in self.atlas.charts.items():
                found.update({(tag, name, end): there for end, there in swept.ends(root).items()})
        self._rules(found, bits)
        self._questions(found, bits, full)
        self._exceptions(found, usual)
        self._moving(opened, general)
        return opened

    def _rules(self, found: Named, bits: Sequence[Bits]) -> None:
        yes, no = self.end(True), self.end(False)
        for rule, step in self._fires.items():
            name = ("regle", rule)
            found[RULE_FIRED, rule] = bits[step]
            found[ALIVE, rule] = found[GENERAL, name, yes]
            found[SURE, rule] = found[GENERAL, name, yes] & ~found[GENERAL, name, no]
            found[USUALLY, rule] = found[USUAL, name, yes] & ~found[USUAL, name, no]
            found[BY_CASES, "regle", rule] = found[SURE, rule] & ~bits[step]
        never = self.end(frozenset())
        for (kind, id), rules in self.atlas.drawing.items():
            fired = _either(found[RULE_FIRED, rule.id] for rule in rules)
            there = _either(found[GENERAL, (kind, id), end] for end in self.ends((kind, id)))
            found[BY_CASES, kind, id] = there & ~found[GENERAL, (kind, id), never] & ~fired
        for id in self._logic.formats:
            out = _either(found[RULE_FIRED, r.id] for r in self._logic.rules if RuleOut(id) in r.effects)
            name = ("ecarte", id)
            found[BY_CASES, "ecarte", id] = found[GENERAL, name, yes] & ~found[GENERAL, name, no] & ~out

    def _questions(self, found: Named, bits: Sequence[Bits], full: Bits) -> None:
        yes, no = self.end(True), self.end(False)
        for id in self._logic.questions:
            known, name = bits[self._known[id]], ("s_applique", id)
            found[KNOWN, id] = known
            found[APART, id] = full & ~found[GENERAL, name, yes]
            found[LEFT, id] = full & ~known & ~found[APART, id]
            found[OPEN, id] = found[LEFT, id] & ~found[GENERAL, name, no]
        for factor in self._logic.factors.values():
            found[ANSWERED, factor.id] = _either(found[KNOWN, id] for id in questions_read(factor.present_if))

    def _exceptions(self, found: Named, usual: Swept) -> None:
        """What exceptional answers open, where something is usually shown that is not certain.

        An answer that leaves nothing coherent leaves no coherent end either, in a chart that draws on its question.
        """
        space, diagrams = self.atlas.space, self.atlas.diagrams
        ways = {chart: usual.ways(self.atlas.charts[chart]) for chart in (FORMAT, POSTURE)}
        unsettled = {
            chart: self._alike(found, chart, USUAL) & ~self._alike(found, chart, GENERAL) for chart in (FORMAT, POSTURE)
        }
        for chart, id, cell in self._openings:
            level = space.level[id]
            there = unsettled[chart] & ~found[KNOWN, id]
            for end, opens in usual.opened(ways[chart].get(level, {}), cell).items() if there else ():
                for shown in shown_of(diagrams.values[end]) if opens & there else ():
                    found[OPENS, chart, id, cell, shown] |= opens & there

    def _alike(self, found: Named, chart: Name, tag: str) -> Bits:
        """Where all ends come to the same."""
        by_shown: dict[frozenset[str], Bits] = {}
        for end in self.ends(chart):
            shown = shown_of(self.atlas.diagrams.values[end])
            by_shown[shown] = by_shown.get(shown, 0) | found[tag, chart, end]
        some = several = 0
        for there in by_shown.values():
            several |= some & there
            some |= there
        return some & ~several

    def _moving(self, opened: Open, general: Swept) -> None:
        found, space, relevance = opened.columns, self.atlas.space, self.relevance
        by_level: dict[tuple[str, int], Bits] = {}
        for name in relevance.read:
            for level, there in general.depends(relevance.roots[name]).items():
                for tag in (MOVING, MOVING_ADVICE) if name in self._advice else (MOVING,):
                    by_level[tag, level] = by_level.get((tag, level), 0) | there
        narrowing: dict[int, Bits] = {}
        for root in self.atlas.coherence:
            torn = general.can(root) & general.can(root, False)
            for level, nodes in general.ways(root).items():
                narrowing[level] = narrowing.get(level, 0) | (torn & _either(nodes.values()))
        for tag, kept in ((MOVING, relevance.read), (MOVING_ADVICE, self._advice)):
            for id in self._logic.questions:
                level = space.level[id]
                moving = by_level.get((tag, level), 0) & found[LEFT, id]
                doubtful = narrowing.get(level, 0) & found[LEFT, id] & ~moving
                found[tag, id] = moving | opened.narrows(id, relevance.roots_on(level, kept), doubtful)
        for factor in self._logic.factors.values():
            name = ("facteur", factor.id)
            unknown = found[GENERAL, name, self.end(True)] & found[GENERAL, name, self.end(False)]
            for id in questions_read(factor.present_if):
                found[MOVING, id] |= unknown & ~found[ANSWERED, factor.id]


@dataclass(frozen=True, slots=True)
class Open:
    """Some half-answered dossiers, looked at together."""

    base: OpenColumns
    rows: tuple[Row, ...]
    columns: Named
    strange: Bits
    """Those that have no ordinary completion: the general ones speak instead."""

    def outlooks(self, number: int) -> tuple[Outlook, Outlook]:
        """What one dossier may be, in general and usually, by the way for one dossier."""
        atlas, row = self.base.atlas, self.rows[number]
        codes = dict(zip(atlas.logic.questions, row.codes, strict=True))
        answers = {id: atlas.space.cells_of(id)[code].value for id, code in codes.items() if code != MISSING}
        general = Outlook(atlas, answers)
        if self.strange and self.strange >> (len(self.rows) - 1 - number) & 1:
            return general, general
        return general, Outlook(atlas, answers, ordinary=True)

    def narrows(self, id: str, roots: Sequence[int], doubtful: Bits) -> Bits:
        """Of these dossiers, those in which some answer to a question takes an end away from one of the diagrams."""
        found = 0
        for number in _numbers(doubtful, len(self.rows)):
            if not same_whatever(*self.outlooks(number), id, roots):
                found |= 1 << (len(self.rows) - 1 - number)
        return found


def _numbers(bits: Bits, count: int) -> Iterator[int]:
    """Dossiers by number, the first at the highest bit."""
    while bits:
        lowest = bits & -bits
        yield count - lowest.bit_length()
        bits ^= lowest


def _either(parts: Iterable[Bits]) -> Bits:
    found = 0
    for bits in parts:
        found |= bits
    return found
