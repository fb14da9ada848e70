"""The questionnaire in plain lines, as it is typed or read from a file: the screens' order, the screens' saving."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cli.test_commands import ENGLISH, program, without_names
from conseil_dla.cli.commands import interview as command
from conseil_dla.cli.main import run
from conseil_dla.dossiers import store, territory
from conseil_dla.dossiers.writer import SaveOutcome, Writer
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.interview import questionnaire as interview
from conseil_dla.panes import shelf
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.model import AllOf, Answers, Dossier, Is, Opinion, Value
from conseil_dla.rules.tables import Structure
from conseil_dla.rules.truth import incoherences
from conseil_dla.wording.changes import QUIET, change_lines
from conseil_dla.wording.crash_text import UNFORESEEN
from conseil_dla.wording.glance import glance
from conseil_dla.wording.interview_text import said_line
from conseil_dla.wording.json_text import reading_object
from conseil_dla.wording.typed_entries import COMMANDS
from screens.driving import begin, choose, running
from shipped import ROOT, put_on_disk, random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
LOGIC = BASE.logic
NBSP = "\u00a0"
Talk = Callable[..., tuple[int, str, str]]
FREE = next(q for q in LOGIC.questions.values() if q.type == "choix" and not q.asked_if)


@pytest.fixture(autouse=True)
def dossiers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dossiers"
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(folder))
    return folder


@pytest.fixture
def talk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Lines given as a file would give them; the rules are opened once for all tests."""
    monkeypatch.setattr(command, "open_reader", lambda rules, **_: READER)

    def talk(*lines: str, on: Path | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = run(["entretien", *([str(on)] if on else [])])
        out, err = capsys.readouterr()
        return code, out, err

    return talk


def new(folder: Path, **values: object) -> Path:
    path = store.create(folder, "Un projet")
    put_on_disk(replace(store.load(path, BASE), **values))  # type: ignore[arg-type]
    return path


def loaded(path: Path) -> Dossier:
    return store.load(path, BASE)


def only_file(folder: Path) -> Path:
    (path,) = folder.glob("*.yaml")
    return path


def next_of(answers: Answers, put_off: frozenset[str]) -> str | None:
    asked = READER.read(answers, put_off).next_question
    return asked.question if asked else None


def asked_in(out: str) -> list[str]:
    """The questions asked in a conversation, in order: each begins with an empty line, its theme and its title."""
    by_heading = {}
    for id in LOGIC.questions:
        entry = BASE.entry("question", id)
        title = entry.title[:1].lower() + entry.title[1:]
        by_heading[f"{entry.texts['theme']}{NBSP}: {title}.".lower()] = id
    blocks = [line.lower() for line in out.splitlines()]
    return [by_heading[line] for line in blocks if line in by_heading]


def english_in(text: str) -> set[str]:
    return {word.lower() for word in ENGLISH.findall(without_names(text))} - {"usage"}


def entry_for(question: str, value: Value) -> str:
    answers = LOGIC.questions[question].answers
    if isinstance(value, int):
        return str(value)
    if isinstance(value, frozenset):
        return " ".join(str(answers.index(id) + 1) for id in sorted(value)) or "aucune"
    return str(answers.index(value) + 1)


def scripted(seed: int, count: int) -> tuple[list[str], list[str], interview.Interview]:
    """Entries for so many questions in the machine's own order, the questions, and the state that they lead to."""
    wanted = random_dossier(LOGIC, random.Random(seed))
    state = interview.start(interview.Interview(), next_of)
    entries, order = [], []
    for n in range(count):
        question = state.current
        assert question is not None
        order.append(question)
        if n % 5 == 3 or question not in wanted:
            entries.append("0")
            state = interview.decline(state, question)
        else:
            entries.append(entry_for(question, wanted[question]))
            state = interview.answer(state, question, wanted[question])
        state = interview.advance(state, next_of)
    return entries, [*order, state.current or ""], state


@pytest.mark.parametrize("seed", range(4))
def test_questions_come_in_the_order_of_the_machine(talk: Talk, tmp_path: Path, seed: int) -> None:
    entries, order, state = scripted(seed, 14)
    path = new(tmp_path)
    code, out, err = talk(*entries, on=path)
    assert code == 0, err
    assert asked_in(out) == order
    assert (loaded(path).answers, loaded(path).declined) == (state.answers, state.declined)


def test_eight_answers_then_the_end_then_more_read_as_the_same_answers(
    talk: Talk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries, _, state = scripted(7, 12)
    path = new(tmp_path)
    code, _, err = talk(*entries[:8], on=path)
    assert code == 0
    assert f"réponses, enregistrées dans {path}" in err
    assert f"{len(loaded(path).answers)} réponses" in err
    code, out, _ = talk(*entries[8:], "fin", "jamais lu", on=path)
    assert code == 0
    assert "jamais lu" not in out
    assert run(["diagnostiquer", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    found |= {"experience_proche": None, "experience_du_reseau": None}
    reading = READER.read(state.answers, state.declined)
    assert found == json.loads(
        json.dumps(reading_object(Whole(BASE, reading, prospects=READER.prospects(reading)), str(path)))
    )


async def test_the_file_is_the_one_that_the_screens_write(talk: Talk, dossiers: Path, tmp_path: Path) -> None:
    shared = {id: q.answers[0] for id, q in LOGIC.questions.items() if q.in_profile and q.type == "choix"}
    given: list[str] = []
    async with running() as driver:
        shelf.write_profile(shipped_reader().base, dict(list(shared.items())[:1]))
        await begin(driver, "Trois compagnies")
        for n in range(5):
            question = LOGIC.questions[driver.question.state.current or ""]
            if question.type not in ("choix", "oui_non"):
                break
            row = "?" if n == 2 else question.answers[-1]
            await choose(driver, row)
            await driver.press("enter")
            given.append("0" if n == 2 else str(len(question.answers)))
        await driver.press("f8")
    screens = only_file(dossiers)
    expected = screens.read_bytes()
    screens.unlink()
    code, _, err = talk("Trois compagnies", "", "", *given)
    assert code == 0
    assert len(given) > 3
    assert "Profil du territoire" in err
    assert only_file(dossiers).read_bytes() == expected


def test_a_new_dossier_keeps_its_texts_and_takes_a_title_where_none_is_given(talk: Talk, dossiers: Path) -> None:
    code, out, err = talk("", "un poste à plusieurs", "")
    dossier = loaded(only_file(dossiers))
    assert code == 0
    assert dossier.title.startswith("Projet du ")
    assert (dossier.demand, dossier.heard) == ("un poste à plusieurs", "")
    assert str(only_file(dossiers)) in err
    assert f"La demande{NBSP}: un poste à plusieurs\n" in out


def test_a_pasted_text_keeps_its_joiners_and_says_what_was_taken_out(talk: Talk, dossiers: Path) -> None:
    _, _, err = talk("Le potager 👩‍🌾", "mot\ufffe coupé", "", "note می‌خواهم\uffff", "fin")
    dossier = loaded(only_file(dossiers))
    assert dossier.title == "Le potager 👩‍🌾"
    assert dossier.demand == "mot coupé"
    assert set(dossier.notes.values()) == {"می‌خواهم"}
    assert "(U+FFFE)" in err
    assert "(U+FFFF)" in err


def test_words_of_command_are_no_title_and_no_text(talk: Talk, dossiers: Path) -> None:
    code, out, err = talk("aide", "lecture", "Aide aux aidants", "Aide", "leur demande", "suite", "fin")
    assert code == 2, "« lecture » was refused"
    assert out.count("Ici, écrivez votre texte") == 2
    assert "ne sert que devant une question" in err
    dossier = loaded(only_file(dossiers))
    assert (dossier.title, dossier.demand, dossier.heard) == ("Aide aux aidants", "leur demande", "")
    assert talk("fin")[0] == 0
    assert talk("Deux", "fin")[0] == 0
    assert {one.title for one in store.listing(dossiers)} == {"Aide aux aidants", "Deux"}


def test_an_input_that_ends_before_the_title_creates_nothing(talk: Talk, dossiers: Path) -> None:
    code, _, err = talk()
    assert code == 0
    assert "Aucun dossier" in err
    assert not dossiers.exists()


def test_a_profile_that_cannot_be_read_is_told_and_left_alone(talk: Talk, dossiers: Path) -> None:
    where = territory.path()
    where.parent.mkdir(parents=True)
    where.write_text("reponses: [", encoding="utf-8")
    code, _, err = talk("Un", "", "")
    assert code == 0
    assert str(where) in err
    assert where.read_text(encoding="utf-8") == "reponses: ["
    assert loaded(only_file(dossiers)).answers == {}


def clashing() -> tuple[Is, Is]:
    pairs = (
        rule.never.parts
        for rule in LOGIC.incoherences
        if isinstance(rule.never, AllOf) and all(isinstance(part, Is) for part in rule.never.parts)
    )
    always = (parts for parts in pairs if not any(LOGIC.questions[p.question].asked_if for p in parts))  # type: ignore[union-attr]
    one, other = next(parts for parts in always if len(parts) == 2)
    assert isinstance(one, Is)
    assert isinstance(other, Is)
    return one, other


def test_an_answer_that_cannot_go_with_another_is_refused_and_both_are_named(talk: Talk, tmp_path: Path) -> None:
    one, other = clashing()
    path = new(tmp_path)
    code, _, err = talk(f"{one.question}: {min(one.answers)}", f"{other.question}: {min(other.answers)}", on=path)
    assert code == 2
    assert f"ligne 2{NBSP}: Cette réponse n’a pas été gardée." in err
    flat = " ".join(err.split("\n"))
    for part in (one, other):
        entry = BASE.entry("question", part.question)
        assert entry.title in flat
        assert entry.labels[min(part.answers)][1:] in flat
    assert loaded(path).answers == {one.question: min(one.answers)}
    assert not incoherences(LOGIC, loaded(path).answers)


def test_what_cannot_be_used_is_told_with_its_line_and_the_rest_is_taken(talk: Talk, tmp_path: Path) -> None:
    path = new(tmp_path)
    wrong = ("# un commentaire", "", "lectur", "99", "jamais_vue: oui", "aller zzzz", "retour", "annuler", "note")
    code, out, err = talk(*wrong, f"{FREE.id}: {FREE.answers[0]}", "fin maintenant", on=path)
    assert code == 2
    assert re.findall(r"^ligne (\d+)", err, re.M) == ["3", "4", "5", "6", "7", "8", "9", "11"]
    assert f"«{NBSP}lecture{NBSP}»" in err
    assert "commentaire" not in out
    assert loaded(path).answers == {FREE.id: FREE.answers[0]}


def test_each_entry_is_written_after_its_prompt(talk: Talk, tmp_path: Path) -> None:
    _, out, _ = talk("1", "aide", "fin", on=new(tmp_path))
    prompts = [line for line in out.splitlines() if line.startswith("Votre réponse")]
    assert prompts == [f"Votre réponse{NBSP}: {entry}" for entry in ("1", "aide", "fin")]


def test_what_is_shown_now_is_said_when_it_changed_and_only_then(talk: Talk, tmp_path: Path) -> None:
    entries, _, _ = scripted(2, 14)
    path = new(tmp_path)
    changes = done = 0
    was = READER.read({})
    for entry in entries:
        _, out, _ = talk(entry, on=path)
        after = ("\n" + out.split(f"Votre réponse{NBSP}: {entry}\n")[1]).split("\n\n")[0].replace("\n", " ")
        dossier = loaded(path)
        reading = READER.read(dossier.answers, dossier.declined)
        look, now = glance(BASE, was), glance(BASE, reading)
        moved = [a for a, b in ((f"{now.headline}.", f"{look.headline}."), (now.posture, look.posture)) if a != b]
        moved += [line for line in change_lines(BASE, was, reading) if line not in QUIET]
        after, over, _ = after.partition("L’essentiel est ")
        done += bool(over)
        assert after.strip() == " ".join(moved)
        changes += bool(moved)
        was = reading
    assert 0 < changes < len(entries)
    assert done == 1, "said once, when it has just been done"


def test_back_undo_note_and_go_move_as_on_the_screens(talk: Talk, tmp_path: Path) -> None:
    path = new(tmp_path)
    first, second = (scripted(1, 2)[1])[:2]
    target = FREE.id if FREE.id not in (first, second) else next(
        q.id for q in LOGIC.questions.values() if not q.asked_if and q.id not in (first, second))  # fmt: skip
    lines = ("1", "retour", "note à revoir : oui", "annuler", "annuler", "rétablir", "RETABLIR", "rétablir", "retour")
    code, out, err = talk(*lines, f"aller {BASE.title('question', target)}", "suite", on=path)
    assert code == 2, "nothing is left to give again the third time"
    asked = asked_in(out)
    assert asked[0] == asked[2] == asked[3] == asked[4] == first
    assert f"Note sur «\u00a0{BASE.title('question', first)}\u00a0» annulée." in out
    assert f"Réponse à «\u00a0{BASE.title('question', first)}\u00a0» annulée." in out
    assert f"Réponse à «\u00a0{BASE.title('question', first)}\u00a0» rétablie" in out
    assert "rien n’a été annulé".lower() in err.lower()
    assert asked[-2] == target
    one = LOGIC.questions[first].answers[0]
    assert dict(loaded(path).answers) == {
        first: one if LOGIC.questions[first].type != "plusieurs" else frozenset([one])
    }
    assert dict(loaded(path).notes) == {first: "à revoir : oui"}
    talk(f"aller {BASE.title('question', first)}", "note effacer", on=path)
    assert dict(loaded(path).notes) == {}


def test_a_note_says_its_question_and_follows_an_answer_given_by_name(talk: Talk, dossiers: Path) -> None:
    path = store.create(dossiers, "Des notes")
    named, other = [q.id for q in LOGIC.questions.values() if q.type == "choix" and not q.asked_if][-2:]
    to_other = f"aller {BASE.title('question', other)}"
    lines = (f"{named}: {LOGIC.questions[named].answers[0]}", "note vu par téléphone", to_other, "note pour plus tard",
             f"{named}: inconnu", "lectur", "note encore", "fin")  # fmt: skip
    _, out, _ = talk(*lines, on=path)
    up_next = next(id for id, note in store.load(path, BASE).notes.items() if note == "encore")
    assert store.load(path, BASE).notes == {named: "vu par téléphone", other: "pour plus tard", up_next: "encore"}
    assert said_line(BASE, named, LOGIC.questions[named].answers[0]) in out, "what was not asked is said back"
    assert said_line(BASE, named, None) in out
    for id in (named, other, up_next):
        assert f"Note gardée sur «{NBSP}{BASE.title('question', id)}{NBSP}»{NBSP}:" in out


def test_what_is_changed_elsewhere_is_in_the_conversation_and_in_its_trace(
    talk: Talk, dossiers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.create(dossiers, "À deux")
    here, there = [q for q in LOGIC.questions.values() if q.type == "choix" and not q.asked_if][:2]
    save = Writer.save

    def changed_first(writer: Writer, dossier: Dossier) -> SaveOutcome:
        monkeypatch.setattr(Writer, "save", save)
        file = store.load(path, BASE)
        put_on_disk(replace(file, answers={**file.answers, there.id: there.answers[0]}))
        return save(writer, dossier)

    monkeypatch.setattr(Writer, "save", changed_first)
    _, _, err = talk(f"{here.id}: {here.answers[0]}", "annuler", "rétablir", "fin", on=path)
    assert BASE.title("question", there.id) in err
    found = store.load(path, BASE)
    assert found.answers == {here.id: here.answers[0], there.id: there.answers[0]}
    assert found.journal[-1].answers == known_answers(LOGIC, found)


def test_passing_over_keeps_a_question_unanswered_and_it_comes_back_at_the_end(talk: Talk, tmp_path: Path) -> None:
    answers = random_dossier(LOGIC, random.Random(5))
    left = set(READER.read(answers).open_questions)
    kept = dict(answers)
    for id in [id for id in answers if not LOGIC.questions[id].asked_if][:2]:
        del kept[id]
    left = set(READER.read(kept).open_questions)
    path = new(tmp_path, answers=kept)
    _, out, _ = talk(*["suite"] * (2 * len(left) + 1), on=path)
    asked = asked_in(out)
    assert set(asked[: len(left)]) == left
    assert asked[len(left) :] == asked[: len(left)]
    assert "Plus rien à demander" in out
    assert loaded(path).answers == kept


def test_what_the_table_counts_is_not_asked_and_what_is_written_beside_stays(talk: Talk, tmp_path: Path) -> None:
    opinion = Opinion(format=next(iter(LOGIC.formats)), why="mon idée")
    structures = tuple(Structure(name, {}) for name in ("Le Cri", "La Malle", "Zou"))
    path = new(tmp_path, structures=structures, opinion=opinion)
    path.write_text(path.read_text("utf-8") + "# à garder\n", encoding="utf-8")
    counted = known_answers(LOGIC, loaded(path))
    assert counted
    _, out, _ = talk(*["suite"] * len(LOGIC.questions), on=path)
    assert not set(asked_in(out)) & set(counted)
    assert f"{BASE.title('question', next(iter(counted)))}{NBSP}: 3{NBSP}structures, tableau." in talk(
        "questions", on=path)[1]  # fmt: skip
    talk(f"{FREE.id}: {FREE.answers[0]}", on=path)
    dossier = loaded(path)
    assert (dossier.answers, dossier.structures, dossier.opinion) == ({FREE.id: FREE.answers[0]}, structures, opinion)
    assert "# à garder" in path.read_text("utf-8")


def test_a_conversation_that_answers_nothing_leaves_the_file_as_it_was(talk: Talk, tmp_path: Path) -> None:
    path = new(tmp_path, answers={FREE.id: FREE.answers[0]})
    before = path.read_bytes()
    talk("aide", "questions", "lecture", "pourquoi", "suite", "retour", "fin", on=path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("folder", store.SHIPPED)
def test_what_is_shipped_with_the_rules_is_never_written(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """On a copy, so that a failure spoils nothing."""
    shutil.copytree(ROOT / "knowledge" / folder, tmp_path / "knowledge" / folder)
    reader = Reader(replace(BASE, origin=str(tmp_path)), READER._engine)
    monkeypatch.setattr(command, "open_reader", lambda rules, **_: reader)
    path = next((tmp_path / "knowledge" / folder).glob("*.yaml"))
    before = path.read_bytes()
    code, out, err = talk("1", on=path)
    assert (code, out) == (2, "")
    assert "livré avec les règles" in err
    assert path.read_bytes() == before
    link = tmp_path / "lien.yaml"
    link.symlink_to(path)
    assert talk("1", on=link)[0] == 2
    assert path.read_bytes() == before


def test_a_missing_or_broken_dossier_is_told(talk: Talk, tmp_path: Path) -> None:
    broken = tmp_path / "mauvais.yaml"
    broken.write_text("titre: x\nreponses:\n  jamais_vue: oui\n", encoding="utf-8")
    for path, why in (
        (tmp_path / "absent.yaml", "introuvable"),
        (broken, "jamais_vue"),
        (tmp_path, "dossier du disque"),
    ):
        code, out, err = talk("1", on=path)
        assert (code, out) == (2, "")
        assert why in err
        assert english_in(err) == set()


class Interrupted(io.StringIO):
    """A keyboard where Ctrl+C comes after what is typed."""

    def readline(self, size: int | None = -1, /) -> str:
        if line := super().readline():
            return line
        raise KeyboardInterrupt


def test_ctrl_c_loses_nothing(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = new(tmp_path)
    monkeypatch.setattr(sys, "stdin", Interrupted(f"{FREE.id}: {FREE.answers[0]}\n"))
    assert run(["entretien", str(path)]) == 130
    assert loaded(path).answers == {FREE.id: FREE.answers[0]}
    assert "rien de ce qui était enregistré" in capsys.readouterr().err


def test_a_disk_that_refuses_is_told_once_and_the_next_answer_tries_again(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, refusals = new(tmp_path), [True, True]
    save = Writer.save

    def full(self: Writer, dossier: Dossier) -> SaveOutcome:
        if refusals and refusals.pop():
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(self, dossier)

    entries, _, state = scripted(1, 3)
    monkeypatch.setattr(Writer, "save", full)
    code, _, err = talk(*entries, on=path)
    assert code == 0
    assert err.count("le disque est plein") == 1
    assert "No space" not in err
    assert loaded(path).answers == state.answers
    refusals.extend([True] * 9)
    code, _, err = talk("annuler", f"{FREE.id}: inconnu", on=path)
    assert code == 2
    assert "Les dernières réponses ne sont pas enregistrées" in err
    assert "enregistrées dans" not in err


def test_a_dossier_open_elsewhere_is_refused_and_left_alone(talk: Talk, tmp_path: Path) -> None:
    path = new(tmp_path)
    before = path.read_bytes()
    with Writer.open(path, BASE):
        code, out, err = talk(f"{FREE.id}: {FREE.answers[0]}", on=path)
    assert (code, out) == (2, "")
    assert "est ouvert dans une autre fenêtre" in err
    assert path.read_bytes() == before
    code, _, _ = talk(f"{FREE.id}: {FREE.answers[0]}", on=path)
    assert code == 0
    with Writer.open(path, BASE) as free:
        assert free.dossier.answers == {FREE.id: FREE.answers[0]}, "the conversation let it go"


def test_what_an_editor_writes_meanwhile_is_kept_and_told(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new(tmp_path)
    save = Writer.save

    def after_another(self: Writer, dossier: Dossier) -> SaveOutcome:
        monkeypatch.setattr(Writer, "save", save)
        path.write_text(path.read_text(encoding="utf-8") + "notes: écrit ailleurs\n", encoding="utf-8")
        return save(self, dossier)

    monkeypatch.setattr(Writer, "save", after_another)
    code, _, err = talk(f"{FREE.id}: {FREE.answers[0]}", on=path)
    assert code == 0
    assert "a aussi été modifié ailleurs" in err
    assert loaded(path).answers == {FREE.id: FREE.answers[0]}
    assert loaded(path).notes[""] == "écrit ailleurs"


def test_every_word_is_french_and_nothing_is_drawn(talk: Talk, tmp_path: Path) -> None:
    one, other = clashing()
    entries, _, _ = scripted(4, 9)
    lines = [*COMMANDS[:-1], *entries, f"{one.question}: {min(one.answers)}", f"{other.question}: {min(other.answers)}",
             "aller structures", "note essai", "lectur", "99", "inconnue: 1", *COMMANDS[:-1], *["suite"] * 60,
             "pourquoi", "note rien", "1", "suite \x1b[31m\x07", "fin"]  # fmt: skip
    code, out, err = talk("Un\x1b]0;titre\x07 projet", "une demande", "autre chose", *lines)
    assert code == 2
    both = out + err
    assert len(both) > 10_000
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u259f]", both)
    assert english_in(both) == set()
    prose = "\n".join(line for line in both.splitlines() if ".yaml" not in line)
    assert not re.search(r"\w [;:?!»]|« \w|\w'\w", prose), re.search(r".*(\w [;:?!»]|« \w|\w'\w).*", prose)
    named = set(re.findall(r"\b\w+_\w+\b", prose)) - {one.question, other.question}
    assert not named & set(LOGIC.questions), "an id is shown where a title should be"
    wide = [line for line in out.splitlines() if len(line) > 80 + len("Votre réponse : ")]
    assert [line for line in wide if not re.fullmatch(r" *https?://\S+", line)] == [], "but an address, never cut"


def test_the_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    run(["entretien", "-h"])
    help = capsys.readouterr().out
    assert all(word in help for word in COMMANDS)


def test_a_file_with_a_mark_accents_and_a_line_in_another_encoding(tmp_path: Path) -> None:
    path = new(tmp_path)
    bytes_in = b"\xef\xbb\xbf# un commentaire\r\nnote d\xc3\xa9j\xc3\xa0 vu\r\nnote d\xe9j\xe0\r\n"
    done = subprocess.run([sys.executable, "-m", "conseil_dla", "entretien", str(path)], input=bytes_in,
                          capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"})  # fmt: skip
    assert done.returncode == 2
    assert re.findall(r"^ligne (\d+).*UTF-8", done.stderr.decode(), re.M) == ["3"]
    assert "commentaire" not in done.stdout.decode()
    assert list(loaded(path).notes.values()) == ["déjà vu"]


def test_without_any_input_or_once_nobody_listens_the_rest_is_taken(tmp_path: Path) -> None:
    path = new(tmp_path)
    done = program("entretien", str(path))
    assert (done.returncode, "Votre réponse" in done.stdout) == (0, True)
    lines = "".join(f"{FREE.id}: {answer}\\n" for answer in FREE.answers)
    shell = f"printf '{lines}' | {sys.executable} -m conseil_dla entretien {path} | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert UNFORESEEN not in done.stderr
    assert loaded(path).answers == {FREE.id: FREE.answers[-1]}


@pytest.mark.lent
def test_a_program_killed_in_the_middle_loses_nothing_but_what_was_being_typed(tmp_path: Path) -> None:
    entries, _, _ = scripted(3, 12)
    for cut in (1, 4, 9):
        path = new(tmp_path / str(cut))
        running_program = subprocess.Popen([sys.executable, "-m", "conseil_dla", "entretien", str(path)],
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                           encoding="utf-8")  # fmt: skip
        assert running_program.stdin is not None
        running_program.stdin.write("".join(f"{entry}\n" for entry in entries[:cut]))
        running_program.stdin.write(entries[cut])
        running_program.stdin.flush()
        assert running_program.stdout is not None
        expected = scripted(3, cut)[2]
        until = time.monotonic() + 60
        while (loaded(path).answers, loaded(path).declined) != (expected.answers, expected.declined):
            assert time.monotonic() < until, loaded(path)
            time.sleep(0.05)
        running_program.kill()
        running_program.wait()
        assert (loaded(path).answers, loaded(path).declined) == (expected.answers, expected.declined)
        assert [p.name for p in path.parent.iterdir() if not p.name.startswith(".")] == [path.name]
