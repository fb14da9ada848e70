"""What an answer tells, kept from one dossier to the next: the facts, and answers past the number that is kept.

That truth is the same as ``truth`` says, on random bases, is for ``test_engines_agree.py``.
"""

from __future__ import annotations

import json
import random

import pytest

from conseil_dla.engine import answer_facts
from conseil_dla.engine.answer_facts import Tables
from conseil_dla.engine.encoding import IDENTITY, Names, known, rulesets
from conseil_dla.engine.strata import known_scopes, strata_of
from conseil_dla.rules.truth import truth
from shipped import random_dossier, shipped_reader


@pytest.mark.parametrize("kept", [answer_facts.MOST_KEPT, 1])
def test_facts_and_truth_are_those_of_the_whole_dossier(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_facts, "MOST_KEPT", kept)
    logic = shipped_reader().base.logic
    names, strata = Names(), strata_of(logic)
    sheets = [sheet for stratum in strata for sheet in rulesets(stratum.rules, logic.questions, names)]
    tables = Tables(logic, strata, sheets)
    chance = random.Random(5)
    for share in (0.0, 0.5, 0.5, 0.5, 1.0, 1.0):
        answers = random_dossier(logic, chance, share)
        scopes = known_scopes(logic, answers)
        said = tables.told(answers)
        everything = known(scopes, logic.questions)
        for number, sheet in enumerate(sheets):
            read = {name: everything[about] for about, name in sheet.properties.items() if about in everything}
            assert json.loads(said.fact(number)) == IDENTITY | read
        assert said.judge(0) == {rule.id: truth(rule.condition, scopes, {}) for rule in strata[0].rules}


def test_a_finding_is_told_to_the_rules_that_read_it() -> None:
    logic = shipped_reader().base.logic
    names, strata = Names(), strata_of(logic)
    sheets = [sheet for stratum in strata for sheet in rulesets(stratum.rules, logic.questions, names)]
    said = Tables(logic, strata, sheets).told({})
    findings = {id: number % 2 == 0 for number, id in enumerate(strata[0].settles)}
    said.add(findings)
    scopes = known_scopes(logic, {})
    assert said.judge(1) == {rule.id: truth(rule.condition, scopes, findings) for rule in strata[1].rules}
    assert len(json.loads(said.fact(len(sheets) - 1))) > len(IDENTITY)
