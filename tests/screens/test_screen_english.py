"""Every screen, page, message, hint and key name, at both sizes: not one word of English.

The words looked for are those that Textual itself can say (``english``). What is typed here is French, or digits.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.validation import Integer
from textual.widgets import Input

import conseil_dla
from conseil_dla.comparison.alone_text import HOLDERS_WORD
from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.panes.notice import UnsavedPage, go_home_unsaved, quit_unsaved, set_aside
from conseil_dla.panes.paper_choice import not_written
from conseil_dla.reading.opening import open_rules
from conseil_dla.rules.model import AllOf, Is
from conseil_dla.screens.dossier_pages import ALL
from conseil_dla.screens.home import HomeScreen
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.toolkit.keys import actions_of
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording.disk_text import creation_failure
from dossiers.test_lock import another_process
from english import english, english_in
from screens.driving import NARROW, WIDE, Driver, begin, jump, running
from shipped import CASES, shipped_reader

BASE = shipped_reader().base
NOT_SHOWN_ALONE = {"GlancingScreen", "WritingPage", "KeepingPage", "WorkshopScreen"}


class Looking:
    """A driver, what was seen, and on which screens."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.texts: list[str] = []
        self.screens: set[str] = set()

    async def press(self, *keys: str) -> None:
        """Keys, with a look before the first and after each; a help that F1 opens is closed again."""
        self.look()
        for key in keys:
            depth = len(self.driver.app.screen_stack)
            await self.driver.press(key)
            self.look()
            if key == "f1" and len(self.driver.app.screen_stack) > depth:
                await self.driver.press("escape")

    async def everywhere(self, *then: str) -> None:
        """The help of this screen and its palette, also where nothing is found; then other keys."""
        await self.press("f1", "ctrl+p")
        await self.write("zzzz")
        await self.press("escape", *then)

    async def write(self, text: str) -> None:
        await self.driver.write(text)
        self.look()

    def look(self) -> None:
        """What is painted, and what only stays ready to be: hints of fields, names and sentences of keys."""
        screen = self.driver.app.screen
        self.screens |= {cls.__name__ for cls in type(screen).__mro__}
        hints = [str(getattr(node, name, "") or "") for node in screen.walk_children(with_self=True)
                 for name in ("placeholder", "tooltip", "border_title", "border_subtitle")]  # fmt: skip
        keys = [f"{action.name} {action.sentence}" for action in actions_of(screen)]
        toasts = [str(toast.message) + str(toast.title) for toast in self.driver.app._notifications]
        self.texts += [self.painted(), *hints, *keys, *toasts]

    def painted(self) -> str:
        """The screen, or the sheet over it alone: the words that it covers in part are no words any more."""
        sheet = next(iter(self.driver.app.screen.query(".sheet")), None)
        if sheet is None:
            return self.driver.seen
        area = sheet.region
        return "\n".join(line[area.x : area.right] for line in self.driver.lines()[area.y : area.bottom])


def our_screens() -> set[str]:
    """Every class of screen of ours that is shown, home included."""
    found = set()
    for module in pkgutil.walk_packages(conseil_dla.__path__, "conseil_dla."):
        if module.name.split(".")[1] not in ("screens", "panes", "toolkit", "comparison", "workshop"):
            continue
        for name, cls in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(cls, Screen) and cls.__module__ == module.name:
                found.add(name)
    return found - NOT_SHOWN_ALONE


async def the_questionnaire(see: Looking) -> None:
    """Home, a new dossier, every page that opens from a question."""
    await see.press("ctrl+c")
    see.driver.app.push_screen(UnsavedPage(datetime.now().astimezone()))
    await see.press("f1", "escape", "escape")
    await see.everywhere("f2", "f1")
    await see.write("Trois compagnies")
    await see.press("escape", "escape", "tab", "tab", "f5")
    await see.everywhere()
    for keys in (("f2", "escape"), ("f3", "z", "z", "escape"), ("f7", "f1"), ("f7",), ("ctrl+r",)):
        await see.press(*keys)
    for page in ALL:
        if page.screen is not None:
            await see.press(page.key, "f1", "escape")
    await see.press("f4")
    await see.write("vu")
    await see.press("escape", "tab", "escape", "f4", "enter", "enter", "left", "f9", "right")
    for type in ("plusieurs", "nombre"):
        await jump(see.driver, next(id for id, q in BASE.logic.questions.items() if q.type == type and not q.asked_if))
        await see.press("space", "down", "enter", "f12")
    await jump(see.driver, next(id for id, q in BASE.logic.questions.items() if q.type == "nombre" and not q.asked_if))
    await see.write("999999")
    await see.press("enter", "tab", "tab")


async def the_table(see: Looking) -> None:
    """Names pasted, a row filled in, a cell chosen, a row taken out."""
    await see.press("ctrl+g", "f1", "end", "enter", "f1")
    await see.write("Les Sables\nLe Phare")
    await see.press("f5", "home", "enter", "f1", "tab", "enter", "z", "escape", "down", "f5", "escape", "escape")


