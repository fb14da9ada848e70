"""On the shipped base: what fires is certain, what is announced happens, what is without effect has none."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from conseil_dla.engine import choose
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.ripening import Ripening
from conseil_dla.reading.values import Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.model import Answers, Logic, Value
from conseil_dla.rules.truth import incoherences
from conseil_dla.wording.json_text import reading_object
from shipped import random_dossier, shipped_reader, told
from strategies import values


def partial(logic: Logic, chance: random.Random) -> dict[str, Value]:
    """A part of a complete coherent dossier, of any size."""
    complete = random_dossier(logic, chance)
    return {id: complete[id] for id in chance.sample(sorted(complete), chance.randint(0, len(complete)))}


@pytest.mark.lent
@pytest.mark.parametrize("seed", [4, 14])
def test_what_the_inference_fires_is_certain_on_400_dossiers(seed: int) -> None:
    """Half of them each, so that they share the cores."""
    reader, chance = shipped_reader(), random.Random(seed)
    reference = choose(reader.base.logic, durable=False)
    fired = 0
    for _ in range(200):
        answers = partial(reader.base.logic, chance)
        reading = reader.read(answers)
        rules = reference.fire(answers).rules
        assert reading.fired == rules <= reading.holding
        fired += len(rules)
    assert fired > 200


def turned(ripening: Ripening, reading: Reading) -> bool:
    """Does a reading of the changed dossier show what was announced?"""
    if ripening.kind == "format":
        return reading.format.shown == ripening.then
    if ripening.kind == "posture":
        return reading.posture.shown == ripening.then
    found = {(d.kind, d.id): d.certainty for d in reading.drawn}
    return found.get((ripening.kind, ripening.then[0]), "possible") == "possible"


def moved(ripening: Ripening, before: Reading, after: Reading) -> bool:
    """Does a reading of a dossier changed in part already show something else?"""
    if ripening.kind == "format":
        return after.format.shown not in ((), before.format.shown)
    if ripening.kind == "posture":
        return after.posture.shown not in ((), before.posture.shown)
    return ripening.then[0] not in {d.id for d in after.drawn if d.kind == ripening.kind}


def test_announced_changes_tip_and_no_part_of_them_does() -> None:
    reader, chance = shipped_reader(), random.Random(11)
    sizes = set()
    for _ in range(45):
        answers = partial(reader.base.logic, chance)
        before = reader.read(answers)
        announced = reader.prospects(before).ripenings
        for ripening in chance.sample(announced, min(8, len(announced))):
            changes = {change.question: change.value for change in ripening.changes}
            sizes.add(len(changes))
            assert turned(ripening, reader.read({**answers, **changes}))
            for size in range(1, len(changes)):
                for some in combinations(sorted(changes), size):
                    part = {**answers, **{id: changes[id] for id in some}}
                    if is_coherent(reader.base.logic, part):
                        assert not moved(ripening, before, reader.read(part))
    assert sizes >= {1, 2}


def is_coherent(logic: Logic, answers: Answers) -> bool:
    return not incoherences(logic, answers) and not offending(logic, answers)


def test_questions_without_effect_answered_at_random_change_nothing() -> None:
    reader, chance = shipped_reader(), random.Random(6)
    logic = reader.base.logic
    tried = 0
    for _ in range(80):
        answers = partial(logic, chance)
        before = reader.read(answers)
        others = random_dossier(logic, chance)
        for idle, part in (
            (before.without_effect, everything),
            (before.without_effect_on_advice, advice),
            (before.without_effect_on_outcome, outcome),
        ):
            more = {**answers, **{id: others[id] for id in idle if id in others}}
            if len(more) > len(answers) and is_coherent(logic, more):
                assert part(reader.read(more)) == part(before)
                tried += 1
    assert tried > 50


def everything(reading: Reading) -> tuple[object, ...]:
    drawn = tuple((d.kind, d.id, d.certainty, d.level, d.foreseen) for d in reading.drawn)
    return (reading.format, reading.posture, drawn, reading.factors, reading.moment, reading.holding)


def advice(reading: Reading) -> tuple[object, ...]:
    return (reading.format, reading.posture)


def outcome(reading: Reading) -> tuple[object, ...]:
    """The format and the place, and what each may still be; not what follows a format, nor how far an axis goes."""
    format, posture = reading.format, reading.posture
    return format.shown, format.certainty, format.possible, format.usual, posture.shown, posture.possible


# --- what other tools are told --------------------------------------------------------------------------------------

ABOUT_QUESTIONS = {"sans_effet", "sans_effet_format_posture", "prochaine_question", "a_demander", "a_murir",
                   "repose_sur", "sans_objet", "reponses_ignorees"}  # fmt: skip
"""What speaks of questions or of changes, and not of the situation."""
HOW_PROVEN = {"regles_declenchees", "certaines_par_cas"}
"""Both say together which rules hold; an answer may have one fire that held by cases, and change nothing else."""


def check_contract(number: int, seed: int) -> None:
    """``sans_effet`` is every question of which no coherent answer changes the object: all of them, and no other.

    But those that only matter along with others: nothing is told of one answer, and some complete dossiers that differ
    by it alone end apart.
    """
    reader, chance = shipped_reader(), random.Random(seed)
    logic = reader.base.logic
    for _ in range(number):
        answers = random_dossier(logic, chance, share=chance.random())
        before, situation = told(reader, answers), _situation(reader, answers)
        assert situation == _without_questions(before)
        for id, question in logic.questions.items():
            if id in answers or id in before["sans_objet"]:
                continue
            same = same_advice = True
            for value in values(question):
                more = {**answers, id: value}
                if same_advice and is_coherent(logic, more):
                    after = _situation(reader, more)
                    same = same and after == situation
                    same_advice = all(after[key] == before[key] for key in ("format", "posture"))
            idle, idle_advice = id in before["sans_effet"], id in before["sans_effet_format_posture"]
            assert idle <= same, id
            assert idle_advice <= same_advice, id
            assert idle == same or matters_with_others(reader, answers, id, everything), id
            assert idle_advice == same_advice or matters_with_others(reader, answers, id, advice), id


def matters_with_others(reader: Reader, answers: Answers, id: str, part: Callable[[Reading], object]) -> bool:
    """Is there a complete dossier of which another answer to this question alone changes this part of the reading?"""
    logic, chance = reader.base.logic, random.Random(id)
    for _ in range(200):
        whole = {**random_dossier(logic, chance), **answers}
        answered = [{**whole, id: value} for value in values(logic.questions[id])]
        first, *others = [part(reader.read(each)) for each in answered if is_coherent(logic, each)] or [None]
        if any(other != first for other in others):
            return True
    return False


def _situation(reader: Reader, answers: Answers) -> dict[str, Any]:
    """What is told but for questions and changes: what could ripen, which takes a third of the time, is left out."""
    return _without_questions(reading_object(Whole(reader.base, reader.read(answers)), "x"))


def _without_questions(object: dict[str, Any]) -> dict[str, Any]:
    by_cases = [name.removeprefix("regle:") for name in object["certaines_par_cas"] if name.startswith("regle:")]
    said = {key: value for key, value in object.items() if key not in ABOUT_QUESTIONS | HOW_PROVEN}
    return said | {"holding": sorted([*object["regles_declenchees"], *by_cases])}


@pytest.mark.lent
@pytest.mark.parametrize("seed", [8])
def test_without_effect_is_told_as_the_contract_says_on_4_dossiers(seed: int) -> None:
    check_contract(4, seed)


MOST_BEFORE = 5
"""Questions asked at most between the first showing of format and posture and a question wanted early."""


def asked_since_shown(full: dict[str, Value], wanted: str) -> int | None:
    """How many questions came between, answering as ``full`` does; None when the question is never asked."""
    reader, answers, since = shipped_reader(), dict[str, Value](), 0
    while (reading := reader.read(answers)).next_question is not None:
        question = reading.next_question.question
        if question == wanted:
            return since
        since += bool(reading.format.shown and reading.posture.shown)
        answers[question] = full[question]
    return None


def test_a_question_wanted_early_is_asked_soon_after_format_and_posture_are_shown() -> None:
    """A claim whose ordinary answers are our reading (A5) is not left for the end of the themes."""
    base, chance = shipped_reader().base, random.Random(31)
    early = [id for id in base.logic.questions if base.entry("question", id).texts.get("a_poser_tot") == "oui"]
    found = []
    while len(found) < 5:
        full = random_dossier(base.logic, chance, 1.0)
        found += [asked_since_shown(full, id) for id in early if id in full]
    assert all(since is not None and since <= MOST_BEFORE for since in found), found
