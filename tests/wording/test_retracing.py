"""Everything an officer changes in a dossier is taken back and given again, on disk, and each step is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from conseil_dla.dossiers import store
from conseil_dla.dossiers.merging import flat
from conseil_dla.dossiers.writer import Writer
from conseil_dla.interview import driver
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.questionnaire import Beside, Interview
from conseil_dla.rules.model import Dossier, Opinion
from conseil_dla.rules.tables import Structure
from conseil_dla.wording.questionnaire import redone_text, undone_text
from shipped import put_on_disk, random_dossier, shipped_reader

BASE = shipped_reader().base
LOGIC = BASE.logic
KINDS = (
    "answer",
    "decline",
    "withdraw",
    "note",
    "note",
    "title",
    "demand",
    "heard",
    "opinion",
    "add",
    "remove",
    "fill",
)
COLUMN = next(column for column in LOGIC.columns.values() if column.type == "nombre")


def edited(state: Interview, kind: str, chance: Random) -> Interview:
    """The state after one change such as a screen makes; the same where it is refused."""
    id, rows, word = chance.choice(list(LOGIC.questions)), state.beside.structures, f"mot {chance.randrange(4)}"
    at = chance.randrange(len(rows)) if rows else 0
    match kind:
        case "answer":
            value = random_dossier(LOGIC, chance).get(id)
            moved, clash = (state, True) if value is None else driver.given(LOGIC, state, id, value)
            return state if clash else moved
        case "decline":
            return driver.given(LOGIC, state, id, None)[0]
        case "withdraw":
            moved = driver.recounted(LOGIC, interview.withdraw(state, [*state.answers][:1]))
            return state if driver.clash(LOGIC, state, moved) else moved
        case "note":
            id = chance.choice([id, *state.notes])
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
    moved = driver.recounted(LOGIC, interview.keep_beside(state, structures=wanted))
    return state if driver.clash(LOGIC, state, moved) else moved


def claims(told: str, was: Interview, now: Interview) -> None:
    """What is said to be there is there, and what is said to be gone is gone."""
    assert told
    about = [id for id in LOGIC.questions if f"«\u00a0{BASE.title('question', id)}\u00a0»" in told]
    if told.startswith(("Note", "La note")):
        assert about
        gone = any(word in told for word in ("annulée.", "enlevée."))
        assert all((now.notes.get(id, "") == "") == gone for id in about if was.notes.get(id) != now.notes.get(id))
        assert any(was.notes.get(id) != now.notes.get(id) for id in about)
    elif told.startswith(("Réponse", "La réponse")):
        gone = any(word in told for word in ("annulée.", "retirée."))
        assert any((id not in now.answers and id not in now.declined) == gone for id in about)


def retraced(path: Path, seed: int, number: int) -> None:
    chance = Random(seed)
    with Writer.open(path, BASE) as writer:
        state = driver.begun(LOGIC, writer.dossier)
        kept: list[Dossier] = [store.load(path, BASE)]

        def save() -> Dossier:
            writer.save(driver.kept(writer.dossier, state))
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
                moved = driver.recounted(LOGIC, way(state))
                claims(told(BASE, state, moved), state, moved)
                state = moved
                assert flat(save()) == flat(wanted)
            assert way(state) is state
            assert not driver.clash(LOGIC, Interview(), state)


def begun(folder: Path) -> Path:
    """A dossier that holds something of everything."""
    path = store.create(folder, "Le premier titre", "une demande", "")
    first = store.load(path, BASE)
    put_on_disk(replace(first, structures=(Structure("Le Phare"), Structure("Les Sables", {COLUMN.id: 3}))))
    return path


@pytest.mark.parametrize("seed", range(2))
def test_all_undone_is_the_first_file_and_all_redone_the_last(tmp_path: Path, seed: int) -> None:
    retraced(begun(tmp_path), seed, 12)


@pytest.mark.lent
@pytest.mark.parametrize("seed", range(100, 103))
def test_all_undone_is_the_first_file_and_all_redone_the_last_however_many(tmp_path: Path, seed: int) -> None:
    retraced(begun(tmp_path), seed, 80)


def test_a_note_that_comes_back_is_not_said_to_be_annulled() -> None:
    id, title = next((id, BASE.title("question", id)) for id in LOGIC.questions)
    noted = interview.note(Interview(), id, "vu au téléphone")
    erased = interview.note(noted, id, "")
    back = interview.undo(erased)
    assert undone_text(BASE, erased, back) == f"La note sur «\u00a0{title}\u00a0» est revenue."
    again = redone_text(BASE, back, interview.redo(back))
    assert again == f"La note sur «\u00a0{title}\u00a0» est de nouveau enlevée."
    assert undone_text(BASE, noted, Interview()) == f"Note sur «\u00a0{title}\u00a0» annulée."
    given = next(one for one in LOGIC.questions.values() if one.type == "choix")
    answered = interview.answer(Interview(), given.id, given.answers[0])
    taken = interview.withdraw(answered, [given.id])
    assert "est revenue" in undone_text(BASE, taken, answered)
    assert "de nouveau retirée" in redone_text(BASE, answered, taken)


def test_each_step_beside_the_answers_is_told_and_discreetly_names_nobody() -> None:
    first = Interview(beside=Beside(structures=(Structure("Le Phare"), Structure("Les Sables"))))
    fewer = interview.keep_beside(first, structures=first.beside.structures[:1])
    assert undone_text(BASE, fewer, first) == "Retiré du tableau\u00a0: Les Sables — annulé."
    assert redone_text(BASE, first, fewer) == "Retiré du tableau\u00a0: Les Sables — refait."
    assert undone_text(BASE, fewer, first, discreetly=True) == "Retiré du tableau\u00a0: 1 structure — annulé."
    more = interview.keep_beside(fewer, structures=(*first.beside.structures, Structure(""), Structure("")))
    assert undone_text(BASE, more, fewer) == "Ajouté au tableau\u00a0: 3 structures — annulé."
    texts = interview.keep_beside(more, title="Autre", demand="Autre", opinion=Opinion("x"))
    assert (
        undone_text(BASE, texts, more) == "Changement\u00a0: le titre, la demande et «\u00a0Mon avis\u00a0» — annulé."
    )