async def the_reading(see: Looking) -> None:
    """The whole reading, why its lines, the compass, one's own opinion."""
    await see.press("f6")
    await see.everywhere("down", "end", "home")
    await see.press("enter", "down", "escape")
    for _ in range(12):
        line = see.driver.reading._line
        if line is not None and line.target:
            await see.press("enter", "down", "escape")
            break
        await see.press("down")
    await see.press("ctrl+f", "tab", "z", "z", "escape")
    await see.press("tab", "enter", "escape", "tab", "f7", "f7", "f3", "escape")
    await see.press("ctrl+k", "f1", "enter", "escape", "escape", "f5")


async def the_paper(see: Looking) -> None:
    """A paper to take away: which, in what kind of file, where it is."""
    await see.press("ctrl+u", "f1", "enter", "f1", "enter", "f1", "f4", "f1", "f5", "escape")
    await see.press("down", "enter", "f1", "f5")
    listed = see.driver.app.screen.query_one("#structures", Rows)
    listed.show(listed.rows, "rubrique phases")
    await see.press("enter", "f1", "end", "enter", "f1", "f5", "f5", "escape")
    await see.press("ctrl+e", "f1", "z", "z", "escape", "ctrl+e", "f1", "enter", "f1", "enter", "f1", "enter")


async def the_crossing(see: Looking) -> None:
    """Two people who answer alone and agree, one is taken out, their views crossed."""
    await see.press("ctrl+x")
    await see.everywhere()
    for name in ("Aline", "Brune"):
        await see.press("f4", "f1")
        await see.write(name)
        await see.press("enter", "enter", "f1", "up", "up", "up", "enter", "f5", "enter", "f1", "enter")
        await see.everywhere("f3", "escape")
        answers = ["enter", "end", "enter"] if name == "Aline" else ["down", "enter", "end", "enter"]
        await see.press(*answers, "right", "f9", "ctrl+y", "f8", "f1", "tab", "enter", "f1", "enter")
        await see.press("f1", *HOLDERS_WORD)
    await see.press("f6")
    await see.everywhere("enter", "f1", "escape", "tab", "tab", "tab", "enter", "down", "enter", "escape")
    await see.press("ctrl+e", "f1", "enter", "f1", "enter", "escape")
    await see.press("home", "enter", "tab", "tab", "enter", "f1", "enter", "escape")


async def home(see: Looking) -> None:
    """Back there, from wherever; what is ticked and not validated waits."""
    for _ in range(12):
        if isinstance(see.driver.app.screen, HomeScreen):
            break
        await see.press("f8" if isinstance(see.driver.app.screen, QuestionScreen) else "escape")
        if "Laisser en attente" in see.driver.seen:
            await see.driver.click("Laisser en attente")


async def the_territory(see: Looking) -> None:
    """The profile, from home, and one of its answers."""
    await home(see)
    await see.press("home")
    for _ in range(8):
        row = next((line for line in see.driver.lines() if "▸" in line), "")
        if "Profil du territoire" in row:
            break
        await see.press("down")
    await see.press("enter", "f1", "enter", "f1", "escape", "escape")


async def the_workshop(see: Looking) -> None:
    """From home: a scenario, the room's intuition, a divided vote, the reading, « et si », the record, the replay."""
    await home(see)
    await see.driver.click("Un atelier, avec une salle")
    await see.everywhere("f2", "enter", "escape", "enter")
    await see.everywhere("down", "enter")
    await see.everywhere("a", "b", "enter")
    await see.everywhere(
        "a", "a", "enter", "a", "b", "f4", "f9", "ctrl+y", "tab", "f2", "escape", "f3", "escape", "f7", "f7"
    )
    await see.press("a", "enter", "ctrl+b", "escape", "f6", "tab", "enter")
    await see.everywhere("e", "enter", "f2", "enter", "escape", "enter", "enter", "f4", "enter", "f3", "escape", "f8")
    await see.press("enter", "escape")
    await see.press("ctrl+e")
    await see.everywhere("f4", "f1", "escape", "f2", "down", "enter", "escape", "ctrl+r")
    await see.everywhere("enter", "pageup", "escape", "f10", "escape")


async def the_list(see: Looking, dossiers: Path) -> None:
    """Every dossier, one of which cannot be read and one of which has a copy; titles hidden, then shown."""
    (dossiers / "zinc.yaml").write_text("titre: [", encoding="utf-8")
    for name, answers in (
        ("argile", " {}"),
        ("argile (copie en conflit de X 2026-11-02)", "\n  etat_du_groupe: constitue"),
    ):
        (dossiers / f"{name}.yaml").write_text(f"titre: Argile\nreponses:{answers}\n", encoding="utf-8")
    await see.driver.click("Tous mes dossiers")
    await see.press("f1", "ctrl+l", "ctrl+l")
    await see.write("zinc")
    await see.press("enter", "f1", "ctrl+l", "ctrl+l", "escape")
    await see.driver.click("Tous mes dossiers")
    await see.driver.click("copie à départager")
    await see.press("f1", "enter", "f1", "escape", "tab", "enter", "escape")


