"""A reading is dated when one leaves; months later the whole reading says what has happened, and what to look at."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import SaveOutcome, Writer
from conseil_dla.panes import in_hand
from conseil_dla.rules.model import Dossier
from conseil_dla.screens import reading
from conseil_dla.toolkit.rows import Rows
from screens.driving import NARROW, WIDE, begin, running
from shipped import put_on_disk, shipped_reader

BASE = shipped_reader().base


class Day(date):
    """A day that the test chooses."""

    now = date(2026, 3, 12)

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return cls.now


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Day, "now", date(2026, 3, 12))
    for module in (reading, in_hand):
        monkeypatch.setattr(module, "date", Day)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_seven_months_later_the_reading_says_what_has_happened(
    size: tuple[int, int], dossiers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(size) as driver:
        await begin(driver)
        while len(driver.question.state.answers) < 6:
            await driver.press("enter", "f12")
        await driver.press("f6")
        assert "Depuis la lecture" not in driver.reading.query_one(Rows).text
        await driver.press("f6", "f8")
    (path,) = dossiers.glob("*.yaml")
    (entry,) = store.load(path, BASE).journal
    assert entry.day == "2026-03-12"
    assert len(entry.answers) == 6
    monkeypatch.setattr(Day, "now", date(2026, 10, 13))
    async with running(size, path) as driver:
        await driver.press("enter", "f6")
        text = driver.reading.query_one(Rows).text
        assert "Depuis la lecture du 12\u00a0mars\u00a02026" in text
        assert "6 mois ont passé" in text
        await driver.press("f6", "f8")
    assert [one.day for one in store.load(path, BASE).journal] == ["2026-03-12", "2026-10-13"]


async def test_looking_without_answering_dates_nothing(dossiers: Path) -> None:
    async with running() as driver:
        await begin(driver)
        await driver.press("f8")
    (path,) = dossiers.glob("*.yaml")
    assert "journal" not in path.read_text(encoding="utf-8")


async def test_quitting_dates_the_reading_too_and_coming_back_unchanged_writes_nothing(
    dossiers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as driver:
        await begin(driver)
        await driver.press("enter", "ctrl+q")
    (path,) = dossiers.glob("*.yaml")
    before = path.read_bytes()
    assert b"2026-03-12" in before
    monkeypatch.setattr(Day, "now", date(2026, 10, 13))
    async with running(dossier=path) as driver:
        await driver.press("f8")
    assert path.read_bytes() == before


async def test_a_dossier_without_dated_readings_that_is_only_looked_at_stays_as_it_was(dossiers: Path) -> None:
    path = store.create(dossiers, "Un projet")
    question = next(q for q in BASE.logic.questions.values() if q.type == "choix" and q.asked_if is None)
    put_on_disk(replace(store.load(path, BASE), answers={question.id: question.answers[0]}))
    before = path.read_bytes()
    async with running(dossier=path) as driver:
        await driver.press("f6", "f6", "f8")
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
async def test_a_disk_that_refuses_the_dated_reading_is_told_and_costs_no_answer(
    dossiers: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    save = Writer.save

    def refuse(self: Writer, dossier: Dossier) -> SaveOutcome:
        if any(one.fresh for one in dossier.journal):
            raise OSError(number, "refused")
        return save(self, dossier)

    monkeypatch.setattr(Writer, "save", refuse)
    async with running() as driver:
        await begin(driver)
        await driver.press("enter", "enter", "f8")
        assert "sans enregistrer" in driver.seen
        assert "refused" not in driver.seen
        await driver.press("escape")
        assert len(driver.question.state.answers) == 2
    (path,) = dossiers.glob("*.yaml")
    dossier = store.load(path, BASE)
    assert (len(dossier.answers), dossier.journal) == (2, ())
