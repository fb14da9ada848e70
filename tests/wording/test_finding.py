"""What is said of the way: progress, themes, what was undone, and where everything that can be found stands."""

from __future__ import annotations

import random

import pytest

from conseil_dla.interview.questionnaire import Interview, Progress, answer, decline, note, undo, withdraw
from conseil_dla.panes.question_sheet import theme_standing, themes
from conseil_dla.rules.model import KINDS
from conseil_dla.toolkit.keys import ROOM_FOR_SUBJECT
from conseil_dla.wording.questionnaire import brief_text, progress_text, redone_text, undone_text
from conseil_dla.wording.reasons import BEHIND, RULED_OUT
from conseil_dla.wording.search_index import NOT_DRAWN, index, words_in
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
LOGIC = BASE.logic
NBSP = "\u00a0"


def test_progress_is_said_in_words_that_leave_room_for_the_subject() -> None:
    assert progress_text(Progress(4, False, 12)) == "L’essentiel 4/8"
    assert progress_text(Progress(8, False, 12)) == "L’essentiel 8/8, encore 12 questions utiles"
    assert progress_text(Progress(3, True, 1)) == "L’essentiel est fait, encore 1 question utile"
    assert progress_text(Progress(8, True, 9, is_shown=False)) == "L’essentiel est parcouru, encore 9 questions utiles"
    assert progress_text(Progress(3, True, 0)) == "L’essentiel est fait, rien ne le change plus"
    assert brief_text(Progress(3, True, 12)) == "L’essentiel est fait, encore 12"
    for over in (True, False):
        for useful in (0, 1, 49):
            for done in range(9):
                words = f"{brief_text(Progress(done, over, useful))} · PAS ENREGISTRÉ"
                assert len(words) <= 78 - 2 - ROOM_FOR_SUBJECT


@pytest.mark.parametrize("seed", range(8))
def test_everything_can_be_found_once_and_says_where_it_stands(seed: int) -> None:
    answers = random_dossier(LOGIC, random.Random(seed), seed / 8)
    reading = READER.read(answers)
    state = Interview(answers)
    entries = [entry for chapter in index(BASE, state, reading) for entry in chapter.entries]
    named = [(entry.kind, entry.id) for entry in entries]
    assert len(set(named)) == len(named)
    wanted = {key for key in BASE.texts if key[0] in {"question", "mot", *KINDS}}
    assert set(named) == wanted
    assert all(entry.standing for entry in entries)
    drawn = {(d.kind, d.id) for d in reading.drawn}
    for entry in entries:
        if entry.kind in ("vigilance", "modalite", "partenaire", "prealable", "tension"):
            assert (entry.standing == NOT_DRAWN) == ((entry.kind, entry.id) not in drawn), entry.id
        if entry.kind == "format":
            assert (entry.standing == "retenu") == (entry.id == reading.format.retained)
            is_out = entry.standing in (RULED_OUT, BEHIND)
            assert is_out == (entry.id not in reading.format.possible)
        if entry.kind == "question" and entry.id in reading.not_applicable:
            assert entry.is_aside


def test_a_format_that_is_out_by_definition_is_said_so() -> None:
    dossiers = (random_dossier(LOGIC, random.Random(seed)) for seed in range(50))
    answers, reading = next((a, r) for a in dossiers if (r := READER.read(a)).format.ruled_out)
    entries = [entry for chapter in index(BASE, Interview(answers), reading) for entry in chapter.entries]
    out = {e.id for e in entries if e.kind == "format" and e.standing == RULED_OUT}
    assert out == set(reading.format.ruled_out)


def test_what_is_undone_is_named_and_what_counts_again_too() -> None:
    question = next(q for q in LOGIC.questions.values() if q.type == "choix")
    name, (one, other) = f"«{NBSP}{BASE.title('question', question.id)}{NBSP}»", question.answers[:2]
    first = answer(Interview(current=question.id), question.id, one)
    assert undone_text(BASE, first, undo(first)) == f"Réponse à {name} annulée."
    second = answer(first, question.id, other)
    label = BASE.entry("question", question.id).labels[one]
    told = undone_text(BASE, second, undo(second))
    assert told.startswith(f"Réponse à {name} annulée{NBSP}: de nouveau ")
    assert label[1:] in told
    assert redone_text(BASE, undo(first), first).startswith(f"Réponse à {name} rétablie")
    noted = note(second, question.id, "à voir")
    assert undone_text(BASE, noted, second) == f"Note sur {name} annulée."
    put_off = decline(second, question.id)
    assert "de nouveau" in undone_text(BASE, put_off, second)
    several = answer(second, next(id for id, q in LOGIC.questions.items() if q.type == "plusieurs"), frozenset())
    both = withdraw(several, several.answers)
    assert undone_text(BASE, both, several) == "Changement de 2 réponses annulé."
    assert undone_text(BASE, second, second) == ""


def test_a_theme_leads_to_what_is_not_answered_and_leaves_aside_what_is_sans_objet() -> None:
    answers = random_dossier(LOGIC, random.Random(3), 0.6)
    reading = READER.read(answers)
    state = Interview(answers)
    found = themes(BASE, state, reading)
    assert sum(theme.asked for theme in found) == len(LOGIC.questions) - len(reading.not_applicable)
    assert sum(theme.answered for theme in found) == len(set(answers) - reading.not_applicable)
    for theme in found:
        assert theme.leads is None or theme.leads not in reading.not_applicable
        assert (theme.leads in answers) == (theme.answered == theme.asked), theme
    first = found[0]
    fresh = themes(BASE, Interview(), None)[0]
    assert fresh.leads is not None
    assert themes(BASE, decline(Interview(), fresh.leads), None)[0].leads not in (None, fresh.leads), "put off, last"
    assert theme_standing(first) == f"{first.answered} réponses sur {first.asked}"


def test_words_of_the_list_are_found_whole_as_they_are_said_or_were() -> None:
    words = {entry.id: entry for entry in words_in(BASE, "Demandez à l’OPCO, ou à l’ancien Fédurok.")}
    assert {entry.texts["aujourd_hui"] for entry in words.values()} == {"OPCO", "FEDELIMA"}
    assert words_in(BASE, "une opcoterie") == ()
