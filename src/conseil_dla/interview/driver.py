"""A questionnaire under way: the one way to drive the machine, on screens and in lines, alone or not.

The machine's moves are pure. Here stand the state that they lead from and to, whose answers these are, and the dossier
that is kept with them; front ends say what came of each move.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from conseil_dla.interview import answering
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.answering import Clash
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.reading.since import dated
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Dossier, Logic, Value


@dataclass(frozen=True, slots=True)
class Answerer:
    """Whose answers are given: what of a dossier is read and written for them."""

    begun: Callable[[Dossier], Interview]
    """The state that the dossier holds, without a question yet."""
    kept: Callable[[Dossier, Interview], Dossier]
    """The dossier with what the state says; of others' answers nothing changes."""
    adopted: Callable[[Interview, Dossier, Dossier], Interview]
    """The state on what the dossier has become elsewhere, from what was handed in to what was found."""
    restored: Callable[[Dossier, Dossier], Dossier] = lambda handed, found: found
    """What was found, with what must be there for the conversation to go on; itself where nothing is missing."""


def own(logic: Logic) -> Answerer:
    """The dossier's own: its answers, its notes, and what it keeps beside them."""
    return Answerer(partial(answering.begun, logic), answering.kept, partial(answering.adopted, logic))


class Driver:
    """Mutable on purpose: where a front end's moves meet. Not for several threads at once."""

    def __init__(
        self, logic: Logic, side: Answerer, dossier: Callable[[], Dossier], keep: Callable[[Dossier], object]
    ) -> None:
        """``dossier`` gives it as it stands; ``keep`` has it written."""
        self._logic = logic
        self._side = side
        self._dossier = dossier
        self._keep = keep
        self.state = side.begun(dossier())
        self.opened_with = self.state.known
        """What was known when the dossier was opened."""

    def give(self, question: str, value: Value | None) -> Clash:
        """Record an answer (None: not known yet), or give what stands against it: nothing is then changed."""
        moved, clash = answering.given(self._logic, self.state, question, value)
        if not clash:
            self.state = moved
        return clash

    def retrace(self, *, again: bool) -> tuple[Interview, Interview]:
        """Take the last change back, or give it ``again``. The states before and after tell what it was."""
        was = self.state
        self.state = answering.recounted(self._logic, interview.redo(was) if again else interview.undo(was))
        return was, self.state

    def keep(self) -> None:
        """Have the dossier kept as the state stands."""
        self._keep(self._side.kept(self._dossier(), self.state))

    def adopt(self, handed: Dossier, found: Dossier) -> None:
        """Others changed the dossier that was handed in: the conversation goes on with what was found."""
        whole = self._side.restored(handed, found)
        if whole is found:
            self.state = self._side.adopted(self.state, handed, found)
        else:
            self._keep(whole)

    @property
    def has_answered(self) -> bool:
        """True where something was answered here."""
        return self.state.known != self.opened_with

    def entered(self, reading: Reading, day: date) -> Dossier:
        """The dossier with this reading in its journal; itself where it is there already, or nothing was answered."""
        dossier = self._dossier()
        journal = dated(dossier.journal, reading, day) if self.has_answered else dossier.journal
        return dossier if journal == dossier.journal else replace(dossier, journal=journal)
