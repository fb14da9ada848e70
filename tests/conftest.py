"""What holds for every test: examples, and folders of its own.

Property tests draw the same examples everywhere, so that a red test is about the change at hand; to search further,
``CONSEIL_DLA_EXPLORER=1 pytest`` draws new examples at every run.
"""

from __future__ import annotations

import gc
import os
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from conseil_dla.exact.atlas import Atlas
from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.files import SETTINGS_VARIABLE
from conseil_dla.ground.nodes import Node
from conseil_dla.reading import compose, opening
from conseil_dla.rules.loading import folder as folders
from conseil_dla.rules.loading.checking import GRAMMAR
from conseil_dla.rules.loading.folder import Loaded
from conseil_dla.rules.model import Base

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


LONG = Path(__file__).with_name("lents.txt")
"""Tests that ``pytest`` leaves to ``pytest -m lent``, written by ``tools/long_tests.py`` from what each took."""


def pytest_runtest_setup() -> None:
    """Tests make much and keep little: a tenth of their time went into looking for garbage."""
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the long ones before marks choose what is run."""
    long = set(LONG.read_text(encoding="utf-8").split())
    for item in items:
        if item.nodeid.removeprefix("tests/").partition("[")[0] in long:
            item.add_marker("lent")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What is left out is said."""
    if config.option.markexpr == "not lent":
        number = len(LONG.read_text(encoding="utf-8").split())
        terminalreporter.write_line(f"{number} kinds of test, and those marked so, are left to: pytest -m lent")


FEW = 4
"""Rules that a process of tests keeps at hand."""
MANY = 60
"""Files of them."""


@pytest.fixture(scope="session", autouse=True)
def rules_read_once() -> None:
    """Rules that no byte of has changed are read, and made into diagrams, once a process: most tests use the same.

    So is each file of rules: tests that change one of many read again what they have changed.
    """
    read, compiled, parse = opening.load, compose.compiled, folders.parse

    @lru_cache(FEW)
    def read_once(folder: Path, where: Path, content: tuple[tuple[str, bytes], ...], by: object) -> Loaded:
        return read(folder)

    def load(folder: Path) -> Loaded:
        files = (path for part in ("rules", "knowledge") for path in (folder / part).rglob("*"))
        content = tuple((str(path), path.read_bytes()) for path in sorted(files) if path.is_file())
        return read_once(folder, folder.resolve(), content, folders.content_of)

    kept: dict[int, tuple[Base, Atlas]] = {}

    def compiled_once(base: Base) -> Atlas:
        if id(base) not in kept:
            kept[id(base)] = base, compiled(base)
            if len(kept) > FEW:
                del kept[next(iter(kept))]
        return kept[id(base)][1]

    @lru_cache(MANY)
    def parsed(text: str, shown: str) -> tuple[Node | None, list[Diagnostic]]:
        return parse(text, shown, GRAMMAR)

    opening.load, compose.compiled = load, compiled_once  # type: ignore[attr-defined]
    folders.parse = lambda text, shown, _: parsed(text, shown)  # type: ignore[attr-defined]
