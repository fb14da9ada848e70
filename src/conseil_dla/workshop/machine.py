"""A workshop as a pure state machine: what a room felt, voted, tried and said, every move giving a new state.

Votes are values: counts of hands per option, never who raised them. Answers are not stored but made again from the
moves, in order, so that a workshop can be replayed move by move; nothing is ever lost.

A room that is divided keeps two answers to a question: from there two variants go on side by side, until one is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from conseil_dla.interview.driver import Clash
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.model import Answers, Logic, Question, Value
from conseil_dla.rules.truth import incoherences

Hands = Mapping[str, int]
"""How many hands were raised, by option; an option that nobody chose may be absent."""
UNSURE = "?"
"""The option « on ne sait pas encore », which every question has; no id looks like it."""
NONE = "-"
"""The option « aucune », which a question with several answers has: it is chosen, never what an empty list means."""
NEARLY = 2, 3
"""A vote is split when the second has at least two thirds of the hands of the first."""
FOR_INTUITION = "intuition"
"""What hands are counted for, before any question."""
REMEMBERED = "retenons", "contestons", "demandons"
"""What a room leaves in writing: what it keeps, what it disputes, what it asks."""


@dataclass(frozen=True, slots=True)
class Voted:
    """A question was put to the room."""

    question: str
    hands: Hands
    kept: tuple[Value | None, ...]
    """The room's answer (None: not known yet); two where both were kept."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """An answer was changed in front of the room, and the change kept (« et si »)."""

    question: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Tried:
    """An « et si » was looked at."""

    change: Supposed
    after: int
    """How many moves had been made by then: what it would have moved is read from there."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The rest was taken from the scenario's own sheet, for each variant."""

    given: tuple[Answers, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Of two variants, one was kept."""

    variant: int


Move = Voted | Supposed | Completed | Chosen


@dataclass(frozen=True, slots=True)
class Variant:
    """What is known of the project in one of the variants."""

    answers: Answers = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    """Put to the room, and left unknown."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a workshop stands."""

    intuition: Hands = field(default_factory=dict)
    """The room's feeling before any answer: hands by posture."""
    moves: tuple[Move, ...] = ()
    guesses: Mapping[str, Hands] = field(default_factory=dict)
    """« Qu’auriez-vous dit ? »: hands by option, for each step of the reading that was put to the room."""
    revealed: frozenset[str] = frozenset()
    """Steps of the reading that were shown."""
    tried: tuple[Tried, ...] = ()
    """« Et si » that were looked at, kept or not, in order."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What the room leaves in writing, by one of ``REMEMBERED``."""
    counting: Mapping[str, Hands] = field(default_factory=dict)
    """Hands that are up and not kept yet, by what they are raised for (``for_question``…); they are not undone."""
    before: Workshop | None = None
    """The state before the last change, for « annuler »."""
    after: Workshop | None = None
    """The state that was undone to come here, for « rétablir »; another change forgets it."""


# --- what is known --------------------------------------------------------------------------------------------------


def variants(state: Workshop) -> tuple[Variant, ...]:
    """One variant, or two since the room was divided."""
    found: tuple[Variant, ...] = (Variant(),)
    for move in state.moves:
        found = _moved(found, move)
    return found


def replayed(state: Workshop) -> tuple[Workshop, ...]:
    """The workshop as it was before each move, then as it is: one state more than there are moves."""
    return tuple(Workshop(moves=state.moves[:number]) for number in range(len(state.moves) + 1))


def _moved(before: tuple[Variant, ...], move: Move) -> tuple[Variant, ...]:
    match move:
        case Chosen(number):
            return (before[number],)
        case Completed(given):
            return tuple(
                replace(variant, answers={**variant.answers, **answers})
                for variant, answers in zip(before, given, strict=True)
            )
        case Supposed(question, value):
            kept: tuple[Value | None, ...] = (value,) * len(before)
        case Voted(question, _, kept):
            kept = kept if len(kept) > 1 else kept * len(before)
    ahead = before if len(before) == len(kept) else before * len(kept)
    made = tuple(_with(variant, question, value) for variant, value in zip(ahead, kept, strict=True))
    return made[:1] if len(made) > 1 and made[0] == made[1] else made


def _with(variant: Variant, question: str, value: Value | None) -> Variant:
    answers = {id: known for id, known in variant.answers.items() if id != question}
    if value is None:
        return Variant(answers, variant.declined | {question})
    return Variant({**answers, question: value}, variant.declined - {question})


def clash(logic: Logic, state: Workshop, question: str, kept: tuple[Value | None, ...]) -> Clash:
    """Why an answer, or one of two, cannot stand beside what the room has answered; false when it can."""
    made = _moved(variants(state), Voted(question, {}, kept))
    for variant in made:
        if broken := incoherences(logic, variant.answers):
            return Clash(tuple(broken))
        if together := offending(logic, variant.answers):
            return Clash((), tuple(together))
    return Clash(())


def completing(logic: Logic, state: Workshop, sheet: Answers) -> tuple[Completed, tuple[str, ...]]:
    """The sheet's answers to what is not answered yet, and questions left out since they would clash with the room's.

    In the order of the questionnaire; what the room said always wins.
    """
    given: list[Answers] = []
    left_out: list[str] = []
    for variant in variants(state):
        rest = {id: sheet[id] for id in logic.questions if id in sheet and id not in variant.answers}
        added = rest if _can_stand(logic, {**variant.answers, **rest}) else {}
        for id in () if added else rest:  # some clash: one by one, which takes longer
            if _can_stand(logic, {**variant.answers, **added, id: rest[id]}):
                added[id] = rest[id]
            else:
                left_out.append(id)
        given.append(added)
    return Completed(tuple(given)), tuple(dict.fromkeys(left_out))


def _can_stand(logic: Logic, answers: Answers) -> bool:
    """Could somebody answer so?"""
    return not incoherences(logic, answers) and not offending(logic, answers)


# --- votes ----------------------------------------------------------------------------------------------------------


def leading(hands: Hands) -> tuple[str, ...]:
    """Options with at least one hand, the most chosen first; equals in the order given."""
    raised = [option for option, count in hands.items() if count > 0]
    return tuple(sorted(raised, key=lambda option: -hands[option]))


def is_split(hands: Hands) -> bool:
    """True when a second option has nearly as many hands as the first."""
    first, *others = leading(hands) or ("",)
    return bool(others) and NEARLY[1] * hands[others[0]] >= NEARLY[0] * hands[first]


def answer_of(question: Question, options: Sequence[str]) -> Value | None:
    """The room's answer, from the options that it keeps."""
    if tuple(options) == (UNSURE,):
        return None
    return frozenset(options) - {NONE} if question.type == "plusieurs" else options[0]


def last_vote(state: Workshop, question: str | None) -> Voted | None:
    """The last vote on a question."""
    votes = (move for move in reversed(state.moves) if isinstance(move, Voted))
    return next((vote for vote in votes if vote.question == question), None)


def is_tied(hands: Hands) -> bool:
    """True when several options share the most hands: nothing says which one the room would keep."""
    first, second, *_ = (*sorted(hands.values(), reverse=True), 0, 0)
    return first == second > 0


def for_question(question: str) -> str:
    """What hands are counted for, at a question."""
    return f"question {question}"


def for_step(step: str) -> str:
    """What hands are counted for, at a step of the reading."""
    return f"lecture {step}"


# --- moves ----------------------------------------------------------------------------------------------------------


def feel(state: Workshop, hands: Hands) -> Workshop:
    """Note the room's feeling."""
    return _changed(_settled(state, FOR_INTUITION), intuition=_raised(hands))


def vote(state: Workshop, question: str, hands: Hands, *kept: Value | None) -> Workshop:
    """Record a vote and the answer kept; two answers only while there is one variant.

    Raises ValueError for two answers where two variants go on already.
    """
    if len(kept) > 1 and len(variants(state)) > 1:
        raise ValueError("two variants already")
    moves = (*state.moves, Voted(question, _raised(hands), kept))
    return _changed(_settled(state, for_question(question)), moves=moves)


def complete(state: Workshop, move: Completed) -> Workshop:
    """Take the rest from the sheet."""
    return _changed(state, moves=(*state.moves, move)) if any(move.given) else state


def choose(state: Workshop, variant: int) -> Workshop:
    """Keep one of two variants."""
    return _changed(state, moves=(*state.moves, Chosen(variant)))


def suppose(state: Workshop, change: Supposed) -> Workshop:
    """Look at an « et si »; answers stay, and what was looked at is not undone."""
    return replace(state, tried=(*state.tried, Tried(change, len(state.moves))))


def keep(state: Workshop, change: Supposed) -> Workshop:
    """Make an « et si » the room's answer."""
    return _changed(state, moves=(*state.moves, change))


def guess(state: Workshop, step: str, hands: Hands) -> Workshop:
    """What the room would have said, before a step of the reading is shown."""
    return _changed(_settled(state, for_step(step)), guesses={**state.guesses, step: _raised(hands)})


def count(state: Workshop, what: str, hands: Hands) -> Workshop:
    """Note hands while they are being counted, so that they outlive the machine; no answer comes of it."""
    others = {each: raised for each, raised in state.counting.items() if each != what}
    counting = {**others, what: raised} if (raised := _raised(hands)) else others
    return state if counting == state.counting else replace(state, counting=counting)


def reveal(state: Workshop, step: str) -> Workshop:
    """Show a step of the reading; what was shown is not undone."""
    return replace(state, revealed=state.revealed | {step})


def say(state: Workshop, said: Mapping[str, str]) -> Workshop:
    """What the room leaves in writing; an empty text removes it."""
    return _changed(state, said={key: text.strip() for key, text in said.items() if text.strip()})


def undo(state: Workshop) -> Workshop:
    """Take the last change back; what was shown or looked at stays so."""
    if state.before is None:
        return state
    return replace(state.before, **_kept_always(state), after=state)


def redo(state: Workshop) -> Workshop:
    """Give again what was undone last; nothing happens once something else was changed since."""
    if state.after is None:
        return state
    return replace(state.after, **_kept_always(state))


def _kept_always(state: Workshop) -> dict[str, Any]:
    """What neither undoing nor giving again touches."""
    return {"revealed": state.revealed, "tried": state.tried, "counting": state.counting}


def _settled(state: Workshop, what: str) -> Workshop:
    """Hands that were being counted have been kept."""
    return count(state, what, {})


def _raised(hands: Hands) -> Hands:
    return {option: count for option, count in hands.items() if count > 0}


def _changed(state: Workshop, **written: Any) -> Workshop:
    if all(getattr(state, name) == value for name, value in written.items()):
        return state
    return replace(state, **written, before=replace(state, after=None), after=None)