async def test_no_english_word_is_shown_where_there_is_more_room(dossiers: Path) -> None:
    """What only a wide screen has: the reading in brief beside the questions, the wide reading and table."""
    async with running(WIDE) as driver:
        see = Looking(driver)
        await the_questionnaire(see)
        await the_table(see)
        await the_reading(see)
    assert found_in(see, dossiers) == set()


async def test_no_english_word_is_shown_anywhere(dossiers: Path) -> None:
    async with running(NARROW) as driver:
        see = Looking(driver)
        await the_questionnaire(see)
        await the_table(see)
        await the_reading(see)
        await the_paper(see)
        await the_crossing(see)
        await the_territory(see)
        await the_workshop(see)
        await the_list(see, dossiers)
    assert our_screens() <= see.screens, our_screens() - see.screens
    assert any("Rien ne correspond" in text for text in see.texts)
    assert any("Le papier est écrit" in text for text in see.texts)
    assert any("Les regards diffèrent" in text for text in see.texts)
    assert any("Pour quitter" in text for text in see.texts)
    assert any("nombre entier" in text for text in see.texts)
    assert any("Garder la copie" in text for text in see.texts)
    assert found_in(see, dossiers) == set()


def found_in(see: Looking, *known: object) -> set[str]:
    return {word for text in see.texts for word in english_in(text, " ".join(map(str, known)))}


# --- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_no_english_in_a_refusal_to_open(size: tuple[int, int], dossiers: Path) -> None:
    """A dossier that cannot be read, one open elsewhere, one that is not there any more, a case only read."""
    broken = store.create(dossiers, "Zinc")
    broken.write_text("titre: Zinc\nreponses:\n  jamais_vue: oui\n", encoding="utf-8")
    gone = store.create(dossiers, "Laine")
    held = store.create(dossiers, "Argile")
    seen: list[Looking] = []
    with another_process(held):
        for path in (broken, held, gone, CASES[0]):
            if path == gone:
                gone.unlink()
            async with running(size, path) as driver:
                see = Looking(driver)
                await see.press("f1", "tab", "enter")
                if path == CASES[0]:
                    await see.press("f1", "f4")
                seen.append(see)
    assert len({type(see).__name__ + see.texts[0] for see in seen}) == 4
    assert {word for see in seen for word in found_in(see, dossiers, broken, gone, held)} == set()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_no_english_when_rules_or_the_disk_refuse(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opener() -> Any:
        (tmp_path / "rules").mkdir(exist_ok=True)
        (tmp_path / "rules" / "faute.yaml").write_text("- regle: [", encoding="utf-8")
        return open_rules(tmp_path)

    with pytest.raises(Unusable):
        opener()
    async with running(size, opener=opener) as driver:
        refused = Looking(driver)
        await refused.press("f1")
    monkeypatch.setattr(Writer, "save", full)
    async with running(size) as driver:
        unsaved = Looking(driver)
        await begin(driver)
        await unsaved.press("enter", "f8", "tab", "escape", "ctrl+q", "escape")
        for page in (quit_unsaved(""), go_home_unsaved("disque plein"), set_aside(Path("un.yaml")),
                     not_written(creation_failure(tmp_path, OSError(28, "No space left on device")))):  # fmt: skip
            driver.app.push_screen(page)
            await driver.rest()
            await unsaved.press("escape")
    assert any("PAS ENREGISTRÉ" in text for text in unsaved.texts)
    assert found_in(refused, tmp_path) | found_in(unsaved, tmp_path) == set()


def full(*_: object) -> None:
    raise OSError(28, "No space left on device", "/x")


async def test_no_english_when_answers_clash(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal, the way to the other answer, and the last page."""
    reader = shipped_reader()
    rule = next(rule for rule in reader.base.logic.incoherences if isinstance(rule.never, AllOf))
    first, second = [part for part in rule.never.parts if isinstance(part, Is)][:2]
    async with running(NARROW) as driver:
        see = Looking(driver)
        await begin(driver)
        for part in (first, second):
            await jump(driver, part.question)
            driver.question.answer(part.question, sorted(part.answers)[0])
            await driver.rest()
            see.look()
            await see.press("tab", "f1")
    assert found_in(see) == set()


# --- the check itself ------------------------------------------------------------------------------------------------


def test_words_of_the_toolkit_are_looked_for() -> None:
    known = english()
    assert {"quit", "search", "matches", "maximize", "screenshot", "invalid", "must", "yes", "press", "key"} <= known
    assert not {"page", "question", "note", "format", "choix", "aide", "lecture", "impossible"} & known
    assert english_in("Choisissez, puis Entrée") == set()
    assert english_in("Search for commands…") == {"search", "for", "commands"}


class Plain(App[None]):
    """A plain Textual application: what it says is what must never be said here."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder="Type here", validators=[Integer()])


async def test_textual_left_alone_is_caught() -> None:
    app = Plain()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p")
        await asyncio.sleep(0.2)
        await pilot.pause()
        shown = "\n".join("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())
        assert len(english_in(shown)) > 10
        failure = Integer().validate("x").failure_descriptions
        assert all(english_in(text) for text in failure)
        assert english_in("Type here")
