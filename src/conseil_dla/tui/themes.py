"""Two calm themes, « clair » and « sombre ». No colour carries a meaning that a word or a mark does not carry too."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="sombre",
    primary="#7fc4bd",
    secondary="#9fb3c8",
    accent="#f0c674",
    warning="#f0c674",
    error="#f2a48f",
    success="#a3cf9b",
    foreground="#e8e6e1",
    background="#16191d",
    surface="#1c2025",
    panel="#252b31",
    dark=True,
    variables={"block-cursor-text-style": "bold", "border": "#4c5660", "quiet": "#a5adb5"},
)
LIGHT = Theme(
    name="clair",
    primary="#14606a",
    secondary="#465a6e",
    accent="#8a4b00",
    warning="#8a4b00",
    error="#a3291a",
    success="#2c6a30",
    foreground="#1d2126",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e6e3d9",
    dark=False,
    variables={"block-cursor-text-style": "bold", "border": "#a9a595", "quiet": "#565d64"},
)
THEMES = (DARK, LIGHT)
