"""Conclusions that no coherent dossier ever gets, though something is written to draw them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Named, Proven
from conseil_dla.exact.atlas import POSTURE, Name
from conseil_dla.exact.outcomes import INCOHERENT, PostureOutcome, negative, positive
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.paths import answers_of
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.model import Answers, Argue, Conclude, Draw


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
