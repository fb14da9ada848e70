"""A workshop being played: its scenario, its plan, where it stands, and what is read of it. Shared by its screens.

Readings are made in workers by the screens; what is written goes through ``write``, in a worker too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from conseil_dla.rules.model import Dossier
from conseil_dla.workshop import kept as workshops
from conseil_dla.workshop.kept import from_plain
from conseil_dla.workshop.machine import Variant, Voted, Workshop, variants

if TYPE_CHECKING:
    from conseil_dla.dossiers.workshops import Kept
    from conseil_dla.reading.compose import Reader
    from conseil_dla.reading.values import Reading
    from conseil_dla.rules.model import Base
    from conseil_dla.rules.plans import Plan

NEW = Workshop()
"""Nothing was done yet."""
QUESTIONS = 8
"""Questions that the time for questions is shared out among: l'essentiel."""


class Countdown:
    """Time that can be held and goes on below zero; ``seconds`` is what it began from, zero counts nothing."""

    def __init__(self, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        self._now = now
        self._left = seconds
        """Seconds left when it was last started or held."""
        self._since: float | None = now()
        """When it was last started; None while it is held."""

    @property
    def is_held(self) -> bool:
        """True while the time stands still."""
        return self._since is None

    @property
    def left(self) -> float:
        """Seconds left; less than zero once the time is over."""
        return self._left - (self._now() - self._since if self._since is not None else 0)

    def hold(self) -> None:
        """Stop, or go on."""
        self._left, self._since = self.left, None if self._since is not None else self._now()


class Playing:
    """Mutable on purpose: the one place where the screens of a workshop meet."""

    def __init__(
        self,
        reader: Reader,
        scenario: Dossier,
        plan: Plan | None = None,
        state: Workshop = NEW,
        place: tuple[Path, bytes] | None = None,
        began: datetime | None = None,
    ) -> None:
        self.reader = reader
        self.scenario = scenario
        self.plan = plan
        self.state = state
        self._place = place
        """Its file and what that held when it was last read or written; None until something was done."""
        self.is_moved = False
        """True once another window had written in its file: it goes on in another."""
        self.began = began or datetime.now()
        self.passed: set[str] = set()
        """Questions that the facilitator passed over."""
        asked = [move.question for move in state.moves if isinstance(move, Voted)]
        self.trail: list[str] = list(dict.fromkeys(asked))
        """Questions in the order in which they were first put to the room: the way back, and on again."""
        self.place: int | None = None
        """Which of the trail is on screen; its length where none was left, None where the next one is to be found."""
        self.is_completing_asked = False
        """Whether to complete with the sheet was asked already."""
        self._countdowns: dict[str, Countdown] = {}
        """Of each moment that was begun."""
        self.failure = ""
        """Why the last writing failed; empty when all is on disk."""
        self._readings: tuple[Reading, ...] = ()
        self._read: tuple[Variant, ...] = ()
        self._turn = Lock()
        self._reading = Lock()
        self._unwritten: Workshop | None = None

    @property
    def base(self) -> Base:
        """The rules in use."""
        return self.reader.base

    @property
    def variants(self) -> tuple[Variant, ...]:
        """What is known, in one variant or two."""
        return variants(self.state)

    def change(self, state: Workshop) -> bool:
        """Take another state; True when there is something to write."""
        if state is self.state:
            return False
        self.state = state
        self._unwritten = state
        return True

    # --- readings ---

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Readings of the present variants, in order; none while they are not made yet."""
        return self._readings if self._read == self.variants else ()

    def readings_of(self, state: Workshop) -> tuple[Reading, ...]:
        """The readings of another state, one for each variant; may be slow. Raises ``ReadingFailed``."""
        return tuple(self.reader.read(variant.answers, variant.declined) for variant in variants(state))

    def read(self) -> None:
        """Read the variants as they stand, one thread at a time; may be slow. Raises ``ReadingFailed``."""
        with self._reading:
            state = self.state
            if (wanted := variants(state)) != self._read:
                self._readings, self._read = self.readings_of(state), wanted

    def next_question(self) -> str | None:
        """The question to put to the room: the reading's own, those passed over aside."""
        for reading in self.readings:
            asked = reading.next_question
            order: Sequence[str] = ([asked.question] if asked else []) + [each.question for each in reading.to_ask]
            for question in order:
                if question not in self.passed and question not in reading.declined:
                    return question
        return None

    def ask(self, question: str | None) -> None:
        """A question is put to the room, for the first time or again; None where none is left."""
        if question is not None and question not in self.trail:
            self.trail.append(question)
        self.place = len(self.trail) if question is None else self.trail.index(question)
        self.passed.discard(question or "")

    @property
    def is_essential_over(self) -> bool:
        """True once no variant waits for a question that settles format or place."""
        asked = [reading.next_question for reading in self.readings]
        return all(question is None or not question.is_essential for question in asked)

    def minutes(self, moment: str) -> float:
        """Minutes that the plan gives to a moment; none without a plan."""
        if self.plan is None:
            return 0
        total = sum(step.minutes for step in self.plan.steps if step.moment == moment)
        return total / QUESTIONS if moment == "questions" else total

    def countdown(self, moment: str, *, anew: bool = False) -> Countdown:
        """The time of a moment; it goes on while one is elsewhere, unless it is counted anew."""
        if anew or moment not in self._countdowns:
            self._countdowns[moment] = Countdown(60 * self.minutes(moment))
        return self._countdowns[moment]

    # --- the file ---

    @property
    def path(self) -> Path | None:
        """Its file; None until something was done."""
        return self._place[0] if self._place else None

    @property
    def is_written(self) -> bool:
        """True when nothing waits to be written."""
        return self._unwritten is None

    def write(self) -> None:
        """Keep the newest state on disk; may be slow. A failure is told by ``failure``, and the state stays waiting."""
        with self._turn:
            state = self._unwritten
            if state is None:
                return
            try:
                plan = self.plan.id if self.plan else ""
                place = workshops.keep(self._place, self.scenario, self.base, plan, self.began, state)
            except (OSError, ValueError) as error:
                self.failure = workshops.failure(error)
                return
            self.failure = ""
            self.is_moved = self.is_moved or (self._place is not None and place[0] != self._place[0])
            self._place = place
            if self._unwritten is state:
                self._unwritten = None


def resumed(kept: Kept, reader: Reader) -> Playing:
    """The workshop as it was left. Raises ``Unusable``, OSError, and ValueError where these rules no longer read it."""
    from conseil_dla.dossiers.workshops import began  # noqa: PLC0415 - after the first paint

    scenario = workshops.scenario_of(kept, reader.base)
    try:
        state = from_plain(reader.base.logic, kept.state)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("these rules no longer read it") from error
    plan = next((plan for plan in reader.base.plans if plan.id == kept.plan), None)
    return Playing(reader, scenario, plan, state, (kept.path, kept.seen), began(kept))
