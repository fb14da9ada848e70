"""What authors want asked first: before everything else where its condition surely holds, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import spoiled, write_folder
from conseil_dla.exact.renaming import Names, renamed
from conseil_dla.reading.version_items import KeyChange, changed_items
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Base, Logic, Ticks
from conseil_dla.rules.truth import scopes_of, truth
from conseil_dla.wording.reading_sentences import next_reason
from searched import searching
from shipped import shipped_reader
from strategies import logics, partial_answers, wanting_first
from worlds import calm, reader_of

COMBIEN = "  posee_si:\n    envie: [a_demi_mot, clairement]\n"
FIRST_IF = "  a_poser_en_premier_si:\n    sujets: [emploi]\n"


def bare(logic: Logic) -> Logic:
    return replace(logic, questions={id: replace(q, first_if=None) for id, q in logic.questions.items()})


@pytest.mark.parametrize("search", [False, True])
@settings(calm, max_examples=12)
@given(data=st.data())
def test_the_first_asked_is_one_whose_condition_holds_wherever_one_is_open(search: bool, data: st.DataObject) -> None:
    logic = wanting_first(data.draw, data.draw(logics()))
    answers = data.draw(partial_answers(logic))
    declined = data.draw(st.frozensets(st.sampled_from(sorted(logic.questions)))) - answers.keys()
    reader, plain = reader_of(logic), reader_of(bare(logic))
    if search:
        reader, plain = searching(reader), searching(plain)
    assume(not offending(logic, answers))
    reading = reader.read(answers, declined)
    without = plain.read(answers, declined)
    scopes = scopes_of(logic, answers)
    wanted = [
        id for id in reading.open_questions
        if (condition := logic.questions[id].first_if) is not None and truth(condition, scopes, {})
    ]  # fmt: skip
    asked = reading.next_question
    if left := set(wanted) - declined:
        assert asked is not None
        assert asked.question in left
        assert asked.purpose == "premier"
    else:
        assert (asked and asked.question) == (without.next_question and without.next_question.question) or wanted
    led, rest = reading.to_ask[: len(wanted)], reading.to_ask[len(wanted) :]
    assert {one.question for one in led} == set(wanted)
    assert {one.purpose for one in led} <= {"premier"}
    usual = [one.question for one in without.to_ask]
    assert [one.question for one in rest] == [id for id in usual if id not in wanted]
    neutral = replace(reading, to_ask=(), next_question=None)
    assert neutral == replace(without, to_ask=(), next_question=None), "nothing that is concluded moves"


@settings(calm, max_examples=15)
@given(data=st.data())
def test_a_chart_and_a_search_put_the_same_questions_first(data: st.DataObject) -> None:
    logic = wanting_first(data.draw, data.draw(logics(coherence=False)))
    reader = reader_of(logic)
    answers = data.draw(partial_answers(logic))
    one, other = reader.read(answers), searching(reader).read(answers)
    first = [[asked.question for asked in each.to_ask if asked.purpose == "premier"] for each in (one, other)]
    assert set(first[0]) == set(first[1])
    assert (one.next_question is None) == (other.next_question is None)


def test_before_a_training_the_offer_the_public_and_the_use_are_asked() -> None:
    reader = shipped_reader()
    answers = {"apres_l_action": "chacune_repart", "objet_de_la_demande": "apprendre"}
    asked = []
    for _ in range(3):
        reading = reader.read(answers)
        assert reading.next_question is not None
        asked.append(reading.next_question.question)
        reason = next_reason(reader.base, reading)
        assert "l’une des premières choses à savoir. " in reason
        why = reader.base.entry("question", asked[-1]).texts["pourquoi"]
        assert reason.endswith(why)
        answers[asked[-1]] = reader.base.logic.questions[asked[-1]].answers[0]
    assert set(asked) == {"offre_de_formation", "metier_du_public", "usage_chez_soi"}


# --- how it is written ------------------------------------------------------------------------------------------------


def loaded(tmp_path: Path, written: str = FIRST_IF) -> Base:
    base = load(write_folder(tmp_path, spoiled("knowledge/questions.yaml", COMBIEN, COMBIEN + written))).base
    assert base is not None
    return base


def test_a_question_that_is_read_to_ask_another_first_is_still_read_by_no_condition(tmp_path: Path) -> None:
    new = COMBIEN + FIRST_IF.replace("sujets: [emploi]", "muette: oui")
    new += "- question: muette\n  titre: Une autre\n  libelle: Une autre ?\n  type: oui_non\n"
    found = load(write_folder(tmp_path, spoiled("knowledge/questions.yaml", COMBIEN, new)))
    assert [one.code for one in found.diagnostics if "muette" in one.message] == ["DLA209"]


def test_another_situation_is_something_that_is_shown_and_nothing_that_is_concluded(tmp_path: Path) -> None:
    before, after = loaded(tmp_path / "a"), loaded(tmp_path / "b", FIRST_IF.replace("emploi", "emploi, lieux"))
    assert before.digest != after.digest
    (change,) = changed_items(before, after)
    assert change.keys == (KeyChange("a_poser_en_premier_si", "montre"),)


def test_renaming_what_the_condition_reads_changes_nothing(tmp_path: Path) -> None:
    logic = loaded(tmp_path).logic
    names = Names({"commande": "ordre", "sujets": "themes"}, {"themes": {"emploi": "travail"}})
    condition = renamed(logic, names).questions["combien"].first_if
    assert logic.questions["combien"].first_if == Ticks("sujets", frozenset({"emploi"}))
    assert condition == Ticks("themes", frozenset({"travail"}))
