"""A base compiled once: everything that a reading can say, as diagrams over all dossiers.

Every diagram that is asked has the end ``INCOHERENT`` where a coherence rule that bears on it is broken, so that only
coherent completions are ever counted. The others bear on questions it does not share, and can always be met
apart: dossiers that leave nothing coherent are refused before.

One module because every chart is made from the same conditions, rules and findings, each of which is one node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import add
from typing import Any

from conseil_dla.exact.diagram import MOST_NODES, TooLarge
from conseil_dla.exact.outcomes import (
    alone,
    at_level,
    better,
    conjunction,
    disjunction,
    format_outcome,
    inside,
    kept_if_coherent,
    marked_off_note,
    moment,
    negation,
    placed,
    ranked,
    side,
    signed,
    together,
    unless_out,
)
from conseil_dla.exact.parts import Parts
from conseil_dla.exact.search.circuit import Circuit
from conseil_dla.exact.search.drawing import Coherence
from conseil_dla.exact.search.searching import Search
from conseil_dla.exact.space import Ground, Space, by_conclusion
from conseil_dla.rules.coherence import groups, with_conditions_of_asking
from conseil_dla.rules.deciding import NOTHING
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import (
    COLLECTED,
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
    Kind,
    Logic,
    NoneOf,
    Push,
    RuleOut,
    Ticks,
    Within,
)

Name = tuple[str, ...]
"""What a chart is about: its kind, then an id where there is one, such as ``("vigilance", "appropriation")``."""
FORMAT: Name = ("format",)
POSTURE: Name = ("posture",)
MOMENT: Name = ("moment",)
MOST_COMPARED = 40_000
"""Nodes that comparing formats may take before it is left to a search: more than a second of building."""


class Atlas:
    """All diagrams of a base. ``charts`` are those to be asked; building takes the time, asking is quick.

    Where comparing formats would take more than ``compared`` nodes, there is no chart of it, nor of the moment that
    hangs on it: ``search`` answers instead. Without ``compared``, there are always charts.

    Building raises ``TooLarge`` past ``most`` nodes. On the ``ground`` of another atlas, equal functions of both are
    one node, and what the other has built is not built again.
    """

    def __init__(
        self, logic: Logic, most: int = MOST_NODES, ground: Ground | None = None, compared: int | None = None
    ) -> None:
        self.logic = logic
        self._compared = compared
        self._is_searched = False
        self.ground = ground or Ground.of(Space(logic), most)
        self.space, self.diagrams = self.ground.space, self.ground.diagrams
        self.applies: dict[str, int] = {}
        """Where each question applies, over all dossiers."""
        self._conditions: dict[Condition, int] = {}
        self.findings: dict[str, int] = {}
        self.rules: dict[str, int] = {}
        for id in logic.questions:
            self._asked(id)
        self.coherence: Mapping[int, frozenset[int]] = dict(self._group(*group) for group in groups(logic))
        """Diagrams of coherence (True where nothing is broken), with the levels that each draws on."""
        self.concluding = by_conclusion(logic, lambda e: e.finding if isinstance(e, Conclude) else None)
        """Rules that conclude each finding."""
        self.drawing = by_conclusion(logic, lambda e: (e.kind, e.id) if isinstance(e, Draw) else None)
        """Rules that draw each collected conclusion."""
        self._compile_rules()
        self.profiles: dict[str, int] = {}
        """What each format is worth; None where it is ruled out."""
        self.parts: dict[Name, Parts] = {}
        """Conclusions that no one chart holds (``AtlasInParts``)."""
        self.charts: dict[Name, int] = {}
        self._draw_charts()
        self.latest: dict[bool, Any] = {}
        """The region that an outlook last looked at, by whether its answers are ordinary: the next is mostly alike."""
        if ground is None:
            self.diagrams.forget()

    def of(self, logic: Logic) -> Atlas:
        """Another logic on the same ground, charted or searched as this one."""
        return Atlas(logic, self.diagrams.most, self.ground, 0 if self._is_searched else None)

    @cached_property
    def scales(self) -> Mapping[str, int]:
        """How far each axis goes."""
        return {axis: self._scale(axis) for axis in self.logic.axes}

    # --- conditions ---------------------------------------------------------------------------------------------

    def _asked(self, id: str) -> int:
        """Whether a question applies."""
        if id not in self.applies:
            asked_if = self.logic.questions[id].asked_if
            for read in with_conditions_of_asking(self.logic, [id]) if asked_if else ():
                if read != id:
                    self._asked(read)
            self.applies[id] = self.holds(asked_if) if asked_if else self.diagrams.end(True)
        return self.applies[id]

    def holds(self, condition: Condition) -> int:
        """Where a condition holds, over all dossiers."""
        if condition not in self._conditions:
            self._conditions[condition] = self._compile(condition)
        return self._conditions[condition]

    def _compile(self, condition: Condition) -> int:
        match condition:
            case Found(finding):
                return self.findings.get(finding, self.diagrams.end(False))
            case AllOf(parts):
                return self._all(map(self.holds, parts))
            case AnyOf(parts):
                return self._any(map(self.holds, parts))
            case NoneOf(parts):
                return self.diagrams.rename(negation, self._any(map(self.holds, parts)))
            case AtLeast(count, parts):
                number = self._sum(self._points(self.holds(part), 1) for part in parts)
                return self.diagrams.rename(lambda value: value >= count, number)
            case Is(question, answers):
                return self._atom(question, lambda names: names[0] in answers)
            case Ticks(question, options):
                return self._atom(question, lambda names: not options.isdisjoint(names))
            case Within(question, low, high):
                return self._atom(question, lambda names: inside(names[0], low, high))

    def _atom(self, question: str, chosen: Callable[[tuple[str, ...]], bool]) -> int:
        ends = tuple(self.diagrams.end(chosen(cell.names)) for cell in self.space.cells_of(question))
        return self._all([self._asked(question), self.diagrams.node(self.space.level[question], ends)])

    def _all(self, roots: Iterable[int]) -> int:
        return self.diagrams.fold(conjunction, roots, True, absorbing=False)

    def _any(self, roots: Iterable[int]) -> int:
        return self.diagrams.fold(disjunction, roots, False, absorbing=True)

    def _sum(self, roots: Iterable[int]) -> int:
        return self.diagrams.fold(add, roots, 0)

    def _points(self, root: int, points: int) -> int:
        return self.diagrams.rename(lambda holds: points if holds else 0, root)

    def _group(self, rules: Iterable[Any], questions: Iterable[str]) -> tuple[int, frozenset[int]]:
        broken = self._any(self.holds(rule.never) for rule in rules)
        root = self.diagrams.rename(negation, broken)
        return root, frozenset(self.space.level[id] for id in questions)

    def coherent(self, root: int) -> int:
        """The same function, ``INCOHERENT`` where a coherence rule that shares a question with it is broken."""
        support = self.diagrams.support(root)
        for group, levels in self.coherence.items():
            if not levels.isdisjoint(support):
                root = self.diagrams.combine(kept_if_coherent, group, root)
        return root

    # --- rules --------------------------------------------------------------------------------------------------

    def _compile_rules(self) -> None:
        """Rules stratum by stratum, each stratum seeing the findings of those below."""
        stratum = 0
        for rule in self.logic.rules:
            if rule.stratum > stratum:
                stratum = rule.stratum
                self._settle()
            self.rules[rule.id] = self.holds(rule.condition)
        self._settle()

    def _settle(self) -> None:
        for finding, rules in self.concluding.items():
            if known := [self.rules[rule.id] for rule in rules if rule.id in self.rules]:
                self.findings[finding] = self._any(known)

    # --- charts -------------------------------------------------------------------------------------------------

    def _draw_charts(self) -> None:
        self.charts = self._conclusions() | self._others()

    def _conclusions(self) -> dict[Name, int]:
        """What rules decide together: formats, moment, postures, axes, collected conclusions, formats that are out."""
        logic = self.logic
        drawn = {(kind, id): self._levels(kind, id) for kind in COLLECTED for id in logic.ids(kind)}
        verdict = self._verdict(drawn)
        plain: dict[Name, int] = {POSTURE: self._postures()}
        plain |= {("axe", axis): self.axis(axis) for axis in logic.axes}
        plain |= {(kind, id): root for (kind, id), root in drawn.items()}
        plain |= {("ecarte", id): self.ruled_out(id) for id in logic.formats}
        return verdict | {name: self.coherent(root) for name, root in plain.items()}

    def _others(self) -> dict[Name, int]:
        """Rules and findings, whether questions apply, and what one condition decides."""
        logic = self.logic
        plain: dict[Name, int] = {("regle", id): root for id, root in self.rules.items()}
        plain |= {("constat", id): root for id, root in self.findings.items()}
        plain |= {("s_applique", id): root for id, root in self.applies.items()}
        plain |= {("facteur", f.id): self.holds(f.present_if) for f in logic.factors.values()}
        plain |= {("prevu", id): self.holds(foreseen_if) for _, id, foreseen_if in logic.foreseen}
        plain |= {("hors_note", p.id): self.holds(p.off_note_if) for p in logic.postures.values() if p.off_note_if}
        for tension in logic.tensions:
            poles = [self.holds(pole) for pole in tension.poles]
            plain |= {("pole", tension.id, str(n)): root for n, root in enumerate(poles)}
            plain["tension", tension.id] = self._all(poles)
        return {name: self.coherent(root) for name, root in plain.items()}

    def _verdict(self, drawn: Mapping[tuple[Kind, str], int]) -> dict[Name, int]:
        """The charts of the format and of the moment; none, and a search, where they would take too many nodes."""
        diagrams, whole = self.diagrams, self.diagrams.most
        before = diagrams.size
        if self._compared is not None:
            diagrams.most = min(whole, before + self._compared)
        try:
            formats = self._formats()
            found = {FORMAT: formats, MOMENT: self._moment(formats, drawn)}
            return {name: self.coherent(root) for name, root in found.items()}
        except TooLarge:
            if self._compared is None:
                raise
            diagrams.back_to(before)
            self.profiles.clear()
            self._is_searched = True
            return {}
        finally:
            diagrams.most = whole

    @cached_property
    def search(self) -> Search | None:
        """Who compares formats where no chart does; None where one does."""
        if not self._is_searched:
            return None
        return Search(Circuit(self.logic, self.space), Coherence(self.diagrams, self.coherence))

    def _formats(self) -> int:
        """Lexi over all dossiers. Preparatory formats come last: who is best among the others is part of the end."""
        best = {False: self.diagrams.end(None), True: self.diagrams.end(None)}
        for id in sorted(self.logic.formats):
            preparatory = self.logic.formats[id].preparatory
            self.profiles[id] = self.profile(id)
            standing = self.diagrams.rename(alone(id), self.profiles[id])
            best[preparatory] = self.diagrams.combine(better, best[preparatory], standing)
        return self.diagrams.combine(format_outcome, best[False], best[True])

    def profile(self, format: str, without: tuple[str, Argue] | None = None) -> int:
        """Reasons for minus reasons against at each force; None where the format is ruled out.

        ``without`` leaves out one argument of one rule, as if it were not written.
        """
        reasons: dict[tuple[str, str], list[int]] = {}
        for rule in self.logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Argue) and effect.format == format and (rule.id, effect) != without:
                    rank, sign = FORCES.index(effect.force), 1 if effect.side == "pour" else -1
                    root = self.diagrams.rename(ranked(rank, sign), self.rules[rule.id])
                    reasons.setdefault((effect.side, effect.motif), []).append(root)
        each = [self.diagrams.fold(max if side == "pour" else min, roots, NOTHING)
                for (side, _), roots in sorted(reasons.items())]  # fmt: skip
        total = self.diagrams.fold(together, each, NOTHING)
        return self.diagrams.combine(unless_out, self.ruled_out(format), total)

    def ruled_out(self, format: str) -> int:
        """Where a format is out by definition."""
        return self._any(self.rules[r.id] for r in self.logic.rules if RuleOut(format) in r.effects)

    def draws_on(self, name: Name) -> frozenset[int]:
        """Levels that a chart draws on; where a search compares formats, those that their rules read."""
        if name == FORMAT and self.search is not None:
            return frozenset(filter(self.search.circuit.reads, range(len(self.space.order))))
        roots = self.parts[name].roots if name in self.parts else (self.charts[name],)
        return frozenset().union(*map(self.diagrams.support, roots))

    def axis(self, axis: str) -> int:
        """The sum of an axis."""
        return self._sum(self.pushing(axis))

    def pushing(self, axis: str) -> list[int]:
        """The points that each rule gives on an axis."""
        return [
            self._points(self.rules[rule.id], effect.points)
            for rule in self.logic.rules
            for effect in rule.effects
            if isinstance(effect, Push) and effect.axis == axis
        ]

    def _postures(self) -> int:
        sides = [self.diagrams.rename(side, self.axis(axis)) for axis in self.logic.axes] or [self.diagrams.end(0)]
        signs = self.diagrams.end(())
        for each in sides[:-1]:
            signs = self.diagrams.combine(signed, signs, each)
        root = self.diagrams.combine(placed(self.logic), signs, sides[-1])
        for posture in self.logic.postures.values():
            if posture.off_note_if:
                there = self.holds(posture.off_note_if)
                root = self.diagrams.combine(marked_off_note(posture.id), there, root)
        return root

    def _levels(self, kind: Kind, id: str) -> int:
        """The levels at which a conclusion is drawn ("" where it has none); the empty set where it is not drawn."""
        return self.diagrams.fold(frozenset.union, self.levels_drawn(kind, id), frozenset())

    def levels_drawn(self, kind: Kind, id: str) -> list[int]:
        """The level at which each rule draws a conclusion."""
        return [
            self.diagrams.rename(at_level(effect.level or ""), self.rules[rule.id])
            for rule in self.logic.rules
            for effect in rule.effects
            if isinstance(effect, Draw) and (effect.kind, effect.id) == (kind, id)
        ]

    def _moment(self, formats: int, drawn: Mapping[tuple[Kind, str], int]) -> int:
        blocking = self._any(
            self.diagrams.rename(lambda levels: not levels.isdisjoint(("avant", "")), root)
            for (kind, _), root in drawn.items()
            if kind in SETTLED_BEFORE
        )
        preparatory = frozenset(f.id for f in self.logic.formats.values() if f.preparatory)
        waits = self.diagrams.rename(
            lambda outcome: None if not outcome.best else bool(outcome.best & preparatory), formats
        )
        return self.diagrams.combine(moment, waits, blocking)

    def _scale(self, axis: str) -> int:
        reached = {self.diagrams.values[node] for node in self.diagrams.nodes(self.charts["axe", axis])}
        return max([1, *(abs(value) for value in reached if isinstance(value, int))])


class Conditions(Atlas):
    """The charts of conditions alone: rules, findings, factors… What rules decide together follows from them."""

    def _conclusions(self) -> dict[Name, int]:
        return {}
