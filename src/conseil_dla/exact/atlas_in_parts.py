"""The atlas of a base that charts alone would not fit in memory: what rules decide together, in parts where it must.

In a file of its own, since only a base of many times today's size needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from operator import add, or_
from typing import Any

from conseil_dla.exact.atlas import POSTURE, Atlas, Name
from conseil_dla.exact.outcomes import INCOHERENT
from conseil_dla.exact.parts import MOST_IN_PART, Ends, Parts, folded, joined, posture, summed
from conseil_dla.exact.space import Ground
from conseil_dla.rules.model import COLLECTED, Logic


class AtlasInParts(Atlas):
    """All diagrams of a base; formats are searched, and a conclusion past ``part`` nodes is in ``parts``.

    Building raises ``TooLarge`` where conditions by themselves, or a finding, take more than ``most``.
    """

    def __init__(self, logic: Logic, most: int, ground: Ground | None = None, part: int = MOST_IN_PART) -> None:
        self._part = part
        super().__init__(logic, most, ground, 0)

    def _conclusions(self) -> dict[Name, int]:
        logic = self.logic
        self._is_searched = True
        found: dict[Name, int] = {}
        axes = [self._told(found, ("axe", axis), add, self.pushing(axis), 0, summed) for axis in logic.axes]
        for kind in COLLECTED:
            for id in logic.ids(kind):
                self._told(found, (kind, id), frozenset.union, self.levels_drawn(kind, id), frozenset())
        for id in logic.formats:
            self._told(found, ("ecarte", id), or_, self.ruling_out(id), False)
        off_note = {p.id: self.coherent(self.holds(p.off_note_if)) for p in logic.postures.values() if p.off_note_if}
        self.parts[POSTURE] = posture(logic, axes, off_note)
        return found

    def _told(
        self, found: dict[Name, int], name: Name, operation: Callable[[Any, Any], Any], roots: list[int],
        start: Hashable, join: Callable[[Any], Ends] | None = None,
    ) -> Parts:  # fmt: skip
        """One chart of it among those ``found``, or the charts of its parts."""
        whole = [self.coherent(root) for root in folded(self.diagrams, operation, roots, start, self._part)]
        parts = Parts(tuple(whole), join or partial(joined, operation))
        if len(whole) == 1:
            found[name] = whole[0]
        else:
            self.parts[name] = parts
        return parts

    def _scale(self, axis: str) -> int:
        if ("axe", axis) not in self.parts:
            return super()._scale(axis)
        parts = self.parts["axe", axis]
        ends = [self.diagrams.ends_of(self.diagrams.reached(root)) - {INCOHERENT} for root in parts.roots]
        return max([1, *map(abs, parts.join(ends))])
