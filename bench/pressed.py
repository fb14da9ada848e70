"""An answer as the keys that give it, from the first row of a question not answered yet."""

from __future__ import annotations

from conseil_dla.rules.model import Question, Value


def keys_for(question: Question, value: Value) -> list[str]:
    """Every key; the last one answers."""
    if isinstance(value, int):
        return [*str(value), "enter"]
    if not isinstance(value, frozenset):
        return ["down"] * question.answers.index(value) + ["enter"]
    keys: list[str] = []
    for answer in question.answers:
        keys += ["space", "down"] if answer in value else ["down"]
    return [*keys, "enter"]
