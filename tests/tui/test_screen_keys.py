"""Keys that an AZERTY keyboard gives without a modifier, on every screen and widget of ours."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import conseil_dla.tui

ALLOWED = re.compile(
    r"f[1-9]|f1[0-2]|up|down|left|right|enter|space|escape|tab|shift\+tab|home|end|pageup|pagedown|ctrl\+[a-z]"
)
SWALLOWED = {f"ctrl+{letter}" for letter in "hijms"}


def our_classes() -> list[type[DOMNode]]:
    found = []
    for module in pkgutil.walk_packages(conseil_dla.tui.__path__, "conseil_dla.tui."):
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
