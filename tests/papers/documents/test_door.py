"""A library of documents that stops is told in French; a fault of the program is told without a word of any dossier."""

from __future__ import annotations

import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest

from conseil_dla import __main__
from conseil_dla.batch import blank_table
from conseil_dla.papers.blocks import Paper
from conseil_dla.papers.documents import kinds as writing
from conseil_dla.papers.documents import sheets, xlsx
from conseil_dla.papers.documents.document import BadTemplate, NotMade
from conseil_dla.wording.crash_text import UNFORESEEN, crash_text
from screens.driving import running
from shipped import shipped_reader

SECRET = "Le secret du dossier"
PAPER = Paper(SECRET, "Une note", ())


def refused(*_: object) -> bytes:
    quoted = SECRET
    raise ValueError(quoted)


@pytest.mark.parametrize("suffix", writing.SUFFIXES)
def test_what_a_writer_of_papers_raises_is_told(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module(f"conseil_dla.papers.documents.{(writing.STYLED | writing.TEXTS)[suffix]}")
    monkeypatch.setattr(module, "write", refused)
    with pytest.raises(NotMade) as caught:
        writing.written(PAPER, suffix)
    assert "(ValueError)" in caught.value.told
    assert SECRET not in caught.value.told


@pytest.mark.parametrize("suffix", writing.STYLED)
def test_what_is_no_template_is_still_told_as_one(suffix: str) -> None:
    with pytest.raises(BadTemplate):
        writing.written(PAPER, suffix, b"PK")


def test_what_a_writer_of_workbooks_raises_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    table = sheets.Sheet("Feuille", ("a",), (("b",),))
    monkeypatch.setattr(xlsx, "packed", refused)
    with pytest.raises(NotMade):
        sheets.written((table,), ".xlsx")
    monkeypatch.setattr(xlsx, "WriteOnlyCell", refused)
    with pytest.raises(NotMade):
        xlsx.write_rows(BytesIO(), "Feuille", ("a",), [("b",)])
    monkeypatch.setattr(import_module("conseil_dla.batch.xlsx_form"), "packed", refused)
    with pytest.raises(NotMade):
        blank_table.blank_table(shipped_reader().base, ".xlsx")


def test_a_command_that_a_writer_stops_is_told_and_a_fault_says_where_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "t.xlsx"
    monkeypatch.setattr(sys, "argv", ["conseil-dla", "lot", "--tableau", str(target)])
    monkeypatch.setattr(import_module("conseil_dla.batch.xlsx_form"), "write", refused)
    assert __main__.main() == 2
    assert "n’a pas pu être mis en forme" in capsys.readouterr().err
    monkeypatch.setattr("conseil_dla.cli.commands.batch.blank_table", refused)
    assert __main__.main() == __main__.FAULT
    told = capsys.readouterr().err
    assert UNFORESEEN in told
    assert "conseil_dla/cli/commands/batch.py:" in told
    assert SECRET not in told
    assert not target.exists()


async def test_screens_that_a_fault_closes_quote_no_dossier(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match=SECRET):  # noqa: PT012 - the screens close as they are left
        async with running() as driver:
            driver.app.call_later(refused)
            await driver.pilot.pause()
    told = capsys.readouterr().err
    assert UNFORESEEN in " ".join(told.split())
    assert SECRET not in told
    assert driver.app.return_code == 1


def test_what_caused_a_fault_is_named() -> None:
    try:
        try:
            refused()
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        told = crash_text(error)
    assert "(KeyError, ValueError)" in told
    assert told.splitlines()[-1].endswith(" refused")
    assert SECRET not in told
