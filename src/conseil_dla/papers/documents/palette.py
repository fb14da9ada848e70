"""The colours of the pages that a browser shows: one palette for light, one for dark, ink alone on paper."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "sheet": "#f4f2ec",
    "lit": "#fff1bf",
    "ink": "#1b1b1b",
    "quiet": "#4b4b4b",
    "link": "#0b4a84",
    "mark": "#7a2600",
    "edge": "#757575",
}
"""``paper``, ``sheet`` and ``lit`` are grounds; ``ink``, ``quiet``, ``link`` and ``mark`` are words on any of them."""
DARK: Mapping[str, str] = {
    "paper": "#15171a",
    "sheet": "#212429",
    "lit": "#43390f",
    "ink": "#ececec",
    "quiet": "#c2c2c2",
    "link": "#9ccbff",
    "mark": "#ffc09a",
    "edge": "#9a9a9a",
}
PRINT: Mapping[str, str] = {
    "paper": "#ffffff",
    "sheet": "#ffffff",
    "lit": "#ffffff",
    "ink": "#000000",
    "quiet": "#333333",
    "link": "#000000",
    "mark": "#000000",
    "edge": "#666666",
}


def palette(colours: Mapping[str, str]) -> str:
    """The colours as variables of a style."""
    return " ".join(f"--{name}: {value};" for name, value in colours.items())
