"""Is everything reached by some coherent dossier, and an answer by each? Formats, postures, conclusions, conditions.

A condition that none meets contradicts itself, or a coherence item forbids it: which is told too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conseil_dla.authoring.proofs.evidence import Evidence, in_conflict, parts_of
from conseil_dla.authoring.proofs.findings import Named, Proven
from conseil_dla.exact.atlas import POSTURE, Name
from conseil_dla.exact.outcomes import INCOHERENT, PostureOutcome, conjunction, negative, positive, signed
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.paths import answers_of
from conseil_dla.exact.region import Region
from conseil_dla.rules.coherence import named_conditions
from conseil_dla.rules.deciding import quadrant
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    Argue,
    AtLeast,
    Conclude,
    Condition,
    Draw,
    Is,
    NoneOf,
    RuleOut,
    Within,
)


def nothing_coherent(evidence: Evidence) -> Iterator[Proven]:
    """Coherence items that together refuse every dossier. Nothing else is worth proving then."""
    if evidence.coherent != evidence.never:
        return
    items = evidence.logic.incoherences
    needed = list(items)
    for item in items:
        fewer = [each for each in needed if each is not item]
        if (
            evidence.diagrams.fold(_and_not, (evidence.atlas.holds(each.never) for each in fewer), True)
            == evidence.never
        ):
            needed = fewer
    other = ("coherence", needed[1].id) if len(needed) > 1 else None
    yield Proven("DLA508", ("coherence", needed[0].id), other, rest=tuple(each.id for each in needed))


def _and_not(a: bool, b: bool) -> bool:
    return a and not b


def no_format(evidence: Evidence) -> Iterator[Proven]:
    """A dossier of which every format is ruled out."""
    out = (evidence.atlas.ruled_out(id) for id in evidence.logic.formats)
    witness = evidence.witness(evidence.diagrams.fold(conjunction, out, bool(evidence.logic.formats)))
    if witness is None:
        return
    there = Region(evidence.atlas, evidence.atlas.space.cube(witness))
    ruling = [
        rule.id
        for rule in evidence.logic.rules
        if any(isinstance(effect, RuleOut) for effect in rule.effects) and there.state(("regle", rule.id))
    ]
    other = ("regle", ruling[1]) if len(ruling) > 1 else None
    yield Proven("DLA501", ("regle", ruling[0]), other, witness, rest=tuple(ruling))


def no_single_posture(evidence: Evidence) -> Iterator[Proven]:
    """A dossier of which the axes lead to no posture, or to several though nothing balances."""
    logic, diagrams = evidence.logic, evidence.diagrams
    if not evidence.has_postures:
        return
    signs = diagrams.end(())
    for axis in logic.axes:
        signs = diagrams.combine(signed, signs, evidence.atlas.axis(axis))
    told = evidence.marked(signs)

    def postures(value: object) -> frozenset[str]:
        assert isinstance(value, tuple)
        return quadrant(logic, dict(zip(logic.axes, value, strict=True)))

    gap = evidence.witness(told, lambda value: value != INCOHERENT and not postures(value))
    signed_ends = (diagrams.values[node] for node in diagrams.nodes(told) if diagrams.bits[node])
    quadrants = [postures(end) for end in signed_ends if end != INCOHERENT and 0 not in end]
    first = next(iter(logic.postures), "")
    if gap is not None:
        yield Proven("DLA502", ("posture", first), witness=gap)
    overlap = evidence.witness(told, lambda value: value != INCOHERENT and 0 not in value and len(postures(value)) > 1)
    if overlap is not None:
        several = sorted(next(found for found in quadrants if len(found) > 1))
        yield Proven("DLA502", ("posture", several[0]), ("posture", several[1]), overlap, rest=tuple(several))


def out_of_reach(evidence: Evidence) -> Iterator[Proven]:
    """Formats, postures, collected conclusions, findings and tensions that never come.

    What is awaited and no rule draws is left out: loading has told it already.
    """
    yield from _formats(evidence)
    yield from _postures(evidence)
    for kind in DRAWN:
        for name in evidence.atlas.charts:
            if name[0] == kind.word and not _ever(evidence, name):
                found = _out(evidence, (name[0], name[1]))
                if found.rest or not kind.awaited:
                    yield found
    for finding in dict.fromkeys(e.finding for r in evidence.logic.rules for e in r.effects if isinstance(e, Conclude)):
        if evidence.among_coherent(evidence.atlas.findings[finding]) == evidence.never:
            yield _out(evidence, ("constat", finding))
    for tension in evidence.logic.tensions:
        poles = [evidence.holds(pole) for pole in tension.poles]
        if evidence.never not in poles and evidence.both(*poles) == evidence.never:
            yield Proven("DLA505", ("tension", tension.id), None, evidence.witness(poles[0]), "poles", tension.poles)


def _ever(evidence: Evidence, name: Name) -> bool:
    return any(value not in (INCOHERENT, frozenset()) for value in _ends(evidence, evidence.atlas.charts[name]))


def _ends(evidence: Evidence, root: int) -> Iterator[object]:
    diagrams = evidence.diagrams
    yield from (diagrams.values[node] for node in diagrams.nodes(root) if diagrams.bits[node])


def _out(evidence: Evidence, about: Named) -> Proven:
    """With a rule that would draw it; that rule, which never applies, is told by itself with its nearest dossier."""
    drawing = [
        rule.id
        for rule in evidence.logic.rules
        for effect in rule.effects
        if (isinstance(effect, Draw) and (effect.kind, effect.id) == about)
        or (isinstance(effect, Conclude) and ("constat", effect.finding) == about)
    ]
    return Proven("DLA505", about, ("regle", drawing[0]) if drawing else None, rest=tuple(drawing))


def _formats(evidence: Evidence) -> Iterator[Proven]:
    """The witness is a dossier in which the format is worth most: something else is worth more even there."""
    won = Outlook(evidence.atlas, {}).formats.possible
    for id in evidence.logic.formats:
        if id not in won:
            yield Proven("DLA505", ("format", id), _rival(evidence, id), _at_best(evidence, id))


def _at_best(evidence: Evidence, format: str) -> Answers | None:
    if evidence.standing is not None:
        path = evidence.standing.at_best(format)
        return None if path is None else answers_of(evidence.atlas.space, evidence.logic, path)
    root = evidence.marked(evidence.atlas.profiles[format])
    worth = [value for value in _ends(evidence, root) if isinstance(value, tuple)]
    return evidence.witness(root, lambda value: value == max(worth)) if worth else None


def _rival(evidence: Evidence, format: str) -> Named | None:
    """The rule that rules it out, where it is never allowed; else a rule that argues against it, if any."""
    rules = evidence.logic.rules
    ruled_out = evidence.atlas.charts["ecarte", format]
    always = all(value in (True, INCOHERENT) for value in _ends(evidence, ruled_out))
    for rule in rules:
        for effect in rule.effects:
            if getattr(effect, "format", None) == format:
                is_against = isinstance(effect, Argue) and effect.side == "contre"
                if (always and not isinstance(effect, Argue)) or (not always and is_against):
                    return "regle", rule.id
    return None


def _postures(evidence: Evidence) -> Iterator[Proven]:
    if not evidence.has_postures:
        return
    outcomes = [o for o in _ends(evidence, evidence.atlas.charts[POSTURE]) if isinstance(o, PostureOutcome)]
    shown = frozenset().union(*(outcome.postures for outcome in outcomes))
    for id, posture in evidence.logic.postures.items():
        if id not in shown:
            yield Proven("DLA505", ("posture", id), None, _nearest_quadrant(evidence, posture.signs))
        elif posture.off_note_if is not None and not any(o.off_note and o.postures == {id} for o in outcomes):
            there = evidence.holds(posture.off_note_if)
            if there != evidence.never:
                yield Proven("DLA505", ("posture", id), None, evidence.witness(there), "hors_note_si")


def _nearest_quadrant(evidence: Evidence, signs: Mapping[str, int]) -> Answers | None:
    """A dossier on the right side of as many axes as can be."""
    root = evidence.coherent
    for axis, side in signs.items():
        right = evidence.diagrams.rename(positive if side > 0 else negative, evidence.atlas.axis(axis))
        narrower = evidence.both(root, right)
        root = root if narrower == evidence.never else narrower
    return evidence.witness(root)


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
