"""A workshop on the screens: nothing is shown before the room has spoken, and nothing of one's own dossiers ever is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from stat import S_IMODE

import pytest

from conseil_dla.dossiers import store
from conseil_dla.dossiers.workshops import folder
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.panes.compass import Compass
from conseil_dla.screens.home import HomeScreen
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording import reading_sentences
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import Voted
from conseil_dla.workshop.rehearsal import Rehearsal
from conseil_dla.workshop.screens.closing import ClosingScreen
from conseil_dla.workshop.screens.intuition import IntuitionScreen, Quarters
from conseil_dla.workshop.screens.question import WorkshopQuestionScreen
from conseil_dla.workshop.screens.reading import WorkshopReadingScreen
from conseil_dla.workshop.screens.replay import ReplayScreen
from conseil_dla.workshop.screens.scenarios import ScenariosScreen, StoryScreen
from conseil_dla.workshop.screens.stage_parts import Clock
from conseil_dla.workshop.words.sentences import VARIANTS
from screens.driving import NARROW, Driver, at_odds, running
from screens.room import answer, hands, playing, raise_hands, stage, to_questions
from shipped import ROOT, shipped_reader

HALL = (160, 50)
READER = shipped_reader()
BASE = READER.base
SCENARIOS = store.load_scenarios(BASE)
PRINTED = SCENARIOS[:3]


def option(question: str, number: int) -> str:
    return BASE.logic.questions[question].answers[number]


def first_choice(driver: Driver) -> None:
    """The next question is one where a single answer is kept."""
    screen = stage(driver)
    assert isinstance(screen, WorkshopQuestionScreen)
    assert screen.question is not None
    assert BASE.logic.questions[screen.question].type == "choix"


@pytest.mark.parametrize("size", [NARROW, HALL])
async def test_a_whole_workshop_by_keys(size: tuple[int, int]) -> None:
    async with running(size, is_workshop=True) as driver:
        assert isinstance(driver.app.screen, ScenariosScreen)
        assert [scenario.title for scenario in SCENARIOS if scenario.title in driver.seen] == [
            s.title for s in SCENARIOS
        ]
        await driver.press("enter")
        assert isinstance(driver.app.screen, StoryScreen)
        assert SCENARIOS[0].demand.split()[1] in driver.seen
        await driver.press("down", "enter")
        assert isinstance(driver.app.screen, IntuitionScreen)
        for axis in BASE.logic.axes:
            ends = BASE.entry("axe", axis).texts
            assert all(word in driver.seen for end in ("negatif", "positif") for word in ends[end].split())
        await raise_hands(driver, 2, 7, 0, 3)
        assert "12 mains levées" in driver.seen
        await driver.press("enter")
        asked = [await answer(driver, 1, 6), await answer(driver, 5), await answer(driver, 5)]
        assert len(set(asked)) == 3
        state = playing(driver).state
        assert sum(state.intuition.values()) == 12
        assert next(move.kept[0] for move in state.moves if isinstance(move, Voted)) == option(asked[0], 1)
        await driver.press("f6")
        assert "Compléter avec la fiche" in driver.seen
        await driver.press("tab", "enter")
        assert len(playing(driver).variants[0].answers) > 20
        await raise_hands(driver, 0, 0, 0, 0, 6, 2)
        while isinstance(driver.app.screen, WorkshopReadingScreen):
            await driver.press("pagedown")
        assert isinstance(driver.app.screen, ClosingScreen)
        assert playing(driver).state.guesses["format"] == {
            list(BASE.logic.formats)[4]: 6,
            list(BASE.logic.formats)[5]: 2,
        }
        assert driver.seen.count("×") == 12 + 1, "a cross a hand, and the legend"
        await driver.press("f4")
        await driver.write("Le poste peut attendre")
        await driver.press("f5", "f2", "enter")
        assert "Le compte rendu est écrit" in driver.seen
        await driver.press("escape", "ctrl+r")
        assert isinstance(driver.app.screen, ReplayScreen)
        assert "pas 1 sur" in driver.seen, "from the first move"
        while isinstance(driver.app.screen, ReplayScreen):
            await driver.press("pagedown")
        assert isinstance(driver.app.screen, ClosingScreen)
    assert len(list(folder().glob("*-compte-rendu.docx"))) == 1
    (kept,) = folder().glob("*.json")
    assert "Le poste peut attendre" in kept.read_text(encoding="utf-8")


async def test_nothing_is_read_out_before_the_room_has_spoken() -> None:
    """Neither format nor place is on screen until its step is shown: not while one answers, not when one comes back."""
    async with running(HALL, is_workshop=True) as driver:
        await to_questions(driver, 1)
        for number in range(12):
            if number >= 4 and playing(driver).readings[0].format.shown:
                break
            await answer(driver, 3)
            for id in BASE.logic.formats:
                assert BASE.title("format", id) not in driver.seen
            for id in BASE.logic.postures:
                assert BASE.title("posture", id) not in driver.seen
        await driver.press("f6", "tab", "enter")
        reading = playing(driver).readings[0]
        assert "invite à proposer" not in driver.seen
        await driver.press("pagedown")
        assert "invite à proposer" in driver.seen
        assert BASE.title("format", reading.format.shown[0]).lower() in driver.seen.lower()


async def test_the_room_is_told_when_the_essential_is_done_and_not_before() -> None:
    async with running(HALL, is_workshop=True) as driver:
        await to_questions(driver, 1)
        for _ in range(12):
            await answer(driver, 3)
            reading = playing(driver).readings[0]
            assert ("L’essentiel est fait" in driver.seen) == bool(reading.format.shown and reading.posture.shown)
        assert "L’essentiel est fait" in driver.seen


async def test_every_line_of_a_step_says_why_once_it_is_shown() -> None:
    async with running(HALL, is_workshop=True) as driver:
        await to_questions(driver, 1)
        for _ in range(6):
            await answer(driver, 3)
        await driver.press("f6", "tab", "enter", "f2")
        assert "Pourquoi…" not in driver.seen, "nothing is given away before"
        await driver.press("pagedown", "f2")
        assert "Pourquoi…" in driver.seen
        shown = playing(driver).readings[0].format.shown[0]
        await driver.write(BASE.title("format", shown))
        await driver.press("enter")
        explained = READER.explain(playing(driver).readings[0], "format", shown)
        first = reading_sentences.why(BASE, playing(driver).readings[0], explained)[0]
        assert " ".join(first.split()[:4]) in " ".join(driver.seen.replace("│", " ").split())


async def test_what_an_answer_changed_is_told_once_the_reading_is_public() -> None:
    async with running(HALL, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await answer(driver, 0, 3)
        assert isinstance(driver.app.screen, WorkshopQuestionScreen)
        await driver.press("ctrl+b")
        assert "Le format, encore ouvert" in driver.seen
        await driver.press("escape", "f6", "escape", "pagedown")
        await driver.press("pageup", "pageup")
        assert isinstance(driver.app.screen, WorkshopQuestionScreen)
        await answer(driver, 3)
        assert not isinstance(driver.app.screen, WorkshopQuestionScreen), "the sentence comes by itself now"
        assert "Retenu" in driver.seen


async def test_a_divided_room_keeps_both_and_reads_them_side_by_side() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        first_choice(driver)
        await raise_hands(driver, 4, 1)
        assert "partagée" not in driver.seen
        await driver.press("b", "b", "b")
        assert "La salle est partagée" in driver.seen
        question = stage(driver).question  # type: ignore[attr-defined]
        await driver.press("f4")
        assert [v.answers[question] for v in playing(driver).variants] == [option(question, 0), option(question, 1)]
        assert "deux variantes" in driver.seen
        await answer(driver, 3)
        await raise_hands(driver, 4, 4)
        assert "partagée" not in driver.seen, "two variants at most"
        await driver.press("f6", "escape", "pagedown")
        for name in VARIANTS:
            assert f"{name}\u00a0: " in driver.seen
        await driver.press("f4", "down", "enter")
        assert [v.answers[question] for v in playing(driver).variants] == [option(question, 1)]
        assert "La 2e variante est gardée" in driver.seen


async def test_two_columns_begin_on_one_line_however_long_their_names() -> None:
    question, short, long = next(
        (question.id, labels.index(one), labels.index(other))
        for question in BASE.logic.questions.values()
        if question.type == "choix" and not question.asked_if
        for labels in [[BASE.entry("question", question.id).labels[id] for id in question.answers]]
        for one in labels for other in labels
        if len(one) < 28 and len(other) > 40
    )  # fmt: skip
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        screen = stage(driver)
        assert isinstance(screen, WorkshopQuestionScreen)
        screen._go(question)
        await driver.rest()
        await driver.press(chr(ord("a") + short), chr(ord("a") + long), "f4", "f6", "escape", "pagedown")
        asked = [line for line in driver.lines() if "Ce que l’on vous demande" in line]
        assert [line.count("Ce que l’on vous demande") for line in asked] == [2], driver.seen


async def test_et_si_changes_nothing_until_it_is_kept() -> None:
    async with running(HALL, is_workshop=True) as driver:
        await to_questions(driver, 1)
        question = await answer(driver, 3)
        await answer(driver, 3)
        before = playing(driver).variants
        await driver.press("f8")
        await driver.write(BASE.entry("question", question).texts["libelle"].replace("’", " ")[:30])
        await driver.press("enter", "enter")
        assert "Et si" in driver.seen
        assert "Jusqu’ici" in driver.seen
        await driver.press("escape")
        assert playing(driver).variants == before
        assert len(playing(driver).state.tried) == 1
        await driver.press("f8")
        await driver.write(BASE.entry("question", question).texts["libelle"].replace("’", " ")[:30])
        await driver.press("enter", "enter", "tab", "enter")
        assert playing(driver).variants[0].answers[question] != before[0].answers[question]
        await driver.press("f9")
        assert playing(driver).variants == before


async def test_an_answer_that_cannot_stand_is_refused_with_the_other_one_named() -> None:
    async with running(HALL, is_workshop=True) as driver:
        await to_questions(driver, 1)
        screen = stage(driver)
        assert isinstance(screen, WorkshopQuestionScreen)
        first, second = at_odds()
        one, two = first.question, second.question
        screen.moves.change(workshop.vote(screen.playing.state, one, {}, min(first.answers)))
        screen._go(two)
        await driver.rest()
        number = BASE.logic.questions[two].answers.index(min(second.answers))
        await driver.press(chr(ord("a") + number), "enter")
        assert "Cette réponse n’a pas été gardée" in driver.seen
        assert two not in playing(driver).variants[0].answers
        assert BASE.title("question", one) in driver.seen


async def test_the_last_answer_is_taken_back_and_given_again() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        question = await answer(driver, 0, 2)
        await driver.press("f9")
        assert playing(driver).variants[0].answers == {}
        assert "Annulé" in driver.seen
        assert stage(driver).question == question  # type: ignore[attr-defined]
        assert hands(driver)[option(question, 1)] == 0
        await driver.press("ctrl+y")
        assert question in playing(driver).variants[0].answers


async def test_a_key_pressed_twice_keeps_one_answer() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await raise_hands(driver, 3)
        driver.app.simulate_key("enter")
        driver.app.simulate_key("enter")
        driver.app.simulate_key("enter")
        await driver.rest()
        assert len(playing(driver).state.moves) == 1
        assert "1 question posée" in driver.seen


async def test_hands_raised_while_the_workshop_is_written_stay_raised() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await answer(driver, 3)
        await driver.press("f6", "escape", "e", "e")
        screen = stage(driver)
        screen.show_readings()
        screen.call_later(screen._say_written)
        await driver.rest()
        assert sorted(hands(driver).values())[-1] == 2


async def test_hands_are_raised_and_lowered_by_mouse_and_keys() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await driver.click(SCENARIOS[1].title)
        await driver.click("Un atelier d’une heure et demie")
        await driver.click("AIGUILLEUR")
        await driver.click("EN EMPATHIE")
        await driver.press("D", "backspace", "b", "d", "delete", "-")
        raised = driver.app.screen.query_one(Quarters).hands
        assert sorted(raised.values()) == [0, 0, 1, 1]
        await driver.press("enter")
        first_choice(driver)
        question = stage(driver).question  # type: ignore[attr-defined]
        words = BASE.entry("question", question).labels[option(question, 2)][:20]
        await driver.click(words)
        await driver.click(words)
        await driver.press("A", "up", "right", "right", "left")
        assert hands(driver)[option(question, 2)] == 2
        assert sorted(hands(driver).values())[-2:] == [1, 2]
        y = next(n for n, line in enumerate(driver.lines()) if words in line)
        await driver.pilot.click(offset=(12, y), button=3)
        await driver.rest()
        assert hands(driver)[option(question, 2)] == 1


async def test_several_answers_follow_the_hands_until_they_are_corrected() -> None:
    several = next(q for q in BASE.logic.questions.values() if q.type == "plusieurs" and not q.asked_if)
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        screen = stage(driver)
        assert isinstance(screen, WorkshopQuestionScreen)
        screen._go(several.id)
        await driver.rest()
        await driver.press("enter")
        assert "Aucune main levée" in " ".join(driver.seen.split())
        assert not playing(driver).state.moves
        await raise_hands(driver, 4, 2, 1)
        await driver.press("enter")
        assert playing(driver).variants[0].answers[several.id] == frozenset(several.answers[:2])
        screen._go(several.id)
        await driver.rest()
        await driver.press("home", *["up"] * 9, "space", "enter")
        assert playing(driver).variants[0].answers[several.id] == frozenset(several.answers[1:2])
        screen._go(several.id)
        await driver.rest()
        await driver.press(*["down"] * 9, "up", *["right"] * 5, "enter")
        assert playing(driver).variants[0].answers[several.id] == frozenset(), "none is an option of its own"


async def test_a_number_is_said_and_takes_no_hands_of_the_question_before() -> None:
    number = next(q for q in BASE.logic.questions.values() if q.type == "nombre" and not q.asked_if)
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await raise_hands(driver, 3, 2)
        screen = stage(driver)
        assert isinstance(screen, WorkshopQuestionScreen)
        screen._go(number.id)
        await driver.rest()
        assert "mains levées" not in driver.seen
        await driver.press("up", "enter")
        assert not playing(driver).state.moves, "no number comes of arrows alone"
        await driver.press("5", "enter")
        (move,) = playing(driver).state.moves
        assert isinstance(move, Voted)
        assert (move.question, dict(move.hands)) == (number.id, {})
        assert isinstance(move.kept[0], int)


async def test_the_clock_counts_each_moment_down_and_can_be_held() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        clock = driver.app.screen.query_one(Clock)
        plan = next(plan for plan in BASE.plans if plan.minutes == 60)
        minutes = sum(step.minutes for step in plan.steps if step.moment == "questions")
        assert 60 * minutes / 8 - 5 < clock.countdown.left <= 60 * minutes / 8
        await driver.press("f7")
        assert "(arrêté)" in driver.seen
        held = clock.countdown.left
        await driver.pilot.pause(0.05)
        assert clock.countdown.left == held
        clock.countdown._left = -80
        clock.refresh(layout=True)
        await driver.rest()
        assert "dépassé de 1:20" in driver.seen


# --- nothing lost, nothing shown ------------------------------------------------------------------------------------


async def test_a_workshop_left_in_the_middle_is_resumed_where_it_was() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 3, 2)
        question = await answer(driver, 0, 5)
        state = playing(driver).state
    async with running(NARROW, is_workshop=True) as driver:
        assert "Reprendre" in driver.seen
        await driver.press("enter")
        assert isinstance(driver.app.screen, WorkshopQuestionScreen)
        again = playing(driver).state
        assert (again.moves, again.intuition) == (state.moves, state.intuition)
        assert question in playing(driver).variants[0].answers
        assert playing(driver).plan is not None
    assert len(list(folder().glob("*.json"))) == 1


async def test_a_workshop_resumed_in_two_windows_goes_on_in_two_files() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await answer(driver, 2)
        (path,) = folder().glob("*.json")
        elsewhere = path.read_text(encoding="utf-8").replace('"intuition"', '"intuition" ')
        path.write_text(elsewhere, encoding="utf-8")
        await answer(driver, 2)
        assert "enregistré à part" in driver.seen
        assert len(playing(driver).state.moves) == 2
    assert path.read_text(encoding="utf-8") == elsewhere
    (other,) = set(folder().glob("*.json")) - {path}
    assert len(json.loads(other.read_text(encoding="utf-8"))["atelier"]["deroule"]) == 2


@pytest.mark.parametrize("spoil", ["{", "[]", '{"version": 9}', "", "deroule"])
async def test_a_file_spoiled_by_hand_is_left_alone_and_said(spoil: str) -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await answer(driver, 2)
    (path,) = folder().glob("*.json")
    if spoil == "deroule":
        data = json.loads(path.read_text(encoding="utf-8"))
        data["atelier"]["deroule"][0]["retenu"] = ["autre_chose"]
        spoil = json.dumps(data)
    path.write_text(spoil, encoding="utf-8")
    async with running(NARROW, is_workshop=True) as driver:
        if "Reprendre" in driver.seen:
            await driver.press("enter")
            assert "ne peut pas être repris" in driver.seen
            await driver.press("escape")
        assert isinstance(driver.app.screen, ScenariosScreen)
    assert path.read_text(encoding="utf-8") == spoil


async def test_a_disk_that_refuses_is_told_and_the_workshop_goes_on(dossiers: Path) -> None:
    dossiers.mkdir(parents=True)
    (dossiers / "ateliers").write_text("in the way", encoding="utf-8")
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 2)
        assert "PAS ENREGISTRÉ" in driver.seen
        (dossiers / "ateliers").unlink()
        await answer(driver, 3)
        assert "enregistré" in driver.seen
        assert "PAS" not in driver.seen
    assert len(list(folder().glob("*.json"))) == 1


MARKS = ("TITREZ", "DEMANDEZ", "ENTENDUZ", "NOTEZ", "STRUCTUREZ")


def own_dossier(where: Path) -> None:
    where.mkdir(parents=True, exist_ok=True)
    question = next(iter(BASE.logic.questions))
    text = (f"version: 1\ntitre: TITREZ\ndemande_dans_leurs_mots: DEMANDEZ\nce_que_vous_entendez: ENTENDUZ\n"
            f"reponses:\n  {question}: {option(question, 0)}\nnotes:\n  {question}: NOTEZ\n"
            "structures:\n- nom: STRUCTUREZ\n")  # fmt: skip
    (where / "2026-01-02-titrez.yaml").write_text(text, encoding="utf-8")


async def test_no_screen_of_a_workshop_holds_anything_of_ones_own_dossiers(dossiers: Path) -> None:
    """Not on screen, not in what stays ready to be, not in its files, from home to home."""
    own_dossier(dossiers)
    seen: list[str] = []

    async def look(*keys: str) -> None:
        for key in keys:
            await driver.press(key)
            seen.append(driver.seen)
            seen.extend(str(getattr(node, "text", "")) for node in driver.app.screen.walk_children())

    async with running(NARROW) as driver:
        assert isinstance(driver.app.screen, HomeScreen)
        await driver.click("Un atelier, avec une salle")
        seen.append(driver.seen)
        await look("f1", "escape", "ctrl+p", "escape", "enter", "down", "enter", "a", "enter", "a", "enter", "b",
                   "enter", "f3", "escape", "tab", "f2", "escape", "f8", "escape", "f6", "tab", "enter")  # fmt: skip
        await look(*["pagedown"] * 12, "ctrl+p", "escape", "f4", "escape", "ctrl+r", "ctrl+e", "f2", "down", "enter")
        await look("escape", "escape", "ctrl+l", "ctrl+l")
    seen += [path.read_text(encoding="utf-8") for path in folder().iterdir()]
    assert len(list(folder().iterdir())) == 2
    assert len(seen) > 60
    for mark in MARKS:
        assert not any(mark in text for text in seen), mark


async def test_ones_own_folder_gives_no_scenario_by_any_name(dossiers: Path, tmp_path: Path) -> None:
    own_dossier(dossiers)
    (tmp_path / "lien").symlink_to(dossiers)
    for named in (dossiers, tmp_path / "lien", dossiers / ".." / dossiers.name):
        async with running(NARROW, named, is_workshop=True) as driver:
            listed = driver.app.screen.query_one("#scenarios", Rows).text
            assert "TITREZ" not in listed
            assert SCENARIOS[0].title in listed


async def test_a_folder_that_is_brought_is_listed_after_the_others(tmp_path: Path) -> None:
    own_dossier(tmp_path / "salle")
    async with running(HALL, tmp_path / "salle", is_workshop=True) as driver:
        lines = [line.strip() for line in driver.lines()]
        assert any("TITREZ" in line for line in lines)
        assert "Pas dans cette liste" not in driver.seen
        await driver.click("TITREZ")
        assert isinstance(driver.app.screen, StoryScreen)
        assert "DEMANDEZ" in driver.seen


async def test_what_a_folder_that_is_brought_cannot_give_is_said(tmp_path: Path) -> None:
    own_dossier(tmp_path / "salle")
    (tmp_path / "salle" / "autre.yml").write_text("titre: Autre\n", encoding="utf-8")
    (tmp_path / "salle" / "faute.yaml").write_text("titre: Faute\nréponses: {}\n", encoding="utf-8")
    async with running((120, 60), tmp_path / "salle", is_workshop=True) as driver:
        listed = driver.app.screen.query_one("#scenarios", Rows).text.replace("\u00a0", " ")
        assert "autre.yml : son nom ne finit pas par .yaml (renommez-le en « autre.yaml »)" in listed
        assert "faute.yaml, ligne 2 : clé inconnue « réponses »" in listed


async def test_what_was_done_in_an_experience_is_told_at_the_end_alone() -> None:
    case = ROOT / "knowledge" / "cas" / "gironde_employeurs.yaml"
    told = store.load(case, BASE).experience.split(".")[1].strip()[:40]
    async with running(HALL, case, is_workshop=True) as driver:
        assert isinstance(driver.app.screen, StoryScreen)
        assert told not in driver.seen
        await driver.press("enter", "a", "enter", "a", "enter")
        assert told not in driver.seen
        await driver.press("ctrl+e", "f3")
        assert told in driver.seen.replace("\n", " ") or told[:20] in driver.seen


async def test_the_cloud_does_not_hide_what_the_answers_say() -> None:
    async with running(HALL, is_workshop=True) as driver:
        await to_questions(driver, 15, 15, 15, 15)
        await answer(driver, 2)
        await driver.press("ctrl+e")
        compass = driver.app.screen.query_one(Compass)
        without = shown_marks(compass)
        compass._cloud = {}
        assert shown_marks(compass) == without
        for id in BASE.logic.postures:
            assert BASE.title("posture", id) in driver.seen


def shown_marks(compass: Compass) -> list[tuple[int, int, str]]:
    drawing = compass.drawing(*compass.content_size)
    assert drawing is not None
    return [(y, x, char) for y, line in enumerate(drawing.text.split("\n")) for x, char in enumerate(line)
            if char in "●━┃╸╺╹╻"]  # fmt: skip


async def test_rules_read_again_wait_until_the_workshop_is_over() -> None:
    """A workshop is not taken from under a room; the rules are taken once one is back home."""
    stamps = iter(range(10_000))
    async with running(NARROW, is_workshop=True, stamp=lambda: next(stamps)) as driver:
        await to_questions(driver, 1)
        await answer(driver, 2)
        await driver.press("f5")
        assert isinstance(driver.app.screen, WorkshopQuestionScreen)
        assert len(playing(driver).variants[0].answers) == 1


async def test_the_command_refuses_ones_own_and_what_is_not_there(
    dossiers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from conseil_dla.cli.main import run  # noqa: PLC0415

    own_dossier(dossiers)
    assert os.environ[DOSSIERS_VARIABLE] == str(dossiers)
    for given, why in ((dossiers, "ne se projette pas"), (dossiers / "2026-01-02-titrez.yaml", "ne se projette pas"),
                       (dossiers / "rien.yaml", "introuvable")):  # fmt: skip
        assert run(["atelier", str(given)]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert why in told.err
        assert "TITREZ" not in told.err


@pytest.fixture
def nothing_foreseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets take long to foresee what a room may answer; that is looked at with the papers.

    Nor is there one for every scenario: the command, which writes the same, is held to all of them.
    """
    monkeypatch.setattr("conseil_dla.workshop.papers.printed.rehearse", lambda *_: Rehearsal((), ()))
    monkeypatch.setattr("conseil_dla.workshop.screens.paper_writing.load_scenarios", lambda _: PRINTED)


