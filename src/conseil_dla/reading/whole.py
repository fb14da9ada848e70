"""All that front ends show of one dossier on one day, as one value: none of them puts it together for itself."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.reading.nearest import Nearest
from conseil_dla.reading.since import Since
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.model import Base, Dossier

NO_DOSSIER = Dossier("", "", {})
NOTHING_AHEAD = Prospects()
"""Stands, itself, until prospects are looked for."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is known of one dossier, internal matters included.

    ``Reader.whole`` makes it at once. Where the reading is to be seen first, it begins with the reading alone, and
    ``Reader.completed`` gives the rest.
    """

    base: Base
    reading: Reading
    dossier: Dossier = NO_DOSSIER
    prospects: Prospects = NOTHING_AHEAD
    nearest: Nearest | None = None
    since: Since | None = None
    day: str = ""
    """The day of all this, as journals write it; empty until the whole is complete."""
    nearest_seen: Nearest | None = None
    """The nearest of those that the network tells, apart: none of the note's gives way to it."""

    @property
    def ahead(self) -> Prospects:
        """What could still turn the reading: nothing, where it is only reported."""
        return NOTHING_AHEAD if self.reading.reported else self.prospects
