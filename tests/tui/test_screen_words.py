"""Every word that a screen can show is French; nothing that a file holds becomes markup."""

from __future__ import annotations

import re
from pathlib import Path

from textual.binding import Binding

from conseil_dla.dossiers import store
from conseil_dla.tui.keys import key_name
from shipped import shipped_reader
from tui.driving import NARROW, WIDE, Driver, jump, running

BASE = shipped_reader().base
ENGLISH = re.compile(
    r"\b(search|quit|press|enter|escape|esc|space|help|cancel|no matches|keys?|change|themes?|screenshot|maximize|"
    r"minimize|focus|next|previous|scroll|loading|select|command|palette|show|hide|copy|paste|the|of|and|you|"
    r"invalid|must|error|home|down|up|left|right)\b",
    re.IGNORECASE,
)
FRENCH_TOO = {"palette"}


def english_in(text: str) -> set[str]:
    return {word.lower() for word in ENGLISH.findall(text)} - FRENCH_TOO


async def _walk(driver: Driver, seen: list[str]) -> None:
    """Every screen, its help and its palette."""

    async def look(*keys: str) -> None:
        await driver.press(*keys)
        seen.append(driver.seen)

    await look()
    await look("f1")
    await look("escape", "ctrl+p")
    await driver.write("zzzz")
    seen.append(driver.seen)
    await look("escape", "ctrl+c")
    await look("f2")
    await look("f1")
    await look("escape", "f5")
    await look("f1")
    await look("escape", "f2")
    await look("escape", "f3")
    await look("escape", "f4")
    await look("escape", "ctrl+p")
    await look("escape", "f6")
    await look("f1")
    await look("escape", "enter")
    await look("escape", "f5")
    await look("f1")
    await look("escape", "escape", "enter")
    for type in ("plusieurs", "nombre"):
        await jump(driver, next(id for id, q in BASE.logic.questions.items() if q.type == type and not q.asked_if))
        seen.append(driver.seen)
    await driver.write("999999")
    await look("enter")


async def test_no_english_word_is_shown() -> None:
    seen: list[str] = []
    async with running(WIDE) as driver:
        await _walk(driver, seen)
    assert len(seen) > 15
    assert any("Rien ne correspond" in text for text in seen)
    assert any("Pour quitter" in text for text in seen)
    assert {word for text in seen for word in english_in(text)} == set()


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
        driver.question._noted(driver.question.state.current or "", NASTY)
        await driver.rest()
        assert "Note" in driver.seen
        for keys in ((), ("f6",)):
            await driver.press(*keys)
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", driver.seen)
            assert "[bold red]piège[/]" in driver.seen
    assert path.exists()
