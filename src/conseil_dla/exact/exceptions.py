"""« Sauf si »: what one exceptional answer opens while every other unknown answer stays ordinary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conseil_dla.exact.atlas import FORMAT, Atlas, Name
from conseil_dla.exact.outcomes import shown_of
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.region import Region
from conseil_dla.exact.search.formats import Comparison
from conseil_dla.exact.space import AnswerCell


def openings(
    outlook: Outlook, usual: Outlook, chart: Name, shown: frozenset[str]
) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By question, by exceptional answer: what it opens beside what is shown. Answers that open nothing are left out.

    For a ``plusieurs``, an option is credited with what it opens as the only exceptional one ticked; what only several
    exceptional options open together is credited to each of them.
    """
    region, atlas = usual.region, usual.atlas
    opening: _Searched | _InParts | _Charted
    if chart == FORMAT and atlas.search:
        opening = _Searched(usual)
    else:
        opening = _InParts(region, chart) if chart in atlas.parts else _Charted(region, chart)
    found: dict[str, Mapping[str, frozenset[str]]] = {}
    for id, question in atlas.logic.questions.items():
        level = atlas.space.level[id]
        if question.ordinary is None or id in outlook.answers or not opening.looks_at(level):
            continue
        opened = {}
        for cell in outlook.region.cube[level]:
            if atlas.space.cells[level][cell].ordinary or not _coherent(region, id, cell):
                continue
            if fresh := opening.by(level, cell) - shown:
                opened[cell] = fresh
        if by_name := named(atlas, id, opened):
            found[id] = by_name
    return found


def named(atlas: Atlas, question: str, opened: Mapping[int, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """What exceptional answers open, by answer, from what their cells open; nothing of those that open nothing."""
    if atlas.logic.questions[question].type == "plusieurs":
        return _by_option(atlas, question, opened)
    return _by_answer(atlas, question, opened)


class _Charted:
    """What an answer opens, by a chart."""

    def __init__(self, region: Region, chart: Name) -> None:
        self.region = region
        self.ways = region.walk(region.atlas.charts[chart])

    def looks_at(self, level: int) -> bool:
        return level in self.ways

    def by(self, level: int, cell: int) -> frozenset[str]:
        ends = 0
        for node in self.ways[level]:
            ends |= self.region.coherent_reach(self.region.atlas.diagrams.children[node][cell])
        return frozenset().union(*map(shown_of, self.region.decoded(ends)))


class _InParts:
    """What an answer may open of a conclusion in parts."""

    def __init__(self, region: Region, chart: Name) -> None:
        self.region, self.chart = region, chart
        self.bearing = region.atlas.draws_on(chart)

    def looks_at(self, level: int) -> bool:
        return level in self.bearing

    def by(self, level: int, cell: int) -> frozenset[str]:
        there = self.region.narrowed(self.region.atlas.space.order[level], cell)
        return frozenset().union(*map(shown_of, there.ends(self.chart)))


class _Searched:
    """What an answer opens of formats, where a search compares them."""

    def __init__(self, usual: Outlook) -> None:
        self.bearing = usual.atlas.draws_on(FORMAT)
        self.formats = usual.formats

    def looks_at(self, level: int) -> bool:
        return level in self.bearing

    def by(self, level: int, cell: int) -> frozenset[str]:
        assert isinstance(self.formats, Comparison)
        return self.formats.narrowed(level, cell).possible


def _coherent(region: Region, question: str, cell: int) -> bool:
    bound = any(region.atlas.space.level[question] in levels for levels in region.atlas.coherence.values())
    return not bound or not region.narrowed(question, cell).is_empty()


def _by_answer(atlas: Atlas, id: str, opened: Mapping[int, frozenset[str]]) -> dict[str, frozenset[str]]:
    """A number's stretches are those that lie side by side outside its ordinary range, whatever conditions cut."""
    cells = atlas.space.cells_of(id)
    if atlas.logic.questions[id].type != "nombre":
        return {name: fresh for cell, fresh in opened.items() for name in cells[cell].names}
    found: dict[str, frozenset[str]] = {}
    for low, high, members in _outside(cells):
        fresh = frozenset().union(*(opened.get(cell, frozenset()) for cell in members))
        if fresh:
            found[f"{low}..{high}"] = fresh
    return found


def _outside(cells: Sequence[AnswerCell]) -> Iterator[tuple[str, str, list[int]]]:
    """The stretches before and after the ordinary range: their ends, and the cells in them."""
    run: list[int] = []
    for index in range(len(cells) + 1):
        if index < len(cells) and not cells[index].ordinary:
            run.append(index)
        elif run:
            yield cells[run[0]].names[0].split("..")[0], cells[run[-1]].names[0].split("..")[1], run
            run = []


def _by_option(atlas: Atlas, id: str, opened: Mapping[int, frozenset[str]]) -> dict[str, frozenset[str]]:
    question = atlas.logic.questions[id]
    usual = question.ordinary.answers if question.ordinary else frozenset()
    classes = atlas.space.classes(id)
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
