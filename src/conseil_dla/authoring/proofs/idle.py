"""What is written and changes nothing: rules behind findings that nobody sees, questions, arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Proven
from conseil_dla.exact.atlas import Conditions, Name
from conseil_dla.rules.coherence import every_condition
from conseil_dla.rules.deciding import Profile
from conseil_dla.rules.model import Answers, Argue, Conclude, Is, Rule
from conseil_dla.rules.truth import questions_read


def idle_rules(evidence: Evidence) -> Iterator[Proven]:
    """Rules without which everything shown stays as it is, reasons included.

    A rule that argues, pushes or draws shows at least its reason where it applies. One that only concludes findings
    is taken away, and everything compared over all dossiers.
    """
    for rule in evidence.logic.rules:
        if evidence.live[rule.id] != evidence.never and is_idle(evidence, rule):
            yield Proven("DLA511", ("regle", rule.id), witness=evidence.witness(evidence.live[rule.id]))


def is_idle(evidence: Evidence, rule: Rule) -> bool:
    """Would nothing shown change without this rule?

    Formats, postures and whatever is drawn follow from the rules that argue, push or draw: where conditions alone stay
    as they are, so does all the rest.
    """
    if not all(isinstance(effect, Conclude) for effect in rule.effects):
        return False
    atlas = evidence.atlas
    fewer = replace(evidence.logic, rules=tuple(each for each in evidence.logic.rules if each is not rule))
    without = Conditions(fewer, atlas.diagrams.most, atlas.ground)
    findings = {("constat", effect.finding) for effect in rule.effects if isinstance(effect, Conclude)}
    return all(
        evidence.marked(root) == evidence.marked(atlas.charts[name])
        for name, root in without.charts.items()
        if name not in findings
    )


def idle_questions(evidence: Evidence) -> Iterator[Proven]:
    """Questions read by some condition, of which no answer ever changes anything shown."""
    charts = {root for name, root in evidence.atlas.charts.items() if _is_shown(evidence, name)}
    shown = sorted(charts, key=lambda root: (len(evidence.diagrams.nodes(root)), root))  # the small ones tell at once
    read = {id for condition in every_condition(evidence.logic) for id in questions_read(condition)}
    for id in (id for id in evidence.logic.questions if id in read):
        level = evidence.atlas.space.level[id]
        depending = [root for root in shown if level in evidence.diagrams.support(root)]
        if not any(_two_ends(evidence, root, level) for root in depending):
            yield Proven("DLA512", ("question", id), witness=_answered(evidence, id))


def _is_shown(evidence: Evidence, name: Name) -> bool:
    """All but what only serves others: whether a question is asked, and findings, which show through rules."""
    if name[0] in ("s_applique", "constat", "pole", "hors_note"):
        return False
    return name[0] != "regle" or any(
        rule.id == name[1] and not all(isinstance(e, Conclude) for e in rule.effects) for rule in evidence.logic.rules
    )


def _two_ends(evidence: Evidence, root: int, level: int) -> bool:
    """Are there two coherent dossiers that differ in this answer alone and do not end alike?

    Below that answer, what is the same node of both stays the same: nothing is looked for there.
    """
    cells, levels = range(evidence.diagrams.sizes[level]), evidence.diagrams.levels
    return any(
        evidence.found(
            (evidence.coherent, root, root),
            lambda again, a, b: again is True and a != b,
            lambda nodes: nodes[0] == evidence.never or (nodes[1] == nodes[2] and levels[nodes[1]] > level),
            forced=({level: one}, {level: other}, {level: one}, {level: other}),
        )
        is not None
        for one, other in combinations(cells, 2)
    )


def _answered(evidence: Evidence, id: str) -> Answers | None:
    """A dossier where the question is asked, with an answer where it has a list of them."""
    asked = evidence.among_coherent(evidence.atlas.applies[id])
    question = evidence.logic.questions[id]
    for answer in question.answers if question.type in ("choix", "oui_non") else ():
        given = evidence.both(asked, evidence.atlas.holds(Is(id, frozenset([answer]))))
        if given != evidence.never:
            return {**(evidence.witness(given) or {}), id: answer}
    return evidence.witness(asked)


def idle_arguments(evidence: Evidence) -> Iterator[Proven]:
    """Arguments without which formats would stand in the same order in every dossier, ties included."""
    for rule in evidence.logic.rules:
        for effect in rule.effects:
            if not isinstance(effect, Argue) or evidence.live[rule.id] == evidence.never:
                continue
            if _is_idle(evidence, rule.id, effect):
                witness = evidence.witness(evidence.live[rule.id])
                yield Proven("DLA514", ("regle", rule.id), witness=witness, effect=effect)


def _is_idle(evidence: Evidence, rule: str, argument: Argue) -> bool:
    format, profiles = argument.format, evidence.atlas.profiles
    if evidence.standing is not None:
        return evidence.standing.is_idle(format, rule, argument)
    without = evidence.atlas.profile(format, (rule, argument))
    if without == profiles[format]:
        return True
    return not any(
        evidence.found((profiles[format], without, profiles[rival]), _moved, lambda nodes: nodes[0] == nodes[1])
        is not None
        for rival in profiles
        if rival != format
    )


def _moved(now: Profile | None, without: Profile | None, rival: Profile | None) -> bool:
    """Does the rival stand otherwise? A format that is ruled out stands below every other."""
    if rival is None or now is None:
        return False
    assert without is not None
    return (now > rival, now == rival) != (without > rival, without == rival)
