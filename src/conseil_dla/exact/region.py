"""The coherent completions of one dossier, and what they can lead to.

A region is a cube of allowed cells. One pass from the bottom of a chart tells which ends can be reached; parts shared
between charts are looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from conseil_dla.exact.atlas import Atlas, Name
from conseil_dla.exact.outcomes import INCOHERENT
from conseil_dla.exact.space import Cube

MOST_CHANGED = 4
"""Answers by which two regions may differ, for what is known of one to serve the other."""


class Region:
    """A cube over an atlas. Remembers what it has looked at, hence cheap to ask twice.

    What is known of a ``former`` one serves again wherever the answers that changed since do not bear: from one step of
    a questionnaire to the next, most of it.
    """

    def __init__(self, atlas: Atlas, cube: Cube, former: Region | None = None) -> None:
        self.atlas = atlas
        self.cube = cube
        self._reached: dict[int, int] = {}
        self.depends: dict[int, dict[int, bool]] = {}
        """By diagram, by level, whether it still depends on it: ``relevance`` keeps it."""
        self.gained: dict[tuple[int, Hashable], Mapping[int, float]] = {}
        """By diagram, and by what is told apart in it, what each question would tell: ``information`` keeps it."""
        if former is not None:
            self._take_from(former)
        self._together: dict[Name, frozenset[Any]] = {}
        """What conclusions in parts come to."""
        self._incoherent = atlas.diagrams.bits[atlas.diagrams.end(INCOHERENT)]
        self.coherent = ~self._incoherent
        """Of a set of ends, those of coherent completions."""
        self._true = atlas.diagrams.bits[atlas.diagrams.end(True)]

    def _take_from(self, former: Region) -> None:
        """Diagrams that draw on nothing that changed, and whatever lies below all of it."""
        pairs = zip(self.cube, former.cube, strict=True)
        changed = [level for level, (now, before) in enumerate(pairs) if now != before]
        if len(changed) > MOST_CHANGED:
            return
        diagrams, lowest = self.atlas.diagrams, max(changed, default=-1)
        levels, before = diagrams.levels, dict(former._reached)
        self._reached = {node: found for node, found in before.items() if levels[node] > lowest}

        def is_same(root: int) -> bool:
            return diagrams.support(root).isdisjoint(changed)

        in_parts = (root for parts in self.atlas.parts.values() for root in parts.roots)
        roots = {*self.atlas.charts.values(), *self.atlas.coherence, *in_parts}
        self._reached |= {root: before[root] for root in roots if root in before and is_same(root)}
        self.depends = {root: told for root, told in dict(former.depends).items() if is_same(root)}
        self.gained = {about: told for about, told in dict(former.gained).items() if is_same(about[0])}

    def reach(self, node: int) -> int:
        """The ends that can be reached from a node, as a set of bits, ``INCOHERENT`` included."""
        found = self._reached.get(node)
        return self._look(node) if found is None else found

    def _look(self, node: int) -> int:
        diagrams = self.atlas.diagrams
        bits, levels, children = diagrams.bits, diagrams.levels, diagrams.children
        reached, cube = self._reached, self.cube

        def descend(node: int) -> int:
            while not bits[node]:
                known = reached.get(node)
                if known is not None:
                    return known
                allowed = cube[levels[node]]
                if len(allowed) > 1:
                    break
                node = children[node][allowed[0]]
            else:
                return bits[node]
            found = 0
            branches = children[node]
            for child in {branches[cell] for cell in allowed}:
                found |= bits[child] or reached.get(child) or descend(child)
            reached[node] = found
            return found

        found = reached[node] = descend(node)
        return found

    def coherent_reach(self, node: int) -> int:
        """The ends of coherent completions alone."""
        found = self._reached.get(node)
        return (self._look(node) if found is None else found) & self.coherent

    def ends(self, name: Name) -> frozenset[Any]:
        """What a chart says over all coherent completions; empty when there is none; of parts, perhaps more."""
        if name in self.atlas.parts:
            return self._joined(name)
        return self.decoded(self.coherent_reach(self.atlas.charts[name]))

    def _joined(self, name: Name) -> frozenset[Any]:
        if name not in self._together:
            parts = self.atlas.parts[name]
            self._together[name] = parts.join([self.decoded(self.coherent_reach(root)) for root in parts.roots])
        return self._together[name]

    def decoded(self, found: int) -> frozenset[Any]:
        """The values behind a set of bits."""
        return self.atlas.diagrams.ends_of(found)

    def state(self, name: Name) -> bool | None:
        """True in all coherent completions, False in none, None in some. A chart that says more is True or not."""
        found = self.coherent_reach(self.atlas.charts[name])
        return None if found & (found - 1) else bool(found & self._true)

    def is_empty(self) -> bool:
        """True when no completion is coherent."""
        return any(not self.coherent_reach(root) & self._true for root in self.atlas.coherence)

    def narrowed(self, question: str, cell: int) -> Region:
        """The completions in which a question has one of its cells."""
        level = self.atlas.space.level[question]
        return Region(self.atlas, (*self.cube[:level], (cell,), *self.cube[level + 1 :]))

    def cells(self, question: str) -> tuple[int, ...]:
        """The cells of a question that some coherent completion has."""
        level = self.atlas.space.level[question]
        allowed = self.cube[level]
        if len(allowed) == 1 or not any(level in levels for levels in self.atlas.coherence.values()):
            return allowed
        return tuple(cell for cell in allowed if not self.narrowed(question, cell).is_empty())

    def all_end(self, root: int, wanted: Callable[[Any], bool]) -> bool:
        """Does every coherent completion end as wanted? Given up at the first that does not."""
        diagrams = self.atlas.diagrams
        seen = {root}
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if diagrams.bits[node]:
                if diagrams.bits[node] != self._incoherent and not wanted(diagrams.values[node]):
                    return False
                continue
            branches = diagrams.children[node]
            for cell in self.cube[diagrams.levels[node]]:
                if branches[cell] not in seen:
                    seen.add(branches[cell])
                    waiting.append(branches[cell])
        return True

    def walk(self, root: int) -> Mapping[int, list[int]]:
        """Nodes that allowed cells lead to from a root, by level; some may lead to nothing coherent."""
        diagrams = self.atlas.diagrams
        found: dict[int, list[int]] = {}
        seen = {root}
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if diagrams.bits[node]:
                continue
            level = diagrams.levels[node]
            found.setdefault(level, []).append(node)
            branches = diagrams.children[node]
            fresh = {branches[cell] for cell in self.cube[level]} - seen
            seen |= fresh
            waiting.extend(fresh)
        return found
