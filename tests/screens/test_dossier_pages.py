"""What opens on an open dossier is one file and its name in one table: one that was never heard of is everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

import conseil_dla
from conseil_dla.screens.dossier_pages import ALL
from screens.driving import WIDE, begin, running

PAGE = '''\
"""Pense-bête: what is left to say, which no page of today shows."""

from __future__ import annotations

from conseil_dla.ground.topic import topic
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import Block


class ReminderPage(Page):
    """How many answers there are."""


REMINDER = DossierPage(
    name="reminder",
    key="f11",
    label="pense-bête",
    sentence="Relire ce qui reste à dire.",
    shows=lambda screen: screen.app.push_screen(
        ReminderPage("Le pense-bête de ce dossier", (Block(f"Il a {len(screen.dossier.answers)} réponses."),))
    ),
    on_question="bar",
    on_reading="bar",
    screen=ReminderPage,
    topic=topic("Ce que rappelle un pense-bête", "Ce qui reste à dire, quand on y revient."),
)
'''
SCRIPT = """\
import asyncio, json
from screens.driving import NARROW, begin, running

async def seen():
    async with running(NARROW) as driver:
        await begin(driver)
        await driver.press("enter")
        found = {}
        for place in ("question", "reading"):
            found[f"{place} bar"] = driver.lines()[-1] + driver.lines()[-2] + driver.lines()[-3]
            await driver.press("f1")
            found[f"{place} help"] = str([block.mark + block.text for block in driver.app.screen.blocks])
            await driver.press("escape", "ctrl+p")
            await driver.write("reste a dire")
            found[f"{place} palette"] = driver.seen
            await driver.press("escape", "f11")
            found[f"{place} opens"] = driver.seen
            await driver.press("f1")
            found[f"{place} explains"] = driver.seen
            await driver.press("escape", "escape", "f6")
        return found

print(json.dumps(asyncio.run(seen())))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a copy of the program shows, once the file of the page is written and named in the table."""
    work = tmp_path_factory.mktemp("page")
    package = work / "conseil_dla"
    copytree(Path(conseil_dla.__file__).parent, package, ignore=ignore_patterns("__pycache__"))
    (package / "screens" / "reminder.py").write_text(PAGE, encoding="utf-8")
    table = package / "screens" / "dossier_pages.py"
    text = table.read_text(encoding="utf-8").replace(" PAPER)", " PAPER, REMINDER)")
    named = "from conseil_dla.screens.reminder import REMINDER\nfrom conseil_dla.screens.structures"
    text = text.replace("from conseil_dla.screens.structures", named)
    assert text.count("REMINDER") == 2
    table.write_text(text, encoding="utf-8")
    here = {**os.environ, "PYTHONPATH": os.pathsep.join((str(work), str(Path(__file__).parents[1]))),
            "CONSEIL_DLA_REGLAGES": str(work / "reglages"), "CONSEIL_DLA_DOSSIERS": str(work / "dossiers")}  # fmt: skip
    run = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(run, cwd=work, env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: text.replace("\u00a0", " ") for name, text in json.loads(done.stdout).items()}


@pytest.mark.parametrize("place", ["question", "reading"])
def test_a_page_written_in_one_file_is_opened_and_named_on_both_screens(place: str, seen: dict[str, str]) -> None:
    assert "F11 pense-bête" in seen[f"{place} bar"]
    assert "F11" in seen[f"{place} help"]
    assert "Relire ce qui reste à dire." in seen[f"{place} help"]
    assert "Relire ce qui reste à dire." in seen[f"{place} palette"]
    assert "Le pense-bête de ce dossier" in seen[f"{place} opens"]
    assert "Il a 1 réponses." in seen[f"{place} opens"]
    assert "Ce que rappelle un pense-bête" in seen[f"{place} explains"]


def test_pages_can_be_told_apart_and_say_all_that_is_needed() -> None:
    for each in ("name", "key", "label", "sentence"):
        assert len({getattr(page, each) for page in ALL}) == len(ALL)
    for page in ALL:
        assert (page.writes is None) != (page.shows is None)
        assert page.on_question or page.on_reading
        assert (page.screen is None) == (page.topic is None)


async def test_what_writes_is_opened_from_the_reading_over_the_question(dossiers: Path) -> None:
    """The questionnaire has the dossier in hand; one is back there, wherever the page was wanted."""
    async with running(WIDE) as driver:
        await begin(driver)
        for page in ALL:
            if page.writes is not None and page.on_reading:
                await driver.press("f6", page.key)
                if page.screen is not None:
                    assert type(driver.app.screen) is page.screen
                    await driver.press("escape")
                assert driver.question
