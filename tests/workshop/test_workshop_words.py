"""What a workshop says: one true sentence for a change, and a record in which nobody can be found."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.dossiers.store import load_scenarios
from conseil_dla.papers.documents import markdown
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Answers
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import UNSURE, Supposed, Workshop
from conseil_dla.workshop.papers.record import MOST_POINTS, _least, hands_text, record
from conseil_dla.workshop.words.readings import NOTHING, STEPS, facing, moved_text, step_lines
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
SCENARIO = load_scenarios(BASE)[0]


def read_of(reading: Reading) -> tuple[set[object], set[object]]:
    """What is collected and holds, as it is read; and all that is read of it, what is only to be checked included."""
    checked = ("vigilance", "prealable")
    found = [d for d in reading.drawn if d.certainty == "certaine" or (d.kind in checked and d.certainty != "possible")]
    also = [d for d in reading.drawn if d.kind in checked and d.grounded]
    holds = {(d.kind, d.id) for d in found}
    return holds, holds | {(d.kind, d.id) for d in also}


@pytest.mark.parametrize("seed", range(40))
def test_the_sentence_says_before_and_after_and_what_comes_and_goes(seed: int) -> None:
    chance = random.Random(seed)
    answers = random_dossier(BASE.logic, chance, 0.7)
    changed = {id: value for id, value in answers.items() if id != chance.choice(list(answers))}
    before, after = READER.read(answers), READER.read(changed)
    told = moved_text(BASE, before, after)
    for kind in ("format", "posture"):
        was, now = getattr(before, kind).shown, getattr(after, kind).shown
        if was != now:
            assert all(BASE.title(kind, id) in told for id in (*was, *now)), told
    (held, seen), (holds, sees) = read_of(before), read_of(after)
    assert ("apparaî" in told or "apparaissent" in told or "Appara" in told) == bool(holds - held)
    assert ("applique" in told) == bool(held - sees)
    assert ("de plus à vérifier" in told) == bool(sees - seen - holds)
    assert ("plus à vérifier" in told.replace("de plus à", "")) == bool(seen - held - sees)
    assert told.endswith(".")
    assert moved_text(BASE, before, before) == NOTHING


def test_a_variant_that_is_chosen_is_compared_with_itself() -> None:
    one, two = READER.read({}), READER.read_dossier(SCENARIO)
    assert facing((one, two), (two,)) == ((two, two),)
    assert facing((one,), (one, two)) == ((one, one), (one, two))
    assert facing((one, two), (two, one)) == ((one, two), (two, one))


def test_a_balance_is_said_as_one_and_not_as_a_doubt() -> None:
    balanced = next(s for s in load_scenarios(BASE) if len(READER.read_dossier(s).posture.shown) == 2)
    before = READER.read_dossier(balanced)
    names = " et ".join(f"«\u00a0{BASE.title('posture', id)}\u00a0»" for id in before.posture.shown)
    told = moved_text(BASE, before, READER.read({}))
    assert f"l’équilibre entre {names}" in told
    assert " ou «" not in told


def test_hands_under_five_are_never_counted() -> None:
    assert [hands_text(count) for count in (0, 1, 4)] == ["personne", "quelques-uns", "quelques-uns"]
    assert [hands_text(count) for count in (5, 7, 8, 12, 13)] == [
        "environ 5", "environ 5", "environ 10", "environ 10", "environ 15",
    ]  # fmt: skip


def played(chance: random.Random) -> Workshop:
    """A workshop with votes of every size; its texts hold no figure."""

    def hands(options: list[str]) -> dict[str, int]:
        return {option: chance.choice((0, 1, 2, 3, 4, 6, 9, 11, 17)) for option in options}

    state = workshop.feel(Workshop(), hands(list(BASE.logic.postures)))
    for id in list(SCENARIO.answers)[:8]:
        value = SCENARIO.answers[id]
        state = workshop.vote(state, id, hands([*BASE.logic.questions[id].answers, UNSURE]), value)
    state = workshop.guess(state, "format", hands(list(BASE.logic.formats)))
    for step in STEPS:
        state = workshop.reveal(state, step.key)
    state = workshop.suppose(state, Supposed(id, None))
    return workshop.say(state, {"retenons": "Un point\nUn autre", "contestons": "<b>non</b>"})


def written(state: Workshop) -> str:
    read = [tuple(READER.read(v.answers, v.declined) for v in workshop.variants(each))
            for each in workshop.replayed(state)]  # fmt: skip
    states = workshop.replayed(state)
    tried = [(each.change, read[each.after],
              tuple(READER.read(v.answers, v.declined)
                    for v in workshop.variants(workshop.keep(states[each.after], each.change))))
             for each in state.tried]  # fmt: skip
    paper = record(BASE, SCENARIO, state, read[-1], tuple(pairwise(read)), date(2026, 11, 26), tried)
    return markdown.write(paper)


@pytest.mark.parametrize("seed", range(6))
def test_no_small_number_of_hands_can_be_read_or_worked_out_of_the_record(seed: int) -> None:
    """Two workshops whose votes differ by who is among the few give the same record, letter for letter.

    Of large numbers that are rounded alike the record tells the order, which stays: equal ones stay equal.
    """
    chance = random.Random(seed)
    state = played(chance)
    told = written(state)
    assert "quelques-uns" in told

    def stirred(hands: dict[str, int]) -> dict[str, int]:
        """Other small numbers, and other large ones that round alike, in the same order."""
        large = {0: 0, 6: chance.randint(5, 7), 9: chance.choice((8, 9)), 11: chance.choice((10, 11, 12)),
                 17: chance.randint(13, 17)}  # fmt: skip
        return {o: chance.randint(1, 4) if 0 < n < 5 else large[n] for o, n in hands.items()}

    other = Workshop(
        stirred(dict(state.intuition)),
        tuple(type(m)(m.question, stirred(dict(m.hands)), m.kept) if isinstance(m, workshop.Voted) else m
              for m in state.moves),
        {step: stirred(dict(hands)) for step, hands in state.guesses.items()},
        state.revealed, state.tried, state.said,
    )  # fmt: skip
    assert written(other) == told


def voted(hands: dict[str, int]) -> str:
    """The record of a workshop of one vote, without no-break spaces."""
    question = next(q for q in BASE.logic.questions.values() if q.type == "choix")
    ids = dict(zip("abc", question.answers, strict=False))
    state = workshop.vote(Workshop(), question.id, {ids[letter]: n for letter, n in hands.items()}, question.answers[1])
    labels = BASE.entry("question", question.id).labels
    told = re.sub(r"\\", "", written(state)).replace("\u00a0", " ")
    for letter, id in ids.items():
        told = told.replace(f"« {labels[id][:1].lower()}{labels[id][1:]} »", f"<{letter}>")
    return told


def test_five_against_seven_is_no_tie() -> None:
    assert "Le plus de mains : <b>." in voted({"a": 5, "b": 7})
    assert "autant de mains pour <a> et <b>." in voted({"a": 7, "b": 7, "c": 5})
    for silent in ({"a": 2, "b": 4}, {"a": 4, "b": 5}, {"a": 6, "b": 12}):
        told = voted(silent)
        assert "Le plus de mains" not in told, "small numbers are not compared, and others speak for themselves"
        assert "autant de mains" not in told


def test_where_nobody_voted_the_record_says_so_and_it_says_how_many_did() -> None:
    told = voted({})
    assert told.count("Personne n’a voté.") == 2, "the intuition, and the question"
    assert "personnes ont voté" not in told
    assert "Au moins 9 personnes ont voté. Présentes : [à compléter]" in voted({"a": 10, "b": 1})


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_how_many_voted_is_never_more_than_did_and_comes_of_what_is_told_alone(counts: list[int]) -> None:
    assert sum(map(_least, counts)) <= sum(counts)
    by_words: dict[str, set[int]] = {}
    for count in range(60):
        by_words.setdefault(hands_text(count), set()).add(_least(count))
    assert all(len(least) == 1 for least in by_words.values())


def test_nothing_says_that_nobody_is_named_since_texts_that_were_typed_may_name_somebody() -> None:
    told = written(workshop.say(played(random.Random(1)), {"retenons": "Demander à Camille"}))
    assert "personne n’y est nommé" not in told.replace("\u00a0", " ")
    assert "n’y désignent personne" in told.replace("\u00a0", " ")


def told_of(answers: Answers) -> list[str]:
    """What every step says of a reading."""
    reading = READER.read(answers)
    return [line.text for step in STEPS for line in step_lines(BASE, reading, step)]


def test_what_two_variants_share_is_told_once() -> None:
    """The vote that divides them changes nothing of the reading: what is read of both is the same."""
    question, one, other = next(
        (q.id, a, b)
        for q in BASE.logic.questions.values() if q.type == "choix"
        for a in q.answers for b in q.answers
        if a < b and told_of({q.id: a}) == told_of({q.id: b})
    )  # fmt: skip
    state = workshop.vote(Workshop(), question, {one: 5, other: 5}, one, other)
    for step in STEPS:
        state = workshop.reveal(state, step.key)
    told = written(state)
    reading = READER.read({question: one})
    line = next(line.text for step in STEPS for line in step_lines(BASE, reading, step) if not line.indent)
    assert told.count(line[:30]) == 1
    assert "Les deux variantes" in told


def test_an_et_si_is_told_by_what_it_would_have_moved() -> None:
    answers = dict(SCENARIO.answers)
    before = READER.read(answers)
    id, value = next((id, other) for id in answers for other in BASE.logic.questions[id].answers
                     if BASE.logic.questions[id].type == "choix"
                     and moved_text(BASE, before, READER.read({**answers, id: other})) != NOTHING)  # fmt: skip
    state = workshop.complete(Workshop(), workshop.completing(BASE.logic, Workshop(), answers)[0])
    state = workshop.suppose(state, Supposed(id, value))
    told = re.sub(r"\\", "", written(state))
    (variant,) = workshop.variants(state)
    moved = moved_text(BASE, READER.read(variant.answers), READER.read({**variant.answers, id: value}))
    assert moved[:60] in told.split("Les «")[-1]


def test_the_record_holds_what_was_answered_read_tried_and_said() -> None:
    state = played(random.Random(3))
    state = workshop.complete(state, workshop.completing(BASE.logic, state, SCENARIO.answers)[0])
    told = written(state)
    plain = re.sub(r"\\", "", told)
    for move in (move for move in state.moves if isinstance(move, workshop.Voted)):
        assert BASE.entry("question", move.question).texts["libelle"].replace(" ?", "\u00a0?") in plain
    (variant,) = workshop.variants(state)
    reading = READER.read(variant.answers)
    is_cut = False
    for step in STEPS:
        lines = [line.text for line in step_lines(BASE, reading, step) if step.votes or not line.indent]
        told_of = lines if len(lines) <= MOST_POINTS else lines[: MOST_POINTS - 1]
        assert all(text.split("\u00a0")[0][:30] in plain for text in told_of)
        if left := len(lines) - len(told_of):
            is_cut = True
            assert f"et {left} autres points, à l’écran" in plain
    assert is_cut
    assert "Les « et si » regardés" in plain.replace("\u00a0", " ")
    assert "Un autre" in plain
    assert plain.index("Ce que nous demandons") < plain.index("L’intuition de la salle"), "what is kept comes first"
    assert "<b>" not in told
    assert "[à\u00a0compléter]" in plain
