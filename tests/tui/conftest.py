"""Each test keeps its dossiers in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.files import DOSSIERS_VARIABLE


@pytest.fixture(autouse=True)
def dossiers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dossiers"
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(folder))
    return folder
