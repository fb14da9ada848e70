"""Conditions that no coherent dossier meets, and why: they contradict themselves, or a coherence item forbids them."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.authoring.proofs.evidence import Evidence, in_conflict, parts_of
from conseil_dla.authoring.proofs.findings import Named, Proven
from conseil_dla.exact.outcomes import conjunction
from conseil_dla.rules.coherence import named_conditions
from conseil_dla.rules.model import AllOf, Answers, AnyOf, AtLeast, Condition, Is, NoneOf, Within


def dead_conditions(evidence: Evidence) -> Iterator[Proven]:
    """Rules, factors, poles, ``posee_si``, ``deja_prevu_si``, ``hors_note_si`` and ``jamais`` that never hold.

    The witness meets everything but one of the conditions in conflict: the dossier that comes nearest.
    """
    for about, part, condition in conditions(evidence):
        if evidence.holds(condition) == evidence.never:
            yield _explained(evidence, about, part, condition)
    for item in evidence.logic.incoherences:
        if evidence.atlas.holds(item.never) == evidence.never:
            yield _explained(evidence, ("coherence", item.id), "jamais", item.never)


def conditions(evidence: Evidence) -> Iterator[tuple[Named, str, Condition]]:
    """Every condition that ought to hold somewhere, with its item and its key."""
    return (each for each in named_conditions(evidence.logic) if each[1] != "jamais")


def _explained(evidence: Evidence, about: Named, part: str, condition: Condition) -> Proven:
    atlas, never = evidence.atlas, evidence.never
    parts = parts_of(condition)

    def meet_anywhere(some: tuple[Condition, ...]) -> bool:
        return evidence.diagrams.fold(conjunction, map(atlas.holds, some), True, absorbing=False) != never

    def meet(some: tuple[Condition, ...]) -> bool:
        return _together(evidence, some) != never

    if not meet_anywhere(parts):
        conflict = in_conflict(parts, meet_anywhere)
        return Proven("DLA503", about, None, _nearest(evidence, parts, conflict), part, conflict)
    conflict = in_conflict(parts, meet)
    forbidding = _forbidding(evidence, conflict)
    other = ("coherence", forbidding[0]) if forbidding else None
    return Proven("DLA504", about, other, _nearest(evidence, parts, conflict), part, conflict, rest=tuple(forbidding))


def _together(evidence: Evidence, parts: tuple[Condition, ...]) -> int:
    root = evidence.coherent
    for part in parts:
        root = evidence.both(root, evidence.atlas.holds(part))
    return root


def _nearest(evidence: Evidence, parts: tuple[Condition, ...], conflict: tuple[Condition, ...]) -> Answers | None:
    """Answers that meet the conditions one after the other as far as can be, those in conflict first."""
    root = evidence.coherent
    for part in sorted(parts, key=lambda part: part not in conflict):
        narrower = evidence.both(root, evidence.atlas.holds(part))
        root = root if narrower == evidence.never else narrower
    return evidence.witness(root)


def _forbidding(evidence: Evidence, conflict: tuple[Condition, ...]) -> list[str]:
    """Coherence items that together forbid the conditions, none of which can be spared."""
    wanted = evidence.diagrams.fold(conjunction, map(evidence.atlas.holds, conflict), True, absorbing=False)
    needed = list(evidence.logic.incoherences)
    for item in evidence.logic.incoherences:
        fewer = [each for each in needed if each is not item]
        left = wanted
        for each in fewer:
            left = evidence.without(left, evidence.atlas.holds(each.never))
        if left == evidence.never:
            needed = fewer
    return [item.id for item in needed]


def impatient_none(evidence: Evidence) -> Iterator[Proven]:
    """``aucune`` straight on a question with one answer, always asked: naming its other answers would do the same.

    Both are refuted by the same answers, and only naming them lets a condition be seen as established by one.
    """
    for about, part, condition in conditions(evidence):
        for atom in _denied(condition):
            question = evidence.logic.questions[atom.question]
            if question.type != "plusieurs" and question.asked_if is None:
                others = tuple(id for id in question.answers if isinstance(atom, Is) and id not in atom.answers)
                yield Proven("DLA513", about, ("question", atom.question), None, part, (atom,), rest=others)


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
