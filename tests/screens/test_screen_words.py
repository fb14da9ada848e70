"""Keys have French names; nothing that a file holds becomes markup. No English at all: ``test_screen_english``."""

from __future__ import annotations

import re
from pathlib import Path

from textual.binding import Binding

from conseil_dla.dossiers import store
from conseil_dla.interview.questionnaire import note
from conseil_dla.toolkit.fields import TitleField
from conseil_dla.toolkit.keys import key_name
from screens.driving import NARROW, running


def test_keys_have_french_names() -> None:
    pressed = ["up", "enter", "escape", "space", "ctrl+p", "f2", "shift+tab", "pageup"]
    assert [key_name(one) for one in pressed] == [
        "↑", "Entrée", "Échap", "Espace", "Ctrl+P", "F2", "Maj+Tab", "Page préc.",
    ]  # fmt: skip


async def test_textual_itself_names_keys_in_french() -> None:
    async with running() as driver:
        assert driver.app.get_key_display(Binding("escape", "x", "y")) == "Échap"
        assert not list(driver.app.get_system_commands(driver.app.screen))
        assert not driver.app.ENABLE_COMMAND_PALETTE


NASTY = "[bold red]piège[/] \x1b[31m\x1b]0;titre\x07 \u202e [@click=app.quit]x[/]"


async def test_a_title_and_a_note_never_become_markup_nor_control_sequences(dossiers: Path) -> None:
    path = store.create(dossiers, NASTY.replace("\x1b", "").replace("\x07", ""))
    async with running(NARROW) as driver:
        await driver.press("down", "down", "enter")
        assert "[bold red]piège[/]" in driver.seen
        await driver.press("enter")
        assert "[bold red]piège[/]" in driver.seen
        hand = driver.question.hand
        hand.step(note(hand.state, hand.state.current or "", NASTY))
        await driver.rest()
        assert "Note" in driver.seen
        for keys in ((), ("f6",)):
            await driver.press(*keys)
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", driver.seen)
            assert "[bold red]piège[/]" in driver.seen
    assert path.exists()


async def test_what_is_pasted_loses_what_no_paper_could_hold_and_the_screen_says_so(dossiers: Path) -> None:
    async with running() as driver:
        await driver.press("enter")
        await driver.write("Un titre\uffff")
        await driver.rest()
        assert "U+FFFF" in " ".join(str(each.message) for each in driver.app._notifications)
        assert driver.app.screen.query_one(TitleField).value == "Un titre"
    assert not list(dossiers.glob("*.yaml"))
