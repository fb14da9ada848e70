"""What to ask: the next question and why now, and the call sheet for the next meeting.

What authors want first in this situation (``a_poser_en_premier_si``) comes first. Then l'essentiel: the question that
tells most, on average, of what is not yet shown of format and posture, over the ordinary completions. Then what could
overturn what is shown, then theme by theme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from conseil_dla.exact.atlas import FORMAT, POSTURE, Name
from conseil_dla.exact.information import information
from conseil_dla.exact.outcomes import FormatOutcome, PostureOutcome, shown_of
from conseil_dla.exact.region import Region
from conseil_dla.exact.relevance import Stakes
from conseil_dla.ground.words import YES
from conseil_dla.reading.next_questions import NextQuestion, Purpose, ToAsk
from conseil_dla.reading.values import FormatReading, PostureReading, Unless
from conseil_dla.rules.model import Base

Gained = Callable[[Region, Name], Mapping[int, float]]
RANKS: Mapping[Purpose, int] = {"essentiel": 0, "exception": 1, "theme": 2}


def gained_by_asking(region: Region, chart: Name) -> Mapping[int, float]:
    """By level, how much its question would tell of the format or of the posture."""
    return information(region, chart, _named)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a next question is chosen from."""

    base: Base
    stakes: Stakes
    format: FormatReading
    posture: PostureReading
    open_questions: tuple[str, ...]
    moving: frozenset[str]
    """Unanswered questions that still change something that is read."""
    first: frozenset[str] = frozenset()
    """Questions that authors want first of such answers."""
    gained: Gained = gained_by_asking

    def in_order(self) -> list[tuple[str, Purpose]]:
        """Every open question, the most useful first, and what it would be asked for."""
        weights, exceptions = self._weights(), self._exceptions()
        telling = {id for id, weight in weights.items() if weight > 0} if self._missing else frozenset()
        found: list[tuple[str, Purpose]] = [
            (id, "essentiel" if id in telling else "exception" if id in exceptions else "theme")
            for id in self.open_questions
        ]
        found.sort(key=lambda q: (RANKS[q[1]], -weights[q[0]], q[0] not in self.moving, self._theme_order(q[0])))
        wanted: list[tuple[str, Purpose]] = [(id, "premier") for id in self._wanted(weights)]
        return [*wanted, *(each for each in found if each[0] not in self.first)]

    def essential(self) -> str | None:
        """The question of l'essentiel to ask first, as ``in_order`` has it; None when none is left to ask."""
        is_needed = bool(self._missing or not self.first.isdisjoint(self.open_questions))
        weights = self._weights() if is_needed else {}
        if wanted := self._wanted(weights):
            return wanted[0]
        telling = [id for id in self.open_questions if weights.get(id, 0.0) > 0]
        return min(telling, key=lambda id: (-weights[id], self._theme_order(id)), default=None)

    def _wanted(self, weights: Mapping[str, float]) -> list[str]:
        """Open questions that are wanted first, the most telling before the others."""
        wanted = (id for id in self.open_questions if id in self.first)
        return sorted(wanted, key=lambda id: (-weights[id], self._theme_order(id)))

    def _exceptions(self) -> Mapping[str, Unless]:
        return {u.question: u for u in (*self.posture.usual.unless, *self.format.usual.unless)}

    def told(self, id: str, purpose: Purpose) -> NextQuestion:
        """One of them with what it is about, which takes longer to find: a proof each, where formats are searched."""
        if purpose == "essentiel":
            about = [name for name in self._missing if self._depends(name, id)]
            axes = [axis for axis in self.base.logic.axes if POSTURE in about and self._depends(("axe", axis), id)]
            return NextQuestion(id, purpose, FORMAT in about, tuple(axes))
        return NextQuestion(id, purpose, opens=self._exceptions()[id].then if purpose == "exception" else ())

    def _depends(self, chart: Name, id: str) -> bool:
        return self.stakes.depends(chart, id)

    @property
    def _missing(self) -> tuple[Name, ...]:
        """What is not shown yet."""
        return (*(() if self.format.shown else (FORMAT,)), *(() if self.posture.shown else (POSTURE,)))

    def _weights(self) -> dict[str, float]:
        """Information on what is not shown yet; once all is shown, on what could still overturn it."""
        region = self._region
        level = self._levels()
        gained = [self.gained(region, name) for name in self._missing or (FORMAT, POSTURE)]
        return {id: sum(each.get(level[id], 0.0) for each in gained) for id in self.open_questions}

    @property
    def _region(self) -> Region:
        return (self.stakes.usual if self._missing else self.stakes.general).region

    def _levels(self) -> Mapping[str, int]:
        """The level of each question in the diagrams."""
        return self.stakes.atlas.space.level

    def _theme_order(self, id: str) -> tuple[str, str]:
        """By theme, then by id: the order of files must change nothing, so it cannot settle equal weights.

        Those that an author wants early (``a_poser_tot``) come before every theme.
        """
        texts = self.base.entry("question", id).texts
        return ("" if texts.get("a_poser_tot") == YES else texts.get("theme", ""), id)


def next_question(
    asking: Asking, order: Sequence[tuple[str, Purpose]], declined: frozenset[str]
) -> NextQuestion | None:
    """The question to ask now, of those ``in_order``; one put off comes back only when nothing else is left."""
    for id, purpose in order:
        if id not in declined:
            return asking.told(id, purpose)
    return NextQuestion(order[0][0], "reprise") if order else None


def call_sheet(order: Sequence[tuple[str, Purpose]], moving: frozenset[str]) -> tuple[ToAsk, ...]:
    """Open questions that still change something, or are wanted first, in order of use."""
    return tuple(ToAsk(id, purpose) for id, purpose in order if id in moving or purpose == "premier")


def _named(outcome: FormatOutcome | PostureOutcome) -> tuple[str, ...]:
    """What is shown of an outcome."""
    return tuple(sorted(shown_of(outcome)))