@pytest.mark.usefixtures("nothing_foreseen")
async def test_what_is_printed_before_is_written_from_the_list_of_scenarios() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        for expected in ("papiers", "papiers-2"):
            await driver.press("f2", "enter")
            assert "Les papiers sont écrits" in driver.seen
            await driver.press("escape")
            (made,) = folder().glob(f"*-{expected}")
            names = {path.stem for path in made.iterdir()}
            assert {S_IMODE(path.stat().st_mode) for path in (made, *made.iterdir())} <= {0o700, 0o600}
            assert names >= {"questionnaire", *(f"fiche-{Path(s.path).stem}" for s in PRINTED)}
            assert len(names) == 1 + len(BASE.plans) + len(PRINTED)


@pytest.mark.usefixtures("nothing_foreseen")
async def test_papers_that_the_disk_refuses_are_told(dossiers: Path) -> None:
    dossiers.mkdir(parents=True)
    (dossiers / "ateliers").write_text("in the way", encoding="utf-8")
    async with running(NARROW, is_workshop=True) as driver:
        await driver.press("f2", "enter")
        assert "n’ont pas pu être écrits" in driver.seen
        await driver.press("escape")
        assert isinstance(driver.app.screen, ScenariosScreen)


async def test_pages_of_a_remote_control_go_on_and_back() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await driver.press("enter", "pagedown")
        assert isinstance(driver.app.screen, IntuitionScreen)
        await driver.press("pagedown")
        first = stage(driver).question  # type: ignore[attr-defined]
        await driver.press("pagedown")
        assert stage(driver).question != first, "passed over"  # type: ignore[attr-defined]
        await driver.press("pageup")
        assert stage(driver).question == first  # type: ignore[attr-defined]
        await driver.press("pageup")
        assert isinstance(driver.app.screen, IntuitionScreen)
        await driver.press("pageup", "pageup")
        assert isinstance(driver.app.screen, ScenariosScreen)
        await driver.press("escape")
        assert isinstance(driver.app.screen, HomeScreen)


async def test_the_sheet_can_be_taken_later_and_given_back() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await answer(driver, 3)
        await driver.press("f6", "escape")
        assert len(playing(driver).variants[0].answers) == 1
        await driver.press("ctrl+o", "tab", "enter")
        assert len(playing(driver).variants[0].answers) > 20
        await driver.press("f9")
        assert len(playing(driver).variants[0].answers) == 1
        await driver.press("pagedown")
        assert "Compléter avec la fiche" not in driver.seen, "asked once"


async def test_a_reading_of_no_answer_says_so() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await driver.press("enter", "enter", "f6")
        assert isinstance(driver.app.screen, WorkshopReadingScreen)
        assert "n’a encore répondu" in driver.seen.replace("N’A ENCORE RÉPONDU", "n’a encore répondu")
        await driver.press("pageup")
        assert isinstance(driver.app.screen, WorkshopQuestionScreen)
