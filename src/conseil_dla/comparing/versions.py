"""Two versions of the rules: what they say otherwise of known dossiers, then of all dossiers, and what was rewritten.

Cases, trials and saved dossiers come first: they are what an author knows. A dossier of which no conclusion can differ,
whatever is still unknown in it, is not read twice; that is decided on the diagrams, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from conseil_dla.analysis.difference import Difference, Versions, are_comparable, is_known
from conseil_dla.analysis.renaming import Names, renamed, renamed_answers
from conseil_dla.answertext import former_names
from conseil_dla.comparing.conclusions import Name, State, conclusions
from conseil_dla.comparing.since import fits
from conseil_dla.counting import known_answers
from conseil_dla.diagnostics import Place
from conseil_dla.model import Answers, Base, Dossier, Entry, Logic, Question
from conseil_dla.reading.compose import Reader

PLAN = "deroulement"
Change = Literal["ajoute", "retire", "sens", "mots"]
"""An item is new, gone, decides otherwise, or only reads otherwise."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item of the rules or the knowledge that is not what it was."""

    kind: str
    id: str
    how: Change
    former: str = ""
    """Its former name, where a question was renamed."""


@dataclass(frozen=True, slots=True)
class StateChange:
    """One conclusion about one dossier, before and after; None where it is not drawn."""

    name: Name
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class MovedDossier:
    """A dossier of which something shown differs."""

    title: str
    path: str
    changes: tuple[StateChange, ...]
    refused: Literal["", "avant", "apres"] = ""
    """The version that does not take its answers together."""


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """Everything that differs from one version to another."""

    before: Base
    after: Base
    items: tuple[ItemChange, ...]
    read: int
    """Dossiers held against both versions."""
    moved: tuple[MovedDossier, ...]
    meaning: Difference
    unknown: tuple[str, ...]
    """Questions that mean something else while unanswered: other ordinary answers, or asked elsewhere."""
    retold: tuple[str, ...]
    """Motifs that other rules give than before, and so sooner or later while answers are missing."""

    @property
    def is_same(self) -> bool:
        """No dossier whatever, complete or not, gets another conclusion or another reason; wording may differ."""
        meaning = self.meaning
        moves = self.moved or meaning.moves or meaning.refused or meaning.admitted
        return not (moves or self.unknown or self.retold)


