"""Small faults: each is noticed, proved to be none, or given the trial that is missing, which then notices it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import spoiled, write_folder
from conseil_dla.authoring.trials.mutants import faulty_conditions, faulty_effects, mutants
from conseil_dla.authoring.trials.mutation import Tried, try_folder, try_mutants
from conseil_dla.authoring.trials.run import run_dossier
from conseil_dla.authoring.trials.trial_text import fault_text, mutations_text, trial_yaml
from conseil_dla.cli.main import run
from conseil_dla.dossiers.content import read_dossier
from conseil_dla.engine import choose
from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.difference import Beside
from conseil_dla.exact.space import Space
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.breadth import MOST_ALTERNATIVES, alternatives
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import FORCES, AllOf, Argue, AtLeast, Base, Dossier, Draw, Is, Logic, NoneOf, Rule, Within
from killed_at_start import kill_what_starts
from strategies import logics
from worlds import calm, worlds


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("petites"))


@pytest.fixture(scope="module")
def base(folder: Path) -> Base:
    found = load(folder).base
    assert found is not None
    return found


@pytest.fixture(scope="module")
def tried(base: Base) -> list[Tried]:
    return list(try_mutants(base, ()))


# --- which faults ---------------------------------------------------------------------------------------------------


def test_every_sort_of_fault_is_tried(base: Base, tried: list[Tried]) -> None:
    assert {one.mutant.fault for one in tried} == {
        "condition_otee", "condition_niee", "seuil", "force", "effet", "regle_otee",
    }  # fmt: skip
    assert {one.mutant.id for one in tried} == {rule.id for rule in base.logic.rules}


def test_conditions_are_dropped_turned_round_and_shifted(base: Base) -> None:
    a, b, within = (
        Is("envie", frozenset(["clairement"])),
        Is("commande", frozenset(["oui"])),
        Within("combien", 5, None),
    )
    found = [(fault, whole) for fault, _, whole in faulty_conditions(base.logic, AllOf((a, b)))]
    assert found == [
        ("condition_niee", NoneOf((AllOf((a, b)),))),
        ("condition_otee", AllOf((b,))),
        ("condition_niee", AllOf((NoneOf((a,)), b))),
        ("condition_otee", AllOf((a,))),
        ("condition_niee", AllOf((a, NoneOf((b,))))),
    ]
    assert [w for fault, _, w in faulty_conditions(base.logic, within) if fault == "seuil"] == [
        Within("combien", 4, None), Within("combien", 6, None),
    ]  # fmt: skip
    some = AtLeast(2, (a, b, within))
    assert AtLeast(1, some.parts) in [whole for _, _, whole in faulty_conditions(base.logic, some)]
    assert AtLeast(3, some.parts) in [whole for _, _, whole in faulty_conditions(base.logic, some)]


def test_effects_change_force_side_level_and_go() -> None:
    argument = Argue("f", "pour", "nette", "m")
    assert {e.force for _, e in faulty_effects(argument) if isinstance(e, Argue)} == set(FORCES)
    assert None in [e for _, e in faulty_effects(argument)]
    assert replace(argument, side="contre") in [e for _, e in faulty_effects(argument)]
    levels = {e.level for _, e in faulty_effects(Draw("vigilance", "v", "avant")) if isinstance(e, Draw)}
    assert levels == {"pendant", "en_tete"}


@settings(calm, max_examples=60)
@given(logic=logics(small=True))
def test_no_fault_is_one_that_loading_would_refuse(logic: Logic) -> None:
    for mutant in mutants(logic):
        if mutant.rule is not None:
            assert mutant.rule.effects
            assert len(set(mutant.rule.effects)) == len(mutant.rule.effects)
            assert alternatives(mutant.rule.condition) <= MOST_ALTERNATIVES
            assert mutant.rule not in logic.rules


# --- what becomes of them ---------------------------------------------------------------------------------------------


@settings(calm, max_examples=40)
@given(logic=logics(small=True), data=st.data())
def test_what_is_said_to_be_no_fault_is_none(logic: Logic, data: st.DataObject) -> None:
    """By brute force: no complete dossier is told otherwise, levels that never show left aside."""
    every = list(mutants(logic))
    mutant = data.draw(st.sampled_from(every))
    faulty = mutant.of(logic)
    atlas = Atlas(logic)
    space = Space(logic, [faulty])
    ground = type(atlas.ground).of(space)
    one, other = Atlas(logic, ground=ground), Atlas(faulty, ground=ground)
    moved = list(Beside(one, other).charts())
    pairs = zip(worlds(logic, {}), worlds(faulty, {}), strict=True)
    differ = any(
        (a.best, a.then, a.postures, a.sums, a.true, a.moment) != (b.best, b.then, b.postures, b.sums, b.true, b.moment)
        for a, b in pairs
    )
    assert moved or not differ


def test_missing_trials_hold_today_and_notice_their_fault(base: Base, tried: list[Tried]) -> None:
    """Each trial, read back from the text that an author would paste."""
    missing = [one for one in tried if one.missing is not None]
    assert len(missing) > 10
    reader = Reader(base, choose(base.logic))
    for one in missing:
        assert one.missing is not None
        dossier, found = read_dossier(trial_yaml(one.mutant, one.missing), "essai.yaml", base)
        assert dossier is not None, found
        assert not run_dossier(reader, dossier).failures, trial_yaml(one.mutant, one.missing)
        faulty = replace(base, logic=one.mutant.of(base.logic))
        assert run_dossier(Reader(faulty, choose(faulty.logic)), dossier).failures, fault_text(one.mutant)


def test_a_missing_trial_once_there_catches_its_fault(base: Base, tried: list[Tried]) -> None:
    one = next(one for one in tried if one.missing is not None)
    assert one.missing is not None
    dossier, _ = read_dossier(trial_yaml(one.mutant, one.missing), "essai.yaml", base)
    assert dossier is not None
    again = next(each for each in try_mutants(base, [dossier], only=[one.mutant.id]) if each.mutant == one.mutant)
    assert (again.fate, again.by) == ("essai", "essai.yaml")


def test_examples_of_a_rule_catch_their_faults(tried: list[Tried]) -> None:
    """Its examples answer both ways: turning the whole condition round cannot pass."""
    caught = [one for one in tried if one.mutant.id == "envie_claire" and one.fate == "exemple"]
    assert {"regle_otee", "condition_niee"} <= {one.mutant.fault for one in caught}


def test_a_fault_that_changes_nothing_is_proved_to_be_none(base: Base) -> None:
    """A second rule that says the same: either can go."""
    twin = next(rule for rule in base.logic.rules if rule.id == "sans_commande")
    wider = Rule("jumelle", AllOf((twin.condition, NoneOf((Is("commande", frozenset(["oui"])),)))), twin.effects)
    texts = {**base.texts, ("regle", "jumelle"): replace(base.entry("regle", "sans_commande"), id="jumelle")}
    more = replace(base, logic=replace(base.logic, rules=(*base.logic.rules, wider)), texts=texts)
    fates = {one.fate for one in try_mutants(more, (), only=["jumelle"]) if one.mutant.fault == "condition_otee"}
    assert fates == {"equivalent"}


def test_several_processes_find_what_one_does(
    folder: Path, base: Base, tried: list[Tried], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conseil_dla.authoring.trials.mutation.FEW", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    told: list[tuple[int, int]] = []
    shared = try_folder(folder, base, progress=lambda done, whole: told.append((done, whole)))
    assert [(one.mutant, one.fate) for one in shared] == [(one.mutant, one.fate) for one in tried]
    assert told[-1] == (7, 7)


def test_a_base_too_large_to_be_tried_is_told_with_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("conseil_dla.authoring.trials.mutation.MOST_NODES", 20)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert run(["regles", "essayer", str(folder), "--mutations"]) == 2
    assert "nommez quelques règles" in capsys.readouterr().err


def test_a_process_that_is_killed_is_told_with_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kill_what_starts(monkeypatch)
    monkeypatch.setattr("conseil_dla.authoring.trials.mutation.FEW", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert run(["regles", "essayer", str(folder), "--mutations"]) == 2
    assert "un des processus s’est arrêté" in capsys.readouterr().err


def test_the_text_gives_each_missing_trial_once(base: Base, tried: list[Tried]) -> None:
    text = mutations_text(base, tried)
    assert f"{len(tried)} petites fautes essayées" in text
    assert "que rien ne remarque" in text
    trials = [part.split("\n\n")[0] for part in text.split("essai manquant")[1:]]
    assert len(trials) == len(set(trials))


def test_a_dossier_without_expectations_holds_nothing(base: Base) -> None:
    dossier = Dossier("x.yaml", "x", {"envie": "clairement"})
    assert all(one.fate != "essai" for one in try_mutants(base, [dossier], only=["sans_commande"]))
    assert dossier.expected == ()


def test_no_fault_is_tried_while_an_expectation_fails_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path, spoiled("rules/projet.yaml", "      conclut: oui\n", "      conclut: non\n"))
    assert run(["regles", "essayer", str(folder), "--mutations"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "Les petites fautes ne sont pas essayées : 1 attente n’est pas comme attendu." in told
    assert "projet.yaml : Une envie claire" in told
    assert run(["regles", "essayer", str(folder), "--mutations", "inventee"]) == 2
    assert run(["regles", "essayer", str(folder)]) == 1
    assert "petites fautes" not in capsys.readouterr().out


def test_a_file_that_cannot_be_read_holds_faults_back_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path)
    (folder / "knowledge" / "essais").mkdir()
    (folder / "knowledge" / "essais" / "faux.yaml").write_text("version: 1\nreponses: [", encoding="utf-8")
    assert run(["regles", "essayer", str(folder), "--mutations"]) == 2
    assert "1 fichier ne se lit pas" in " ".join(capsys.readouterr().out.split())
