"""Strata: in which order rules can fire so that every finding is settled before it is read; and circles of reading.

Works on names alone: a graph is a mapping from each name to those it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from conseil_dla.rules.model import Conclude, Rule
from conseil_dla.rules.truth import findings_read

Name = tuple[str, str]
"""A kind word and an id."""
Graph = Mapping[Name, Iterable[Name]]


def circles(graph: Graph) -> tuple[tuple[Name, ...], ...]:
    """Circles of the graph, each as a path that starts at its smallest name; empty when there is none.

    Every circle shares no name with another one given: mending these may uncover more.
    """
    left = {name: sorted(set(reads) & set(graph)) for name, reads in sorted(graph.items())}
    found: list[tuple[Name, ...]] = []
    while circle := _circle(left):
        start = circle.index(min(circle))
        found.append((*circle[start:], *circle[:start]))
        left = {name: [read for read in reads if read not in circle]
                for name, reads in left.items() if name not in circle}  # fmt: skip
    return tuple(found)


def _circle(graph: Graph) -> list[Name]:
    """One circle, each name reading the next; empty when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1][1:]))
    return []


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
    """The rules by stratum then id. Where there is a circle all are left at stratum 0."""
    rules = tuple(rules)
    graph = reading_graph(rules)
    height: dict[Name, int] = {}
    for name in TopologicalSorter({} if _circle(graph) else graph).static_order():
        read = [height[each] for each in graph.get(name, ()) if each in graph]
        height[name] = max(read) + (name[0] == "regle") if read else 0
    placed = (replace(rule, stratum=height.get(("regle", rule.id), 0)) for rule in rules)
    return tuple(sorted(placed, key=lambda rule: (rule.stratum, rule.id)))