def compare_versions(
    before: Reader,
    after: Reader,
    dossiers: Iterable[Dossier],
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> VersionDifference:
    """What ``after`` says otherwise. ``dossiers`` were read against ``after``. Raises ``TooLarge``."""
    names = _names(before.base, after.base)
    former = renamed(before.base.logic, names)
    versions = Versions(former, after.base.logic)
    known = tuple(dossiers)
    unknown = _unknown_otherwise(versions, former, after.base.logic)
    read_all = bool(unknown) or former.formats != after.base.logic.formats or _knows_more(former, after.base.logic)
    moved = []
    for done, dossier in enumerate(known):
        progress(done, len(known))
        answers = known_answers(after.base.logic, dossier)
        if read_all or versions.may_move(versions.cube(answers)):
            found = _moved(before, after, names, dossier, answers)
            if found is not None:
                moved.append(found)
    items = tuple(_items(before.base, after.base, names, former))
    retold = tuple(sorted({argument.motif for argument in versions.reasons}))
    meaning = versions.difference()
    return VersionDifference(before.base, after.base, items, len(known), tuple(moved), meaning, unknown, retold)


def changed_items(before: Base, after: Base) -> tuple[ItemChange, ...]:
    """The items that are not what they were, without asking what that changes."""
    names = _names(before, after)
    return tuple(_items(before, after, names, renamed(before.logic, names)))


def _names(before: Base, after: Base) -> Names:
    """What ``anciennement`` declares, for names that are gone; questions that cannot be compared are set apart."""
    questions, answers = former_names(after.texts.values())
    gone = {old: new for old, new in questions.items()
            if old in before.logic.questions and old not in after.logic.questions}  # fmt: skip
    names = Names(gone, answers)
    for id, question in renamed(before.logic, names).questions.items():
        same = after.logic.questions.get(id)
        if same is not None and not are_comparable(question, same):
            old = next((old for old, new in gone.items() if new == id), id)
            gone[old] = f"{old} (avant)"
    return Names(gone, answers)


def _unknown_otherwise(versions: Versions, before: Logic, after: Logic) -> tuple[str, ...]:
    """Questions of both versions whose unknown answers mean something else, in file order."""
    asked = versions.asked_otherwise()
    return tuple(
        id for id, question in after.questions.items()
        if id in asked or (id in before.questions and before.questions[id].ordinary != question.ordinary)
    )  # fmt: skip


def _knows_more(before: Logic, after: Logic) -> bool:
    """Does one version know questions or answers that the other does not?"""

    def domain(question: Question) -> object:
        return question.type, frozenset(question.answers), question.bounds

    return {id: domain(q) for id, q in before.questions.items()} != {id: domain(q) for id, q in after.questions.items()}


def _moved(before: Reader, after: Reader, names: Names, dossier: Dossier, answers: Answers) -> MovedDossier | None:
    back = _former_answers(before.base.logic, answers, names)
    fit_before, fit_after = fits(before.base, back), fits(after.base, answers)
    if not fit_before or not fit_after:
        if fit_before == fit_after:
            return None
        return MovedDossier(dossier.title, dossier.path, (), "apres" if fit_before else "avant")
    was, now = conclusions(before.base, before.conclude(back)), conclusions(after.base, after.conclude(answers))
    changes = tuple(
        StateChange(name, was.get(name), now.get(name)) for name in {**now, **was} if was.get(name) != now.get(name)
    )
    return MovedDossier(dossier.title, dossier.path, changes) if changes else None


def _former_answers(logic: Logic, answers: Answers, names: Names) -> Answers:
    """Answers in the older version's names; what it does not know is unknown to it."""
    questions = {new: old for old, new in names.questions.items()}
    options = {questions.get(id, id): {new: old for old, new in each.items()} for id, each in names.answers.items()}
    back = renamed_answers(answers, Names(questions, {}))
    back = renamed_answers(back, Names({}, options))
    return {id: v for id, v in back.items() if id in logic.questions and is_known(logic.questions[id], v)}


def _items(before: Base, after: Base, names: Names, former: Logic) -> Iterator[ItemChange]:
    """Items by kind and name; a rule decides otherwise when its condition or its effects are written otherwise."""
    back = {new: old for old, new in names.questions.items()}
    current = renamed(after.logic, Names())
    for (kind, id), entry in after.texts.items():
        old_id = back.get(id, id) if kind == "question" else id
        was = before.texts.get((kind, old_id))
        if was is None:
            yield ItemChange(kind, id, "ajoute")
        elif old_id != id or _decides(former, kind, id) != _decides(current, kind, id):
            yield ItemChange(kind, id, "sens", old_id if old_id != id else "")
        elif _words(before, was) != _words(after, entry):
            yield ItemChange(kind, id, "mots")
    for kind, id in before.texts:
        if kind != "question" and (kind, id) not in after.texts:
            yield ItemChange(kind, id, "retire")
        if kind == "question" and names.question(id) not in after.logic.questions:
            yield ItemChange(kind, id, "retire")


def _decides(logic: Logic, kind: str, id: str) -> object:
    """What an item decides, whatever its place; None for items that are only read."""
    match kind:
        case "regle":
            return next(((r.condition, frozenset(r.effects)) for r in logic.rules if r.id == id), None)
        case "coherence":
            return next((each.never for each in logic.incoherences if each.id == id), None)
        case "question":
            return logic.questions.get(id)
        case "posture":
            return logic.postures.get(id)
        case "format":
            return logic.formats.get(id)
        case "facteur":
            return logic.factors.get(id)
        case "modalite":
            return logic.modalities.get(id)
        case "tension":
            return next((each.poles for each in logic.tensions if each.id == id), None)
    return None


def _words(base: Base, entry: Entry) -> object:
    """An entry wherever it stands; a plan with its times."""
    nowhere = Place("")
    plan = next((plan for plan in base.plans if entry.kind == PLAN and plan.id == entry.id), None)
    examples = tuple(replace(each, place=nowhere) for each in entry.examples)
    return replace(entry, place=nowhere, examples=examples), plan
