"""A room before a projector: nothing is decided for it, nothing is hidden from it, two keys are enough to lead it."""

from __future__ import annotations

import json
import os
import random
import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.dossiers import store
from conseil_dla.dossiers.workshops import folder
from conseil_dla.panes.compass import Compass
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.sheets import Page
from conseil_dla.workshop import kept as workshops
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import Voted, Workshop
from conseil_dla.workshop.screens.closing import ClosingScreen
from conseil_dla.workshop.screens.hands import HandRows, Option
from conseil_dla.workshop.screens.intuition import IntuitionScreen, Quarters
from conseil_dla.workshop.screens.question import WorkshopQuestionScreen
from conseil_dla.workshop.screens.reading import WorkshopReadingScreen
from conseil_dla.workshop.screens.scenarios import StoryScreen
from conseil_dla.workshop.screens.stage_parts import Scrolling, is_shown, paged
from conseil_dla.workshop.words.sentences import BOTH, NOBODY, TIED, VARIANTS
from screens.driving import NARROW, WIDE, Driver, running
from screens.room import answer, hands, playing, raise_hands, stage, to_questions
from shipped import shipped_reader

BASE = shipped_reader().base
LARGE_LETTERS = (50, 14), (60, 20), (80, 24)
SMALLEST = LARGE_LETTERS[0]


def words(text: str) -> str:
    """Without no-break spaces and line ends."""
    return " ".join(text.split())


# --- no hand, no answer ---------------------------------------------------------------------------------------------


async def test_without_a_hand_enter_keeps_nothing_and_says_what_to_do() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await driver.press("enter", "enter")
        assert driver.app.screen.query_one(Quarters).cursor < 0
        await driver.press("enter")
        assert isinstance(driver.app.screen, IntuitionScreen)
        assert NOBODY[:20] in driver.seen
        await driver.press("pagedown")
        rows = driver.app.screen.query_one(HandRows)
        assert (rows.cursor, rows.kept) == (-1, None)
        assert "▸" not in driver.seen
        for keys in (("enter",), ("down", "enter"), ("a", "backspace", "enter"), ("down", "right", "-", "enter")):
            await driver.press(*keys)
            assert NOBODY[:20] in driver.seen
            assert playing(driver).state.moves == ()
        await answer(driver, 0, 2)
        await driver.press("ctrl+r", "f8")
        assert "feraient bouger" not in driver.seen
        await driver.press("escape")
        assert isinstance(driver.app.screen, WorkshopQuestionScreen), "no replay before the reading is public"
        await driver.press("f6", "escape", "enter")
        assert NOBODY[:20] in driver.seen
        assert playing(driver).state.guesses == {}
        assert playing(driver).state.revealed == frozenset()
        await driver.press("pagedown")
        assert playing(driver).state.revealed == {"format"}


async def test_a_letter_adds_a_hand_whatever_the_case_and_as_many_for_two_answers_choose_neither() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await driver.press("a", "A", "B", "b", "b", "backspace", "backspace")
        assert list(hands(driver).values())[:2] == [2, 1]
        assert "Retour arr." in driver.seen
        await driver.press("B", "B", "a")
        for pressed in ("enter", "pagedown"):
            await driver.press(pressed)
            assert TIED[:20] in driver.seen
            assert playing(driver).state.moves == ()
        await driver.press("down", "down", "enter")
        (move,) = playing(driver).state.moves
        assert isinstance(move, Voted)
        assert move.kept == (BASE.logic.questions[move.question].answers[1],)


@given(st.lists(st.tuples(st.sampled_from(["letter", "back", "up", "down", "right", "left"]), st.integers(0, 4))))
@settings(max_examples=60)
def test_what_would_be_kept_always_has_hands_and_most_of_them_unless_the_arrows_went_elsewhere(
    done: list[tuple[str, int]],
) -> None:
    rows = HandRows()
    rows.post_message = lambda _: True  # type: ignore[method-assign,assignment]
    rows.asks_anew = lambda: None  # type: ignore[method-assign]
    rows.ask([Option(letter, letter) for letter in "abcde"], {})
    for what, number in done:
        match what:
            case "letter":
                rows.put(number, 1)
                rows.lead()
            case "back":
                rows.action_take_back()
            case "up" | "down":
                rows.action_move(-1 if what == "up" else 1)
            case _:
                rows.action_raise_hand(-1 if what == "left" else 1)
        most = max(rows.hands.values())
        if rows.kept is None:
            assert most == 0 or list(rows.hands.values()).count(most) > 1
        else:
            (id,) = rows.kept
            assert rows.hands[id] == most or (what in ("up", "down") and rows.options[rows.cursor].id == id)
            assert rows.hands[id] > 0


