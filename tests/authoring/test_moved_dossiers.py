"""What a version makes of dossiers otherwise: a reason that stands in both has not moved."""

from __future__ import annotations

from dataclasses import replace

from conseil_dla.authoring.versions.versions import compare_versions
from conseil_dla.dossiers.store import load_cases
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Argue, Dossier
from shipped import shipped_reader


def test_a_reason_of_the_format_that_gives_way_is_not_told_gone() -> None:
    """In a real case, another format is given every motif that there is, decisive: only that has moved."""
    before = shipped_reader()
    logic = before.base.logic
    case = next(case for case in load_cases(before.base) if before.read(case.answers).format.retained)
    read = before.read(case.answers).format
    other = next(id for id in sorted(logic.formats) if id not in read.shown and not read.ruled_out.get(id))
    held = next(argument for argument in read.arguments if argument.certainty == "certaine")
    motifs = sorted({effect.motif for rule in logic.rules for effect in rule.effects if isinstance(effect, Argue)})
    more = tuple(Argue(other, "pour", "decisive", motif) for motif in motifs)
    rules = tuple(replace(r, effects=(*r.effects, *more)) if r.id == held.rule else r for r in logic.rules)
    changed = replace(before.base, logic=replace(logic, rules=rules))
    after = Reader(changed, ReferenceEngine(changed.logic))
    assert after.read(case.answers).format.retained == other
    (moved,) = compare_versions(before, after, [Dossier("un", "", case.answers)]).moved
    gone = {change.name for change in moved.changes if change.name[0] == "argument" and change.after is None}
    assert gone == set()
