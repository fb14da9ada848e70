"""What comes next, told: ripenings and who can act, what the advice rests on, whom to ask, certain by no one rule."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builders import GOOD, write_folder
from conseil_dla.engine import choose
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.ripening import Change, Footing, Ripening
from conseil_dla.reading.values import Prospects
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Value
from conseil_dla.wording.outline import outline
from conseil_dla.wording.outline_sections import TO_PLAN
from conseil_dla.wording.prospects import (
    MOST_ASKED,
    WHO,
    WHOM,
    at_a_glance,
    call_sheet,
    chosen,
    footing_text,
    left_out,
    more_text,
    ripening_text,
    who_text,
    whom,
)
from conseil_dla.wording.reading_sentences import ONE_OR_OTHER, why
from shipped import random_dossier, shipped_reader, told

READER = shipped_reader()
BASE = READER.base
QUESTION = next(iter(BASE.logic.questions.values()))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def some_dossiers(number: int, seed: int) -> list[dict[str, Value]]:
    chance = random.Random(seed)
    return [random_dossier(BASE.logic, chance, share=chance.uniform(0.2, 1.0)) for _ in range(number)]


# --- what could ripen -----------------------------------------------------------------------------------------------


def test_every_ripening_told_names_its_questions_its_effect_and_who_can_act() -> None:
    kinds = set()
    for answers in some_dossiers(40, seed=1):
        prospects = READER.prospects(READER.read(answers))
        for ripening in chosen(BASE, prospects):
            text = ripening_text(BASE, ripening)
            for change in ripening.changes:
                assert BASE.title("question", change.question) in text
                assert WHO.get(change.who, "temps") in who_text(ripening)
            assert all(BASE.title(ripening.kind, id).lower()[1:] in text.lower() for id in ripening.then)
            kinds.add(ripening.kind)
        told_and_more = len(chosen(BASE, prospects)) + int(
            "".join(filter(str.isdigit, more_text(BASE, prospects))) or 0
        )
        assert told_and_more == len(prospects.ripenings)
    assert kinds == {"format", "posture", "vigilance", "prealable"}


def test_a_ripening_is_a_hypothesis_and_said_to_be() -> None:
    for answers in some_dossiers(10, seed=2):
        before = dict(answers)
        reading = READER.read(answers)
        sections = {s.key: s for s in outline(Whole(BASE, reading, prospects=READER.prospects(reading)))}
        assert answers == before
        assert ("ripening" in sections) == bool(chosen(BASE, READER.prospects(reading)))
        if "ripening" in sections:
            assert "hypothèses" in sections["ripening"].lines[0].text
            assert "rien n’est écrit dans le dossier" in sections["ripening"].lines[0].text


def test_a_box_that_comes_and_a_box_that_goes_are_said_so() -> None:
    question = next(q for q in BASE.logic.questions.values() if q.type == "plusieurs")
    option = question.answers[0]
    words = [
        ripening_text(BASE, Ripening((Change(question.id, frozenset(), (option,), "dla", ticked=on),), "format",
                                     (min(BASE.logic.formats),)))
        for on in (True, False)
    ]  # fmt: skip
    assert "s’ajoutait aux réponses" in words[0]
    assert "ne figurait plus parmi les réponses" in words[1]


# --- what the advice rests on ---------------------------------------------------------------------------------------


def test_advice_that_rests_on_the_authority_alone_says_so_first() -> None:
    one, two = list(BASE.logic.questions)[:2]
    footings = (Footing("format", (one, two)), Footing("format", (two,), funder=True))
    assert at_a_glance(BASE, Prospects((), footings)) == ("Le format ne tient qu’à ce que la collectivité indique.",)
    assert "Vérifiez-le auprès des structures" in footing_text(BASE, footings[1])
    assert plain(footing_text(BASE, footings[0])).startswith("Ce format repose surtout sur deux de vos réponses :")
    assert plain(footing_text(BASE, Footing("format", (one,)))).startswith(
        "Ce format repose surtout sur une seule de vos réponses :"
    )


def test_what_rests_on_little_is_told_beside_the_advice() -> None:
    seen = 0
    for answers in some_dossiers(30, seed=3):
        reading = READER.read(answers)
        prospects = READER.prospects(reading)
        text = " ".join(line.text for s in outline(Whole(BASE, reading, prospects=prospects)) for line in s.lines)
        for kind in ("format", "posture"):
            rests = [f for f in prospects.footings if f.kind == kind]
            seen += bool(rests)
            assert any(footing_text(BASE, f) in text for f in rests) == bool(rests)
    assert seen


# --- whom to ask ----------------------------------------------------------------------------------------------------


def test_the_call_sheet_groups_by_whom_to_ask_in_order_of_use() -> None:
    for answers in some_dossiers(20, seed=4):
        reading = READER.read(answers)
        groups = list(call_sheet(BASE, reading))
        asked = [a for _, group in groups for a in group]
        assert sorted(a.question for a in asked) == sorted(a.question for a in reading.to_ask[:MOST_ASKED])
        assert len(asked) + left_out(reading) == len(reading.to_ask)
        order = [a.question for a in reading.to_ask]
        for title, group in groups:
            assert {WHOM[whom(BASE, a.question)] for a in group} == {title}
            assert [order.index(a.question) for a in group] == sorted(order.index(a.question) for a in group)
        assert not {a.question for a in asked} & (set(answers) | set(reading.without_effect))


def test_the_json_tells_them_in_the_words_of_the_files() -> None:
    for answers in some_dossiers(10, seed=5):
        said: dict[str, Any] = told(READER, answers)
        for ripening in said["a_murir"]:
            assert 1 <= len(ripening["changements"]) <= 3
            for change in ripening["changements"]:
                question = BASE.logic.questions[change["question"]]
                assert change["question"] in answers
                assert change["qui"] == question.modifiable != "non"
                assert (change["coche"] is None) == (question.type != "plusieurs")
        assert all(set(f["questions"]) <= set(answers) for f in said["repose_sur"])
        assert all(a["a_qui"] in WHOM for a in said["a_demander"])


# --- certain by no rule alone ----------------------------------------------------------------------------------------

BOTH_WAYS = """\
- regle: une_commande_presente
  titre: Avec commande
  quand:
    commande: oui
  alors:
    - vigilance: {vigilance}
      niveau: avant
  parce_que: Une commande se relit avec elles.
  source: [A1]