async def test_hands_that_are_up_when_the_machine_dies_are_still_up() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await answer(driver, 2)
        await raise_hands(driver, 1, 4)
        question = stage(driver).question  # type: ignore[attr-defined]
    async with running(NARROW, is_workshop=True) as driver:
        await driver.press("enter")
        assert stage(driver).question == question  # type: ignore[attr-defined]
        assert list(hands(driver).values())[:2] == [1, 4]
        assert len(playing(driver).state.moves) == 1
        await driver.press("pagedown")
        assert len(playing(driver).state.moves) == 2
        assert playing(driver).state.counting == {}
    assert len(list(folder().glob("*.json"))) == 1


# --- what there is no room for --------------------------------------------------------------------------------------


def seen_of(lines: list[str], options: int) -> tuple[set[int], int]:
    """Options that begin on screen, and how many others the last line counts."""
    found = {ord(match[1]) - ord("A") for line in lines if (match := re.match(r"\s*▸?\s*([A-Z]) {3,}\S", line))}
    told = next((line for line in lines if re.search(r"[↑↓] \d+ .*autres? réponses?", line)), "")
    return {number for number in found if number < options}, sum(map(int, re.findall(r"[↑↓] (\d+)", told)))


@given(
    st.lists(st.text("abcdefgh ", min_size=1, max_size=90), min_size=1, max_size=8),
    st.integers(30, 90), st.integers(2, 24), st.integers(0, 7), st.booleans(),
)  # fmt: skip
@settings(max_examples=80)
def test_every_option_is_seen_or_counted_whatever_the_room(
    texts: list[str], width: int, height: int, at: int, has_boxes: bool
) -> None:
    rows = HandRows()
    rows.post_message = lambda _: True  # type: ignore[method-assign,assignment]
    rows.asks_anew = lambda: None  # type: ignore[method-assign]
    rows.ask([Option(str(number), text) for number, text in enumerate(texts)], {}, ticked=() if has_boxes else None)
    rows._in_sight = min(at, len(texts) - 1)
    lines, places = rows._laid_out(width, height)
    assert len(lines) == len(places) <= height
    shown = {place for place in places if place is not None}
    assert rows._in_sight in shown or height < 2
    _, hidden = seen_of([str(line) for line in lines], len(texts))
    assert len(shown) + hidden == len(texts)
    pages = rows._pages(*rows._wrapped(width, height))
    assert [number for page in pages for number in page] == list(range(len(texts)))


def all_shown(driver: Driver) -> bool:
    """The words of what is shown stand on screen, whole."""
    rows = driver.app.screen.query_one(HandRows)
    seen = re.sub(r"[■\d\s]+", "", driver.seen)
    return all(
        re.sub(r"[\d\s]+", "", rows.options[number].text) in seen
        for number in {p for p in rows._places if p is not None}
    )


@pytest.mark.parametrize(
    "size", [SMALLEST, *(pytest.param(size, marks=pytest.mark.lent) for size in LARGE_LETTERS[1:])]
)
async def test_a_room_with_large_letters_sees_every_answer_or_how_many_there_are_more(size: tuple[int, int]) -> None:
    longest = sorted(
        (q for q in BASE.logic.questions.values() if q.type != "nombre" and not q.asked_if),
        key=lambda q: -sum(len(BASE.entry("question", q.id).labels[id]) for id in q.answers),
    )[:2]
    async with running(size, is_workshop=True) as driver:
        await driver.press("enter")
        assert isinstance(driver.app.screen, StoryScreen)
        demand = playing(driver).scenario.demand
        assert words(demand)[:30] in words(driver.seen)
        assert "↓ la suite" in driver.seen or "Sans minuteur" in driver.seen
        while "↓ la suite" in driver.seen:
            await driver.press("pagedown")
        await driver.press("pagedown")
        for id in BASE.logic.postures:
            assert BASE.title("posture", id).lower() in driver.seen.lower()
        await driver.press("pagedown")
        for question in longest:
            screen = stage(driver)
            assert isinstance(screen, WorkshopQuestionScreen)
            screen._go(question.id)
            await driver.rest()
            label = BASE.entry("question", question.id).texts["libelle"].upper()
            assert words(label) in words(driver.seen)
            rows, found = screen.query_one(HandRows), set[int]()
            while True:
                seen, hidden = seen_of(driver.lines(), len(rows.options))
                assert len(seen) + hidden == len(rows.options), driver.seen
                assert all_shown(driver), driver.seen
                found |= seen
                if not rows.page(1):
                    break
                await driver.rest()
            assert found == set(range(len(rows.options)))
        await driver.press("a", "enter")
        await driver.press("ctrl+e")
        assert isinstance(driver.app.screen, ClosingScreen)
        for _ in range(6):
            if "Ce que nous demandons" in driver.seen:
                break
            assert "↓ la suite" in driver.seen, driver.seen
            await driver.press("pagedown")
        assert "Ce que nous demandons" in driver.seen


