"""What could ripen, and what the advice rests on: from diagrams to values that a front end shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, groupby
from typing import Any

from conseil_dla.exact.atlas import FORMAT, POSTURE, Atlas, Name
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.search.changes import Change as Step
from conseil_dla.exact.search.changes import Tip
from conseil_dla.exact.tipping import bearing, footings, moves, tips
from conseil_dla.reading.ripening import Change, Footing, Ripening
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import Answers, Kind

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

    telling = _Telling(atlas, answers)

    def turned(kind: Kind, chart: Name, goal: Callable[[Any], str | None]) -> list[Ripening]:
        found = tips(atlas, usual.region.cube, chart, steps, goal)
        return [telling.ripening(kind, outcome, group) for outcome, group in _together(found, telling.gains)]

    if reading.format.shown:
        shown = frozenset(reading.format.shown)
        yield turned("format", FORMAT, lambda end: None if end.best == shown else SEVERAL.join(sorted(end.best)))
    if reading.posture.shown:
        place = frozenset(reading.posture.shown)
        yield turned(
            "posture", POSTURE, lambda end: None if end.postures == place else SEVERAL.join(sorted(end.postures))
        )
    for drawn in reading.drawn:
        if drawn.kind in SETTLED_BEFORE and drawn.certainty != "possible":
            id = drawn.id
            yield turned(drawn.kind, (drawn.kind, id), lambda end, id=id: None if end else id)  # type: ignore[misc]


def _together(found: tuple[Tip, ...], gains: Callable[[Step], bool]) -> Iterator[tuple[str, list[Tip]]]:
    """Tips by one change of the same question that do the same are told as one; the others stay apart.

    For a ``plusieurs``, an option that comes and an option that goes are not the same change.
    """

    def alike(tip: Tip) -> tuple[int, str, bool]:
        return tip.changes[0][0], tip.outcome, gains(tip.changes[0])

    single = sorted((tip for tip in found if len(tip.changes) == 1), key=alike)
    for (_, outcome, _), group in groupby(single, key=alike):
        yield outcome, list(group)
    for tip in found:
        if len(tip.changes) > 1:
            yield tip.outcome, [tip]


class _Telling:
    """From levels and cells back to questions and answers, seen from the answers of one dossier."""

    def __init__(self, atlas: Atlas, answers: Answers) -> None:
        self.atlas = atlas
        self.answers = answers

    def gains(self, step: Step) -> bool:
        """Does the step tick an option? True also for what has no boxes."""
        level, cell = step
        question = self.atlas.space.order[level]
        now = self.answers[question]
        return not isinstance(now, frozenset) or bool(cell & ~self.atlas.space.cell_of(question, now))

    def ripening(self, kind: Kind, outcome: str, group: list[Tip]) -> Ripening:
        """One ripening out of tips that are told together."""
        cells: dict[int, list[int]] = {}
        for tip in group:
            for level, cell in tip.changes:
                cells.setdefault(level, []).append(cell)
        changes = [self._change(level, found) for level, found in cells.items()]
        return Ripening(tuple(sorted(changes, key=lambda c: c.question)), kind, tuple(outcome.split(SEVERAL)))

    def _change(self, level: int, cells: list[int]) -> Change:
        space = self.atlas.space
        question = space.order[level]
        asked = self.atlas.logic.questions[question]
        who, now = asked.modifiable, self.answers[question]
        hoped = asked.hoped_for(now)
        if not isinstance(now, frozenset):
            names = tuple(name for cell in cells for name in space.cells[level][cell].names)
            if asked.type == "nombre":
                return Change(question, space.cells[level][cells[0]].value, names, who)
            reached = tuple(name for name in names if name in hoped)
            return Change(question, reached[0], reached, who)
        classes = [tuple(id for id in options if id in hoped | now) for options in space.classes(question)]
        turned = [classes[(cell ^ space.cell_of(question, now)).bit_length() - 1] for cell in cells]
        if self.gains((level, cells[0])):
            return Change(question, now | {turned[0][0]}, tuple(id for ids in turned for id in ids), who, ticked=True)
        gone = [now.intersection(options) for options in turned]
        names = tuple(sorted(frozenset().union(*gone)))
        return Change(question, now - gone[0], names, who, ticked=False)


def _footings(atlas: Atlas, reading: Reading) -> Iterator[Footing]:
    answers = reading.answers
    for kind, chart, shown in (
        ("format", FORMAT, frozenset(reading.format.shown)),
        ("posture", POSTURE, frozenset(reading.posture.shown)),
    ):
        if not shown:
            continue
        answered = sorted(bearing(atlas, chart) & answers.keys())
        groups = [frozenset(some) for size in (1, 2) for some in combinations(answered, size)]
        few = footings(atlas, answers, chart, tuple(groups), shown)
        theirs = frozenset(id for id in answered if atlas.logic.questions[id].modifiable == AUTHORITY)
        if theirs and theirs not in few and footings(atlas, answers, chart, (theirs,), shown):
            yield Footing(kind, tuple(sorted(theirs)), funder=True)
        for group in few:
            yield Footing(kind, tuple(sorted(group)), funder=group == theirs)
