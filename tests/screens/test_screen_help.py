"""The help page opens with what has the focus: every thing that can have it explains itself, in French."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from textual.screen import Screen

from conseil_dla.comparison.alone_text import HOLDERS_WORD
from conseil_dla.comparison.screens.alone import HeldScreen
from conseil_dla.dossiers.drafts import Drafts, Purpose
from conseil_dla.panes.compass import Compass
from conseil_dla.panes.question_sheet import OtherRows, QuestionSheet
from conseil_dla.reading.values import Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import KINDS, Value
from conseil_dla.screens.dossier_pages import ALL
from conseil_dla.screens.help import HelpPage, help_page, topic_of
from conseil_dla.screens.home import HomeScreen
from conseil_dla.toolkit.rows import Rows
from conseil_dla.wording.help_text import compass_topic, question_topic
from conseil_dla.wording.lines import CERTAINTIES, EXCEPTION, FOOTED, LINE, line_topic
from conseil_dla.wording.outline import outline
from conseil_dla.wording.search_index import meaning, words_in
from english import english_in
from screens.driving import NARROW, WIDE, Driver, begin, choose, jump, running
from screens.test_screen_guidance import refused
from screens.test_screen_keys import our_classes
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
LOGIC = BASE.logic
LONE = re.compile(r"(?<!\u00a0)[:;?!»](?=\s|$)|«(?!\u00a0)|'")
"""A sign that could begin a line, or a straight apostrophe."""


def shown() -> set[type]:
    """Screens that are shown as they are, and not only built upon."""
    screens = {cls for cls in our_classes() if issubclass(cls, Screen)}
    built_upon = {base for cls in screens for base in cls.__mro__[1:]}
    seen_too = {cls for cls in screens if cls.__name__ in ("Page", "Picker", "NamingPage", "PreparationPage")}
    return (screens - built_upon | seen_too) - {HelpPage, HeldScreen}


async def explain(driver: Driver, visited: set[type], told: set[str]) -> None:
    """Every thing of the screen that can have the focus says what it is; the keys come after."""
    screen = driver.app.screen
    visited.add(type(screen))
    chain = screen.focus_chain
    assert chain or topic_of(screen) is not None, screen
    before = screen.focused
    for widget in chain:
        widget.focus(scroll_visible=False)
        await driver.rest()
        topic = topic_of(screen)
        assert topic is not None, f"{screen} {widget}"
        assert topic.title
        assert topic.paragraphs
        assert all(topic.paragraphs)
        blocks = help_page(screen).blocks
        assert blocks[0].text == topic.title
        told |= {topic.title, *topic.paragraphs}
    if before is not None:
        before.focus(scroll_visible=False)
        await driver.rest()
    await driver.press("f1")
    assert isinstance(driver.app.screen, HelpPage), screen
    assert "Aide" in driver.seen
    await driver.press("f1")
    assert driver.app.screen is screen


async def test_every_thing_that_can_have_the_focus_explains_itself(dossiers: Path) -> None:
    visited: set[type] = set()
    told: set[str] = set()
    left = Drafts()  # by a window that was closed
    left.hold(Purpose("NewDossierPage", "", ""), "un nouveau dossier", {"title": "Un texte"})
    left.close()

    async with running(WIDE) as driver:

        async def look(*keys: str) -> None:
            await driver.press(*keys)
            await explain(driver, visited, told)

        await look()
        await look("ctrl+p")
        await look("escape", "down", "enter")  # the territory
        await look("enter")
        await driver.press("escape", "escape")
        await look("f2")
        await driver.click("L’effacer")
        await look()
        await driver.press("f5")
        await look()
        await look("f2")
        await look("escape", "f3")
        await driver.press("escape")
        for page in ALL:
            if page.screen is not None:
                await look(page.key)
                await driver.press("escape")
        await look("ctrl+u", "enter")
        await look("f4")
        await driver.press("escape", "escape", "down", "enter")
        await look()
        await driver.press("escape")
        listed = driver.app.screen.query_one("#structures", Rows)
        listed.show(listed.rows, "rubrique phases")
        await look("enter")
        await driver.press("escape", "escape")
        await look("tab", "tab", "escape", "ctrl+f")
        await driver.press("escape", "ctrl+g")
        await look("end", "enter")
        await driver.write("Une compagnie")
        await look("f5")
        await look("home", "enter")
        await driver.press("escape", "escape")
        for type_ in ("plusieurs", "nombre", "oui_non"):
            await jump(driver, next(q.id for q in LOGIC.questions.values() if q.type == type_ and not q.asked_if))
            await look()
        await look("ctrl+x")
        await look("f4")
        await driver.write("Zoé")
        await driver.press("f5")
        await look("enter")
        await look("enter")
        await driver.press("f8", "escape", "enter")
        await driver.press(*HOLDERS_WORD)
        await look("f6")
        await driver.press("escape", "escape")
        await look("f6")
        while driver.reading._line is None or driver.reading._line.target is None:
            await driver.press("down")
        await look("enter")
        await driver.press("escape", "escape")
        await refused(driver)
        await look()
        assert driver.question.query_one(OtherRows).display
        await driver.press("escape", "f8")
        (dossiers / "cassé.yaml").write_text("titre: [", encoding="utf-8")
        while not isinstance(driver.app.screen, HomeScreen):
            await driver.press("f8")
        await look("escape")
        await driver.click("Un atelier, avec une salle")
        await look()
        await look("enter")
        await look("enter")
        await look("a", "enter")
        await look("a", "enter", "f6")
        await look("escape", "pagedown")
        await look("ctrl+e")
        await look("f4")
        await look("escape", "ctrl+r")
        await driver.press("ctrl+e", "f10", "escape")
        await driver.click("Tous mes dossiers")
        await explain(driver, visited, told)
        await driver.write("cassé")
        await look("enter")
    assert visited == shown()
    assert not {text for text in told if LONE.search(text)}
    assert {word for text in told for word in english_in(text)} == set()


async def test_the_last_page_explains_itself_too() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        while driver.question.state.current is not None:
            driver.question.answer(str(driver.question.state.current), None)
            await driver.rest()
        topic = topic_of(driver.app.screen)
        assert topic is not None
        assert topic.title == "Plus rien à demander"


async def test_the_help_of_a_question_tells_how_it_is_answered_its_help_and_its_words() -> None:
    async with running(NARROW) as driver:
        await begin(driver)
        worded = 0
        for question in LOGIC.questions.values():
            topic = question_topic(BASE, question.id)
            text = " ".join(topic.paragraphs)
            assert topic.title == BASE.entry("question", question.id).texts["libelle"].replace(" ?", "\u00a0?")
            assert ("Aucune de ces réponses" in text) == (question.type == "plusieurs")
            assert ("Un nombre entier, de" in text) == (question.type == "nombre")
            assert "Je ne sais pas encore" in text
            entry = BASE.entry("question", question.id)
            said = " ".join((entry.texts["libelle"], entry.texts.get("aide", ""), *entry.labels.values()))
            assert [word for word in words_in(BASE, said) if meaning(word) not in topic.paragraphs] == []
            worded += len(words_in(BASE, said))
        assert worded
        one = next(q for q in LOGIC.questions.values() if q.type == "plusieurs" and not q.asked_if)
        await jump(driver, one.id)
        await choose(driver, one.answers[0])
        await driver.press("f1")
        assert "Espace coche" in driver.seen
        assert driver.question_below.query_one(QuestionSheet).help_topic() == question_topic(BASE, one.id)


def test_the_compass_names_the_axes_and_says_what_is_ours() -> None:
    text = " ".join(compass_topic(BASE).paragraphs)
    for axis in LOGIC.axes:
        entry = BASE.entry("axe", axis)
        for words in (entry.title, entry.texts["negatif"], entry.texts["positif"]):
            assert words in text
    assert "dessin de la note est perdu" in text


async def test_the_compass_beside_the_reading_has_its_own_help() -> None:
    async with running(WIDE) as driver:
        await begin(driver)
        await driver.press("f6")
        driver.reading.query_one(Compass).focus()
        await driver.rest()
        assert topic_of(driver.app.screen) == compass_topic(BASE)
        driver.reading.query_one("#reading").focus()
        await driver.rest()
        assert topic_of(driver.app.screen) != compass_topic(BASE)


def test_every_line_of_a_reading_says_what_it_is_and_how_strongly_it_is_said() -> None:
    kinds: set[str] = set()
    titles: set[str] = set()
    readings = [READER.read(random_dossier(LOGIC, random.Random(seed), 0.2 + seed / 15)) for seed in range(12)]
    for reading in (*readings, *along_the_first_answers()):
        sections = outline(Whole(BASE, reading, prospects=READER.prospects(reading)))
        for section in sections:
            for line in section.lines:
                topic = line_topic(BASE, reading, sections, line)
                assert topic != LINE, (section.key, line)
                assert not [text for text in (topic.title, *topic.paragraphs) if LONE.search(text)]
                titles.add(topic.title)
                if line.target is not None:
                    kinds.add(line.target[0])
                    _strength_is_told(reading, line.target[0], line.target[1], " ".join(topic.paragraphs))
    assert kinds == set(KINDS)
    assert {EXCEPTION.title, FOOTED.title} <= titles


def along_the_first_answers() -> Iterator[Reading]:
    """Readings of a dossier being answered: exceptions stand there."""
    answers: dict[str, Value] = {}
    while len(answers) < 9:
        reading = READER.read(answers)
        asked = reading.next_question
        assert asked is not None
        question = LOGIC.questions[asked.question]
        many, number = question.type == "plusieurs", question.bounds
        answers[question.id] = frozenset[str]() if many else number[0] if number else question.answers[0]
        yield reading


def _strength_is_told(reading: Reading, kind: str, id: str, text: str) -> None:
    for drawn in reading.drawn:
        if (drawn.kind, drawn.id) == (kind, id):
            said = {name for name, words in CERTAINTIES.items() if words.split("»")[0] in text.replace("\u00a0", " ")}
            assert said == {drawn.certainty}
    if kind == "format":
        said = {name for name, words in CERTAINTIES.items() if words.split("»")[0] in text.replace("\u00a0", " ")}
        is_settled = id == reading.format.retained or id in reading.format.tied
        assert ("certaine" in said) == is_settled
        assert ("possible" in said) == (id in reading.format.possible and id not in reading.format.shown)
