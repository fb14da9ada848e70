"""What an outline is made of: lines that know what they speak of, under titles."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.model import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading."""

    text: str
    target: tuple[Kind, str] | None = None
    """The conclusion that the line speaks of: what « pourquoi » explains."""
    question: str | None = None
    """The question that the line leads to."""
    main: bool = False
    """True for the line that the eye should find first in its section."""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of lines; ``key`` is stable and in English, for code only."""

    key: str
    title: str
    lines: tuple[Line, ...]
