"""The shipped rules folder, opened once for all tests that need it, and random dossiers on it."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from conseil_dla.model import Logic, Value
from conseil_dla.opening import open_rules
from conseil_dla.reading.compose import Reader
from conseil_dla.truth import incoherences, scopes_of

ROOT = Path(__file__).parents[1]
CASES = tuple(sorted((ROOT / "knowledge" / "cas").glob("*.yaml")))


@cache
def shipped_reader() -> Reader:
    opened = open_rules(ROOT)
    return Reader(opened.base, opened.engine)


def random_dossier(logic: Logic, chance: random.Random, share: float = 1.0) -> dict[str, Value]:
    """A coherent dossier, complete when ``share`` is 1: drawn again until no coherence rule is broken."""
    while True:
        answers: dict[str, Value] = {}
        for id, question in logic.questions.items():
            if scopes_of(logic, answers)[id].applies is False or chance.random() > share:
                continue
            if question.type == "plusieurs":
                answers[id] = frozenset(a for a in question.answers if chance.random() < 0.3)
            elif question.type == "nombre":
                answers[id] = chance.randint(*(question.bounds or (0, 0)))
            else:
                answers[id] = chance.choice(question.answers)
        if not incoherences(logic, answers):
            return answers
