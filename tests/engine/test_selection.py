"""Which engine is chosen, and what happens when two of them differ."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conseil_dla import engine
from conseil_dla.engine import CheckedEngine, choose, why_reference
from conseil_dla.engine.alternatives import alternatives_of
from conseil_dla.engine.outcome import EnginesDisagree, Fired
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.rules.model import Answers, Conclude, Is, Logic, Question, Rule

LOGIC = Logic(
    {"q": Question("q", "oui_non", ("oui", "non"))},
    (Rule("r", Is("q", frozenset({"oui"})), (Conclude("f"),)),),
)


class Liar(ReferenceEngine):
    """Says something else than what it found."""

    def __init__(self, **lie: Any) -> None:
        super().__init__(LOGIC)
        self.lie = lie
        self.closed = False

    def fire(self, answers: Answers) -> Fired:
        return replace(super().fire(answers), **self.lie)

    def close(self) -> None:
        self.closed = True


def test_durable_is_chosen_where_it_imports() -> None:
    pytest.importorskip("durable_rules_engine")
    assert why_reference() is None
    engine = choose(LOGIC)
    assert engine.name.startswith("durable_rules 2.")
    assert engine.fire({"q": "oui"}).engine == engine.name
    engine.close()


@pytest.mark.parametrize("check", [False, True])
def test_reference_is_chosen_where_durable_is_absent(monkeypatch: pytest.MonkeyPatch, check: bool) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    engine = choose(LOGIC, check=check)
    assert engine.name == "référence"
    trace = {"r": alternatives_of(LOGIC.rules[0], LOGIC.questions)}
    assert engine.fire({"q": "oui"}) == Fired(frozenset({"r"}), {"f": True}, trace, "référence")
    assert (why_reference() or "").startswith("durable_rules n’est pas installé")


def test_what_building_durable_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    monkeypatch.setenv("CC", "absent-cc -pthread")
    told = why_reference()
    assert told is not None
    assert told.endswith("il manque un compilateur C (absent-cc) et les fichiers de développement de Python (Python.h)")
    (tmp_path / "Python.h").touch()
    monkeypatch.setenv("CC", sys.executable)
    assert why_reference() == "durable_rules n’est pas installé"


def test_a_module_not_built_for_this_python_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ImportError("undefined symbol: PyEval_CallObject")

    monkeypatch.setattr(engine, "load", broken)
    assert choose(LOGIC).name == "référence"
    assert "PyEval_CallObject" in (why_reference() or "")


def test_reference_can_be_forced() -> None:
    assert choose(LOGIC, durable=False).name == "référence"


def test_both_run_under_control_and_agree() -> None:
    pytest.importorskip("durable_rules_engine")
    engine = choose(LOGIC, check=True)
    assert isinstance(engine, CheckedEngine)
    assert engine.name.startswith("durable_rules 2.")
    assert engine.fire({"q": "oui"}).rules == {"r"}
    engine.close()


def test_a_difference_in_rules_is_raised() -> None:
    with pytest.raises(EnginesDisagree) as caught:
        CheckedEngine(Liar(rules=frozenset({"other"})), ReferenceEngine(LOGIC)).fire({"q": "oui"})
    assert (caught.value.only_durable, caught.value.only_reference) == ({"other"}, {"r"})
    assert caught.value.answers == {"q": "oui"}


def test_a_difference_in_findings_is_raised() -> None:
    with pytest.raises(EnginesDisagree) as caught:
        CheckedEngine(Liar(findings={"f": False}), ReferenceEngine(LOGIC)).fire({"q": "oui"})
    assert (caught.value.only_durable, caught.value.only_reference) == ({"constat:f=False"}, {"constat:f=True"})


def test_a_difference_in_what_made_a_rule_fire_is_raised() -> None:
    (rule,) = LOGIC.rules
    other = replace(alternatives_of(rule, LOGIC.questions)[0], name="r#1")
    with pytest.raises(EnginesDisagree) as caught:
        CheckedEngine(Liar(trace={"r": (other,)}), ReferenceEngine(LOGIC)).fire({"q": "oui"})
    assert (caught.value.only_durable, caught.value.only_reference) == ({"r#1"}, {"r#0"})


def test_closing_closes_both() -> None:
    pair = Liar(), Liar()
    CheckedEngine(*pair).close()
    assert all(engine.closed for engine in pair)
