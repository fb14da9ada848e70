"""A dossier changed elsewhere while it is open: one goes on with both, and one's own steps alone are taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from conseil_dla.dossiers import store
from conseil_dla.dossiers.merging import flat
from conseil_dla.dossiers.writer import Writer
from conseil_dla.interview import alone, driver
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.rules.model import Respondent
from shipped import put_on_disk
from wording.test_retracing import BASE, KINDS, LOGIC, begun, edited


def steps(state: Interview) -> int:
    return 0 if state.before is None else 1 + steps(state.before)


def joined(path: Path, seed: int, number: int) -> None:
    """Changes here and there in turn: the state is always the file, and what is undone here stays done there."""
    chance = Random(seed)
    with Writer.open(path, BASE) as writer:
        state = driver.begun(LOGIC, writer.dossier)
        for _ in range(number):
            state = edited(state, chance.choice(KINDS), chance)
            before = store.load(path, BASE)
            theirs = driver.kept(before, edited(driver.begun(LOGIC, before), chance.choice(KINDS), chance))
            put_on_disk(theirs)
            changed = {key for key in flat(before) | flat(theirs) if flat(before).get(key) != flat(theirs).get(key)}
            ours = driver.kept(writer.dossier, state)
            own = {key for key in flat(writer.dossier) | flat(ours)
                   if flat(writer.dossier).get(key) != flat(ours).get(key)}  # fmt: skip
            writer.save(ours)
            if writer.there is not ours:
                state = driver.adopted(LOGIC, state, ours, writer.adopt())
            there = store.load(path, BASE)
            assert flat(driver.kept(writer.dossier, state)) == flat(there)
            changed = {
                key for key in changed if key[0] != "structures" and flat(theirs).get(key) == flat(there).get(key)
            }
            undone, known = state, flat(there)
            for _ in range(steps(state)):
                undone = driver.recounted(LOGIC, interview.undo(undone))
                now = flat(driver.kept(writer.dossier, undone))
                assert all(now.get(key) == known.get(key) for key in changed - own)
            assert not driver.clash(LOGIC, Interview(), undone)


@pytest.mark.parametrize("seed", range(3))
def test_what_others_change_is_here_too_and_is_never_undone_by_ones_own_steps(tmp_path: Path, seed: int) -> None:
    joined(begun(tmp_path), seed, 8)


@pytest.mark.lent
@pytest.mark.parametrize("seed", range(100, 108))
def test_what_others_change_is_here_too_however_much(tmp_path: Path, seed: int) -> None:
    joined(begun(tmp_path), seed, 20)


def test_who_answers_alone_keeps_both_sides_and_undoes_only_what_was_answered_here(tmp_path: Path) -> None:
    path = store.create(tmp_path, "Deux mains")
    first, second = [id for id in alone.open_to(BASE, "structure", {}) if LOGIC.questions[id].type == "choix"][:2]
    answer, other = (LOGIC.questions[id].answers[0] for id in (first, second))
    put_on_disk(alone.with_respondent(store.load(path, BASE), Respondent("Ada", role="structure")))
    with Writer.open(path, BASE) as writer:
        state = interview.answer(alone.begun(BASE, writer.dossier.everyone["Ada"]), first, answer)
        there = store.load(path, BASE)
        put_on_disk(alone.with_respondent(there, replace(there.everyone["Ada"], answers={second: other})))
        ours = alone.kept(BASE, writer.dossier, "Ada", state)
        writer.save(ours)
        state = alone.adopted(BASE, state, "Ada", ours, writer.adopt())
    assert state.answers == {first: answer, second: other} == store.load(path, BASE).everyone["Ada"].answers
    assert interview.undo(state).answers == {second: other}
    assert interview.redo(interview.undo(state)).answers == state.answers
