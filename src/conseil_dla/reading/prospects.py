"""What could ripen, and what the advice rests on: from diagrams to values that a front end shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, groupby
from typing import Any

from conseil_dla.analysis.atlas import FORMAT, POSTURE, Atlas, Name
from conseil_dla.analysis.outlook import Outlook
from conseil_dla.analysis.tipping import Tip, footings, moves, tips
from conseil_dla.model import Kind
from conseil_dla.reading.values import Change, Footing, Prospects, Reading, Ripening

AUTHORITY = "collectivite"
"""The ``modifiable`` of answers that are the local authority's to change: those of the funder."""
SEVERAL = " "
"""Between ids where several are shown together; no id holds a space."""


def prospects_of(atlas: Atlas, usual: Outlook, reading: Reading) -> Prospects:
    """What could still turn this reading, and what it rests on.

    Where no coherent completion is ordinary, nothing is said to ripen: a change that leaves it so turns nothing.
    """
    found = () if usual.region.is_empty() else _ripenings(atlas, usual, reading)
    ripenings = [ripening for each in found for ripening in each]
    return Prospects(tuple(ripenings), tuple(_footings(atlas, reading)))


def _ripenings(atlas: Atlas, usual: Outlook, reading: Reading) -> Iterator[list[Ripening]]:
    answers = reading.answers
    steps = moves(atlas, answers)

    def turned(kind: Kind, chart: Name, goal: Callable[[Any], str | None]) -> list[Ripening]:
        found = tips(atlas, usual.region.cube, chart, steps, goal)
        return [_ripening(atlas, answers_ticked, kind, outcome, group) for outcome, group in _together(found)]

    answers_ticked = {id: value for id, value in answers.items() if isinstance(value, frozenset)}
    if reading.format.shown:
        shown = frozenset(reading.format.shown)
        yield turned("format", FORMAT, lambda end: None if end.best == shown else SEVERAL.join(sorted(end.best)))
    if reading.posture.shown:
        place = frozenset(reading.posture.shown)
        yield turned(
            "posture", POSTURE, lambda end: None if end.postures == place else SEVERAL.join(sorted(end.postures))
        )
    for drawn in reading.drawn:
        if drawn.kind in ("vigilance", "prealable") and drawn.certainty != "possible":
            id = drawn.id
            yield turned(drawn.kind, (drawn.kind, id), lambda end, id=id: None if end else id)  # type: ignore[misc]


def _together(found: tuple[Tip, ...]) -> Iterator[tuple[str, list[Tip]]]:
    """Tips that differ by the cell of their only change and do the same are one; the others stay apart."""
    single = sorted((tip for tip in found if len(tip.changes) == 1), key=lambda t: (t.changes[0][0], t.outcome))
    for (_, outcome), group in groupby(single, key=lambda t: (t.changes[0][0], t.outcome)):
        yield outcome, list(group)
    for tip in found:
        if len(tip.changes) > 1:
            yield tip.outcome, [tip]


def _ripening(atlas: Atlas, ticked: dict[str, frozenset[str]], kind: Kind, outcome: str, group: list[Tip]) -> Ripening:
    cells: dict[int, list[int]] = {}
    for tip in group:
        for level, cell in tip.changes:
            cells.setdefault(level, []).append(cell)
    changes = [_change(atlas, ticked, level, found) for level, found in cells.items()]
    return Ripening(tuple(sorted(changes, key=lambda c: c.question)), kind, tuple(outcome.split(SEVERAL)))


def _change(atlas: Atlas, ticked: dict[str, frozenset[str]], level: int, cells: list[int]) -> Change:
    question = atlas.space.order[level]
    who = atlas.logic.questions[question].modifiable
    if question not in ticked:
        found = [atlas.space.cells[level][cell] for cell in cells]
        return Change(question, found[0].value, tuple(name for cell in found for name in cell.names), who)
    now = ticked[question]
    classes = atlas.space.classes(question)
    turned = (cells[0] ^ atlas.space.cell_of(question, now)).bit_length() - 1
    gone = now.intersection(classes[turned])
    names = tuple(sorted(gone)) or classes[turned]
    return Change(question, now - gone if gone else now | {names[0]}, names, who, ticked=not gone)


def _footings(atlas: Atlas, reading: Reading) -> Iterator[Footing]:
    answers = reading.answers
    for kind, chart, shown in (
        ("format", FORMAT, frozenset(reading.format.shown)),
        ("posture", POSTURE, frozenset(reading.posture.shown)),
    ):
        if not shown:
            continue
        support = {atlas.space.order[level] for level in atlas.diagrams.support(atlas.charts[chart])}
        bearing = sorted(id for id in answers if id in support)
        groups = [frozenset(some) for size in (1, 2) for some in combinations(bearing, size)]

        def is_shown(end: Any, kind: str = kind, shown: frozenset[str] = shown) -> bool:
            return bool((end.best if kind == "format" else end.postures) == shown)

        few = footings(atlas, answers, chart, tuple(groups), is_shown)
        theirs = frozenset(id for id in bearing if atlas.logic.questions[id].modifiable == AUTHORITY)
        if theirs and theirs not in few and footings(atlas, answers, chart, (theirs,), is_shown):
            yield Footing(kind, tuple(sorted(theirs)), funder=True)  # type: ignore[arg-type]
        for group in few:
            yield Footing(kind, tuple(sorted(group)), funder=group == theirs)  # type: ignore[arg-type]
