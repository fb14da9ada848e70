"""Sheets over a screen that stays visible behind them, in a tint.

Textual works the tint out for each of a thousand pieces of text, at every painting of the sheet; a screen has some
twenty styles. Keeping them takes a tenth off the opening of a sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

import textual.screen
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen

from conseil_dla.toolkit.loop_pauses import InTurns

Given = TypeVar("Given")


class ModalScreen(InTurns, textual.screen.ModalScreen[Given], Generic[Given]):
    """As Textual's own, painted sooner."""

    def render(self) -> RenderableType:
        """What is behind, or the plain background."""
        found = super().render()
        return Behind(found.screen, found.color) if isinstance(found, BackgroundScreen) else found


class Behind(BackgroundScreen):
    """A screen in a tint, each style worked out once."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """The segments in their tint, without what a click would do."""
        for segment in segments:
            yield segment if segment.control else Segment(segment.text, _tinted(segment.style or Style(), color))


@lru_cache(1024)
def _tinted(style: Style, color: Color) -> Style:
    (tinted,) = BackgroundScreen.process_segments([Segment(" ", style)], color)
    return tinted.style or style
