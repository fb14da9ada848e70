"""Each test keeps its dossiers in a folder of its own, and paints for a terminal with every colour."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.ground.files import DOSSIERS_VARIABLE


@pytest.fixture(autouse=True)
def every_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever terminal the tests are started from."""
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")


@pytest.fixture(autouse=True)
def dossiers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dossiers"
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(folder))
    return folder
