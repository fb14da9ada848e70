"""How conditions are written: what is right, and makes a reading wait longer than it needs."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.authoring.proofs.dead import conditions
from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Finding
from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Condition, Is, NoneOf, Within


def impatient_none(evidence: Evidence) -> Iterator[Finding]:
    """``aucune`` straight on a question with one answer, always asked: naming its other answers would do the same.

    Both are refuted by the same answers, and only naming them lets a condition be seen as established by one.
    """
    for about, part, condition in conditions(evidence):
        for atom in _denied(condition):
            question = evidence.logic.questions[atom.question]
            if question.type != "plusieurs" and question.asked_if is None:
                others = tuple(id for id in question.answers if isinstance(atom, Is) and id not in atom.answers)
                yield Finding("DLA513", about, ("question", atom.question), None, part, (atom,), rest=others)


def _denied(condition: Condition) -> Iterator[Is | Within]:
    match condition:
        case NoneOf(parts):
            yield from (part for part in parts if isinstance(part, Is | Within))
            for part in parts:
                yield from _denied(part)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _denied(part)
        case _:
            return
