"""Answers given beside a table and under coherence rules: what the questionnaire keeps, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from conseil_dla.dossiers.merging import merge
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.questionnaire import Beside, Interview
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
