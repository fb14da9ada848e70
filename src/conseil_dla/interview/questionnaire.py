"""The questionnaire as a pure state machine: every move takes a state and gives a new one; and how far it is.

The machine knows no engine: the next question comes from an ``Ordering``, a function that the front end hands in
(usually the reading's own next question). Nothing is ever lost: each change, of an answer or of what the dossier keeps
beside, holds the whole state before it, so that it can be undone; and what was undone can be given again, until another
change is made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conseil_dla.reading.values import Reading
from conseil_dla.rules.asked_first import AskedFirst
from conseil_dla.rules.deciding import bearing
from conseil_dla.rules.model import Answers, Logic, Opinion, Value
from conseil_dla.rules.paper_fields import PaperValue
from conseil_dla.rules.tables import Structure

Ordering = Callable[[Answers, frozenset[str]], str | None]
"""(known answers, questions put off) -> the question to ask, or None when nothing is left."""


NO_OPINION = Opinion()
WRITTEN = ("answers", "declined", "notes", "beside", "profile")
"""Fields of a state that are undone and redone."""
Profile = tuple[str, Answers]
"""The day of a territory profile, and its answers."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a dossier keeps beside its answers and notes, and that is changed, undone and redone as they are."""

    title: str = ""
    demand: str = ""
    heard: str = ""
    structures: tuple[Structure, ...] = ()
    opinion: Opinion = NO_OPINION
    paper: Mapping[str, PaperValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interview:
    """Where the conversation stands."""

    answers: Answers = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    """Answered « je ne sais pas encore »: a real answer, which leaves the question unknown."""
    notes: Mapping[str, str] = field(default_factory=dict)
    beside: Beside = field(default_factory=Beside)
    profile: Profile | None = None
    """The territory profile, which is no part of the dossier, as it was kept or found when it was; None before that."""
    counted: Answers = field(default_factory=dict)
    """Answers that the table of structures gives; those given by hand win."""
    current: str | None = None
    """The question on screen; None when nothing is left to ask."""
    trail: tuple[str, ...] = ()
    """Questions seen before the current one, oldest first: where « revenir » leads."""
    before: Interview | None = None
    """The state before the last change, for « annuler »."""
    after: Interview | None = None
    """The state that was undone to come here, for « rétablir »; another change forgets it."""
    passed: frozenset[str] = frozenset()
    """Passed over for now, in this conversation alone: nothing of it is kept."""

    @property
    def known(self) -> Answers:
        """Every answer, whether counted or given by hand."""
        return {**self.counted, **self.answers}

    @property
    def put_off(self) -> frozenset[str]:
        """Questions to ask again only when nothing else is left."""
        return self.declined | self.passed


def start(state: Interview, ordering: Ordering) -> Interview:
    """A conversation begun, or resumed on what a dossier holds: its first question."""
    return replace(state, current=_next(state, ordering))


def answer(state: Interview, question: str, value: Value) -> Interview:
    """Record an answer; the current question stays until ``advance``."""
    return _changed(state, answers={**state.answers, question: value}, declined=state.declined - {question})


def withdraw(state: Interview, questions: Collection[str]) -> Interview:
    """Take answers given by hand back, « je ne sais pas encore » included: the table may then speak."""
    answers = {id: value for id, value in state.answers.items() if id not in questions}
    return _changed(state, answers=answers, declined=state.declined - set(questions))


def recount(state: Interview, counted: Answers) -> Interview:
    """What the table gives has changed; it is no change of an answer, and is not undone as one."""
    return replace(state, counted=counted)


def decline(state: Interview, question: str) -> Interview:
    """Record « je ne sais pas encore »: an earlier answer is withdrawn."""
    answers = {id: value for id, value in state.answers.items() if id != question}
    return _changed(state, answers=answers, declined=state.declined | {question})


def note(state: Interview, question: str, text: str) -> Interview:
    """Keep a free note beside a question; an empty text removes it."""
    notes = {id: kept for id, kept in state.notes.items() if id != question}
    if text.strip():
        notes[question] = text.strip()
    return _changed(state, notes=notes)


def keep_beside(state: Interview, **written: Any) -> Interview:
    """Change some of what is kept beside the answers, by the names of ``Beside``."""
    return _changed(state, beside=replace(state.beside, **written))


def keep_profile(state: Interview, found: Profile, kept: Profile) -> Interview:
    """The territory profile was written over the one that was found there."""
    return _changed(replace(state, profile=found), profile=kept)


def advance(state: Interview, ordering: Ordering) -> Interview:
    """Go on to the next question of the ordering."""
    return go_to(state, _next(state, ordering))


def skip(state: Interview, ordering: Ordering) -> Interview:
    """Go on and leave the current question as it is; once nothing else is left, to those that were put off, in turn."""
    current = state.current
    passed = state.passed if current is None else state.passed | ({current} - state.known.keys())
    if current is None and ordering(state.known, passed) in passed:
        passed = frozenset()
    moved = advance(replace(state, passed=passed), ordering)
    if moved.current is None and (current is None or current in state.declined):
        question = ordering(state.known, passed)
        return moved if question in passed else go_to(replace(state, passed=passed), question)
    return moved


def go_to(state: Interview, question: str | None) -> Interview:
    """Show a given question, whether or not it was answered."""
    if question == state.current:
        return state
    trail = (*state.trail, state.current) if state.current else state.trail
    return replace(state, current=question, trail=trail)


def back(state: Interview) -> Interview:
    """Return to the question seen just before; nothing happens at the first one. Answers stay."""
    if not state.trail:
        return state
    return replace(state, current=state.trail[-1], trail=state.trail[:-1])


def undo(state: Interview) -> Interview:
    """Take the last change back, and show the question that was then on screen.

    What the table gave is for whoever knows the rules to count again.
    """
    if state.before is None:
        return state
    return replace(state.before, counted=state.counted, after=state)


def redo(state: Interview) -> Interview:
    """Give again what was undone last; nothing happens once something else was changed since."""
    if state.after is None:
        return state
    return replace(state.after, counted=state.counted)


def rebased(state: Interview, onto: Callable[[Interview], Interview | None]) -> Interview:
    """The same conversation on what somebody else has changed meanwhile: each state of its journal is put ``onto`` it.

    Taking one's own steps back then leaves the other's change alone. A step that no longer changes anything goes, and
    so does what lies behind a state that cannot be put there (None).
    """
    now = onto(state)
    if now is None:
        return state
    steps, past = [], state.before
    while past is not None:
        steps.append(past)
        past = past.before
    before: Interview | None = None
    for step in reversed(steps):
        before = _linked(onto(step), before)
    now = replace(_linked(now, before) or now, after=None)
    later, coming = [now], state.after
    while coming is not None and (moved := onto(coming)) is not None:
        if not _is_same(moved, later[-1]):
            later.append(replace(moved, before=replace(later[-1], after=None), after=None))
        coming = coming.after
    for number in range(len(later) - 1, 0, -1):
        later[number - 1] = replace(later[number - 1], after=later[number])
    return later[0]


def _linked(state: Interview | None, before: Interview | None) -> Interview | None:
    """A state after another, which it takes the place of where nothing is written differently."""
    if state is None:
        return None
    if before is not None and _is_same(state, before):
        before = before.before
    return replace(state, before=before, after=None)


def _is_same(one: Interview, other: Interview) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in WRITTEN)


