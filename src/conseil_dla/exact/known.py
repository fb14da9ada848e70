"""What two versions of the rules can both be asked: questions of either, with the answers that both know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conseil_dla.rules.model import Logic, Question, Value


def shared(before: Logic, after: Logic) -> Iterator[tuple[str, Question]]:
    """Questions of either version, with the answers that both know; a question of one version keeps all of its own."""
    for id, question in {**before.questions, **after.questions}.items():
        former = before.questions.get(id)
        if former is None or id not in after.questions:
            yield id, replace(question, ordinary=None, asked_if=None)
            continue
        yield (
            id,
            replace(
                question,
                ordinary=None,
                asked_if=None,
                answers=tuple(each for each in question.answers if each in former.answers),
                bounds=_overlap(former.bounds, question.bounds),
            ),
        )


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    return None if one is None or other is None else (max(one[0], other[0]), min(one[1], other[1]))


def are_comparable(former: Question, question: Question) -> bool:
    """Is there an answer that both versions of a question know? If not, they are two questions."""
    if former.type != question.type:
        return False
    overlap = _overlap(former.bounds, question.bounds)
    if overlap is not None:
        return overlap[0] <= overlap[1]
    return not set(former.answers).isdisjoint(question.answers)


def is_known(question: Question, value: Value) -> bool:
    """Can the question be answered so?"""
    if isinstance(value, frozenset):
        return value <= frozenset(question.answers)
    if isinstance(value, int):
        low, high = question.bounds or (0, 0)
        return low <= value <= high
    return value in question.answers
