"""Strata: in which order rules can fire so that every finding is settled before it is read; and circles of reading.

Works on names alone: a graph is a mapping from each name to those it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from conseil_dla.rules.model import Conclude, Rule
from conseil_dla.rules.truth import findings_read

Name = tuple[str, str]
"""A kind word and an id."""
Graph = Mapping[Name, Iterable[Name]]


def circles(graph: Graph) -> tuple[tuple[Name, ...], ...]:
    """Circles of the graph, each as a path that starts at its smallest name; empty when there is none.

    Every circle shares no name with another one given: mending these may uncover more.
    """
    left = {name: sorted(set(reads) & set(graph)) for name, reads in graph.items()}
    found: list[tuple[Name, ...]] = []
    while left := _peeled(left):
        path: list[Name] = []
        name = min(left)
        while name not in path:
            path.append(name)
            name = left[name][0]
        circle = path[path.index(name) :]
        start = circle.index(min(circle))
        found.append((*circle[start:], *circle[:start]))
        left = {name: [read for read in reads if read not in circle] for name, reads in left.items()}
        for name in circle:
            del left[name]
    return tuple(found)


def _peeled(graph: dict[Name, list[Name]]) -> dict[Name, list[Name]]:
    """What is left once names that read nothing are taken away, again and again."""
    readers: dict[Name, list[Name]] = {name: [] for name in graph}
    missing = {name: len(reads) for name, reads in graph.items()}
    for name, reads in graph.items():
        for read in reads:
            readers[read].append(name)
    ready = [name for name, count in missing.items() if count == 0]
    while ready:
        name = ready.pop()
        del missing[name]
        for reader in readers[name]:
            missing[reader] -= 1
            if missing[reader] == 0:
                ready.append(reader)
    return {name: [read for read in graph[name] if read in missing] for name in missing}


def reading_graph(rules: Iterable[Rule]) -> dict[Name, set[Name]]:
    """Rules read findings; findings are concluded by rules."""
    graph: dict[Name, set[Name]] = {}
    for rule in rules:
        graph[("regle", rule.id)] = {("constat", finding) for finding in findings_read(rule.condition)}
        for effect in rule.effects:
            if isinstance(effect, Conclude):
                graph.setdefault(("constat", effect.finding), set()).add(("regle", rule.id))
    return graph


def with_strata(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules by stratum then id. There must be no circle: else rules on one are left at stratum 0."""
    rules = tuple(rules)
    graph = reading_graph(rules)
    height: dict[Name, int] = {}
    readers: dict[Name, list[Name]] = {name: [] for name in graph}
    missing = {name: 0 for name in graph}
    for name, reads in graph.items():
        for read in reads:
            if read in graph:
                readers[read].append(name)
                missing[name] += 1
    ready = [name for name, count in missing.items() if count == 0]
    while ready:
        name = ready.pop()
        height.setdefault(name, 0)
        for reader in readers[name]:
            step = 1 if reader[0] == "regle" else 0
            height[reader] = max(height.get(reader, 0), height[name] + step)
            missing[reader] -= 1
            if missing[reader] == 0:
                ready.append(reader)
    placed = (replace(rule, stratum=height.get(("regle", rule.id), 0)) for rule in rules)
    return tuple(sorted(placed, key=lambda rule: (rule.stratum, rule.id)))
