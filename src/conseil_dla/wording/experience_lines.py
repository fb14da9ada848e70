"""The nearest experience, to read beside a dossier: what is common, what differs, what one of the two does not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conseil_dla.ground.french import NBSP, counted, harmless, listed
from conseil_dla.reading.compose import reporter
from conseil_dla.reading.nearest import Nearest
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Answers, Base
from conseil_dla.wording.clauses import question_name, quoted_answer
from conseil_dla.wording.lines import Line
from conseil_dla.wording.provenance import source_name

MOST_POINTS = 6
"""How many points of one kind are shown at first; the others are folded."""


def experience_lines(base: Base, reading: Reading, nearest: Nearest | None) -> Iterable[Line]:
    """Its title and what came of it, then the points, each of which leads to its question."""
    if nearest is None:
        return
    case = nearest.case
    yield Line(harmless(case.title), main=True, case=case.path)
    yield Line(harmless(case.experience), case=case.path, indent=1)
    theirs = nearest.answers
    yield from _points("En commun", [(id, _common(base, reading.answers, theirs, id)) for id in nearest.alike])
    yield from _points("Autrement là-bas", [(id, _two(base, reading.answers, theirs, id)) for id in nearest.apart])
    yield from _points("À savoir encore chez vous", [(id, _there(base, theirs, id)) for id in nearest.unknown_here])
    if nearest.unknown_there:
        names = [question_name(base, id) for id in nearest.unknown_there[:MOST_POINTS]]
        more = len(nearest.unknown_there) - MOST_POINTS
        names += [counted(more, "autre point", "autres points")] if more > 0 else []
        who = source_name(reporter(base, case))
        told = f"{who[:1].upper()}{who[1:]} n’en dit rien{NBSP}: {listed(names)}."
        yield Line(told, question=nearest.unknown_there[0], indent=1)


def _points(lead: str, points: Sequence[tuple[str, str]]) -> Iterable[Line]:
    """A lead, then one line a point; past the first ones, they are folded."""
    if not points:
        return
    lines = [Line(text, question=id, indent=2) for id, text in points]
    yield Line(f"{lead}{NBSP}:", indent=1)
    yield from lines[:MOST_POINTS]
    if more := lines[MOST_POINTS:]:
        yield Line(f"et {counted(len(more), 'autre point', 'autres points')}", folded=tuple(more), indent=2)


def _common(base: Base, ours: Answers, theirs: Answers, id: str) -> str:
    """What both answer: of boxes, those that both tick; of two numbers that no rule tells apart, that they are so."""
    one, other = ours[id], theirs[id]
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return f"{_name(base, id)}{quoted_answer(base, id, one & other)}"
    if one == other:
        return f"{_name(base, id)}{quoted_answer(base, id, one)}"
    there, here = quoted_answer(base, id, other), quoted_answer(base, id, one)
    return f"{_name(base, id)}du même ordre ({there} là-bas, {here} chez vous)"


def _two(base: Base, ours: Answers, theirs: Answers, id: str) -> str:
    there, here = (quoted_answer(base, id, answers[id]) for answers in (theirs, ours))
    return f"{_name(base, id)}{there}{NBSP}; chez vous, {here}"


def _there(base: Base, theirs: Answers, id: str) -> str:
    return f"{_name(base, id)}là-bas, {quoted_answer(base, id, theirs[id])}"


def _name(base: Base, id: str) -> str:
    return f"{base.title('question', id)}{NBSP}: "
