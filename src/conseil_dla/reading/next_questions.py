"""What a reading asks, as values: the question to put now, and the lines of the call sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Purpose = Literal["premier", "essentiel", "exception", "theme"]
"""Authors want it first here; it settles most; it could overturn what is shown; it belongs to the theme."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question to ask now, and what it is asked for."""

    question: str
    purpose: Purpose | Literal["reprise"]
    """``reprise``: it was put off earlier."""
    about_format: bool = False
    about_axes: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    """Formats or postures that an exceptional answer would open (``exception``)."""

    @property
    def is_essential(self) -> bool:
        """Is it one of l'essentiel?"""
        return self.purpose in ("premier", "essentiel")


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One line of the call sheet for the next meeting."""

    question: str
    purpose: Purpose
