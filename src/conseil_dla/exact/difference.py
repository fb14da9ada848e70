"""What two logics say otherwise, over every dossier that both can be asked about.

Both are compiled on one ground, cut at every threshold of either, so that functions that mean the same are the same
node. Compared are dossiers that both versions can describe and take for coherent: an answer, or a number, that only
one of them knows is left aside, and told as such; so are the dossiers that one refuses and the other takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from conseil_dla.exact.atlas import FORMAT, MOMENT, MOST_COMPARED, POSTURE, Atlas, Name
from conseil_dla.exact.atlas_in_parts import AtlasInParts
from conseil_dla.exact.diagram import MOST_HELD, TooLarge
from conseil_dla.exact.known import is_known, shared
from conseil_dla.exact.moves import Difference, Move, Refusal, Rest
from conseil_dla.exact.outcomes import INCOHERENT, conjunction, disjunction, kept_if_coherent, negation
from conseil_dla.exact.paths import Path, answers_of, plainest, thinned
from conseil_dla.exact.region import Region
from conseil_dla.exact.search.ends import Ends, Formats, Moments
from conseil_dla.exact.search.moving import Common, Moving, Passages
from conseil_dla.exact.search.solver import Solver, solver
from conseil_dla.exact.shares import Count
from conseil_dla.exact.space import Cube, Ground, Space
from conseil_dla.rules.kinds import LEVELLED, SETTLED_BEFORE
from conseil_dla.rules.model import COLLECTED, FORCES, LEVELS, Answers, Argue, Logic

SHOWN = frozenset({"axe", "facteur", "tension", "prevu", "ecarte", *COLLECTED})
"""Kinds of charts compared, beside the format, the posture and the moment."""
NEITHER = (INCOHERENT, INCOHERENT, "str")
"""The end of a pair of charts where both versions refuse the dossier, if they refuse the same ones."""
ARGUMENT = "argument"
"""The charts of reasons, by format, side and motif: the highest force given, or nothing."""
MISSING: Mapping[str, Any] = {kind: frozenset() for kind in COLLECTED} | {
    "facteur": False, "tension": False, "prevu": False, "ecarte": False, "axe": 0, ARGUMENT: "",
}  # fmt: skip
"""What a version says of a conclusion that it does not know."""


class Beside:
    """Two atlases on one ground. What both take for coherent is compared; ``charts`` names what differs there."""

    def __init__(self, before: Atlas, after: Atlas) -> None:
        self.before, self.after = before, after
        self.ground = before.ground
        self.space, self.diagrams = self.ground.space, self.ground.diagrams
        self.coherent_before, self.coherent_after = map(self._coherent, (before, after))
        self.both = self.diagrams.combine(conjunction, self.coherent_before, self.coherent_after)
        self.in_parts = frozenset(before.parts.keys() | after.parts.keys())
        """What is not compared over all dossiers: no chart of one of the versions holds it."""
        self.uncharted = frozenset({FORMAT, MOMENT} - (before.charts.keys() & after.charts.keys()))
        """What one of the versions has no chart of, for its size, and what a search compares."""

    def _coherent(self, atlas: Atlas) -> int:
        return self.diagrams.fold(conjunction, atlas.coherence, True)

    def charts(self) -> Iterator[tuple[Name, int, int]]:
        """Every conclusion that does not mean the same, in both versions; the same node means the same."""
        for name in dict.fromkeys((*_named(self.before), *_named(self.after))):
            if name in self.uncharted or name in self.in_parts:
                continue
            one, other = (self._chart(atlas, name) for atlas in (self.before, self.after))
            if one != other:
                yield name, one, other

    def _chart(self, atlas: Atlas, name: Name) -> int:
        """A conclusion over dossiers that both versions take; the others end alike whatever it says."""
        root = _argument(atlas, name) if name[0] == ARGUMENT else atlas.charts.get(name)
        if root is None:
            root = self.diagrams.end(MISSING[name[0]])
        root = self.diagrams.combine(kept_if_coherent, self.both, root)
        return self._without_idle_levels(root) if name[0] in LEVELLED else root

    def _without_idle_levels(self, root: int) -> int:
        """Levels of a conclusion without those that never show: wherever one is drawn, the same earlier one is too.

        What shows is the earliest level of all completions, or of any; such a level is never it.
        """
        ends = [self.diagrams.values[node] for node in self.diagrams.nodes(root) if self.diagrams.bits[node]]
        sets = [end for end in ends if isinstance(end, frozenset)]
        idle = frozenset(
            level
            for n, level in enumerate(LEVELS)
            if any(all(earlier in drawn for drawn in sets if level in drawn) for earlier in LEVELS[:n])
        )
        return self.diagrams.rename(lambda end: end - idle if isinstance(end, frozenset) else end, root)

    def pairs(self, one: int, other: int) -> int:
        """Both ends of a conclusion, as one chart of pairs."""
        return self.diagrams.combine(_pair, one, other)

    def witness(self, root: int, wish: Callable[[Any], bool], ignored: object) -> Answers:
        """The plainest answers that surely end as wished, whatever ends as ``ignored``. There must be some."""
        path = plainest(self.space, self.diagrams, root, wish)
        assert path is not None
        return self._answers(thinned(self.diagrams, root, path, lambda end: end == ignored or wish(end)))

    def _answers(self, path: Path) -> Answers:
        before, after = (answers_of(self.space, atlas.logic, path) for atlas in (self.before, self.after))
        return {**before, **after}

    @property
    def ignored(self) -> object:
        """The end of pairs that no dossier reaches; None where the versions do not refuse the same dossiers."""
        return NEITHER if self.coherent_before == self.coherent_after else None

    @cached_property
    def _differing(self) -> tuple[int, ...]:
        return tuple(self.diagrams.combine(_differ, one, other) for _, one, other in self.charts())

    @cached_property
    def _refusing(self) -> tuple[int, ...]:
        return (self.diagrams.combine(_differ, self.coherent_before, self.coherent_after),)

    @cached_property
    def reasons(self) -> Mapping[Argue, frozenset[int]]:
        """Where a reason is given by other rules than before, though together they may weigh the same.

        While answers are missing, each rule is established by itself: such a reason may come sooner or later.
        """
        one, other = self._by_argument(self.before), self._by_argument(self.after)
        none: frozenset[int] = frozenset()
        moved = {e: one.get(e, none) ^ other.get(e, none) for e in dict.fromkeys((*one, *other))}
        return {argument: roots for argument, roots in moved.items() if roots}

    @cached_property
    def motifs(self) -> tuple[frozenset[str], frozenset[str]]:
        """Motifs that some rule gives of some dossier that both versions take: before, and after."""
        return self._motifs(self.before), self._motifs(self.after)

    def _motifs(self, atlas: Atlas) -> frozenset[str]:
        return frozenset(argument.motif for argument, roots in self._by_argument(atlas).items() if roots)

    def _by_argument(self, atlas: Atlas) -> dict[Argue, frozenset[int]]:
        """Where each rule that gives an argument applies, over dossiers that both versions take."""
        found: dict[Argue, set[int]] = {}
        for rule in atlas.logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Argue):
                    there = self.diagrams.combine(conjunction, self.both, atlas.rules[rule.id])
                    found.setdefault(effect, set()).add(there)
        return {argument: frozenset(roots - {self.diagrams.end(False)}) for argument, roots in found.items()}

    def may_move(self, cube: Cube) -> bool:
        """Could anything shown of the dossiers of a cube differ, unknown answers meaning the same in both?

        A format that no chart holds follows from reasons and what is out, as long as formats themselves are the same.
        """
        if self.in_parts or (self.uncharted and self.before.logic.formats != self.after.logic.formats):
            return True
        region = Region(self.after, cube)
        roots = (*self._differing, *self._refusing, *(root for each in self.reasons.values() for root in each))
        return any(True in region.decoded(region.reach(root)) for root in roots)


class Versions(Beside):
    """Two logics side by side, in the newer one's names. Building raises ``TooLarge``.

    Charts of formats may take ``compared`` nodes in each, and as many together; past it, a search with such a
    ``solver`` compares them. What only parts hold is kept ``in_parts``.
    """

    def __init__(
        self, before: Logic, after: Logic, most: int = MOST_HELD, compared: int = MOST_COMPARED,
        solver: Callable[[], Solver] = solver, in_parts: bool = False,
    ) -> None:  # fmt: skip
        self.questions = dict(shared(before, after))
        self._asked = {**before.questions, **after.questions}
        self._solver = solver
        ground = Ground.of(Space(replace(after, questions=self.questions), (before, after)), most)
        newer, older = self._within(after), self._within(before)
        if in_parts:
            super().__init__(AtlasInParts(older, most, ground), AtlasInParts(newer, most, ground))
            return
        newer_atlas = Atlas(newer, most, ground, compared)
        older_atlas = Atlas(older, most, ground, compared if FORMAT in newer_atlas.charts else 0)
        super().__init__(older_atlas, newer_atlas)
        if not self.uncharted and not self._can_be_paired(compared):
            self.uncharted = frozenset({FORMAT})

    def _can_be_paired(self, compared: int) -> bool:
        """Do both charts of formats make one of that many nodes more?"""
        diagrams, whole, before = self.diagrams, self.diagrams.most, self.diagrams.size
        diagrams.most = min(whole, before + compared)
        try:
            self.pairs(*(self._chart(atlas, FORMAT) for atlas in (self.before, self.after)))
        except TooLarge:
            diagrams.back_to(before)
            return False
        finally:
            diagrams.most = whole
        return True

    def _within(self, logic: Logic) -> Logic:
        """A version over the answers that both know; its own ``posee_si``."""
        kept = {id: replace(self.questions[id], asked_if=question.asked_if) for id, question in logic.questions.items()}
        return replace(logic, questions=kept)

    def difference(self, progress: Callable[[int, int], None] = lambda done, whole: None) -> Difference:
        """Everything, counted; what no chart holds is searched, its numbers are estimates, and ``progress`` is told."""
        count = Count(self.ground, self.questions, self._applies())
        total = count.of(self.both).get(True, 0)
        moves: dict[Name, list[Move]] = {FORMAT: [], POSTURE: [], MOMENT: []}
        for name, one, other in self.charts():
            pairs = self.pairs(one, other)
            found = [(ends, n) for ends, n in count.of(pairs).items() if ends[0] != ends[1]]
            moves[name] = [
                Move(name, ends[0], ends[1], number, self.witness(pairs, ends.__eq__, self.ignored))
                for ends, number in sorted(found, key=lambda each: (-each[1], str(each[0])))
            ]
        rest = []
        for name, told in self._searched(moves, count, progress):
            moves[name] = [
                Move(name, each.before, each.after, round(each.share * total), self._answers(each.path), each.margin)
                for each in told.told
            ]
            if told.rest is not None:
                share, margin = told.rest
                rest.append(Rest(name, round(share * total), margin))
        refused = self._refusal(count, self.coherent_before, self.coherent_after)
        admitted = self._refusal(count, self.coherent_after, self.coherent_before)
        every = tuple(move for some in moves.values() for move in some)
        return Difference(total, every, refused, admitted, tuple(rest))

    def _searched(
        self, moves: Mapping[Name, Sequence[Move]], count: Count, progress: Callable[[int, int], None]
    ) -> Iterator[tuple[Name, Passages]]:
        """Of what has no chart, what may move: formats follow from reasons and what is out, the moment from them and
        the rest."""
        one, other = self.before.logic, self.after.logic
        moved = {name[0] for name, found in moves.items() if found}
        formats = bool(moved & {ARGUMENT, "ecarte"}) or one.formats != other.formats
        may: dict[Name, tuple[bool, Ends]] = {
            FORMAT: (formats, Formats(one, other)), MOMENT: (formats or bool(moved & {*SETTLED_BEFORE}), Moments())
        }  # fmt: skip
        wanted = {name: ends for name, (moving, ends) in may.items() if moving and name in self.uncharted}
        if wanted:
            alike = self.coherent_before == self.coherent_after
            common = Common(self.space, count.weighed(self.both), alike, count.sizes, self._first)
            search = Moving(one, other, common, self._solver)
            yield from ((name, search.passages(ends, progress)) for name, ends in wanted.items())

    @property
    def _first(self) -> Sequence[Sequence[int]]:
        """Cells of each level, those whose answer is ordinary in the newer version before the others."""
        found = []
        for id, cells in zip(self.space.order, self.space.cells, strict=True):
            usual = self._asked[id].ordinary
            unlike = [usual is not None and not usual.has(cell.value) for cell in cells]
            found.append(sorted(range(len(cells)), key=unlike.__getitem__))
        return found

    def _applies(self) -> Mapping[str, int]:
        """A question counts where either version asks it."""
        never = self.diagrams.end(False)
        return {
            id: self.diagrams.combine(
                disjunction, self.before.applies.get(id, never), self.after.applies.get(id, never)
            )
            for id in self.questions
        }

    def _refusal(self, count: Count, taking: int, refusing: int) -> Refusal | None:
        root = self.diagrams.combine(conjunction, taking, self.diagrams.rename(negation, refusing))
        if root == self.diagrams.end(False):
            return None
        return Refusal(count.of(root)[True], self.witness(root, bool, None))

    def asked_otherwise(self) -> tuple[str, ...]:
        """Questions of both versions that one asks where the other does not."""
        one, other = self.before.applies, self.after.applies
        return tuple(
            id for id in self.questions if id in one and id in other
            and len({self.diagrams.combine(conjunction, self.both, each[id]) for each in (one, other)}) > 1
        )  # fmt: skip

    def cube(self, answers: Answers) -> Cube:
        """The dossiers with these answers; those that only one version knows are left aside."""
        return self.space.cube(
            {id: v for id, v in answers.items() if id in self.questions and is_known(self.questions[id], v)}
        )


def _named(atlas: Atlas) -> Iterator[Name]:
    yield from (FORMAT, POSTURE, MOMENT)
    yield from (name for name in atlas.charts if name[0] in SHOWN)
    arguing = (e for rule in atlas.logic.rules for e in rule.effects if isinstance(e, Argue))
    yield from ((ARGUMENT, e.format, e.side, e.motif) for e in arguing)


def _argument(atlas: Atlas, name: Name) -> int:
    """The highest force at which a reason is given; the empty word where it is not."""
    found = atlas.diagrams.end("")
    for rule in atlas.logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Argue) and (effect.format, effect.side, effect.motif) == name[1:]:
                given = atlas.diagrams.rename(_named_force(effect.force), atlas.rules[rule.id])
                found = atlas.diagrams.combine(_stronger, found, given)
    return found


def _named_force(force: str) -> Callable[[bool], str]:
    return lambda holds: force if holds else ""


def _stronger(a: str, b: str) -> str:
    return min(a, b, key=lambda force: FORCES.index(force) if force in FORCES else len(FORCES))


def _pair(before: object, after: object) -> tuple[object, object, str]:
    """Both ends. Their type is part of it: to Python, one point on an axis and a plain yes are equal."""
    return before, after, type(after).__name__


def _differ(before: object, after: object) -> bool:
    return before != after
