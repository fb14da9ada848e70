"""Which question and which answer of one version is which of another: what ``anciennement`` declares in either.

An item renamed in one version only, in both to the same name or to two different ones is one item as long as both know
it under some common name. A name in use on both sides wins over a former one. Where several could be the same (two
answers made into one), none is: they are told as what they are, gone and new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from conseil_dla.exact.known import are_comparable, is_known
from conseil_dla.exact.renaming import Names, renamed, renamed_answers
from conseil_dla.rules.answertext import former_names
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.model import Answers, Base, Dossier, Logic, Question

APART = "{} (avant)"
"""The name of a question of the older version that today's question of that name cannot be compared with."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The names of one side: those in use, and which of them each former name became."""

    used: tuple[str, ...]
    became: Mapping[str, str]

    def formers(self, id: str) -> frozenset[str]:
        return frozenset(old for old, new in self.became.items() if new == id)


def names_between(before: Base, after: Base) -> Names:
    """The newer version's name of each question and answer of the older one; those that are the same are left out."""
    (was_questions, was_answers), (questions, answers) = (former_names(b.texts.values()) for b in (before, after))
    pairs = _paired(
        _Known(tuple(before.logic.questions), was_questions), _Known(tuple(after.logic.questions), questions)
    )
    options: dict[str, Mapping[str, str]] = {}
    for old, new in pairs.items():
        found = _paired(
            _Known(before.logic.questions[old].answers, was_answers.get(old, {})),
            _Known(after.logic.questions[new].answers, answers.get(new, {})),
        )
        options[new] = {one: other for one, other in found.items() if one != other}
    names = Names(
        {old: new for old, new in pairs.items() if old != new}, {id: each for id, each in options.items() if each}
    )
    apart = {old: APART.format(old) for old, new in pairs.items()
             if not are_comparable(_as_today(before.logic, old, names), after.logic.questions[new])}  # fmt: skip
    return Names({**names.questions, **apart}, names.answers)


def _as_today(logic: Logic, id: str, names: Names) -> Question:
    alone = replace(logic, questions={id: logic.questions[id]}, rules=(), incoherences=(), postures={}, factors={},
                    drawn={}, tensions=())  # fmt: skip
    return next(iter(renamed(alone, names).questions.values()))


def _paired(before: _Known, after: _Known) -> dict[str, str]:
    """Of each name used before, the one used now; the surest reasons first."""
    ways: tuple[Callable[[str], Iterable[str]], ...] = (
        lambda id: (id,),
        lambda id: (after.became.get(id, ""),),
        before.formers,
        lambda id: (after.became.get(former, "") for former in before.formers(id)),
    )
    pairs: dict[str, str] = {}
    for way in ways:
        claims: dict[str, set[str]] = {}
        for id in before.used:
            if id not in pairs:
                claims[id] = {new for new in way(id) if new in after.used and new not in pairs.values()}
        for id, found in claims.items():
            rivals = [other for other, theirs in claims.items() if theirs & found]
            if len(found) == 1 and len(rivals) == 1:
                pairs[id] = found.pop()
    return pairs


def former_answers(logic: Logic, answers: Answers, names: Names) -> Answers:
    """Answers in the older version's names; what it does not know is unknown to it."""
    questions = {new: old for old, new in names.questions.items()}
    options = {questions.get(id, id): {new: old for old, new in each.items()} for id, each in names.answers.items()}
    back = renamed_answers(answers, Names(questions, {}))
    back = renamed_answers(back, Names({}, options))
    return {id: v for id, v in back.items() if id in logic.questions and is_known(logic.questions[id], v)}


def brought_forward(dossier: Dossier, before: Base, after: Base) -> Dossier | None:
    """A dossier read under the older version, in the newer one's names; None where that one lacks an answer of it."""
    answers = renamed_answers(known_answers(before.logic, dossier), names_between(before, after))
    questions = after.logic.questions
    if any(id not in questions or not is_known(questions[id], value) for id, value in answers.items()):
        return None
    return replace(dossier, answers=answers, declined=frozenset(), structures=(), everyone={}, expected=())


def accepted(base: Base) -> tuple[Mapping[str, frozenset[str]], Mapping[str, Mapping[str, frozenset[str]]]]:
    """Every name under which a dossier may hold each question, and each answer of it, today's among them."""
    questions, answers = former_names(base.texts.values())
    known = _Known(tuple(base.logic.questions), questions)
    return (
        {id: known.formers(id) | {id} for id in known.used},
        {
            id: {one: _Known(question.answers, answers.get(id, {})).formers(one) | {one} for one in question.answers}
            for id, question in base.logic.questions.items()
        },
    )
