"""A few screens as pictures, judged by eye once and held since: what words cannot say of a layout.

With ``CONSEIL_DLA_ECRIRE_ATTENDUS=1`` the pictures are drawn anew: look at each of them before keeping it.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.toolkit.themes import NO_COLOUR
from conseil_dla.workshop.playing import Countdown
from screens.driving import NARROW, WIDE, running
from screens.room import to_questions
from shipped import ROOT, put_on_disk, shipped_reader

PICTURES = Path(__file__).parent / "pictures"
TRIALS = ROOT / "knowledge" / "essais"
SCREENS = [
    ("accueil", NARROW, "", ()),
    ("question", NARROW, "atelier_revelateur", ("down", "enter")),
    ("question", WIDE, "atelier_revelateur", ("down", "enter")),
    ("question-sans-couleur", WIDE, "atelier_revelateur", ("down", "enter")),
    ("lecture", NARROW, "mecenat_et_equilibre", ("f6",)),
    ("lecture", WIDE, "mecenat_et_equilibre", ("f6", "pagedown")),
]
FIRST_ANSWERS = 3
"""Of the trial, kept in the dossier whose questions are shown: enough for a region that has shrunk once."""


def drawn(svg: str) -> str:
    """The picture without what changes from one drawing to the next, and without fonts from elsewhere."""
    svg = re.sub(r"\s*@font-face \{.*?\}\n", "\n", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "ecran", svg)


@pytest.mark.parametrize(("name", "size", "trial", "keys"), SCREENS, ids=lambda value: str(value) if value else "-")
async def test_the_screen_is_drawn_as_it_was_judged(
    name: str,
    size: tuple[int, int],
    trial: str,
    keys: tuple[str, ...],
    dossiers: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = None
    if trial:
        path = dossiers / "dossier.yaml"
        dossiers.mkdir(exist_ok=True)
        text = (TRIALS / f"{trial}.yaml").read_text(encoding="utf-8").split("attendu:")[0]
        path.write_text(text, encoding="utf-8")
        if name.startswith("question"):
            read = store.load(path, shipped_reader().base)
            few = dict(list(read.answers.items())[:FIRST_ANSWERS])
            put_on_disk(replace(read, answers=few))
    else:
        monkeypatch.setenv(DOSSIERS_VARIABLE, "/dossiers")
    async with running(size, path) as driver:
        if name.endswith("sans-couleur"):
            driver.app.theme = NO_COLOUR.name
        await driver.press(*keys)
        seen = drawn(driver.app.export_screenshot())
    judged(seen, f"{name}-{size[0]}x{size[1]}.svg")


async def test_a_question_put_to_a_room_is_drawn_as_it_was_judged(
    dossiers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Countdown.__init__, "__defaults__", (lambda: 0.0,))
    async with running(WIDE, is_workshop=True) as driver:
        await to_questions(driver, 1)
        await driver.press("a", "a", "a", "b", "c", "c")
        seen = drawn(driver.app.export_screenshot())
    judged(seen, "atelier-120x40.svg")


def judged(seen: str, name: str) -> None:
    golden = PICTURES / name
    if os.environ.get("CONSEIL_DLA_ECRIRE_ATTENDUS") == "1":
        PICTURES.mkdir(exist_ok=True)
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8"), f"draw it again, look at it: {golden.name}"
