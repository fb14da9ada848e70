"""What is typed in the questionnaire in plain lines: every way to give an answer gives the same; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.rules.model import Question
from conseil_dla.wording.interview_text import MEANINGS, destination
from conseil_dla.wording.typed_entries import COMMANDS, Answered, Command, Unclear, takes_zero, understood
from shipped import shipped_reader

BASE = shipped_reader().base
LOGIC = BASE.logic
CHOICES = [q for q in LOGIC.questions.values() if q.type in ("choix", "oui_non")]
SEVERAL = [q for q in LOGIC.questions.values() if q.type == "plusieurs"]
NUMBERS = [q for q in LOGIC.questions.values() if q.type == "nombre"]
FIRST = CHOICES[0]


@pytest.mark.parametrize("question", CHOICES, ids=lambda q: q.id)
def test_number_id_wording_and_direct_line_give_the_same_answer(question: Question) -> None:
    for number, id in enumerate(question.answers, 1):
        label = BASE.entry("question", question.id).labels[id]
        for typed in (str(number), f"{number}.", id, id.upper(), label, label.lower()):
            assert understood(BASE, question.id, typed) == Answered(question.id, id), typed
        for line in (f"{question.id}: {id}", f"  {question.id} :{id}  # vu avec eux", f"{question.id}: '{id}'"):
            assert understood(BASE, None, line) == Answered(question.id, id, is_by_name=True), line


@pytest.mark.parametrize("question", SEVERAL, ids=lambda q: q.id)
def test_several_answers_are_given_by_numbers_or_ids_with_spaces_or_commas(question: Question) -> None:
    one, two, *_ = question.answers
    both = Answered(question.id, frozenset({one, two}))
    for typed in ("1 2", "2,1", "1, 2", f"{one} {two}", f"[{one}, {two}]", f"{one};2"):
        assert understood(BASE, question.id, typed) == both, typed
        named = understood(BASE, FIRST.id, f"{question.id}: {typed}")
        assert named == replace(both, is_by_name=True), typed
    assert understood(BASE, question.id, "1") == Answered(question.id, frozenset({one}))
    for typed in ("aucune", "Aucune", "[]"):
        assert understood(BASE, question.id, typed) == Answered(question.id, frozenset()), typed
    for typed in (",", " ; ", ", ,", "[", f"{question.id}:", f"{question.id}: # rien"):
        assert isinstance(understood(BASE, question.id, typed), Unclear), typed
    for typed in ("1 0", "aucune 1", "1 inconnu", f"1 {len(question.answers) + 1}"):
        assert isinstance(understood(BASE, question.id, typed), Unclear), typed


@pytest.mark.parametrize("question", NUMBERS, ids=lambda q: q.id)
def test_a_number_is_itself_and_its_bounds_are_told(question: Question) -> None:
    low, high = question.bounds or (0, 0)
    for number in (low, high):
        assert understood(BASE, question.id, str(number)) == Answered(question.id, number)
    for typed in (str(high + 1), "douze", "3,5", "07", "9" * 5000):
        found = understood(BASE, question.id, typed)
        assert isinstance(found, Unclear), typed
        assert str(low) in found.help
        assert str(high) in found.help


@pytest.mark.parametrize("question", LOGIC.questions.values(), ids=lambda q: q.id)
def test_not_known_yet_is_said_the_same_way_everywhere(question: Question) -> None:
    for typed in ("inconnu", "Je ne sais pas encore", "je ne sais pas", *(["0"] if takes_zero(question) else [])):
        assert understood(BASE, question.id, typed) == Answered(question.id, None), typed


def test_zero_is_a_number_where_it_may_be_the_answer() -> None:
    assert not takes_zero(Question("q", "nombre", (), (0, 5)))
    assert takes_zero(Question("q", "nombre", (), (1, 5)))
    assert takes_zero(Question("q", "choix", ("a", "b")))


def test_commands_are_understood_whatever_the_case_and_those_that_take_nothing_refuse_what_follows() -> None:
    for word in COMMANDS:
        assert understood(BASE, FIRST.id, word.upper()) == Command(word)
        assert understood(BASE, None, word) == Command(word)
        if word not in ("note", "aller"):
            assert isinstance(understood(BASE, FIRST.id, f"{word} ensuite"), Unclear), word
    assert understood(BASE, FIRST.id, "note à voir : la mairie") == Command("note", "à voir : la mairie")
    assert understood(BASE, FIRST.id, "note : à voir") == Command("note", "à voir")
    assert {word.split()[0] for word in MEANINGS} == set(COMMANDS), "the help names every command"


def test_a_number_that_is_no_answer_is_refused_however_long() -> None:
    for typed in (str(len(FIRST.answers) + 1), "00", "-1", "9" * 5000):
        found = understood(BASE, FIRST.id, typed)
        assert isinstance(found, Unclear), typed
        assert len(found.told) < 200


def test_no_answer_of_the_rules_hides_a_command() -> None:
    for question in LOGIC.questions.values():
        assert not set(question.answers) & {*COMMANDS, "aucune"}, question.id


def test_a_mistyped_word_gets_the_nearest_known_one() -> None:
    answer = max(FIRST.answers, key=len)
    for typed, meant in (("lectur", "lecture"), ("retuor", "retour"), (answer[:-1], answer)):
        found = understood(BASE, FIRST.id, typed)
        assert isinstance(found, Unclear)
        assert typed in found.told
        assert meant in found.help
    found = understood(BASE, None, f"{FIRST.id[:-1]}: 1")
    assert isinstance(found, Unclear)
    assert FIRST.id in found.help


def test_a_line_that_was_not_read_whole_is_never_kept() -> None:
    assert isinstance(understood(BASE, FIRST.id, "note d\ufffdj\ufffd vu"), Unclear)


@given(st.text(max_size=60) | st.from_regex(r"[\w]{1,12} ?:? ?[\w, \[\]]{0,20}"), st.sampled_from([*LOGIC.questions]))
def test_whatever_is_typed_only_answers_of_the_question_come_out(text: str, id: str) -> None:
    found = understood(BASE, id, text)
    match found:
        case Answered(question, int(value)):
            low, high = LOGIC.questions[question].bounds or (0, -1)
            assert low <= value <= high
        case Answered(question, frozenset() as value):
            assert value <= set(LOGIC.questions[question].answers)
        case Answered(question, str(value)):
            assert value in LOGIC.questions[question].answers
        case Unclear(told, help):
            assert not re.search(r"[\x00-\x1f]", told + help)


def test_a_question_is_found_by_its_id_its_title_or_a_part_of_it() -> None:
    reading = shipped_reader().read({})
    for id in LOGIC.questions:
        wanted = Unclear if id in reading.not_applicable else str
        for words in (id, BASE.title("question", id), BASE.title("question", id).upper()):
            found = destination(BASE, reading, words)
            assert isinstance(found, wanted), words
            assert wanted is Unclear or found == id
    parts = [title.split()[-1] for title in (BASE.title("question", id) for id in LOGIC.questions)]
    shared = next(p for p in parts if parts.count(p) > 1)
    several = destination(BASE, reading, shared)
    assert isinstance(several, tuple)
    assert len(several) > 1
    assert isinstance(destination(BASE, reading, "zzzz"), Unclear)
    assert isinstance(destination(BASE, reading, ""), Unclear)
