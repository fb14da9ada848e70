"""Somebody answering alone: which questions come, in which order, by that person's own answers and nothing else.

No reading decides here: what is asked next would otherwise tell what the answers given so far amount to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conseil_dla.dossiers.merging import merge
from conseil_dla.interview.driver import Answerer
from conseil_dla.interview.questionnaire import Interview, Ordering, rebased
from conseil_dla.rules.coherence import with_conditions_of_asking
from conseil_dla.rules.model import ROLES, Answers, Base, Dossier, Respondent
from conseil_dla.rules.truth import scopes_of


def hears_internal(role: str) -> bool:
    """Internal questions are put to the DLA alone."""
    return role == ROLES[0]


def asked_of(base: Base, role: str) -> tuple[str, ...]:
    """The questions that may be put to somebody, theme by theme as the file names them first."""
    by_theme: dict[str, list[str]] = {}
    for id in base.logic.questions:
        entry = base.entry("question", id)
        if hears_internal(role) or not entry.internal:
            by_theme.setdefault(entry.texts.get("theme", ""), []).append(id)
    return tuple(id for ids in by_theme.values() for id in ids)


def open_to(base: Base, role: str, answers: Answers) -> tuple[str, ...]:
    """Those of them that surely apply, given these answers."""
    asked = asked_of(base, role)
    needed = with_conditions_of_asking(base.logic, asked)
    few = replace(base.logic, questions={id: base.logic.questions[id] for id in needed})
    scopes = scopes_of(few, {id: value for id, value in answers.items() if id in few.questions})
    return tuple(id for id in asked if scopes[id].applies)


def ordering(base: Base, role: str) -> Ordering:
    """The first without an answer; once all have one, the first that was put off."""

    def following(answers: Answers, put_off: frozenset[str]) -> str | None:
        left = [id for id in open_to(base, role, answers) if id not in answers]
        return next((id for id in left if id not in put_off), left[0] if left else None)

    return following


def begun(base: Base, one: Respondent) -> Interview:
    """The conversation as this person left it, without a question yet. What may not be asked of them is not in it."""
    asked = set(asked_of(base, one.role))
    return Interview({id: value for id, value in one.answers.items() if id in asked}, one.declined & asked)


def kept(base: Base, dossier: Dossier, name: str, state: Interview) -> Dossier:
    """The dossier with what this person answers now. Of the others nothing changes, nor of what was not asked.

    An agreement was given to answers that were there: another answer asks for it again.
    """
    one = dossier.everyone[name]
    asked = set(asked_of(base, one.role))
    answers = {id: value for id, value in one.answers.items() if id not in asked} | dict(state.answers)
    declined, consents = one.declined - asked | state.declined, one.consents and answers == one.answers
    return with_respondent(dossier, replace(one, answers=answers, declined=declined, consents=consents))


def adopted(base: Base, state: Interview, name: str, ours: Dossier, found: Dossier) -> Interview:
    """The conversation on what the dossier has become elsewhere; of this person's own answers, both sides count."""

    def onto(step: Interview) -> Interview | None:
        there = merge(ours, found, kept(base, ours, name, step), {}).dossier.everyone.get(name)
        if there is None:
            return None
        moved = begun(base, there)
        return replace(step, answers=moved.answers, declined=moved.declined)

    return rebased(state, onto)


def consenting(dossier: Dossier, name: str, consents: bool) -> Dossier:
    """The dossier with what this person agrees to."""
    return with_respondent(dossier, replace(dossier.everyone[name], consents=consents))


def with_respondent(dossier: Dossier, one: Respondent) -> Dossier:
    """The dossier with this person in it, as described."""
    return replace(dossier, everyone={**dossier.everyone, one.name: one})


def without(dossier: Dossier, name: str) -> Dossier:
    """The dossier once this person has withdrawn, answers and all."""
    left: Mapping[str, Respondent] = {key: one for key, one in dossier.everyone.items() if key != name}
    return replace(dossier, everyone=left)


def side_of(base: Base, name: str) -> Answerer:
    """The side of somebody who answers alone; taken out of the dossier elsewhere meanwhile, they are still there."""

    def restored(handed: Dossier, found: Dossier) -> Dossier:
        return found if name in found.everyone else with_respondent(found, handed.everyone[name])

    return Answerer(
        lambda dossier: begun(base, dossier.everyone[name]),
        lambda dossier, state: kept(base, dossier, name, state),
        lambda state, handed, found: adopted(base, state, name, handed, found),
        restored,
    )