# --- two keys -------------------------------------------------------------------------------------------------------


@given(st.integers(1, 200), st.integers(1, 40), st.integers(0, 40))
def test_screenfuls_forth_are_screenfuls_back_and_miss_no_line(most: int, by: int, steps: int) -> None:
    places = [0]
    while (to := paged(places[-1], most, by, 1)) is not None:
        assert places[-1] < to <= places[-1] + by
        places.append(to)
    assert places[-1] == most
    assert [paged(place, most, by, -1) for place in places] == [None, *places[:-1]]


def where(driver: Driver) -> tuple[object, ...]:
    """All that a room sees of where it is."""
    screen = driver.app.screen
    scrolls = tuple(round(text.scroll_y) for text in screen.query(Scrolling) if is_shown(text))
    options = tuple(
        (tuple(dict.fromkeys(rows._places)), rows.kept, tuple(rows.hands.items()))
        for rows in screen.query(HandRows) if is_shown(rows)
    )  # fmt: skip
    named = tuple(getattr(screen, name, None) for name in ("question", "number", "is_shown"))
    return type(screen).__name__, named, scrolls, options, tuple(sorted(playing(driver).passed))


async def zigzag(size: tuple[int, int], presses: int) -> None:
    """Forth to the end, then at random: at each place one finds what one had seen there."""
    async with running(size, is_workshop=True) as driver:
        await driver.press("enter", "pagedown")
        while not isinstance(driver.app.screen, IntuitionScreen):
            await driver.press("pagedown")
        await raise_hands(driver, 2, 1)
        await driver.press("enter")
        for _ in range(3):
            await answer(driver, 4, 1)
        await driver.press("f6", "tab", "enter", "escape")
        while not isinstance(driver.app.screen, StoryScreen):
            await driver.press("pageup")
        before = playing(driver).state
        met = [where(driver)]
        while not (isinstance(driver.app.screen, ClosingScreen) and met[-1] == met[-2]):
            await driver.press("pagedown")
            met.append(where(driver))
            assert len(met) < 150
        met.pop()
        kinds = [kind for kind, *_ in met]
        assert {StoryScreen.__name__, IntuitionScreen.__name__, WorkshopQuestionScreen.__name__,
                WorkshopReadingScreen.__name__, ClosingScreen.__name__} <= set(kinds)  # fmt: skip
        assert len(set(map(repr, met))) == len(met)
        chance, at, aim = random.Random(5), len(met) - 1, 1
        for _ in range(presses):
            if not 0 < at < len(met) - 1 or chance.random() < 0.2:
                aim = -1 if at == len(met) - 1 else 1 if at <= 1 else chance.choice((-1, 1))
            await driver.press("pagedown" if aim > 0 else "pageup")
            at += aim
            assert where(driver) == met[at], (at, kinds[at])
        after = playing(driver).state
        assert (after.moves, after.intuition, after.guesses) == (before.moves, before.intuition, before.guesses)


async def test_page_up_is_the_mirror_of_page_down_through_the_whole_workshop() -> None:
    await zigzag((60, 20), 12)


@pytest.mark.lent
@pytest.mark.parametrize("size", [SMALLEST, NARROW, (160, 50)])
async def test_page_up_is_the_mirror_of_page_down_at_every_size(size: tuple[int, int]) -> None:
    await zigzag(size, 100)


async def test_letters_typed_just_before_page_down_are_hands() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        for pressed in ("b", "b", "b", "pagedown", "pagedown"):
            driver.app.simulate_key(pressed)
        await driver.rest()
        (move,) = playing(driver).state.moves
        assert isinstance(move, Voted)
        assert sum(move.hands.values()) == 3


