"""Which questions still matter, by reachability alone.

What is said to be without effect rests on this alone; ``information`` only ranks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from conseil_dla.exact.atlas import FORMAT, MOMENT, POSTURE, Atlas, Name
from conseil_dla.exact.outcomes import INCOHERENT, FormatOutcome, PostureOutcome, shown_of
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.region import Region
from conseil_dla.exact.search.apart import depends
from conseil_dla.exact.search.formats import Comparison
from conseil_dla.exact.search.played import About
from conseil_dla.exact.search.searching import Proves, at_once
from conseil_dla.rules.model import Argue, RuleOut

NOT_READ = frozenset({"constat", "s_applique", "pole", "hors_note"})
"""Kinds of charts that no reader is shown for themselves."""
BEST: Name = ("meilleurs",)
PLACE: Name = ("place",)
"""What the format and the place come to, without what follows a format or how far an axis goes: a question that
moves ``FORMAT`` or an axis may leave both as they are.
"""
SEARCHED: Mapping[Name, About] = {BEST: "best", FORMAT: "format", MOMENT: "moment"}
"""What a search compares, where it has no chart."""


class Relevance:
    """Which charts draw on each question, worked out once."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.roots = {name: root for name, root in atlas.charts.items() if name[0] not in NOT_READ}
        """The diagram of everything read, and of ``BEST`` and ``PLACE``; of what is in parts, of each part."""
        self.read = frozenset(self.roots) | atlas.parts.keys()
        """Everything read; ``BEST`` and ``PLACE`` would add nothing to it."""
        if atlas.search is not None:
            self.read |= {FORMAT, MOMENT}
        for name, chart in ((BEST, FORMAT), (PLACE, POSTURE)):
            if chart in atlas.charts:
                self.roots[name] = atlas.diagrams.rename(_come_to, atlas.charts[chart])
        self.parts: dict[Name, tuple[Name, ...]] = {}
        """What is in parts, with the names of its parts: a question moves it where it moves one of them."""
        for name, parts in atlas.parts.items():
            named = {("partie", *name, str(n)): root for n, root in enumerate(parts.roots)}
            self.roots |= named
            self.parts[name] = tuple(named)
        if POSTURE in self.parts:
            self.parts[PLACE] = self.parts[POSTURE]
        self.outcome: tuple[Name, ...] = (BEST, PLACE)
        """Format and place alone."""
        arguing = [r.id for r in atlas.logic.rules if any(isinstance(e, Argue | RuleOut) for e in r.effects)]
        axes = (("axe", axis) for axis in atlas.logic.axes)
        self.advice: tuple[Name, ...] = (FORMAT, POSTURE, *axes, *(("regle", id) for id in arguing))
        """All that is said of them: what follows a format, the sum of each axis, every reason for or against."""
        self.rules = frozenset(("regle", rule.id) for rule in atlas.logic.rules)
        self.arguing = frozenset(("regle", id) for id in arguing)
        first = {"regle": 0, "axe": 1}
        self._charts: dict[int, list[Name]] = {}
        for name in sorted(self.roots, key=lambda name: (first.get(name[0], 2), name)):
            for level in atlas.diagrams.support(self.roots[name]):
                self._charts.setdefault(level, []).append(name)

    def stakes(self, general: Outlook, usual: Outlook, proves: Proves = at_once) -> Stakes:
        """What still matters in one dossier."""
        return Stakes(self, general, usual, proves)

    def roots_on(self, level: int, kept: Collection[Name]) -> list[int]:
        """The diagrams of these charts that draw on a level."""
        return [self.roots[name] for name in self._charts.get(level, ()) if name in kept]


