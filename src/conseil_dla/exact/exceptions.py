"""« Sauf si »: what one exceptional answer opens while every other unknown answer stays ordinary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from conseil_dla.exact.atlas import Name
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.region import Region

Outcomes = Callable[[Region, int], frozenset[str]]
"""(region, set of ends) -> the formats or postures that they name."""


def openings(
    outlook: Outlook, usual: Outlook, chart: Name, named: Outcomes, shown: frozenset[str]
) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By question, by exceptional answer: what it opens beside what is shown. Answers that open nothing are left out.

    For a ``plusieurs``, an option is credited with what it opens as the only exceptional one ticked; what only several
    exceptional options open together is credited to each of them.
    """
    region, atlas = usual.region, usual.atlas
    ways = region.walk(atlas.charts[chart])
    found: dict[str, Mapping[str, frozenset[str]]] = {}
    for id, question in atlas.logic.questions.items():
        level = atlas.space.level[id]
        if question.ordinary is None or id in outlook.answers or level not in ways:
            continue
        opened = {}
        for cell in outlook.region.cube[level]:
            if not atlas.space.cells[level][cell].ordinary and _coherent(region, id, cell):
                ends = 0
                for node in ways[level]:
                    ends |= region.coherent_reach(atlas.diagrams.children[node][cell])
                if fresh := named(region, ends) - shown:
                    opened[cell] = fresh
        by_name = _by_option(outlook, id, opened) if question.type == "plusieurs" else _by_answer(outlook, id, opened)
        if by_name:
            found[id] = by_name
    return found


def _coherent(region: Region, question: str, cell: int) -> bool:
    bound = any(region.atlas.space.level[question] in levels for levels in region.atlas.coherence.values())
    return not bound or not region.narrowed(question, cell).is_empty()


def _by_answer(outlook: Outlook, id: str, opened: Mapping[int, frozenset[str]]) -> dict[str, frozenset[str]]:
    """A number's stretches are those that lie side by side outside its ordinary range, whatever conditions cut."""
    cells = outlook.atlas.space.cells_of(id)
    if outlook.atlas.logic.questions[id].type != "nombre":
        return {name: fresh for cell, fresh in opened.items() for name in cells[cell].names}
    found: dict[str, frozenset[str]] = {}
    for low, high, members in _outside(outlook, id):
        fresh = frozenset().union(*(opened.get(cell, frozenset()) for cell in members))
        if fresh:
            found[f"{low}..{high}"] = fresh
    return found


def _outside(outlook: Outlook, id: str) -> Iterator[tuple[str, str, list[int]]]:
    """The stretches before and after the ordinary range: their ends, and the cells in them."""
    cells = outlook.atlas.space.cells_of(id)
    run: list[int] = []
    for index in range(len(cells) + 1):
        if index < len(cells) and not cells[index].ordinary:
            run.append(index)
        elif run:
            yield cells[run[0]].names[0].split("..")[0], cells[run[-1]].names[0].split("..")[1], run
            run = []


def _by_option(outlook: Outlook, id: str, opened: Mapping[int, frozenset[str]]) -> dict[str, frozenset[str]]:
    space = outlook.atlas.space
    question = outlook.atlas.logic.questions[id]
    usual = question.ordinary.answers if question.ordinary else frozenset()
    classes = space.classes(id)
    unusual = sum(1 << n for n, options in enumerate(classes) if options[0] not in usual)
    smallest: dict[str, list[int]] = {}
    for cell, fresh in sorted(opened.items(), key=lambda item: (item[0] & unusual).bit_count()):
        mine = cell & unusual
        for outcome in fresh:
            sets = smallest.setdefault(outcome, [])
            if mine not in sets and not any(other & mine == other for other in sets):
                sets.append(mine)
    found: dict[str, frozenset[str]] = {}
    for outcome, sets in smallest.items():
        single = [bits for bits in sets if bits.bit_count() == 1] or sets
        for bits in single:
            for n, options in enumerate(classes):
                for name in options if bits >> n & 1 else ():
                    found[name] = found.get(name, frozenset()) | {outcome}
    return found
