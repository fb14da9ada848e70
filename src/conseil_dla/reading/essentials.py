"""The few questions of a sheet of paper, which cannot choose afresh after each answer.

On a screen, l'essentiel is chosen again after every answer. Paper is fixed: its questions are those that this very
choice puts most often. The interview is followed from its first question, every coherent ordinary answer taken with its
prior, until format and place are shown or enough has been asked; what authors want first comes there as it does on a
screen, but that answers from which nothing else follows are followed as one. Nothing is drawn at random.

Shares rank the questions and decide nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.relevance import Relevance
from conseil_dla.reading.advice import read_format, read_posture
from conseil_dla.reading.asking import Asking
from conseil_dla.reading.views import Views, views_of
from conseil_dla.rules.asked_first import AskedFirst
from conseil_dla.rules.model import Answers, Base

MOST_STEPS = 6_000
"""Questions put in all, over every way. Past it the likeliest ways have been followed, and the rest is left out."""
MOST_SEARCHED = 400
"""The same where formats are compared by search: each question takes some thirty times longer."""
DECIMALS = 9
"""Shares are rounded, so that the order in which they are summed cannot rank questions."""


@dataclass(frozen=True, slots=True)
class Essential:
    """One question of the paper."""

    question: str
    share: float
    """How often it is asked: between 0 and 1 of all ways, each with its prior."""
    place: float
    """When, on average, where it is asked: 1 for the first question."""


@dataclass(frozen=True, slots=True)
class Essentials:
    """The questions of the paper, in the order in which they come."""

    questions: tuple[Essential, ...]
    followed: float
    """Share of all ways that were followed to their end: 1 where questions are few."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The questions alone."""
        return tuple(each.question for each in self.questions)


def essentials_of(base: Base, relevance: Relevance, most: int) -> Essentials:
    """The questions, at most so many, that l'essentiel asks most often within its first ``most``."""
    atlas, first = relevance.atlas, AskedFirst(base.logic)
    shares: dict[str, float] = {}
    places: dict[str, float] = {}
    waiting: list[tuple[float, int, Answers]] = [(-1.0, 0, {})]
    steps = number = 0
    most_steps = MOST_STEPS if atlas.search is None else MOST_SEARCHED
    while waiting and steps < most_steps:
        weight, _, answers = heappop(waiting)
        steps += 1
        views = views_of(atlas, answers)
        question = _asked(base, relevance, views, answers, first.of(answers))
        if question is None:
            continue
        place = len(answers) + 1
        shares[question] = shares.get(question, 0.0) - weight
        places[question] = places.get(question, 0.0) - weight * place
        for share, further in _ways(atlas, views, question, answers) if place < most else ():
            number += 1
            heappush(waiting, (weight * share, number, further))
    told = [Essential(id, round(share, DECIMALS), round(places[id] / share, DECIMALS)) for id, share in shares.items()]
    kept = sorted(told, key=lambda each: (-each.share, each.question))[:most]
    left = -sum(weight for weight, _, _ in waiting)
    return Essentials(tuple(sorted(kept, key=lambda each: (each.place, each.question))), round(1 - left, DECIMALS))


def _asked(base: Base, relevance: Relevance, views: Views, answers: Answers, first: frozenset[str]) -> str | None:
    """The question of l'essentiel that the interview puts after these answers."""
    format = read_format(base, views.general, views.usual, None)
    posture = read_posture(base, views.general, views.usual)
    open_questions = tuple(id for id, state in views.general.applies.items() if state and id not in answers)
    stakes = relevance.stakes(views.general, views.usual)
    return Asking(base, stakes, format, posture, open_questions, frozenset(), first).essential()


def _ways(atlas: Atlas, views: Views, question: str, answers: Answers) -> Iterator[tuple[float, Answers]]:
    """Every coherent ordinary answer to a question, with its share of them."""
    cells = [atlas.space.cells_of(question)[n] for n in views.usual.region.cells(question)]
    whole = sum(cell.weight for cell in cells)
    for cell in cells:
        yield cell.weight / whole, {**answers, question: cell.value}