async def test_page_down_keeps_the_hands_that_were_counted_and_closes_a_page() -> None:
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        question = stage(driver).question  # type: ignore[attr-defined]
        await raise_hands(driver, 1, 5)
        await driver.press("pagedown")
        (move,) = playing(driver).state.moves
        assert isinstance(move, Voted)
        assert (move.question, sum(move.hands.values())) == (question, 6)
        assert stage(driver).question != question  # type: ignore[attr-defined]
        for opened, kind in (("ctrl+b", Page), ("f3", Picker)):
            for pressed in ("pagedown", "pageup"):
                await driver.press(opened)
                assert isinstance(driver.app.screen, kind)
                for _ in range(12):
                    if isinstance(driver.app.screen, WorkshopQuestionScreen):
                        break
                    await driver.press(pressed)
                assert isinstance(driver.app.screen, WorkshopQuestionScreen)
        await driver.press("pageup", "pagedown", "pageup", "pagedown")
        assert playing(driver).state.moves == (move,), "looked at again, kept once"


@pytest.mark.parametrize(("is_shared", "number"), [(True, 1), (False, 2)])
async def test_the_closing_shows_the_compass_of_each_variant_or_says_that_it_is_of_both(
    is_shared: bool, number: int
) -> None:
    """Two answers to a question that no place depends on share one; two that change the place have one each."""
    reader = shipped_reader()
    question, one, other = next(
        (q.id, a, b) for q in BASE.logic.questions.values() if q.type == "choix" and not q.asked_if
        for a in q.answers[:1] for b in q.answers[1:]
        if (reader.read({q.id: a}).posture == reader.read({q.id: b}).posture) == is_shared
    )  # fmt: skip
    async with running(NARROW, is_workshop=True) as driver:
        await to_questions(driver, 1)
        screen = stage(driver)
        screen.moves.change(workshop.vote(playing(driver).state, question, {one: 2, other: 2}, one, other))
        await driver.rest()
        await driver.press("ctrl+e")
        assert [is_shown(compass) for compass in driver.app.screen.query(Compass)].count(True) == number
        for compass in driver.app.screen.query(Compass):
            if is_shown(compass):
                assert compass.is_whole(*compass.content_size), "no word of it is cut"
        seen = [driver.seen]
        while "↓ la suite" in driver.seen:
            await driver.press("pagedown")
            seen.append(driver.seen)
        for name in (BOTH,) if number == 1 else VARIANTS:
            assert name in "".join(seen)
        assert "Ce que nous demandons" in "".join(seen)


# --- morning and afternoon ------------------------------------------------------------------------------------------


async def test_every_workshop_of_the_day_is_resumed_from_the_list_with_its_record() -> None:
    question = next(q for q in BASE.logic.questions.values() if q.type == "choix" and not q.asked_if)
    other = next(id for id in BASE.logic.questions if id != question.id)
    first, second = Voted(question.id, {}, question.answers[:1]), Voted(other, {}, (None,))
    for hour, moves in enumerate(((first,), (first, second))):
        scenario = store.load_scenarios(BASE)[hour]
        began = datetime(2026, 11, 30, 9 + 5 * hour, 30)
        workshops.keep(None, scenario, BASE, "", began, Workshop(moves=moves))
    morning, afternoon = sorted(folder().glob("*.json"))
    os.utime(morning, (2, 2))
    assert re.fullmatch(r"2026-11-30-09h30-[a-z0-9-]+", morning.stem)
    assert store.load_scenarios(BASE)[0].title.split()[-1].replace("é", "e") in morning.stem, "the title is whole"
    old = json.loads(morning.read_text(encoding="utf-8"))
    (folder() / "ancien.json").write_text(json.dumps({**old, "jour": "2020-02-03", "heure": "09:05"}), encoding="utf-8")
    os.utime(folder() / "ancien.json", (1, 1))
    async with running(WIDE, is_workshop=True) as driver:
        assert driver.seen.count(" · ") >= 3
        assert driver.seen.index("2 questions posées") < driver.seen.index("1 question posée")
        assert "30\u00a0novembre\u00a02026, 14\u00a0h\u00a030" in driver.seen
        assert "3\u00a0février\u00a02020" not in driver.seen
        await driver.press("down", "f3")
        assert isinstance(driver.app.screen, ClosingScreen)
        assert playing(driver).path == morning
        await driver.press("f2", "enter")
        assert (folder() / f"{morning.stem}-compte-rendu.docx").exists()
        await driver.press("escape", "f10")
        assert "compte rendu écrit" in driver.seen
        await driver.click("Des ateliers plus anciens")
        assert "3\u00a0février\u00a02020, 09\u00a0h\u00a005" in driver.seen
        await driver.press("enter")
        assert isinstance(driver.app.screen, WorkshopQuestionScreen)
        assert len(playing(driver).state.moves) == 1
    assert afternoon.exists()
