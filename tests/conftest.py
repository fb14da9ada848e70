"""What holds for every test: examples, and folders of its own.

Property tests draw the same examples everywhere, so that a red test is about the change at hand; to search further,
``CONSEIL_DLA_EXPLORER=1 pytest`` draws new examples at every run.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from conseil_dla.files import SETTINGS_VARIABLE

settings.register_profile("same_everywhere", derandomize=True, deadline=None)
settings.register_profile("explorer", deadline=None)
settings.load_profile("explorer" if os.environ.get("CONSEIL_DLA_EXPLORER") == "1" else "same_everywhere")


@pytest.fixture(autouse=True)
def settings_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads what its developer chose, nor writes there; nor does a terminal without colours change any."""
    folder = tmp_path / "reglages"
    monkeypatch.setenv(SETTINGS_VARIABLE, str(folder))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder
