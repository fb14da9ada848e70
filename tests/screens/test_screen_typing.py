"""What is typed lands where it was typed, however the terminal hands it over: key by key, or a whole page at once."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from math import inf
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.events import MouseDown, MouseUp
from textual.widgets import Input, TextArea

from conseil_dla.dossiers.store import create, load
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.panes.choices import Choices
from conseil_dla.screens.home import LOADING
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.screens.terminal_driver import PlainKeys
from conseil_dla.toolkit.rows import Rows
from conseil_dla.toolkit.typed import TOO_SOON, InOrder
from screens.driving import NARROW, Driver, begin, running
from shipped import shipped_reader

if sys.platform == "win32":
    pytest.skip("the keys of a terminal of Unix", allow_module_level=True)

from terminal import KEYS, PROGRAM, Terminal

BASE = shipped_reader().base


async def arrive(driver: Driver, keys: Sequence[str], at_once: int = 200) -> None:
    """Keys by their names, or text, as the bytes that a terminal sends, so many keys to a packet."""
    parser = XTermParser()
    for first in range(0, len(keys), at_once):
        packet = "".join(KEYS.get(key, key) for key in keys[first : first + at_once])
        for message in parser.feed(packet):
            driver.app.post_message(message)
        await driver.rest()


@pytest.mark.parametrize("at_once", [1, 20, 200])
async def test_a_note_that_arrives_with_the_keys_around_it_is_kept(dossiers: Path, at_once: int) -> None:
    words = "Rappeler Camille après l’été ; coût : 200 €."
    async with running(NARROW) as driver:
        await begin(driver)
        first = driver.question.state.current
        await arrive(driver, ["f4", *words, "enter", *"ensuite", "f4"], at_once)
        assert driver.question.dossier.notes == {first: f"{words}\nensuite"}
    (path,) = dossiers.glob("*.yaml")
    assert load(path, BASE).notes == {first: f"{words}\nensuite"}


@pytest.mark.parametrize("at_once", [20, 200])
async def test_a_table_that_arrives_key_by_key_keeps_its_columns(dossiers: Path, at_once: int) -> None:
    rows = "Le Phare\t12\tculture\nLes Sables\t\tsport\n\tsans nom"
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("ctrl+g", "end", "enter")
        area = driver.app.screen.query_one("#note", TextArea)
        await arrive(driver, [{"\t": "tab", "\n": "enter"}.get(letter, letter) for letter in rows], at_once)
        assert area.text == rows
        assert driver.app.screen.focused is area
        await asyncio.sleep(0.05)
        await driver.press("tab")
        assert driver.app.screen.focused is not area


@pytest.mark.parametrize("at_once", [20, 200])
async def test_fields_typed_one_after_the_other_hold_each_its_own(dossiers: Path, at_once: int) -> None:
    async with running(NARROW) as driver:
        keys = ["f2", *"Essai", "tab", *"dem", "tab", *"ent", "f5", "f4", *"vu", "f4"]
        await arrive(driver, keys, at_once)
        dossier = driver.question.dossier
        assert (dossier.title, dossier.demand, dossier.heard) == ("Essai", "dem", "ent")
        assert list(dossier.notes.values()) == ["vu"]


@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n"])
async def test_a_paste_that_comes_as_keys_keeps_its_lines(newline: str) -> None:
    """Without bracketed paste, and from programs that type: one line begins where one did."""
    lines = ["première", "deuxième", "", "dernière"]
    async with running(NARROW) as driver:
        await begin(driver)
        await arrive(driver, ["f4", newline.join(lines), "f4"])
        assert list(driver.question.dossier.notes.values()) == ["\n".join(lines)]


async def test_lines_pasted_into_a_field_of_one_line_are_all_there() -> None:
    async with running(NARROW) as driver:
        await arrive(driver, ["f2", "\x1b[200~Trois compagnies\r\n  et un lieu\n\nau nord\x1b[201~"])
        assert driver.app.screen.query_one("#title", Input).value == "Trois compagnies et un lieu au nord"
        driver.app.copy_to_clipboard("un\ndeux")
        await driver.press("ctrl+v")
        assert driver.app.screen.query_one("#title", Input).value == "Trois compagnies et un lieu au nordun deux"


async def test_a_name_too_long_for_its_field_says_what_is_left_out() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("ctrl+x")
        await arrive(driver, ["f4", f"\x1b[200~{'x' * 500}\x1b[201~"])
        assert "seul le début" in driver.seen.replace("\n", " ")
        assert set(driver.app.screen.query_one("#name", Input).value) == {"x"}


ROW = "&é\"'(-è_çà)="
COMMITTED = ["ê", "日本語", "👩🏽\u200d🌾", "e\u0301", "là\u00a0: ici\u202f!", "می\u200cخواهم"]
"""A dead key, an input method, beyond the first plane, an accent of its own, spaces that do not break, a joiner."""


async def test_every_sign_of_an_azerty_keyboard_and_of_an_input_method_is_typed_as_it_is() -> None:
    async with running(NARROW) as driver:
        await arrive(driver, ["f2", ROW, "€@#{[|\\", *COMMITTED, "tab", ROW, *COMMITTED])
        assert driver.app.screen.query_one("#title", Input).value == ROW + "€@#{[|\\" + "".join(COMMITTED)
        assert driver.app.screen.query_one("#demand", TextArea).text == ROW + "".join(COMMITTED)


async def test_the_row_of_digits_without_a_shift_key_answers_nothing() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        before = driver.question.state
        await arrive(driver, [ROW, *COMMITTED])
        assert driver.question.state == before


PRESSED = ["up", "down", "left", "right", "enter", "space", "tab", "home", "end", "backspace", "pagedown", "a", "é",
           "3", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f9", "\x04", "\x0b", "\x19", "\x1a", "\x10"]  # fmt: skip
"""Keys of every page of the questionnaire: Ctrl+D, K, Y, Z and P at the end."""


async def ended(folder: Path, keys: Sequence[str], at_once: int) -> tuple[object, ...]:
    """Where these keys lead: what is on disk, the screen, what has the focus there, and the screen's words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DOSSIERS_VARIABLE, str(folder))
        async with running(NARROW) as driver:
            await begin(driver)
            await arrive(driver, keys, at_once)
            app = driver.app
            focused = app.screen.focused
            texts = [field.value for field in app.screen.query(Input)]
            texts += [field.text for field in app.screen.query(TextArea)]
            state = next((one.state for one in app.screen_stack if isinstance(one, QuestionScreen)), None)
            place = (type(app.screen), type(focused), focused.id if focused else "", texts, state)
        return (*place, *(load(path, BASE).notes | load(path, BASE).answers for path in folder.glob("*.yaml")))


