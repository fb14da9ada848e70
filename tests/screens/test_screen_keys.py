"""Keys that an AZERTY keyboard gives without a modifier, on every screen and widget of ours."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import conseil_dla
from conseil_dla.toolkit.rows import Rows
from screens.driving import NARROW, running
from shipped import CASES

ALLOWED = re.compile(
    r"f[1-9]|f1[0-2]|up|down|left|right|enter|space|escape|backspace|delete|tab|shift\+tab|home|end|pageup|pagedown|ctrl\+[a-z]"
)
SWALLOWED = {f"ctrl+{letter}" for letter in "hijms"} | {f"ctrl+{letter}" for letter in "ntw"}
"""By terminals, as other keys; by browsers, for themselves."""


def our_classes() -> list[type[DOMNode]]:
    found = []
    for module in pkgutil.walk_packages(conseil_dla.__path__, "conseil_dla."):
        if module.name.split(".")[1] not in ("screens", "panes", "toolkit", "comparison", "workshop"):
            continue
        for _, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(value, DOMNode) and value.__module__ == module.name:
                found.append(value)
    return found


def keys_of(cls: Any) -> list[str]:
    bindings = [b if isinstance(b, Binding) else Binding(*b) for b in cls.__dict__.get("BINDINGS", ())]
    return [key for binding in bindings for key in binding.key.split(",")]


@pytest.mark.parametrize("cls", our_classes(), ids=lambda cls: cls.__name__)
def test_no_key_needs_a_modifier_on_azerty(cls: type[DOMNode]) -> None:
    for key in keys_of(cls):
        assert ALLOWED.fullmatch(key.strip()), f"{cls.__name__}: {key}"
        assert key.strip() not in SWALLOWED, f"{cls.__name__}: {key}"


def test_bindings_are_found_at_all() -> None:
    assert sum(len(keys_of(cls)) for cls in our_classes()) > 30


@pytest.mark.parametrize("path", CASES[:6], ids=lambda path: path.stem)
async def test_going_by_screenfuls_shows_every_line(path: Path) -> None:
    """Down to the last row, then up to the first: however many lines a row takes, none is passed over."""
    async with running(NARROW, path) as driver:
        rows = driver.reading.query_one(Rows)
        chosen = [number for number, row in enumerate(rows.rows) if row.key is not None]
        for key, last in (("pagedown", chosen[-1]), ("pageup", chosen[0])):
            seen: set[int] = set()
            while True:
                top = round(rows.scroll_y)
                seen |= set(range(top, top + rows.size.height))
                if rows.cursor == last:
                    break
                await driver.press(key)
            assert set(range(rows.virtual_size.height)) <= seen, key
