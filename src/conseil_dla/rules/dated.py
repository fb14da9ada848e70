"""A dated reading: what was answered and concluded on a day, and by which rules. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry of ``journal``. It holds no title and no free text."""

    day: str
    """``YYYY-MM-DD``."""
    digest: str
    """Of the rules, as ``Base.digest``."""
    answers: Mapping[str, str | frozenset[str] | int]
    """Those then known that today's questions still have."""
    conclusions: tuple[str, ...]
    """« kind:id », sorted: formats and postures shown, vigilances and préalables that were certain."""
    fresh: bool = field(default=False, compare=False)
    """True until it is written: entries already in a file are never written again."""
