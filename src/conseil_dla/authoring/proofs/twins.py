"""Rules held against one another: the same twice, one that another already covers, two that undo each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Proven
from conseil_dla.exact.outcomes import disjunction
from conseil_dla.rules.model import FORCES, LEVELS, Argue, Conclude, Draw, Effect, Push, Rule, RuleOut


def duplicates(evidence: Evidence) -> Iterator[Proven]:
    """Rules that apply to the same coherent dossiers and conclude the same, however they are written."""
    first: dict[tuple[int, frozenset[Effect]], str] = {}
    for rule in sorted(evidence.logic.rules, key=lambda rule: rule.id):
        where = evidence.live[rule.id]
        if where == evidence.never:
            continue
        key = where, frozenset(rule.effects)
        if key in first:
            witness = evidence.witness(where)
            yield Proven("DLA507", ("regle", first[key]), ("regle", rule.id), witness)
        first.setdefault(key, rule.id)


def contradictions(evidence: Evidence) -> Iterator[Proven]:
    """For and against at once: always, or for one and the same reason; or for what is ruled out wherever it applies."""
    arguing = [(rule, e) for rule in evidence.logic.rules for e in rule.effects if isinstance(e, Argue)]
    for (one, a), (other, b) in combinations(arguing, 2):
        if a.format != b.format or a.side == b.side:
            continue
        where = evidence.both(evidence.live[one.id], evidence.live[other.id])
        if where == evidence.never:
            continue
        always = evidence.live[one.id] == evidence.live[other.id]
        if always or a.motif == b.motif:
            witness = evidence.witness(where)
            kind = "toujours" if always else "motif"
            yield Proven("DLA506", ("regle", one.id), ("regle", other.id), witness, kind, (), a, (a.format,))
    yield from _for_what_is_out(evidence, arguing)
    yield from _opposite_pushes(evidence)


def _for_what_is_out(evidence: Evidence, arguing: list[tuple[Rule, Argue]]) -> Iterator[Proven]:
    ruling = {id: tuple(r for r in evidence.logic.rules if RuleOut(id) in r.effects) for id in evidence.logic.formats}
    for rule, argument in arguing:
        where = evidence.live[rule.id]
        if argument.side != "pour" or where == evidence.never or not ruling[argument.format]:
            continue
        out = evidence.never
        for each in ruling[argument.format]:
            out = evidence.diagrams.combine(disjunction, out, evidence.live[each.id])
        if evidence.implies(where, out):
            meeting = [
                r for r in ruling[argument.format] if evidence.both(where, evidence.live[r.id]) != evidence.never
            ]
            witness = evidence.witness(evidence.both(where, evidence.live[meeting[0].id]))
            yield Proven("DLA506", ("regle", rule.id), ("regle", meeting[0].id), witness, "ecarte", (), argument,
                          (argument.format,))  # fmt: skip


def _opposite_pushes(evidence: Evidence) -> Iterator[Proven]:
    pushing = [(rule, e) for rule in evidence.logic.rules for e in rule.effects if isinstance(e, Push)]
    for (one, a), (other, b) in combinations(pushing, 2):
        where = evidence.live[one.id]
        if a.axis == b.axis and a.points * b.points < 0 and where == evidence.live[other.id] != evidence.never:
            witness = evidence.witness(where)
            yield Proven("DLA506", ("regle", one.id), ("regle", other.id), witness, "axe", (), a, (a.axis,))


def covered(evidence: Evidence) -> Iterator[Proven]:
    """Effects that a rule with a wider condition already has, at the same force or level or a stronger one."""
    by_target: dict[tuple[object, ...], list[tuple[Rule, Effect]]] = {}
    for rule in evidence.logic.rules:
        for effect in rule.effects:
            if (target := _target(effect)) is not None:
                by_target.setdefault(target, []).append((rule, effect))
    for drawing in by_target.values():
        for narrow, effect in drawing:
            wider = next(
                (
                    wide
                    for wide, other in drawing
                    if wide is not narrow and _as_strong(other, effect) and _strictly_within(evidence, narrow, wide)
                ),
                None,
            )
            if wider is not None:
                witness = evidence.witness(evidence.live[narrow.id])
                yield Proven("DLA521", ("regle", narrow.id), ("regle", wider.id), witness, effect=effect)


def _target(effect: Effect) -> tuple[object, ...] | None:
    match effect:
        case Argue(format, side, _, motif):
            return format, side, motif
        case Draw(kind, id):
            return kind, id
        case Conclude(finding):
            return ("constat", finding)
        case RuleOut(format):
            return ("ecarte", format)
    return None


def _as_strong(a: Effect, b: Effect) -> bool:
    if isinstance(a, Argue) and isinstance(b, Argue):
        return FORCES.index(a.force) <= FORCES.index(b.force)
    if isinstance(a, Draw) and isinstance(b, Draw) and a.level and b.level:
        return LEVELS.index(a.level) <= LEVELS.index(b.level)
    return True


def _strictly_within(evidence: Evidence, narrow: Rule, wide: Rule) -> bool:
    a, b = evidence.live[narrow.id], evidence.live[wide.id]
    return evidence.never != a != b and evidence.implies(a, b)
