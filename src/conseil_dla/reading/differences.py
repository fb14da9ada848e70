"""Two sides of one questionnaire: which answers differ, which conclusions, and which answers made which difference.

« Made » is meant exactly. A set of answers of the second side *makes* the difference of a conclusion when, put in the
first side's place of theirs and all else left as it is there, it gives the conclusion that the second side has, and
no part of it does. Nothing is guessed from the text of rules: each set is read like a dossier. This is the question
of causes answered by interventions (J. Halpern, "Actual Causality", MIT Press, 2016), kept to the answers given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from conseil_dla.reading.conclusions import Name, State, stated
from conseil_dla.reading.values import Conclusions, Reading
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.model import Answers, Base, Value
from conseil_dla.rules.truth import incoherences

MOST_READINGS = 600
"""Mixtures that are read before the rest is left unsaid."""
TOGETHER = 2
"""Sets up to this size are looked for one by one; larger ones are found by taking answers away."""
PAIRED = 14
"""Differing answers up to which pairs are looked for."""

Read = Callable[[Answers], Reading | Conclusions]
How = Literal["autrement", "appris", "oublie"]
"""Answered on both sides and not alike; only on the second; only on the first."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what it is called, and its reading."""

    label: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question whose answers differ; None where a side does not know."""

    question: str
    before: Value | None
    after: Value | None

    @property
    def how(self) -> How:
        """Whether somebody says otherwise, or knows more, or less."""
        if self.before is None:
            return "appris"
        return "oublie" if self.after is None else "autrement"


@dataclass(frozen=True, slots=True)
class ConclusionChange:
    """One conclusion that differs."""

    name: Name
    before: State | None
    """None where the side does not conclude it."""
    after: State | None
    made_by: tuple[tuple[str, ...], ...]
    """Sets of questions, of one size, each of which alone makes the difference; empty where none was isolated."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs, in the order of the questionnaire and of a reading."""

    first: Side
    second: Side
    answers: tuple[AnswerChange, ...]
    conclusions: tuple[ConclusionChange, ...]
    idle: tuple[str, ...]
    """Questions answered otherwise that are in no set, and without which all the others conclude the same."""

    @property
    def is_same(self) -> bool:
        """Nothing differs."""
        return not self.answers and not self.conclusions


def compare(base: Base, read: Read, first: Side, second: Side, *, outward: bool = False) -> Differences:
    """What differs from the first side to the second. ``read`` gives what is concluded of any coherent answers.

    With ``outward``, nothing internal is concluded of either side: what two people said alone may be shown to both.

    On two whole dossiers of the shipped base this reads some hundred mixtures, most of them in a few milliseconds.
    """
    answers = tuple(_answer_changes(base, first.reading, second.reading))
    before, after = stated(base, first.reading), stated(base, second.reading)
    if outward:
        inner = {name for side in (before, after) for name, state in side.items() if state.internal}
        before, after = ({name: one for name, one in side.items() if name not in inner} for side in (before, after))
    moved = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    mixtures = _Mixtures(base, read, first.reading.answers, second.reading.answers, [c.question for c in answers])
    made = {name: mixtures.makers(name, after.get(name)) for name in moved}
    used = {question for sets in made.values() for each in sets for question in each}
    return Differences(
        first,
        second,
        answers,
        tuple(ConclusionChange(name, before.get(name), after.get(name), made[name]) for name in moved),
        mixtures.idle(used, after),
    )


def _answer_changes(base: Base, first: Reading, second: Reading) -> Iterable[AnswerChange]:
    for id in base.logic.questions:
        before, after = first.answers.get(id), second.answers.get(id)
        if before != after:
            yield AnswerChange(id, before, after)


class _Mixtures:
    """The first side with some answers of the second, each mixture read once."""

    def __init__(self, base: Base, read: Read, first: Answers, second: Answers, differing: list[str]) -> None:
        self.base, self.read = base, read
        self.first, self.second = first, second
        self.differing = differing
        self._known: dict[frozenset[str], Mapping[Name, State] | None] = {}

    def makers(self, name: Name, wanted: State | None) -> tuple[tuple[str, ...], ...]:
        """The smallest sets that give the second side's state; one alone past pairs; none where it was not found."""
        for size in range(1, TOGETHER + 1):
            if size > 1 and len(self.differing) > PAIRED:
                break
            sets = (frozenset(each) for each in combinations(self.differing, size))
            found = tuple(self._in_order(each) for each in sets if self._gives(each, name, wanted))
            if found:
                return found
        return self._thinned(name, wanted)

    def idle(self, used: set[str], after: Mapping[Name, State]) -> tuple[str, ...]:
        """Those that no set uses, once seen to change nothing together; none where that is not so, or not known."""
        left = tuple(id for id in self.differing if id not in used)
        return left if left and self._concluded(frozenset(self.differing) - set(left)) == after else ()

    def _thinned(self, name: Name, wanted: State | None) -> tuple[tuple[str, ...], ...]:
        """All that differ, then each taken away where the rest still gives it: no part of what is left does."""
        kept = frozenset(self.differing)
        if not self._gives(kept, name, wanted):
            return ()
        changed = True
        while changed:
            changed = False
            for question in self.differing:
                if question in kept and self._gives(kept - {question}, name, wanted):
                    kept, changed = kept - {question}, True
        return (self._in_order(kept),) if len(self._known) < MOST_READINGS else ()

    def _gives(self, questions: frozenset[str], name: Name, wanted: State | None) -> bool:
        found = self._read(questions)
        return found is not None and found.get(name) == wanted

    def _read(self, questions: frozenset[str]) -> Mapping[Name, State] | None:
        """Conclusions of a mixture; None when nobody could answer so, or when too many were read."""
        if questions not in self._known:
            if len(self._known) >= MOST_READINGS:
                return None
            self._known[questions] = self._concluded(questions)
        return self._known[questions]

    def _concluded(self, questions: frozenset[str]) -> Mapping[Name, State] | None:
        mixed = {id: value for id, value in self.first.items() if id not in questions}
        mixed |= {id: self.second[id] for id in questions if id in self.second}
        logic = self.base.logic
        if incoherences(logic, mixed) or offending(logic, mixed):
            return None
        return stated(self.base, self.read(mixed))

    def _in_order(self, questions: frozenset[str]) -> tuple[str, ...]:
        return tuple(id for id in self.differing if id in questions)