def _changed(state: Interview, **written: Any) -> Interview:
    """The state once something is written; what is written again as it was is no change, and is not undone as one."""
    if all(getattr(state, name) == value for name, value in written.items()):
        return state
    return replace(state, **written, before=replace(state, after=None), after=None)


def _next(state: Interview, ordering: Ordering) -> str | None:
    question = ordering(state.known, state.put_off)
    return None if question in state.put_off else question


# --- how far « l’essentiel » is ---------------------------------------------------------------------------------------

MOST = 8
"""Questions of l'essentiel, at most."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where l'essentiel stands, and what is left after it.

    Its questions are chosen afresh after each answer, so no list of eight exists to be ticked off. What is counted is
    therefore what is known, and nothing is stored: a dossier resumed stands where it stood.
    """

    done: int
    """From 0 to ``MOST``: different questions answered, « je ne sais pas encore » included, that bear on format or
    posture or that authors want first here; beyond ``MOST`` it stays there. Neither going back nor passing a question
    over changes it.
    """
    is_over: bool
    """True once no essential question is left to ask, as when format and posture are shown: often before ``MOST``."""
    useful: int
    """Open questions that can still change format or place."""
    is_shown: bool = True
    """Are both shown? Where they are not and all is over, what would settle them was put off."""


def progress(logic: Logic, state: Interview, reading: Reading) -> Progress:
    """Where a conversation stands. An answer that is kept and ignored (sans objet) still counts as dealt with.

    Once format and posture are shown l'essentiel is over, though what authors want first may still be proposed.
    """
    done = (state.known.keys() | state.declined) & (bearing(logic) | AskedFirst(logic).of(state.known))
    asked = reading.next_question
    is_over = reading.standing.is_shown or asked is None or not asked.is_essential
    return Progress(min(len(done), MOST), is_over, len(reading.standing.turning), reading.standing.is_shown)
