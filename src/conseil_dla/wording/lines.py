"""What an outline is made of: lines that know what they speak of, under titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conseil_dla.rules.model import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading. From it one can go to why, to a question, to an experience, or to what it folds."""

    text: str
    target: tuple[Kind, str] | None = None
    """The conclusion that the line speaks of: what « pourquoi » explains."""
    question: str | None = None
    """The question that the line leads to."""
    main: bool = False
    """True for the line that the eye should find first in its section."""
    indent: int = 0
    sides: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """Under the text, reasons for and reasons against: beside one another where there is room."""
    folded: tuple[Line, ...] = ()
    """Lines that the text stands for, shown on request."""
    is_count: bool = False
    """True where what is folded is only counted, in papers too: none of it is established."""
    case: str = ""
    """File of the experience that the line opens."""
    writes_opinion: bool = False
    """True for the line that leads to writing « Mon avis »."""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of lines; one without a title goes on from the one before. ``key`` is stable, for code only."""

    key: str
    title: str
    lines: tuple[Line, ...]