class Stakes:
    """What each question can still change in one dossier."""

    def __init__(self, relevance: Relevance, general: Outlook, usual: Outlook, proves: Proves) -> None:
        self.relevance = relevance
        self.general = general
        self.usual = usual
        self.atlas = relevance.atlas
        self._sight = _Sight(general.region)
        self._proves = proves
        self.is_proved = True
        """Was every proof begun that was needed? Where not, more may be without effect than what is told."""

    def moving(self, charts: Iterable[Name] | None = None, among: Collection[str] | None = None) -> frozenset[str]:
        """Unanswered questions that still change something that is read, however the others are answered.

        ``charts`` keeps to some of what is read. A question that only narrows others, by coherence, counts when it
        changes what can be reached. ``among`` are those that may: no other is looked at.
        """
        kept = self._with_parts(self.relevance.read if charts is None else frozenset(charts))
        searched = self._searched(kept)
        return frozenset(
            id
            for id in (self.atlas.logic.questions if among is None else among)
            if id not in self.general.answers and self.general.applies[id] is not False
            and self._moves(id, kept, searched)
        )  # fmt: skip

    def depends(self, chart: Name, question: str) -> bool:
        """Does the chart still depend on the question?"""
        level = self.atlas.space.level[question]
        if chart == FORMAT and isinstance(self.general.formats, Comparison):
            return self._by_search(self.general.formats, level, "best")
        roots = self.relevance.roots_on(level, self._with_parts(frozenset([chart])))
        return any(self._sight.depends(root, level) for root in roots)

    def _with_parts(self, kept: frozenset[Name]) -> frozenset[Name]:
        """With the parts of what is in parts, save of what is settled already."""
        open_ones = (name for name in self.relevance.parts.keys() & kept if not self._is_settled(name))
        return kept.union(*(self.relevance.parts[name] for name in open_ones))

    def _is_settled(self, name: Name) -> bool:
        if name == PLACE:
            return self.general.placed is not None
        return len(self.general.region.ends(name)) < 2

    def _moves(self, id: str, kept: frozenset[Name], searched: list[About]) -> bool:
        level = self.atlas.space.level[id]
        roots = self.relevance.roots_on(level, kept)
        if any(self._sight.depends(root, level) for root in roots):
            return True
        formats = self.general.formats
        if not isinstance(formats, Comparison) or not formats.search.circuit.reads(level):
            searched = []
        elif not self._by_rules(kept) and any(self._by_search(formats, level, about) for about in searched):
            return True
        if not any(self._sight.depends_on_coherence(root, level) for root in self.atlas.coherence):
            return False
        if not same_whatever(self.general, self.usual, id, roots):
            return True
        return bool(searched) and not self._same_formats(id, searched)

    def _by_search(self, formats: Comparison, level: int, about: About) -> bool:
        """What is not proved yet still counts."""
        found = depends(formats, level, about, self._proves)
        if found is None:
            self.is_proved = False
        return found is not False

    def _same_formats(self, id: str, searched: list[About]) -> bool:
        """``same_whatever`` by search: one thing at a time first, which is quick, then all that can go together."""
        general, usual, level = self.general.formats, self.usual.formats, self.atlas.space.level[id]
        assert isinstance(general, Comparison)
        assert isinstance(usual, Comparison)
        about: About = "best" if searched == ["best"] else "format"
        if not self._proves() and not (general.are_ways_told(about) and usual.are_ways_told(about)):
            self.is_proved = False
            return False
        if (whole := general.ways(about)) is None or (usually := usual.ways(about)) is None:
            return False
        ends, usual_ends = general.ends(searched), usual.ends(searched)
        for cell, is_usual in _narrowed(self.general, self.usual, id):
            here = general.narrowed(level, cell)
            there = usual.narrowed(level, cell) if is_usual else here
            if here.ends(searched) != ends or there.ends(searched) != usual_ends:
                return False
            if not here.has_ways(about, whole):
                return False
            if not (there.has_ways(about, usually) if is_usual else here.ways(about) == usually):
                return False
        return True

    def _searched(self, kept: frozenset[Name]) -> list[About]:
        """What a search is to compare."""
        return [about for name, about in SEARCHED.items() if name in kept] if self.atlas.search else []

    def _by_rules(self, kept: frozenset[Name]) -> bool:
        """Are rules looked at too? Formats and moments follow from them: what moves no rule moves neither."""
        return (self.relevance.rules if MOMENT in kept else self.relevance.arguing) <= kept


