"""Everything an officer changes in a dossier is taken back and given again, on disk, and each step is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from conseil_dla.dossiers import store
from conseil_dla.dossiers.merging import flat
from conseil_dla.dossiers.writer import Writer
from conseil_dla.model import Dossier, Opinion
from conseil_dla.reporting.retracing import redone_text, undone_text
from conseil_dla.sessions import answering, interview
from conseil_dla.sessions.interview import Beside, Interview
from conseil_dla.tables import Structure
from shipped import random_dossier, shipped_reader

BASE = shipped_reader().base
LOGIC = BASE.logic
KINDS = ("answer", "decline", "note", "title", "demand", "heard", "opinion", "add", "remove", "fill")
COLUMN = next(column for column in LOGIC.columns.values() if column.type == "nombre")


def edited(state: Interview, kind: str, chance: Random) -> Interview:
    """The state after one change such as a screen makes; the same where it is refused."""
    id, rows, word = chance.choice(list(LOGIC.questions)), state.beside.structures, f"mot {chance.randrange(4)}"
    at = chance.randrange(len(rows)) if rows else 0
    match kind:
        case "answer":
            value = random_dossier(LOGIC, chance).get(id)
            moved, clash = (state, True) if value is None else answering.given(LOGIC, state, id, value)
            return state if clash else moved
        case "decline":
            return answering.given(LOGIC, state, id, None)[0]
        case "note":
            return interview.note(state, id, chance.choice(("", word)))
        case "opinion":
            return interview.keep_beside(state, opinion=Opinion(chance.choice(("", *LOGIC.formats)), "", word))
        case "add":
            wanted = (*rows, Structure(word), Structure(f"{word} bis"))
        case "remove":
            wanted = rows[:at] + rows[at + 1 :]
        case "fill":
            wanted = tuple(replace(row, cells={COLUMN.id: chance.randrange(9)}) for row in rows)
        case _:
            return interview.keep_beside(state, **{kind: word})
    moved = answering.recounted(LOGIC, interview.keep_beside(state, structures=wanted))
    return state if answering.clash(LOGIC, state, moved) else moved


def retraced(path: Path, seed: int, number: int) -> None:
    chance = Random(seed)
    with Writer.open(path, BASE) as writer:
        state = answering.begun(LOGIC, writer.dossier)
        kept: list[Dossier] = [store.load(path, BASE)]

        def save() -> Dossier:
            writer.save(answering.kept(writer.dossier, state))
            return store.load(path, BASE)

        for _ in range(number):
            before, state = state, edited(state, chance.choice(KINDS), chance)
            if state.before is not before.before:
                kept.append(save())
        for steps, way, told in (
            (kept[-2::-1], interview.undo, undone_text),
            (kept[1:], interview.redo, redone_text),
        ):
            for wanted in steps:
                moved = answering.recounted(LOGIC, way(state))
                assert told(BASE, state, moved)
                state = moved
                assert flat(save()) == flat(wanted)
            assert way(state) is state
            assert not answering.clash(LOGIC, Interview(), state)


def begun(folder: Path) -> Path:
    """A dossier that holds something of everything."""
    path = store.create(folder, "Le premier titre", "une demande", "")
    first = store.load(path, BASE)
    store.save(replace(first, structures=(Structure("Le Phare"), Structure("Les Sables", {COLUMN.id: 3}))))
    return path


@pytest.mark.parametrize("seed", range(2))
def test_all_undone_is_the_first_file_and_all_redone_the_last(tmp_path: Path, seed: int) -> None:
    retraced(begun(tmp_path), seed, 12)


@pytest.mark.lent
@pytest.mark.parametrize("seed", range(100, 130))
def test_all_undone_is_the_first_file_and_all_redone_the_last_however_many(tmp_path: Path, seed: int) -> None:
    retraced(begun(tmp_path), seed, 80)


def test_each_step_beside_the_answers_is_told_and_discreetly_names_nobody() -> None:
    first = Interview(beside=Beside(structures=(Structure("Le Phare"), Structure("Les Sables"))))
    fewer = interview.keep_beside(first, structures=first.beside.structures[:1])
    assert undone_text(BASE, fewer, first) == "Retiré du tableau\u00a0: Les Sables — annulé."
    assert redone_text(BASE, first, fewer) == "Retiré du tableau\u00a0: Les Sables — rétabli."
    assert undone_text(BASE, fewer, first, discreetly=True) == "Retiré du tableau\u00a0: 1 structure — annulé."
    more = interview.keep_beside(fewer, structures=(*first.beside.structures, Structure(""), Structure("")))
    assert undone_text(BASE, more, fewer) == "Ajouté au tableau\u00a0: 3 structures — annulé."
    texts = interview.keep_beside(more, title="Autre", demand="Autre", opinion=Opinion("x"))
    assert (
        undone_text(BASE, texts, more) == "Changement\u00a0: le titre, la demande et «\u00a0Mon avis\u00a0» — annulé."
    )
