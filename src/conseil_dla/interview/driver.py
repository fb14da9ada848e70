"""A questionnaire under way: the one way to drive the machine, on screens and in lines, alone or not.

The machine's moves are pure; what is answered beside a table and under coherence rules is kept or refused here. In the
driver stand the state that moves lead from and to, whose answers these are, and the dossier that is kept with them;
front ends say what came of each move.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial

from conseil_dla.dossiers.merging import merge
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.questionnaire import Beside, Interview
from conseil_dla.reading.since import dated
from conseil_dla.reading.values import Reading
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.counting import answers_of_table
from conseil_dla.rules.model import Dossier, Logic, Value
from conseil_dla.rules.truth import incoherences


@dataclass(frozen=True, slots=True)
class Clash:
    """Why some answers cannot stand together; false when they can."""

    broken: tuple[str, ...] = ()
    """Coherence rules that they break."""
    together: tuple[str, ...] = ()
    """Where none is broken: questions whose answers leave nothing coherent between them."""

    def __bool__(self) -> bool:
        """True when something is wrong."""
        return bool(self.broken or self.together)


def begun(logic: Logic, dossier: Dossier) -> Interview:
    """The state that a dossier holds, without a question yet."""
    beside = Beside(**{field.name: getattr(dossier, field.name) for field in fields(Beside)})
    return recounted(logic, Interview(dict(dossier.answers), dossier.declined, dict(dossier.notes), beside))


def recounted(logic: Logic, state: Interview) -> Interview:
    """The state with what its table gives beside its answers."""
    return interview.recount(state, answers_of_table(logic, state.beside.structures, state.answers, state.declined))


def broken_by(logic: Logic, before: Interview, after: Interview) -> tuple[str, ...]:
    """Coherence rules that the new answers break and that the former did not."""
    already = incoherences(logic, before.known)
    return tuple(id for id in incoherences(logic, after.known) if id not in already)


def clash(logic: Logic, before: Interview, after: Interview) -> Clash:
    """What stands against the new answers."""
    broken = broken_by(logic, before, after)
    return Clash(broken) if broken else Clash((), offending(logic, after.known))


def given(logic: Logic, state: Interview, question: str, value: Value | None) -> tuple[Interview, Clash]:
    """The state once a question is answered (None: not known yet), and what stands against it."""
    moved = interview.decline(state, question) if value is None else interview.answer(state, question, value)
    moved = recounted(logic, moved)
    return moved, clash(logic, state, moved)


def adopted(logic: Logic, state: Interview, ours: Dossier, found: Dossier) -> Interview:
    """The state on what its dossier has become elsewhere: ``ours`` was handed in to be written, ``found`` is there.

    Same question, same journal of one's own steps; what the other changed is in all of it.
    """

    def onto(step: Interview) -> Interview | None:
        moved = begun(logic, merge(ours, found, kept(ours, step), {}).dossier)
        moved = replace(step, answers=moved.answers, declined=moved.declined, notes=moved.notes, beside=moved.beside)
        moved = recounted(logic, moved)
        stands = step is state or not clash(logic, Interview(), moved)
        return moved if stands else None

    return interview.rebased(state, onto)


def kept(dossier: Dossier, state: Interview) -> Dossier:
    """The dossier with the answers and notes of the state, and what it keeps beside them."""
    beside = {field.name: getattr(state.beside, field.name) for field in fields(Beside)}
    return replace(dossier, answers=state.answers, declined=state.declined, notes=state.notes, **beside)


# --- whose answers ----------------------------------------------------------------------------------------------------


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
    return Answerer(partial(begun, logic), kept, partial(adopted, logic))


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
        self.agenda: tuple[str, ...] = ()
        """Questions that come first, in that order: those of a meeting, typed as they were written down there."""

    def proposed(self, reading: Reading | None, dealt_with: Collection[str] = ()) -> str | None:
        """The next question: of the agenda, the first that is left, else that of the reading.

        An agenda that nothing is left of is over. ``dealt_with`` are questions that are too, beside those of the state.
        """
        usual = reading.next_question.question if reading and reading.next_question else None
        aside = reading.not_applicable if reading else frozenset()
        dealt_with = {*dealt_with, *self.state.known, *self.state.put_off, *aside}
        left = [id for id in self.agenda if id not in dealt_with]
        if not left:
            self.agenda = ()
        return left[0] if left else usual

    def give(self, question: str, value: Value | None) -> Clash:
        """Record an answer (None: not known yet), or give what stands against it: nothing is then changed."""
        moved, clash = given(self._logic, self.state, question, value)
        if not clash:
            self.state = moved
        return clash

    def retrace(self, *, again: bool) -> tuple[Interview, Interview]:
        """Take the last change back, or give it ``again``. The states before and after tell what it was."""
        was = self.state
        self.state = recounted(self._logic, interview.redo(was) if again else interview.undo(was))
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