@pytest.fixture
def answers_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of a packet answer what nobody saw, as they would one by one: where they go is what is looked at."""
    monkeypatch.setattr(InOrder, "_unseen", lambda *_: None)


def same_however_it_comes(folder: Path, keys: list[str], at_once: int) -> None:
    apart = asyncio.run(ended(folder / uuid4().hex, keys, 1))
    assert asyncio.run(ended(folder / uuid4().hex, keys, at_once)) == apart


any_keys = st.lists(st.sampled_from(PRESSED), min_size=6, max_size=24)
SLOW = [HealthCheck.function_scoped_fixture]


@given(keys=any_keys, at_once=st.sampled_from([7, 200]))
@settings(max_examples=1, suppress_health_check=SLOW)
@pytest.mark.usefixtures("answers_unseen")
def test_keys_end_in_one_packet_where_they_do_one_by_one(tmp_path: Path, keys: list[str], at_once: int) -> None:
    same_however_it_comes(tmp_path, keys, at_once)


@pytest.mark.lent
@given(keys=any_keys, at_once=st.sampled_from([2, 7, 200]))
@settings(max_examples=8, suppress_health_check=SLOW)
@pytest.mark.usefixtures("answers_unseen")
def test_keys_end_in_one_packet_where_they_do_one_by_one_at_length(
    tmp_path: Path, keys: list[str], at_once: int
) -> None:
    same_however_it_comes(tmp_path, keys, at_once)


# --- no answer to what was not seen ---


async def test_of_three_returns_in_one_packet_the_first_answers_and_the_others_are_told(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        first = driver.question.state.current
        await arrive(driver, ["enter"] * 3)
        assert list(driver.question.state.answers) == [first]
        assert not driver.question.state.declined
        assert TOO_SOON.split()[-1] in driver.seen
        await arrive(driver, ["enter"])
        assert len(driver.question.state.answers) == 2, "it is seen by now"


async def test_what_is_typed_on_the_way_to_a_question_moves_there_and_answers_nothing(dossiers: Path) -> None:
    """A new dossier, another question by its list, the dossier resumed from home: each time, with returns behind."""
    async with running(NARROW) as driver:
        await arrive(driver, ["f2", *"Essai", "f5", "down", "enter", "space", "enter"])
        assert not driver.question.state.answers
        await arrive(driver, ["f3", "down", "enter", "enter", "enter"])
        assert not driver.question.state.answers
        await driver.press("f8")
        for _ in range(9):
            if driver.app.screen.query_one("#home", Rows).current == "last":
                break
            await driver.press("down")
        await arrive(driver, ["enter"] * 4)
        assert not driver.question.state.answers
    (path,) = dossiers.glob("*.yaml")
    assert not load(path, BASE).answers


async def test_a_click_from_before_the_question_answers_nothing() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        choices = driver.question.query_one(Choices)
        place = choices.region.x + 6, choices.region.y
        for seen_since, answers in ((get_time() + 60, 0), (get_time(), 1)):
            choices.seen_since = choices.asked_at = seen_since
            for kind in (MouseDown, MouseUp):
                driver.app.post_message(kind(None, *place, 0, 0, 1, False, False, False, *place))
            await driver.rest()
            assert len(driver.question.state.answers) == answers


async def test_a_question_asked_under_another_screen_is_seen_once_that_one_goes() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter", "f6")
        question = driver.question_below
        question.show_question()
        await driver.rest()
        assert question.query_one(Choices).seen_since == inf
        await arrive(driver, ["f6", "enter"])
        assert len(question.state.answers) == 1
        await arrive(driver, ["enter"])
        assert question.query_one(Choices).seen_since < inf
        assert len(question.state.answers) == 2 or question.unvalidated.by_question


def test_a_return_typed_while_a_dossier_opens_is_no_answer_and_no_home_is_shown(dossiers: Path) -> None:
    path = create(dossiers, "Trois compagnies")
    with Terminal((*PROGRAM, "ouvrir", str(path)), NARROW) as terminal:
        terminal.until(LOADING)
        terminal.press("enter")
        terminal.until(lambda seen: "F6" in seen)
        assert not any("Nouveau dossier" in line for _, lines in terminal.frames(0) for line in lines)
        terminal.press("escape")
        terminal.until("Nouveau dossier")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert not load(path, BASE).answers


def test_the_real_program_takes_a_packet_and_asks_no_terminal_for_another_keyboard(dossiers: Path) -> None:
    """What a terminal sends, by a pseudo-terminal, in one writing."""
    with Terminal(PROGRAM, NARROW) as terminal:
        terminal.until("Nouveau dossier")
        terminal.press("".join(KEYS.get(key, key) for key in ["f2", "Essai", "tab", "dem", "tab", "ent 200 €", "f5"]))
        terminal.until(lambda _: list(dossiers.glob("*.yaml")))
        terminal.press("".join(KEYS.get(key, key) for key in ["f4", "à revoir", "f4", "ctrl+q"]))
        assert terminal.wait() == 0
    (path,) = dossiers.glob("*.yaml")
    dossier = load(path, BASE)
    assert (dossier.title, dossier.demand, dossier.heard) == ("Essai", "dem", "ent 200 €")
    assert list(dossier.notes.values()) == ["à revoir"]
    assert not re.search(rb"\x1b\[[><=][\d;]*u", terminal.written)


class Wire:
    """What reaches a terminal."""

    sent = ""

    def write(self, data: str) -> None:
        self.sent += data


class Ours(PlainKeys, Wire):
    """As on Windows, whose driver can only be loaded there."""


def test_the_protocol_that_loses_the_signs_of_altgr_is_not_asked_for() -> None:
    driver = Ours()
    for data in ("\x1b[?25l", "\x1b[>1u", "\x1b[>25u", "\x1b[<u", "é\x1b[>1uu"):
        driver.write(data)
    assert driver.sent == "\x1b[?25léu"
