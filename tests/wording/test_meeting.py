"""The guide of a meeting: its answers are typed in the order in which it asks, on screens and in lines."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from conseil_dla.cli.main import run
from conseil_dla.dossiers import store
from conseil_dla.papers.blocks import Grid
from conseil_dla.papers.own_sheets import TURNS
from conseil_dla.papers.writing import write
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier
from conseil_dla.screens.question import QuestionScreen
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.prospects import WHOM, agenda_of, whom
from papers.making import of
from screens.driving import NARROW, running
from shipped import ROOT, shipped_reader

BASE = shipped_reader().base


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier that has been begun."""
    path = tmp_path / "le-mien.yaml"
    answers = list(store.load(ROOT / "knowledge" / "essais" / "recit_celle_qui_brule.yaml", BASE).answers.items())[:5]
    told = "".join(f"  {id}: {value}\n" for id, value in answers if isinstance(value, str))
    path.write_text(f"version: 1\ntitre: Le mien\nreponses:\n{told}", encoding="utf-8")
    return path


def whole(path: Path) -> Whole:
    return of(Dossier("", "Le mien", store.load(path, BASE).answers))


def test_the_guide_is_the_paper_in_its_order(path: Path) -> None:
    rows = [row[0] for block in write(whole(path), "appel").blocks if isinstance(block, Grid) for row in block.rows]
    agenda = agenda_of(BASE, whole(path).reading)
    assert len(agenda) > 8
    assert [text.removesuffix(TURNS) for text in rows] == [question_text(BASE, id) for id in agenda]
    groups = [whom(BASE, id) for id in agenda]
    assert list(dict.fromkeys(groups)) == sorted(set(groups), key=list(WHOM).index), "one person after the other"


def test_lines_ask_in_the_order_of_the_guide(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    agenda = agenda_of(BASE, whole(path).reading)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(["guide", *(["0"] * len(agenda)), "fin"]) + "\n"))
    assert run(["entretien", str(path)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    declined = store.load(path, BASE).declined
    places = [out.index(" ".join(question_text(BASE, id).split())) for id in agenda if id in declined]
    assert len(places) > len(agenda) / 2
    assert places == sorted(places)
    assert "Guide du rendez-vous" in out


async def test_screens_ask_in_the_order_of_the_guide_then_in_their_own(path: Path) -> None:
    async with running(NARROW, path) as driver:
        screen = driver.app.screen
        assert isinstance(screen, QuestionScreen)
        assert screen.reading is not None
        agenda = agenda_of(BASE, screen.reading)
        await driver.press("ctrl+a")
        asked = []
        while screen.driver.agenda and len(asked) < len(agenda):
            assert screen.state.current in agenda
            asked.append(screen.state.current)
            assert "Guide du rendez-vous" in driver.seen
            screen.answer(asked[-1], None)
            await driver.rest()
        assert asked == [id for id in agenda if id in asked]
        assert len(asked) > len(agenda) / 2
        assert "Guide du rendez-vous" not in driver.seen
        assert screen.state.current not in asked
