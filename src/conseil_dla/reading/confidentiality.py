"""What of a base stays with the officer, and what may therefore be named outside: decided from the base alone."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.rules.model import Argue, Base, Condition, Draw
from conseil_dla.rules.truth import questions_behind

NEVER_OUT = ("posture", "axe", "tension")
"""Kinds that stay inside, whether or not each of their items says so."""
NAME = "titre"
"""The key that goes out where an item may be named."""


class Within:
    """What of a base is internal: items that say so, and rules that rest on an internal answer."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.questions = frozenset(id for id in base.logic.questions if base.entry("question", id).internal)
        conditions = {rule.id: rule.condition for rule in base.logic.rules}
        self.rules = frozenset(
            id for id, condition in conditions.items() if base.entry("regle", id).internal or self.rests_on(condition)
        )

    def rests_on(self, condition: Condition) -> bool:
        """Is an internal answer behind a condition?"""
        return not self.questions.isdisjoint(questions_behind(self.base.logic, (condition,)))

    def is_inner(self, kind: str, id: str) -> bool:
        """Does an item stay inside, whatever draws it?"""
        return kind in NEVER_OUT or self.base.entry(kind, id).internal


def named_outside(base: Base) -> Iterator[tuple[str, str]]:
    """Items that some dossier may have named in a paper that goes out: kind and id, each once."""
    within = Within(base)
    found: dict[tuple[str, str], None] = {}
    for rule in base.logic.rules:
        for effect in rule.effects if rule.id not in within.rules else ():
            if isinstance(effect, Draw):
                found[effect.kind, effect.id] = None
            elif isinstance(effect, Argue) and effect.side == "pour":
                found["motif", effect.motif] = None
    for id, question in base.logic.questions.items():
        if base.entry("question", id).texts.get("dans_les_papiers"):
            found["question", question.id] = None
    for factor in base.logic.factors.values():
        if base.entry("facteur", factor.id).texts.get("dans_les_papiers") and not within.rests_on(factor.present_if):
            found["facteur", factor.id] = None
    yield from (named for named in found if not within.is_inner(*named))
