"""The compass on the screens: reached by keys, opened by keys and mouse, told in words after each answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from conseil_dla.ground.french import quoted, spaced
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.compass import Compass
from conseil_dla.panes.panel import Panel
from conseil_dla.panes.why import posture_page
from conseil_dla.reading.values import PostureReading
from conseil_dla.screens.reading import ReadingRows
from conseil_dla.toolkit.compass_raster import BEFORE, GAINED, POINT
from conseil_dla.toolkit.keys import KeyBar
from conseil_dla.toolkit.sheets import Page
from conseil_dla.wording.changes import movement
from conseil_dla.wording.reading_sentences import details
from screens.driving import NARROW, WIDE, Driver, begin, running
from shipped import shipped_reader

BASE = shipped_reader().base
ACROSS, UP = BASE.logic.axes
BY_SIGNS = {(p.signs[ACROSS], p.signs[UP]): BASE.title("posture", p.id) for p in BASE.logic.postures.values()}


def bar(driver: Driver) -> str:
    region = driver.app.screen.query_one(KeyBar).region
    return "\n".join(driver.lines()[region.y : region.bottom])


def compass(driver: Driver) -> Compass:
    return driver.app.screen.query_one(Compass)


def page_text(driver: Driver) -> str:
    page = driver.app.screen
    assert isinstance(page, Page), driver.seen
    return "\n".join((page.heading, *(block.text for block in page.blocks)))


def whole(posture: str) -> tuple[str, ...]:
    """Meaning, risk, counter-move and sentence."""
    told = details(BASE, "posture", posture)
    assert len(told) == 4
    return told


# --- keys and mouse -------------------------------------------------------------------------------------------------


async def test_tab_goes_from_the_answers_to_the_panel_to_the_compass_and_back() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("tab")
        assert driver.question.query_one(Panel).has_focus
        assert "Tab boussole" in bar(driver)
        assert "[" not in compass(driver).drawing(49, 18).text  # type: ignore[union-attr]
        await driver.press("tab")
        assert compass(driver).has_focus
        for words in ("↑↓←→ autre place", "Entrée ouvrir", "Tab ou Échap retour"):
            assert words in bar(driver)
        await driver.press("f1")
        assert "Lire ce qu’est cette place" in driver.seen
        for key in ("tab", "escape"):
            await driver.press("escape" if key == "tab" else "tab", *(["tab"] if key == "escape" else []))
            assert compass(driver).has_focus
            await driver.press(key)
            assert driver.question.query_one(Choices).has_focus
        await driver.press("enter")
        assert len(driver.question.state.answers) == 1


async def test_arrows_go_from_quadrant_to_quadrant_and_each_one_opens_whole() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("enter", "enter", "enter", "tab", "tab", "left", "up")
        signs = (-1, 1)
        opened = set()
        for key, moved in (("left", (-1, 1)), ("right", (1, 1)), ("down", (1, -1)), ("left", (-1, -1)), ("up", signs)):
            await driver.press(key)
            assert f"[{BY_SIGNS[moved]}]" in driver.seen
            assert sum(f"[{name}]" in driver.seen for name in BY_SIGNS.values()) == 1
            await driver.press("enter")
            text = page_text(driver)
            (posture,) = [id for id in BASE.logic.postures if BASE.title("posture", id) == BY_SIGNS[moved]]
            assert text.startswith(BY_SIGNS[moved])
            for told in whole(posture):
                assert text.count(told) == 1
            assert text.index(whole(posture)[-1]) < text.index(BASE.title("axe", ACROSS))
            opened.add(posture)
            await driver.press("escape")
            assert compass(driver).has_focus
        assert opened == set(BASE.logic.postures)


@pytest.mark.parametrize("posture", BASE.logic.postures)
async def test_a_click_in_a_quadrant_opens_it_and_leaves_the_keys_to_the_answers(posture: str) -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("enter")
        box = compass(driver).drawing(*compass(driver).content_size).plot  # type: ignore[union-attr]
        signs = BASE.logic.postures[posture].signs
        x = box.left + (box.columns - 1 if signs[ACROSS] > 0 else 0)
        y = box.top + (0 if signs[UP] > 0 else box.rows - 1)
        region = compass(driver).content_region
        await driver.pilot.click(offset=(region.x + x, region.y + y))
        await driver.rest()
        assert page_text(driver).startswith(BASE.title("posture", posture))
        await driver.press("escape")
        assert driver.question.query_one(Choices).has_focus
        await driver.pilot.click(offset=(region.x + box.left + box.columns // 2, region.y + box.top))
        await driver.rest()
        assert driver.question


async def test_the_reading_screen_leads_to_its_compass_and_back() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("enter", "f6")
        assert "Tab boussole" in bar(driver)
        assert "n’a pas bougé" not in driver.seen
        await driver.press("tab", "enter")
        assert "Un instant" not in page_text(driver)
        await driver.press("escape", "left")
        assert compass(driver).has_focus
        await driver.press("escape")
        assert driver.reading.query_one(ReadingRows).has_focus


async def test_where_there_is_no_room_beside_the_compass_comes_whole_into_view() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("f7", "tab")
        assert all(name in driver.seen for name in BY_SIGNS.values())
        assert BASE.entry("axe", UP).texts["positif"] in driver.seen
        assert BASE.entry("axe", UP).texts["negatif"] in driver.seen
        await driver.press("escape", "enter")
        assert len(driver.question.state.answers) == 1


async def test_a_tiny_terminal_says_in_words_where_things_stand() -> None:
    async with running((32, 20)) as driver:
        await begin(driver)
        await driver.press("f7", "tab")
        assert "Boussole, place\u00a0: " in driver.seen
        assert "┼" not in driver.seen


def test_a_quadrant_opens_before_the_first_reading_too() -> None:
    for posture in BASE.logic.postures:
        texts = [block.text for block in posture_page(shipped_reader(), None, posture).blocks if block.text]
        assert tuple(texts) == whole(posture)


# --- before and after -----------------------------------------------------------------------------------------------


async def test_what_an_answer_moves_is_seen_and_said_until_the_next_one() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        assert BEFORE not in driver.seen
        said = {"zone grisée": 0, "resserrée": 0, "La boussole n’a pas bougé": 0}
        positions = []
        for _ in range(6):
            reading = driver.question.reading
            assert reading is not None
            positions.append(reading.posture.position)
            moved = len(positions) > 1 and positions[-1] != positions[-2]
            assert (BEFORE in driver.seen) is moved
            for words in said:
                said[words] += words in driver.seen
            await driver.press("tab", "escape")
            assert (BEFORE in driver.seen) is moved
            await driver.press("enter", "f12")
        assert said["zone grisée"] == 1
        assert said["resserrée"] == sum(one != other for one, other in pairwise(positions)) > 0
        assert said["La boussole n’a pas bougé"] == 5 - said["resserrée"]


async def test_an_answer_taken_back_is_seen_and_said_too() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        for _ in range(5):
            if "La boussole s’est resserrée." not in driver.seen:
                await driver.press("enter")
        assert "La boussole s’est resserrée." in driver.seen
        assert GAINED not in driver.seen
        await driver.press("f9")
        assert "La boussole s’est rouverte." in driver.seen
        assert GAINED in driver.seen
        assert BEFORE not in driver.seen


def placed(across: tuple[float, float], up: tuple[float, float], retained: str | None = None) -> PostureReading:
    posture = shipped_reader().read({}).posture
    return replace(posture, retained=retained, position={ACROSS: across, UP: up})


def test_every_movement_has_its_words() -> None:
    others = iter(BASE.logic.postures)
    id = next(others)
    name = quoted(BASE.title("posture", id))
    wide, less, line = placed((-1, 1), (-1, 1)), placed((0, 1), (-1, 1)), placed((0.5, 0.5), (-1, 1))
    sure, beside = placed((0.5, 0.5), (0.1, 1), id), placed((1, 1), (0.5, 0.5), id)
    point, other = placed((0.5, 0.5), (0.5, 0.5), id), placed((1, 1), (0.5, 0.5), next(others))
    expected = [
        (None, wide, "Votre place est dans la zone grisée."),
        (None, line, "Votre place est quelque part sur le trait."),
        (None, point, f"La place est connue : {name}."),
        (wide, wide, "La boussole n’a pas bougé."),
        (wide, less, "La boussole s’est resserrée. Hachures : la zone d’avant."),
        (less, line, "La boussole s’est resserrée : il reste un trait. Hachures : la zone d’avant."),
        (line, point, f"La place est connue : {name}. Hachures : la zone d’avant."),
        (point, point, "La boussole n’a pas bougé."),
        (sure, point, "La boussole se réduit à un point. Hachures : la zone d’avant."),
        (point, beside, "La place reste la même. Rond vide : la place d’avant."),
        (other, point, f"La place a changé : {name}. Rond vide : la place d’avant."),
        (less, wide, "La boussole s’est rouverte. Plus clair : ce qui revient."),
        (point, line, "La boussole s’est rouverte. Rond vide : la place d’avant."),
        (placed((0.5, 0.5), (0, 1)), line, "La boussole s’est rouverte. Tirets : ce qui revient."),
        (placed((-1, 0.5), (-1, 1)), less, "La boussole s’est déplacée. Hachures : la zone d’avant."),
    ]
    for before, now, words in expected:
        assert " ".join(movement(BASE, before, now)) == spaced(words)


def test_a_known_place_on_a_balance_or_off_the_note_is_said_so() -> None:
    one, other = list(BASE.logic.postures)[:2]
    at = placed((0, 0), (0.5, 0.5))
    between = movement(BASE, None, replace(at, between=(one, other)))
    assert between[0].startswith(spaced("La place est connue : entre « "))
    assert "au plus près" in movement(BASE, None, replace(at, nearest=one, off_note=True))[0]


async def test_the_point_stands_once_the_place_is_known() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        panel = driver.question.query_one(Compass)
        panel.show(placed((0.5, 0.5), (0.5, 0.5), next(iter(BASE.logic.postures))), placed((0, 1), (0, 1)))
        await driver.rest()
        assert POINT in driver.seen
        assert "La place est connue" in driver.seen
