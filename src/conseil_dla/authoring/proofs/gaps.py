"""Is there always an answer? A format is left, and the axes lead to one posture, or to a balance between some."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Proven
from conseil_dla.exact.outcomes import INCOHERENT, conjunction, signed
from conseil_dla.exact.region import Region
from conseil_dla.rules.deciding import quadrant
from conseil_dla.rules.model import RuleOut


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