- regle: une_commande_absente
  titre: Sans commande
  quand:
    commande: non
  alors:
    - vigilance: {vigilance}
      niveau: avant
  parce_que: Sans commande, tout reste à écrire.
  source: [A1]
"""


@pytest.mark.parametrize("durable", [False, True])
def test_what_is_certain_though_no_rule_is_proven_says_that_one_or_the_other_will_be(
    tmp_path: Path, durable: bool
) -> None:
    plain_base = load(write_folder(tmp_path / "avant", GOOD)).base
    assert plain_base is not None
    vigilance = next(iter(plain_base.logic.ids("vigilance")))
    files = {**GOOD, "rules/deux.yaml": BOTH_WAYS.format(vigilance=vigilance)}
    base = load(write_folder(tmp_path / "apres", files)).base
    assert base is not None
    reader = Reader(base, choose(base.logic, durable=durable))
    reading = reader.read({})
    drawn = next(d for d in reading.drawn if d.id == vigilance)
    assert drawn.certainty == "certaine"
    assert not {"une_commande_presente", "une_commande_absente"} & reading.fired
    text = why(base, reading, reader.explain(reading, "vigilance", vigilance))
    assert ONE_OR_OTHER in text
    reading = reader.read({"commande": "oui"})
    text = why(base, reading, reader.explain(reading, "vigilance", vigilance))
    assert ONE_OR_OTHER not in text


BOTH_ARGUE = BOTH_WAYS.replace(
    "vigilance: {vigilance}\n      niveau: avant", "pour: {format}\n      force: decisive\n      motif: {motif}"
)


def test_a_format_ahead_by_one_reason_or_another_is_never_said_to_be_level(tmp_path: Path) -> None:
    plain_base = load(write_folder(tmp_path / "avant", GOOD)).base
    assert plain_base is not None
    motif = min(id for kind, id in plain_base.texts if kind == "motif")
    seen = 0
    for format in plain_base.logic.formats:
        files = {**GOOD, "rules/deux.yaml": BOTH_ARGUE.format(format=format, motif=motif)}
        base = load(write_folder(tmp_path / format, files)).base
        assert base is not None
        reader = Reader(base, choose(base.logic))
        reading = reader.read({})
        if reading.format.retained:
            seen += 1
            text = " ".join(why(base, reading, reader.explain(reading, "format", format)))
            assert "égalité" not in text
            assert "pour une raison ou pour une autre" in text
    assert seen


def test_the_order_told_between_formats_is_never_the_reverse_of_what_is_certain() -> None:
    looked = 0
    for answers in some_dossiers(60, seed=6):
        reading = READER.read(answers)
        for id in BASE.logic.formats:
            comparison = READER.explain(reading, "format", id).comparison
            if comparison is None:
                continue
            looked += comparison.whatever
            if id not in reading.format.possible:
                assert comparison.behind == id
            if comparison.ahead and comparison.ahead not in reading.format.possible:
                assert comparison.behind not in reading.format.possible
    assert looked


# --- nobody is invited to go backwards --------------------------------------------------------------------------------


def test_what_is_told_to_ripen_only_goes_the_way_that_its_question_ripens() -> None:
    looked = 0
    for answers in some_dossiers(60, seed=7):
        for ripening in READER.prospects(READER.read(answers)).ripenings:
            for change in ripening.changes:
                ripens, now = BASE.logic.questions[change.question].ripens, answers[change.question]
                if not ripens:
                    continue
                looked += 1
                assert set(change.answers) <= set(ripens)
                if isinstance(now, frozenset):
                    assert change.ticked
                    assert now < change.value  # type: ignore[operator]
                elif now in ripens:
                    assert min(map(ripens.index, change.answers)) > ripens.index(str(now))
    assert looked > 100


def test_several_ways_through_the_same_questions_to_the_same_end_are_told_once() -> None:
    changes = [Change("a", answer, (answer,), "temps") for answer in ("x", "y")]
    twins = tuple(Ripening((change,), "format", ("f",)) for change in changes)
    base = replace(BASE, logic=replace(BASE.logic, questions={"a": replace(QUESTION, id="a", ordinary=None)}))
    assert chosen(base, Prospects(twins)) == twins[:1]


def test_what_is_drawn_without_a_definition_is_listed_by_its_title_alone(tmp_path: Path) -> None:
    """Only the title is required of a modalité: the line under it is for what somebody wrote."""
    base = load(write_folder(tmp_path)).base
    assert base is not None
    assert not base.entry("modalite", "binome").texts.get("definition")
    reader = Reader(base, choose(base.logic, durable=False))
    reading = reader.read({"envie": "clairement", "combien": 7, "sujets": frozenset({"emploi"})})
    ways = next(section for section in outline(Whole(base, reading)) if section.key == "ways")
    assert [line.text for line in ways.lines] == [TO_PLAN, "Travailler à deux"]


def test_an_axis_that_nothing_moves_names_what_was_answered_of_it_and_of_no_other(tmp_path: Path) -> None:
    base = load(write_folder(tmp_path)).base
    assert base is not None
    reader = Reader(base, choose(base.logic))
    reading = reader.read({"envie": "a_demi_mot", "combien": 12})
    told = why(base, reading, reader.explain(reading, "posture", "veilleur"))
    project, power = (next(text for text in told if text.startswith(base.title("axe", id))) for id in base.logic.axes)
    assert "les réponses ne penchent d’aucun côté (une envie commune, « À demi-mot »)" in plain(project)
    assert "rien n’est encore établi de ce côté" in power


@pytest.mark.parametrize(
    ("action", "listed", "first"),
    [
        ("", "La solution vient-elle avant la question ?", "D’abord : un point à régler, « La solution vient-elle"),
        ("Nommer l’effet recherché", "Nommer l’effet recherché", "D’abord : nommer l’effet recherché · ensuite"),
    ],
)
def test_what_is_to_be_settled_is_said_as_something_to_do(tmp_path: Path, action: str, listed: str, first: str) -> None:
    """A title that is a question is no task: where the knowledge gives none, it is quoted as the point that it is."""
    path, rules, sign = "knowledge/vigilance.yaml", "rules/groupe.yaml", "  signes: Une solution"
    told = GOOD[path].replace(sign, f"  action: {action}\n{sign}" if action else sign)
    sooner = GOOD[rules].replace("niveau: pendant", "niveau: avant").replace("    - prealable: une_date\n", "")
    base = load(write_folder(tmp_path, {**GOOD, path: told, rules: sooner})).base
    assert base is not None
    reader = Reader(base, choose(base.logic, durable=False))
    given: dict[str, Value] = {"envie": "clairement", "combien": 12, "sujets": frozenset({"emploi"}), "commande": "oui"}
    reading = reader.read(given)
    assert [one.id for one in reading.to_settle] == ["commande_trop_tot"]
    sections = {section.key: [plain(line.text) for line in section.lines] for section in outline(Whole(base, reading))}
    assert listed in sections["before"]
    assert any(text.startswith(first) for text in sections["advised"]), sections["advised"]
