"""Four themes. No colour carries a meaning that a word, a mark or an attribute does not carry too.

They differ by variables alone, so that ``conseil.tcss`` is the same for all. « Sans couleur » keeps colours of its own
here because Textual asks for some; ``AttributesOnly`` takes every one of them away before the terminal.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme


def _look(name: str, text: str, ground: str, style: str = "none") -> dict[str, str]:
    """Three variables of a place: its colour, its ground, its attributes."""
    return {f"{name}-text": text, f"{name}-ground": ground, f"{name}-style": style}


PLAIN = {"bar-style": "none", "button-style": "none", "selection-style": "none", "input-cursor-text-style": "none"}
"""Attributes that a theme with colours has no need of."""

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
    variables={
        **PLAIN,
        "border": "#4c5660",
        "quiet": "#a5adb5",
        "veil": "#16191d 60%",
        **_look("cursor", "#f0c674", "#252b31", "bold"),
        **_look("line", "#e8e6e1", "#252b31"),
        **_look("focus", "#16191d", "#7fc4bd", "bold"),
        "field-ground": "#252b31",
        "field-focus-ground": "#2b3239",
        "input-selection-background": "#7fc4bd",
        "input-selection-foreground": "#16191d",
        "field-style": "none",
    },
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
    variables={
        **PLAIN,
        "border": "#a9a595",
        "quiet": "#565d64",
        "veil": "#fbfaf6 60%",
        **_look("cursor", "#8a4b00", "#e6e3d9", "bold"),
        **_look("line", "#1d2126", "#e6e3d9"),
        **_look("focus", "#fbfaf6", "#14606a", "bold"),
        "field-ground": "#e6e3d9",
        "field-focus-ground": "#dedacd",
        "field-style": "none",
    },
)
CONTRAST = Theme(
    name="contraste",
    primary="#7fe8ff",
    secondary="#c8d8ff",
    accent="#ffe14d",
    warning="#ffe14d",
    error="#ffb8a8",
    success="#9dffa0",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1f1f1f",
    dark=True,
    variables={
        **PLAIN,
        "border": "#c8c8c8",
        "quiet": "#d8d8d8",
        "veil": "#000000",
        **_look("cursor", "#000000", "#ffe14d", "bold"),
        **_look("line", "#000000", "#ffe14d"),
        **_look("focus", "#000000", "#ffe14d", "bold"),
        "field-ground": "#1f1f1f",
        "field-focus-ground": "#003a5c",
        "field-style": "none",
        "panel-lighten-1": "#1f1f1f",
        "input-cursor-background": "#ffe14d",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#ffffff",
        "input-selection-foreground": "#000000",
        "screen-selection-background": "#ffffff",
        "screen-selection-foreground": "#000000",
    },
)
NO_COLOUR = Theme(
    name="sans-couleur",
    primary="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        **PLAIN,
        "border": "#ffffff",
        "quiet": "#ffffff",
        "veil": "#000000",
        **_look("cursor", "#ffffff", "#000000", "bold reverse"),
        **_look("line", "#ffffff", "#000000", "reverse"),
        **_look("focus", "#ffffff", "#000000", "bold reverse"),
        "field-ground": "#000000",
        "field-focus-ground": "#000000",
        "field-style": "underline",
        "bar-style": "underline",
        "button-style": "underline",
        "selection-style": "reverse",
        "input-cursor-text-style": "reverse",
    },
)
FEW_COLOURS = ("standard", "windows")
"""Terminals of sixteen colours, as Rich names them. There, each colour becomes the nearest of the sixteen: brown turns
to yellow, a dark grey to a middle one. Below stand only colours that are among them."""
UNDERLINED = {"bar-style": "underline", "button-style": "underline", "field-style": "underline"}
"""Attributes in the place of grounds that sixteen colours do not have."""
DARK_16 = replace(
    DARK,
    primary="#55ffff",
    secondary="#ffffff",
    accent="#ffff55",
    warning="#ffff55",
    error="#ffff55",
    success="#55ff55",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    variables={
        **PLAIN,
        **UNDERLINED,
        "border": "#aaaaaa",
        "quiet": "#aaaaaa",
        "veil": "#000000",
        **_look("cursor", "#ffff55", "#0000aa", "bold"),
        **_look("line", "#ffffff", "#0000aa"),
        **_look("focus", "#000000", "#55ffff", "bold"),
        "field-ground": "#000000",
        "field-focus-ground": "#0000aa",
        "panel-lighten-1": "#0000aa",
    },
)
LIGHT_16 = replace(
    LIGHT,
    primary="#0000aa",
    secondary="#000000",
    accent="#0000aa",
    warning="#aa0000",
    error="#aa0000",
    success="#0000aa",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ffffff",
    variables={
        **PLAIN,
        **UNDERLINED,
        "border": "#555555",
        "quiet": "#000000",
        "veil": "#ffffff",
        **_look("cursor", "#ffffff", "#0000aa", "bold"),
        **_look("line", "#ffffff", "#0000aa"),
        **_look("focus", "#ffffff", "#0000aa", "bold"),
        "field-ground": "#ffffff",
        "field-focus-ground": "#ffffff",
        "panel-lighten-1": "#ffffff",
    },
)
CONTRAST_16 = replace(
    CONTRAST,
    primary="#55ffff",
    secondary="#ffffff",
    accent="#ffff55",
    warning="#ffff55",
    error="#ffff55",
    success="#55ff55",
    panel="#000000",
    variables=CONTRAST.variables
    | _look("cursor", "#000000", "#ffff55", "bold")
    | _look("line", "#000000", "#ffff55")
    | _look("focus", "#000000", "#ffff55", "bold")
    | UNDERLINED
    | {
        "border": "#ffffff",
        "quiet": "#ffffff",
        "field-ground": "#000000",
        "field-focus-ground": "#0000aa",
        "panel-lighten-1": "#000000",
        "input-cursor-background": "#ffff55",
    },
)
THEMES = {
    LIGHT.name: (LIGHT, "clair"),
    DARK.name: (DARK, "sombre"),
    CONTRAST.name: (CONTRAST, "contraste élevé"),
    NO_COLOUR.name: (NO_COLOUR, "sans couleur"),
}
"""Each theme and its French name, in the order in which they are offered."""


def made_for(color_system: str | None) -> tuple[Theme, ...]:
    """The four themes as a terminal can show them."""
    few = {theme.name: theme for theme in (DARK_16, LIGHT_16, CONTRAST_16)} if color_system in FEW_COLOURS else {}
    return tuple(few.get(name, theme) for name, (theme, _) in THEMES.items())


class AttributesOnly(LineFilter):
    """Leaves bold, underline and reverse: no colour reaches the terminal, not even « the default one »."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same words, without colours."""
        return [Segment(text, _plain(style) if style else style, control) for text, style, control in segments]


@lru_cache(4096)
def _plain(style: Style) -> Style:
    kept = Style(bold=style.bold, underline=style.underline, reverse=style.reverse)
    return kept + Style.from_meta(style.meta) if style.meta else kept