class _Sight:
    """Dependence of charts on levels in one region, remembered."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self._ways: dict[int, Mapping[int, list[int]]] = {}
        self._differ: dict[tuple[int, int], bool] = {}

    def depends(self, root: int, level: int) -> bool:
        """Are there two coherent completions that differ at ``level`` alone, and end apart?"""
        told = self.region.depends.setdefault(root, {})
        if level not in told:
            told[level] = self._depends(root, level)
        return told[level]

    def _depends(self, root: int, level: int) -> bool:
        region = self.region
        reached = region.coherent_reach(root)
        if not reached & (reached - 1):
            return False
        children = region.atlas.diagrams.children
        for node in self._way(root).get(level, ()):
            branches = sorted({children[node][cell] for cell in region.cube[level]})
            if any(self._apart(a, b) for n, a in enumerate(branches) for b in branches[n + 1 :]):
                return True
        return False

    def depends_on_coherence(self, root: int, level: int) -> bool:
        """Does what is coherent still depend on the level?"""
        return level in self._way(root) and len(self.region.decoded(self.region.reach(root))) > 1

    def _way(self, root: int) -> Mapping[int, list[int]]:
        if root not in self._ways:
            self._ways[root] = self.region.walk(root)
        return self._ways[root]

    def _apart(self, a: int, b: int) -> bool:
        """Does some completion lead from both nodes to coherent ends that are not the same?"""
        if a == b:
            return False
        reach, coherent = self.region.reach, self.region.coherent
        whole_a, whole_b = reach(a), reach(b)
        reach_a, reach_b = whole_a & coherent, whole_b & coherent
        if not reach_a or not reach_b:
            return False
        if reach_a == reach_b:
            if not reach_a & (reach_a - 1):
                return False
        elif reach_a == whole_a and reach_b == whole_b:
            return True
        key = (a, b) if a < b else (b, a)
        if key not in self._differ:
            self._differ[key] = self._descend(*key)
        return self._differ[key]

    def _descend(self, a: int, b: int) -> bool:
        diagrams = self.region.atlas.diagrams
        level = min(diagrams.levels[a], diagrams.levels[b])
        if level == len(diagrams.sizes):
            return True
        left = diagrams.children[a] if diagrams.levels[a] == level else (a,) * diagrams.sizes[level]
        right = diagrams.children[b] if diagrams.levels[b] == level else (b,) * diagrams.sizes[level]
        for below in {(left[cell], right[cell]) for cell in self.region.cube[level]}:  # noqa: SIM110 - met all the time
            if self._apart(*below):
                return True
        return False


def same_whatever(general: Outlook, usual: Outlook, id: str, roots: Sequence[int]) -> bool:
    """Whatever coherent answer the question gets, can each diagram still end as before, usually and in general?

    An answer that leaves no usual completion leaves the general ones to speak.
    """

    def ends(region: Region) -> list[object]:
        return [region.coherent_reach(root) for root in roots]

    whole, usually = ends(general.region), ends(usual.region)
    return all(
        ends(general.region.narrowed(id, cell)) == whole
        and ends((usual if is_usual else general).region.narrowed(id, cell)) == usually
        for cell, is_usual in _narrowed(general, usual, id)
    )


def _narrowed(general: Outlook, usual: Outlook, id: str) -> Iterator[tuple[int, bool]]:
    """The cells of a question, and whether usual completions have them."""
    return ((cell, not usual.region.narrowed(id, cell).is_empty()) for cell in general.region.cells(id))


def _come_to(outcome: object) -> object:
    """The formats or the places of an end."""
    return shown_of(outcome) if isinstance(outcome, FormatOutcome | PostureOutcome) else INCOHERENT
